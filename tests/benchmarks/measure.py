"""What is measured: events a second, the time from an event to its answer, database commands a batch."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pydantic_core
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from tests.benchmarks.contenders import Contender, Running, started, topics_ready
from tests.benchmarks.contracts import COUNTED, FILED, filed_event
from tests.harness.engines import Store

PARTITIONS = 4
BATCH = 250
WARM_UP = 40
RATE = 50
SECONDS = 12
PATIENCE = 120.0


@dataclass
class City:
    """The world outside the contender: publishes events and notes when each answer is seen."""

    running: Running
    run: str
    producer: Any
    consumer: Any
    partitions: int
    seen: dict[int, float] = field(default_factory=dict)
    answers: int = 0
    number: int = 0

    async def read(self) -> None:
        while True:
            for records in (await self.consumer.getmany(timeout_ms=100)).values():
                now = time.perf_counter()
                for record in records:
                    application = pydantic_core.from_json(record.value)["data"]["application_id"]
                    self.seen.setdefault(int(application.rsplit("-", 1)[1]), now)
                    self.answers += 1

    def prepare(self, count: int) -> list[tuple[bytes, bytes]]:
        """Key and bytes of the next events: made before the clock runs, as making them costs what the contender needs."""
        events = [filed_event(self.run, number) for number in range(self.number, self.number + count)]
        self.number += count
        return [(event.data.tax_code.encode(), event.to_json()) for event in events]

    async def send(self, events: list[tuple[bytes, bytes]]) -> None:
        """Publish events, each to the partition its key gives, until all are acknowledged."""
        await asyncio.gather(*[await self.producer.send(FILED.name, value, key=key) for key, value in events])

    async def all_answered(self) -> None:
        """Wait until every event has its answer; one answer each, or the measurement is void."""
        deadline = time.perf_counter() + PATIENCE
        while len(self.seen) < self.number:
            self.running.check()
            if time.perf_counter() > deadline:
                raise TimeoutError(f"{self.running.contender.name}: {len(self.seen)} of {self.number} answered")
            await asyncio.sleep(0.005)
        if self.answers != self.number:
            raise AssertionError(f"{self.running.contender.name}: {self.answers} answers to {self.number} events")


@asynccontextmanager
async def city(running: Running, run: str, partitions: int) -> AsyncIterator[City]:
    """Publisher and reader around a contender; the reader's own wait is short, as it is part of what is measured."""
    address = running.broker.address
    producer = AIOKafkaProducer(bootstrap_servers=address, acks="all")
    consumer = AIOKafkaConsumer(bootstrap_servers=address, enable_auto_commit=False, fetch_max_wait_ms=5)
    await producer.start()
    await consumer.start()
    parts = [TopicPartition(COUNTED.name, p) for p in range(partitions)]
    consumer.assign(parts)
    for part in parts:
        consumer.seek(part, 0)
    world = City(running, run, producer, consumer, partitions)
    reading = asyncio.create_task(world.read())
    try:
        yield world
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        await consumer.stop()
        await producer.stop()


async def throughput(contender: Contender, store: Store, directory: Path) -> float:
    """Events a second: from the first event sent of a burst to the last answer seen, after a warm-up."""
    async with (
        topics_ready(directory, PARTITIONS) as broker,
        started(contender, broker, store, directory, partitions=PARTITIONS, batch=BATCH) as running,
        city(running, "tp", PARTITIONS) as world,
    ):
        await world.send(world.prepare(WARM_UP))
        await world.all_answered()
        burst = world.prepare(contender.handful)
        begun = time.perf_counter()
        await world.send(burst)
        await world.all_answered()
        return contender.handful / (max(world.seen.values()) - begun)


async def latency(contender: Contender, store: Store, directory: Path) -> dict[str, float]:
    """Milliseconds from an event sent to its answer seen, at 50 events a second."""
    async with (
        topics_ready(directory, PARTITIONS) as broker,
        started(contender, broker, store, directory, partitions=PARTITIONS, batch=BATCH) as running,
        city(running, "lt", PARTITIONS) as world,
    ):
        await world.send(world.prepare(WARM_UP))
        await world.all_answered()
        sent: dict[int, float] = {}
        begun = time.perf_counter()
        for tick in range(RATE * SECONDS):
            await asyncio.sleep(max(0.0, begun + tick / RATE - time.perf_counter()))
            number, event = world.number, world.prepare(1)
            sent[number] = time.perf_counter()
            await world.send(event)
        await world.all_answered()
    waits = [(world.seen[number] - then) * 1000 for number, then in sent.items()]
    cuts = statistics.quantiles(waits, n=100)
    return {"p50": cuts[49], "p99": cuts[98], "max": max(waits)}


async def commands(contender: Contender, store: Store, directory: Path, batch: int) -> dict[str, float]:
    """Database commands a batch, by name: what 20 batches more cost, on one partition, all events there before the start."""
    few, many = [await _commands(contender, store, directory, batch, batches) for batches in (10, 30)]
    return {name: (many[name] - few.get(name, 0)) / 20 for name in many if many[name] != few.get(name, 0)}


async def _commands(contender: Contender, store: Store, directory: Path, batch: int, batches: int) -> dict[str, int]:
    async with topics_ready(directory, 1) as broker:
        producer = AIOKafkaProducer(bootstrap_servers=broker.address, acks="all")
        await producer.start()
        events = [filed_event("cm", number) for number in range(batch * batches)]
        await asyncio.gather(*[await producer.send(FILED.name, e.to_json(), key=e.data.tax_code.encode()) for e in events])
        await producer.stop()
        async with (
            started(contender, broker, store, directory, partitions=1, batch=batch) as running,
            city(running, "cm", 1) as world,
        ):
            world.number = len(events)
            await world.all_answered()
            await asyncio.sleep(0.3)
            return running.commands()
