"""What the HTTP interface asks of the documents: registers by year, indicators with their rows, and a year in one table.

Totals are sums made here, on reading; nothing is stored twice. Names are put in Vietnamese order here too: no database
order knows where đ stands.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import get_args

from shared.contracts.department import Target
from shared.contracts.reporting import RecognitionState
from shared.messaging.reader import Reader

from reporting.domain.dossier import Dossier
from reporting.domain.enterprise import Enterprise, enterprise_key
from reporting.domain.programme import TODAY, BusinessDay, Plan, Scheme
from reporting.domain.register import RecognisedProduct
from reporting.domain.rows import Contribution, Measure
from reporting.domain.support import BudgetLine, Grant
from reporting.indicators import INDICATORS, Indicator, Input, Result, Rows, Status, exceeds, status, unknown
from shared import vietnamese

STATES: tuple[RecognitionState, ...] = get_args(RecognitionState)
# What a whole year is computed from; each is read once.
ALL_INPUTS = tuple(dict.fromkeys(wanted for indicator in INDICATORS.values() for wanted in indicator.inputs))


@dataclass(frozen=True, slots=True)
class Standing:
    """An indicator of a year against the target of a plan."""

    plan: Plan
    target: Target
    indicator: Indicator
    result: Result
    status: Status

    @property
    def exceeded(self) -> bool:
        """Whether the value is above the upper bound of the target."""
        return exceeds(self.result.value, self.target)


@dataclass(frozen=True, slots=True)
class Count:
    """How many products, of how many enterprises; made where any row behind it is."""

    products: int
    enterprises: int
    made: bool


@dataclass(frozen=True, slots=True)
class YearTable:
    """All that is shown of a year. `names` is enterprise → name, `schemes` is scheme → the scheme."""

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


async def today(reader: Reader) -> Date | None:
    """The day the figures are as of; None before the first day was heard of."""
    day = await reader.get(BusinessDay, TODAY)
    return day.date if day else None


async def plans(reader: Reader, year: int | None = None) -> list[Plan]:
    """Plans, of one year or all, newest first."""
    found = await reader.list(Plan, None if year is None else {"year": year})
    return sorted(found, key=lambda plan: (plan.year, plan.date, plan.id), reverse=True)


async def recognised_products(
    reader: Reader, year: int | None, query: str = "", state: str | None = None
) -> list[RecognisedProduct]:
    """Certificates of a year (or all) and in a state (or any), in Vietnamese order of the product's name.

    Every word of the query is in each.
    """
    asked = {"year": year, "state": state}
    found = await reader.list(RecognisedProduct, {name: value for name, value in asked.items() if value is not None})
    wanted = [p for p in found if vietnamese.found(query, p.product_name, p.enterprise_name, p.id)]
    return sorted(wanted, key=lambda p: (vietnamese.sort_key(p.product_name), p.id))


async def grants(reader: Reader, year: int | None) -> list[Grant]:
    """Requests for support of a year (or all), in Vietnamese order of the enterprise's name, then by request."""
    found = await reader.list(Grant, None if year is None else {"year": year})
    return sorted(found, key=lambda g: (vietnamese.sort_key(g.enterprise_name or g.tax_code), g.id))


async def result_of(reader: Reader, indicator: Indicator, year: int) -> Result:
    """The value of one indicator in a year and the rows it rests on, in the order of their ids."""
    result = indicator.compute(await _rows(reader, indicator.inputs, year))
    return Result(result.value, tuple(sorted(result.rows, key=lambda row: row.id)))


async def standings(reader: Reader, year: int) -> list[Standing]:
    """Every target of every plan of the year with its value and status, in the order of the plans' words."""
    return _standings(await plans(reader, year), await _rows(reader, ALL_INPUTS, year), year, await today(reader))


async def year_table(reader: Reader, year: int) -> YearTable:
    """Everything about a year."""
    issued, day = await plans(reader, year), await today(reader)
    rows = await _rows(reader, ALL_INPUTS, year)
    dossiers = await reader.list(Dossier, {"year": year})
    return YearTable(
        year=year,
        as_of=day,
        plans=tuple(issued),
        standings=tuple(_standings(issued, rows, year, day)),
        filed=_count(rows, Measure.PRODUCTS_FILED, Measure.ENTERPRISES_FILED),
        recognised=_count(rows, Measure.PRODUCTS_RECOGNISED, Measure.ENTERPRISES_RECOGNISED),
        supported_share=INDICATORS["supported-share"].compute(rows),
        products=tuple(await recognised_products(reader, year)),
        turned_down=_in_states(dossiers, "rejected", "not-recognised"),
        withdrawn=_in_states(dossiers, "withdrawn", "replaced"),
        grants=tuple(await grants(reader, year)),
        lines=tuple(await reader.list(BudgetLine, {"year": year})),
        names={enterprise.id: enterprise.name for enterprise in await reader.list(Enterprise)},
        schemes={scheme.id: scheme for scheme in await reader.list(Scheme)},
    )


def name_of(names: dict[str, str], tax_code: str) -> str | None:
    """The name of the enterprise behind a tax code, where it is known."""
    return names.get(enterprise_key(tax_code))


async def names_of(reader: Reader, rows: Iterable[Contribution]) -> dict[str, str]:
    """What rows are about, for people: the name of an enterprise, or of the product of a certificate or dossier."""
    enterprises = {enterprise.id: enterprise.name for enterprise in await reader.list(Enterprise)}
    found: dict[str, str] = {}
    for row in rows:
        if row.measure is Measure.PRODUCTS_RECOGNISED:
            product = await reader.get(RecognisedProduct, row.about)
            name = product.product_name if product else None
        else:
            name = name_of(enterprises, row.about)
        if name is not None:
            found[row.id] = name
    return found


def _in_states(dossiers: Sequence[Dossier], *states: str) -> tuple[Dossier, ...]:
    kept = [d for d in dossiers if d.state in states]
    return tuple(sorted(kept, key=lambda d: (vietnamese.sort_key(d.product_name), d.id)))


def _standings(issued: Iterable[Plan], rows: Rows, year: int, day: Date | None) -> list[Standing]:
    found: list[Standing] = []
    for plan in issued:
        for target in plan.targets:
            indicator = INDICATORS.get(target.indicator) or unknown(target)
            result = indicator.compute(rows)
            how = status(result.value, target, year=year, today=day, grows=indicator.grows)
            found.append(Standing(plan, target, indicator, result, how))
    return found


async def _rows(reader: Reader, inputs: Iterable[Input], year: int) -> dict[Input, list[Contribution]]:
    return {
        (measure, offset): await reader.list(Contribution, {"measure": measure.value, "year": year + offset})
        for measure, offset in inputs
    }


def _count(rows: Rows, products: Measure, enterprises: Measure) -> Count:
    made = any(row.made for measure in (products, enterprises) for row in rows[measure, 0])
    return Count(len(rows[products, 0]), len(rows[enterprises, 0]), made)
