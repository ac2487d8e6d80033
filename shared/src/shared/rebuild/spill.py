"""What a partition that is built does not keep in memory: in a file of its own, until the database is told, once, of all of it.

A document changes many times while a log is played. Here each change costs a few microseconds; in the database it would cost
an insertion, a removal and a question, which were most of what a rebuild took.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

import pydantic_core

from shared.messaging.document import Document
from shared.messaging.rows import document_place
from shared.messaging.unit import Key

BITS, PLACES = 1 << 24, 2
MASK = BITS - 1
AT_ONCE = 500
# Nothing is left to recover: the file ends with the process. Pages that hold some forty documents are read the least often.
SETTINGS = """PRAGMA page_size = 16384; PRAGMA cache_size = -8192;
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE"""
TABLE = """CREATE TABLE documents (collection TEXT, id TEXT, since TEXT, said BLOB, told INTEGER, PRIMARY KEY (collection, id))
    WITHOUT ROWID"""
# `said` is the document in JSON, a third of what a row of the database costs to make, and NULL where it is gone. `told`: 0 where
# the database never had it, 1 where it has it as it is here, 2 where it has it as it was before.
WRITE = """INSERT INTO documents VALUES (?, ?, ?, ?, 0) ON CONFLICT DO UPDATE
    SET since = excluded.since, said = excluded.said, told = CASE told WHEN 0 THEN 0 ELSE 2 END"""
UNTOLD = "SELECT collection, id, since, said, told FROM documents WHERE told <> 1 ORDER BY collection, id"
TELL = "DELETE FROM documents WHERE said IS NULL; UPDATE documents SET told = 1 WHERE told <> 1"


class Change(NamedTuple):
    """What the database has to be told of a document: its row, None where it is gone; `known`: it has it as it was before."""

    collection: str
    place: str
    row: dict[str, Any] | None
    known: bool


class Written:
    """Which keys were ever written, in 2 MB whatever their number: a no is certain, a yes is now and then wrong."""

    def __init__(self) -> None:
        self._bits = bytearray(BITS // 8)

    def add(self, key: Key) -> None:
        """Remember a key."""
        said, bits = hash(key), self._bits
        place, step = said & MASK, (said >> 24) & MASK | 1
        for _ in range(PLACES):
            bits[place >> 3] |= 1 << (place & 7)
            place = (place + step) & MASK

    def __contains__(self, key: Key) -> bool:
        said, bits = hash(key), self._bits
        place, step = said & MASK, (said >> 24) & MASK | 1
        for _ in range(PLACES):
            if not bits[place >> 3] & (1 << (place & 7)):
                return False
            place = (place + step) & MASK
        return True


class Spill:
    """Documents by key, in a temporary file that is gone with the process; it lies where TMPDIR says."""

    def __init__(self, number: int, kinds: dict[str, type[Document]]) -> None:
        self._number = number
        self._kinds = kinds
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.executescript(f"{SETTINGS}; {TABLE}")
        self.written = Written()

    def load(self, keys: Iterable[Key]) -> dict[Key, Document]:
        """The documents of these keys; those that are not there are left out."""
        ids: dict[str, list[str]] = defaultdict(list)
        for collection, id in dict.fromkeys(keys):
            ids[collection].append(id)
        found: dict[Key, Document] = {}
        for collection, all_of in ids.items():
            kind = self._kinds[collection]
            for first in range(0, len(all_of), AT_ONCE):
                some = all_of[first : first + AT_ONCE]
                asked = f"SELECT id, since, said FROM documents WHERE collection = ? AND id IN ({','.join('?' * len(some))})"
                for id, since, said in self._file.execute(asked, (collection, *some)):
                    if said is not None:
                        found[collection, id] = _document(kind, since, said)
        return found

    def write(self, documents: dict[Key, Document | None]) -> None:
        """Write documents, None for one that is gone."""
        for key in documents:
            self.written.add(key)
        rows = ((*key, *_said(documents[key])) for key in sorted(documents))
        self._file.execute("BEGIN")
        self._file.executemany(WRITE, rows)
        self._file.execute("COMMIT")

    def untold(self) -> Iterator[Change]:
        """What the database does not have as it stands here, by collection and id; all of it counts as told with that."""
        for collection, id, since, said, told in self._file.execute(UNTOLD):
            if told or said is not None:
                yield Change(collection, document_place(self._number, id), self._row(id, since, said), bool(told))
        self._file.executescript(TELL)

    def _row(self, id: str, since: str | None, said: bytes | None) -> dict[str, Any] | None:
        """As the service itself would store the document."""
        if said is None:
            return None
        row = {"_id": document_place(self._number, id), "p": self._number, **pydantic_core.from_json(said)}
        return row if since is None else row | {"_since": since}


def _said(document: Document | None) -> tuple[str | None, bytes | None]:
    if document is None:
        return None, None
    since = document.kept_since.isoformat() if document.by_day else None
    return since, document.__pydantic_serializer__.to_json(document)


def _document(kind: type[Document], since: str | None, said: bytes) -> Document:
    document = kind.model_validate_json(said)
    return document if since is None else document.kept_from(date.fromisoformat(since))
