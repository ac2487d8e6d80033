"""What is held: a queue for each subject, in the order its records were received.

The order of everything here follows from the records' ordinals alone, so it is the same after a restart.
"""

from collections import deque

from shared.messaging.document import Document
from shared.messaging.partition import Held
from shared.messaging.service import Service

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


def released(queues: Queues, made: Document | None, service: Service) -> list[str]:
    """The subjects whose first record waits for a document that was made, by when it was received.

    Where that says that a key goes on to another one, it is all that waits at the key: what it waits for comes to the other.
    """
    if made is None or not queues:
        return []
    key = (made.collection, made.id)
    heads = {subject: queue[0] for subject, queue in queues.items()}
    free = {s for s, head in heads.items() if head.awaited == key or (made.departs and _key_of(head, service) == made.id)}
    return in_order({subject: queue for subject, queue in queues.items() if subject in free})


def _key_of(held: Held, service: Service) -> str | None:
    """The key of the log at which a waiting record waits; None for a broadcast, and for one that does not wait."""
    event, route = held.record.event, service.routes.get(held.record.type)
    if event is None or route is None or held.awaited is None:
        return None
    return event.forwardedto or route.key_of(event.data)


def head_is(queues: Queues, subject: str, ordinal: int) -> bool:
    """Whether the first record of a subject is this one."""
    queue = queues.get(subject)
    return bool(queue) and queue is not None and queue[0].record.ordinal == ordinal
