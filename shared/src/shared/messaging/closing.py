"""The end of a day: what was known at it is final once every partition has begun a later one, and is then told to the log.

Only a service that says so (`Service.of(closes=...)`) does this, and of its instances the owner of partition 0. What it reads is
not its own to know: other partitions handled it. So it goes into the log as an event, and state follows from the log as ever
(decision 0016).
"""

import asyncio
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

import structlog
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError

from shared.contracts.base import SOURCE_PREFIX, Data, derived_id, make_event
from shared.errors import Infrastructure
from shared.messaging.backoff import Backoff
from shared.messaging.core import Core
from shared.messaging.kafka import Outbound, Publisher, ends
from shared.messaging.reader import Reader
from shared.messaging.routing import partition_of
from shared.messaging.service import Service
from shared.mongo import Database, infrastructure

log = structlog.get_logger()
LOOK_SECONDS = 2.0
A_DAY = timedelta(days=1)


class Closing:
    """Tells the log what the service has to say of a day that is over; a restart asks again, for what was told is no news."""

    def __init__(self, service: Service, *, core: Core, database: Database, reader: Reader, publisher: Publisher) -> None:
        self._service = service
        self._core = core
        self._database = database
        self._reader = reader
        self._publisher = publisher
        self._told: tuple[int, date] | None = None  # by the documents of which generation, and of which day
        self._ends: dict[int, int] = {}
        self.failing: str | None = None

    @property
    def untold(self) -> bool:
        """Whether our partitions have begun a day after one that is not told; known without asking anybody."""
        if self._service.closes is None or 0 not in self._core.owned:
            return False
        day = _over(owned.partition.day for owned in self._core.owned.values())
        return day is not None and self._is_news(day, self._core.owned[0].generation)

    def _is_news(self, day: date, generation: int) -> bool:
        """Documents that were built anew may say something else of a day that was told before."""
        return self._told is None or generation != self._told[0] or day > self._told[1]

    async def run(self) -> None:
        """Look until cancelled."""
        backoff = Backoff(most=60.0)
        while True:
            try:
                await self.look()
                backoff, self.failing = Backoff(most=60.0), None
                await asyncio.sleep(LOOK_SECONDS)
            except Infrastructure as error:
                self._ends = {}  # of a log that may be another one by now
                log.warning("closing.waits", error=str(error))
                await backoff.wait()
            except Exception as error:
                # A mistake in what is asked there: the service goes on, and what it answers from its documents is right.
                self.failing = repr(error)
                log.exception("closing.failed")
                await backoff.wait()

    async def look(self) -> None:
        """Tell the newest day that is over in every partition, where it is not told; days passed over are not."""
        if self._service.closes is None or not self.untold:
            self._ends = {}
            return
        generation = self._core.owned[0].generation
        count = await self._publisher.partitions(self._service.log)
        reached = await self._reached()
        day = _over(reached[number][1] if number in reached else None for number in range(count))
        if day is None or not self._is_news(day, generation):
            return
        if not await self._played({number: next for number, (next, _) in reached.items()}):
            return
        news = await self._service.closes(self._reader, day)
        if 0 not in self._core.owned:
            return  # its next owner tells it
        if news:
            await self._publisher.send([self._record(data, day, count) for data in news])
            log.info("closing.told", day=day.isoformat(), events=len(news))
        self._told, self._ends = (generation, day), {}

    async def _reached(self) -> dict[int, tuple[int, date | None]]:
        """How far each partition is, whoever owns it: its place in the log and its day, as they are committed."""
        with infrastructure():
            rows = await self._database["positions"].find({}, {"next": 1, "day": 1}).to_list(None)
        return {row["_id"]: (row["next"], date.fromisoformat(row["day"]) if row["day"] else None) for row in rows}

    async def _played(self, reached: dict[int, int]) -> bool:
        """Whether what lay in the log when the day was first found untold is handled, by any owner.

        What was told before lies there. Asked before it is handled, an empty database that reads the log anew would take days
        for untold that were told, and end with another log than the one it was made from.
        """
        self._ends = self._ends or await self._ends_of_log(reached)
        return all(reached[number] >= end for number, end in self._ends.items())

    async def _ends_of_log(self, numbers: dict[int, int]) -> dict[int, int]:
        if self._core.consumer is None:
            raise Infrastructure(f"the end of {self._service.log} is not known: the consumer does not run")
        try:
            found = await ends(self._core.consumer, [TopicPartition(self._service.log, number) for number in numbers])
        except (KafkaError, OSError) as error:
            raise Infrastructure(f"broker: ends of {self._service.log}: {error!r}") from error
        return {tp.partition: end for tp, end in found.items()}

    def _record(self, data: Data, day: date, count: int) -> Outbound:
        """The event as it lies in the log. What is said is in its id: another version may say something else of the same day."""
        key, said = data.contract.key_of(data), data.model_dump_json()
        id = derived_id("closed", self._service.name, day, data.contract.type, said)
        noon = datetime.combine(day, time(12), UTC)
        event = make_event(data, id=id, time=noon, source=SOURCE_PREFIX + self._service.name)
        return Outbound(self._service.log, partition_of(key, count), key.encode(), event.to_json())


def _over(days: Iterable[date | None]) -> date | None:
    """The last day that is over where these have begun; None while one of them knows no day."""
    begun = list(days)
    known = [day for day in begun if day is not None]
    return min(known) - A_DAY if known and len(known) == len(begun) else None
