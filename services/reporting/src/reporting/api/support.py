"""The support ledger, budget lines, coverage and activities as JSON."""

from typing import get_args

from shared.contracts.reporting import GrantStage
from shared.http import not_found, one_of, page_asked, part_of, whole_number
from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import Response

from reporting import texts
from reporting.api.asked import Answer, Json, year_of
from reporting.domain.activities import Activity, Participation
from reporting.domain.support import BudgetLine, Grant, LineMovement
from reporting.repository import activities, ledger
from reporting.repository.activities import Joined, Reached

STAGES: tuple[GrantStage, ...] = get_args(GrantStage)


async def show_ledger(request: Request, reader: Reader) -> Response:
    """GET /years/{year}/support?state=&scheme=&q=: requests of a budget year with their money, and the sums of all found."""
    asked = request.query_params
    stage = one_of(request, "state", STAGES)
    found = await ledger.ledger(reader, year_of(request), stage=stage, scheme=asked.get("scheme"), query=asked.get("q", ""))
    totals = {name: getattr(found.totals, name) for name in found.totals.__slots__}
    return Answer({**part_of(request, found.grants, grant_json), "totals": totals, "of_all": found.of_all})


async def show_request(request: Request, reader: Reader) -> Response:
    """GET /grants/{request}: a request with its amount step by step, its money, and its story."""
    id = request.path_params["request"]
    found = await ledger.request_file(reader, id)
    if found is None:
        raise not_found(f"Không có đề nghị hỗ trợ {id}; xem /grants?year=.", f"There is no request {id}; see /grants?year=.")
    return Answer(grant_json(found.grant))


async def list_lines(request: Request, reader: Reader) -> Response:
    """GET /years/{year}/lines: budget lines of a year, and their sum."""
    found = await ledger.lines(reader, year_of(request))
    return Answer({"items": [line_json(line) for line in found], "next": None, "total": line_json(ledger.sum_of(found))})


async def list_movements(request: Request, reader: Reader) -> Response:
    """GET /lines/{year}/{scheme}/movements: the moves on a line in their order; `next` is the number of the last one."""
    line = f"{request.path_params['year']}/{request.path_params['scheme']}"
    limit, after = page_asked(request)
    start = whole_number(after, "after", 1, 10**9 - 1) if after else 0
    found = await ledger.movements(reader, line, limit=limit + 1, after=start)
    shown = found[:limit]
    next = str(shown[-1].number) if len(found) > limit else None
    return Answer({"line_id": line, "items": [movement_json(movement) for movement in shown], "next": next})


async def show_coverage(request: Request, reader: Reader) -> Response:
    """GET /years/{year}/coverage: enterprises with a recognition in force in the year, and what reached each."""
    found = await activities.coverage(reader, year_of(request))
    return Answer(
        {
            "year": found.year,
            "enterprises": len(found.enterprises),
            "covered": len(found.covered),
            "missed": len(found.missed),
            "in_kind": len(found.in_kind),
            "made": found.made,
            "items": [reached_json(one) for one in found.enterprises],
            "next": None,
        }
    )


async def list_activities(request: Request, reader: Reader) -> Response:
    """GET /years/{year}/activities: activities of a year, who joined each, and by which criteria."""
    found = await activities.activities(reader, year_of(request))
    return Answer({"items": [joined_json(joined) for joined in found], "next": None})


def grant_json(grant: Grant) -> Json:
    """A request with its amount step by step, or every reason; its money, as on its topic, and every fact of its story."""
    words = texts.STAGES[grant.stage]
    sums = {name: getattr(grant, name) for name in ("to_recover", "recovered", "balance")}
    facts = [fact.model_dump(mode="json", exclude_none=True, exclude={"sequence"}) for fact in grant.facts]
    fields = grant.model_dump(mode="json", exclude={"id", "facts"})
    published = grant.published_state().model_dump(mode="json")
    return {**published, **fields, "stage_text": {"vi": words.vi, "en": words.en}, **sums, "facts": facts}


def line_json(line: BudgetLine) -> Json:
    """A budget line as it stands."""
    return {"line_id": line.id, **line.model_dump(mode="json", exclude={"id"}), "used": line.used}


def movement_json(movement: LineMovement) -> Json:
    """One move on a line."""
    return movement.model_dump(mode="json", exclude={"id"})


def reached_json(one: Reached) -> Json:
    """What reached an enterprise in a year."""
    return {
        "tax_code": one.tax_code,
        "enterprise_name": one.name,
        "covered": one.covered,
        "granted": one.received,
        "requests": [grant.id for grant in one.grants],
        "classes": [activity.id for activity in one.classes],
        "in_kind": [activity.id for activity in one.in_kind],
        "told": [day.isoformat() for day in one.told],
        "made": one.made,
    }


def joined_json(joined: Joined) -> Json:
    """An activity with who joined it."""
    participants = [
        {
            "tax_code": participant.tax_code,
            "enterprise_name": participant.name,
            "requests": [grant.id for grant in participant.grants],
            "attendances": attendances_json(participant.participation),
        }
        for participant in joined.participants
    ]
    return {**activity_json(joined.activity), "learners": joined.learners, "participants": participants}


def activity_json(activity: Activity) -> Json:
    """An activity as announced and changed."""
    return {"activity_id": activity.id, **activity.model_dump(mode="json", exclude={"id"})}


def attendances_json(participation: Participation | None) -> list[Json]:
    """What an enterprise had of an activity without money."""
    return [attendance.model_dump(mode="json") for attendance in participation.attendances] if participation else []
