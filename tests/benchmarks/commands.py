"""Counts the commands a process sends to its database; on SIGUSR1 it writes them down.

Counted is what works on documents, and commits; handshakes, pings and session ends are not.
"""

import json
import os
import signal
from collections import Counter
from pathlib import Path

from pymongo import monitoring

COUNTED = {
    "find",
    "getMore",
    "aggregate",
    "insert",
    "update",
    "delete",
    "bulkWrite",
    "findAndModify",
    "commitTransaction",
    "abortTransaction",
}
FILE = "BENCH_COMMANDS_FILE"


class Commands(monitoring.CommandListener):
    """How often each command was started."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        if event.command_name in COUNTED:
            self.counts[event.command_name] += 1

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        pass

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        pass


def count_when_asked() -> None:
    """Listen to every client made after this, where the environment names the file to write to."""
    if FILE not in os.environ:
        return
    file, commands = Path(os.environ[FILE]), Commands()
    monitoring.register(commands)

    def write(*_: object) -> None:
        draft = file.with_suffix(".draft")
        draft.write_text(json.dumps(commands.counts))
        draft.rename(file)

    signal.signal(signal.SIGUSR1, write)
