"""Nominations, supporting industries, buyers' demands and clusters over HTTP."""

from datetime import date

from shared.contracts.demand import SupplierMatch
from shared.http import Json, Problem, as_json, not_found, one_of, page, page_asked, part_of, whole_number
from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from applications import repository
from applications.domain.demand import Demand

CLUSTER_STATES = ("planned", "established", "started", "operating")
PROGRAMMES = ("key-product", "supporting-industry")


def register_routes(reader: Reader) -> list[BaseRoute]:
    """Nominations, supporting industries, buyers' demands and clusters."""

    async def nominations(request: Request) -> Response:
        query = request.query_params
        year = whole_number(query["year"], "year", 2006, 2100) if "year" in query else None
        wanted = one_of(request, "filed", ("true", "false"))
        found = await repository.nominations(reader, year=year, programme=one_of(request, "programme", PROGRAMMES))
        shown = [n for n, filed in found.items() if wanted is None or filed == (wanted == "true")]
        return JSONResponse(part_of(request, shown, lambda n: as_json(n) | {"filed": found[n]}))

    async def suppliers(request: Request) -> Response:
        query = request.query_params
        found = await repository.suppliers(reader, sector=query.get("sector"), standard=query.get("standard"))
        return JSONResponse(part_of(request, found, as_json))

    async def supplier(request: Request) -> Response:
        code = request.path_params["tax_code"]
        found = await repository.supplier(reader, code)
        if found is None:
            vi = f"Doanh nghiệp {code} không có trong danh sách công nghiệp hỗ trợ; xem /suppliers."
            raise not_found(vi, f"Enterprise {code} is not on the list of supporting industries; see /suppliers.")
        return JSONResponse(as_json(found))

    async def demands(request: Request) -> Response:
        limit, after = page_asked(request)
        asked = one_of(request, "closed", ("true", "false"))
        closed = None if asked is None else asked == "true"
        found = await repository.demands(reader, closed=closed, limit=limit + 1, after=after)
        return page([as_json(d) for d in found], limit)

    async def demand(request: Request) -> Response:
        return JSONResponse(as_json(await _demand(request)))

    async def matches(request: Request) -> Response:
        found = await repository.matches(reader, await _demand(request))
        return JSONResponse(part_of(request, list(found), lambda supplier: as_json_match(found[supplier])))

    async def _demand(request: Request) -> Demand:
        id = request.path_params["id"]
        found = await repository.demand(reader, id)
        if found is None:
            raise not_found(f"Không có nhu cầu {id}; xem /demands.", f"There is no demand {id}; see /demands.")
        return found

    async def clusters(request: Request) -> Response:
        on = day_asked(request, "on")
        found = await repository.clusters(reader, state=one_of(request, "state", CLUSTER_STATES), on=on)
        return JSONResponse(part_of(request, list(found), lambda c: {"id": c.id} | found[c].model_dump(mode="json")))

    async def cluster(request: Request) -> Response:
        id = request.path_params["id"]
        found = await repository.cluster(reader, id)
        if found is None:
            raise not_found(f"Không có cụm công nghiệp {id}; xem /clusters.", f"There is no cluster {id}; see /clusters.")
        return JSONResponse(as_json(found))

    return [
        Route("/nominations", nominations),
        Route("/suppliers", suppliers),
        Route("/suppliers/{tax_code}", supplier),
        Route("/demands", demands),
        Route("/demands/{id}", demand),
        Route("/demands/{id}/matches", matches),
        Route("/clusters", clusters),
        Route("/clusters/{id}", cluster),
    ]


def day_asked(request: Request, name: str) -> date | None:
    """The day a parameter asks for, None where it is not asked; 400 where it is none."""
    asked = request.query_params.get(name)
    if asked is None:
        return None
    try:
        return date.fromisoformat(asked)
    except ValueError:
        vi = f"{name}={asked[:40]} không hợp lệ; hãy dùng ngày dạng 2022-12-31."
        raise Problem(400, f"{name}-not-valid", vi, f"{name}={asked[:40]} is not valid; use a day as 2022-12-31.") from None


def as_json_match(match: SupplierMatch) -> Json:
    """A match, with whether it meets everything asked."""
    return match.model_dump(mode="json") | {"meets_all": all(reason.met for reason in match.reasons)}
