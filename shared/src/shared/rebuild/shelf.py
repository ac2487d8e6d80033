"""The rows of one partition in one generation: written and read in bulk by the process that builds it.

Written without transactions: nobody reads a generation before it is changed to, and that waits for the journal.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import groupby, islice
from typing import Any

from bson.raw_bson import RawBSONDocument
from pymongo import MongoClient
from pymongo.write_concern import WriteConcern

from shared.messaging.generations import named
from shared.messaging.rows import version_row
from shared.messaging.service import Service
from shared.messaging.versions import Version, earlier
from shared.rebuild.spill import Change
from shared.settings import ServiceSettings

Row = dict[str, Any]
AT_ONCE = 2_000
WRITERS = 2


def connect(settings: ServiceSettings) -> "MongoClient[Row]":
    """A client of a process of its own, whose writes do not wait for the journal."""
    return MongoClient(
        settings.mongo.uri.get_secret_value(), serverSelectionTimeoutMS=settings.mongo.timeout_ms, w=1, socketTimeoutMS=120_000
    )


class Shelf:
    """Where the documents of a partition lie in the database."""

    def __init__(self, client: "MongoClient[Row]", database: str, service: Service, number: int, generation: int) -> None:
        self._database = client.get_database(database, write_concern=WriteConcern(w=1))
        self._service = service
        self.number = number
        self.generation = generation

    def write(self, changes: Iterable[Change]) -> Iterator[int]:
        """Write what the database does not have, which comes by collection; gives how many, each time some are written.

        A few writes are under way at once: one after the other, this process and the server wait for each other by turns.
        """
        with ThreadPoolExecutor(WRITERS) as writers:
            under_way: deque[Future[int]] = deque()
            for collection, of in groupby(changes, lambda change: change.collection):
                while some := list(islice(of, AT_ONCE)):
                    under_way.append(writers.submit(self._write, collection, some))
                    if len(under_way) > WRITERS:
                        yield under_way.popleft().result()
            yield from (last.result() for last in under_way)

    def _write(self, collection: str, some: list[Change]) -> int:
        # Taken away and inserted: two thirds of what it costs to replace them.
        if known := [change.place for change in some if change.known]:
            self._rows(collection).delete_many({"_id": {"$in": known}})
        if rows := [change.row for change in some if change.row is not None]:
            self._rows(collection).insert_many(rows, ordered=False)
        return len(some)

    def write_versions(self, versions: list[Version]) -> None:
        """Write what documents were before; each is written once."""
        rows: dict[str, list[Row]] = defaultdict(list)
        for version in versions:
            place, row = version_row(self.number, version)
            rows[earlier(type(version.document))].append({"_id": place, **row})
        for collection, of in rows.items():
            self._rows(collection).insert_many(of, ordered=False)

    def raw(self, collection: str, session: Any = None) -> Iterator[RawBSONDocument]:
        """Every row of a collection as it lies there, in no order."""
        options = self._database.codec_options.with_options(document_class=RawBSONDocument)
        yield from self._rows(collection).with_options(codec_options=options).find(self._mine, session=session)

    def sorted(self, collection: str, session: Any = None) -> Iterator[Row]:
        """Every row of a collection by _id."""
        yield from self._rows(collection).find(self._mine, session=session).sort("_id", 1)

    @property
    def _mine(self) -> Row:
        return between(self.number)

    def _rows(self, collection: str) -> Any:
        return self._database[named(collection, self.generation)]


def between(number: int, ordinal: int | None = None) -> Row:
    """Where the rows of a partition lie, by _id: of the outbox, those from a record on. '0' follows '/'."""
    first = f"{number:03d}/" if ordinal is None else f"{number:03d}/{ordinal:012d}"
    return {"_id": {"$gte": first, "$lt": f"{number:03d}0"}}
