"""Declared figures of the made rounds: those of the recognised sum to what was published, the split is made."""

from collections.abc import Sequence

from shared.contracts.portal import YearFigures

from chuluc.scenario.cast import Enterprise, Product
from chuluc.scenario.made import BILLION, drawn, split
from chuluc.scenario.rounds.published import Published

MADE_REVENUE, MADE_EXPORTS_USD = 600 * BILLION, 8_000_000
"""What a recognised product has on average where no sum was published: made."""


def declared(said: Published, cast: Sequence[Enterprise]) -> dict[str, tuple[YearFigures, YearFigures]]:
    """Figures of the two years before the round, by product id.

    The published sums (about; 2025 says that they are of the year before) are taken for those of the year before.
    """
    recognised = [p for e in cast for p in e.recognised_products]
    revenue = said.revenue_vnd or MADE_REVENUE * len(recognised)
    exports_usd = said.exports_usd or MADE_EXPORTS_USD * len(recognised)
    revenues = split(revenue, [20 + drawn(20, said.year, "revenue", p.id) for p in recognised], unit=BILLION)
    exports = split(exports_usd, [4 + drawn(6, said.year, "exports", p.id) for p in recognised], unit=1000)
    made = {p.id: (r, x) for p, r, x in zip(recognised, revenues, exports, strict=True)}
    made |= {p.id: _of_others(p) for e in cast for p in e.products if p.fate != "recognised"}
    return {id: _two_years(said.year, id, *figures) for id, figures in made.items()}


def _of_others(product: Product) -> tuple[int, int]:
    """Too little where that is why it fails, enough otherwise: đồng and USD."""
    poor = product.fate in ("ineligible", "two-reasons")
    return ((60 if poor else 160) + drawn(20, "revenue", product.id)) * BILLION, 1_500_000


def _two_years(round_year: int, id: str, revenue: int, exports_usd: int) -> tuple[YearFigures, YearFigures]:
    before = 88 + drawn(8, round_year, "before", id)
    return (
        YearFigures(year=round_year - 2, revenue=revenue * before // 100, exports_usd=exports_usd * before // 100),
        YearFigures(year=round_year - 1, revenue=revenue, exports_usd=exports_usd),
    )
