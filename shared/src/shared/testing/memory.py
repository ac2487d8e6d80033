"""The services in memory: the same handlers, the same state machine, no engine.

``run(service, *events)`` plays events through one service; `City` connects several, as Kafka would.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from shared.contracts.base import REGISTER, Data, Event, make_event
from shared.contracts.runtime import RecordRejected
from shared.messaging.batch import Batch
from shared.messaging.codec import Received, envelope_of, read_input, read_log
from shared.messaging.document import Document
from shared.messaging.partition import LogRecord, Outgoing, Partition
from shared.messaging.reader import AllOf, Between, Days, OneOf, Versions, kept_by_day
from shared.messaging.routing import partition_of
from shared.messaging.service import Service
from shared.messaging.unit import Key, NeedDocuments
from shared.messaging.versions import Version

T = TypeVar("T", bound=Document)
D = TypeVar("D", bound=Data)
PARTITIONS = 3


@dataclass
class Running:
    """One service with its log and its documents in memory. A batch is all that lies in a partition's log."""

    service: Service
    partitions: list[Partition] = field(default_factory=lambda: [Partition(n) for n in range(PARTITIONS)])
    log: list[list[tuple[bytes, str]]] = field(default_factory=lambda: [[] for _ in range(PARTITIONS)])
    documents: list[dict[Key, Document | None]] = field(default_factory=lambda: [{} for _ in range(PARTITIONS)])
    versions: list[Version] = field(default_factory=list)
    outcomes: dict[str, str] = field(default_factory=dict)
    outgoing: list[Outgoing] = field(default_factory=list)

    def take_in(self, received: Received) -> None:
        """What the intake does with one record."""
        entry = read_input(received, self.service)
        if entry is not None:
            self.append(entry.key, entry.value, entry.content)

    def append(self, key: str | None, value: bytes, content: str = "") -> None:
        for number in range(PARTITIONS) if key is None else (partition_of(key, PARTITIONS),):
            self.log[number].append((value, content))

    def step(self) -> list[Outgoing]:
        """Play what each partition has not read yet; what goes to the own log is appended, the rest is returned."""
        out: list[Outgoing] = []
        for partition, log in zip(self.partitions, self.log, strict=True):
            records = [read_log(n, *log[n], 0.0) for n in range(partition.next, len(log))]
            out += self._play(partition, records)
        for event in out:
            if event.topic == self.service.log:
                self.append(None if event.broadcast else event.key, event.value)
        self.outgoing += out
        return [event for event in out if event.topic != self.service.log]

    def _play(self, partition: Partition, records: list[LogRecord]) -> list[Outgoing]:
        while True:
            batch = Batch(self.service, partition)
            try:
                batch.play(records)
            except NeedDocuments as needed:
                kept = self.documents[partition.number]
                partition.documents.update({key: kept.get(key) for key in needed.keys})
                continue
            self.documents[partition.number].update(batch.documents)
            self.versions += batch.versions
            self.outcomes.update({identity: outcome for identity, (outcome, _, _) in batch.outcomes.items()})
            batch.keep(seen=10**9)
            return batch.outgoing

    def find(self, kind: type[T], id: str) -> T | None:
        """The document of this id, in whichever partition it lies (a broadcast copy: the first)."""
        for kept in self.documents:
            if (found := kept.get((kind.collection, id))) is not None:
                return found  # type: ignore[return-value]
        return None

    def all(self, kind: type[T]) -> list[T]:
        """Every document of a kind, over all partitions, by id (broadcast copies once)."""
        found = {d.id: d for kept in self.documents for (c, _), d in kept.items() if c == kind.collection and d is not None}
        return [found[id] for id in sorted(found)]  # type: ignore[misc]

    def all_on(self, kind: type[T], day: date) -> list[T]:
        """Every document of a kind as the end of a day left it, by id."""
        kept_by_day(kind)
        stood: list[Document] = [d for d in self.all(kind) if d.kept_since <= day]
        stood += [v.document for v in self.versions if v.document.collection == kind.collection and v.stood_on(day)]
        found = {document.id: document for document in stood}
        return [found[id] for id in sorted(found)]  # type: ignore[misc]

    @property
    def held(self) -> dict[str, str]:
        """What is held now: subject → why its head stays."""
        return {subject: queue[0].why for p in self.partitions for subject, queue in p.held.items()}


@dataclass
class City:
    """Several services connected by their public topics, and what was published in the end."""

    services: list[Running]
    published: list[Event[Any]] = field(default_factory=list)
    offsets: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @classmethod
    def of(cls, *services: Service) -> "City":
        return cls([Running(service) for service in services])

    def __getitem__(self, name: str) -> Running:
        return next(r for r in self.services if r.service.name == name)

    def publish(self, *events: Event[Any]) -> "City":
        """Publish events one by one, each worked off through every service before the next."""
        for event in events:
            self.send(event.data.contract.topic.name, event.to_json())
        return self

    def send(self, topic: str, value: bytes, headers: tuple[tuple[str, bytes], ...] = ()) -> None:
        """Publish bytes on a topic and work off all that follows."""
        self._deliver(topic, value, headers)
        while any(self._step(running) for running in self.services):
            pass

    def _deliver(self, topic: str, value: bytes, headers: tuple[tuple[str, bytes], ...] = ()) -> None:
        received = Received(topic, 0, self.offsets[topic], None, value, headers, 0)
        self.offsets[topic] += 1
        for running in self.services:
            if topic in {t.name for t in running.service.inputs}:
                running.take_in(received)

    def _step(self, running: Running) -> bool:
        before = [p.next for p in running.partitions]
        for out in running.step():
            if out.value:
                contract = REGISTER.by_type[out.type]
                self.published.append(envelope_of(contract).model_validate_json(out.value))
            if out.topic in REGISTER.topics and out.value:
                self._deliver(out.topic, out.value)
        return before != [p.next for p in running.partitions]

    def of_type(self, model: type[D]) -> list[D]:
        """The data of every published event of a type, in order."""
        return [e.data for e in self.published if e.type == model.contract.type]

    @property
    def refusals(self) -> list[RecordRejected]:
        return self.of_type(RecordRejected)


@dataclass
class MemoryReader:
    """A `Reader` over a service in memory."""

    running: Running
    day: date | None = None

    def as_of(self, day: date) -> "MemoryReader":
        """See Reader."""
        return MemoryReader(self.running, day)

    async def get(self, kind: type[T], id: str) -> T | None:
        """See Reader."""
        if self.day is None:
            return self.running.find(kind, id)
        return next(iter(await self.list(kind, {"id": id})), None)

    async def list(
        self,
        kind: type[T],
        where: dict[str, Any] | None = None,
        *,
        order: str = "id",
        limit: int | None = None,
        after: str | None = None,
    ) -> list[T]:
        """See Reader."""
        kept = self.running.all(kind) if self.day is None else self.running.all_on(kind, self.day)
        found = [d for d in kept if _matches(d, where)]
        found = sorted((d for d in found if after is None or d.id > after), key=lambda d: (getattr(d, order), d.id))
        return found[:limit] if limit else found

    async def days_changed(self, kind: type[T], where: dict[str, Any] | None = None) -> Days:
        """See Reader."""
        kept_by_day(kind)
        came = {d.kept_since for d in self.running.all(kind) if _matches(d, where)}
        were = [v for v in self.running.versions if v.document.collection == kind.collection and _matches(v.document, where)]
        days = came.union(*((v.document.kept_since, v.until) for v in were))
        return sorted(days - {date.min})

    async def history(self, kind: type[T], ids: Collection[str]) -> Versions[T]:
        """See Reader."""
        kept_by_day(kind)
        were = [v.document for v in self.running.versions if v.document.collection == kind.collection and v.document.id in ids]
        now = (self.running.find(kind, id) for id in ids)
        kept = [d for d in (*were, *now) if d is not None and d.kept_since <= (self.day or date.max)]
        return sorted(kept, key=lambda d: (d.id, d.kept_since))  # type: ignore[arg-type]


def _matches(document: Document, where: dict[str, Any] | None) -> bool:
    if not where:
        return True
    fields = document.model_dump(mode="json", include=set(where))
    return all(_holds(fields[name], value) for name, value in where.items())


def _holds(value: Any, asked: Any) -> bool:
    return asked.holds(value) if isinstance(asked, OneOf | AllOf | Between) else bool(value == asked)


def run(service: Service, *events: Event[Any] | Data) -> City:
    """Play a list of events through one service in memory: what it published and its state."""
    return City.of(service).publish(*in_order(events))


def in_order(events: Iterable[Event[Any] | Data]) -> list[Event[Any]]:
    """Envelopes for bare data, with ids and times that rise by one second."""
    start = datetime(2021, 1, 1, tzinfo=UTC).timestamp()
    return [
        e if isinstance(e, Event) else make_event(e, id=f"test-{n}", time=datetime.fromtimestamp(start + n, UTC))
        for n, e in enumerate(events)
    ]
