"""Where the two brokers differ, and the runtime knows it: unknown topics, record times, and what is left after kill -9."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from harness.apache_kafka import ApacheKafka, require_apache_kafka
from harness.clients import fresh, make_topic, read_to_end
from harness.engines import Broker, Tansu
from shared.messaging.kafka import Outbound, Publisher
from shared.settings import KafkaSettings

pytestmark = pytest.mark.anyio


@pytest.fixture
def kafka(tmp_path: Path) -> Iterator[Broker]:
    require_apache_kafka()
    with ApacheKafka(tmp_path) as broker:
        yield broker


async def described(broker: Broker, topic: str) -> tuple[int, bool]:
    """The error code of a topic when it is asked about, and whether it is listed afterwards."""
    admin = AIOKafkaAdminClient(bootstrap_servers=broker.address)
    await admin.start()
    try:
        (answer,) = await admin.describe_topics([topic])
        return answer["error_code"], topic in await admin.list_topics()
    finally:
        await admin.close()


@pytest.mark.kafka
async def test_apache_kafka_makes_no_topic_that_is_only_asked_about(kafka: Broker) -> None:
    assert await described(kafka, fresh("never-made")) == (3, False)


async def test_embedded_broker_makes_a_topic_that_is_only_asked_about(tmp_path: Path) -> None:
    """So topics are made before any client starts, or a service would get one with other partitions than asked."""
    with Tansu(tmp_path) as tansu:
        assert await described(tansu, fresh("asked-about")) == (0, True)


async def time_of_a_record_sent_as_of_1970(broker: Broker) -> int:
    """The time (ms) a record has in a topic made with LogAppendTime, when its publisher says one second after 1970."""
    topic = await make_topic(broker.address, fresh("time"), 1, message_timestamp_type="LogAppendTime")
    producer = AIOKafkaProducer(bootstrap_servers=broker.address)
    await producer.start()
    await producer.send_and_wait(topic, b"v", partition=0, timestamp_ms=1_000)
    await producer.stop()
    (record,) = (await read_to_end(broker.address, topic))[TopicPartition(topic, 0)]
    return int(record.timestamp)


@pytest.mark.kafka
async def test_apache_kafka_gives_records_the_time_of_the_log(kafka: Broker) -> None:
    before = int(time.time() * 1000)
    told = await time_of_a_record_sent_as_of_1970(kafka)
    assert before <= told <= int(time.time() * 1000)


async def test_embedded_broker_keeps_the_publishers_time(tmp_path: Path) -> None:
    """It ignores LogAppendTime: the merge by time is as true as the clocks of the publishers on this machine."""
    with Tansu(tmp_path) as tansu:
        assert await time_of_a_record_sent_as_of_1970(tansu) == 1_000


@pytest.mark.kafka
async def test_apache_kafka_keeps_what_it_acknowledged_through_kill_9(kafka: Broker) -> None:
    topic = await make_topic(kafka.address, fresh("kept"), 2)
    settings = KafkaSettings(bootstrap_servers=kafka.address, idempotent=True)
    publisher = Publisher(settings)
    for n in range(50):
        await publisher.send([Outbound(topic, p, None, b"%d" % n) for p in (0, 1)])
    kafka.kill()
    kafka.start()
    await publisher.send([Outbound(topic, p, None, b"after") for p in (0, 1)])
    await publisher.stop()
    read = await read_to_end(kafka.address, topic)
    expected = [b"%d" % n for n in range(50)] + [b"after"]
    assert {part.partition: [r.value for r in records] for part, records in read.items()} == {0: expected, 1: expected}


async def test_embedded_broker_comes_back_empty_after_kill_9(tmp_path: Path) -> None:
    with Tansu(tmp_path) as tansu:
        topic = await make_topic(tansu.address, fresh("gone"), 1)
        publisher = Publisher(KafkaSettings(bootstrap_servers=tansu.address, idempotent=False))
        await publisher.send([Outbound(topic, 0, None, b"v")])
        await publisher.stop()
        tansu.kill()
        tansu.start()
        await make_topic(tansu.address, topic, 1)
        assert (await read_to_end(tansu.address, topic))[TopicPartition(topic, 0)] == []
