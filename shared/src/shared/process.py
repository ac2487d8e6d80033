"""A running service: its engines' clients, its core, intake and relay, put together and taken apart in one place."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any

import structlog
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError
from faststream.kafka import KafkaBroker

from shared.errors import Infrastructure
from shared.messaging.backoff import Backoff
from shared.messaging.closing import Closing
from shared.messaging.core import Core
from shared.messaging.generations import Following
from shared.messaging.intake import Intake
from shared.messaging.kafka import Pace, Publisher, ends
from shared.messaging.metrics import Metrics
from shared.messaging.reader import DatabaseReader
from shared.messaging.relay import Relay
from shared.messaging.service import Service
from shared.messaging.store import Owned, Store
from shared.messaging.subscription import subscribe
from shared.mongo import Database, infrastructure
from shared.settings import ServiceSettings

log = structlog.get_logger()


class Process:
    """One instance of a service."""

    def __init__(self, service: Service, settings: ServiceSettings, **database_options: Any) -> None:
        self.service = service
        self.settings = settings
        self.database = Database(settings.mongo, settings.database, **database_options)
        self.reader = DatabaseReader(self.database, Following(self.database, rebuilt=service.keeps_log))
        self.metrics = Metrics(service.name)
        self.publisher = Publisher(settings.kafka)
        self.store = Store(
            self.database,
            service,
            ids_per_find=settings.mongo.ids_per_find,
            retention_days=settings.outbox_retention_days,
            keep_log=settings.keep_log or service.keeps_log,
        )
        self.relay = Relay(self.publisher)
        self.intake = Intake(service, self.store, self.publisher, settings.kafka)
        self.core = Core(
            service,
            store=self.store,
            relay=self.relay,
            intake=self.intake,
            publisher=self.publisher,
            metrics=self.metrics,
            pace=Pace(settings.kafka),
            memory=settings.memory_documents,
        )
        self.closing = Closing(service, core=self.core, database=self.database, reader=self.reader, publisher=self.publisher)
        self.starting: str | None = "starting"
        self._broker: KafkaBroker | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Start in the background: an engine that is away is waited for, and readiness says so."""
        work = {"begin": self._begin(), "relay": self.relay.run(), "marks": self.core.keep_marks()}
        if self.service.closes is not None:
            work["closing"] = self.closing.run()
        self._tasks = [asyncio.create_task(coroutine, name=name) for name, coroutine in work.items()]
        for task in self._tasks:
            task.add_done_callback(self._died)

    def _died(self, task: asyncio.Task[None]) -> None:
        """A task that ends on an error nobody foresaw takes the process with it: its supervisor starts a fresh one."""
        if not task.cancelled() and task.exception() is not None:
            log.error("process.task_died", task=task.get_name(), exc_info=task.exception())
            self.core.lost.set()

    async def _begin(self) -> None:
        # The embedded broker makes a topic, with one partition, when it is merely asked about one.
        await _existing(self.settings.start_when)
        backoff = Backoff()
        while True:
            broker = subscribe(self.core, self.settings.kafka, self.settings.instance)
            try:
                await self.store.prepare()
                await self.publisher.partitions(self.service.log)
                await broker.start()
                self._broker = broker
                self.starting = None
                log.info("process.started", log=self.service.log)
                return
            except (Infrastructure, KafkaError, OSError) as error:
                self.starting = f"waiting for an engine: {error}"
                log.warning("process.waits", error=str(error))
                with suppress(Exception):
                    await broker.stop()
            await backoff.wait()

    async def stop(self) -> None:
        """Finish the batch under way, send what it decided, give the partitions back."""
        if self._tasks:
            self._tasks[0].cancel()
        await self.core.leave()
        if self._broker is not None:
            with suppress(Exception):
                await self._broker.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.publisher.stop()
        self.database.close()

    async def missing(self) -> list[str]:
        """What keeps this instance from being ready, in words."""
        reasons = [self.starting, self.core.trouble, self.core.commits.trouble, self.relay.trouble, self.intake.trouble]
        if not self.starting and not self.core.joined:
            reasons.append("no partitions assigned yet")
        with suppress(Infrastructure):
            await asyncio.wait_for(self.database.ping(), 2)
            return [r for r in reasons if r]
        return [r for r in [*reasons, "the database does not answer"] if r]

    async def status(self) -> dict[str, Any]:
        """The state of this instance, for `chuluc status` and `chuluc wait`."""
        with infrastructure():
            refused = await self.database["rejections"].count_documents({})
        ready = not await self.missing()
        unread = await self.intake.lag()
        end_of = await self._ends()
        owned = sorted(self.core.owned.values(), key=lambda o: o.number)
        days = [o.partition.day for o in owned if o.partition.day]
        return {
            "service": self.service.name,
            "instance": self.settings.instance,
            "ready": ready,
            "day": min(days).isoformat() if days else None,
            "untold": self.closing.untold,
            "failing": self.closing.failing,
            "partitions": [_partition_status(o, end_of.get(o.number, o.partition.next)) for o in owned],
            "intake": {"owner": self.intake.running, "lag": unread},
            "lag": sum(max(0, end_of.get(o.number, 0) - o.partition.next) for o in owned),
            "outbox": self.relay.pending,
            "held": sum(len(o.partition.held) for o in owned),
            "dead": sum(queue[0].dead for o in owned for queue in o.partition.held.values()),
            "refused": refused,
            "handled": self.metrics.totals["handled"],
            "duplicates": self.metrics.totals["duplicates"],
        }

    async def _ends(self) -> dict[int, int]:
        consumer = self.core.consumer
        numbers = sorted(self.core.owned)
        if consumer is None or not numbers:
            return {}
        try:
            found = await ends(consumer, [TopicPartition(self.service.log, n) for n in numbers])
        except (KafkaError, OSError) as error:
            raise Infrastructure(f"broker: ends of {self.service.log}: {error!r}") from error
        return {tp.partition: end for tp, end in found.items()}

    async def gauges(self) -> dict[str, float]:
        """What /metrics shows beside the counters."""
        owned = list(self.core.owned.values())
        consumer = self.core.consumer
        lag = 0
        for o in owned:
            end = consumer.highwater(TopicPartition(self.service.log, o.number)) if consumer else None
            lag += max(0, (end or 0) - o.partition.next)
        return {
            "log_lag": lag,
            "intake_lag": await self.intake.lag(),
            "outbox_pending": self.relay.pending,
            "outbox_age_seconds": self.relay.oldest_seconds,
            "waiting": sum(len(o.partition.held) for o in owned),
            "dead_letters": sum(q[0].dead for o in owned for q in o.partition.held.values()),
            "partitions_owned": len(owned),
            "day_untold": float(self.closing.untold),
        }


async def _existing(file: Path | None) -> None:
    while file is not None and not file.exists():  # noqa: ASYNC110, ASYNC240 - a file tells nobody that it was made
        await asyncio.sleep(0.02)


def _partition_status(owned: Owned, end: int) -> dict[str, int]:
    return {
        "partition": owned.number,
        "next": owned.partition.next,
        "end": end,
        "published": owned.published,
        "counter": owned.partition.counter,
        "held": len(owned.partition.held),
        "dead": sum(queue[0].dead for queue in owned.partition.held.values()),
    }
