"""Enterprises as JSON: the search, and everything about one."""

from shared.http import not_found, page_asked
from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reporting.api.asked import Answer, Json, place, plain
from reporting.api.registers import product_json
from reporting.api.support import activity_json, attendances_json, grant_json
from reporting.repository import enterprises
from reporting.repository.enterprises import EnterpriseFile


async def list_enterprises(request: Request, reader: Reader) -> Response:
    """GET /enterprises?q=: enterprises whose names (or code) begin with every word, in Vietnamese order."""
    limit, after = page_asked(request)
    found = await enterprises.search(reader, request.query_params.get("q", "")[:200], limit=limit + 1, after=after)
    items = [entry.model_dump(mode="json", exclude={"id", "words"}) for entry in found[:limit]]
    return Answer({"items": items, "next": items[-1]["tax_code"] if len(found) > limit else None})


async def show_enterprise(request: Request, reader: Reader) -> Response:
    """GET /enterprises/{tax_code}: everything the programme did for it; a former code leads to the present one."""
    asked = request.path_params["tax_code"]
    code = await enterprises.present_code(reader, asked)
    if code != asked:
        return RedirectResponse(place(f"/enterprises/{code}"), status_code=308)
    found = await enterprises.enterprise_file(reader, code)
    if found.empty:
        vi = f"Chưa biết doanh nghiệp nào có mã số thuế {code}; tìm tại /enterprises?q=."
        raise not_found(vi, f"No enterprise of tax code {code} is known; search at /enterprises?q=.")
    return Answer(enterprise_json(found))


def enterprise_json(found: EnterpriseFile) -> Json:
    """Everything about an enterprise."""
    known = found.known
    return {
        "tax_code": found.tax_code,
        "name": found.name,
        "district": known.district if known else None,
        "supporting_industry": known.supporting_industry if known else None,
        "former_names": list(known.former_names) if known else [],
        "former_codes": [{**code.model_dump(mode="json"), "name": found.names.get(code.tax_code)} for code in found.former],
        "dossiers": [{"application_id": d.id, **d.model_dump(mode="json", exclude={"id"})} for d in found.dossiers],
        "certificates": [product_json(product) for product in found.products],
        "requests": [grant_json(grant) for grant in found.grants],
        "money": [{"year": one.year, **{n: getattr(one.totals, n) for n in one.totals.__slots__}} for one in found.money],
        "balance": found.balance,
        "activities": [{**activity_json(a), "attendances": attendances_json(p)} for a, p in found.took_part],
        "results": [
            {
                "year": year,
                **{
                    measure: {"value": plain(row.value), "event_id": row.event_id, "made": row.made}
                    for measure, row in rows.items()
                },
            }
            for year, rows in found.result_years.items()
        ],
        "made": found.made,
    }
