"""Rounds with what they ask for, and the versions of the rules, over HTTP."""

from typing import Any

from shared.http import Json, as_json, not_found, page, page_asked
from shared.messaging.reader import Reader
from shared.words import Words, word
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from applications import repository
from applications.domain.differences import differences, fields_of_rules
from applications.domain.eligibility import COMMITMENTS, DOCUMENTS
from applications.domain.round import EligibilityRules, Round


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


async def _rules(reader: Reader, id: str) -> EligibilityRules:
    found = await repository.rules_version(reader, id)
    if found is None:
        vi = f"Không có phiên bản quy định {id}; xem /rules."
        raise not_found(vi, f"There is no version {id} of the rules; see /rules.")
    return found


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
