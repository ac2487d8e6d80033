"""The journal: every record published from here, written before it is sent, and sent again when the broker lost its log.

One line of JSON a record: ``{"topic", "key", "value"}``, or ``"base64"`` in place of ``"value"`` where the bytes are no
text. Lines are only ever added, and are on disk before the first of them is sent: an event is accepted once it is here.
"""

import base64
import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as it was or will be published."""

    topic: str
    key: str | None
    value: bytes

    def line(self) -> bytes:
        """The line of the journal that says it."""
        said: dict[str, Any] = {"topic": self.topic, "key": self.key}
        try:
            said["value"] = self.value.decode()
        except UnicodeDecodeError:
            said["base64"] = base64.b64encode(self.value).decode()
        return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> "Entry":
        """The record a line says."""
        said = json.loads(line)
        value = said["value"].encode() if "value" in said else base64.b64decode(said["base64"])
        return cls(said["topic"], said["key"], value)


class Journal:
    """The file, added to by the player and by every `chuluc publish`, one batch at a time."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def add(self, entries: Iterable[Entry]) -> None:
        """Write a batch and make sure it is on disk. What a killed writer left half written is cut off first."""
        text = b"".join(entry.line() for entry in entries)
        with self._file.open("ab+") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            _cut_half_line(stream.fileno())
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())

    def read(self) -> Iterator[Entry]:
        """Every whole record, in the order it was written."""
        if not self._file.exists():
            return
        with self._file.open("rb") as stream:
            for line in stream:
                if line.endswith(b"\n"):
                    yield Entry.read(line)


def _cut_half_line(handle: int) -> None:
    """A line without its end was never sent, for sending comes after the whole batch is on disk."""
    size = os.fstat(handle).st_size
    start = size
    while start > 0:
        step = min(4096, start)
        block = os.pread(handle, step, start - step)
        end = block.rfind(b"\n")
        if end >= 0:
            start = start - step + end + 1
            break
        start -= step
    if start < size:
        os.ftruncate(handle, start)
