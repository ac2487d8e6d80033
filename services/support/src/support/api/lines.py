"""Budget lines with their history and sums, over HTTP."""

from typing import Any

from shared.http import as_json, not_found, page, page_asked, part_of, whole_number
from shared.messaging.reader import Reader
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from support import repository
from support.domain.lines import SUMS, Line


def line_routes(reader: Reader) -> list[BaseRoute]:
    """Budget lines, each with its moves, and the sums by plan and year."""

    async def lines(request: HttpRequest) -> Response:
        limit, after = page_asked(request)
        return page([shown_line(s) for s in await repository.lines(reader, limit=limit + 1, after=after)], limit)

    async def line(request: HttpRequest) -> Response:
        id = request.path_params["id"]
        found = await repository.line(reader, id)
        if found is None:
            raise not_found(f"Không có dòng ngân sách {id}; xem /lines.", f"There is no budget line {id}; see /lines.")
        return JSONResponse(shown_line(found))

    async def movements(request: HttpRequest) -> Response:
        limit, after = page_asked(request)
        number = whole_number(after or "0", "after", 0, 999_999_999)
        line_id = request.path_params["id"]
        found = await repository.movements(reader, line_id, limit=limit + 1, after=number)
        return page([as_json(m) | {"id": str(m.number)} for m in found], limit)

    async def totals(request: HttpRequest) -> Response:
        found = await repository.totals(reader, request.query_params.get("plan_id"))
        return JSONResponse(part_of(request, found, as_json))

    return [
        Route("/lines", lines),
        Route("/lines/totals", totals),
        Route("/lines/{id:path}/movements", movements),
        Route("/lines/{id:path}", line),
    ]


def shown_line(line: Line) -> dict[str, Any]:
    """The state of a budget line, đồng, with its queue from the head; `unanswered` left for a line that has not answered.

    Until `allocates_on`, where that is given, the queue is in order of arrival and nobody is served.
    """
    shown = {name: getattr(line, name) for name in ("plan_id", *SUMS, "unanswered")}
    day = line.allocates_on and line.allocates_on.isoformat()
    queue = [claim.model_dump(mode="json") for claim in line.queue]
    return {"id": line.line_id, **shown, "allocates_on": day, "queue": queue}
