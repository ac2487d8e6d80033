"""Builds broken on purpose: each has to make the test named beside it fail. ``python -m tests.faults.mutants [NAME ...]``

A copy of the sources is broken and put first on PYTHONPATH; the test runs once with a copy that is whole, where it has to
pass, and once with the broken one. A test that cannot fail is worth nothing.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.builds import MUTANTS, Mutant

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("shared/src", "services/applications/src", "services/scoring/src", "services/support/src", "services/reporting/src")


@contextmanager
def copied() -> Iterator[Path]:
    """A copy of the sources, for the length of a block."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as name:
        for source in SOURCES:
            shutil.copytree(ROOT / source, Path(name) / source, ignore=shutil.ignore_patterns("__pycache__"))
        yield Path(name)


def broken(copy: Path, of: Mutant) -> None:
    """Break the copy; a text that is not there exactly once means that the list is out of date."""
    file = copy / of.file
    text = file.read_text()
    for old, new in of.changes:
        if text.count(old) != 1:
            raise SystemExit(f"{of.name}: {of.file} has {text.count(old)} times {old!r}; bring this list up to date")
        text = text.replace(old, new)
    file.write_text(text)


def passes(copy: Path, test: str) -> tuple[bool, str]:
    """Whether a test passes on the copy, and the line that says why not."""
    path = os.pathsep.join(str(copy / source) for source in SOURCES)
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", test]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{test} did not run:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    said = [line.removeprefix("E").strip() for line in done.stdout.splitlines() if line.startswith("E  ")]
    return done.returncode == 0, (said or [""])[0][:150]


def main(names: list[str]) -> int:
    """Run the mutants named, or all; the number of tests that could not tell."""
    chosen = [m for m in MUTANTS if not names or m.name in names]
    unseen = 0
    for test in dict.fromkeys(m.test for m in chosen):
        with copied() as copy:
            whole, why = passes(copy, test)
        if not whole:
            print(f"BROKEN  {test} fails on the whole build: {why}", flush=True)
        for of in (m for m in chosen if m.test == test):
            started = time.monotonic()
            with copied() as copy:
                broken(copy, of)
                passed, why = passes(copy, test)
            unseen += passed or not whole
            print(f"{'UNSEEN' if passed else 'seen  '}  {of.name} ({time.monotonic() - started:.0f} s): {why}", flush=True)
    return unseen


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
