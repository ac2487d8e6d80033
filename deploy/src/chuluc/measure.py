"""What the running processes cost: resident memory and processor time, read from /proc (Linux only)."""

import asyncio
import os
import time
from collections.abc import Iterable
from pathlib import Path


def resident_mb(pids: Iterable[int]) -> float | None:
    """Resident memory of the processes together, MB; None where the system does not say."""
    pages = [_fields(pid, "statm") for pid in pids]
    if any(p is None for p in pages):
        return None
    return round(sum(int(p[1]) for p in pages if p) * os.sysconf("SC_PAGE_SIZE") / 10**6, 1)


async def cpu_percent(pids: Iterable[int], seconds: float) -> float | None:
    """Processor time the processes take over a while, in per cent of one core."""
    watched = list(pids)
    before, start = _ticks(watched), time.monotonic()
    await asyncio.sleep(seconds)
    after, passed = _ticks(watched), time.monotonic() - start
    if before is None or after is None:
        return None
    return round(100 * (after - before) / os.sysconf("SC_CLK_TCK") / passed, 1)


def age_seconds() -> float | None:
    """How long this process has lived; None where the system does not say."""
    fields = _fields(os.getpid(), "stat")
    if fields is None:
        return None
    started = int(fields[19]) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started


def _ticks(pids: Iterable[int]) -> int | None:
    stats = [_fields(pid, "stat") for pid in pids]
    return None if any(s is None for s in stats) else sum(int(s[11]) + int(s[12]) for s in stats if s)


def _fields(pid: int, file: str) -> list[str] | None:
    """The fields of a file of /proc; those of stat from its third, for the second may hold spaces."""
    try:
        return Path(f"/proc/{pid}/{file}").read_text().rpartition(")")[2].split()
    except OSError:
        return None
