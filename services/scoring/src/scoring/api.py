"""The HTTP interface of the scoring service: rounds, rankings and certificates as JSON. No score is shown before closing."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from shared.messaging.document import Document
from shared.messaging.reader import Reader
from shared.messaging.unit import HANOI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from scoring import repository
from scoring.domain.ranking import Ranking
from scoring.domain.recognition import Recognition
from scoring.repository import RoundState

PAGE, LONGEST_PAGE = 100, 500


def routes(reader: Reader) -> list[BaseRoute]:
    """The service's own routes, over what `reader` reads."""

    async def rounds(request: Request) -> Response:
        if (limit := page_length(request)) is None:
            return bad_limit(request)
        return page(await repository.rounds(reader, limit=limit + 1, after=request.query_params.get("after")), limit)

    async def round_(request: Request) -> Response:
        id = request.path_params["id"]
        state = await repository.round_state(reader, id)
        if state is None:
            return not_found(f"Không có đợt {id}; xem /rounds.", f"There is no round {id}; see /rounds.")
        return JSONResponse(round_as_json(state))

    async def ranking(request: Request) -> Response:
        id = request.path_params["id"]
        found = await repository.ranking(reader, id)
        if found is None:
            vi = f"Đợt {id} chưa có bảng xếp hạng; xem /rounds/{id} để biết còn thiếu gì."
            return not_found(vi, f"Round {id} has no ranking yet; see /rounds/{id} for what is missing.")
        return JSONResponse(ranking_as_json(found))

    async def recognitions(request: Request) -> Response:
        if (limit := page_length(request)) is None:
            return bad_limit(request)
        asked = request.query_params
        found = await repository.recognitions(
            reader, round_id=asked.get("round"), tax_code=asked.get("tax_code"), limit=limit + 1, after=asked.get("after")
        )
        return page(found, limit)

    async def recognition(request: Request) -> Response:
        number, day = request.path_params["certificate"], day_asked(request)
        if day is None:
            return bad_day(request)
        found = await repository.recognition(reader, number)
        if found is None:
            vi = f"Không có giấy chứng nhận {number}; xem /recognitions."
            return not_found(vi, f"There is no certificate {number}; see /recognitions.")
        return JSONResponse(recognition_as_json(found, day))

    async def criteria(request: Request) -> Response:
        if (limit := page_length(request)) is None:
            return bad_limit(request)
        return page(await repository.criteria_sets(reader, limit=limit + 1, after=request.query_params.get("after")), limit)

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


def day_asked(request: Request) -> date | None:
    """The day of `?on=`, today in Hà Nội without it; None where it is no date."""
    try:
        return date.fromisoformat(request.query_params["on"]) if "on" in request.query_params else datetime.now(HANOI).date()
    except ValueError:
        return None


def page_length(request: Request) -> int | None:
    """How many items `?limit=` asks for, 1 to 500; None where it is no such number."""
    asked = request.query_params.get("limit", str(PAGE))
    return int(asked) if asked.isascii() and asked.isdigit() and 1 <= int(asked) <= LONGEST_PAGE else None


def page(found: Sequence[Document], limit: int) -> Response:
    """One page of documents; `next` is what `?after=` goes on from, null on the last page. `found` has one more."""
    items = [document.model_dump(mode="json") for document in found[:limit]]
    return JSONResponse({"items": items, "next": items[-1]["id"] if len(found) > limit else None})


def not_found(vi: str, en: str) -> Response:
    """404 with what a person should know."""
    return JSONResponse({"slug": "not-found", "vi": vi, "en": en}, status_code=404)


def bad_limit(request: Request) -> Response:
    """400 for a page length that is none."""
    asked = request.query_params.get("limit")
    vi = f"limit={asked} không hợp lệ; hãy dùng số từ 1 đến {LONGEST_PAGE}."
    en = f"limit={asked} is not valid; use a number from 1 to {LONGEST_PAGE}."
    return JSONResponse({"slug": "limit-not-valid", "vi": vi, "en": en}, status_code=400)


def bad_day(request: Request) -> Response:
    """400 for a day that is none."""
    asked = request.query_params.get("on")
    vi = f"on={asked} không phải ngày; hãy viết năm-tháng-ngày, ví dụ 2021-11-26."
    en = f"on={asked} is no date; write year-month-day, for example 2021-11-26."
    return JSONResponse({"slug": "day-not-valid", "vi": vi, "en": en}, status_code=400)
