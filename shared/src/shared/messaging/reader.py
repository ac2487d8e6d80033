"""Reading documents for people and systems: never used by a handler."""

from typing import Any, Protocol, TypeVar

from shared.messaging.document import Document
from shared.messaging.rows import as_document
from shared.mongo import Database, infrastructure

T = TypeVar("T", bound=Document)


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
        """Documents whose fields equal `where`, ascending by `order`, those after the id `after`."""


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
        query = dict(where or {})
        if kind.copied:
            query["p"] = 0
        if after is not None:
            query.setdefault("id", {"$gt": after})
        with infrastructure():
            cursor = self._database[kind.collection].find(query).sort([(order, 1), ("_id", 1)])
            rows = await (cursor.limit(limit) if limit else cursor).to_list(None)
        return [as_document(kind, row) for row in rows]  # type: ignore[misc]
