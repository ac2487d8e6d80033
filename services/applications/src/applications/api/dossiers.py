"""Dossiers over HTTP: as they stand, their versions, and what contradicts them."""

from typing import get_args

from shared.http import Json, Problem, as_json, not_found, one_of, page, page_asked
from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from applications import repository
from applications.domain.application import Application, State
from applications.domain.differences import differences, fields_of_version
from applications.domain.version import Version

STATES = get_args(State)


def dossier_routes(reader: Reader) -> list[BaseRoute]:
    """Dossiers, their versions and what contradicts them."""

    async def applications(request: Request) -> Response:
        limit, after = page_asked(request)
        asked = {"round_id": request.query_params.get("round"), "state": one_of(request, "state", STATES)}
        found = await repository.applications(reader, **asked, limit=limit + 1, after=after)
        return page([_dossier(a) for a in found], limit)

    async def application(request: Request) -> Response:
        found = await _application(reader, request)
        flags = [as_json(flag) for flag in await repository.flags_of(reader, found)]
        return JSONResponse(_dossier(found) | {"flags": flags})

    async def versions(request: Request) -> Response:
        limit, after = page_asked(request)
        chain = await _chain(reader, await _application(reader, request))
        ids = list(chain)
        start = 0 if after is None else ids.index(_known(after, "after", ids)) + 1
        shown = [_link(chain, id) for id in ids[start : start + limit + 1]]
        return page(shown, limit)

    async def changes(request: Request) -> Response:
        found = await _application(reader, request)
        chain = await _chain(reader, found)
        last = _version_id(found, found.current, found)
        later = _known(request.query_params.get("to", last), "to", list(chain))
        before = _link(chain, later)["predecessor"] or later
        earlier = _known(request.query_params.get("from", before), "from", list(chain))
        said = differences(fields_of_version(chain[earlier][1]), fields_of_version(chain[later][1]))
        return JSONResponse({"from": earlier, "to": later, "changes": said})

    async def flags(request: Request) -> Response:
        limit, after = page_asked(request)
        found = await repository.flags(reader, round_id=request.query_params.get("round"), limit=limit + 1, after=after)
        return page([as_json(flag) for flag in found], limit)

    return [
        Route("/applications", applications),
        Route("/applications/{id:path}/versions", versions),
        Route("/applications/{id:path}/changes", changes),
        Route("/applications/{id:path}", application),
        Route("/flags", flags),
    ]


async def _application(reader: Reader, request: Request) -> Application:
    id = request.path_params["id"]
    found = await repository.application(reader, id)
    if found is None:
        raise not_found(f"Không có hồ sơ {id}; xem /applications.", f"There is no dossier {id}; see /applications.")
    return found


def _dossier(application: Application) -> Json:
    """A dossier with what it says now; the versions before are a question of their own."""
    said = application.current.model_dump(mode="json", exclude={"number", "kind", "received"})
    return application.model_dump(mode="json", exclude={"versions"}) | said | {"versions": len(application.versions)}


Chain = dict[str, tuple[Application, Version]]


async def _chain(reader: Reader, application: Application) -> Chain:
    """Every version of the product's dossiers over the years by its id, oldest first; each follows the one before."""
    dossiers = await repository.dossiers_of_product(reader, application)
    return {
        _version_id(dossier, version, application): (dossier, version) for dossier in dossiers for version in dossier.versions
    }


def _version_id(dossier: Application, version: Version, asked: Application) -> str:
    """Dossier and number; where the dossier lies under another code than the one asked for, that code first."""
    named = dossier.application_id if dossier.tax_code == asked.tax_code else dossier.id
    return f"{named}/{version.number}"


def _link(chain: Chain, id: str) -> Json:
    ids = list(chain)
    place = ids.index(id)
    dossier, version = chain[id]
    said = version.model_dump(mode="json")
    of = {"id": id, "application_id": dossier.application_id, "round_id": dossier.round_id}
    return of | {"predecessor": ids[place - 1] if place else None} | said


def _known(asked: str, name: str, known: list[str]) -> str:
    """A version a parameter names; 400 where the product has none of that id."""
    if asked in known:
        return asked
    vi = f"{name}={asked[:40]} không hợp lệ; hãy dùng một trong: {', '.join(known)}."
    raise Problem(400, f"{name}-not-valid", vi, f"{name}={asked[:40]} is not valid; use one of: {', '.join(known)}.")
