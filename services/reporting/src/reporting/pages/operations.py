"""The operators' page: how events flow through each service, as each instance says of itself."""

from typing import TYPE_CHECKING

from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from reporting.pages.language import language_of
from reporting.pages.rendering import render

if TYPE_CHECKING:
    from reporting.pages.flow import Flow


async def show_operations(request: Request, reader: Reader) -> Response:
    """GET /pages/operations: lag, waiting, dead letters and refusals of each service, now."""
    return render("operations.html", language_of(request), path="/pages/operations", flow=await _flow(request))


async def list_operations(request: Request, reader: Reader) -> Response:
    """GET /operations: the same as JSON."""
    flow = await _flow(request)
    items = [
        {"service": i.service, "address": i.address, "state": i.state, **i.figures, "why": i.why, "said": i.said}
        for i in flow.instances
    ]
    return JSONResponse({"items": items, "next": None})


async def _flow(request: Request) -> "Flow":
    from reporting.pages.flow import flow_of  # noqa: PLC0415 - it asks over httpx, a tenth of a second that no start waits for

    settings = getattr(request.app.state, "settings", None)
    return await flow_of(settings.services if settings else {})
