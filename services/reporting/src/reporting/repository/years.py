"""A year in one table."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date

from shared.messaging.reader import Reader

from reporting.domain.activities import Activity
from reporting.domain.dossier import Dossier
from reporting.domain.programme import Plan, Scheme
from reporting.domain.register import RecognisedProduct
from reporting.domain.rows import Measure
from reporting.domain.support import BudgetLine, Grant
from reporting.indicators import INDICATORS, Result, Rows
from reporting.repository import ledger
from reporting.repository.activities import activities_of
from reporting.repository.registers import STATES, grants, names_of_enterprises, recognised_products
from reporting.repository.rows import rows_of_year
from reporting.repository.standings import Standing, phases, plans, standings_of, today
from shared import vietnamese


@dataclass(frozen=True, slots=True)
class Count:
    """How many products, of how many enterprises; made where any row behind it is."""

    products: int
    enterprises: int
    made: bool


@dataclass(frozen=True, slots=True)
class YearTable:
    """All that is shown of a year. `names` is enterprise → name, `schemes` is scheme → the scheme,
    `activities` those the requests are for, by id."""

    year: int
    as_of: Date | None
    plans: tuple[Plan, ...]
    standings: tuple[Standing, ...]
    filed: Count
    recognised: Count
    supported_share: Result
    products: tuple[RecognisedProduct, ...]
    turned_down: tuple[Dossier, ...]
    withdrawn: tuple[Dossier, ...]
    grants: tuple[Grant, ...]
    lines: tuple[BudgetLine, ...]
    names: dict[str, str]
    schemes: dict[str, Scheme]
    activities: dict[str, Activity]

    @property
    def empty(self) -> bool:
        """Whether nothing is known of the year at all."""
        return not (self.plans or self.filed.products or self.products or self.grants or self.lines)

    @property
    def made(self) -> bool:
        """Whether anything shown rests on data made for a scenario."""
        parts: Iterable[RecognisedProduct | Grant | BudgetLine | Count] = (
            *self.products,
            *self.grants,
            *self.lines,
            self.filed,
        )
        return any(part.made for part in parts) or any(s.result.made for s in self.standings)

    @property
    def decisions(self) -> tuple[tuple[str, Date], ...]:
        """The decisions the certificates of the year rest on, with their dates, earliest first."""
        return tuple(sorted({(p.decision, p.decided_on) for p in self.products}, key=lambda d: (d[1], d[0])))

    @property
    def states(self) -> dict[str, int]:
        """How many certificates of the year are in each state; states nothing is in are left out."""
        found = Counter(p.state for p in self.products)
        return {state: found[state] for state in STATES if found[state]}

    @property
    def top10(self) -> tuple[RecognisedProduct, ...]:
        """The Top 10 of the year, best first."""
        ranked = [p for p in self.products if p.top10_rank is not None]
        return tuple(sorted(ranked, key=lambda p: p.top10_rank or 0))


async def year_table(reader: Reader, year: int) -> YearTable:
    """Everything about a year."""
    issued, day = await plans(reader, year), await today(reader)
    rows = await rows_of_year(reader, year)
    dossiers = await reader.list(Dossier, {"year": year})
    turned_down, withdrawn = _in_states(dossiers, "rejected", "not-recognised"), _in_states(dossiers, "withdrawn", "replaced")
    asked = await grants(reader, year)
    unnamed: tuple[Dossier | Grant, ...] = (*turned_down, *withdrawn, *(grant for grant in asked if not grant.enterprise_name))
    return YearTable(
        year=year,
        as_of=day,
        plans=tuple(issued),
        standings=tuple(standings_of(issued, rows, await phases(reader, issued, year), year, day)),
        filed=_count(rows, Measure.PRODUCTS_FILED, Measure.ENTERPRISES_FILED),
        recognised=_count(rows, Measure.PRODUCTS_RECOGNISED, Measure.ENTERPRISES_RECOGNISED),
        supported_share=INDICATORS["supported-share"].compute(rows),
        products=tuple(await recognised_products(reader, year)),
        turned_down=turned_down,
        withdrawn=withdrawn,
        grants=tuple(asked),
        lines=tuple(await reader.list(BudgetLine, {"year": year})),
        names=await names_of_enterprises(reader, (one.tax_code for one in unnamed)),
        schemes=await ledger.schemes(reader),
        activities=await activities_of(reader, (grant.activity_id for grant in asked)),
    )


def _in_states(dossiers: Sequence[Dossier], *states: str) -> tuple[Dossier, ...]:
    kept = [d for d in dossiers if d.state in states]
    return tuple(sorted(kept, key=lambda d: (vietnamese.natural_key(d.product_name), d.id)))


def _count(rows: Rows, products: Measure, enterprises: Measure) -> Count:
    made = any(row.made for measure in (products, enterprises) for row in rows[measure, 0])
    return Count(len(rows[products, 0]), len(rows[enterprises, 0]), made)
