"""The pages of support: the ledger of a year, one request, budget lines with their moves, coverage, and activities."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from shared.http import one_of, whole_number
from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import Response

from reporting import texts
from reporting.domain.support import BudgetLine, Grant
from reporting.pages import charts
from reporting.pages.charts import Item
from reporting.pages.language import Language, language_of
from reporting.pages.paging import ROWS, page_of
from reporting.pages.rendering import is_year, missing, render
from reporting.repository import activities, ledger, standings

# The parts a line is made of, in the order of a grant's life; what is available is the rest.
PARTS = ("paid", "paying", "committed", "on_reserve", "available")


async def show_ledger(request: Request, reader: Reader) -> Response:
    """GET /pages/{year}/support?state=&scheme=&q=&page=: requests of a budget year with their money."""
    text = request.path_params["year"]
    if not is_year(text):
        return await missing(request)
    year, query = int(text), request.query_params.get("q", "").strip()[:200]
    stage = one_of(request, "state", tuple(texts.STAGES)) if request.query_params.get("state") else None
    scheme = request.query_params.get("scheme") or None
    found = await ledger.ledger(reader, year, stage=stage, scheme=scheme, query=query)
    asked = urlencode({name: value for name, value in (("state", stage), ("scheme", scheme)) if value})
    path = f"/pages/{year}/support" + (f"?{asked}" if asked else "")
    rows, paging = page_of(request, found.grants, path)
    return render(
        "ledger.html",
        language_of(request),
        path=path,
        year=year,
        query=query,
        years=await _years(reader, year),
        found=found,
        rows=rows,
        paging=paging,
        stage=stage,
        scheme=scheme,
    )


async def show_request(request: Request, reader: Reader) -> Response:
    """GET /pages/requests/{request}: one request, with its amount step by step and its story."""
    found = await ledger.request_file(reader, request.path_params["request"])
    if found is None:
        return await missing(request)
    path = f"/pages/requests/{found.grant.id}"
    return render("request.html", language_of(request), path=path, year=found.grant.year, found=found, grant=found.grant)


async def show_lines(request: Request, reader: Reader) -> Response:
    """GET /pages/{year}/lines: how every budget line of a year stands, and whether the ledger agrees with it."""
    text = request.path_params["year"]
    if not is_year(text):
        return await missing(request)
    year, language = int(text), language_of(request)
    lines = await ledger.lines(reader, year)
    grants = (await ledger.ledger(reader, year)).grants
    return render(
        "lines.html",
        language,
        path=f"/pages/{year}/lines",
        year=year,
        years=await _years(reader, year),
        schemes=await ledger.schemes(reader),
        **of_lines(lines, grants, language),
    )


def of_lines(lines: Sequence[BudgetLine], grants: Sequence[Grant], language: Language) -> dict[str, Any]:
    """What the table of budget lines is drawn from: their sum, their parts, and those the ledger does not agree with."""
    held: dict[str, int] = defaultdict(int)
    for grant in grants:
        held[grant.line_id or ""] += grant.money.held
    return {
        "lines": lines,
        "total": ledger.sum_of(lines),
        "drawn": [charts.stacked(_parts(line, language)) for line in lines],
        "legend": [language.text(name if name not in ("paid", "paying") else f"amount_{name}") for name in PARTS],
        "differing": [(line, held[line.id]) for line in lines if held[line.id] != line.used],
    }


async def show_movements(request: Request, reader: Reader) -> Response:
    """GET /pages/{year}/lines/{scheme}?after=: the moves of one line in their order, page by page."""
    text = request.path_params["year"]
    line = await reader.get(BudgetLine, f"{text}/{request.path_params['scheme']}")
    if not is_year(text) or line is None:
        return await missing(request)
    year, language = int(text), language_of(request)
    after = whole_number(request.query_params.get("after", "0"), "after", 0, 10**9 - 1)
    found = await ledger.movements(reader, line.id, limit=ROWS, after=after)
    return render(
        "movements.html",
        language,
        path=f"/pages/{line.id}".replace(f"/{year}/", f"/{year}/lines/") + (f"?after={after}" if after else ""),
        year=year,
        above=[(language.text("lines"), f"/pages/{year}/lines")],
        line=line,
        schemes=await ledger.schemes(reader),
        movements=found,
        first=after + 1,
        last=after + len(found),
    )


async def show_coverage(request: Request, reader: Reader) -> Response:
    """GET /pages/{year}/coverage?which=: whom support reached of those it should reach, and who was missed."""
    text = request.path_params["year"]
    if not is_year(text):
        return await missing(request)
    year, language = int(text), language_of(request)
    which = one_of(request, "which", ("missed", "covered")) or "missed"
    found = await activities.coverage(reader, year)
    path = f"/pages/{year}/coverage" + ("?which=covered" if which == "covered" else "")
    rows, paging = page_of(request, found.covered if which == "covered" else found.missed, path)
    parts = [
        Item(language.text(name), len(some), language.number(len(some)), path=link, made=any(one.made for one in some))
        for name, some, link in (
            ("covered", found.covered, f"/pages/{year}/coverage?which=covered"),
            ("missed", found.missed, f"/pages/{year}/coverage"),
        )
    ]
    return render(
        "coverage.html",
        language,
        path=path,
        year=year,
        years=await _years(reader, year),
        found=found,
        which=which,
        rows=rows,
        paging=paging,
        parts=charts.stacked(parts),
    )


async def show_activities(request: Request, reader: Reader) -> Response:
    """GET /pages/{year}/activities: activities of a year, who joined each, and by which criteria."""
    text = request.path_params["year"]
    if not is_year(text):
        return await missing(request)
    year = int(text)
    path = f"/pages/{year}/activities"
    rows, paging = page_of(request, await activities.activities(reader, year), path)
    years = await _years(reader, year)
    return render("activities.html", language_of(request), path=path, year=year, years=years, rows=rows, paging=paging)


async def _years(reader: Reader, year: int) -> list[int]:
    return sorted({*await standings.plan_years(reader), year}, reverse=True)


def _parts(line: BudgetLine, language: Language) -> list[Item]:
    amounts = (line.paid, line.paying, line.committed, line.reserved, line.available)
    return [Item(name, amount, language.money(amount)) for name, amount in zip(PARTS, amounts, strict=True)]
