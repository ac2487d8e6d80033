"""The three contenders, each started as a process of its own on a fresh broker and a fresh database."""

import asyncio
import json
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pymongo
from shared.contracts.department import PROGRAMME
from shared.messaging.topics import configuration, open_logs
from shared.settings import EMBEDDED, KafkaSettings

from tests.benchmarks.commands import FILE
from tests.benchmarks.contracts import COUNTED, FILED
from tests.harness.clients import make_topic
from tests.harness.engines import ROOT, Store, Tansu, until

OURS = ("bench.log.v1", "bench.rejected.v1", "bench.dead-letter")


@dataclass(frozen=True)
class Contender:
    """A way to do the work; `handful` is how many events it is measured with, for it to take some seconds."""

    name: str
    module: str
    handful: int
    arguments: tuple[str, ...] = ()

    @property
    def ours(self) -> bool:
        return self.module.endswith("bench_service")


PLAIN = Contender("a plain FastStream handler", "tests.benchmarks.plain", 300)
LOOP = Contender("b hand-written batch loop", "tests.benchmarks.loop", 12_000)
RUNTIME = Contender("c this runtime", "tests.benchmarks.bench_service", 12_000, ("run",))
CONTENDERS = (PLAIN, LOOP, RUNTIME)


@dataclass
class Running:
    """A contender at work: the broker it reads, its process, where its command counts go."""

    contender: Contender
    broker: Tansu
    process: subprocess.Popen[bytes]
    output: Path
    counts: Path = field(default_factory=Path)

    def check(self) -> None:
        """Fail with what it said, where it has ended."""
        if self.process.poll() is not None:
            raise RuntimeError(f"{self.contender.name} ended: {self.output.read_text(errors='replace')[-3000:]}")

    def commands(self) -> dict[str, int]:
        """Commands sent to the database since its start, by name."""
        self.counts.unlink(missing_ok=True)
        self.process.send_signal(signal.SIGUSR1)
        until(self.counts.exists, 5, f"command counts of {self.contender.name}")
        counts: dict[str, int] = json.loads(self.counts.read_text())
        return counts


async def make_topics(broker: Tansu, partitions: int) -> None:
    """Every topic a contender needs, made as the runtime makes its own."""
    for topic in (FILED, COUNTED, PROGRAMME):
        settings = {key.replace(".", "_"): value for key, value in configuration(topic).items()}
        await make_topic(broker.address, topic.name, topic.partitions or partitions, **settings)
    for name in OURS:
        await make_topic(broker.address, name, partitions)
    kafka = KafkaSettings(bootstrap_servers=broker.address, partitions=partitions, idempotent=False)
    await open_logs(kafka, ["bench.log.v1"])


@asynccontextmanager
async def topics_ready(directory: Path, partitions: int) -> AsyncIterator[Tansu]:
    """A fresh broker with the topics; memory only, so what one contender left cannot help the next."""
    with Tansu(directory / secrets.token_hex(4)) as broker:
        await make_topics(broker, partitions)
        yield broker


@asynccontextmanager
async def started(
    contender: Contender, broker: Tansu, store: Store, directory: Path, *, partitions: int, batch: int
) -> AsyncIterator[Running]:
    """The contender's process with an empty database, which is dropped afterwards."""
    name = f"bench_{secrets.token_hex(4)}"
    output, counts = directory / f"{name}.log", directory / f"{name}.json"
    environment = {
        **os.environ,
        "PROFILE": "embedded",
        "INSTANCE": "bench-1",
        "OPERATOR_TOKEN": secrets.token_hex(16),
        "KAFKA__BOOTSTRAP_SERVERS": broker.address,
        "KAFKA__PARTITIONS": str(partitions),
        "KAFKA__BATCH_RECORDS": str(batch),
        **{f"KAFKA__{name}".upper(): str(value) for name, value in EMBEDDED["kafka"].items() if name != "partitions"},
        "MONGO__URI": store.uri,
        "MONGO__DATABASE": name,
        "MONGO__IDS_PER_FIND": str(EMBEDDED["mongo"]["ids_per_find"]),
        "HTTP__PORT": "0",
        FILE: str(counts),
    }
    with output.open("wb") as out:
        command = [sys.executable, "-m", contender.module, *contender.arguments]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    try:
        yield Running(contender, broker, process, output, counts)
    finally:
        process.terminate()
        await asyncio.to_thread(_end, process)
        with pymongo.MongoClient[dict[str, object]](store.uri) as client:
            client.drop_database(name)


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
