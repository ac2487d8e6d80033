"""How every service answers over HTTP: problems in both languages, lists page by page, and engines that are away."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from shared.errors import Infrastructure
from shared.messaging.document import Document

PAGE, LONGEST_PAGE = 100, 500
T = TypeVar("T", bound=Document)
Json = dict[str, Any]
Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


@dataclass
class Problem(Exception):
    """A question that is not answered: the HTTP status, the machine-readable reason, and what a person should know."""

    status: int
    slug: str
    vi: str
    en: str

    def response(self) -> Response:
        """RFC 9457, with our two languages."""
        body = {"status": self.status, "slug": self.slug, "vi": self.vi, "en": self.en}
        headers = {"www-authenticate": "Bearer"} if self.status == 401 else None
        return JSONResponse(body, self.status, headers, media_type="application/problem+json")


def not_found(vi: str, en: str) -> Problem:
    """404 for a thing that is not there; the texts say what, and where to look."""
    return Problem(404, "not-found", vi, en)


def application(routes: Sequence[BaseRoute], lifespan: Lifespan | None = None) -> Starlette:
    """The HTTP application over routes; whatever stops an answer is said in both languages."""
    handlers: Mapping[Any, Any] = {
        Problem: _problem,
        Infrastructure: _engine_away,
        TimeoutError: _engine_away,
        404: _unknown_address,
        405: _wrong_method,
        Exception: _fault,
    }
    return Starlette(routes=routes, lifespan=lifespan, exception_handlers=handlers)


async def _problem(_: Request, problem: Problem) -> Response:
    return problem.response()


async def _engine_away(_: Request, error: Exception) -> Response:
    vi = "Cơ sở dữ liệu hoặc Kafka tạm thời không sẵn sàng; hãy thử lại sau, chi tiết có trong /readyz."
    en = f"The database or Kafka is away ({error or type(error).__name__}); try again later, /readyz says more."
    return Problem(503, "engine-away", vi, en).response()


async def _unknown_address(request: Request, _: Exception) -> Response:
    path = request.url.path
    vi, en = f"Không có gì tại địa chỉ {path}; hãy kiểm tra địa chỉ.", f"There is nothing at {path}; check the address."
    return Problem(404, "address-not-known", vi, en).response()


async def _wrong_method(request: Request, _: Exception) -> Response:
    vi = f"Địa chỉ {request.url.path} không nhận phương thức {request.method}; hãy xem tài liệu của dịch vụ."
    en = f"{request.url.path} does not take {request.method}; see the documentation of the service."
    return Problem(405, "method-not-allowed", vi, en).response()


async def _fault(_: Request, __: Exception) -> Response:
    vi = "Dịch vụ gặp lỗi khi trả lời; lỗi đã được ghi vào nhật ký, hãy báo cho người vận hành."
    return Problem(500, "fault", vi, "The service failed to answer; its log says why, tell its operator.").response()


# -- what is asked -------------------------------------------------------------------------------------------------------


def page_asked(request: Request) -> tuple[int, str | None]:
    """`?limit=` (1 to 500, 100 by default), and `?after=`, which is the `next` of the page before."""
    limit = whole_number(request.query_params.get("limit", str(PAGE)), "limit", 1, LONGEST_PAGE)
    return limit, request.query_params.get("after")


def whole_number(text: str, name: str, least: int, most: int) -> int:
    """The number a parameter asks for; 400 where it is none, or out of bounds."""
    if text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most:
        return int(text)
    vi = f"{name}={text[:40]} không hợp lệ; hãy dùng số nguyên từ {least} đến {most}."
    en = f"{name}={text[:40]} is not valid; use a whole number from {least} to {most}."
    raise Problem(400, f"{name}-not-valid", vi, en)


def one_of(request: Request, name: str, known: Sequence[str]) -> str | None:
    """The word a parameter asks for, None where it is not asked; 400 where it is none of those known."""
    asked = request.query_params.get(name)
    if asked is None or asked in known:
        return asked
    vi = f"{name}={asked[:40]} không hợp lệ; hãy dùng một trong: {', '.join(known)}."
    en = f"{name}={asked[:40]} is not valid; use one of: {', '.join(known)}."
    raise Problem(400, f"{name}-not-valid", vi, en)


# -- what is answered ----------------------------------------------------------------------------------------------------


def as_json(document: Document) -> Json:
    """A document as it is."""
    return document.model_dump(mode="json")


def page(items: Sequence[Json], limit: int, next: str | None = None) -> Response:
    """One page of a list read with one item more than `limit`; `next`, null on the last page, goes into `?after=`.

    It is the id of the last item shown, where nothing else is named.
    """
    shown = list(items[:limit])
    last = next or (shown[-1]["id"] if shown else None)
    return JSONResponse({"items": shown, "next": last if len(items) > limit else None})


def part_of(request: Request, items: Sequence[T], show: Callable[[T], Json]) -> Json:
    """The part of a list in its own order that a page asks for: items, `next`, and how many there are in all."""
    limit, after = page_asked(request)
    ids = [item.id for item in items]
    if after is not None and after not in ids:
        vi = f"after={after[:40]} không hợp lệ; hãy dùng giá trị next của trang trước."
        raise Problem(400, "after-not-valid", vi, f"after={after[:40]} is not valid; use the next of the page before.")
    start = 0 if after is None else ids.index(after) + 1
    shown = items[start : start + limit]
    more = start + limit < len(items)
    return {"items": [show(item) for item in shown], "next": shown[-1].id if more else None, "total": len(items)}
