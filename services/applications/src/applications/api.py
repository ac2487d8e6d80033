"""The HTTP interface of the applications service: what it knows, as JSON, page by page."""

from collections.abc import Sequence

from shared.messaging.document import Document
from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from applications import repository

PAGE, LONGEST_PAGE = 100, 500
STATES = ("accepted", "rejected")


def routes(reader: Reader) -> list[BaseRoute]:
    """The service's own routes, over what `reader` reads."""

    async def applications(request: Request) -> Response:
        state = request.query_params.get("state")
        if state not in (None, *STATES):
            return unknown_state(state)
        if (limit := page_length(request)) is None:
            return bad_limit(request)
        found = await repository.applications(
            reader,
            round_id=request.query_params.get("round"),
            state=state,
            limit=limit + 1,
            after=request.query_params.get("after"),
        )
        return page(found, limit)

    async def application(request: Request) -> Response:
        id = request.path_params["id"]
        found = await repository.application(reader, id)
        return one(found, vi=f"Không có hồ sơ {id}; xem /applications.", en=f"There is no dossier {id}; see /applications.")

    async def enterprises(request: Request) -> Response:
        if (limit := page_length(request)) is None:
            return bad_limit(request)
        return page(await repository.enterprises(reader, limit=limit + 1, after=request.query_params.get("after")), limit)

    async def enterprise(request: Request) -> Response:
        code = request.path_params["tax_code"]
        found = await repository.enterprise(reader, code)
        vi = f"Không có doanh nghiệp mã số thuế {code}; xem /enterprises."
        return one(found, vi=vi, en=f"There is no enterprise of tax code {code}; see /enterprises.")

    async def rounds(request: Request) -> Response:
        if (limit := page_length(request)) is None:
            return bad_limit(request)
        return page(await repository.rounds(reader, limit=limit + 1, after=request.query_params.get("after")), limit)

    async def rules(request: Request) -> Response:
        if (limit := page_length(request)) is None:
            return bad_limit(request)
        return page(await repository.rules(reader, limit=limit + 1, after=request.query_params.get("after")), limit)

    return [
        Route("/applications", applications),
        Route("/applications/{id:path}", application),
        Route("/enterprises", enterprises),
        Route("/enterprises/{tax_code}", enterprise),
        Route("/rounds", rounds),
        Route("/rules", rules),
    ]


def page_length(request: Request) -> int | None:
    """How many items `?limit=` asks for, 1 to 500; None where it is no such number."""
    asked = request.query_params.get("limit", str(PAGE))
    return int(asked) if asked.isascii() and asked.isdigit() and 1 <= int(asked) <= LONGEST_PAGE else None


def page(found: Sequence[Document], limit: int) -> Response:
    """One page of documents; `next` is what `?after=` goes on from, null on the last page. `found` has one more."""
    items = [document.model_dump(mode="json") for document in found[:limit]]
    return JSONResponse({"items": items, "next": items[-1]["id"] if len(found) > limit else None})


def one(found: Document | None, *, vi: str, en: str) -> Response:
    """One document, or 404 with what a person should know."""
    if found is None:
        return JSONResponse({"slug": "not-found", "vi": vi, "en": en}, status_code=404)
    return JSONResponse(found.model_dump(mode="json"))


def bad_limit(request: Request) -> Response:
    """400 for a page length that is none."""
    asked = request.query_params.get("limit")
    vi = f"limit={asked} không hợp lệ; hãy dùng số từ 1 đến {LONGEST_PAGE}."
    en = f"limit={asked} is not valid; use a number from 1 to {LONGEST_PAGE}."
    return JSONResponse({"slug": "limit-not-valid", "vi": vi, "en": en}, status_code=400)


def unknown_state(state: str) -> Response:
    """400 for a state no dossier has."""
    vi = f"Không có trạng thái {state}; hãy dùng {' hoặc '.join(STATES)}."
    en = f"There is no state {state}; use {' or '.join(STATES)}."
    return JSONResponse({"slug": "state-not-known", "vi": vi, "en": en}, status_code=400)
