"""One partition of a new generation: the records its service kept, played once more, in bounded memory."""

from collections.abc import Iterable, Iterator

from shared.messaging.batch import Batch
from shared.messaging.codec import read_log
from shared.messaging.document import Document
from shared.messaging.outbox import Muted
from shared.messaging.partition import LogRecord, Partition
from shared.messaging.service import Service
from shared.messaging.unit import Key
from shared.rebuild.ahead import Ahead
from shared.rebuild.shelf import Shelf
from shared.rebuild.spill import Spill

RECORDS = 4_000
Kept = tuple[int, bytes, str]
"""Ordinal, bytes and content hash of a record."""


class Building(Partition):
    """A partition whose memory is bounded: what was not used for longest is spilled, and loaded again where it is needed.

    `outcomes` are those of the `watched` records, by identity.
    """

    def __init__(self, service: Service, shelf: Shelf, *, memory: int) -> None:
        super().__init__(shelf.number)
        self._service = service
        self._shelf = shelf
        self._spill = Spill(shelf.number, service.documents)
        self._memory = memory
        self._unwritten: set[Key] = set()
        self._ahead = Ahead(service)
        self.watched: set[str] = set()
        self.outcomes: dict[str, str] = {}

    def find(self, key: Key) -> Document | None:
        """The document as it stands. What is not in memory and was never written is not there: that needs no question.

        Loaded at once where it was written and not foreseen: few are, and to play a batch again costs more than to ask for each.
        """
        if key in self.documents:
            self.documents.move_to_end(key)
        elif key in self._spill.written:
            self.ready(self._ahead.missed(key))
        else:
            return None
        return self.documents[key]

    def ready(self, keys: Iterable[Key]) -> None:
        """See Partition; what was never written is not asked for."""
        wanted = [key for key in keys if key not in self.documents and key in self._spill.written]
        if wanted:
            found = self._spill.load(wanted)
            self.documents.update((key, found.get(key)) for key in wanted)

    def knows(self, key: Key) -> bool:
        """See Partition; the file has whatever memory has not."""
        return True

    def play(self, kept: Iterable[Kept], *, skip: set[int], until: int) -> Iterator[int]:
        """Play the records from where it stands up to an ordinal; gives how many, each time some are played.

        `skip` are those that had no effect but an answer: other content under an id that was used before.
        """
        waiting: list[LogRecord] = []
        for ordinal, value, content in kept:
            if not self.received <= ordinal < until:
                continue
            expected = self.received + len(waiting)
            if ordinal != expected:
                raise LogIncomplete(self.number, expected, ordinal)
            if ordinal in skip:
                yield self._play(waiting) + 1
                waiting, self.received, self.next = [], ordinal + 1, ordinal + 1
                continue
            waiting.append(read_log(ordinal, value, content, 0.0))
            if len(waiting) >= RECORDS:
                yield self._play(waiting)
                waiting = []
        yield self._play(waiting)

    def _play(self, records: list[LogRecord]) -> int:
        batch = Batch(self._service, self, outbox=Muted)
        self.ready(self._ahead.wanted(records))
        batch.play(self._ahead.played(records))
        self._take(batch)
        return len(records)

    def _take(self, batch: Batch) -> None:
        self.next, self.received, self.held = batch.next, batch.received, batch.held
        self.day, self.calendar = batch.day, batch.calendar
        for key, document in batch.documents.items():
            self.documents[key] = document
            self.documents.move_to_end(key)
        self._unwritten |= batch.documents.keys()
        self._shelf.write_versions(batch.versions)
        self.outcomes |= {i: batch.outcomes[i][0] for i in self.watched & batch.outcomes.keys()}
        if len(self.documents) > self._memory:
            self._let_go(len(self.documents) - self._memory * 3 // 4)

    def _let_go(self, count: int) -> None:
        oldest = dict(self.documents.popitem(last=False) for _ in range(count))
        self._spill.write({key: document for key, document in oldest.items() if key in self._unwritten})
        self._unwritten -= oldest.keys()

    def put_away(self) -> Iterator[int]:
        """Write to the database what it does not have yet; gives how many documents, each time some are written."""
        self._let_go(len(self.documents))
        yield from self._shelf.write(self._spill.untold())


class LogIncomplete(Exception):
    """Records are missing in what was kept: nothing can be built from it."""

    def __init__(self, number: int, wanted: int, found: int) -> None:
        said = f"partition {number}: record {wanted} was not kept, the next is {found}"
        super().__init__(f"{said}; nothing can be built from a log that was not kept from its beginning")
