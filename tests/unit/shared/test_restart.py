"""What must not hang on what memory holds: order of release, repeats, published states, a tick that failed."""

import asyncio
import json
from collections import deque
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from harness.machine import START, Line, Machine, allocation, decided, learned, records, service, tick
from shared.contracts.base import Data, Event, make_event
from shared.contracts.department import DayStarted
from shared.contracts.finance import BudgetAllocated
from shared.contracts.reporting import IndicatorContribution
from shared.errors import Infrastructure
from shared.messaging.batch import Batch
from shared.messaging.codec import Received, read_input, read_log
from shared.messaging.core import Core
from shared.messaging.document import Document
from shared.messaging.kafka import Outbound
from shared.messaging.partition import Outgoing, Partition
from shared.messaging.relay import Relay
from shared.messaging.service import Service, handles
from shared.messaging.store import Owned, Row
from shared.messaging.unit import NeedDocuments, Unit


def restart(machine: Machine) -> None:
    """Memory as a new owner loads it: held records by number, nothing else."""
    entries = sorted((h for queue in machine.partition.held.values() for h in queue), key=lambda h: h.record.ordinal)
    machine.partition.held = {}
    for entry in entries:
        machine.partition.held.setdefault(entry.subject, deque()).append(entry)
    machine.partition.documents.clear()
    machine.partition.seen.clear()


@pytest.mark.parametrize("restarted", [False, True])
def test_what_waits_for_one_thing_is_released_by_when_it_was_received(restarted: bool) -> None:
    machine = Machine().play_each(
        allocation("1", "a", says="needs x"),
        allocation("2", "b", says="needs k"),
        allocation("3", "a", says="needs k"),
        allocation("4", "x"),
    )
    if restarted:
        restart(machine)
    machine.play_each(allocation("5", "k"))
    assert machine.told == [f"BudgetReserved {n}" for n in ("4", "1", "5", "2", "3")]


def test_repeat_of_a_held_record_has_no_second_effect_when_both_are_handled_in_one_batch() -> None:
    machine = Machine().play_each(allocation("1", "a", says="needs k"))
    restart(machine)
    both = [allocation("2", "k"), allocation("1", "a", says="needs k")]
    start = machine.partition.next
    machine.play([read_log(start + n, e.to_json(), "same", 0.0) for n, e in enumerate(both)])
    assert machine.lines == {"a": (1, 1), "k": (1, 1)}


def test_id_of_a_held_record_used_again_has_no_effect_when_both_are_handled_in_one_batch() -> None:
    machine = Machine().play_each(allocation("1", "a", says="needs k"))
    restart(machine)
    start = machine.partition.next
    both = [allocation("1", "b", amount=2), allocation("2", "k")]
    machine.play([read_log(start + n, e.to_json(), f"content of {n}", 0.0) for n, e in enumerate(both)])
    assert machine.lines == {"a": (1, 1), "k": (1, 1)}
    assert [r.notice.slug for r in machine.rejections] == ["id-reused"]


def test_learned_records_go_where_they_belong_and_are_handled_once() -> None:
    kind = BudgetAllocated.contract.type
    machine = Machine()
    unread = [allocation("1", "a", says="needs k"), allocation("2", "b")]
    for event in unread:
        (record,) = records([event])
        numbered = {"offset": machine.partition.next, "event": None, "subject": f"type:{kind}"}
        machine.play([record._replace(**numbered)])
    assert machine.lines == {}
    for queue in machine.partition.held.values():  # the new version reads them when it loads them
        for place, held in enumerate(queue):
            read = read_log(-1, held.record.value, held.record.content, 0.0)
            record = read.numbered(held.record.ordinal)
            queue[place] = type(held)(record, held.subject, held.why, held.since, held.awaited)
    machine.play_each(learned(kind))
    assert (machine.lines, machine.held) == ({"b": (1, 1)}, {"a": ["1"]})
    machine.play_each(allocation("3", "k"))
    again = make_event(learned(kind).data, id="learned-again", time=START)
    machine.play_each(again)
    assert (machine.lines, machine.held) == ({"a": (1, 1), "b": (1, 1), "k": (1, 1)}, {})


def test_discarded_record_is_answered_with_the_operators_reason() -> None:
    machine = Machine().play_each(allocation("1", "a", says="needs k"))
    machine.play_each(decided("7/1", "discard"))
    (rejection,) = machine.rejections
    assert (rejection.notice.rejected_id, rejection.notice.slug) == ("1", "discarded")
    assert "lý do: test" in rejection.notice.vi
    assert machine.told == ["RecordRejected discarded"]


@handles(DayStarted, broadcast=True)
def count_days(event: Event[DayStarted], unit: Unit) -> None:
    """A tick that needs a line, and counts on it."""
    line = unit.need(Line, "days")
    unit.put(line.but(count=line.count + 1))


@handles(BudgetAllocated)
def add_line(event: Event[BudgetAllocated], unit: Unit) -> None:
    """A line is made."""
    unit.put(unit.get(Line, event.data.line_id) or Line(id=event.data.line_id))


def test_tick_that_had_to_wait_is_handled_when_it_can_be() -> None:
    counting = Service.of("support", handlers=SimpleNamespace(a=count_days, b=add_line), documents=(Line,))  # type: ignore[arg-type]
    partition = Partition(0)
    partition.documents[("lines", "days")] = None
    batch = Batch(counting, partition)
    batch.play(records([tick(START.date()), allocation("1", "days")]))
    line = batch.documents[("lines", "days")]
    assert isinstance(line, Line)
    assert (line.count, batch.held, batch.day) == (1, {}, START.date())


@handles(BudgetAllocated, broadcast=True, patience=0)
def needs_everywhere(event: Event[BudgetAllocated], unit: Unit) -> None:
    """A broadcast that waits in vain."""
    unit.need(Line, "never")


@pytest.mark.parametrize(("number", "answers"), [(0, ["awaited-never-came"]), (1, [])])
def test_broadcast_that_waited_in_vain_is_answered_by_the_first_partition_alone(number: int, answers: list[str]) -> None:
    waiting = Service.of("support", handlers=SimpleNamespace(a=needs_everywhere), documents=(Line,))  # type: ignore[arg-type]
    partition = Partition(number)
    partition.documents[("lines", "never")] = None
    batch = Batch(waiting, partition)
    batch.play(records([tick(START.date()), allocation("1"), tick(START.date() + timedelta(days=1))]))
    assert [r.notice.slug for r in batch.rejections] == answers
    assert batch.held == {}


class Shown(Document, collection="shown"):
    """A document whose state is published."""

    total: int = 0

    def published_state(self) -> Data:
        """Its total as an indicator."""
        facts = {"row_id": self.id, "indicator": "i", "year": 2021, "value": self.total, "about": "x", "event_id": "e"}
        return IndicatorContribution.model_validate({**facts, "made": True})


@handles(BudgetAllocated)
def show(event: Event[BudgetAllocated], unit: Unit) -> None:
    """Puts without having looked."""
    unit.put(Shown(id=event.data.line_id, total=event.data.amount))


@pytest.mark.parametrize("memory", [1, 50_000])
def test_state_is_published_once_whatever_memory_has_forgotten(memory: int) -> None:
    showing = Service.of("support", handlers=SimpleNamespace(a=show), documents=(Shown,))  # type: ignore[arg-type]
    partition, kept, sent = Partition(0), dict[Any, Any](), list[str]()
    for n, event in enumerate([allocation("1", "a"), allocation("2", "b"), allocation("3", "a")]):
        while True:
            batch = Batch(showing, partition)
            try:
                batch.play([read_log(n, event.to_json(), "", 0.0)])
                break
            except NeedDocuments as needed:
                partition.documents.update({key: kept.get(key) for key in needed.keys})
        kept.update(batch.documents)
        sent += [outgoing.key for outgoing in batch.outgoing]
        batch.keep(documents=memory)
    assert sent == ["a", "b"]


@pytest.mark.parametrize("field", ["type", "id", "source"])
def test_refusal_of_a_record_with_an_endless_attribute_is_short(field: str) -> None:
    event = {**json.loads(allocation("1").to_json()), field: "x" * 100_000}
    entry = read_input(Received("city.budget.v1", 0, 0, None, json.dumps(event).encode(), (), 0), service)
    assert entry is not None
    notice = json.loads(entry.value)["data"]["notice"]
    assert len(notice["rejected_id"]) <= 200
    assert max(len(notice["vi"]), len(notice["en"])) <= 1_000


def test_refusal_of_a_huge_record_fits_into_the_log() -> None:
    entry = read_input(Received("city.budget.v1", 0, 0, None, b"x" * 4_000_000, (), 0), service)
    assert entry is not None
    assert len(entry.value) < 1_500_000


def test_same_broken_bytes_are_the_same_refusal_wherever_they_lie() -> None:
    ids = set()
    for partition, offset in ((0, 3), (2, 9)):
        entry = read_input(Received("city.budget.v1", partition, offset, None, b"nonsense", (), 0), service)
        assert entry is not None
        ids.add((entry.key, json.loads(entry.value)["id"]))
    assert len(ids) == 1


class Away:
    """A publisher whose broker is away until it is let through."""

    def __init__(self) -> None:
        self.sent: list[bytes | None] = []
        self.away = True
        self.tried = asyncio.Event()

    async def partitions(self, topic: str) -> int:
        return 1

    async def send(self, records: Any) -> None:
        self.tried.set()
        if self.away:
            raise Infrastructure("away")
        self.sent += [r.value for r in records if isinstance(r, Outbound)]


def test_owner_that_let_go_sends_nothing_any_more() -> None:
    async def story() -> list[bytes | None]:
        publisher = Away()
        relay = Relay(publisher)  # type: ignore[arg-type]
        running = asyncio.create_task(relay.run())
        owned = Owned(Partition(0), 1, "epoch", 0, 0)
        relay.add(owned, Row(0, [Outgoing(0, "t", "k", "T", b"old")]))
        await publisher.tried.wait()
        relay.forget()
        publisher.away = False
        relay.add(owned, Row(0, [Outgoing(1, "t", "k", "T", b"new")]))
        assert await relay.drain(5)
        running.cancel()
        return publisher.sent

    assert asyncio.run(story()) == [b"new"]


def test_log_that_ends_before_our_position_is_not_read_on() -> None:
    core = Core.__new__(Core)
    core.service = service
    core.owned = {0: Owned(Partition(0, next=500), 1, "epoch", 0, 0)}
    core.commits = SimpleNamespace(next=lambda owned: owned.partition.next)  # type: ignore[assignment]
    core.subscriber = SimpleNamespace(consumer=SimpleNamespace(highwater=lambda tp: 450))
    with pytest.raises(Infrastructure, match="ends at 450, before position 500"):
        asyncio.run(core._in_step(0, [SimpleNamespace(offset=449)]))  # type: ignore[list-item]
