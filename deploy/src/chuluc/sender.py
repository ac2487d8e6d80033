"""Sending what is in the journal to Kafka: in order, and again where the broker was away."""

import asyncio
import fcntl
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from itertools import islice

from shared.contracts.department import PROGRAMME
from shared.errors import Infrastructure
from shared.messaging.kafka import Outbound, Publisher
from shared.messaging.routing import partition_of
from shared.settings import KafkaSettings

from chuluc.directory import Directory, OperatorError
from chuluc.journal import Entry, Journal

HEADERS = (("content-type", b"application/cloudevents+json; charset=UTF-8"),)
BATCH = 500
PATIENCE_SECONDS = 60.0


@asynccontextmanager
async def broker_lock(directory: Directory, *, alone: bool) -> AsyncIterator[None]:
    """Publishers share the broker; whoever makes its topics again has it alone.

    Without this a record could be sent to a new broker before its topics are made, and make one with other partitions.
    """
    with (directory.path / "broker.lock").open("a") as file:
        while True:
            try:
                fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                await asyncio.sleep(0.02)
        yield


class Sender:
    """Writes to the journal, then to Kafka."""

    def __init__(self, directory: Directory, settings: KafkaSettings) -> None:
        self._directory = directory
        self._journal = Journal(directory.journal)
        self._publisher = Publisher(settings)

    async def publish(self, entries: Sequence[Entry]) -> None:
        """Accept records and send them; while the broker is away it is asked again for a minute."""
        self._journal.add(entries)
        deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while True:
            try:
                async with broker_lock(self._directory, alone=False):
                    return await self._send(entries)
            except Infrastructure as problem:
                if asyncio.get_running_loop().time() > deadline:
                    raise OperatorError(
                        f"{len(entries)} records are in the journal but Kafka does not take them ({problem}); "
                        "they are sent when `chuluc up` starts its broker again."
                    ) from None
                await asyncio.sleep(0.5)

    async def republish(self) -> int:
        """Send the whole journal again, in order, to a broker that lost its log; gives how many records."""
        entries = self._journal.read()
        count = 0
        while batch := list(islice(entries, BATCH)):
            await self._send(batch)
            count += len(batch)
        return count

    async def _send(self, entries: Iterable[Entry]) -> None:
        for group in apart(entries):
            await self._publisher.send([await self._outbound(entry) for entry in group])

    async def _outbound(self, entry: Entry) -> Outbound:
        # A record without a key always goes to the same partition, so that sending it again puts it in the same place.
        partition = 0 if entry.key is None else partition_of(entry.key, await self._publisher.partitions(entry.topic))
        return Outbound(entry.topic, partition, entry.key.encode() if entry.key else None, entry.value, HEADERS)

    async def stop(self) -> None:
        """Close the connection to Kafka."""
        await self._publisher.stop()


def apart(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Groups that are acknowledged one after the other: what everybody keeps, and the day's tick, stands alone.

    Topics are merged by the time of the log. A tick that is acknowledged before an earlier event of another topic would
    be handled before it.
    """
    groups: list[list[Entry]] = []
    for entry in entries:
        if groups and PROGRAMME.name not in (entry.topic, groups[-1][-1].topic):
            groups[-1].append(entry)
        else:
            groups.append([entry])
    return groups
