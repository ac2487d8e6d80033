"""What the runtime relies on when partitions are shared between instances: the same tests on both brokers."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError
from harness.clients import GROUP, eventually, fresh, join, make_topic, take
from harness.engines import Broker

pytestmark = pytest.mark.anyio


def shares(*members: Any) -> list[list[int]]:
    """Which partitions each member has now, of whichever topic."""
    return [sorted({part.partition for part in member.assignment()}) for member in members]


async def until_shared(expected: list[list[int]], *members: Any, seconds: float = 20) -> None:
    """Poll the members until the group has settled as expected."""

    async def settled() -> bool:
        await asyncio.gather(*[member.getmany(timeout_ms=50) for member in members])
        return sorted(shares(*members)) == expected

    try:
        await eventually(settled, seconds, f"partitions shared as {expected}")
    except TimeoutError as error:
        raise AssertionError(f"{error}; they are shared as {shares(*members)}") from None


async def fill(broker: Broker, topic: str, partitions: int, each: int) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=broker.address, acks="all")
    await producer.start()
    await asyncio.gather(*[await producer.send(topic, b"%d" % n, partition=p) for p in range(partitions) for n in range(each)])
    await producer.stop()


@asynccontextmanager
async def started(member: AIOKafkaConsumer) -> AsyncIterator[AIOKafkaConsumer]:
    await member.start()
    try:
        yield member
    finally:
        await member.stop()


async def test_new_group_reads_from_the_earliest_record(broker: Broker) -> None:
    topic = await make_topic(broker.address, fresh("earliest"), 3)
    await fill(broker, topic, 3, 40)
    member = await join(broker.address, fresh("group"), [topic])
    records = await take(member, 120)
    await member.stop()
    assert sorted((r.partition, r.offset) for r in records) == [(p, n) for p in range(3) for n in range(40)]


async def test_one_member_has_every_partition_and_two_share_them(broker: Broker) -> None:
    topic = await make_topic(broker.address, fresh("shared"), 4)
    group = fresh("group")
    first = await join(broker.address, group, [topic])
    await until_shared([[0, 1, 2, 3]], first)
    second = await join(broker.address, group, [topic])
    await until_shared([[0, 1], [2, 3]], first, second)
    await second.stop()
    await until_shared([[0, 1, 2, 3]], first)
    await first.stop()


async def test_topics_read_together_share_partition_numbers(broker: Broker) -> None:
    topics = [await make_topic(broker.address, fresh("together"), 4) for _ in range(3)]
    group = fresh("group")
    members = [await join(broker.address, group, topics) for _ in range(2)]
    await until_shared([[0, 1], [2, 3]], *members)
    for member in members:
        numbers = {topic: {part.partition for part in member.assignment() if part.topic == topic} for topic in topics}
        assert len(set(map(frozenset, numbers.values()))) == 1
    for member in members:
        await member.stop()


async def test_killed_member_hands_its_partitions_over(broker: Broker) -> None:
    topic = await make_topic(broker.address, fresh("killed"), 4)
    group = fresh("group")
    member = str(Path(__file__).with_name("member.py"))
    doomed = await asyncio.create_subprocess_exec(
        sys.executable, member, broker.address, group, topic, stdout=asyncio.subprocess.PIPE
    )
    assert doomed.stdout is not None
    try:
        assert await asyncio.wait_for(doomed.stdout.readline(), 20) == b"0 1 2 3\n"
        survivor = await join(broker.address, group, [topic])
        await eventually(lambda: _has_half(survivor), 20, "half of the partitions")
    finally:
        doomed.kill()
        await doomed.wait()
    await until_shared([[0, 1, 2, 3]], survivor, seconds=10)
    await survivor.stop()


async def _has_half(member: Any) -> bool:
    await member.getmany(timeout_ms=50)
    return len(shares(member)[0]) == 2


async def test_position_sought_at_assignment_wins_over_the_committed_offset(broker: Broker) -> None:
    """The position in the database decides where to read on, not what was committed."""
    topic = await make_topic(broker.address, fresh("seek"), 2)
    await fill(broker, topic, 2, 30)
    group = fresh("group")
    first = await join(broker.address, group, [topic])
    await take(first, 60)
    await first.commit({TopicPartition(topic, p): 30 for p in (0, 1)})
    await first.stop()
    wanted = {TopicPartition(topic, 0): 7, TopicPartition(topic, 1): 0}

    class Seek(ConsumerRebalanceListener):  # type: ignore[misc]
        def on_partitions_revoked(self, revoked: Any) -> None:
            pass

        def on_partitions_assigned(self, assigned: Any) -> None:
            for part in assigned:
                second.seek(part, wanted[part])

    second = AIOKafkaConsumer(bootstrap_servers=broker.address, group_id=group, **GROUP)
    second.subscribe([topic], listener=Seek())
    async with started(second):
        committed = [await second.committed(part) for part in wanted]
        records = await take(second, 53)
    assert committed == [30, 30]
    assert sorted((r.partition, r.offset) for r in records) == [(0, n) for n in range(7, 30)] + [(1, n) for n in range(30)]


async def test_committed_offset_is_where_the_next_member_reads_on(broker: Broker) -> None:
    topic = await make_topic(broker.address, fresh("commit"), 1)
    await fill(broker, topic, 1, 20)
    group, part = fresh("group"), TopicPartition(topic, 0)
    first = await join(broker.address, group, [topic])
    await take(first, 20)
    await first.commit({part: 12})
    await first.stop()
    second = await join(broker.address, group, [topic])
    records = await take(second, 8)
    assert [r.offset for r in records] == list(range(12, 20))
    await second.stop()


async def test_commit_of_a_partition_that_was_lost_fails(broker: Broker) -> None:
    """A slow member may not move the offsets of its successor: the runtime counts this and goes on."""
    topic = await make_topic(broker.address, fresh("lost"), 2)
    await fill(broker, topic, 2, 5)
    group = fresh("group")
    first = await join(broker.address, group, [topic])
    await take(first, 10)
    second = await join(broker.address, group, [topic])
    await until_shared([[0], [1]], first, second)
    (lost,) = {0, 1} - set(shares(first)[0])
    with pytest.raises((IllegalStateError, CommitFailedError)):
        await first.commit({TopicPartition(topic, lost): 5})
    await first.stop()
    await second.stop()


async def test_listener_may_finish_its_batch_before_partitions_move(broker: Broker) -> None:
    """`on_partitions_revoked` may take a while: the newcomer gets partitions only when it has ended."""
    topic = await make_topic(broker.address, fresh("drain"), 2)
    group = fresh("group")
    order: list[str] = []

    class Drain(ConsumerRebalanceListener):  # type: ignore[misc]
        async def on_partitions_revoked(self, revoked: Any) -> None:
            if revoked:
                await asyncio.sleep(1.0)
                order.append("batch finished")

        def on_partitions_assigned(self, assigned: Any) -> None:
            pass

    class Note(ConsumerRebalanceListener):  # type: ignore[misc]
        def on_partitions_revoked(self, revoked: Any) -> None:
            pass

        def on_partitions_assigned(self, assigned: Any) -> None:
            order.append("newcomer assigned")

    first = AIOKafkaConsumer(bootstrap_servers=broker.address, group_id=group, **GROUP)
    first.subscribe([topic], listener=Drain())
    async with started(first):
        await until_shared([[0, 1]], first)
        second = AIOKafkaConsumer(bootstrap_servers=broker.address, group_id=group, **GROUP)
        second.subscribe([topic], listener=Note())
        async with started(second):
            await until_shared([[0], [1]], first, second)
            assert order[:2] == ["batch finished", "newcomer assigned"]
