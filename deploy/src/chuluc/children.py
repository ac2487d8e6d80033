"""Child processes that never outlive us: started in their own session, logged to a file, ended politely, then not."""

import asyncio
import ctypes
import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
STEADY_SECONDS = 30.0
"""A process that lived this long did not die of its start: the next wait is short again."""


def _tie_to_parent() -> None:
    """Linux ends the child when we are killed without a chance to end it ourselves."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


@dataclass
class Child:
    """One process. `wanted` is whether it should be running; whoever supervises it starts it again where it is not."""

    name: str
    argv: Sequence[str]
    log: Path
    env: Mapping[str, str] = field(default_factory=dict)
    grace: float = 10.0
    wanted: bool = False
    _process: asyncio.subprocess.Process | None = None
    _started: float = 0.0
    _falls: int = 0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def code(self) -> int | None:
        return self._process.returncode if self._process else None

    async def start(self) -> None:
        """Start it; its output is added to its log."""
        self.wanted = True
        self._started = time.monotonic()
        with self.log.open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                *self.argv,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={**os.environ, **self.env},
                start_new_session=True,  # Ctrl-C reaches us alone; we end the children in order
                preexec_fn=_tie_to_parent,
            )

    async def stop(self) -> None:
        """SIGTERM, and after the grace SIGKILL."""
        self.wanted = False
        if self._process is None or not self.alive:
            return
        self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), self.grace)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    def pause(self) -> float:
        """Seconds to wait before starting it again: longer each time it falls soon after its start."""
        self._falls = 0 if time.monotonic() - self._started > STEADY_SECONDS else self._falls + 1
        return 0.0 if self._falls <= 1 else min(10.0, 0.25 * 2**self._falls)

    def last_words(self, lines: int = 5) -> str:
        """The end of its log, for an error message."""
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])
