"""Logs are opened on a broker that has only just made them: it may have no leader for them yet."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from shared.errors import Infrastructure
from shared.messaging import topics
from shared.messaging.kafka import Outbound
from shared.settings import KafkaSettings

SETTINGS = KafkaSettings(bootstrap_servers="127.0.0.1:1")


class Broker:
    """What there is of a broker for one log of two partitions; its first answers are that it has no leader for them."""

    def __init__(self, refuses: int) -> None:
        self.refuses = refuses
        self.records: list[Outbound] = []

    async def nothing(self) -> None:
        """Start or stop."""

    async def partitions(self, _log: str) -> int:
        return 2

    async def end_offsets(self, partitions: list[Any]) -> dict[Any, int]:
        return {tp: sum(r.partition == tp.partition for r in self.records) for tp in partitions}

    async def send(self, records: list[Outbound]) -> None:
        if self.refuses:
            self.refuses -= 1
            raise Infrastructure("broker: NotLeaderForPartitionError")
        self.records += records

    def client(self, *_: object) -> Any:
        return SimpleNamespace(
            start=self.nothing, stop=self.nothing, partitions=self.partitions, end_offsets=self.end_offsets, send=self.send
        )


def opened(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topics, "Publisher", broker.client)
    monkeypatch.setattr(topics, "plain_consumer", broker.client)
    asyncio.run(topics.open_logs(SETTINGS, ["ledger.log.v1"]))


def test_log_is_opened_once_its_partitions_have_a_leader(monkeypatch: pytest.MonkeyPatch) -> None:
    broker = Broker(refuses=2)
    opened(broker, monkeypatch)
    assert [(r.topic, r.partition) for r in broker.records] == [("ledger.log.v1", 0), ("ledger.log.v1", 1)]


def test_broker_that_never_has_a_leader_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    broker = Broker(refuses=10**9)
    monkeypatch.setattr(topics, "PATIENCE", 0.0)
    with pytest.raises(Infrastructure, match="NotLeader"):
        opened(broker, monkeypatch)
    assert broker.records == []
