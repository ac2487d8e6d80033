"""The HTTP interface of the applications service: what it knows, as JSON, page by page."""

from typing import Any, get_args

from shared.http import Json, Problem, as_json, not_found, one_of, page, page_asked
from shared.messaging.reader import Reader
from shared.words import Words, word
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from applications import repository
from applications.domain.application import Application, State
from applications.domain.differences import differences, fields_of_rules, fields_of_version
from applications.domain.eligibility import COMMITMENTS, DOCUMENTS
from applications.domain.round import EligibilityRules, Round
from applications.domain.version import Version

STATES = get_args(State)


def routes(reader: Reader) -> list[BaseRoute]:
    """The service's own routes, over what `reader` reads."""
    return [*dossier_routes(reader), *enterprise_routes(reader), *round_routes(reader)]


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
        last = _version_id(found, found.current)
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


def enterprise_routes(reader: Reader) -> list[BaseRoute]:
    """The register of enterprises."""

    async def enterprises(request: Request) -> Response:
        limit, after = page_asked(request)
        return page([as_json(e) for e in await repository.enterprises(reader, limit=limit + 1, after=after)], limit)

    async def enterprise(request: Request) -> Response:
        code = request.path_params["tax_code"]
        found = await repository.enterprise(reader, code)
        if found is None:
            vi = f"Không có doanh nghiệp mã số thuế {code}; xem /enterprises."
            raise not_found(vi, f"There is no enterprise of tax code {code}; see /enterprises.")
        return JSONResponse(as_json(found))

    return [Route("/enterprises", enterprises), Route("/enterprises/{tax_code}", enterprise)]


def round_routes(reader: Reader) -> list[BaseRoute]:
    """Rounds with what they ask for, and the versions of the rules with what changed between two."""

    async def rounds(request: Request) -> Response:
        limit, after = page_asked(request)
        return page([as_json(r) for r in await repository.rounds(reader, limit=limit + 1, after=after)], limit)

    async def one_round(request: Request) -> Response:
        id = request.path_params["id"]
        found = await repository.round_(reader, id)
        if found is None:
            raise not_found(f"Không có đợt xét chọn {id}; xem /rounds.", f"There is no round {id}; see /rounds.")
        rules = await repository.rules_version(reader, found.rules_id)
        return JSONResponse(as_json(found) | {"asks": _asks(found, rules) if rules else None})

    async def rules(request: Request) -> Response:
        limit, after = page_asked(request)
        return page([as_json(r) for r in await repository.rules(reader, limit=limit + 1, after=after)], limit)

    async def one_version(request: Request) -> Response:
        return JSONResponse(as_json(await _rules(reader, request.path_params["id"])))

    async def between(request: Request) -> Response:
        earlier, later = [await _rules(reader, request.path_params[name]) for name in ("earlier", "later")]
        said = differences(fields_of_rules(earlier), fields_of_rules(later))
        return JSONResponse({"from": earlier.id, "to": later.id, "changes": said})

    return [
        Route("/rounds", rounds),
        Route("/rounds/{id:path}", one_round),
        Route("/rules", rules),
        Route("/rules/{earlier:path}/changes/{later:path}", between),
        Route("/rules/{id:path}", one_version),
    ]


# -- what is shown -----------------------------------------------------------------------------------------------------


async def _application(reader: Reader, request: Request) -> Application:
    id = request.path_params["id"]
    found = await repository.application(reader, id)
    if found is None:
        raise not_found(f"Không có hồ sơ {id}; xem /applications.", f"There is no dossier {id}; see /applications.")
    return found


async def _rules(reader: Reader, id: str) -> EligibilityRules:
    found = await repository.rules_version(reader, id)
    if found is None:
        vi = f"Không có phiên bản quy định {id}; xem /rules."
        raise not_found(vi, f"There is no version {id} of the rules; see /rules.")
    return found


def _dossier(application: Application) -> Json:
    """A dossier with what it says now; the versions before are a question of their own."""
    said = application.current.model_dump(mode="json", exclude={"number", "kind", "received"})
    return application.model_dump(mode="json", exclude={"versions"}) | said | {"versions": len(application.versions)}


Chain = dict[str, tuple[Application, Version]]


async def _chain(reader: Reader, application: Application) -> Chain:
    """Every version of the product's dossiers over the years by its id, oldest first; each follows the one before."""
    dossiers = await repository.dossiers_of_product(reader, application)
    return {_version_id(dossier, version): (dossier, version) for dossier in dossiers for version in dossier.versions}


def _version_id(application: Application, version: Version) -> str:
    return f"{application.application_id}/{version.number}"


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


def _asks(round_: Round, rules: EligibilityRules) -> Json:
    """What a round asks for, in words a portal can show."""
    return {
        "documents": _words(rules.required_documents, DOCUMENTS),
        "high_tech_commitments": _words(rules.high_tech_commitments, COMMITMENTS),
        "years_of_figures": list(round_.years_of_figures(rules)),
        "high_tech_revenue": rules.high_tech_revenue,
        "other_revenue": rules.other_revenue,
        "handicraft_exports_usd": rules.handicraft_exports_usd,
    }


def _words(codes: tuple[str, ...], table: dict[str, Words]) -> list[dict[str, Any]]:
    return [{"code": code} | word(table, code)._asdict() for code in codes]
