"""Small Kafka clients for tests: make topics, read them to their end, join a group."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypeAlias

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from aiokafka.errors import for_code

Record: TypeAlias = Any  # aiokafka.structs.ConsumerRecord; aiokafka carries no types

# The embedded profile: Tansu takes half a session to let a member join, and waits the whole fetch wait when idle.
GROUP = {
    "partition_assignment_strategy": [RangePartitionAssignor],
    "session_timeout_ms": 3000,
    "heartbeat_interval_ms": 500,
    "max_poll_interval_ms": 60_000,
    "enable_auto_commit": False,
    "auto_offset_reset": "earliest",
    "fetch_max_wait_ms": 20,
}


def fresh(name: str) -> str:
    """A topic or group nobody else uses."""
    return f"{name}.{uuid.uuid4().hex[:8]}"


async def make_topic(address: str, name: str, partitions: int = 4, **config: str) -> str:
    """Make a topic with as many partitions and the configuration given, its dots written as underscores."""
    admin = AIOKafkaAdminClient(bootstrap_servers=address)
    await admin.start()
    try:
        settings = {key.replace("_", "."): value for key, value in config.items()}
        answer = await admin.create_topics([NewTopic(name, partitions, 1, topic_configs=settings)])
        for error in answer.topic_errors:
            if error[1]:
                raise for_code(error[1])(f"{name}: {error[2:]}")
    finally:
        await admin.close()
    return name


async def read_to_end(address: str, *topics: str) -> dict[TopicPartition, list[Record]]:
    """Every record of the topics as they are now, by partition, in order; no group, nothing committed."""
    consumer = AIOKafkaConsumer(bootstrap_servers=address, enable_auto_commit=False, fetch_max_wait_ms=20)
    await consumer.start()
    try:
        parts = [TopicPartition(topic, p) for topic in topics for p in sorted(await partitions_of(address, topic))]
        consumer.assign(parts)
        await consumer.seek_to_beginning(*parts)
        ends = await consumer.end_offsets(parts)
        read: dict[TopicPartition, list[Record]] = {part: [] for part in parts}
        while any([await consumer.position(part) < ends[part] for part in parts]):
            for part, records in (await consumer.getmany(timeout_ms=200)).items():
                read[part] += records
        return read
    finally:
        await consumer.stop()


async def partitions_of(address: str, topic: str) -> set[int]:
    """The numbers of a topic's partitions."""
    producer = AIOKafkaProducer(bootstrap_servers=address)
    await producer.start()
    try:
        return set(await producer.partitions_for(topic))
    finally:
        await producer.stop()


async def join(address: str, group: str, topics: Iterable[str], **settings: Any) -> Any:
    """A started member of a group over the topics, with the embedded profile."""
    consumer = AIOKafkaConsumer(*topics, bootstrap_servers=address, group_id=group, **{**GROUP, **settings})
    await consumer.start()
    return consumer


async def take(consumer: Any, count: int, seconds: float = 20) -> list[Record]:
    """At least so many records from a consumer, in the order they came."""
    records: list[Record] = []

    async def enough() -> bool:
        for batch in (await consumer.getmany(timeout_ms=100)).values():
            records.extend(batch)
        return len(records) >= count

    await eventually(enough, seconds, f"{count} records")
    return records


async def eventually(condition: Callable[[], Awaitable[bool]], seconds: float, what: str) -> None:
    """Wait until an asynchronous condition holds; fails with what was waited for."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not await condition():
        if asyncio.get_running_loop().time() > deadline:
            raise TimeoutError(f"{what}: not there after {seconds:g} s")
        await asyncio.sleep(0.02)
