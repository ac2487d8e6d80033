"""The HTTP interface of reporting: JSON, files, and the pages."""

from collections.abc import Awaitable, Callable

from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from reporting import pages
from reporting.api import files, plans, registers, years
from reporting.pages.operations import list_operations

Endpoint = Callable[[Request, Reader], Awaitable[Response]]

API: dict[str, Endpoint] = {
    "/plans": plans.list_plans,
    "/plans/{year}": plans.show_plans_of_year,
    "/indicators": plans.list_indicators,
    "/indicators/{code}/{year}": plans.show_indicator,
    "/recognised-products": registers.list_products,
    "/recognised-products/{certificate}": registers.show_product,
    "/grants": registers.list_grants,
    "/years/{year}": years.show_year,
    "/operations": list_operations,
    "/files/datapackage.json": files.give_data_package,
    "/files/catalog.jsonld": files.give_catalogue,
    "/files/{file}": files.give_file,
}


def routes(reader: Reader) -> list[BaseRoute]:
    """Every route of the service's own: the API, the downloads, the pages."""
    table: dict[str, Endpoint] = {**API, **pages.PAGES, **pages.NO_PAGE}
    return [pages.static(), *(Route(path, _over(reader, endpoint), methods=["GET"]) for path, endpoint in table.items())]


def _over(reader: Reader, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        return await endpoint(request, reader)

    return answer
