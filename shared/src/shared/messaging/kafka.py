"""How Kafka is reached: clients from the settings, and the one producer that appends in order."""

import asyncio
import ssl
import time
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, NamedTuple

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError

from shared.errors import Infrastructure
from shared.settings import KafkaSettings

MAX_BATCH = 256 * 1024
MAX_REQUEST = 8 * 1024 * 1024
BUSY_SECONDS = 3.0
IDLE_POLL_MS = 100


def connection(settings: KafkaSettings) -> dict[str, Any]:
    """What every aiokafka client is given to reach the broker."""
    options: dict[str, Any] = {
        "bootstrap_servers": settings.bootstrap_servers.split(","),
        "security_protocol": settings.security_protocol,
    }
    if settings.security_protocol.endswith("SSL"):
        options["ssl_context"] = ssl.create_default_context(cafile=settings.ca_file)
    if settings.security_protocol.startswith("SASL"):
        options["sasl_mechanism"] = settings.sasl_mechanism
        options["sasl_plain_username"] = settings.username
        options["sasl_plain_password"] = settings.password.get_secret_value() if settings.password else None
    return options


def plain_consumer(settings: KafkaSettings, **options: Any) -> AIOKafkaConsumer:
    """A consumer without a group: whoever makes it says what it reads and from where."""
    return AIOKafkaConsumer(
        **connection(settings),
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        fetch_max_wait_ms=settings.fetch_wait_ms,
        max_partition_fetch_bytes=MAX_REQUEST,
        **options,
    )


async def ends(consumer: AIOKafkaConsumer, partitions: Iterable[TopicPartition]) -> dict[TopicPartition, int]:
    """Where each partition ends now: no record lies unread exactly where the consumer's position has reached it.

    The embedded broker answers the question for the end with one past the *first* record of the last batch, so that
    alone would pass over the rest of a batch; the high watermark of the last fetch is right but may be old. A reader
    inside the last batch has fetched it, and a reader before it is before its first record: the greater of both is exact.
    """
    asked = await consumer.end_offsets(list(partitions))
    return {tp: max(end, _highwater(consumer, tp)) for tp, end in asked.items()}


def _highwater(consumer: AIOKafkaConsumer, tp: TopicPartition) -> int:
    return (consumer.highwater(tp) or 0) if tp in consumer.assignment() else 0


class Pace:
    """How eagerly a consumer fetches: at once while records come, slowly when none came for a while.

    The embedded broker answers a fetch that finds nothing only when its wait is over, whatever comes meanwhile, so short
    waits are what makes it quick, and long ones what makes it cheap. aiokafka fixes the wait when a consumer is made;
    its fetcher reads it anew for each fetch.
    """

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._busy_at = time.monotonic()
        self._slow = False

    @property
    def poll_ms(self) -> int:
        """How long an empty poll lasts at this pace, milliseconds."""
        return IDLE_POLL_MS if self._slow else self._settings.batch_wait_ms

    def busy(self, consumer: AIOKafkaConsumer) -> None:
        """Records came."""
        self._busy_at = time.monotonic()
        self._set(consumer, slow=False)

    def rest(self, consumer: AIOKafkaConsumer) -> None:
        """None came."""
        if time.monotonic() - self._busy_at > BUSY_SECONDS:
            self._set(consumer, slow=True)

    def _set(self, consumer: AIOKafkaConsumer, *, slow: bool) -> None:
        self._slow = slow
        consumer._fetcher._fetch_max_wait_ms = self._settings.idle_wait_ms if slow else self._settings.fetch_wait_ms


class Outbound(NamedTuple):
    """One record on its way to a partition we chose ourselves."""

    topic: str
    partition: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...] = ()


def content_header(content: str) -> tuple[tuple[str, bytes], ...]:
    """The hash of an event's content, as a record of the log carries it."""
    return (("content", content.encode()),) if content else ()


class Publisher:
    """Appends records in order per partition: one batch of a partition is in flight at a time.

    aiokafka's own batching may let a later batch pass one that expired; and FastStream's `publish_batch` puts all keys
    into one partition. After any failure the producer is thrown away: a fatal one never recovers. The caller sends the
    same records again, so a failure can repeat records but never reorder them.
    """

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._producer: AIOKafkaProducer | None = None
        self._partitions: dict[str, int] = {}
        self._starting = asyncio.Lock()

    async def _ready(self) -> AIOKafkaProducer:
        async with self._starting:
            if self._producer is None:
                producer = AIOKafkaProducer(
                    **connection(self._settings),
                    acks="all",
                    enable_idempotence=self._settings.idempotent,
                    max_batch_size=MAX_BATCH,
                    max_request_size=MAX_REQUEST,
                    request_timeout_ms=10_000,
                )
                try:
                    await producer.start()
                except BaseException:
                    await producer.stop()
                    raise
                self._producer = producer
            return self._producer

    async def partitions(self, topic: str) -> int:
        """How many partitions a topic has; the topic must exist."""
        if topic not in self._partitions:
            try:
                found = await (await self._ready()).partitions_for(topic)
            except KafkaError as error:
                await self.stop()
                raise Infrastructure(f"broker: partitions of {topic}: {error!r}") from error
            self._partitions[topic] = len(found)
        return self._partitions[topic]

    async def send(self, records: Iterable[Outbound]) -> None:
        """Append all records and wait until they are acknowledged; raises Infrastructure when some may not be."""
        groups: dict[tuple[str, int], list[Outbound]] = defaultdict(list)
        for record in records:
            groups[(record.topic, record.partition)].append(record)
        try:
            producer = await self._ready()
            sends = [self._send_partition(producer, topic, number, group) for (topic, number), group in groups.items()]
            results = await asyncio.gather(*sends, return_exceptions=True)
            for result in results:
                if isinstance(result, BaseException):
                    raise result
        except (KafkaError, OSError, TimeoutError) as error:
            await self.stop()
            raise Infrastructure(f"broker: {error!r}") from error

    async def _send_partition(self, producer: AIOKafkaProducer, topic: str, number: int, records: list[Outbound]) -> None:
        now = int(time.time() * 1000)
        batch = producer.create_batch()
        for record in records:
            fields = {"key": record.key, "value": record.value, "timestamp": now, "headers": list(record.headers)}
            if batch.append(**fields) is None:
                await (await producer.send_batch(batch, topic, partition=number))
                batch = producer.create_batch()
                batch.append(**fields)
        await (await producer.send_batch(batch, topic, partition=number))

    async def stop(self) -> None:
        """Let go of the producer; the next send makes a new one."""
        producer, self._producer = self._producer, None
        self._partitions.clear()
        if producer is not None:
            with suppress(Exception):
                await asyncio.wait_for(producer.stop(), 5)
