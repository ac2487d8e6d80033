"""Reading documents for people and systems: never used by a handler."""

from typing import Any, Protocol, TypeVar

from shared.messaging.document import Document
from shared.messaging.generations import current, named
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
    """The reader over MongoDB. Sees what is committed; needs no ownership.

    `rebuilt`: the documents may be built anew while it reads, and it follows to the new ones.
    """

    def __init__(self, database: Database, *, rebuilt: bool = False) -> None:
        self._database = database
        self._rebuilt = rebuilt
        self._generation = 0

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
        while True:
            generation = self._generation
            with infrastructure():
                cursor = self._database[named(kind.collection, generation)].find(query).sort([(order, 1), ("_id", 1)])
                rows = await (cursor.limit(limit) if limit else cursor).to_list(None)
            # Asked after the rows were read: collections are dropped only when another generation is the current one.
            if await self._is_current(generation):
                return [as_document(kind, row) for row in rows]  # type: ignore[misc]

    async def _is_current(self, generation: int) -> bool:
        if self._rebuilt:
            self._generation = await current(self._database)
        return self._generation == generation
