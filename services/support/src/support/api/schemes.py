"""Schemes with their versions, over HTTP."""

from shared.contracts.department import SchemeIssued
from shared.http import as_json, not_found, page, page_asked
from shared.messaging.reader import Reader
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from support import repository
from support.domain.scheme_changes import changes
from support.domain.schemes import Scheme


def scheme_routes(reader: Reader) -> list[BaseRoute]:
    """Schemes, and what changed between two versions of one."""

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

    return [
        Route("/schemes", schemes),
        Route("/schemes/{id:path}/changes", scheme_changes),
        Route("/schemes/{id:path}", scheme),
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
