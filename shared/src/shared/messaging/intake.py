"""The intake: one consumer over all input topics, which merges them into the service's own log.

The owner of log partition 0 does it. Each record is read on its own (codec.read_input); what is refused goes into the log
too, so that it is answered exactly once. Topics are merged by log time, and a day's tick is held until every other topic
was read past it or to its end: a service that catches up must not handle a year under its last day.
"""

import asyncio
import time
from collections import deque
from collections.abc import Iterable
from contextlib import suppress

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError

from shared import faultpoints
from shared.contracts.department import PROGRAMME, DayStarted
from shared.contracts.runtime import LogOpened
from shared.errors import Fenced, Infrastructure
from shared.messaging.backoff import Backoff
from shared.messaging.codec import Entry, Received, envelope_of, read_input
from shared.messaging.kafka import Outbound, Pace, Publisher, content_header, ends, plain_consumer
from shared.messaging.routing import partition_of
from shared.messaging.service import Service
from shared.messaging.store import Owned, Store
from shared.settings import KafkaSettings

log = structlog.get_logger()
SAVE_SECONDS = 0.25
STOP_SECONDS = 3.0
MOST_RECORDS = 1_000
MOST_QUEUED = 4_000
TICK = DayStarted.contract.type.encode()


class Intake:
    """Reads the world into the log while its partition 0 is ours."""

    def __init__(self, service: Service, store: Store, publisher: Publisher, settings: KafkaSettings) -> None:
        self._service = service
        self._store = store
        self._publisher = publisher
        self._settings = settings
        self._task: asyncio.Task[None] | None = None
        self._merge: Merge | None = None
        self._appending = 0
        self._unnoted = self._stopping = False
        self.trouble: str | None = None

    @property
    def running(self) -> bool:
        return self._task is not None

    async def lag(self) -> int:
        """How many records of the input topics are not in the log yet; asks the broker."""
        try:
            return await self._merge.lag() + self._appending if self._merge is not None else 0
        except (KafkaError, OSError) as error:
            raise Infrastructure(f"broker: ends of the input topics: {error!r}") from error

    async def start(self, owned: Owned, lost: asyncio.Event) -> None:
        """Begin, as the owner; `lost` is set when another instance turns out to be the owner."""
        if self._task is None:
            self.trouble, self._stopping, self._unnoted = "the intake is starting", False, False
            self._task = asyncio.create_task(self._run(owned, lost), name="intake")

    async def stop(self) -> None:
        """Stop reading and note how far; where there is no time for that the next owner appends it again, and drops it."""
        task, self._task, self.trouble, self._stopping = self._task, None, None, True
        if task is not None:
            if self._unnoted:
                await asyncio.wait({task}, timeout=STOP_SECONDS)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def read_epochs(self, numbers: Iterable[int]) -> dict[int, str]:
        """The epoch of each log partition, from its first record."""
        partitions = [TopicPartition(self._service.log, n) for n in numbers]
        if not partitions:
            return {}
        epochs: dict[int, str] = {}
        try:
            consumer = plain_consumer(self._settings)
            await consumer.start()
            try:
                consumer.assign(partitions)
                await consumer.seek_to_beginning(*partitions)
                deadline = time.monotonic() + 5
                while len(epochs) < len(partitions) and time.monotonic() < deadline:
                    for tp, records in (await consumer.getmany(*partitions, timeout_ms=200)).items():
                        event = envelope_of(LogOpened.contract).model_validate_json(records[0].value)
                        epochs.setdefault(tp.partition, event.data.epoch)
                        consumer.pause(tp)
            finally:
                await consumer.stop()
        except (KafkaError, OSError, ValueError) as error:
            raise Infrastructure(f"broker: the epoch of {self._service.log} cannot be read: {error!r}") from error
        if len(epochs) < len(partitions):
            raise Infrastructure(f"{self._service.log} is not opened; run `python -m shared.messaging.topics` once")
        return epochs

    async def _run(self, owned: Owned, lost: asyncio.Event) -> None:
        backoff = Backoff()
        while not self._stopping:
            try:
                await self._read(owned)
            except Fenced as error:
                log.error("intake.fenced", error=str(error))
                lost.set()
                return
            except (Infrastructure, KafkaError, OSError) as error:
                self.trouble = repr(error)
                log.warning("intake.waits", error=repr(error))
                await backoff.wait()
            except Exception as error:
                # A task that ends unseen would leave the world unread and everything else looking well.
                self.trouble = repr(error)
                log.exception("intake.failed")
                lost.set()
                return

    async def _read(self, owned: Owned) -> None:
        positions = await self._store.claim_intake(owned)
        topics = [t.name for t in self._service.inputs]
        partitions = [TopicPartition(t, n) for t in topics for n in range(await self._publisher.partitions(t))]
        consumer = plain_consumer(self._settings)
        await consumer.start()
        try:
            consumer.assign(partitions)
            begins = await consumer.beginning_offsets(partitions)
            for tp in partitions:
                consumer.seek(tp, max(begins[tp], positions.get((tp.topic, tp.partition), 0)))
            self._merge = Merge(consumer, partitions)
            await self._loop(owned, consumer, self._merge, positions)
        finally:
            self._merge = None
            await consumer.stop()

    async def _loop(
        self, owned: Owned, consumer: AIOKafkaConsumer, merge: "Merge", positions: dict[tuple[str, int], int]
    ) -> None:
        saved_at, saved, pace = time.monotonic(), dict(positions), Pace(self._settings)
        self.trouble = None  # it reads from here on; an empty world answers the first fetch only after its wait
        while not self._stopping or self._unnoted:
            wait = 1_000 if positions == saved and not merge.queued else 20
            fetched = await consumer.getmany(timeout_ms=wait, max_records=MOST_RECORDS)
            if fetched:
                pace.busy(consumer)
            else:
                pace.rest(consumer)
            merge.add(fetched)
            ready = [] if self._stopping else await merge.take()
            if ready:
                self._unnoted = True
                self._appending = len(ready)
                await self._append([_received(r) for r in ready])
                self._appending = 0
                for record in ready:
                    positions[(record.topic, record.partition)] = record.offset + 1
            self.trouble = None
            if positions != saved and (time.monotonic() - saved_at >= SAVE_SECONDS or not ready):
                await self._store.save_intake(owned, positions)
                saved_at, saved, self._unnoted = time.monotonic(), dict(positions), False

    async def _append(self, received: list[Received]) -> None:
        entries = [entry for r in received if (entry := read_input(r, self._service)) is not None]
        count = await self._publisher.partitions(self._service.log)
        outbound = [o for entry in entries for o in _log_records(entry, self._service.log, count)]
        faultpoints.hit("before_append")
        if outbound:
            await self._publisher.send(outbound)
        faultpoints.hit("after_append")


class Merge:
    """The records of all partitions in one order: by log time, on equal times a tick last."""

    def __init__(self, consumer: AIOKafkaConsumer, partitions: list[TopicPartition]) -> None:
        self._consumer = consumer
        self._queues: dict[TopicPartition, deque[ConsumerRecord]] = {tp: deque() for tp in partitions}
        self._ends: dict[TopicPartition, int] | None = None

    @property
    def queued(self) -> int:
        return sum(map(len, self._queues.values()))

    def add(self, fetched: dict[TopicPartition, list[ConsumerRecord]]) -> None:
        """Queue what was fetched; a partition that runs far ahead of the others pauses."""
        for tp, records in fetched.items():
            self._queues[tp].extend(records)
            if len(self._queues[tp]) > MOST_QUEUED:
                self._consumer.pause(tp)

    async def take(self) -> list[ConsumerRecord]:
        """As many records as are certain to come next."""
        taken: list[ConsumerRecord] = []
        behind = await self._behind()
        while heads := [(_order(q[0]), tp) for tp, q in self._queues.items() if q]:
            (_, tick, _, _), first = min(heads)
            if behind or (tick and not await self._read_to_the_end(first)):
                break
            taken.append(self._queues[first].popleft())
            if tick:
                self._ends = None
            if not self._queues[first]:
                if first in self._consumer.paused():
                    self._consumer.resume(first)
                behind = await self._is_behind(first)
        return taken

    async def lag(self) -> int:
        """Records that lie in the input topics now and are not queued for the log."""
        unread = 0
        for tp, end in (await ends(self._consumer, self._queues)).items():
            unread += max(0, end - await self._consumer.position(tp))
        return unread + self.queued

    async def _behind(self) -> bool:
        """Whether a partition with nothing queued has more to read, so that its next record may be older."""
        for tp, queue in self._queues.items():
            if not queue and await self._is_behind(tp):
                return True
        return False

    async def _is_behind(self, tp: TopicPartition) -> bool:
        end = self._consumer.highwater(tp)
        return end is None or await self._consumer.position(tp) < end

    async def _read_to_the_end(self, of_tick: TopicPartition) -> bool:
        """Whether every other partition has something later queued, or was read to where it ended after the tick came.

        What the client last heard of the ends may be older than the tick, so the broker is asked, once a tick.
        """
        if self._ends is None:
            self._ends = await ends(self._consumer, self._queues)
        for tp, queue in self._queues.items():
            if tp != of_tick and not queue and (await self._consumer.position(tp) < self._ends[tp] or await self._is_behind(tp)):
                return False
        return True


def _order(record: ConsumerRecord) -> tuple[int, bool, str, int]:
    tick = record.topic == PROGRAMME.name and TICK in (record.value or b"")
    return record.timestamp, tick, record.topic, record.partition


def _received(record: ConsumerRecord) -> Received:
    headers = tuple((k, v or b"") for k, v in record.headers)
    return Received(record.topic, record.partition, record.offset, record.key, record.value, headers, record.timestamp)


def _log_records(entry: Entry, log_topic: str, count: int) -> list[Outbound]:
    key = entry.key if entry.key is not None else entry.type
    numbers = range(count) if entry.key is None else [partition_of(entry.key, count)]
    headers = content_header(entry.content)
    return [Outbound(log_topic, n, key.encode(), entry.value, headers) for n in numbers]
