"""A real browser for a module of tests: one Chromium without a network, driven over its debugging pipe, and one server."""

import base64
import fcntl
import json
import os
import select
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from reporting.api import routes
from reporting.main import service
from shared.contracts.base import Data
from shared.http import application
from shared.testing.memory import MemoryReader, run

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars --remote-debugging-pipe"
)
PATIENCE = 60.0  # seconds for one answer; a machine at work on other things is slow, one that never answers fails
NARROW, WIDE = 375, 1280
PAPER = 687  # of A4 without its margins, as pixels of CSS


@contextmanager
def serving(*events: Data) -> Iterator[str]:
    """The address at which reporting's routes are served over these events."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    served = application(routes(MemoryReader(run(service, *events)["reporting"])))
    server = uvicorn.Server(uvicorn.Config(served, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = time.monotonic() + 10
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@dataclass
class Seen:
    """A page as the browser has it: its document, what it was answered with, every address it asked for, its complaints."""

    html: str
    status: int = 0
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


class Browser:
    """One Chromium and one tab of it; every question waits for its answer."""

    def __init__(self, profile: Path) -> None:
        assert CHROMIUM is not None
        reads, self._out = os.pipe()
        self._in, writes = os.pipe()
        command = [CHROMIUM, *FLAGS.split(), f"--user-data-dir={profile}"]
        # Chromium reads what is asked at descriptor 3 and answers at 4; moved out of the way first, so that neither is lost.
        high = [fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 10) for descriptor in (reads, writes)]
        silent = [(os.POSIX_SPAWN_OPEN, n, os.devnull, os.O_WRONLY, 0) for n in (1, 2)]
        moved = [(os.POSIX_SPAWN_DUP2, descriptor, n) for descriptor, n in zip(high, (3, 4), strict=True)]
        self._process = os.posix_spawn(CHROMIUM, command, os.environ, file_actions=[*silent, *moved])
        for descriptor in (reads, writes, *high):
            os.close(descriptor)
        self._buffer, self._number, self._session, self._width = b"", 0, "", WIDE
        self._events: list[dict[str, Any]] = []
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self._ask(f"{domain}.enable")

    def open(self, url: str, *, width: int = WIDE, scripts: bool = True, media: str = "") -> Seen:
        """Load an address in a window of a width, with or without JavaScript; `media` is what to show it as, such as `print`."""
        self._width = width
        self._ask("Emulation.setEmulatedMedia", media=media)
        self._ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width == NARROW)
        self._ask("Emulation.setScriptExecutionDisabled", value=not scripts)
        self._events.clear()
        self._ask("Page.navigate", url=url)
        while not any(event["method"] == "Page.loadEventFired" for event in self._events):
            self._events.append(self._next())
        root = self._ask("DOM.getDocument")["root"]["nodeId"]
        seen = Seen(self._ask("DOM.getOuterHTML", nodeId=root)["outerHTML"])
        for event in self._events:
            said = event.get("params", {})
            match event["method"]:
                # The picture of a date field is the browser's own, written out as data.
                case "Network.requestWillBeSent" if not said["request"]["url"].startswith("data:"):
                    seen.requests.append(said["request"]["url"])
                case "Network.responseReceived" if said["type"] == "Document":
                    seen.status = said["response"]["status"]
                case "Log.entryAdded" if said["entry"]["level"] in ("error", "warning"):
                    seen.complaints.append(said["entry"]["text"])
                case "Runtime.exceptionThrown":
                    seen.complaints.append(said["exceptionDetails"]["text"])
                case "Runtime.consoleAPICalled":
                    seen.complaints.append(str(said["args"]))
        return seen

    def overflow(self) -> int:
        """How many pixels of the open page stick out beyond the window; a telephone widens its viewport to what does not fit."""
        return int(self._ask("Page.getLayoutMetrics")["cssContentSize"]["width"]) - self._width

    def style(self, selector: str, name: str) -> str:
        """What a property of the first such element of the open page comes to."""
        asked = f"getComputedStyle(document.querySelector({json.dumps(selector)}))[{json.dumps(name)}]"
        return str(self._ask("Runtime.evaluate", expression=asked)["result"]["value"])

    def picture(self) -> bytes:
        """A picture of the whole open page, PNG."""
        return base64.b64decode(self._ask("Page.captureScreenshot", captureBeyondViewport=True)["data"])

    def paper(self) -> bytes:
        """The open page as it is printed, PDF, on the paper its style asks for."""
        return base64.b64decode(self._ask("Page.printToPDF", preferCSSPageSize=True)["data"])

    def close(self) -> None:
        """End the browser."""
        self._session = ""
        self._ask("Browser.close")
        os.waitpid(self._process, 0)
        os.close(self._in)
        os.close(self._out)

    def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        asked: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            asked["sessionId"] = self._session
        os.write(self._out, json.dumps(asked).encode() + b"\0")
        while True:
            said = self._next()
            if said.get("id") == self._number:
                assert "error" not in said, (method, said["error"])
                result: dict[str, Any] = said["result"]
                return result
            if "method" in said:
                self._events.append(said)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._in], [], [], PATIENCE)
            assert ready, f"the browser said nothing for {PATIENCE} s"
            said_now = os.read(self._in, 1 << 20)
            assert said_now, "the browser has ended"
            self._buffer += said_now
        line, _, self._buffer = self._buffer.partition(b"\0")
        said: dict[str, Any] = json.loads(line)
        return said
