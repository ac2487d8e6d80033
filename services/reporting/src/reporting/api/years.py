"""A year in one document, and its tables as files."""

from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import Response

from reporting.api.asked import Answer, Json, year_of
from reporting.api.plans import plan_json, standing_json, value_json
from reporting.domain.dossier import Dossier
from reporting.domain.support import BudgetLine
from reporting.repository import registers
from reporting.repository.years import YearTable, year_table


async def show_year(request: Request, reader: Reader) -> Response:
    """GET /years/{year}: the year's table in one document; a year without data has `empty` true."""
    return Answer(year_json(await year_table(reader, year_of(request))))


def year_json(table: YearTable) -> Json:
    """The year's table as JSON: counts, Top 10 in order, supported share, money by line (đồng), targets with status."""
    return {
        "year": table.year,
        "as_of": table.as_of.isoformat() if table.as_of else None,
        "empty": table.empty,
        "made": table.made,
        "plans": [plan_json(plan) for plan in table.plans],
        "filed": {"products": table.filed.products, "enterprises": table.filed.enterprises},
        "recognised": {"products": table.recognised.products, "enterprises": table.recognised.enterprises},
        "states": table.states,
        "top10": [
            {"rank": p.top10_rank, "certificate": p.id, "product_name": p.product_name, "enterprise_name": p.enterprise_name}
            for p in table.top10
        ],
        "supported_share": {"unit": "percent", **value_json(table.supported_share)},
        "money": [_line(table, line) for line in table.lines],
        "grants": {state: sum(g.state == state for g in table.grants) for state in ("granted", "declined", "queued")},
        "turned_down": [_dossier(table, dossier) for dossier in table.turned_down],
        "withdrawn": [_dossier(table, dossier) for dossier in table.withdrawn],
        "targets": [standing_json(standing) for standing in table.standings],
    }


def _dossier(table: YearTable, dossier: Dossier) -> Json:
    fields = dossier.model_dump(mode="json", exclude={"id"})
    name = registers.name_of(table.names, dossier.tax_code)
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
