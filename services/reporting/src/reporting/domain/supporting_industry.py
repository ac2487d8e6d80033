"""Supporting industries (CNHT) as the yearly publication shows them: suppliers, buyers' demands, clusters, standards.

Each document keeps what was said of its thing with the moment it was said, so that the publication of a year is as of the
end of that year, whenever it is read.
"""

from collections.abc import Iterable
from datetime import date as Date
from datetime import datetime
from decimal import Decimal
from typing import Self

from pydantic import BaseModel, ConfigDict
from shared.contracts.clusters import ClusterState
from shared.contracts.demand import SupplierMatch
from shared.contracts.registers import Capability, StandardHeld
from shared.contracts.reporting import Ground
from shared.contracts.supporting_industry import Standard
from shared.messaging.document import Document

from reporting.domain.rows import Measure

DEMANDS_BEFORE = 1  # years before a publication whose demands may still stand in it


class Listing(BaseModel):
    """What the register said of a supplier at a moment; `listed` is false from the day it left."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: datetime
    on: Date
    event_id: str
    listed: bool
    name: str | None = None
    sectors: tuple[str, ...] = ()
    capabilities: tuple[Capability, ...] = ()
    standards: tuple[StandardHeld, ...] = ()
    international: bool = False
    confirmed_on: Date | None = None
    reason: str | None = None
    listed_under: str | None = None
    made: bool = False


class Supplier(Document, collection="suppliers", by_day=True):
    """An enterprise of the register of supporting industries, with all the register said of it; id is its tax code.

    It has been counted for the years up to `counted_to`.
    """

    listings: tuple[Listing, ...] = ()
    counted_to: int = 0

    def told(self, news: Listing) -> Self:
        """The supplier with one more thing said of it; of two said at one moment the later heard counts."""
        return self.but(listings=tuple(sorted((*self.listings, news), key=lambda listing: listing.at)))

    def in_year(self, year: int) -> Listing | None:
        """How it stood at the end of a year; None where it was not listed then."""
        said = [listing for listing in self.listings if listing.on.year <= year]
        return said[-1] if said and said[-1].listed else None

    @property
    def listed(self) -> bool:
        """Whether it is on the register now."""
        return bool(self.listings) and self.listings[-1].listed

    def counted_up_to(self, year: int) -> Self:
        """The supplier when a year has begun; years that were counted stay counted."""
        return self.but(counted_to=max([self.counted_to, year, *(listing.on.year for listing in self.listings)]))

    def grounds(self) -> tuple[Ground, ...]:
        """What it counts for: each year at whose end, or in the running one now, it is on the register.

        An entry that is new, or confirmed anew, counts from its confirmation, which may be told in the year after.
        """
        held, before = [], None
        for listing in self.listings:
            anew = listing.listed and (before is None or not before.listed or before.confirmed_on != listing.confirmed_on)
            held.append(((listing.confirmed_on if anew else None) or listing.on, listing))
            before = listing
        found: list[Ground] = []
        for year in range(min((day.year for day, _ in held), default=self.counted_to + 1), self.counted_to + 1):
            said = [listing for day, listing in held if day.year <= year]
            if said and said[-1].listed:
                measures = (Measure.SUPPORTING_ENTERPRISES, Measure.SUPPORTING_INTERNATIONAL)[: 1 + said[-1].international]
                found += (self._ground(measure, year, said[-1]) for measure in measures)
        return tuple(found)

    def _ground(self, measure: Measure, year: int, listing: Listing) -> Ground:
        return Ground(measure=measure.value, year=year, about=self.id, event_id=listing.event_id, made=listing.made)


class Matched(BaseModel):
    """Suppliers of one part of the register that match, as one event said."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    event_id: str
    suppliers: tuple[SupplierMatch, ...]


class Demand(Document, collection="demands", by_day=True, found_by=("year",)):
    """What a buyer asks of suppliers, and who matched; id is the demand's. It has no buyer until it is known as posted.

    `matches` are each of one part of the register; the parts together are all.
    """

    year: int | None = None
    buyer: str | None = None
    sector: str = ""
    product: str = ""
    standards: tuple[str, ...] = ()
    capacity: Decimal = Decimal()
    unit: str = ""
    posted_on: Date | None = None
    until: Date | None = None
    closed_on: Date | None = None
    made: bool = False
    event_id: str = ""
    matches: tuple[Matched, ...] = ()

    @property
    def last_day(self) -> Date | None:
        """The last day it stands: as posted, or the day its buyer closed it."""
        days = [day for day in (self.until, self.closed_on) if day is not None]
        return min(days, default=None)

    def stands_in(self, year: int) -> bool:
        """Whether it was posted by the end of a year and stood at any day of it."""
        last = self.last_day
        return self.posted_on is not None and last is not None and self.posted_on.year <= year <= last.year

    @property
    def matched(self) -> tuple[SupplierMatch, ...]:
        """The suppliers that meet everything asked, then near misses."""
        everyone = [match for said in self.matches for match in said.suppliers]
        return tuple(sorted(everyone, key=lambda match: (missing(match), match.tax_code)))


class ClusterOnDay(BaseModel):
    """What a cluster is from a day on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: Date
    name: str
    district: str
    area: Decimal
    state: ClusterState
    started_on: Date | None
    made: bool
    event_id: str


class Cluster(Document, collection="clusters", by_day=True):
    """An industrial cluster (cụm công nghiệp) with all its states; id is the cluster's."""

    states: tuple[ClusterOnDay, ...] = ()

    def told(self, news: ClusterOnDay) -> Self:
        """The cluster with one more state; a later word on the same day replaces the earlier."""
        others = (state for state in self.states if state.on != news.on)
        return self.but(states=tuple(sorted((*others, news), key=lambda state: state.on)))

    def grounds(self) -> tuple[Ground, ...]:
        """What it counts for: itself and its area, in the year its building began, as last said."""
        last = self.states[-1] if self.states else None
        if last is None or last.started_on is None:
            return ()
        facts = {"year": last.started_on.year, "about": self.id, "event_id": last.event_id, "made": last.made, "note": last.name}
        one = Ground.model_validate({**facts, "measure": Measure.CLUSTERS_STARTED.value})
        area = Ground.model_validate({**facts, "measure": Measure.CLUSTERS_AREA.value, "value": last.area})
        return one, area

    def in_year(self, year: int) -> ClusterOnDay | None:
        """What it was at the end of a year; None where it was not known to be one by then."""
        return next((state for state in reversed(self.states) if state.on.year <= year), None)


class StandardsList(Document, collection="standards-lists", by_day=True):
    """Which standards count as international, from a day on; id is the list's."""

    effective_from: Date
    standards: tuple[Standard, ...]
    legal_text: str
    event_id: str


def missing(match: SupplierMatch) -> int:
    """How many of the things asked a supplier does not meet; 0 is a match, more a near miss."""
    return sum(not reason.met for reason in match.reasons)


def list_of_year(lists: Iterable[StandardsList], year: int) -> StandardsList | None:
    """The list in force at the end of a year: the last to take effect; of two of one day the one with the later id."""
    by_then = [known for known in lists if known.effective_from.year <= year]
    return max(by_then, key=lambda known: (known.effective_from, known.id), default=None)
