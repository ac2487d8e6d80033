"""The HTTP interface of the scoring service: rounds, rankings and certificates as JSON. No score is shown before closing."""

from datetime import date, datetime
from typing import Any

from shared.http import Problem, as_json, not_found, page, page_asked
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
        id = request.path_params["id"]
        found = await repository.ranking(reader, id)
        if found is None:
            vi = f"Đợt {id} chưa có bảng xếp hạng; xem /rounds/{id} để biết còn thiếu gì."
            raise not_found(vi, f"Round {id} has no ranking yet; see /rounds/{id} for what is missing.")
        return JSONResponse(ranking_as_json(found))

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
        Route("/rounds/{id:path}", round_),
        Route("/recognitions", recognitions),
        Route("/recognitions/{certificate}", recognition),
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
    """A certificate, and whether on a day it is in force and carries the right to the logo."""
    in_force = recognition.in_force(day)
    return {
        **recognition.model_dump(mode="json"),
        "on": day.isoformat(),
        "in_force": in_force,
        "logo_right": in_force and recognition.logo_right,
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
