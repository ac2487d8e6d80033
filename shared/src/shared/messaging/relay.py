"""The relay: publishes what the outbox holds, in order per partition, what was left over first."""

import asyncio
import time
from collections import deque
from collections.abc import Iterable
from contextlib import suppress

import structlog

from shared import faultpoints
from shared.contracts.base import REGISTER
from shared.errors import Infrastructure
from shared.messaging.backoff import Backoff
from shared.messaging.codec import STRUCTURED
from shared.messaging.kafka import Outbound, Publisher
from shared.messaging.partition import Outgoing
from shared.messaging.routing import partition_of
from shared.messaging.store import Owned, Row

log = structlog.get_logger()
MOST_EVENTS = 2_000
HEADERS = (("content-type", STRUCTURED.encode()),)


class Relay:
    """One task that sends rows one bunch after the other. A bunch that fails is sent again whole, so order stands."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher
        self._rows: deque[tuple[Owned, Row, float]] = deque()
        self._sending: list[tuple[Owned, Row, float]] = []
        self._work = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._forgotten = 0
        self.trouble: str | None = None

    @property
    def pending(self) -> int:
        """Events not yet acknowledged by the broker."""
        return sum(len(row.events) for _, row, _ in [*self._rows, *self._sending])

    @property
    def oldest_seconds(self) -> float:
        """How long the oldest of them waits, seconds."""
        waiting = [*self._sending, *self._rows]
        return time.monotonic() - waiting[0][2] if waiting else 0.0

    def add(self, owned: Owned, row: Row) -> None:
        """Send a row when its turn comes."""
        self._rows.append((owned, row, time.monotonic()))
        self._idle.clear()
        self._work.set()

    async def drain(self, seconds: float) -> bool:
        """Wait until everything is sent, at most so long."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), seconds)
        return self._idle.is_set()

    def forget(self) -> None:
        """The partitions are no longer ours: what is not sent is its next owner's to send."""
        self._rows.clear()
        self._forgotten += 1
        self._work.set()

    async def run(self) -> None:
        """Send until cancelled."""
        while True:
            await self._work.wait()
            self._work.clear()
            while self._rows:
                self._sending = self._take()
                await self._send(self._sending)
                self._sending = []
            self._idle.set()

    def _take(self) -> list[tuple[Owned, Row, float]]:
        taken, events = [], 0
        while self._rows and events < MOST_EVENTS:
            taken.append(self._rows.popleft())
            events += len(taken[-1][1].events)
        return taken

    async def _send(self, rows: list[tuple[Owned, Row, float]]) -> None:
        backoff, forgotten = Backoff(), self._forgotten
        while forgotten == self._forgotten:
            try:
                for wave in _waves(event for _, row, _ in rows for event in row.events):
                    records = [r for event in wave for r in await self._outbound(event)]
                    faultpoints.hit("in_publishing")
                    await self._publisher.send(records)
                faultpoints.hit("after_publishing")
                break
            except Infrastructure as error:
                self.trouble = str(error)
                log.warning("relay.waits", error=str(error), pending=self.pending)
                await backoff.wait()
        else:
            return
        self.trouble = None
        for owned, row, _ in rows:
            owned.published = max(owned.published, row.after)

    async def _outbound(self, event: Outgoing) -> list[Outbound]:
        count = await self._publisher.partitions(event.topic)
        numbers = range(count) if event.broadcast else [partition_of(event.key, count)]
        value = event.value or None
        return [Outbound(event.topic, n, event.key.encode(), value, HEADERS) for n in numbers]


def _waves(events: Iterable[Outgoing]) -> list[list[Outgoing]]:
    """What may be on its way together: partitions are written side by side, so what comes behind all begins a new wave."""
    waves: list[list[Outgoing]] = [[]]
    for event in events:
        if _behind_all(event) and not all(map(_behind_all, waves[-1])):
            waves.append([])
        waves[-1].append(event)
    return waves


def _behind_all(event: Outgoing) -> bool:
    return event.type in REGISTER.by_type and REGISTER.by_type[event.type].behind_all
