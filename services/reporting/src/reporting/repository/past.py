"""What was known at the end of a past day, and what has changed since then."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from typing import Any, NamedTuple, TypeVar

from shared.messaging.document import Document
from shared.messaging.reader import Days, Reader, Versions

from reporting.domain.programme import TODAY, BusinessDay
from reporting.domain.rows import Contribution
from reporting.indicators import Indicator, Result
from reporting.repository import standings

T = TypeVar("T", bound=Document)


class PastReader:
    """A `Reader` of what was known at the end of a day; it is that day in it, so that what runs by the day is held against it."""

    def __init__(self, reader: Reader, begun: BusinessDay, day: Date) -> None:
        """`begun` is the newest day there is, which knows the first."""
        self._reader, self._begun = reader.as_of(day), begun
        self._today = begun.but(date=day)

    def as_of(self, day: Date) -> "PastReader":
        """See Reader."""
        return PastReader(self._reader, self._begun, day)

    async def get(self, kind: type[T], id: str) -> T | None:
        """See Reader."""
        if kind is BusinessDay:
            return self._today if id == TODAY else None  # type: ignore[return-value]
        return await self._reader.get(kind, id)

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
        return await self._reader.list(kind, where, order=order, limit=limit, after=after)

    async def days_changed(self, kind: type[T], where: dict[str, Any] | None = None) -> Days:
        """See Reader."""
        return await self._reader.days_changed(kind, where)

    async def history(self, kind: type[T], ids: Collection[str]) -> Versions[T]:
        """See Reader."""
        return await self._reader.history(kind, ids)


async def reader_on(reader: Reader, day: Date) -> PastReader | None:
    """The reader of a day; None where nothing was known at its end, because no day had begun."""
    begun = await reader.get(BusinessDay, TODAY)
    return PastReader(reader, begun, day) if begun is not None and begun.first <= day else None


class Change(NamedTuple):
    """A row of an indicator that came, went, or stands otherwise: what it was and what it is."""

    then: Contribution | None
    now: Contribution | None

    @property
    def row(self) -> Contribution:
        """The row as it is, or as it was before it went."""
        found = self.now or self.then
        assert found is not None
        return found

    @property
    def kind(self) -> str:
        """`came`, `went` or `changed`."""
        if self.then is None:
            return "came"
        return "went" if self.now is None else "changed"


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of an indicator after the end of a day: its value then, and every row that makes the difference."""

    since: Date
    then: Result
    rows: Sequence[Change]


async def changes(reader: Reader, indicator: Indicator, year: int, now: Result, since: Date | None) -> Changes | None:
    """What changed an indicator after a day, or after the day before; None where it is no day yet."""
    today = await standings.today(reader)
    if today is None:
        return None
    day = since or today - timedelta(days=1)
    past = await reader_on(reader, day)
    then = await standings.result_of(past, indicator, year) if past else Result(None, ())
    before, after = ({row.id: row for row in result.rows} for result in (then, now))
    found = (Change(before.get(id), after.get(id)) for id in sorted(before.keys() | after.keys()))
    return Changes(day, then, tuple(change for change in found if change.then is None or _differs(change)))


def _differs(change: Change) -> bool:
    """Whether the row says anything else than it said; which grounds stand behind an unchanged presence is no change."""
    then, now = change
    if then is None or now is None:
        return True
    return (then.value, then.event_id, then.made) != (now.value, now.event_id, now.made)


class Correction(NamedTuple):
    """A figure that was reported and replaced: the day it was known, None where that was before the first day."""

    day: Date | None
    value: Any
    event_id: str
    made: bool


async def corrections(reader: Reader, rows: Sequence[Contribution]) -> dict[str, tuple[Correction, ...]]:
    """What figures were before they were reported again, by row, the first report first; one question, whatever their number.

    A row that was reported once has none.
    """
    corrected = [row for row in rows if row.earlier]
    versions = await reader.history(Contribution, [row.id for row in corrected]) if corrected else []
    days: dict[str, dict[str, Date]] = defaultdict(dict)
    for version in versions:
        for ground in version.grounds:
            # A figure replaced on the day it came was never what a day left; it came on the day of the one after it.
            for event_id in (*(e.event_id for e in ground.earlier), ground.event_id):
                days[version.id].setdefault(event_id, version.kept_since)
    return {row.id: _corrections(row, days[row.id]) for row in corrected}


def _corrections(row: Contribution, days: dict[str, Date]) -> tuple[Correction, ...]:
    known = ((days.get(figure.event_id, Date.min), figure) for figure in row.earlier)
    return tuple(Correction(day if day > Date.min else None, f.value, f.event_id, f.made) for day, f in known)
