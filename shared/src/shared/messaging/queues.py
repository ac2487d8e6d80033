"""What is held: a queue for each subject, in the order its records were received.

The order of everything here follows from the records' ordinals alone, so it is the same after a restart.
"""

from collections import deque

from shared.messaging.partition import Held
from shared.messaging.unit import Key

Queues = dict[str, deque[Held]]


def put(queues: Queues, entry: Held) -> None:
    """Hold a record in its place; one that is held already keeps the day since when."""
    queue = queues.setdefault(entry.subject, deque())
    for place, held in enumerate(queue):
        if held.record.ordinal == entry.record.ordinal:
            queue[place] = Held(entry.record, entry.subject, entry.why, held.since, entry.awaited)
            return
        if held.record.ordinal > entry.record.ordinal:
            queue.insert(place, entry)
            return
    queue.append(entry)


def drop_head(queues: Queues, subject: str) -> Held:
    """Let go of the first record of a subject."""
    queue = queues[subject]
    head = queue.popleft()
    if not queue:
        del queues[subject]
    return head


def in_order(queues: Queues) -> list[str]:
    """The subjects, by when their first record was received."""
    return sorted(queues, key=lambda subject: queues[subject][0].record.ordinal)


def awaiting(queues: Queues, key: Key) -> list[str]:
    """The subjects whose first record waits for a document, by when it was received."""
    return in_order({subject: queue for subject, queue in queues.items() if queue[0].awaited == key})


def head_is(queues: Queues, subject: str, ordinal: int) -> bool:
    """Whether the first record of a subject is this one."""
    queue = queues.get(subject)
    return bool(queue) and queue is not None and queue[0].record.ordinal == ordinal
