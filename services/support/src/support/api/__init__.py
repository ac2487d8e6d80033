"""The HTTP interface of the support service: requests and their grants, lines, schemes, activities, as JSON."""

from shared.messaging.reader import Reader
from starlette.routing import BaseRoute

from support.api.activities import activity_routes
from support.api.grants import grant_routes
from support.api.lines import line_routes
from support.api.schemes import scheme_routes


def routes(reader: Reader) -> list[BaseRoute]:
    """The service's own routes, over what `reader` reads."""
    return [*grant_routes(reader), *line_routes(reader), *scheme_routes(reader), *activity_routes(reader)]
