"""A reader that asks each question once: what it was answered, it knows for as long as it lives, which is one request."""

from collections.abc import Collection
from datetime import date as Date
from typing import Any, TypeVar

from shared.messaging.document import Document
from shared.messaging.reader import Days, Reader, Versions

T = TypeVar("T", bound=Document)


class OnceReader:
    """A `Reader` over another. A page puts its parts together from the same questions, and its figures are then of one answer."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[str, Any] = {}
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
        """See Reader."""
        asked = f"list {kind.collection} {where or {}} {order} {limit} {after!r}"
        if asked not in self._known:
            self._known[asked] = await self._reader.list(kind, where, order=order, limit=limit, after=after)
        return [*self._known[asked]]

    async def days_changed(self, kind: type[T], where: dict[str, Any] | None = None) -> Days:
        """See Reader."""
        return await self._reader.days_changed(kind, where)

    async def history(self, kind: type[T], ids: Collection[str]) -> Versions[T]:
        """See Reader."""
        return await self._reader.history(kind, ids)
