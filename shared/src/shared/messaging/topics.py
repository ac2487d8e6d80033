"""Make the topics of the contracts, and open the logs: ``python -m shared.messaging.topics``.

Partitions are fixed when a topic is made. The first record of each log partition carries the epoch of the log; a
service that finds another epoch than the one it remembers knows that the broker has lost its log.
"""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, for_code
from pydantic_settings import BaseSettings, SettingsConfigDict

import shared.contracts
from shared.contracts.base import REGISTER, SOURCE_PREFIX, Topic, make_event
from shared.contracts.runtime import LogOpened
from shared.errors import Infrastructure
from shared.messaging.backoff import Backoff
from shared.messaging.kafka import Outbound, Publisher, connection, plain_consumer
from shared.settings import KafkaSettings

SERVICES = ("applications", "scoring", "support", "reporting")
TOPIC_EXISTS = 36
PATIENCE = 60.0  # seconds; a broker that answers may still be without a controller, or without a leader for what it just made
# What we append ourselves is the input, uncompressed, with headers of ours: our topics need more room than the city's.
MAX_INPUT = str(4 * 1024 * 1024)
MAX_OWN = str(8 * 1024 * 1024)
# A tombstone lies there for 30 days, not the day Kafka keeps one: a reader that was away for a holiday still hears what is gone.
COMPACTED = {"cleanup.policy": "compact", "delete.retention.ms": str(30 * 24 * 60 * 60 * 1000)}


def every_topic(services: tuple[str, ...] = SERVICES) -> dict[str, Topic]:
    """All topics by name: those of the contracts, and the log, rejected and dead-letter topic of each service."""
    load_contracts()
    topics: dict[str, Topic] = {}
    for topic in REGISTER.topics.values():
        for service in services if "{service}" in topic.name else ("",):
            name = topic.name.replace("{service}", service)
            publisher = topic.publisher.replace("{service}", service)
            topics[name] = Topic(name, publisher, topic.answered_by, topic.audience, topic.partitions, topic.compacted)
    return topics


def load_contracts() -> None:
    """Import every contract module, so that the register is complete."""
    for file in sorted(Path(shared.contracts.__path__[0]).glob("*.py")):
        if not file.stem.startswith(("_", "catalogue")):
            __import__(f"shared.contracts.{file.stem}")


def configuration(topic: Topic) -> dict[str, str]:
    """What a topic is made with: city topics and logs are kept for ever; times are those of the broker's log."""
    return {
        "message.timestamp.type": "LogAppendTime",
        "max.message.bytes": MAX_INPUT if topic.name.startswith("city.") else MAX_OWN,
        "compression.type": "uncompressed",
        "retention.ms": "-1",
        **(COMPACTED if topic.compacted else {"cleanup.policy": "delete"}),
    }


async def provision(settings: KafkaSettings, services: tuple[str, ...] = SERVICES) -> None:
    """Make the missing topics and open the logs that are empty. May be run any number of times.

    A broker that answers and is not ready yet is waited for; one that does not answer is an error at once.
    """
    topics = every_topic(services)
    admin = AIOKafkaAdminClient(**connection(settings))
    await admin.start()
    try:
        wanted = [
            NewTopic(t.name, t.partitions or settings.partitions, settings.replication, topic_configs=configuration(t))
            for t in topics.values()
        ]
        await _patiently(partial(_make, admin, wanted))
    finally:
        await admin.close()
    await open_logs(settings, [f"{s}.log.v1" for s in services])


async def _make(admin: AIOKafkaAdminClient, wanted: list[NewTopic]) -> None:
    response = await admin.create_topics(wanted)
    for name, code, *rest in response.topic_errors:
        if code not in (0, TOPIC_EXISTS):
            said = f"topic {name} could not be made: error {code} {rest}; see the broker's log"
            raise Infrastructure(said) if for_code(code).retriable else RuntimeError(said)


async def _patiently(act: Callable[[], Awaitable[None]]) -> None:
    """Do it, again where the broker is not ready for it yet; what was done the first time is not done twice, or does no harm."""
    backoff, until = Backoff(), time.monotonic() + PATIENCE
    while True:
        try:
            return await act()
        except (KafkaError, Infrastructure):
            if time.monotonic() > until:
                raise
            await backoff.wait()


async def open_logs(settings: KafkaSettings, logs: list[str]) -> None:
    """Write the epoch as the first record of every log partition that is still empty.

    One that was written although the broker did not say so is found when this looks again; one that comes later still is no
    first record, and nobody reads it.
    """
    publisher = Publisher(settings)
    consumer = plain_consumer(settings)
    await consumer.start()
    try:
        for log in logs:
            await _patiently(partial(_open_log, log, publisher, consumer))
    finally:
        await consumer.stop()
        await publisher.stop()


async def _open_log(log: str, publisher: Publisher, consumer: AIOKafkaConsumer) -> None:
    numbers = range(await publisher.partitions(log))
    ends = await consumer.end_offsets([TopicPartition(log, n) for n in numbers])
    empty = [n for n in numbers if ends[TopicPartition(log, n)] == 0]
    epoch = LogOpened(epoch=str(uuid.uuid4()))
    source = SOURCE_PREFIX + log.split(".", maxsplit=1)[0]
    for n in empty:
        event = make_event(epoch, id=f"{epoch.epoch}/{n}", time=datetime.now(UTC), source=source)
        await publisher.send([Outbound(log, n, b"epoch", event.to_json())])


class _Settings(BaseSettings):
    model_config = SettingsConfigDict(env_nested_delimiter="__")
    kafka: KafkaSettings


if __name__ == "__main__":
    asyncio.run(provision(_Settings().kafka))
