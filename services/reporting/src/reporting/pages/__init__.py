"""The pages: HTML made on the server, in Vietnamese or English, without scripts or outside assets."""

from collections.abc import Awaitable, Callable

from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from reporting.pages.rendering import missing
from reporting.pages.year import show_indicator, show_newest, show_year

Page = Callable[[Request, Reader], Awaitable[Response]]

PAGES: dict[str, Page] = {
    "/": show_newest,
    "/pages": show_newest,
    "/pages/{year}": show_year,
    "/pages/{year}/indicators/{code}": show_indicator,
}


async def _missing(request: Request, reader: Reader) -> Response:
    return await missing(request)


# What is asked for last: any other address below /pages.
NO_PAGE: dict[str, Page] = {"/pages/{rest:path}": _missing}


def static() -> BaseRoute:
    """The style sheet and the mark."""
    return Mount("/pages/static", StaticFiles(packages=[("reporting", "static")]))
