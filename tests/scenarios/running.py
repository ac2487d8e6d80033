"""A running `chuluc up` as an operator has it: commands in a terminal, addresses in run.json."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

CHULUC = [sys.executable, "-m", "chuluc.cli"]
# Tables are as wide as they like, so that a test can read a sentence from one line.
WIDE = {**os.environ, "COLUMNS": "1000"}


def chuluc(data: Path, *words: str, given: str = "", seconds: float = 240) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    command = [*CHULUC, *words, "--data", str(data)]
    return subprocess.run(command, input=given, capture_output=True, text=True, timeout=seconds, check=False, env=WIDE)


def until(true: Callable[[], Any], seconds: float = 120) -> None:
    """Wait for something to come true."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come true"
        time.sleep(0.1)


@dataclass(frozen=True)
class Up:
    """One `up`: its directory, its process, and the file its output goes to."""

    data: Path
    process: "subprocess.Popen[str]"
    output: Path

    @classmethod
    def started(cls, data: Path, *words: str) -> "Up":
        output = data.with_name("said.txt")
        with output.open("w") as out:
            process = subprocess.Popen([*CHULUC, "up", "--data", str(data), *words], stdout=out, stderr=out, text=True, env=WIDE)
        return cls(data, process, output)

    @property
    def said(self) -> str:
        return self.output.read_text()

    @property
    def run(self) -> dict[str, Any]:
        """What run.json says now."""
        found: dict[str, Any] = json.loads((self.data / "run.json").read_text())
        return found

    def chuluc(self, *words: str, given: str = "") -> "subprocess.CompletedProcess[str]":
        """Run a command on this directory."""
        return chuluc(self.data, *words, given=given)

    def ask(self, service: str, path: str) -> Any:
        """What a service answers, as JSON."""
        token = (self.data / "operator-token").read_text().strip()
        headers = {"authorization": f"Bearer {token}"}
        answer = httpx.get(f"{self.run['http'][service]}{path}", timeout=30, headers=headers)
        answer.raise_for_status()
        return answer.json()

    def ready(self, service: str) -> bool:
        try:
            return httpx.get(f"{self.run['http'][service]}/readyz", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def year(self) -> dict[str, Any]:
        """The table of 2021."""
        found: dict[str, Any] = self.ask("reporting", "/years/2021")
        return found

    def logged(self, service: str) -> list[dict[str, Any]]:
        """The JSON lines of a service's log."""
        lines = (self.data / "logs" / f"{service}.log").read_text().splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]
