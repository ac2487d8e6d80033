"""The HTTP interface of the support service: requests with their arithmetic, lines, schemes and fairs, as JSON."""

from typing import Any

from shared.contracts.applications import Reason
from shared.contracts.department import SchemeIssued
from shared.contracts.support import AmountStep
from shared.http import as_json, not_found, one_of, page, page_asked, part_of, whole_number
from shared.messaging.reader import Reader
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from support import repository
from support.domain.amounts import dong
from support.domain.lines import SUMS, Line
from support.domain.requests import Request
from support.domain.scarce import Supply
from support.domain.scheme_changes import changes
from support.domain.schemes import Fair, Scheme

STATES = ("asking", "queued", "granted", "declined")
YEARS = (2006, 2100)  # as the contract of a plan has it


def routes(reader: Reader) -> list[BaseRoute]:
    """The service's own routes, over what `reader` reads."""

    async def grants(request: HttpRequest) -> Response:
        limit, after = page_asked(request)
        query = request.query_params
        year = None if "year" not in query else whole_number(query["year"], "year", *YEARS)
        found = await repository.grants(
            reader,
            year=year,
            state=one_of(request, "state", STATES),
            tax_code=query.get("tax_code"),
            limit=limit + 1,
            after=after,
        )
        return page([shown_request(r) for r in found], limit)

    async def grant(request: HttpRequest) -> Response:
        id = request.path_params["id"]
        found = await repository.grant(reader, id)
        if found is None:
            raise not_found(f"Không có đề nghị hỗ trợ {id}; xem /grants.", f"There is no request {id}; see /grants.")
        return JSONResponse({**shown_request(found), "explanation": explanation(found)})

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

    async def schemes(request: HttpRequest) -> Response:
        limit, after = page_asked(request)
        return page([as_json(s) for s in await repository.schemes(reader, limit=limit + 1, after=after)], limit)

    async def scheme(request: HttpRequest) -> Response:
        return JSONResponse(as_json(await _scheme(request)))

    async def scheme_changes(request: HttpRequest) -> Response:
        found = await _scheme(request)
        before, after = (_version(found, request, name) for name in ("from", "to"))
        return JSONResponse({"from": before.version, "to": after.version, "changes": changes(before, after)})

    async def _scheme(request: HttpRequest) -> Scheme:
        id = request.path_params["id"]
        found = await repository.scheme(reader, id)
        if found is None:
            raise not_found(f"Không có chính sách {id}; xem /schemes.", f"There is no scheme {id}; see /schemes.")
        return found

    async def fairs(request: HttpRequest) -> Response:
        limit, after = page_asked(request)
        found = await repository.fairs(reader, limit=limit + 1, after=after)
        return page([shown_fair(fair, places) for fair, places in found], limit)

    return [
        Route("/grants", grants),
        Route("/grants/{id:path}", grant),
        Route("/lines", lines),
        Route("/lines/totals", totals),
        Route("/lines/{id:path}/movements", movements),
        Route("/lines/{id:path}", line),
        Route("/schemes", schemes),
        Route("/schemes/{id:path}/changes", scheme_changes),
        Route("/schemes/{id:path}", scheme),
        Route("/fairs", fairs),
    ]


def _version(scheme: Scheme, request: HttpRequest, name: str) -> SchemeIssued:
    """The version a parameter names; 404 where the scheme has none of that name, which a missing one is too."""
    wanted = request.query_params.get(name, "")
    for version in scheme.versions:
        if version.version == wanted:
            return version
    known = ", ".join(version.version for version in scheme.versions)
    vi = f"{name}={wanted[:40]}: chính sách {scheme.id} không có phiên bản này; các phiên bản: {known}."
    raise not_found(vi, f"{name}={wanted[:40]}: scheme {scheme.id} has no such version; its versions: {known}.")


def shown_request(request: Request) -> dict[str, Any]:
    """A request: `wanted` is the amount by the rules, `granted` what was granted, đồng."""
    vi, en = request.waiting_text()
    hidden = {"version", "answered", "activity", "things", "taken", "caps", "lacks_papers", "listed", "needs_recognition"}
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
    vi += [_quoted(sentence.vi, sentence) for sentence in said]
    en += [_quoted(sentence.en, sentence) for sentence in said]
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
        vi.append("Đang kiểm tra hóa đơn, chỗ và ngân sách.")
        en.append("Its invoices, place and budget are being checked.")
    return {"vi": vi, "en": en}


def _quoted(text: str, sentence: AmountStep | Reason) -> str:
    """A step of the arithmetic names the clause it rests on."""
    clause = sentence.clause if isinstance(sentence, AmountStep) else None
    return f"{text.removesuffix('.')} ({clause})." if clause else text


def shown_line(line: Line) -> dict[str, Any]:
    """The state of a budget line, đồng, with its queue from the head; `unanswered` left for a line that has not answered."""
    shown = {name: getattr(line, name) for name in ("plan_id", *SUMS, "unanswered")}
    return {"id": line.line_id, **shown, "queue": [claim.model_dump() for claim in line.queue]}


def shown_fair(fair: Fair, places: Supply | None) -> dict[str, Any]:
    """A fair: places announced, taken and left, and who stands in line."""
    taken, queue = (places.taken, places.queue) if places else (0, ())
    waiting = [claim.model_dump(include={"request_id", "tax_code"}) for claim in queue]
    state = {"id": fair.id, "taken": taken, "left": fair.places - taken, "queue": waiting}
    return {**fair.announced.model_dump(mode="json"), **state}
