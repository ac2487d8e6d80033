"""The yearly publication of the supporting industries (CNHT) as JSON."""

from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import Response

from reporting.api.asked import Answer, Json, plain, year_of
from reporting.domain.supporting_industry import Demand, missing
from reporting.repository import cnht


async def show_publication(request: Request, reader: Reader) -> Response:
    """GET /cnht/{year}: the register at the end of the year, the demands that stood in it with who matched, the clusters."""
    found = await cnht.publication(reader, year_of(request))
    hidden = {"at", "on", "listed", "reason", "listed_under"}
    body = {
        "year": found.year,
        "empty": found.empty,
        "made": found.made,
        "enterprises": len(found.suppliers),
        "international": found.international,
        "hectares": plain(found.hectares),
        "standards": found.standards.model_dump(mode="json") if found.standards else None,
        "suppliers": [{"tax_code": s.tax_code, **s.entry.model_dump(mode="json", exclude=hidden)} for s in found.suppliers],
        "demands": [_demand(demand) for demand in found.demands],
        "clusters": [{"cluster_id": id, **state.model_dump(mode="json")} for id, state in found.clusters],
    }
    return Answer(body)


def _demand(demand: Demand) -> Json:
    """A demand; each supplier with how many things asked it does not meet, 0 for a match."""
    fields = demand.model_dump(mode="json", exclude={"id", "matches"})
    suppliers = [{**match.model_dump(mode="json"), "missing": missing(match)} for match in demand.matched]
    return {"demand_id": demand.id, **fields, "last_day": str(demand.last_day), "suppliers": suppliers}
