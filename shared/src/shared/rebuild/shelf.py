"""The rows of one partition in one generation: read and written in bulk by the process that builds it.

Written without transactions: nobody reads a generation before it is changed to, and that waits for the journal.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from bson.raw_bson import RawBSONDocument
from pymongo import MongoClient
from pymongo.write_concern import WriteConcern

from shared.messaging.document import Document
from shared.messaging.generations import named
from shared.messaging.rows import as_document, stored, version_row
from shared.messaging.service import Service
from shared.messaging.unit import Key
from shared.messaging.versions import Version, earlier
from shared.settings import ServiceSettings

Row = dict[str, Any]
BITS, PLACES = 1 << 24, 4
MASK = BITS - 1
AT_ONCE = 200


def connect(settings: ServiceSettings) -> "MongoClient[Row]":
    """A client of a process of its own, whose writes do not wait for the journal."""
    return MongoClient(
        settings.mongo.uri.get_secret_value(), serverSelectionTimeoutMS=settings.mongo.timeout_ms, w=1, socketTimeoutMS=120_000
    )


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


class Shelf:
    """Where the documents of a partition lie that do not fit into memory."""

    def __init__(self, client: "MongoClient[Row]", database: str, service: Service, number: int, generation: int) -> None:
        self._database = client.get_database(database, write_concern=WriteConcern(w=1))
        self._service = service
        self.number = number
        self.generation = generation
        self.written = Written()

    def load(self, keys: Iterable[Key]) -> dict[Key, Document]:
        """The documents of these keys; those that are not there are left out."""
        places: dict[str, list[str]] = defaultdict(list)
        for collection, id in dict.fromkeys(keys):
            places[collection].append(f"{self.number:03d}/{id}")
        found: dict[Key, Document] = {}
        for collection, all_of in places.items():
            kind, rows = self._service.documents[collection], self._rows(collection)
            for first in range(0, len(all_of), AT_ONCE):
                for row in rows.find({"_id": {"$in": all_of[first : first + AT_ONCE]}}):
                    document = as_document(kind, row)
                    found[collection, document.id] = document
        return found

    def write(self, documents: dict[Key, Document | None]) -> None:
        """Write documents, None for one that is gone; those never written before at the price of an insertion."""
        rows: dict[str, list[Row]] = defaultdict(list)
        known: dict[str, list[str]] = defaultdict(list)
        for key, document in documents.items():
            collection, id = key
            place = f"{self.number:03d}/{id}"
            if key in self.written:
                known[collection].append(place)
            if document is not None:
                rows[collection].append({"_id": place, **stored(self.number, document)})
                self.written.add(key)
        # Taken away and inserted: two thirds of what it costs to replace them.
        for collection, places in known.items():
            for first in range(0, len(places), AT_ONCE):
                self._rows(collection).delete_many({"_id": {"$in": places[first : first + AT_ONCE]}})
        for collection, rows_of in rows.items():
            self._rows(collection).insert_many(rows_of, ordered=False)

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
