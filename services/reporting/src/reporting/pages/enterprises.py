"""The page of an enterprise, and the search that finds it."""

from urllib.parse import quote

from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reporting.domain.rows import FIGURES, Measure
from reporting.pages.language import language_of
from reporting.pages.paging import ROWS
from reporting.pages.rendering import address, missing, render
from reporting.repository import enterprises, standings


async def find_enterprise(request: Request, reader: Reader) -> Response:
    """GET /pages/enterprises?q=&after=: enterprises in Vietnamese order; a page reads what it shows, however many there are."""
    query = request.query_params.get("q", "").strip()[:200]
    after = request.query_params.get("after") or None
    found = await enterprises.search(reader, query, limit=ROWS + 1, after=after)
    return render(
        "enterprises.html",
        language_of(request),
        path="/pages/enterprises" + (f"?after={quote(after)}" if after else ""),
        query=query,
        rows=found[:ROWS],
        next=found[ROWS - 1].tax_code if len(found) > ROWS else None,
        after=after,
    )


async def show_enterprise(request: Request, reader: Reader) -> Response:
    """GET /pages/enterprises/{tax_code}: everything the programme did for it; a former code leads to the page of the present."""
    asked, language = request.path_params["tax_code"], language_of(request)
    code = await enterprises.present_code(reader, asked)
    if code != asked:
        return RedirectResponse(address(f"/pages/enterprises/{code}", language.code), status_code=308)
    found = await enterprises.enterprise_file(reader, code)
    if found.empty:
        return await missing(request)
    years, day = found.result_years, await standings.today(reader)
    listed = [year for year in await standings.plan_years(reader) if found.supplier and found.supplier.in_year(year)]
    if day and found.supplier and found.supplier.in_year(day.year) and day.year not in listed:
        listed.insert(0, day.year)
    return render(
        "enterprise.html",
        language,
        path=f"/pages/enterprises/{code}",
        found=found,
        results=years,
        listed=listed,
        measures=[m.value for m in Measure if m in FIGURES and any(m.value in rows for rows in years.values())],
        in_force=sum(product.state == "in-force" for product in found.products),
    )
