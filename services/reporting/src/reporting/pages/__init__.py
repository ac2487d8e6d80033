"""The pages: HTML made on the server, in Vietnamese or English, without scripts or outside assets."""

from collections.abc import Awaitable, Callable

from shared.errors import Infrastructure
from shared.http import Problem
from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from reporting.pages import support
from reporting.pages.breakdown import show_breakdown
from reporting.pages.cnht import print_publication, show_publication
from reporting.pages.enterprises import find_enterprise, show_enterprise
from reporting.pages.files import show_files
from reporting.pages.indicators import show_indicator
from reporting.pages.operations import show_operations
from reporting.pages.products import show_certificate, show_product, show_products
from reporting.pages.rendering import missing, refused
from reporting.pages.report import print_report
from reporting.pages.tasks import show_tasks
from reporting.pages.year import newest, show_year

Page = Callable[[Request, Reader], Awaitable[Response]]


def _in_layout(page: Page) -> Page:
    """The page; where what is asked cannot be answered, a page of the same layout says why."""

    async def answer(request: Request, reader: Reader) -> Response:
        try:
            return await page(request, reader)
        except (Problem, Infrastructure, TimeoutError) as problem:
            return refused(request, problem)

    return answer


_PAGES: dict[str, Page] = {
    "/": newest("/pages/{year}"),
    "/pages": newest("/pages/{year}"),
    "/pages/files": show_files,
    "/pages/operations": show_operations,
    "/pages/{year}": show_year,
    "/pages/{year}/report": print_report,
    "/pages/{year}/indicators/{code}": show_indicator,
    "/pages/support": newest("/pages/{year}/support"),
    "/pages/{year}/support": support.show_ledger,
    "/pages/requests/{request:path}": support.show_request,
    "/pages/{year}/lines": support.show_lines,
    "/pages/{year}/lines/{scheme}": support.show_movements,
    "/pages/{year}/coverage": support.show_coverage,
    "/pages/{year}/activities": support.show_activities,
    "/pages/enterprises": find_enterprise,
    "/pages/enterprises/{tax_code}": show_enterprise,
    "/pages/{year}/tasks": show_tasks,
    "/pages/tasks": newest("/pages/{year}/tasks"),
    "/pages/products": show_products,
    "/pages/products/{product_id:path}": show_product,
    "/pages/certificates/{number:path}": show_certificate,
    "/pages/charts": newest("/pages/{year}/charts"),
    "/pages/{year}/charts": show_breakdown,
    "/pages/cnht": newest("/pages/{year}/cnht"),
    "/pages/{year}/cnht": show_publication,
    "/pages/{year}/cnht/print": print_publication,
}
# In the order they are tried: "{" stands after every letter, so an address in words goes before one with a year.
PAGES: dict[str, Page] = {path: _in_layout(page) for path, page in sorted(_PAGES.items())}


async def _missing(request: Request, reader: Reader) -> Response:
    return await missing(request)


# What is asked for last: any other address below /pages.
NO_PAGE: dict[str, Page] = {"/pages/{rest:path}": _missing}


def static() -> BaseRoute:
    """The style sheet and the mark."""
    return Mount("/pages/static", StaticFiles(packages=[("reporting", "static")]))
