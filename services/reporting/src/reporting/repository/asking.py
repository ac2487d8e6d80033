"""A reader that asks each question once: what it was answered, it knows for as long as it lives, which is one request."""

from collections.abc import Collection
from datetime import date as Date
from typing import Any, TypeVar

from shared.messaging.document import Document
from shared.messaging.reader import Between, Days, Reader, Versions

T = TypeVar("T", bound=Document)
Documents = list[T]


class OnceReader:
    """A `Reader` over another. A page puts its parts together from the same questions, and its figures are then of one answer."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[str, Any] = {}
        self._ranges: list[tuple[type[Document], Between, Documents[Any]]] = []
        self._past: dict[Date, OnceReader] = {}

    def as_of(self, day: Date) -> "OnceReader":
        """See Reader."""
        if day not in self._past:
            self._past[day] = OnceReader(self._reader.as_of(day))
        return self._past[day]

    async def get(self, kind: type[T], id: str) -> T | None:
        """See Reader."""
        asked = f"get {kind.collection} {id}"
        if asked not in self._known:
            self._known[asked] = await self._reader.get(kind, id)
        return self._known[asked]  # type: ignore[no-any-return]

    async def list(
        self,
        kind: type[T],
        where: dict[str, Any] | None = None,
        *,
        order: str = "id",
        limit: int | None = None,
        after: str | None = None,
    ) -> list[T]:
        """See Reader; ids between two are not asked for again where they lie between two that were."""
        ids = (where or {}).get("id") if len(where or {}) == 1 and (order, limit, after) == ("id", None, None) else None
        if isinstance(ids, Between):
            return await self._between(kind, ids)
        asked = f"list {kind.collection} {where or {}} {order} {limit} {after!r}"
        if asked not in self._known:
            self._known[asked] = await self._reader.list(kind, where, order=order, limit=limit, after=after)
        return [*self._known[asked]]

    async def _between(self, kind: type[T], ids: Between) -> Documents[T]:
        for known, wide, found in self._ranges:
            if known is kind and wide.first <= ids.first and ids.last <= wide.last:
                return [document for document in found if ids.holds(document.id)]
        found = await self._reader.list(kind, {"id": ids})
        self._ranges.append((kind, ids, found))
        return [*found]

    async def days_changed(self, kind: type[T], where: dict[str, Any] | None = None) -> Days:
        """See Reader."""
        return await self._reader.days_changed(kind, where)

    async def history(self, kind: type[T], ids: Collection[str]) -> Versions[T]:
        """See Reader."""
        return await self._reader.history(kind, ids)
