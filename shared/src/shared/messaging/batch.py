"""A batch of log records played over one partition, in memory: the state machine of the log.

Nothing here touches a database, a broker or a clock. The same records over the same partition always give the same
documents, the same events with the same ids, and the same outcomes; that is what makes state a function of the log.
"""

from collections import deque
from collections.abc import Iterable
from datetime import date
from typing import Any

from shared.business_days import Calendar
from shared.contracts.base import Event
from shared.contracts.department import CalendarIssued, DayStarted
from shared.contracts.runtime import (
    ContractLearned,
    HeldRecordDecided,
    LogOpened,
    RecordRefusedAtIntake,
    RecordRejected,
)
from shared.errors import Refusal
from shared.messaging import queues
from shared.messaging.document import Document
from shared.messaging.outbox import Outbox
from shared.messaging.partition import Held, LogRecord, Outgoing, Partition, Rejection
from shared.messaging.refusals import AwaitedNeverCame, Discarded, IdReused, dead_letter, in_short, notice
from shared.messaging.service import Service
from shared.messaging.unit import Forward, Key, NeedDocuments, Unit, Wait
from shared.messaging.versions import Version, succeed


class Batch:
    """The unit of work of one batch on one partition. Read the results, write them in one transaction, then `keep`."""

    def __init__(
        self, service: Service, partition: Partition, *, after: "Batch | None" = None, outbox: type[Outbox] = Outbox
    ) -> None:
        """`after` is the batch before this one, where it is played and not committed yet: this one stands on it."""
        before: Partition | Batch = after or partition
        self._before = before
        self.service, self.partition = service, partition
        self.number = partition.number
        self.next: int = before.next
        self.received: int = before.received
        self.began_at, self.began_with = self.next, self.received
        self.outbox = outbox(service, partition.number, before.counter, before.digest)
        self.day: date | None = before.day
        self.calendar: Calendar = before.calendar
        self.held_before: queues.Queues = before.held
        self.held: queues.Queues = {subject: deque(queue) for subject, queue in before.held.items()}
        self.documents: dict[Key, Document | None] = {}
        self.versions: list[Version] = []
        self.kept: list[LogRecord] = []
        self.outcomes: dict[str, tuple[str, str, int]] = {}
        self.rejections: list[Rejection] = []
        self.duplicates, self.committed = 0, False
        self.timestamps: list[float] = []
        self._needed: set[Key] = set()

    @property
    def outgoing(self) -> list[Outgoing]:
        """The events to be sent, in order."""
        return self.outbox.events

    @property
    def stands(self) -> bool:
        """Whether what it was played over is what is committed now."""
        return self.began_at == self.partition.next and (isinstance(self._before, Partition) or self._before.committed)

    @property
    def counter(self) -> int:
        return self.outbox.counter

    @property
    def digest(self) -> str:
        return self.outbox.digest

    # -- the whole batch ------------------------------------------------------------------------------------------

    def play(self, records: Iterable[LogRecord]) -> None:
        """Handle the records in order; raises NeedDocuments with all that is missing, after which a new batch plays."""
        for record in records:
            if record.offset >= self.next:
                self._receive(record)
                self.next = record.offset + 1
        if self._needed:
            raise NeedDocuments(self._needed)

    def keep(self, *, documents: int = 50_000, seen: int = 20_000) -> None:
        """The transaction is committed: memory follows it, and lets go of what was not used for longest."""
        self.committed = True
        partition = self._before = self.partition
        partition.next, partition.received = self.next, self.received
        partition.counter, partition.digest = self.counter, self.digest
        partition.day, partition.calendar, partition.held = self.day, self.calendar, self.held
        for key, document in self.documents.items():
            partition.documents[key] = document
            partition.documents.move_to_end(key)
        for identity, (_, content, _) in self.outcomes.items():
            partition.seen[identity] = content
        while len(partition.documents) > documents:
            partition.documents.popitem(last=False)
        while len(partition.seen) > seen:
            partition.seen.popitem(last=False)

    def find(self, key: Key) -> Document | None:
        """See `Documents.find`."""
        return self.documents[key] if key in self.documents else self._before.find(key)

    def knows(self, key: Key) -> bool:
        """Whether `find` has an answer."""
        return key in self.documents or self._before.knows(key)

    def ready(self, keys: Iterable[Key]) -> None:
        """See Partition."""
        self._before.ready(key for key in keys if key not in self.documents)

    def content_of(self, identity: str) -> str | None:
        """The hash of an event that was handled before, as far as memory goes back."""
        return self.outcomes[identity][1] if identity in self.outcomes else self._before.content_of(identity)

    # -- one record ------------------------------------------------------------------------------------------------

    def _receive(self, record: LogRecord) -> None:
        if record.event is not None and type(record.event.data) is LogOpened:  # `isinstance` of a model is slow
            return
        before = self.content_of(record.identity)
        if before is not None:
            self.duplicates += 1
            if record.event and record.content and before and before != record.content:
                self._answer_reuse(record, record.event)
            return
        record = self._number(record)
        self.timestamps.append(record.timestamp)
        if record.event is None:
            self._hold(record, f"no contract of this version knows {record.type}", ("contract", record.type))
        elif record.subject in self.held:
            if unit := self._brings(record, self.held[record.subject][0].awaited):
                self._finish(record, unit)
            else:
                self._hold(record, "stands behind an earlier event of its subject", None)
        else:
            self._attempt(record)

    def _answer_reuse(self, record: LogRecord, event: Event[Any]) -> None:
        """Other content under a known id is answered once, however often it comes; the inbox knows that answer too."""
        if self.content_of(record.reuse) is None:
            numbered = self._number(record)
            self.outcomes[record.reuse] = ("refused", record.content, numbered.ordinal)
            refusal = IdReused(id=event.id, source=event.source)
            self._reject(numbered, refusal, f"id-reused|{record.content}")

    def _number(self, record: LogRecord) -> LogRecord:
        numbered = record.numbered(self.received)
        self.received += 1
        self.kept.append(numbered)
        return numbered

    def _brings(self, record: LogRecord, awaited: Key | None) -> Unit | None:
        """What a follower does before the head of its queue, only where it brings what the head waits for.

        A score filed before its dossier has the dossier's subject; behind it the dossier would wait for the score.
        """
        route = self.service.routes.get(record.type)
        if awaited is None or route is None or record.event is None:
            return None
        unit = Unit(self, record.event, self.day, self.calendar)
        try:
            route.handler(record.event, unit)
        except NeedDocuments as missing:
            self._needed |= missing.keys
            return None
        except Exception:  # noqa: BLE001 - it stands in line then, and is handled and answered when its turn comes
            return None
        return unit if unit.changes.get(awaited) is not None else None

    def _finish(self, record: LogRecord, unit: Unit) -> None:
        self._settle(record, "handled")
        self._keep_changes(unit)

    def _attempt(self, record: LogRecord) -> bool:
        """Handle one record; False where it has to stay at the head of its subject's queue."""
        event = record.event
        assert event is not None
        unit = Unit(self, event, self.day, self.calendar)
        try:
            self._handle(record, event, unit)
        except NeedDocuments as missing:
            self._needed |= missing.keys
            return True
        except Wait as wait:
            self._hold(record, f"waits for {wait.key[0]}/{wait.key[1]}", wait.key)
            return False
        except Forward as to:
            self._settle(record, "forwarded")
            self.outbox.forward(record, to.key)
            return True
        except Refusal as refusal:
            self._refuse(record, refusal)
            return True
        except Exception as error:  # noqa: BLE001 - whatever a handler raises holds its subject and nothing else
            self._dead_letter(record, event, error)
            return False
        self._finish(record, unit)
        if type(event.data) is DayStarted:  # what the day itself brought is handled before anything is given up
            self._refuse_overdue()
        return True

    def _handle(self, record: LogRecord, event: Event[Any], unit: Unit) -> None:
        data, kind = event.data, type(event.data)
        if kind is DayStarted:
            if self.day is None or data.date > self.day:
                self.day = unit._day = data.date
            elif not self._failed_before(record):
                return
        elif kind is CalendarIssued:
            self.calendar = unit.calendar = Calendar(self.calendar.holidays | frozenset(data.holidays))
        elif kind is RecordRefusedAtIntake:
            self._answer(record, data.notice, raw=data.raw)
        elif kind is HeldRecordDecided:
            self._decide_held(data)
        elif kind is ContractLearned:
            self._learn(data.type)
        if route := self.service.routes.get(event.type):
            route.handler(event, unit)

    def _failed_before(self, record: LogRecord) -> bool:
        """Whether this very tick moved the day and then failed or had to wait: it has still to be handled."""
        return queues.head_is(self.held, record.subject, record.ordinal)

    def _keep_changes(self, unit: Unit) -> None:
        created = []
        for key, document in unit.changes.items():
            before = unit.read[key] if key in unit.read else self.find(key) if self.knows(key) else None
            if before is None and document is not None:
                created.append(key)
            self.documents[key] = succeed(before, document, self.day, self.versions)
            self.outbox.state_changed(unit, document, before)
        for place, data in enumerate(unit.published):
            self.outbox.send(unit.event, data, self.outbox.reaction_id(unit.event, place))
        for key in created:
            self._release(key)

    # -- answers -----------------------------------------------------------------------------------------------------

    def _refuse(self, record: LogRecord, refusal: Refusal) -> None:
        self._settle(record, "refused")
        route = self.service.routes.get(record.type)
        # Every partition decides alike over its copy of a broadcast event; the first answers for all.
        if self.number == 0 or route is None or not route.broadcast:
            self._reject(record, refusal)

    def _reject(self, record: LogRecord, refusal: Refusal, place: str = "rejected") -> None:
        assert record.event is not None
        event = record.event
        self._answer(record, notice(refusal, source=event.source, id=event.id, type=event.type), place)

    def _answer(self, record: LogRecord, answer: RecordRejected, place: str = "rejected", raw: str | None = None) -> None:
        assert record.event is not None
        self.rejections.append(Rejection(record.ordinal, answer, raw))
        self.outbox.send(record.event, answer, self.outbox.reaction_id(record.event, place), topic=self.service.rejected)

    # -- what is held ----------------------------------------------------------------------------------------------

    def _settle(self, record: LogRecord, outcome: str) -> None:
        before = self.outcomes.get(record.identity)
        # A repeat that is handled before the held one it repeats is new to the inbox all the same, which then knows it.
        ordinal = max(record.ordinal, before[2]) if before else record.ordinal
        self.outcomes[record.identity] = (outcome, record.content, ordinal)

    def _hold(self, record: LogRecord, why: str, awaited: Key | None) -> None:
        since = self.day or (record.event.time.date() if record.event else date.min)
        queues.put(self.held, Held(record, record.subject, why, since, awaited))
        self._settle(record, "held")

    def _dead_letter(self, record: LogRecord, event: Event[Any], error: Exception) -> None:
        # One that waited or stood in line until now has not been told of.
        again = queues.head_is(self.held, record.subject, record.ordinal) and self.held[record.subject][0].dead
        self._hold(record, in_short(error), None)
        if again:
            return
        letter = dead_letter(self.held[record.subject][0], f"{self.number}/{record.ordinal}")
        self.outbox.send(event, letter, self.outbox.reaction_id(event, "dead"), topic=self.service.dead_letter)

    def _release(self, key: Key) -> None:
        """A document was made: what waited for it is handled, in the order it was received."""
        for subject in queues.released(self.held, self.documents[key], self.service):
            self._work_off(subject)

    def _learn(self, kind: str) -> None:
        """The records of a type can be read now: each goes where it belongs, in the order they were received."""
        for entry in self.held.pop(f"type:{kind}", deque()):
            record, queue = entry.record, self.held.get(entry.record.subject)
            if record.event is None:
                self._hold(record, entry.why, entry.awaited)
            elif queue and queue[0].record.ordinal < record.ordinal:
                self._hold(record, "stands behind an earlier event of its subject", None)
            else:
                self._attempt(record)

    def _work_off(self, subject: str) -> None:
        """Handle the queue of a subject from its head until one has to stay."""
        while queue := self.held.get(subject):
            if queue[0].record.event is None:
                return
            if self._attempt(queue[0].record):
                queues.drop_head(self.held, subject)
            elif not self._follower_passes(subject):
                return

    def _follower_passes(self, subject: str) -> bool:
        """The head waits, for something else than before: a follower that stands behind it may bring that."""
        head, *followers = self.held[subject]
        for follower in followers:
            if unit := self._brings(follower.record, head.awaited):
                self.held[subject].remove(follower)
                self._finish(follower.record, unit)
                return True
        return False

    def _refuse_overdue(self) -> None:
        assert self.day is not None
        for subject in queues.in_order(self.held):
            while queue := self.held.get(subject):
                head = queue[0]
                if head.awaited is None or head.record.event is None:
                    break
                route = self.service.routes.get(head.record.type)
                if route is None or self.calendar.between(head.since, self.day) <= route.patience:
                    break
                queues.drop_head(self.held, subject)
                self._refuse(head.record, AwaitedNeverCame(held=head, days=route.patience))
                self._work_off(subject)

    def _decide_held(self, decided: HeldRecordDecided) -> None:
        for subject, queue in list(self.held.items()):
            head = queue[0]
            if f"{self.number}/{head.record.ordinal}" != decided.held_id:
                continue
            if decided.decision == "discard":
                self._discard(queues.drop_head(self.held, subject).record, decided)
            self._work_off(subject)
            return

    def _discard(self, record: LogRecord, decided: HeldRecordDecided) -> None:
        """An operator let go of a held record: its publisher is told, as of any other refusal."""
        self._settle(record, "discarded")
        if record.event is not None:
            self._reject(record, Discarded(id=record.event.id, by=decided.decided_by, reason=decided.reason), "discarded")
