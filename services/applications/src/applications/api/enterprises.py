"""The register of enterprises over HTTP."""

from shared.http import as_json, not_found, page, page_asked
from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from applications import repository
from applications.domain.enterprise import enterprise_key


def enterprise_routes(reader: Reader) -> list[BaseRoute]:
    """The register; a former code answers with the enterprise that goes on."""

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

    return [Route("/enterprises", enterprises), Route("/enterprises/{tax_code}", enterprise)]
