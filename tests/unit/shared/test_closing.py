"""When a day counts as over, who tells what follows from it, and how often."""

import asyncio
import json
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from harness.closing import Instance
from harness.machine import Line, allocation, tick
from shared.contracts.base import Data, Event
from shared.contracts.finance import BudgetAllocated
from shared.errors import Infrastructure
from shared.messaging import closing
from shared.messaging.reader import Reader
from shared.messaging.service import Service, handles
from shared.messaging.unit import Unit
from shared.testing.memory import PARTITIONS, Running

pytestmark = pytest.mark.anyio
FIRST, SECOND, THIRD = (date(2021, 3, day) for day in (1, 2, 3))


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@handles(BudgetAllocated)
def keep(event: Event[BudgetAllocated], unit: Unit) -> None:
    """Each event that was told is one more of its line."""
    line = unit.get(Line, event.data.line_id) or Line(id=event.data.line_id)
    unit.put(line.but(count=line.count + 1))


def told(day: date, line: str = "a", amount: int = 1) -> Data:
    return allocation(day.isoformat(), line, amount).data


class Asked:
    """What a service has to say of a day: the same whenever it is asked, unless `says` is something else."""

    def __init__(self) -> None:
        self.days: list[date] = []
        self.says: Callable[[date], list[Data]] = lambda day: [told(day)]

    async def __call__(self, reader: Reader, day: date) -> list[Data]:
        self.days.append(day)
        return self.says(day)


def started(*days: date) -> tuple[Running, Asked]:
    """A service in which these days have begun in every partition."""
    asked = Asked()
    running = Running(Service.of("support", handlers=sys.modules[__name__], documents=(Line,), closes=asked))
    for day in days:
        begin(running, day)
    return running, asked


def begin(running: Running, day: date, partitions: Any = range(PARTITIONS)) -> None:
    for number in partitions:
        running.log[number].append((tick(day).to_json(), ""))
    running.step()


async def test_day_is_told_when_every_partition_has_begun_a_later_one_and_then_no_more() -> None:
    running, asked = started(FIRST)
    one = Instance(running)
    assert [r.partition for r in await one.look()] == [1]  # the eve of the first day is over as well
    begin(running, SECOND, range(1, PARTITIONS))
    assert await one.look() == []
    begin(running, SECOND, [0])
    (record,) = await one.look()
    event = json.loads(record.value or b"")
    assert (event["data"]["plan_id"], event["time"], record.key) == ("2021-03-01", "2021-03-01T12:00:00Z", b"a")
    assert [await one.look() for _ in range(3)] == [[], [], []]
    assert asked.days == [date(2021, 2, 28), FIRST]


async def test_partition_that_has_no_day_yet_keeps_every_day_open() -> None:
    running, asked = started()
    begin(running, SECOND, [0, 2])
    assert await Instance(running, owned=[0, 2]).look() == []
    assert asked.days == []


async def test_database_is_asked_only_when_a_day_of_an_owned_partition_has_moved() -> None:
    running, _ = started()
    one, other = Instance(running), Instance(running, owned=[1, 2])
    for instance in (one, other, one):
        await instance.look()
    begin(running, FIRST)
    for instance in (one, one, one, other):
        await instance.look()
    assert (one.looks, other.looks, other.sent) == (1, 0, [])


async def test_day_is_looked_at_again_when_the_documents_were_built_anew() -> None:
    """Seen to fail with: day-not-told-again-after-a-rebuild."""
    running, asked = started(FIRST)
    one = Instance(running)
    await one.look()
    running.step()
    for owned in one.owned.values():
        owned.generation = 1
    assert one.closing.untold
    for _ in range(3):
        await one.look()
    assert asked.days == [date(2021, 2, 28)] * 2


async def test_days_passed_over_are_not_told() -> None:
    running, asked = started(FIRST, SECOND, THIRD)
    await Instance(running).look()
    assert asked.days == [SECOND]


async def test_what_lies_in_the_log_is_handled_first() -> None:
    """Else who reads a log anew, a part after the other, tells days that were over on the way and never told."""
    running, _ = started(FIRST, SECOND)
    await Instance(running).look()
    whole, (again, asked) = running.log, started()
    reader = Instance(again)
    for played in (1, 2):
        again.log = [log[:played] for log in whole]
        again.step()
        again.log = [list(log) for log in whole]
        assert (await reader.look(), reader.closing.untold) == ([], True)
    again.step()
    await reader.look()
    assert asked.days == [FIRST]


async def test_log_that_never_rests_is_not_waited_for() -> None:
    """What came since the last look may be unhandled."""
    running, asked = started(FIRST, SECOND)
    one = Instance(running)
    for n in range(2):
        running.step()
        running.append("a", allocation(f"{n}").to_json())
        await one.look()
    assert asked.days == [FIRST]


async def test_restart_before_it_is_handled_waits_for_that_and_what_is_told_twice_takes_effect_once() -> None:
    running, _ = started(FIRST, SECOND)
    (first,) = await Instance(running).look()
    again = Instance(running)
    assert await again.look() == []
    running.step()
    assert await again.look() == [first]
    running.step()
    assert running.find(Line, "a") == Line(id="a", count=1)


async def test_other_content_of_the_same_day_has_another_id() -> None:
    running, asked = started(FIRST, SECOND)
    (first,) = await Instance(running).look()
    asked.says = lambda day: [told(day, amount=2)]
    running.step()
    (second,) = await Instance(running).look()
    running.step()
    assert json.loads(first.value or b"")["id"] != json.loads(second.value or b"")["id"]
    assert running.find(Line, "a") == Line(id="a", count=2)


async def test_who_lost_the_first_partition_while_it_read_tells_nothing() -> None:
    running, asked = started(FIRST, SECOND)
    one = Instance(running)

    def lose(day: date) -> list[Data]:
        one.owned.pop(0)
        return [told(day)]

    asked.says = lose
    assert await one.look() == []
    assert (asked.days, one.closing.untold) == ([FIRST], False)


@pytest.mark.parametrize("error", [Infrastructure("database: away"), ZeroDivisionError("a formula")])
async def test_trouble_is_waited_out(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    monkeypatch.setattr(closing, "LOOK_SECONDS", 0.01)
    running, asked = started(FIRST, SECOND)
    one, troubles = Instance(running), [error]

    def fail(day: date) -> list[Data]:
        if troubles:
            raise troubles.pop()
        return [told(day)]

    asked.says, one.away = fail, 1
    task = asyncio.create_task(one.closing.run())
    async with asyncio.timeout(5):
        while not one.sent:
            await asyncio.sleep(0.01)
    assert one.closing.untold is False
    assert not task.done()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (one.looks, asked.days, len(one.sent)) == (3, [FIRST, FIRST], 1)
