"""What the runtime relies on when it writes and reads logs: the same tests on the embedded broker and on Apache Kafka."""

import asyncio
import time
import zlib
from collections import defaultdict

import pytest
from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.errors import TopicAlreadyExistsError
from harness.clients import eventually, fresh, join, make_topic, read_to_end, take
from harness.engines import Broker
from shared.messaging.kafka import MAX_BATCH, Outbound, Publisher, plain_consumer
from shared.messaging.routing import partition_of
from shared.settings import KafkaSettings

pytestmark = pytest.mark.anyio


def settings_for(broker: Broker) -> KafkaSettings:
    """How the runtime would be told to reach this broker."""
    return KafkaSettings(bootstrap_servers=broker.address, fetch_wait_ms=20, idempotent=broker.keeps_its_log)


async def send(broker: Broker, records: list[Outbound]) -> None:
    publisher = Publisher(settings_for(broker))
    try:
        await publisher.send(records)
    finally:
        await publisher.stop()


@pytest.mark.parametrize("partitions", [1, 7])
async def test_topic_is_made_with_the_partitions_asked(broker: Broker, partitions: int) -> None:
    topic = await make_topic(broker.address, fresh("made"), partitions)
    assert {part.partition for part in await read_to_end(broker.address, topic)} == set(range(partitions))


async def test_topic_made_twice_is_refused_and_stays(broker: Broker) -> None:
    topic = await make_topic(broker.address, fresh("twice"), 3)
    with pytest.raises(TopicAlreadyExistsError):
        await make_topic(broker.address, topic, 5)
    assert len(await read_to_end(broker.address, topic)) == 3


async def test_batch_for_one_partition_arrives_whole_and_in_order(broker: Broker) -> None:
    topic = await make_topic(broker.address, fresh("batch"), 3)
    producer = AIOKafkaProducer(bootstrap_servers=broker.address, acks="all")
    await producer.start()
    try:
        batch = producer.create_batch()
        for n in range(250):
            batch.append(key=f"k{n % 7}".encode(), value=b"%d" % n, timestamp=None)
        sent = await (await producer.send_batch(batch, topic, partition=2))
    finally:
        await producer.stop()
    read = await read_to_end(broker.address, topic)
    assert sent.offset == 0
    assert [(r.offset, r.value) for r in read[TopicPartition(topic, 2)]] == [(n, b"%d" % n) for n in range(250)]
    assert [len(read[TopicPartition(topic, p)]) for p in range(3)] == [0, 0, 250]


async def test_batches_of_two_writers_do_not_mix(broker: Broker) -> None:
    topic = await make_topic(broker.address, fresh("writers"), 1)

    async def write(name: str) -> None:
        publisher = Publisher(settings_for(broker))
        for n in range(20):
            await publisher.send([Outbound(topic, 0, None, f"{name}{n}/{place}".encode()) for place in range(50)])
        await publisher.stop()

    await asyncio.gather(write("a"), write("b"))
    records = (await read_to_end(broker.address, topic))[TopicPartition(topic, 0)]
    values = [(r.value or b"").decode() for r in records]
    blocks = [values[start : start + 50] for start in range(0, 2000, 50)]
    assert all(block == [f"{block[0].split('/')[0]}/{place}" for place in range(50)] for block in blocks)
    assert sorted(b[0] for b in blocks) == sorted(f"{name}{n}/0" for name in "ab" for n in range(20))
    assert [b[0] for b in blocks if b[0][0] == "a"] == [f"a{n}/0" for n in range(20)]


async def test_publisher_keeps_the_order_of_each_partition(broker: Broker) -> None:
    topic = await make_topic(broker.address, fresh("order"), 4)
    publisher = Publisher(settings_for(broker))
    for start in range(0, 1000, 100):
        await publisher.send([Outbound(topic, n % 4, b"k", b"%d" % n) for n in range(start, start + 100)])
    await publisher.stop()
    read = await read_to_end(broker.address, topic)
    for number in range(4):
        assert [int(r.value or b"") for r in read[TopicPartition(topic, number)]] == list(range(number, 1000, 4))


async def test_records_that_fill_several_batches_stay_in_order(broker: Broker) -> None:
    topic = await make_topic(broker.address, fresh("large"), 1, max_message_bytes=str(4 * MAX_BATCH))
    sizes = [10, MAX_BATCH // 3, MAX_BATCH // 3, MAX_BATCH // 3, 2 * MAX_BATCH, 10]
    await send(broker, [Outbound(topic, 0, b"%d" % n, bytes(size)) for n, size in enumerate(sizes)])
    records = (await read_to_end(broker.address, topic))[TopicPartition(topic, 0)]
    assert [(r.key, len(r.value or b"")) for r in records] == [(b"%d" % n, size) for n, size in enumerate(sizes)]


async def test_headers_keys_and_empty_values_arrive_as_sent(broker: Broker) -> None:
    topic = await make_topic(broker.address, fresh("headers"), 1)
    headers = (("ce_id", "Hồ sơ".encode()), ("twice", b"1"), ("twice", b"2"), ("not-utf8", b"\xff\xfe"), ("empty", b""))
    await send(
        broker,
        [Outbound(topic, 0, "khoá".encode(), b"v", headers), Outbound(topic, 0, b"k", None), Outbound(topic, 0, None, b"")],
    )
    records = (await read_to_end(broker.address, topic))[TopicPartition(topic, 0)]
    assert [(r.key, r.value, tuple(r.headers)) for r in records] == [
        ("khoá".encode(), b"v", headers),
        (b"k", None, ()),
        (None, b"", ()),
    ]


async def test_end_of_the_log_is_fresh_after_an_acknowledged_send(broker: Broker) -> None:
    topic = await make_topic(broker.address, fresh("end"), 1)
    part = TopicPartition(topic, 0)
    publisher, consumer = Publisher(settings_for(broker)), plain_consumer(settings_for(broker))
    await consumer.start()
    ends = []
    for n in range(30):
        await publisher.send([Outbound(topic, 0, None, b"%d" % n)])
        ends.append((await consumer.end_offsets([part]))[part])
    await consumer.stop()
    await publisher.stop()
    assert ends == list(range(1, 31))


async def test_first_record_can_be_read_while_a_group_is_elsewhere(broker: Broker) -> None:
    """The epoch of a log is its first record; it is looked at without disturbing the group that reads the log."""
    topic = await make_topic(broker.address, fresh("epoch"), 2)
    await send(broker, [Outbound(topic, p, b"epoch", b"epoch-%d" % p) for p in (0, 1)])
    await send(broker, [Outbound(topic, p, None, b"later") for p in (0, 1) for _ in range(20)])
    member = await join(broker.address, fresh("group"), [topic])
    await take(member, 42)
    looker = plain_consumer(settings_for(broker))
    await looker.start()
    first = {}
    for number in (0, 1):
        part = TopicPartition(topic, number)
        looker.assign([part])
        looker.seek(part, 0)
        first[number] = (await looker.getone()).value
    positions = [await member.position(TopicPartition(topic, p)) for p in (0, 1)]
    await looker.stop()
    await member.stop()
    assert (first, positions) == ({0: b"epoch-0", 1: b"epoch-1"}, [21, 21])


async def test_murmur2_places_keys_as_our_routing_does(broker: Broker) -> None:
    topic = await make_topic(broker.address, fresh("keys"), 5)
    keys = [f"01020304{n:02d}" for n in range(100)]
    producer = AIOKafkaProducer(bootstrap_servers=broker.address)
    await producer.start()
    await asyncio.gather(*[await producer.send(topic, b"v", key=key.encode()) for key in keys])
    await producer.stop()
    read = await read_to_end(broker.address, topic)
    placed = {(r.key or b"").decode(): part.partition for part, records in read.items() for r in records}
    assert placed == {key: partition_of(key, 5) for key in keys}


async def test_publisher_with_another_partitioner_reaches_us(broker: Broker) -> None:
    """librdkafka places keys by CRC32: the records lie elsewhere than ours would, and all are read, in order per key."""

    def crc32(key: bytes, every: list[int], available: list[int]) -> int:
        return every[zlib.crc32(key) % len(every)]

    topic = await make_topic(broker.address, fresh("crc32"), 4)
    producer = AIOKafkaProducer(bootstrap_servers=broker.address, partitioner=crc32)
    await producer.start()
    for n in range(400):
        await producer.send(topic, b"%d" % n, key=f"key-{n % 40}".encode())
    await producer.flush()
    await producer.stop()
    member = await join(broker.address, fresh("group"), [topic])
    records = await take(member, 400)
    await member.stop()
    by_key: dict[str, list[int]] = defaultdict(list)
    for record in records:
        by_key[(record.key or b"").decode()].append(int(record.value or b""))
    elsewhere = {k for r in records if r.partition != partition_of(k := (r.key or b"").decode(), 4)}
    assert len(elsewhere) > 10
    assert by_key == {f"key-{k}": list(range(k, 400, 40)) for k in range(40)}


async def test_compacted_topic_takes_states_and_tombstones(broker: Broker) -> None:
    topic = await make_topic(broker.address, fresh("compact"), 1, cleanup_policy="compact")
    await send(broker, [Outbound(topic, 0, b"a", b"1"), Outbound(topic, 0, b"b", b"1"), Outbound(topic, 0, b"a", None)])
    latest = {r.key: r.value for r in (await read_to_end(broker.address, topic))[TopicPartition(topic, 0)]}
    assert latest == {b"a": None, b"b": b"1"}


async def test_waiting_consumer_sees_a_record_within_the_fetch_wait(broker: Broker) -> None:
    """One hop at rest: the median of 20, each sent after the consumer has waited a while, well below half a second."""
    topic = await make_topic(broker.address, fresh("hop"), 1)
    part = TopicPartition(topic, 0)
    publisher, consumer = Publisher(settings_for(broker)), plain_consumer(settings_for(broker))
    await consumer.start()
    consumer.assign([part])
    seen: list[float] = []

    async def read() -> None:
        while len(seen) < 21:
            for _ in (await consumer.getmany(timeout_ms=1000)).get(part, []):
                seen.append(time.monotonic())

    reading = asyncio.create_task(read())
    sent: list[float] = []
    for n in range(21):
        await asyncio.sleep(0.06)
        sent.append(time.monotonic())
        await publisher.send([Outbound(topic, 0, None, b"%d" % n)])
    await eventually(lambda: asyncio.sleep(0, len(seen) == 21), 10, "21 records")
    await reading
    await consumer.stop()
    await publisher.stop()
    waits = sorted(there - then for then, there in zip(sent, seen, strict=True))
    assert waits[10] < 0.1
