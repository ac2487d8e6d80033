"""Recognised products by industry and by district: of a year, and over the years."""

from collections.abc import Sequence

from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import Response

from reporting.pages import charts
from reporting.pages.charts import Item, Series
from reporting.pages.language import Language, language_of
from reporting.pages.rendering import address, is_year, missing, render
from reporting.repository import products, standings
from reporting.repository.products import Found, Tally, Wanted, tally

YEARS_SHOWN = 8  # up to the year of the page


async def show_breakdown(request: Request, reader: Reader) -> Response:
    """GET /pages/{year}/charts: recognised products by industry and by district, in the year and over the years up to it."""
    text = request.path_params["year"]
    if not is_year(text):
        return await missing(request)
    year, language = int(text), language_of(request)
    known = await products.years(reader)
    shown = sorted(one for one in {*known, year} if year - YEARS_SHOWN < one <= year)
    by_year = {one: await products.find(reader, Wanted(year=one)) for one in shown}
    of_year = by_year[year].products
    districts = tally(of_year, "district")
    return render(
        "charts.html",
        language,
        path=f"/pages/{year}/charts",
        year=year,
        years=known,
        by_industry=charts.stacked(_items(tally(of_year, "industry"), language, year, "industry")),
        by_district=charts.bars(_items(districts, language, year, "district")),
        over_years=_totals(by_year, language),
        industries=_over_years(by_year, language),
        made=any(product.made for found in by_year.values() for product in found.products),
        left_out=any(found.left_out for found in by_year.values()),
        bound=products.LOOKED_AT,
        as_of=await standings.today(reader),
    )


def _items(tallies: Sequence[Tally], language: Language, year: int, field: str) -> list[Item]:
    return [
        Item(
            _label(row.of, language, field),
            row.products,
            language.number(row.products),
            address("/pages/products", "vi", year=year, **{field: row.of}) if row.of else None,
            row.made,
        )
        for row in tallies
    ]


def _label(of: str | None, language: Language, field: str) -> str:
    if of is None:
        return language.text("district_unknown")
    return language.word("INDUSTRIES", of) if field == "industry" else of


def _totals(by_year: dict[int, Found], language: Language) -> charts.Years:
    """Certificates and their enterprises, a year with none as a gap: nothing was decided in it."""
    certificates = [len(found.products) for found in by_year.values()]
    holders = [len({p.granted.tax_code for p in found.products}) for found in by_year.values()]
    series = ((language.text("products_count"), certificates), (language.text("enterprises_count"), holders))
    return charts.over_years(list(by_year), [_series(label, values, language) for label, values in series])


def _over_years(by_year: dict[int, Found], language: Language) -> charts.Columns:
    """Certificates of each industry; one with none in a year in which others have some stands at 0."""
    tallies = {year: {row.of: row.products for row in tally(found.products, "industry")} for year, found in by_year.items()}
    total = {industry: sum(row.get(industry, 0) for row in tallies.values()) for row in tallies.values() for industry in row}
    order = sorted(total, key=lambda industry: (-total[industry], str(industry)))
    return charts.columns(
        list(by_year),
        [
            Series(
                language.word("INDUSTRIES", str(industry)),
                tuple((row.get(industry, 0), language.number(row.get(industry, 0))) if row else None for row in tallies.values()),
            )
            for industry in order
        ],
    )


def _series(label: str, values: Sequence[int], language: Language) -> Series:
    return Series(label, tuple((value, language.number(value)) if value else None for value in values))
