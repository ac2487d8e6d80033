"""The HTTP interface of reporting: JSON, files, and the pages."""

from collections.abc import Awaitable, Callable

from shared.errors import Infrastructure
from shared.http import Problem
from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from reporting import pages
from reporting.api import cnht, enterprises, files, plans, registers, support, tasks, years
from reporting.pages.day import of_the_moment, reader_for
from reporting.pages.operations import list_operations
from reporting.pages.rendering import refused

Endpoint = Callable[[Request, Reader], Awaitable[Response]]

API: dict[str, Endpoint] = {
    "/plans": plans.list_plans,
    "/plans/{year}": plans.show_plans_of_year,
    "/indicators": plans.list_indicators,
    "/indicators/{code}": plans.show_history,
    "/indicators/{code}/{year}": plans.show_indicator,
    "/tasks": tasks.list_tasks,
    "/tasks/{task_id}": tasks.show_task,
    "/recognised-products": registers.list_products,
    "/recognised-products/{certificate:path}": registers.show_product,
    "/products/{product_id:path}": registers.show_history,
    "/cnht/{year}": cnht.show_publication,
    "/grants": registers.list_grants,
    "/grants/{request:path}": support.show_request,
    "/lines/{year}/{scheme}/movements": support.list_movements,
    "/enterprises": enterprises.list_enterprises,
    "/enterprises/{tax_code}": enterprises.show_enterprise,
    "/years/{year}": years.show_year,
    "/years/{year}/support": support.show_ledger,
    "/years/{year}/lines": support.list_lines,
    "/years/{year}/coverage": support.show_coverage,
    "/years/{year}/activities": support.list_activities,
    "/operations": list_operations,
    "/files/datapackage.json": files.give_data_package,
    "/files/catalog.jsonld": files.give_catalogue,
    "/files/{file}": files.give_file,
}


# How the services run now: of no day, and to be looked at when the database is away too.
OF_THE_MOMENT = frozenset({"/operations", "/pages/operations"})


def routes(reader: Reader) -> list[BaseRoute]:
    """Every route of the service's own: the API, the downloads, the pages."""
    table: dict[str, Endpoint] = {**API, **pages.PAGES, **pages.NO_PAGE}
    return [pages.static(), *(Route(path, _over(reader, path, endpoint), methods=["GET"]) for path, endpoint in table.items())]


def _over(reader: Reader, path: str, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint over what was known on the day asked for by `?on=`, or is known now."""

    async def answer(request: Request) -> Response:
        try:
            on_day = of_the_moment(reader) if path in OF_THE_MOMENT else await reader_for(request, reader)
        except (Problem, Infrastructure, TimeoutError) as problem:
            if path in API:
                raise
            return refused(request, problem)
        return await endpoint(request, on_day)

    return answer
