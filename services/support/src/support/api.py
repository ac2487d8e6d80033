"""The HTTP interface of the support service: requests with their arithmetic, lines, schemes and activities, as JSON."""

from typing import Any

from shared.contracts.applications import Reason
from shared.contracts.support import AmountStep
from shared.http import as_json, not_found, one_of, page, page_asked, part_of, whole_number
from shared.messaging.reader import Reader
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from support import repository
from support.domain.activities import PlannedActivity
from support.domain.amounts import dong
from support.domain.places import Places
from support.domain.reports import FoundOverlap
from support.domain.requests import Request
from support.domain.scarce import Supply, name_of

STATES = ("asking", "queued", "granted", "declined")
OVERLAP_STATES = ("open", "resolved")
COVERAGE_STATES = ("uncovered", "covered")
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

    async def schemes(request: HttpRequest) -> Response:
        limit, after = page_asked(request)
        return page([as_json(s) for s in await repository.schemes(reader, limit=limit + 1, after=after)], limit)

    async def activities(request: HttpRequest) -> Response:
        limit, after = page_asked(request)
        found = await repository.activities(reader, limit=limit + 1, after=after)
        return page([shown_activity(activity, places) for activity, places in found], limit)

    async def activity(request: HttpRequest) -> Response:
        id = request.path_params["id"]
        found = await repository.activity(reader, id)
        if found is None:
            raise not_found(f"Không có hoạt động {id}; xem /activities.", f"There is no activity {id}; see /activities.")
        places, held = await repository.places_of(reader, id), await repository.held_class(reader, id)
        in_kind = await repository.participations(reader, tax_code=None, activity_id=id, limit=None, after=None)
        who = {
            "joined": [seat.model_dump(mode="json") for seat in places.taken],
            "in_kind": [as_json(participation) for participation in in_kind],
            "learners": len(held.learners) if held else 0,
        }
        return JSONResponse({**shown_activity(found, places), **who})

    async def participations(request: HttpRequest) -> Response:
        limit, after = page_asked(request)
        asked = {name: request.query_params.get(name) for name in ("tax_code", "activity_id")}
        found = await repository.participations(reader, **asked, limit=limit + 1, after=after)
        return page([as_json(participation) for participation in found], limit)

    async def overlaps(request: HttpRequest) -> Response:
        limit, after = page_asked(request)
        state, tax_code = one_of(request, "state", OVERLAP_STATES), request.query_params.get("tax_code")
        found = await repository.overlaps(reader, state=state, tax_code=tax_code, limit=limit + 1, after=after)
        return page([shown_overlap(overlap) for overlap in found], limit)

    async def coverage(request: HttpRequest) -> Response:
        year = whole_number(request.query_params.get("year", ""), "year", *YEARS)
        state = one_of(request, "state", COVERAGE_STATES) or "uncovered"
        found = await repository.coverage(reader, year)
        covered = [c for c in found if c.covered]
        listed = covered if state == "covered" else [c for c in found if not c.covered]
        counts = {"year": year, "recognised": len(found), "covered": len(covered), "uncovered": len(found) - len(covered)}
        return JSONResponse({**counts, "state": state, **part_of(request, listed, as_json)})

    return [
        Route("/grants", grants),
        Route("/grants/{id:path}", grant),
        Route("/lines", lines),
        Route("/lines/{id:path}", line),
        Route("/schemes", schemes),
        Route("/activities", activities),
        Route("/activities/{id:path}", activity),
        Route("/participations", participations),
        Route("/overlaps", overlaps),
        Route("/coverage", coverage),
    ]


def shown_request(request: Request) -> dict[str, Any]:
    """A request: `wanted` is the amount by the rules, `granted` what was granted, đồng."""
    vi, en = request.waiting_text()
    hidden = {"version", "answered", "activity", "things", "taken", "asked_at", "allocates_on"}
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
        vi.append("Đang kiểm tra hóa đơn, chỗ và ngân sách.")
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


def shown_activity(activity: PlannedActivity, places: Places) -> dict[str, Any]:
    """An activity: its days, places and criteria as they stand, how many places are taken and left, and who stands in line."""
    total, taken = activity.places, len(places.taken)
    return {
        **activity.announced.model_dump(mode="json", exclude={"activity_id"}),
        "id": activity.id,
        "cancelled": activity.cancelled and activity.cancelled.model_dump(mode="json", include={"cancelled_on", "reason"}),
        "taken": taken,
        "left": None if total is None else total - taken,
        "waiting": [seat.model_dump(mode="json") for seat in places.queue],
    }


def shown_overlap(overlap: FoundOverlap) -> dict[str, Any]:
    """An overlap with what was found in words; amounts in đồng."""
    vi, en = overlap.text
    return {**as_json(overlap), "vi": vi, "en": en}
