"""The HTTP interface of reporting: JSON, CSV, and (from `pages`) the page of a plan year."""

from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any

from shared.http import not_found, one_of, part_of, whole_number
from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from reporting import export, pages, repository, texts
from reporting.domain.dossier import Dossier
from reporting.domain.programme import Plan
from reporting.domain.register import RecognisedProduct
from reporting.domain.rows import Contribution
from reporting.domain.support import BudgetLine, Grant
from reporting.indicators import INDICATORS, Indicator, Result
from reporting.repository import Standing, YearTable
from shared import vietnamese

Json = dict[str, Any]
Endpoint = Callable[[Request, Reader], Awaitable[Response]]


def routes(reader: Reader) -> list[BaseRoute]:
    """Every route of the service's own: the API, the downloads, the page."""
    table: dict[str, Endpoint] = {
        "/plans": list_plans,
        "/plans/{year}": show_plans_of_year,
        "/indicators": list_indicators,
        "/indicators/{code}/{year}": show_indicator,
        "/recognised-products": list_products,
        "/recognised-products/{certificate}": show_product,
        "/grants": list_grants,
        "/years/{year}": show_year,
        "/years/{year}/recognised-products.csv": download("recognised-products", export.recognised_products),
        "/years/{year}/grants.csv": download("grants", export.grants),
        "/years/{year}/indicators.csv": download("indicators", export.indicators),
    }
    own = [Route(path, _over(reader, endpoint), methods=["GET"]) for path, endpoint in table.items()]
    return own + pages.routes(reader)


async def list_plans(request: Request, reader: Reader) -> Response:
    """GET /plans: every plan, newest first."""
    found = await repository.plans(reader)
    return JSONResponse(part_of(request, found, _plan))


async def show_plans_of_year(request: Request, reader: Reader) -> Response:
    """GET /plans/{year}: the year's plans, each target with its value, bounds, status and lineage."""
    year = _year(request)
    found = await repository.plans(reader, year)
    if not found:
        raise not_found(f"Không có kế hoạch nào của năm {year}; xem /plans.", f"There is no plan of {year}; see /plans.")
    standings = [_standing(s) for s in await repository.standings(reader, year)]
    items = [{**_plan(plan), "targets": [s for s in standings if s["plan_id"] == plan.id]} for plan in found]
    return JSONResponse({"year": year, "items": items})


async def list_indicators(request: Request, reader: Reader) -> Response:
    """GET /indicators: every indicator with its formula in words and the events it is made from; few, so on one page."""
    return JSONResponse({"items": [_indicator(indicator) for indicator in INDICATORS.values()], "next": None})


async def show_indicator(request: Request, reader: Reader) -> Response:
    """GET /indicators/{code}/{year}: the value, its formula, and the rows it rests on (lineage), paged."""
    year, code = _year(request), request.path_params["code"]
    indicator = INDICATORS.get(code)
    if indicator is None:
        raise not_found(f"Không có chỉ tiêu {code}; xem /indicators.", f"There is no indicator {code}; see /indicators.")
    result = await repository.result_of(reader, indicator, year)
    targets = [_standing(s) for s in await repository.standings(reader, year) if s.indicator.code == indicator.code]
    rows = part_of(request, result.rows, _row)
    return JSONResponse({**_indicator(indicator), "year": year, **_value(result), "targets": targets, "rows": rows})


async def list_products(request: Request, reader: Reader) -> Response:
    """GET /recognised-products?year=&state=&q=: in Vietnamese order; q ignores diacritics."""
    year, query = _year_asked(request), request.query_params.get("q", "")
    state = one_of(request, "state", repository.STATES)
    return JSONResponse(part_of(request, await repository.recognised_products(reader, year, query, state), _product))


async def show_product(request: Request, reader: Reader) -> Response:
    """GET /recognised-products/{certificate}."""
    number = request.path_params["certificate"]
    found = await reader.get(RecognisedProduct, number)
    if found is None:
        vi = f"Không có giấy chứng nhận {number}; xem /recognised-products."
        raise not_found(vi, f"There is no certificate {number}; see /recognised-products.")
    return JSONResponse(_product(found))


async def list_grants(request: Request, reader: Reader) -> Response:
    """GET /grants?year=: requests for support and what became of them, with every reason."""
    return JSONResponse(part_of(request, await repository.grants(reader, _year_asked(request)), _grant))


async def show_year(request: Request, reader: Reader) -> Response:
    """GET /years/{year}: the year's table in one document; a year without data has `empty` true."""
    return JSONResponse(year_json(await repository.year_table(reader, _year(request))))


def download(name: str, write: Callable[[YearTable], str]) -> Endpoint:
    """An endpoint that gives a table of a year as a CSV file."""

    async def endpoint(request: Request, reader: Reader) -> Response:
        year = _year(request)
        text = write(await repository.year_table(reader, year))
        headers = {"content-disposition": f'attachment; filename="{name}-{year}.csv"'}
        return Response(text, media_type="text/csv; charset=utf-8", headers=headers)

    return endpoint


def year_json(table: YearTable) -> Json:
    """The year's table as JSON: counts, Top 10 in order, supported share, money by line (đồng), targets with status."""
    return {
        "year": table.year,
        "as_of": table.as_of.isoformat() if table.as_of else None,
        "empty": table.empty,
        "made": table.made,
        "plans": [_plan(plan) for plan in table.plans],
        "filed": {"products": table.filed.products, "enterprises": table.filed.enterprises},
        "recognised": {"products": table.recognised.products, "enterprises": table.recognised.enterprises},
        "states": table.states,
        "top10": [
            {"rank": p.top10_rank, "certificate": p.id, "product_name": p.product_name, "enterprise_name": p.enterprise_name}
            for p in table.top10
        ],
        "supported_share": {"unit": "percent", **_value(table.supported_share)},
        "money": [_line(table, line) for line in table.lines],
        "grants": {state: sum(g.state == state for g in table.grants) for state in ("granted", "declined", "queued")},
        "turned_down": [_dossier(table, dossier) for dossier in table.turned_down],
        "withdrawn": [_dossier(table, dossier) for dossier in table.withdrawn],
        "targets": [_standing(standing) for standing in table.standings],
    }


def _plan(plan: Plan) -> Json:
    fields = plan.model_dump(mode="json", exclude={"id", "targets"})
    return {"plan_id": plan.id, **fields, "page": f"/pages/{plan.year}"}


def _indicator(indicator: Indicator) -> Json:
    return {
        "code": indicator.code,
        "name": {"vi": indicator.name_vi, "en": indicator.name_en},
        "unit": indicator.unit,
        "formula": {"vi": indicator.formula_vi, "en": indicator.formula_en},
        "events": [model.contract.type for model in indicator.events],
        "legal_text": indicator.legal_text,
    }


def _value(result: Result) -> Json:
    """The value rounded half up to 0.01 for people, and exact as a fraction: a status is decided on the exact one."""
    value = result.value
    return {
        "value": None if value is None else _plain(vietnamese.rounded(value, 2)),
        "exact": None if value is None else str(value),
        "made": result.made,
    }


def _standing(standing: Standing) -> Json:
    words = texts.EXCEEDED if standing.exceeded else texts.STATUS[standing.status]
    upper = standing.target.upper
    return {
        "plan_id": standing.plan.id,
        "indicator": standing.indicator.code,
        "name": {"vi": standing.indicator.name_vi, "en": standing.indicator.name_en},
        "unit": standing.indicator.unit,
        "lower": _plain(standing.target.lower),
        "upper": None if upper is None else _plain(upper),
        **_value(standing.result),
        "status": standing.status.value,
        "exceeded": standing.exceeded,
        "status_text": {"vi": words.vi, "en": words.en},
        "clause": standing.target.clause,
        "lineage": f"/indicators/{standing.indicator.code}/{standing.plan.year}",
        "page": f"/pages/{standing.plan.year}/indicators/{standing.indicator.code}",
    }


def _row(row: Contribution) -> Json:
    """A row with the events it rests on; those of a figure with what it was before."""
    return {
        "row_id": row.id,
        "measure": row.measure.value,
        "year": row.year,
        "about": row.about,
        "event_id": row.event_id,
        "made": row.made,
        "note": row.note,
        "value": _plain(row.value),
        "earlier": [{"value": _plain(e.value), "event_id": e.event_id, "made": e.made} for e in row.earlier],
        "grounds": [{"about": g.about, "event_id": g.event_id, "value": _plain(g.value), "made": g.made} for g in row.counted],
    }


def _product(product: RecognisedProduct) -> Json:
    """A certificate as it stands, with what the decision granted and every fact that came after, by day."""
    words = texts.STATES[product.state]
    fields = product.model_dump(mode="json", exclude={"id", "facts", "holder_names"})
    facts = sorted(product.facts, key=lambda fact: (str(fact.on or ""), fact.event_id))
    return {
        "certificate": product.id,
        **fields,
        "state_text": {"vi": words.vi, "en": words.en},
        "facts": [fact.model_dump(mode="json", exclude_none=True) for fact in facts],
    }


def _grant(grant: Grant) -> Json:
    return {"request_id": grant.id, **grant.model_dump(mode="json", exclude={"id"})}


def _dossier(table: YearTable, dossier: Dossier) -> Json:
    fields = dossier.model_dump(mode="json", exclude={"id"})
    name = repository.name_of(table.names, dossier.tax_code)
    return {"application_id": dossier.id, "enterprise_name": name, **fields}


def _line(table: YearTable, line: BudgetLine) -> Json:
    scheme = table.schemes.get(line.scheme_id or "")
    return {
        "line_id": line.id,
        "scheme_id": line.scheme_id,
        "scheme_name": {"vi": scheme.name_vi, "en": scheme.name_en} if scheme else None,
        "allocated": line.allocated,
        "reserved": line.reserved,
        "committed": line.committed,
        "paying": line.paying,
        "paid": line.paid,
        "used": line.used,
        "available": line.available,
        "exhausted": line.exhausted,
        "made": line.made,
    }


def _plain(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros, in a string."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _over(reader: Reader, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        return await endpoint(request, reader)

    return answer


def _year(request: Request) -> int:
    return whole_number(request.path_params["year"], "year", *pages.YEARS)


def _year_asked(request: Request) -> int | None:
    asked = request.query_params.get("year")
    return None if asked is None else whole_number(asked, "year", *pages.YEARS)
