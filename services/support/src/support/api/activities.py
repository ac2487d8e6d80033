"""Fairs with their places, over HTTP."""

from typing import Any

from shared.http import page, page_asked
from shared.messaging.reader import Reader
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from support import repository
from support.domain.scarce import Supply
from support.domain.schemes import Fair


def activity_routes(reader: Reader) -> list[BaseRoute]:
    """Fairs, each with who stands in line."""

    async def fairs(request: HttpRequest) -> Response:
        limit, after = page_asked(request)
        found = await repository.fairs(reader, limit=limit + 1, after=after)
        return page([shown_fair(fair, places) for fair, places in found], limit)

    return [Route("/fairs", fairs)]


def shown_fair(fair: Fair, places: Supply | None) -> dict[str, Any]:
    """A fair: places announced, taken and left, and who stands in line."""
    taken, queue = (places.taken, places.queue) if places else (0, ())
    waiting = [claim.model_dump(include={"request_id", "tax_code"}) for claim in queue]
    state = {"id": fair.id, "taken": taken, "left": fair.places - taken, "queue": waiting}
    return {**fair.announced.model_dump(mode="json"), **state}
