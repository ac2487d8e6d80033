"""Child processes: ended politely, then not; never left behind; started again after a longer and longer pause."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from chuluc.children import Child


def child(tmp_path: Path, code: str, **options: float) -> Child:
    return Child("test", [sys.executable, "-u", "-c", code], tmp_path / "test.log", **options)  # type: ignore[arg-type]


async def until_said(process: Child, word: str) -> None:
    while word not in process.last_words():
        await asyncio.sleep(0.01)


def test_child_is_ended_politely(tmp_path: Path) -> None:
    async def story() -> int | None:
        code = "import signal,sys,time; signal.signal(15, lambda *a: sys.exit(3)); print('up'); time.sleep(60)"
        process = child(tmp_path, code)
        await process.start()
        await until_said(process, "up")
        await process.stop()
        return process.code

    assert asyncio.run(story()) == 3


def test_child_that_does_not_listen_is_killed_after_its_grace(tmp_path: Path) -> None:
    async def story() -> int | None:
        code = "import signal,time; signal.signal(15, signal.SIG_IGN); print('up'); time.sleep(60)"
        process = child(tmp_path, code, grace=0.2)
        await process.start()
        await until_said(process, "up")
        await process.stop()
        return process.code

    assert asyncio.run(story()) == -signal.SIGKILL


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a child to its parent")
def test_child_does_not_outlive_a_parent_that_was_killed(tmp_path: Path) -> None:
    parent = f"""
import asyncio, os, sys
from pathlib import Path
from chuluc.children import Child
async def main():
    child = Child("c", [sys.executable, "-c", "import time; time.sleep(60)"], Path({str(tmp_path)!r}) / "c.log")
    await child.start()
    print(child.pid, flush=True)
    os.kill(os.getpid(), 9)
asyncio.run(main())
"""
    pid = int(subprocess.run([sys.executable, "-c", parent], capture_output=True, text=True, check=False).stdout)
    deadline = time.monotonic() + 5
    while Path(f"/proc/{pid}").exists() and "Z" not in Path(f"/proc/{pid}/stat").read_text().split()[2]:
        assert time.monotonic() < deadline, f"process {pid} is left behind"
        time.sleep(0.01)


def test_pause_grows_with_every_fall_soon_after_the_start(tmp_path: Path) -> None:
    async def story() -> list[float]:
        process = child(tmp_path, "")
        await process.start()
        pauses = [process.pause() for _ in range(8)]
        await process.stop()
        return pauses

    assert asyncio.run(story()) == [0.0, 1.0, 2.0, 4.0, 8.0, 10.0, 10.0, 10.0]


def test_child_runs_in_the_environment_of_its_parent_and_its_own(tmp_path: Path) -> None:
    async def story() -> str:
        process = child(tmp_path, "import os; print(os.environ['HOME'], os.environ['INSTANCE'])")
        process.env = {"INSTANCE": "one"}
        await process.start()
        await until_said(process, "one")
        return process.last_words()

    assert asyncio.run(story()) == f"{os.environ['HOME']} one"
