"""The HTTP interface of the scoring service: rounds, rankings and certificates as JSON. No score is shown before closing."""

from datetime import date, datetime
from typing import Any

from shared.contracts.council import Member
from shared.http import Problem, as_json, not_found, one_of, page, page_asked, whole_number
from shared.messaging.reader import Reader
from shared.messaging.unit import HANOI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from scoring import repository
from scoring.domain.assessment import Assessment
from scoring.domain.changes import changes as between
from scoring.domain.criteria import CriteriaSet
from scoring.domain.ranking import Ranking
from scoring.domain.recognition import Recognition
from scoring.repository import RoundState


def routes(reader: Reader) -> list[BaseRoute]:
    """The service's own routes, over what `reader` reads."""

    async def rounds(request: Request) -> Response:
        limit, after = page_asked(request)
        return page([as_json(r) for r in await repository.rounds(reader, limit=limit + 1, after=after)], limit)

    async def round_(request: Request) -> Response:
        state = await round_asked(reader, request)
        return JSONResponse(round_as_json(state))

    async def ranking(request: Request) -> Response:
        id, version = request.path_params["id"], request.query_params.get("version")
        number = None if version is None else whole_number(version, "version", 1, 9999)
        found = await repository.ranking(reader, id, number)
        if found is None:
            vi = f"Đợt {id} chưa có bảng xếp hạng này; xem /rounds/{id} để biết còn thiếu gì."
            raise not_found(vi, f"Round {id} has no such ranking yet; see /rounds/{id} for what is missing.")
        return JSONResponse(ranking_as_json(found))

    async def publication(request: Request) -> Response:
        id = request.path_params["id"]
        found = await repository.publication(reader, id)
        if found is None:
            vi = f"Kết quả đợt {id} chưa được công bố để góp ý; xem /rounds/{id}."
            raise not_found(vi, f"The result of round {id} is not published for comment; see /rounds/{id}.")
        return JSONResponse(as_json(found))

    async def decision(request: Request) -> Response:
        id = request.path_params["id"]
        found = await repository.decision(reader, id)
        if found is None:
            vi = f"Đợt {id} chưa có quyết định của Thành phố; xem /rounds/{id}."
            raise not_found(vi, f"The city has not decided on round {id}; see /rounds/{id}.")
        return JSONResponse(as_json(found))

    async def objections(request: Request) -> Response:
        limit, after = page_asked(request)
        found = await repository.objections(reader, request.path_params["id"], limit=limit + 1, after=after)
        return page([as_json(o) for o in found], limit)

    async def appeals(request: Request) -> Response:
        limit, after = page_asked(request)
        found = await repository.appeals(reader, request.path_params["id"], limit=limit + 1, after=after)
        return page([as_json(a) for a in found], limit)

    async def recognitions(request: Request) -> Response:
        limit, after = page_asked(request)
        asked = {"round_id": request.query_params.get("round"), "tax_code": request.query_params.get("tax_code")}
        found = await repository.recognitions(reader, **asked, limit=limit + 1, after=after)
        return page([as_json(r) for r in found], limit)

    async def recognition(request: Request) -> Response:
        number, day = request.path_params["certificate"], day_asked(request)
        found = await repository.recognition(reader, number)
        if found is None:
            vi = f"Không có giấy chứng nhận {number}; xem /recognitions."
            raise not_found(vi, f"There is no certificate {number}; see /recognitions.")
        return JSONResponse(recognition_as_json(found, day))

    return [
        Route("/rounds", rounds),
        *scoring_routes(reader),
        Route("/rounds/{id:path}/ranking", ranking),
        Route("/rounds/{id:path}/publication", publication),
        Route("/rounds/{id:path}/objections", objections),
        Route("/rounds/{id:path}/decision", decision),
        Route("/rounds/{id:path}/appeals", appeals),
        Route("/rounds/{id:path}", round_),
        Route("/recognitions", recognitions),
        Route("/recognitions/{certificate:path}", recognition),
        *criteria_routes(reader),
    ]


def scoring_routes(reader: Reader) -> list[BaseRoute]:
    """What the Council and its secretariat ask of a round: dossiers, what is missing, and after closing every score."""

    async def missing(request: Request) -> Response:
        limit, after = page_asked(request)
        state = await round_asked(reader, request)
        return page(behind(after, missing_as_json(state))[: limit + 1], limit)

    async def dossiers(request: Request) -> Response:
        limit, after = page_asked(request)
        council = one_of(request, "as", ("council", "department")) == "council"
        state = await round_asked(reader, request)
        found = await repository.dossiers(reader, state.round.id, limit=limit + 1, after=after)
        if not found:  # there may be no criteria yet
            return page([], limit)
        criteria = await repository.round_criteria(reader, state.round)
        show = [dossier_for_council(d, criteria.of(d.industry)) if council else dossier_as_json(d) for d in found]
        return page(show, limit)

    async def scores(request: Request) -> Response:
        limit, after = page_asked(request)
        id, asked = request.path_params["id"], request.query_params.get("dossier", "")
        state = await round_asked(reader, request)
        if state.round.closed_on is None or state.round.reopening(asked):
            vi = f"Điểm của đợt {id} được giữ kín đến khi đóng chấm điểm; xem /rounds/{id}/missing để biết còn thiếu gì."
            en = f"The scores of round {id} are sealed until scoring closes; see /rounds/{id}/missing for what is missing."
            raise Problem(409, "scores-sealed", vi, en)
        found = await repository.dossier(reader, id, asked)
        if found is None:
            vi = f"Đợt {id} không có hồ sơ {asked[:40]}; hãy hỏi với ?dossier= là mã hồ sơ, xem /rounds/{id}/dossiers."
            raise not_found(vi, f"Round {id} has no dossier {asked[:40]}; ask with ?dossier=, see /rounds/{id}/dossiers.")
        return page(behind(after, history_as_json(found))[: limit + 1], limit)

    return [
        Route("/rounds/{id:path}/missing", missing),
        Route("/rounds/{id:path}/dossiers", dossiers),
        Route("/rounds/{id:path}/scores", scores),
    ]


def criteria_routes(reader: Reader) -> list[BaseRoute]:
    """Criteria sets, and what changed between two of them."""

    async def criteria(request: Request) -> Response:
        limit, after = page_asked(request)
        return page([as_json(c) for c in await repository.criteria_sets(reader, limit=limit + 1, after=after)], limit)

    async def criteria_set(id: str) -> CriteriaSet:
        found = await repository.criteria_set(reader, id)
        if found is None:
            raise not_found(f"Không có bộ tiêu chí {id}; xem /criteria.", f"There is no criteria set {id}; see /criteria.")
        return found

    async def one_set(request: Request) -> Response:
        found = await criteria_set(request.path_params["id"])
        return JSONResponse({**as_json(found), "maximum": str(found.maximum)})

    async def changes(request: Request) -> Response:
        a, b = await criteria_set(request.path_params["a"]), await criteria_set(request.path_params["b"])
        return JSONResponse({"from": a.id, "to": b.id, "changes": [c.model_dump(mode="json") for c in between(a, b)]})

    return [
        Route("/criteria", criteria),
        Route("/criteria/{a:path}/changes/{b:path}", changes),
        Route("/criteria/{id:path}", one_set),
    ]


async def round_asked(reader: Reader, request: Request) -> RoundState:
    """The round of the address; 404 where it is not there."""
    id = request.path_params["id"]
    state = await repository.round_state(reader, id)
    if state is None:
        raise not_found(f"Không có đợt {id}; xem /rounds.", f"There is no round {id}; see /rounds.")
    return state


def round_as_json(state: RoundState) -> dict[str, Any]:
    """A round, where it stands, and each score that is missing, with the members it is missing from."""
    return {
        **state.round.model_dump(mode="json"),
        "status": state.round.status,
        "council": [_member(member) for member in state.council.members] if state.council else None,
        "missing": [lack.model_dump(mode="json") for lack in state.missing],
        "due": state.due.isoformat() if state.due else None,
        "days_late": state.days_late,
    }


def _member(member: Member) -> dict[str, Any]:
    """A member without the list of enterprises the member has an interest in, which is not for everybody."""
    return member.model_dump(mode="json", exclude={"interests"})


def behind(after: str | None, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What follows the last item of the page before; that one may be gone by now."""
    return [item for item in items if after is None or item["id"] > after]


def missing_as_json(state: RoundState) -> list[dict[str, Any]]:
    """Each gap by dossier and criterion: from whom, due when, and how many business days late."""
    late = {"due": state.due.isoformat() if state.due else None, "days_late": state.days_late}
    gaps = [{"id": f"{m.application_id}/{m.criterion}", **m.model_dump(mode="json"), **late} for m in state.missing]
    return sorted(gaps, key=lambda gap: str(gap["id"]))


def dossier_as_json(assessment: Assessment) -> dict[str, Any]:
    """A dossier as the department sees it: everything but its points, which the ranking shows after closing."""
    shown = assessment.model_dump(mode="json", exclude={"scores", "computed"})
    return {**shown, "state": assessment.state}


def dossier_for_council(assessment: Assessment, criteria: CriteriaSet) -> dict[str, Any]:
    """A dossier as a member sees it; where the set is blind, nothing that names the enterprise.

    A product can carry its maker's name, and who is recused points at it: neither is shown then.
    """
    named = {"enterprise_name", "tax_code", "product_id", "product_name"}
    hidden = {"scores", "computed", "recused", "made", *(named if criteria.blind else ())}
    shown = assessment.model_dump(mode="json", exclude=hidden)
    return {**shown, "state": assessment.state, "criteria_id": criteria.id, "blind": criteria.blind}


def history_as_json(assessment: Assessment) -> list[dict[str, Any]]:
    """Every version of every score, oldest first, numbered; `void` says why it does not count."""
    return [{"id": f"{n:06d}", **change.model_dump(mode="json")} for n, change in enumerate(assessment.history(), start=1)]


def ranking_as_json(ranking: Ranking) -> dict[str, Any]:
    """The places, best first, and the Top 10."""
    return {**ranking.model_dump(mode="json"), "top10": list(ranking.top10)}


def recognition_as_json(recognition: Recognition, day: date) -> dict[str, Any]:
    """A certificate and how it stands on a day: in force, suspended, what it entitles to, and the facts that explain it.

    `facts` are those that had taken effect by that day; `valid_to` is the last day as it was known then.
    """
    standing = recognition.standing(day)
    return {
        **recognition.model_dump(mode="json"),
        "on": day.isoformat(),
        "status": standing.status,
        "in_force": standing.in_force,
        "suspended": standing.status == "suspended",
        "logo_right": standing.in_force and recognition.logo_right,
        "top10_rank": standing.top10_rank if standing.in_force else None,
        "valid_to": standing.valid_to.isoformat(),
        "facts": [fact.model_dump(mode="json", exclude_none=True) for fact in standing.because],
    }


def day_asked(request: Request) -> date:
    """The day of `?on=`, today in Hà Nội without it; 400 where it is no date."""
    asked = request.query_params.get("on")
    try:
        return date.fromisoformat(asked) if asked is not None else datetime.now(HANOI).date()
    except ValueError:
        vi = f"on={asked} không phải ngày; hãy viết năm-tháng-ngày, ví dụ 2021-11-26."
        en = f"on={asked} is no date; write year-month-day, for example 2021-11-26."
        raise Problem(400, "on-not-valid", vi, en) from None
