"""A broker, a database and instances of one service, to be killed, frozen and started again by a test."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pymongo
from aiokafka import AIOKafkaProducer

from .clients import Record, read_to_end
from .engines import ROOT, Broker, Store, free_port, until

TOKEN = "operator-of-the-fault-tests"
PARTITIONS = 4
LEDGER = (str(ROOT / "tests" / "harness" / "ledger.py"),)
SESSION_MS = 2_000
PATIENCE = 120.0  # seconds until a test gives up waiting; only a machine that does other things comes near it


@dataclass(frozen=True)
class Sent:
    """One record as a publisher sends it; `partition` and `timestamp` (ms) are the client's business where None."""

    topic: str
    key: bytes | None
    value: bytes
    partition: int | None = None
    timestamp: int | None = None


class Instance:
    """One process of the service. Its output is in `<directory>/<name>.log`."""

    def __init__(self, cluster: "Cluster", name: str, environment: Mapping[str, str]) -> None:
        self.cluster = cluster
        self.name = name
        self.port = free_port()
        self.log = cluster.directory / f"{name}.log"
        self.url = f"http://127.0.0.1:{self.port}"
        self._http = httpx.Client(base_url=self.url, timeout=5.0, headers={"authorization": f"Bearer {TOKEN}"})
        own = {"INSTANCE": name, "HTTP__PORT": str(self.port)}
        self.started = time.monotonic()
        with self.log.open("ab") as out:
            command = [sys.executable, *cluster.program, "run"]
            environment = {**os.environ, **cluster.environment, **own, **environment}
            self.process = subprocess.Popen(command, stdout=out, stderr=out, env=environment)

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    def ready(self) -> bool:
        """Whether it owns partitions and its engines answer; an instance that ended is an error here."""
        if self.ended:
            raise RuntimeError(f"{self.name} ended with {self.process.returncode}:\n{self.said()}")
        answer = self.get("/readyz")
        return answer is not None and answer.status_code == 200

    def said(self) -> str:
        """The end of its output."""
        return self.log.read_text(errors="replace")[-4000:]

    def get(self, path: str) -> httpx.Response | None:
        """Ask its HTTP interface; None where it does not answer."""
        try:
            return self._http.get(path)
        except httpx.TransportError:
            return None

    def json(self, path: str) -> Any:
        """What it answers, which must be an answer."""
        answer = self._http.get(path, timeout=30.0)
        answer.raise_for_status()
        return answer.json()

    def status(self) -> dict[str, Any] | None:
        """Its /status, None while an engine is away."""
        answer = self.get("/status")
        return answer.json() if answer is not None and answer.status_code == 200 else None

    def decide(self, held_id: str, decision: str) -> None:
        """Redrive or discard what holds a subject, as an operator does."""
        body = {"reason": "fault test", "decided_by": "fault test"}
        answer = self._http.post(f"/held/{held_id}/{decision}", json=body)
        assert answer.status_code == 202, answer.text

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.process.wait(10)

    def freeze(self) -> None:
        """SIGSTOP."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT."""
        self.process.send_signal(signal.SIGCONT)

    @property
    def frozen(self) -> bool:
        """Whether it is stopped by a signal (Linux: state T)."""
        return Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.wait_end()

    def wait_end(self, seconds: float = 60) -> int:
        """Wait until it has ended; the exit code (below zero: the signal)."""
        until(lambda: self.ended, seconds, f"end of {self.name}", self.said)
        return self.process.returncode


@dataclass
class Cluster:
    """Everything one fault test runs on. `database` is the service's own within the store."""

    directory: Path
    broker: Broker
    store: Store
    database: str
    program: tuple[str, ...] = LEDGER
    provisioning: tuple[str, ...] = (*LEDGER, "topics")
    service: str = "ledger"
    settings: dict[str, str] = field(default_factory=dict)
    instances: list[Instance] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """The settings of every instance. Small batches, so that there are many places to be killed at."""
        return {
            "PROFILE": "embedded",
            "KAFKA__BOOTSTRAP_SERVERS": self.broker.address,
            "KAFKA__PARTITIONS": str(PARTITIONS),
            # The embedded broker has no idempotent producer; the production one is used with it.
            "KAFKA__IDEMPOTENT": str(self.broker.keeps_its_log).lower(),
            "KAFKA__SESSION_TIMEOUT_MS": str(SESSION_MS),
            "KAFKA__HEARTBEAT_INTERVAL_MS": "500",
            "KAFKA__BATCH_RECORDS": "50",
            "MONGO__URI": self.store.uri,
            "MONGO__DATABASE": self.database,
            "OPERATOR_TOKEN": TOKEN,
            **self.settings,
        }

    def provision(self) -> None:
        """Make the topics and open the log."""
        command = [sys.executable, *self.provisioning]
        done = subprocess.run(command, env={**os.environ, **self.environment}, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def start(self, name: str = "one", *, wait: bool = True, **environment: str) -> Instance:
        """Start an instance, and wait until it is ready."""
        instance = Instance(self, name, environment)
        self.instances.append(instance)
        if wait:
            until(instance.ready, PATIENCE, f"readiness of {name}", instance.said)
        return instance

    def command(self, *words: str, **environment: str) -> "subprocess.Popen[str]":
        """Another command of the service's program, on the same engines; what it says goes to a pipe."""
        command = [sys.executable, *self.program, *words]
        said = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        return subprocess.Popen(command, env={**os.environ, **self.environment, **environment}, **said)  # type: ignore[call-overload,no-any-return]

    @property
    def running(self) -> list[Instance]:
        """The instances that have not ended and are not frozen."""
        return [i for i in self.instances if not i.ended and not i.frozen]

    def close(self) -> None:
        """End every instance, whatever it is doing."""
        for instance in self.instances:
            instance.kill()

    # -- what goes in and what came out ----------------------------------------------------------------------------------

    def send(self, records: Iterable[Sent], *, apart: bool = False) -> None:
        """Publish records in order, as a client of the city would, and wait until all are acknowledged.

        `apart`: each at least a millisecond after the one before it was acknowledged.
        """
        asyncio.run(_send(self.broker.address, list(records), apart))

    def read(self, *topics: str) -> list[Record]:
        """Every record of the topics, partition after partition."""
        found = asyncio.run(read_to_end(self.broker.address, *topics))
        return [record for _, records in sorted(found.items()) for record in records]

    def rows(self, collection: str, database: str | None = None) -> list[dict[str, Any]]:
        """Every row of a collection, by _id."""
        with pymongo.MongoClient[dict[str, Any]](self.store.uri) as client:
            return list(client[database or self.database][collection].find().sort("_id", 1))

    @property
    def generation(self) -> int:
        """The generation of documents in use, the same for all partitions."""
        (generation,) = {row["generation"] for row in self.rows("positions")}
        return int(generation)

    def documents(self, collection: str) -> list[dict[str, Any]]:
        """Every document of a kind, as the generation in use has it."""
        return self.rows(f"g{self.generation}.{collection}" if self.generation else collection)

    # -- waiting ---------------------------------------------------------------------------------------------------------

    def settle(self, seconds: float = PATIENCE) -> None:
        """Wait until the running instances have worked off everything: seen twice, with nothing handled in between."""
        seen: list[object] = [None]

        def calm() -> bool:
            before, seen[0] = seen[0], self._calm()
            return seen[0] is not None and seen[0] == before

        until(calm, seconds, f"{self.service} at rest", lambda: "\n".join(f"{i.status()}\n{i.said()}" for i in self.running))

    def _calm(self) -> object:
        states = [i.status() for i in self.running]
        known = [s for s in states if s is not None]
        if not known or len(known) < len(states) or not all(s["ready"] for s in known):
            return None
        owned = sorted(p["partition"] for s in known for p in s["partitions"])
        if owned != list(range(PARTITIONS)) or sum(s["intake"]["owner"] for s in known) != 1:
            return None
        if any(s["lag"] or s["outbox"] or s["intake"]["lag"] for s in known):
            return None
        return [(s["instance"], s["handled"], s["duplicates"], s["partitions"]) for s in known]


async def _send(address: str, records: list[Sent], apart: bool) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=address, acks="all")
    await producer.start()
    try:
        sends = []
        for r in records:
            sends.append(await producer.send(r.topic, r.value, key=r.key, partition=r.partition, timestamp_ms=r.timestamp))
            if apart:
                await sends[-1]
                acknowledged = time.time_ns() // 1_000_000
                while time.time_ns() // 1_000_000 <= acknowledged:
                    await asyncio.sleep(0.0003)
        await asyncio.gather(*sends)
    finally:
        await producer.stop()
