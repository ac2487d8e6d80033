"""One log partition in memory, driven as the core drives it: for tests of the state machine alone."""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from shared.contracts.base import Event, make_event
from shared.contracts.department import CalendarIssued, DayStarted
from shared.contracts.finance import BudgetAllocated
from shared.contracts.runtime import ContractLearned, HeldRecordDecided
from shared.contracts.support import BudgetReserved, ScarceThingGivenBack
from shared.errors import Refusal
from shared.messaging.batch import Batch
from shared.messaging.codec import content_hash, read_log
from shared.messaging.document import Document
from shared.messaging.partition import LogRecord, Outgoing, Partition, Rejection
from shared.messaging.service import Service, handles
from shared.messaging.unit import Key, NeedDocuments, Unit
from shared.messaging.versions import Version

START = datetime(2021, 1, 4, 1, tzinfo=UTC)
CURED = date(2021, 6, 1)
PATIENCE = 5


class Forbidden(Refusal):
    slug = "forbidden"
    vi = "Không được phép: {line}."
    en = "Not allowed: {line}."


class Line(Document, collection="lines", by_day=True):
    """A sum, and how many allocations made it."""

    total: int = 0
    count: int = 0


@handles(BudgetAllocated, patience=PATIENCE)
def allocate(event: Event[BudgetAllocated], unit: Unit) -> None:
    """Adds to a line. The legal text says what is special: `needs X` (or `X+Y`), `poison`, `forbidden`, `back`, `close`."""
    said, _, what = event.data.legal_text.partition(" ")
    if said == "needs":
        unit.need_all(Line, what.split("+"))
    before = unit.get(Line, event.data.line_id) or Line(id=event.data.line_id)
    line = before.but(total=before.total + event.data.amount, count=before.count + 1)
    unit.put(line)
    state = {"line_id": line.id, "allocated": line.total, "reserved": line.count, "available": 0}
    unit.publish(BudgetReserved(request_id=event.data.plan_id, amount=event.data.amount, **state))
    if said == "back":
        unit.publish(ScarceThingGivenBack(thing=what, request_id=event.data.plan_id, tax_code="0100000001"))
    if said == "close":
        unit.remove(line)
    if said == "forbidden":
        raise Forbidden(field="amount", line=line.id)
    if said == "poison" and unit.today < CURED:
        raise ZeroDivisionError("not before June")


service = Service.of("support", handlers=sys.modules[__name__], documents=(Line,))


def allocation(id: str, line: str = "a", amount: int = 1, says: str = "plain") -> Event[Any]:
    """An allocation whose event has the id given."""
    facts = {"line_id": line, "plan_id": id, "year": 2021, "scheme_id": "s", "amount": amount, "legal_text": says}
    return make_event(BudgetAllocated.model_validate(facts), id=id, time=START)


def tick(day: date) -> Event[Any]:
    """A day has begun."""
    return make_event(DayStarted(date=day), id=f"day-{day}", time=START)


def holidays(*days: date) -> Event[Any]:
    """The calendar names holidays."""
    return make_event(CalendarIssued(calendar_id="c", holidays=days, legal_text="Lịch"), id=f"calendar-{days}", time=START)


def decided(held_id: str, decision: str) -> Event[Any]:
    """An operator decides what is held."""
    facts = {"held_id": held_id, "decision": decision, "reason": "test", "decided_by": "test"}
    return make_event(HeldRecordDecided.model_validate(facts), id=f"{held_id}-{decision}", time=START + timedelta(1))


def learned(kind: str) -> Event[Any]:
    """A version knows a type."""
    return make_event(ContractLearned(type=kind), id=f"learned-{kind}", time=START)


def records(events: Iterable[Event[Any]]) -> list[LogRecord]:
    """Events as they lie in the log, from offset 1 (0 is the mark that opened it)."""
    return [read_log(n, e.to_json(), content_hash(e.to_json()), 0.0) for n, e in enumerate(events, 1)]


@dataclass
class Machine:
    """A partition, its database as dictionaries, and everything that came out.

    `memory` and `seen` bound what is kept between batches, as in the core. Numbers begin at 1, as offsets do after the mark.
    """

    memory: int = 50_000
    seen: int = 20_000
    partition: Partition = field(default_factory=lambda: Partition(7, next=1, received=1))
    documents: dict[Key, Document | None] = field(default_factory=dict)
    inbox: dict[str, tuple[str, str]] = field(default_factory=dict)
    versions: list[Version] = field(default_factory=list)
    outgoing: list[Outgoing] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    duplicates: int = 0
    reruns: int = 0

    def play(self, batch_of: list[LogRecord]) -> "Machine":
        """One batch, run again for what is missing in memory and for what the database has seen, then kept."""
        while True:
            batch = Batch(service, self.partition)
            try:
                batch.play(batch_of)
            except NeedDocuments as needed:
                self.reruns += 1
                self.partition.documents.update({key: self.documents.get(key) for key in needed.keys})
                continue
            fresh = {i for i, (_, _, ordinal) in batch.outcomes.items() if ordinal >= self.partition.received}
            if taken := fresh & self.inbox.keys():
                self.partition.seen.update({i: self.inbox[i][1] for i in taken})
                continue
            break
        self.documents.update(batch.documents)
        self.versions += batch.versions
        self.inbox.update({i: (outcome, content) for i, (outcome, content, _) in batch.outcomes.items()})
        self.outgoing += batch.outgoing
        self.rejections += batch.rejections
        self.duplicates += batch.duplicates
        batch.keep(documents=self.memory, seen=self.seen)
        return self

    def play_each(self, *events: Event[Any]) -> "Machine":
        """Events that follow what was played, each a batch of its own."""
        for event in events:
            self.play([read_log(self.partition.next, event.to_json(), content_hash(event.to_json()), 0.0)])
        return self

    @property
    def outcomes(self) -> dict[str, str]:
        """Outcome by event id; answers to an id used again for other content, which have three parts, are left out."""
        parts = {identity: identity.split("|") for identity in self.inbox}
        return {part[1]: self.inbox[identity][0] for identity, part in parts.items() if len(part) == 2}

    @property
    def lines(self) -> dict[str, tuple[int, int]]:
        """Total and count by line."""
        return {d.id: (d.total, d.count) for d in self.documents.values() if isinstance(d, Line)}

    @property
    def history(self) -> dict[str, list[tuple[str, str, int]]]:
        """Each line's totals with first and last day of standing, `until` left out; the present one is until nothing."""
        versions = [(v.document, str(v.until)) for v in self.versions]
        lines = [*versions, *((d, "") for d in self.documents.values() if d is not None)]
        found: dict[str, list[tuple[str, str, int]]] = {}
        for line, until in lines:
            assert isinstance(line, Line)
            found.setdefault(line.id, []).append((str(line.kept_since), until, line.total))
        return {id: sorted(found[id]) for id in sorted(found)}

    @property
    def told(self) -> list[str]:
        """What was published, in short: the type, and the id of the allocation where there is one."""
        return [
            f"{name_of(o.type)} {body_of(o).get('request_id') or body_of(o).get('slug') or ''}".strip() for o in self.outgoing
        ]

    @property
    def held(self) -> dict[str, list[str]]:
        """Ids of what is held, by subject, in order."""
        return {s: [h.record.identity.rpartition("|")[2] for h in q] for s, q in self.partition.held.items()}

    @property
    def sent(self) -> list[tuple[int, str, str, bytes]]:
        """What went out, with its numbers."""
        return [(o.number, o.topic, o.key, o.value) for o in self.outgoing]

    @property
    def everything(self) -> Any:
        """State, events and outcomes, to be compared."""
        partition = self.partition
        return self.lines, self.history, self.sent, self.inbox, partition.held, partition.next, partition.counter


def name_of(kind: str) -> str:
    """The event's name without prefix and version."""
    return kind.rsplit(".", 2)[1]


def body_of(outgoing: Outgoing) -> dict[str, Any]:
    """The data of what goes out."""
    data: dict[str, Any] = json.loads(outgoing.value)["data"]
    return data
