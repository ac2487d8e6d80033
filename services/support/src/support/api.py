"""The HTTP interface of the support service: requests with their arithmetic, lines, schemes and fairs, as JSON."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from shared.contracts.applications import Reason
from shared.contracts.support import AmountStep
from shared.messaging.reader import Reader
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from support import repository
from support.domain.amounts import dong
from support.domain.requests import Request
from support.domain.scarce import Supply, name_of
from support.domain.schemes import Fair, Scheme

PAGE, LONGEST_PAGE = 100, 500
STATES = ("asking", "waiting", "granted", "declined")
Endpoint = Callable[[HttpRequest], Awaitable[Response]]


@dataclass
class NotAnswered(Exception):
    """A question the interface cannot answer: 400 or 404, and what a person should know."""

    status: int
    slug: str
    vi: str
    en: str


def routes(reader: Reader) -> list[BaseRoute]:
    """The service's own routes, over what `reader` reads."""

    async def grants(request: HttpRequest) -> Response:
        limit, after = page_of(request)
        query = request.query_params
        year = None if "year" not in query else whole_number(query["year"], "year", 2006, 2100)
        found = await repository.grants(
            reader, year=year, state=state_of(request), tax_code=query.get("tax_code"), limit=limit + 1, after=after
        )
        return page([shown_request(r) for r in found], limit)

    async def grant(request: HttpRequest) -> Response:
        id = request.path_params["id"]
        found = await repository.grant(reader, id)
        if found is None:
            raise NotAnswered(404, "not-found", f"Không có yêu cầu {id}; xem /grants.", f"There is no request {id}; see /grants.")
        return JSONResponse({**shown_request(found), "explanation": explanation(found)})

    async def lines(request: HttpRequest) -> Response:
        limit, after = page_of(request)
        return page([shown_line(s) for s in await repository.lines(reader, limit=limit + 1, after=after)], limit)

    async def line(request: HttpRequest) -> Response:
        id = request.path_params["id"]
        found = await repository.line(reader, id)
        if found is None:
            raise NotAnswered(
                404, "not-found", f"Không có dòng ngân sách {id}; xem /lines.", f"There is no line {id}; see /lines."
            )
        return JSONResponse(shown_line(found))

    async def schemes(request: HttpRequest) -> Response:
        limit, after = page_of(request)
        return page([shown_scheme(s) for s in await repository.schemes(reader, limit=limit + 1, after=after)], limit)

    async def fairs(request: HttpRequest) -> Response:
        limit, after = page_of(request)
        found = await repository.fairs(reader, limit=limit + 1, after=after)
        return page([shown_fair(fair, places) for fair, places in found], limit)

    return [
        Route("/grants", answered(grants)),
        Route("/grants/{id:path}", answered(grant)),
        Route("/lines", answered(lines)),
        Route("/lines/{id:path}", answered(line)),
        Route("/schemes", answered(schemes)),
        Route("/fairs", answered(fairs)),
    ]


def answered(endpoint: Endpoint) -> Endpoint:
    """What cannot be answered is said in both languages."""

    @wraps(endpoint)
    async def answer(request: HttpRequest) -> Response:
        try:
            return await endpoint(request)
        except NotAnswered as no:
            return JSONResponse({"slug": no.slug, "vi": no.vi, "en": no.en}, status_code=no.status)

    return answer


# -- the question --------------------------------------------------------------------------------------------------------


def page_of(request: HttpRequest) -> tuple[int, str | None]:
    """`?limit=` (1 to 500, 100 by default) and `?after=`, the id of the last item of the page before."""
    limit = whole_number(request.query_params.get("limit", str(PAGE)), "limit", 1, LONGEST_PAGE)
    return limit, request.query_params.get("after")


def whole_number(text: str, name: str, least: int, most: int) -> int:
    """The number a query parameter asks for."""
    if text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most:
        return int(text)
    raise NotAnswered(
        400,
        f"{name}-not-valid",
        f"{name}={text} không hợp lệ; hãy dùng số từ {least} đến {most}.",
        f"{name}={text} is not valid; use a number from {least} to {most}.",
    )


def state_of(request: HttpRequest) -> str | None:
    """`?state=`, one of those a request can have."""
    state = request.query_params.get("state")
    if state is None or state in STATES:
        return state
    known = ", ".join(STATES)
    vi, en = f"Không có trạng thái {state}; hãy dùng một trong: {known}.", f"There is no state {state}; use one of: {known}."
    raise NotAnswered(400, "state-not-known", vi, en)


# -- the answer ----------------------------------------------------------------------------------------------------------


def page(items: list[dict[str, Any]], limit: int) -> Response:
    """One page; `next` is what `?after=` goes on from, null on the last page. `items` has one more where there is one."""
    return JSONResponse({"items": items[:limit], "next": items[limit - 1]["id"] if len(items) > limit else None})


def shown_request(request: Request) -> dict[str, Any]:
    """A request: `wanted` is the amount by the rules, `granted` what was granted, đồng."""
    vi, en = request.waiting_text()
    hidden = {"version", "answered", "activity", "things", "taken"}
    return {
        **request.model_dump(mode="json", exclude=hidden),
        "scheme_version": request.version.version,
        "legal_text": request.version.legal_text,
        "line_id": request.line_id,
        "waits": {"vi": vi, "en": en} if request.waits_for else None,
    }


def explanation(request: Request) -> dict[str, list[str]]:
    """How the request came to stand where it stands, sentence by sentence."""
    version, waits = request.version, request.waiting_text()
    vi = [f"Áp dụng chính sách {version.name_vi}, phiên bản {version.version} ({version.legal_text})."]
    en = [f"Decided by scheme {version.name_en}, version {version.version} ({version.legal_text})."]
    said: tuple[AmountStep | Reason, ...] = (*request.steps, *request.reasons)
    vi += [sentence.vi for sentence in said]
    en += [sentence.en for sentence in said]
    if request.state == "granted":
        vi.append(f"Được hỗ trợ {dong(request.granted, 'vi')}.")
        en.append(f"Granted {dong(request.granted, 'en')}.")
    elif request.state == "declined":
        vi.append("Không được hỗ trợ.")
        en.append("Declined.")
    elif request.waits_for:
        vi.append(waits[0])
        en.append(waits[1])
    else:
        vi.append("Đang kiểm tra hoá đơn, chỗ và ngân sách.")
        en.append("Its invoices, place and budget are being checked.")
    return {"vi": vi, "en": en}


def shown_line(line: Supply) -> dict[str, Any]:
    """The state of a budget line, đồng, with its queue from the head."""
    return {
        "id": name_of(line.id),
        "allocated": line.total,
        "reserved": line.taken,
        "available": line.left,
        "queue": [claim.model_dump() for claim in line.queue],
    }


def shown_scheme(scheme: Scheme) -> dict[str, Any]:
    """A scheme and its versions, earliest first."""
    return scheme.model_dump(mode="json")


def shown_fair(fair: Fair, places: Supply | None) -> dict[str, Any]:
    """A fair: places announced, taken and left, and who stands in line."""
    taken, queue = (places.taken, places.queue) if places else (0, ())
    waiting = [claim.model_dump(include={"request_id", "tax_code"}) for claim in queue]
    state = {"id": fair.id, "taken": taken, "left": fair.places - taken, "queue": waiting}
    return {**fair.announced.model_dump(mode="json"), **state}
