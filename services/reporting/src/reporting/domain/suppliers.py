"""Who is on the list of the supporting industries (CNHT) when a year ends, and clusters by the year their building began."""

from datetime import date as Date
from typing import Self

from pydantic import BaseModel, ConfigDict
from shared.contracts.reporting import Ground
from shared.messaging.document import Document

from reporting.domain.rows import Measure


class Entry(BaseModel):
    """How an enterprise stood on the list from a day on, and the event that says so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: Date
    event_id: str
    listed: bool
    confirmed_on: Date | None = None
    international: bool = False
    made: bool = False


class ListedSupplier(Document, collection="listed-suppliers"):
    """What the list said of an enterprise, in order, and up to which year it has been counted; id is its tax code."""

    entries: tuple[Entry, ...] = ()
    counted_to: int = 0

    @property
    def listed(self) -> bool:
        """Whether it is on the list now."""
        return bool(self.entries) and self.entries[-1].listed

    def with_entry(self, entry: Entry) -> Self:
        """The enterprise after one more entry.

        An entry of an enterprise that is new on the list, or confirmed anew, holds from its confirmation; any other change
        from the day it was told.
        """
        last = self.entries[-1] if self.entries else None
        anew = entry.listed and (last is None or not last.listed or last.confirmed_on != entry.confirmed_on)
        if anew and entry.confirmed_on is not None:
            entry = entry.model_copy(update={"on": entry.confirmed_on})
        counted_to = max(self.counted_to, entry.on.year)
        return self.but(entries=(*self.entries, entry), counted_to=counted_to)

    def counted_up_to(self, year: int) -> Self:
        """The enterprise when a later year has begun; years that were counted stay counted."""
        return self.but(counted_to=max(self.counted_to, year))

    def grounds(self) -> tuple[Ground, ...]:
        """What it counts for: each year at whose end, or in the running one now, it is on the list."""
        found: list[Ground] = []
        first = min((entry.on.year for entry in self.entries), default=self.counted_to + 1)
        for year in range(first, self.counted_to + 1):
            said = [entry for entry in self.entries if entry.on.year <= year]
            if said and said[-1].listed:
                found.append(self._ground(Measure.SUPPORTING_ENTERPRISES, year, said[-1]))
                if said[-1].international:
                    found.append(self._ground(Measure.SUPPORTING_INTERNATIONAL, year, said[-1]))
        return tuple(found)

    def _ground(self, measure: Measure, year: int, entry: Entry) -> Ground:
        return Ground(measure=measure.value, year=year, about=self.id, event_id=entry.event_id, made=entry.made)


class StartedCluster(Document, collection="started-clusters"):
    """In which year the building of a cluster began, as last said; id is the cluster's."""

    year: int
