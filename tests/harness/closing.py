"""An instance that tells what follows from a day that is over, above a service in memory: its engines are that service."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any, Self

from aiokafka import TopicPartition
from shared.errors import Infrastructure
from shared.messaging.closing import Closing
from shared.messaging.kafka import Outbound
from shared.messaging.reader import Reader
from shared.testing.memory import PARTITIONS, MemoryReader, Running


class Instance:
    """Core, database, broker and publisher of one instance; `owned` are its partitions, `sent` what it told.

    `looks` counts how often the database was asked how far partitions are, and `away` is how often it does not answer yet.
    """

    def __init__(self, running: Running, owned: Iterable[int] = range(PARTITIONS), reader: Reader | None = None) -> None:
        self.running = running
        self.owned = {number: SimpleNamespace(partition=running.partitions[number], generation=0) for number in owned}
        self.sent: list[Outbound] = []
        self.looks = self.away = 0
        known: Any = self
        core: Any = SimpleNamespace(owned=self.owned, consumer=self)
        reader = reader or MemoryReader(running)
        self.closing = Closing(running.service, core=core, database=known, reader=reader, publisher=known)

    async def look(self) -> list[Outbound]:
        """What one look tells, which lies in the log afterwards."""
        before = len(self.sent)
        await self.closing.look()
        return self.sent[before:]

    # -- the database, asked for positions

    def __getitem__(self, collection: str) -> Self:
        assert collection == "positions"
        return self

    def find(self, _: dict[str, Any], __: dict[str, int]) -> Self:
        self.looks += 1
        if self.away:
            self.away -= 1
            raise Infrastructure("database: away")
        return self

    async def to_list(self, _: None) -> list[dict[str, Any]]:
        partitions = self.running.partitions
        return [{"_id": p.number, "next": p.next, "day": p.day.isoformat() if p.day else None} for p in partitions]

    # -- the broker

    async def end_offsets(self, partitions: list[TopicPartition]) -> dict[TopicPartition, int]:
        return {tp: len(self.running.log[tp.partition]) for tp in partitions}

    def assignment(self) -> set[TopicPartition]:
        return set()

    async def partitions(self, _: str) -> int:
        return PARTITIONS

    async def send(self, records: Iterable[Outbound]) -> None:
        for record in records:
            assert record.topic == self.running.service.log
            self.sent.append(record)
            self.running.log[record.partition].append(((record.value or b""), ""))
