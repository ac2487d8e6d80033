"""The yearly publication of the supporting industries (CNHT): suppliers, demands with who matched, clusters."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shared.messaging.reader import Reader

from reporting.domain.supporting_industry import (
    DEMANDS_BEFORE,
    Cluster,
    ClusterOnDay,
    Demand,
    Listing,
    StandardsList,
    Supplier,
    list_of_year,
)
from reporting.repository.standings import today
from shared import vietnamese

MOST = 5_000  # suppliers of one publication; the register has about a thousand


@dataclass(frozen=True, slots=True)
class Listed:
    """A supplier as it stood at the end of the year."""

    tax_code: str
    entry: Listing

    @property
    def name(self) -> str:
        """Its name, its code before the registers have named it."""
        return self.entry.name or self.tax_code


@dataclass(frozen=True, slots=True)
class Publication:
    """All that is published of a year. `clusters` are (id, state at the end of the year)."""

    year: int
    suppliers: tuple[Listed, ...]
    demands: tuple[Demand, ...]
    clusters: tuple[tuple[str, ClusterOnDay], ...]
    standards: StandardsList | None

    @property
    def empty(self) -> bool:
        """Whether nothing is known of the year."""
        return not (self.suppliers or self.demands or self.clusters)

    @property
    def made(self) -> bool:
        """Whether anything of it was made for a scenario."""
        things = (*(s.entry.made for s in self.suppliers), *(d.made for d in self.demands), *(c.made for _, c in self.clusters))
        return any(things)

    @property
    def international(self) -> int:
        """How many suppliers hold a standard that counts as international."""
        return sum(supplier.entry.international for supplier in self.suppliers)

    @property
    def hectares(self) -> Decimal:
        """Of all clusters together."""
        return sum((state.area for _, state in self.clusters), Decimal())

    @property
    def started(self) -> int:
        """Clusters where building has begun by the end of the year."""
        return sum(state.state in ("started", "operating") for _, state in self.clusters)

    def name_of(self, standard: str, language: str) -> str:
        """The name of a standard, its code where the list of the year has none."""
        known = {entry.standard: entry for entry in self.standards.standards} if self.standards else {}
        return str(getattr(known[standard], f"name_{language}")) if standard in known else standard


async def publication(reader: Reader, year: int) -> Publication:
    """The publication of a year: the register as it stood at its end, the demands that stood in it, the clusters.

    Empty for a year that has not begun: how the register stands now says nothing about it.
    """
    day = await today(reader)
    if day is not None and day.year < year:
        return Publication(year, (), (), (), None)
    return Publication(
        year=year,
        suppliers=tuple(await suppliers(reader, year)),
        demands=tuple(await demands(reader, year)),
        clusters=tuple(await clusters(reader, year)),
        standards=list_of_year(await reader.list(StandardsList), year),
    )


async def suppliers(reader: Reader, year: int) -> Sequence[Listed]:
    """The suppliers listed at the end of a year, in Vietnamese order of their names: the whole register is what is published."""
    found = [(s.id, s.in_year(year)) for s in await reader.list(Supplier, limit=MOST)]
    listed = [Listed(tax_code, entry) for tax_code, entry in found if entry is not None]
    return sorted(listed, key=lambda s: (vietnamese.natural_key(s.name), s.tax_code))


async def demands(reader: Reader, year: int) -> Sequence[Demand]:
    """The demands that stood in a year, in the order they were posted."""
    found = [d for back in range(DEMANDS_BEFORE + 1) for d in await reader.list(Demand, {"year": year - back}, limit=MOST)]
    return sorted((d for d in found if d.stands_in(year)), key=lambda d: (str(d.posted_on), vietnamese.natural_key(d.id)))


async def clusters(reader: Reader, year: int) -> Sequence[tuple[str, ClusterOnDay]]:
    """The clusters known by the end of a year, in Vietnamese order of district and name; a city has about a hundred."""
    found = [(cluster.id, cluster.in_year(year)) for cluster in await reader.list(Cluster, limit=MOST)]
    known = [(id, state) for id, state in found if state is not None]
    return sorted(known, key=lambda c: [vietnamese.natural_key(text) for text in (c[1].district, c[1].name, c[0])])
