"""A batch of log records played over one partition, in memory: the state machine of the log.

Nothing here touches a database, a broker or a clock. The same records over the same partition always give the same
documents, the same events with the same ids, and the same outcomes; that is what makes state a function of the log.
"""

import traceback
from collections import deque
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from shared.business_days import Calendar
from shared.contracts.base import SOURCE_PREFIX, Data, Event, attributes_of, derived_id, make_event, structured
from shared.contracts.department import CalendarIssued, DayStarted
from shared.contracts.runtime import (
    ContractLearned,
    HeldRecordDecided,
    LogOpened,
    RecordDeadLettered,
    RecordRefusedAtIntake,
    RecordRejected,
)
from shared.errors import Refusal
from shared.messaging.document import Document
from shared.messaging.partition import Held, LogRecord, Outgoing, Partition, Rejection
from shared.messaging.refusals import AwaitedNeverCame, IdReused
from shared.messaging.service import Route, Service
from shared.messaging.unit import Key, NeedDocuments, Unit, Wait


class Batch:
    """The unit of work of one batch on one partition. Read the results, write them in one transaction, then `keep`."""

    def __init__(self, service: Service, partition: Partition) -> None:
        self.service = service
        self.partition = partition
        self.number = partition.number
        self.next = partition.next
        self.received = partition.received
        self.counter = partition.counter
        self.day = partition.day
        self.calendar = partition.calendar
        self.held = {subject: deque(queue) for subject, queue in partition.held.items()}
        self.documents: dict[Key, Document | None] = {}
        self.created: set[Key] = set()
        self.kept: list[LogRecord] = []
        self.outcomes: dict[str, tuple[str, str, int]] = {}
        self.outgoing: list[Outgoing] = []
        self.rejections: list[Rejection] = []
        self.duplicates = 0
        self.timestamps: list[float] = []
        self._needed: set[Key] = set()

    # -- the whole batch ------------------------------------------------------------------------------------------

    def play(self, records: list[LogRecord]) -> None:
        """Handle the records in order; raises NeedDocuments with all that is missing, after which a new batch plays."""
        for record in records:
            if record.offset < self.next:
                continue
            self._receive(record)
            self.next = record.offset + 1
        if self._needed:
            raise NeedDocuments(self._needed)

    def keep(self, *, documents: int = 50_000, seen: int = 20_000) -> None:
        """The transaction is committed: memory follows it, and lets go of what was not used for longest."""
        partition = self.partition
        partition.next, partition.received, partition.counter = self.next, self.received, self.counter
        partition.day, partition.calendar = self.day, self.calendar
        partition.held = self.held
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
        if key in self.documents:
            return self.documents[key]
        known = self.partition.documents
        if key not in known:
            raise NeedDocuments({key})
        known.move_to_end(key)
        return known[key]

    # -- one record ------------------------------------------------------------------------------------------------

    def _receive(self, record: LogRecord) -> None:
        if record.event is not None and isinstance(record.event.data, LogOpened):
            return
        before = self._content_before(record.identity)
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
            if self._brings_awaited(record, record.event, self.held[record.subject][0].awaited):
                return
            self._hold(record, "stands behind an earlier event of its subject", None)
        else:
            self._attempt(record)

    def _answer_reuse(self, record: LogRecord, event: Event[Any]) -> None:
        """Other content under a known id is answered once, however often it comes; the inbox knows that answer too."""
        if self._content_before(record.reuse) is None:
            numbered = self._number(record)
            self.outcomes[record.reuse] = ("refused", record.content, numbered.ordinal)
            refusal = IdReused(id=event.id, source=event.source)
            self._reject(numbered, refusal, derived_id(record.identity, "id-reused", record.content))

    def _number(self, record: LogRecord) -> LogRecord:
        numbered = replace(record, ordinal=self.received)
        self.received += 1
        self.kept.append(numbered)
        return numbered

    def _brings_awaited(self, record: LogRecord, event: Event[Any], awaited: Key | None) -> bool:
        """Handle a follower before the head of its queue, only where it brings what the head waits for.

        A score filed before its dossier has the dossier's subject; behind it the dossier would wait for the score.
        """
        route = self.service.routes.get(record.type)
        if awaited is None or route is None:
            return False
        unit = Unit(self, event, self.day, self.calendar)
        try:
            route.handler(event, unit)
        except NeedDocuments as missing:
            self._needed |= missing.keys
            return False
        except Exception:  # noqa: BLE001 - it stands in line then, and is handled and answered when its turn comes
            return False
        if unit.changes.get(awaited) is None:
            return False
        self._settle(record, "handled")
        self._keep_changes(event, unit)
        return True

    def _content_before(self, identity: str) -> str | None:
        if identity in self.outcomes:
            return self.outcomes[identity][1]
        return self.partition.seen.get(identity)

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
        except Refusal as refusal:
            self._settle(record, "refused")
            route = self.service.routes.get(record.type)
            # Every partition decides alike over its copy of a broadcast event; the first answers for all.
            if self.number == 0 or route is None or not route.broadcast:
                self._reject(record, refusal, derived_id(event.identity, self.service.name, self.number, "rejected"))
            return True
        except Exception as error:  # noqa: BLE001 - whatever a handler raises holds its subject and nothing else
            self._dead_letter(record, event, error)
            return False
        self._settle(record, "handled")
        self._keep_changes(event, unit)
        return True

    def _handle(self, record: LogRecord, event: Event[Any], unit: Unit) -> None:
        data = event.data
        if isinstance(data, DayStarted):
            if self.day is not None and data.date <= self.day:
                return
            self.day = unit._day = data.date
            self._refuse_overdue()
        elif isinstance(data, CalendarIssued):
            self.calendar = unit.calendar = Calendar(self.calendar.holidays | frozenset(data.holidays))
        elif isinstance(data, RecordRefusedAtIntake):
            self._answer_intake(record, data)
        elif isinstance(data, HeldRecordDecided):
            self._decide_held(data)
        elif isinstance(data, ContractLearned):
            self._release(("contract", data.type))
        if route := self.service.routes.get(event.type):
            route.handler(event, unit)

    def _keep_changes(self, event: Event[Any], unit: Unit) -> None:
        created = []
        for key, document in unit.changes.items():
            before = self.find(key) if key in self.documents or key in self.partition.documents else None
            if before is None and document is not None:
                created.append(key)
            self.documents[key] = document
            state, state_before = (d.published_state() if d else None for d in (document, before))
            if state is not None and state != state_before:
                unit.publish(state)
            elif state is None and state_before is not None:
                terms = state_before.contract
                self.outgoing.append(Outgoing(self.counter, terms.topic.name, terms.key_of(state_before), terms.type, b""))
                self.counter += 1
        for place, data in enumerate(unit.published):
            self._send(event, data, derived_id(event.identity, self.service.name, self.number, place))
        for key in created:
            self._release(key)

    # -- events out ------------------------------------------------------------------------------------------------

    def _send(self, cause: Event[Any], data: Data, id: str, *, topic: str | None = None) -> None:
        terms = data.contract
        topic = topic or terms.topic.name
        attributes = attributes_of(data, id=id, time=cause.time, source=SOURCE_PREFIX + self.service.name)
        attributes |= {
            "sequence": f"{self.number:03d}-{self.counter:012d}",
            "correlationid": cause.correlationid or cause.id,
            "causationid": cause.id,
            "traceparent": cause.traceparent,
        }
        key = terms.key_of(data)
        route = self.service.routes.get(terms.type) if topic == self.service.log else None
        if route is not None:
            key = route.key_of(data) or ""
        broadcast = route is not None and route.broadcast
        self.outgoing.append(Outgoing(self.counter, topic, key, terms.type, structured(attributes, data), broadcast=broadcast))
        self.counter += 1

    def state_event(self, document: Document, state: Data) -> Outgoing:
        """A document's state as it is published again when the broker has lost its compacted topic."""
        terms = state.contract
        id = derived_id("state", document.collection, document.id, str(self.counter))
        when = datetime.combine(self.day or date(1970, 1, 1), time(), UTC)
        event = make_event(state, id=id, time=when, sequence=f"{self.number:03d}-{self.counter:012d}")
        return Outgoing(self.counter - 1, terms.topic.name, terms.key_of(state), terms.type, event.to_json())

    def _reject(self, record: LogRecord, refusal: Refusal, id: str) -> None:
        event = record.event
        assert event is not None
        notice = RecordRejected(
            rejected_source=event.source,
            rejected_id=event.id,
            rejected_type=event.type,
            slug=refusal.slug,
            vi=refusal.text("vi"),
            en=refusal.text("en"),
            field=refusal.field,
        )
        self.rejections.append(Rejection(record.ordinal, notice))
        self._send(event, notice, id, topic=self.service.rejected)

    def _answer_intake(self, record: LogRecord, refused: RecordRefusedAtIntake) -> None:
        assert record.event is not None
        self.rejections.append(Rejection(record.ordinal, refused.notice, refused.raw))
        id = derived_id(record.event.identity, self.service.name, self.number, "rejected")
        self._send(record.event, refused.notice, id, topic=self.service.rejected)

    # -- what is held ----------------------------------------------------------------------------------------------

    def _settle(self, record: LogRecord, outcome: str) -> None:
        before = self.outcomes.get(record.identity)
        # A repeat that is handled before the held one it repeats is new to the inbox all the same, which then knows it.
        ordinal = max(record.ordinal, before[2]) if before else record.ordinal
        self.outcomes[record.identity] = (outcome, record.content, ordinal)

    def _hold(self, record: LogRecord, why: str, awaited: Key | None) -> None:
        since = self.day or (record.event.time.date() if record.event else date.min)
        queue = self.held.setdefault(record.subject, deque())
        entry = Held(record, record.subject, why, since, awaited)
        if queue and queue[0].record.ordinal == record.ordinal:
            queue[0] = replace(entry, since=queue[0].since)
        else:
            queue.append(entry)
        self._settle(record, "held")

    def _dead_letter(self, record: LogRecord, event: Event[Any], error: Exception) -> None:
        where = traceback.extract_tb(error.__traceback__)[-1]
        why = f"error: {type(error).__name__} in {where.name} line {where.lineno}: {str(error)[:500]}"
        known = self.held.get(record.subject)
        again = bool(known) and known is not None and known[0].record.ordinal == record.ordinal
        self._hold(record, why, None)
        if again:
            return
        letter = RecordDeadLettered(
            held_id=f"{self.number}/{record.ordinal}",
            subject=record.subject,
            error=why,
            since=self.held[record.subject][0].since,
            event=record.value.decode(errors="replace"),
        )
        self._send(
            event, letter, derived_id(event.identity, self.service.name, self.number, "dead"), topic=self.service.dead_letter
        )

    def _release(self, key: Key) -> None:
        """A document was made (or a contract learned): what waited for it is handled, in the order it was held."""
        for subject in [s for s, queue in self.held.items() if queue[0].awaited == key]:
            self._work_off(subject)

    def _work_off(self, subject: str) -> None:
        """Handle the queue of a subject from its head until one has to stay."""
        while queue := self.held.get(subject):
            if queue[0].record.event is None or not self._attempt(queue[0].record):
                return
            self._drop_head(subject)

    def _drop_head(self, subject: str) -> Held:
        queue = self.held[subject]
        head = queue.popleft()
        if not queue:
            del self.held[subject]
        return head

    def _refuse_overdue(self) -> None:
        assert self.day is not None
        for subject in list(self.held):
            while queue := self.held.get(subject):
                head = queue[0]
                if head.awaited is None or head.record.event is None:
                    break
                route = self.service.routes.get(head.record.type)
                if route is None or self.calendar.between(head.since, self.day) <= route.patience:
                    break
                self._refuse_head(subject, head, route)
                self._work_off(subject)

    def _refuse_head(self, subject: str, head: Held, route: Route) -> None:
        event = head.record.event
        assert event is not None and head.awaited is not None
        refusal = AwaitedNeverCame(days=route.patience, awaited="/".join(head.awaited))
        self._drop_head(subject)
        self._settle(head.record, "refused")
        self._reject(head.record, refusal, derived_id(event.identity, self.service.name, self.number, "rejected"))

    def _decide_held(self, decided: HeldRecordDecided) -> None:
        for subject, queue in list(self.held.items()):
            head = queue[0]
            if f"{self.number}/{head.record.ordinal}" != decided.held_id:
                continue
            if decided.decision == "discard":
                self._settle(self._drop_head(subject).record, "discarded")
            self._work_off(subject)
            return
