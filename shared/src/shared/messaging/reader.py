"""Reading documents for people and systems: never used by a handler."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, Self, TypeVar

from shared.messaging.document import Document
from shared.messaging.generations import Following, named
from shared.messaging.rows import as_document
from shared.messaging.versions import days_of, earlier
from shared.mongo import Database, infrastructure

T = TypeVar("T", bound=Document)
Row = dict[str, Any]
Rows = list[Row]
Days = list[date]
Versions = list[T]


@dataclass(frozen=True, slots=True)
class OneOf:
    """In `where`: the field equals one of the values."""

    values: Collection[str] | Collection[int]

    def holds(self, value: Any) -> bool:
        """Whether a field as JSON is what is asked."""
        return value in self.values


@dataclass(frozen=True, slots=True)
class AllOf:
    """In `where`: the field is a list in which every one of the values is."""

    values: Collection[str]

    def holds(self, value: Any) -> bool:
        """Whether a field as JSON is what is asked."""
        return set(self.values) <= set(value)


@dataclass(frozen=True, slots=True)
class Between:
    """In `where`: the field is a text from the first on that comes before the last, in the order of Unicode."""

    first: str
    last: str

    @classmethod
    def below(cls, path: str) -> "Between":
        """What begins with a path and a slash: 0 follows / in Unicode."""
        return cls(f"{path}/", f"{path}0")

    def holds(self, value: Any) -> bool:
        """Whether a field as JSON is what is asked."""
        return bool(self.first <= value < self.last)


class Reader(Protocol):
    """The documents of a service, over all its partitions: as they are, or as they were at the end of a day."""

    def as_of(self, day: date) -> Self:
        """The reader of what was known at the end of a business day, of kinds kept by day only."""

    async def get(self, kind: type[T], id: str) -> T | None:
        """The document of this id, or None."""

    async def list(
        self,
        kind: type[T],
        where: dict[str, Any] | None = None,
        *,
        order: str = "id",
        limit: int | None = None,
        after: str | None = None,
    ) -> list[T]:
        """Documents whose fields equal `where` (or hold as OneOf, AllOf, Between say), ascending by `order`, after an id.

        A kind says in `found_by` which fields are indexed.
        """

    async def days_changed(self, kind: type[T], where: dict[str, Any] | None = None) -> Days:
        """The days on which a document whose fields equal `where` came, went, or changed; of a kind kept by day."""

    async def history(self, kind: type[T], ids: Collection[str]) -> "Versions[T]":
        """What the documents of these ids were, by id, day by day as `kept_since` says, up to what each is or was last."""


def kept_by_day(kind: type[Document]) -> None:
    """A kind of which only the present is kept has no past; a mistake of ours, not of who asks."""
    if not kind.by_day:
        raise TypeError(f"{kind.__name__} is not kept by day; say by_day=True where it is declared")


class DatabaseReader:
    """The reader over MongoDB. Sees what is committed, follows to documents built anew; needs no ownership."""

    def __init__(self, database: Database, following: Following, day: date | None = None) -> None:
        self._database = database
        self._following = following
        self._day = day

    def as_of(self, day: date) -> "DatabaseReader":
        """See Reader."""
        return DatabaseReader(self._database, self._following, day)

    async def get(self, kind: type[T], id: str) -> T | None:
        """See Reader."""
        found = await self.list(kind, {"id": id}, limit=1)
        return found[0] if found else None

    async def list(
        self,
        kind: type[T],
        where: dict[str, Any] | None = None,
        *,
        order: str = "id",
        limit: int | None = None,
        after: str | None = None,
    ) -> list[T]:
        """See Reader."""
        query = _query(kind, where)
        if after is not None:
            query.setdefault("id", {"$gt": after})
        if self._day is not None:
            kept_by_day(kind)
        rows = await self._following.read(lambda generation: self._rows(generation, kind, query, order, limit))
        return [as_document(kind, row) for row in rows]  # type: ignore[misc]

    async def _rows(self, generation: int, kind: type[Document], query: Row, order: str, limit: int | None) -> Rows:
        if self._day is None:
            return await self._find(named(kind.collection, generation), query, order, limit)
        return await self._stood(generation, kind, query, self._day.isoformat(), order, limit)

    async def _stood(  # noqa: PLR0917 - what `list` is asked, of a day of a generation
        self, generation: int, kind: type[Document], query: Row, day: str, order: str, limit: int | None
    ) -> Rows:
        """Versions that stood on a day: each document has one at most, so `query` never finds one that no longer held."""
        # In this order: a version that is replaced meanwhile moves from the first to the second, and is found in one of them.
        now = await self._find(named(kind.collection, generation), {**query, "_since": {"$lte": day}}, order, limit)
        then = {**query, "_since": {"$lte": day}, "_until": {"$gt": day}}
        past = await self._find(named(earlier(kind), generation), then, order, limit)
        rows = {(row["p"], row["id"]): row for row in (*now, *past)}
        return sorted(rows.values(), key=lambda row: (row[order], row["p"], row["id"]))[:limit]

    async def days_changed(self, kind: type[T], where: dict[str, Any] | None = None) -> Days:
        """See Reader."""
        kept_by_day(kind)
        query, said = _query(kind, where), {"_since": 1, "_until": 1}

        async def rows(generation: int) -> Rows:
            names = [named(collection, generation) for collection in (kind.collection, earlier(kind))]
            with infrastructure():
                return [row for name in names for row in await self._database[name].find(query, said).to_list(None)]

        return days_of(await self._following.read(rows))

    async def history(self, kind: type[T], ids: Collection[str]) -> "Versions[T]":
        """See Reader."""
        kept_by_day(kind)
        query: Row = {**_query(kind, {"id": OneOf(ids)}), "_since": {"$lte": (self._day or date.max).isoformat()}}

        async def rows(generation: int) -> Rows:
            names = [named(collection, generation) for collection in (kind.collection, earlier(kind))]
            return [row for name in names for row in await self._find(name, query, "_since", None)]

        found = {(row["id"], row["_since"]): row for row in await self._following.read(rows)}
        return [as_document(kind, found[place]) for place in sorted(found)]  # type: ignore[misc]

    async def _find(self, collection: str, query: Row, order: str, limit: int | None) -> Rows:
        with infrastructure():
            # In the order of the index where that is by id: the server then reads no more than the limit.
            places = [(name, 1) for name in dict.fromkeys((order, "p", "id"))]
            cursor = self._database[collection].find(query).sort(places)
            rows: Rows = await (cursor.limit(limit) if limit else cursor).to_list(None)
        return rows


def _query(kind: type[Document], where: dict[str, Any] | None) -> Row:
    asked = {name: _asked(value) for name, value in (where or {}).items()}
    return {**asked, "p": 0} if kind.copied else asked


def _asked(value: Any) -> Any:
    if isinstance(value, Between):
        return {"$gte": value.first, "$lt": value.last}
    if isinstance(value, OneOf):
        return {"$in": list(value.values)}
    return {"$all": list(value.values)} if isinstance(value, AllOf) else value
