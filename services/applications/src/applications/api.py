"""The HTTP interface of the applications service: what it knows, as JSON, page by page."""

from shared.http import as_json, not_found, one_of, page, page_asked, part_of, whole_number
from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from applications import repository
from applications.domain.enterprise import enterprise_key

STATES = ("accepted", "rejected")
PROGRAMMES = ("key-product", "supporting-industry")


def routes(reader: Reader) -> list[BaseRoute]:
    """The service's own routes, over what `reader` reads."""

    async def applications(request: Request) -> Response:
        limit, after = page_asked(request)
        asked = {"round_id": request.query_params.get("round"), "state": one_of(request, "state", STATES)}
        found = await repository.applications(reader, **asked, limit=limit + 1, after=after)
        return page([as_json(a) for a in found], limit)

    async def application(request: Request) -> Response:
        id = request.path_params["id"]
        found = await repository.application(reader, id)
        if found is None:
            raise not_found(f"Không có hồ sơ {id}; xem /applications.", f"There is no dossier {id}; see /applications.")
        return JSONResponse(as_json(found))

    async def enterprises(request: Request) -> Response:
        limit, after = page_asked(request)
        return page([as_json(e) for e in await repository.enterprises(reader, limit=limit + 1, after=after)], limit)

    async def enterprise(request: Request) -> Response:
        code = request.path_params["tax_code"]
        found = await repository.enterprise(reader, code)
        if found is None:
            vi = f"Không có doanh nghiệp mã số thuế {code}; xem /enterprises."
            raise not_found(vi, f"There is no enterprise of tax code {code}; see /enterprises.")
        former = next((former for former in found.former_codes if former.tax_code == enterprise_key(code)), None)
        return JSONResponse(as_json(found) | {"asked_by_former_code": former.model_dump(mode="json") if former else None})

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

    async def rounds(request: Request) -> Response:
        limit, after = page_asked(request)
        return page([as_json(r) for r in await repository.rounds(reader, limit=limit + 1, after=after)], limit)

    async def rules(request: Request) -> Response:
        limit, after = page_asked(request)
        return page([as_json(r) for r in await repository.rules(reader, limit=limit + 1, after=after)], limit)

    return [
        Route("/applications", applications),
        Route("/applications/{id:path}", application),
        Route("/enterprises", enterprises),
        Route("/enterprises/{tax_code}", enterprise),
        Route("/nominations", nominations),
        Route("/suppliers", suppliers),
        Route("/suppliers/{tax_code}", supplier),
        Route("/rounds", rounds),
        Route("/rules", rules),
    ]
