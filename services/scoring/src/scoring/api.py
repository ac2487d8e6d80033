"""The HTTP interface of the scoring service: rounds, rankings and certificates as JSON. No score is shown before closing."""

from datetime import date, datetime
from typing import Any

from shared.http import Problem, as_json, not_found, page, page_asked, whole_number
from shared.messaging.reader import Reader
from shared.messaging.unit import HANOI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from scoring import repository
from scoring.domain.ranking import Ranking
from scoring.domain.recognition import Recognition
from scoring.repository import RoundState


def routes(reader: Reader) -> list[BaseRoute]:
    """The service's own routes, over what `reader` reads."""

    async def rounds(request: Request) -> Response:
        limit, after = page_asked(request)
        return page([as_json(r) for r in await repository.rounds(reader, limit=limit + 1, after=after)], limit)

    async def round_(request: Request) -> Response:
        id = request.path_params["id"]
        state = await repository.round_state(reader, id)
        if state is None:
            raise not_found(f"Không có đợt {id}; xem /rounds.", f"There is no round {id}; see /rounds.")
        return JSONResponse(round_as_json(state))

    async def ranking(request: Request) -> Response:
        id, version = request.path_params["id"], request.query_params.get("version")
        found = await repository.ranking(reader, id, None if version is None else whole_number(version, "version", 1, 10_000))
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

    async def criteria(request: Request) -> Response:
        limit, after = page_asked(request)
        return page([as_json(c) for c in await repository.criteria_sets(reader, limit=limit + 1, after=after)], limit)

    return [
        Route("/rounds", rounds),
        Route("/rounds/{id:path}/ranking", ranking),
        Route("/rounds/{id:path}/publication", publication),
        Route("/rounds/{id:path}/objections", objections),
        Route("/rounds/{id:path}/decision", decision),
        Route("/rounds/{id:path}/appeals", appeals),
        Route("/rounds/{id:path}", round_),
        Route("/recognitions", recognitions),
        Route("/recognitions/{certificate:path}", recognition),
        Route("/criteria", criteria),
    ]


def round_as_json(state: RoundState) -> dict[str, Any]:
    """A round, where it stands, and each score that is missing, with the members it is missing from."""
    return {
        **state.round.model_dump(mode="json"),
        "status": state.round.status,
        "council": [member.model_dump(mode="json") for member in state.council.members] if state.council else None,
        "criteria_known": state.criteria is not None,
        "missing": [lack.model_dump(mode="json") for lack in state.missing],
    }


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
