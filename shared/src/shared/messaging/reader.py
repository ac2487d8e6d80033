"""Reading documents for people and systems: never used by a handler."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from shared.messaging.document import Document
from shared.messaging.rows import as_document
from shared.mongo import Database, infrastructure

T = TypeVar("T", bound=Document)


@dataclass(frozen=True, slots=True)
class OneOf:
    """In `where`: the field equals one of the values."""

    values: Collection[str]

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


class Reader(Protocol):
    """The documents of a service, over all its partitions."""

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
        """Documents whose fields equal `where` (or hold as OneOf and AllOf say), ascending by `order`, after the id `after`."""


class DatabaseReader:
    """The reader over MongoDB. Sees what is committed; needs no ownership."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
        query = {name: _asked(value) for name, value in (where or {}).items()}
        if kind.copied:
            query["p"] = 0
        if after is not None:
            query.setdefault("id", {"$gt": after})
        with infrastructure():
            cursor = self._database[kind.collection].find(query).sort([(order, 1), ("_id", 1)])
            rows = await (cursor.limit(limit) if limit else cursor).to_list(None)
        return [as_document(kind, row) for row in rows]  # type: ignore[misc]


def _asked(value: Any) -> Any:
    if isinstance(value, OneOf):
        return {"$in": list(value.values)}
    return {"$all": list(value.values)} if isinstance(value, AllOf) else value
