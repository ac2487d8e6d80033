"""The merge of the input topics by time, over a consumer that fetches in any portions."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import ConsumerRecord, TopicPartition
from harness.machine import service
from hypothesis import given
from hypothesis import strategies as st
from shared.contracts.department import PROGRAMME, DayStarted
from shared.messaging.codec import Received
from shared.messaging.intake import Intake, Merge
from shared.messaging.partition import Partition
from shared.messaging.store import Owned
from shared.settings import KafkaSettings

TICKS = TopicPartition(PROGRAMME.name, 0)
OTHERS = [TopicPartition("city.support.v1", 0), TopicPartition("city.support.v1", 1), TopicPartition("support.log.v1", 0)]
TICK_BYTES = DayStarted.contract.type.encode()


def record(tp: TopicPartition, offset: int, timestamp: int) -> ConsumerRecord:
    value = TICK_BYTES if tp == TICKS else b"x"
    return ConsumerRecord(
        topic=tp.topic, partition=tp.partition, offset=offset, timestamp=timestamp, timestamp_type=0, key=None, value=value,
        checksum=None, serialized_key_size=0, serialized_value_size=0, headers=(),
    )  # fmt: skip


@dataclass
class Log:
    """Partitions with records, and a consumer over them as the merge sees one.

    `heard` is the high watermark the client last heard of: older than the end, perhaps, until it fetches again.
    """

    records: dict[TopicPartition, list[ConsumerRecord]]
    read: dict[TopicPartition, int] = field(default_factory=dict)
    heard: dict[TopicPartition, int] = field(default_factory=dict)
    pausing: set[TopicPartition] = field(default_factory=set)

    def fetch(self, tp: TopicPartition, count: int) -> dict[TopicPartition, list[ConsumerRecord]]:
        """The next records of a partition, and where it ends now."""
        start = self.read.get(tp, 0)
        found = self.records[tp][start : start + count] if tp not in self.pausing else []
        self.read[tp] = start + len(found)
        self.heard[tp] = len(self.records[tp])
        return {tp: found} if found else {}

    async def position(self, tp: TopicPartition) -> int:
        return self.read.get(tp, 0)

    def highwater(self, tp: TopicPartition) -> int | None:
        return self.heard.get(tp)

    async def end_offsets(self, partitions: Iterable[TopicPartition]) -> dict[TopicPartition, int]:
        return {tp: len(self.records[tp]) for tp in partitions}

    def assignment(self) -> set[TopicPartition]:
        return set(self.records)

    def pause(self, tp: TopicPartition) -> None:
        self.pausing.add(tp)

    def resume(self, tp: TopicPartition) -> None:
        self.pausing.discard(tp)

    def paused(self) -> set[TopicPartition]:
        return self.pausing


def log_of(ticks: Iterable[int], *others: Iterable[int]) -> Log:
    """A log whose partitions hold records of these times."""
    times = dict(zip([TICKS, *OTHERS], [list(ticks), *map(list, others)], strict=False))
    return Log({tp: [record(tp, n, t) for n, t in enumerate(of)] for tp, of in times.items()})


def merge_of(log: Log) -> Merge:
    return Merge(log, list(log.records))


def order(taken: list[ConsumerRecord]) -> list[tuple[int, bool]]:
    """Time and whether a tick, of each record in turn."""
    return [(r.timestamp, r.topic == TICKS.topic) for r in taken]


TIMES = st.lists(st.integers(0, 30), max_size=12).map(sorted)
LOGS = st.tuples(TIMES, TIMES, TIMES, TIMES)
FETCHES = st.lists(st.tuples(st.sampled_from([TICKS, *OTHERS]), st.integers(1, 5)), max_size=60)


@given(LOGS, FETCHES)
def test_any_portions_give_the_order_of_time_with_ticks_last(
    times: tuple[list[int], ...], fetches: list[tuple[TopicPartition, int]]
) -> None:
    async def play() -> list[ConsumerRecord]:
        log = log_of(*times)
        merge, taken = merge_of(log), []
        for tp, count in [*fetches, *[(tp, 99) for tp in log.records]]:
            merge.add(log.fetch(tp, count))
            taken += await merge.take()
        assert (merge.queued, await merge.lag()) == (0, 0)
        return taken

    taken = asyncio.run(play())
    assert order(taken) == sorted(order(taken))
    assert len(taken) == sum(map(len, times))
    by_partition = {
        (r.topic, r.partition): [t.offset for t in taken if t.topic == r.topic and t.partition == r.partition] for r in taken
    }
    assert all(offsets == sorted(offsets) for offsets in by_partition.values())


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6).map(sorted), TIMES, TIMES, TIMES, FETCHES)
def test_no_record_is_taken_after_a_later_tick_while_records_arrive(
    ticks: list[int], one: list[int], two: list[int], three: list[int], fetches: list[tuple[TopicPartition, int]]
) -> None:
    """Records appear on the topics in the order of their times while the merge reads: none is overtaken by a later tick."""

    async def play() -> list[ConsumerRecord]:
        whole = log_of(ticks, one, two, three)
        arriving = sorted((r for of in whole.records.values() for r in of), key=lambda r: (r.timestamp, r.topic == TICKS.topic))
        log = Log({tp: [] for tp in whole.records})
        merge, taken = merge_of(log), []
        for n, r in enumerate(arriving):
            log.records[TopicPartition(r.topic, r.partition)].append(r)
            for tp, count in fetches[n * 2 : n * 2 + 2]:
                merge.add(log.fetch(tp, count))
                taken += await merge.take()
        for tp in log.records:
            merge.add(log.fetch(tp, 99))
        return [*taken, *await merge.take()]

    passed = -1
    taken = asyncio.run(play())
    for timestamp, tick in order(taken):
        assert tick or timestamp > passed
        passed = timestamp if tick else passed
    assert len(taken) == len(ticks) + len(one) + len(two) + len(three)


def test_tick_is_held_until_a_partition_never_fetched_is_read() -> None:
    async def play() -> list[list[tuple[int, bool]]]:
        log = log_of([5], [3])
        merge, seen = merge_of(log), []
        merge.add(log.fetch(TICKS, 1))
        seen.append(order(await merge.take()))
        merge.add(log.fetch(OTHERS[0], 1))
        return [*seen, order(await merge.take())]

    assert asyncio.run(play()) == [[], [(3, False), (5, True)]]


def test_tick_is_held_for_records_the_client_has_not_heard_of() -> None:
    """The partition was read to the end the client knew; the broker says there is more by now."""

    async def play() -> list[list[tuple[int, bool]]]:
        log = log_of([5], [1])
        merge, seen = merge_of(log), []
        merge.add(log.fetch(OTHERS[0], 9))
        log.records[OTHERS[0]].append(record(OTHERS[0], 1, 3))
        merge.add(log.fetch(TICKS, 1))
        seen.append(order(await merge.take()))
        merge.add(log.fetch(OTHERS[0], 9))
        return [*seen, order(await merge.take())]

    assert asyncio.run(play()) == [[(1, False)], [(3, False), (5, True)]]


def test_idle_partition_does_not_hold_a_tick() -> None:
    async def play() -> list[tuple[int, bool]]:
        log = log_of([5], [], [])
        merge = merge_of(log)
        for tp in log.records:
            merge.add(log.fetch(tp, 9))
        return order(await merge.take())

    assert asyncio.run(play()) == [(5, True)]


@pytest.mark.parametrize("queued", [4_000, 4_001])
def test_partition_far_ahead_of_the_others_pauses_until_they_come(queued: int) -> None:
    async def play() -> list[bool]:
        log = log_of([], range(100, 100 + queued), [50])
        merge, paused = merge_of(log), []
        merge.add(log.fetch(TICKS, 1))
        merge.add(log.fetch(OTHERS[0], 9_999))
        assert await merge.take() == []
        paused.append(OTHERS[0] in log.paused())
        merge.add(log.fetch(OTHERS[1], 1))
        assert len(await merge.take()) == queued + 1
        return [*paused, OTHERS[0] in log.paused()]

    assert asyncio.run(play()) == [queued > 4_000, False]


def test_intake_that_is_asked_to_stop_notes_what_it_has_appended() -> None:
    """Else the next owner appends it again, and every record of it comes twice."""
    tp, noted = OTHERS[0], list[dict[tuple[str, int], int]]()

    class Fetched(Log):
        async def getmany(self, timeout_ms: int, max_records: int) -> dict[TopicPartition, list[ConsumerRecord]]:
            await asyncio.sleep(0.01)
            return self.fetch(tp, max_records)

    async def save(owned: Owned, positions: dict[tuple[str, int], int]) -> None:
        noted.append(dict(positions))

    async def story() -> None:
        log = Fetched({tp: [record(tp, 0, 5)]})
        log._fetcher = SimpleNamespace()  # type: ignore[attr-defined]
        settings = KafkaSettings(bootstrap_servers="nowhere:1")
        intake = Intake(service, SimpleNamespace(save_intake=save), SimpleNamespace(), settings)  # type: ignore[arg-type]
        appended = asyncio.Event()

        async def append(received: list[Received]) -> None:
            appended.set()

        intake._append = append  # type: ignore[method-assign]
        consumer: Any = log
        owned = Owned(Partition(0), 1, "epoch", 0, 0)
        intake._task = asyncio.create_task(intake._loop(owned, consumer, Merge(consumer, [tp]), {}))
        await appended.wait()
        await intake.stop()

    asyncio.run(asyncio.wait_for(story(), 20))
    assert noted == [{(tp.topic, tp.partition): 1}]
