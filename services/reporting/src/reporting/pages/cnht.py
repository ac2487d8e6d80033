"""The yearly publication of the supporting industries (CNHT): on the screen, and whole for printing."""

from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reporting.domain.supporting_industry import missing
from reporting.pages.language import language_of
from reporting.pages.paging import ROWS, page_of
from reporting.pages.rendering import address, is_year, render
from reporting.pages.rendering import missing as no_page
from reporting.repository import cnht, products, standings


async def show_publication(request: Request, reader: Reader) -> Response:
    """GET /pages/{year}/cnht?page=: the publication of a year, its suppliers page by page; ?enterprise= leads to where one is."""
    return await _show(request, reader, whole=False)


async def print_publication(request: Request, reader: Reader) -> Response:
    """GET /pages/{year}/cnht/print: the same on one page, to be printed."""
    return await _show(request, reader, whole=True)


async def _show(request: Request, reader: Reader, *, whole: bool) -> Response:
    text = request.path_params["year"]
    if not is_year(text):
        return await no_page(request)
    year = int(text)
    found = await cnht.publication(reader, year)
    path = f"/pages/{year}/cnht"
    asked = request.query_params.get("enterprise")
    place = next((n for n, supplier in enumerate(found.suppliers) if supplier.tax_code == asked), None)
    if place is not None and not whole:
        page = place // ROWS + 1
        listed = address(path, language_of(request).code, page=page if page > 1 else None)
        return RedirectResponse(f"{listed}#{asked}", status_code=307)
    rows, paging = (found.suppliers, None) if whole else page_of(request, found.suppliers, path)
    return render(
        "cnht.html",
        language_of(request),
        path=f"{path}/print" if whole else path,
        year=year,
        found=found,
        suppliers=rows,
        paging=paging,
        whole=whole,
        missing=missing,
        years=await products.years(reader),
        as_of=await standings.today(reader),
    )
