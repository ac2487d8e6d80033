"""The HTTP interface of the applications service: what it knows, as JSON, page by page."""

from shared.messaging.reader import Reader
from starlette.routing import BaseRoute

from applications.api.dossiers import dossier_routes
from applications.api.enterprises import enterprise_routes
from applications.api.registers import register_routes
from applications.api.rounds import round_routes


def routes(reader: Reader) -> list[BaseRoute]:
    """The service's own routes, over what `reader` reads."""
    return [*dossier_routes(reader), *enterprise_routes(reader), *round_routes(reader), *register_routes(reader)]
