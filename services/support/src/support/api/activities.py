"""Activities with their places, who joined them, overlaps with what agencies support, and whom support reached, over HTTP."""

from typing import Any

from shared.http import as_json, not_found, one_of, page, page_asked, part_of, whole_number
from shared.messaging.reader import Reader
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from support import repository
from support.domain.activities import PlannedActivity
from support.domain.places import Places
from support.domain.reports import FoundOverlap

OVERLAP_STATES = ("open", "resolved")
COVERAGE_STATES = ("uncovered", "covered")
YEARS = (2006, 2100)  # as the contract of a plan has it


def activity_routes(reader: Reader) -> list[BaseRoute]:
    """Activities of the plan, participations, overlaps and coverage."""

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
        Route("/activities", activities),
        Route("/activities/{id:path}", activity),
        Route("/participations", participations),
        Route("/overlaps", overlaps),
        Route("/coverage", coverage),
    ]


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
