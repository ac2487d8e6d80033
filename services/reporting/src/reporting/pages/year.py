"""The page of a plan year: what was planned, and what came about."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reporting import texts
from reporting.domain.support import Grant
from reporting.pages.language import language_of
from reporting.pages.rendering import BAR, address, is_year, missing, render
from reporting.repository import registers, standings
from reporting.repository.standings import Standing
from reporting.repository.years import YearTable, year_table

SHOWN = 20  # rows of a long table on the page of a year; the rest is on a page of its own


@dataclass(frozen=True, slots=True)
class Bar:
    """A target drawn: the band planned and the bar of the value, in units of the picture."""

    value: int
    band_start: int
    band_width: int

    @classmethod
    def of(cls, standing: Standing) -> "Bar":
        """The longest of value and bounds takes 9 tenths of the width; a value below 0 is drawn as none."""
        value = max(standing.result.value or Fraction(), Fraction())
        lower = max(Fraction(standing.target.lower), Fraction())
        upper = Fraction(standing.target.upper) if standing.target.upper is not None else lower
        scale = max(value, upper, lower) * 10 / 9 or Fraction(1)
        start, end = int(lower / scale * BAR), int(upper / scale * BAR)
        return cls(int(value / scale * BAR), start, max(end - start, 3))


def share_of(part: int, whole: int) -> int:
    """How much of a bar a part of a sum of money fills, in units of the picture; anything above 0 is seen."""
    return 0 if whole == 0 or part == 0 else max(1, min(BAR, part * BAR // whole))


def newest(path: str) -> Callable[[Request, Reader], Awaitable[Response]]:
    """GET of a page without its year: leads to that of the newest plan year."""

    async def show_newest(request: Request, reader: Reader) -> Response:
        years = await standings.plan_years(reader)
        language = language_of(request)
        if not years:
            return render("no_plans.html", language, path=path.replace("/{year}", ""))
        return RedirectResponse(address(path.replace("{year}", str(years[0])), language.code), status_code=307)

    return show_newest


async def show_year(request: Request, reader: Reader) -> Response:
    """GET /pages/{year}: the plan year, with ?lang=en and ?q= for the search."""
    text = request.path_params["year"]
    if not is_year(text):
        return await missing(request)
    year = int(text)
    table = await year_table(reader, year)
    years = sorted({*await standings.plan_years(reader), year}, reverse=True)
    return render(
        "year.html",
        language_of(request),
        path=f"/pages/{year}",
        year=year,
        years=years,
        shown=SHOWN,
        whole=False,
        share_of=share_of,
        **summary(table),
    )


def summary(table: YearTable) -> dict[str, Any]:
    """What the parts of a year's page and of its report are drawn from, beside the table itself."""
    return {
        "table": table,
        "bars": [Bar.of(standing) for standing in table.standings],
        "name_of": registers.name_of,
        "grants_by_state": _by_state(table),
        "used": sum(line.used for line in table.lines),
        "allocated": sum(line.allocated for line in table.lines),
        "paying": sum(line.paying for line in table.lines),
        "available": sum(line.available for line in table.lines),
    }


def _by_state(table: YearTable) -> dict[str, list[Grant]]:
    return {state: [g for g in table.grants if g.state == state] for state in texts.GRANT_STATES}
