"""Buyers' demands: broadcast, so that each partition matches the suppliers it has, all of them as they are at that moment."""

from shared.contracts.base import Event
from shared.contracts.demand import DemandClosed, DemandPosted
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from applications.domain.demand import Demand, DemandAlreadyPosted, DemandNotKnown
from applications.domain.supporting_industry import Supplier
from applications.handlers.suppliers import supplier_keys


@handles(DemandPosted, broadcast=True)
def post_demand(event: Event[DemandPosted], unit: Unit) -> None:
    """A buyer asks for suppliers: we keep the demand, and tell the buyer which of ours match."""
    demand = Demand.of(event.data)
    if known := unit.get(Demand, demand.id):
        if known.posted != demand.posted:
            raise DemandAlreadyPosted(field="demand_id", demand_id=demand.id)
        return
    unit.put(demand)
    matches = demand.matches([unit.need(Supplier, key) for key in supplier_keys(unit).keys])
    if matches:
        unit.publish(demand.matched(matches))


@handles(DemandClosed, broadcast=True)
def close_demand(event: Event[DemandClosed], unit: Unit) -> None:
    """A buyer looks for suppliers no more."""
    demand = unit.get(Demand, event.data.demand_id)
    if demand is None:
        raise DemandNotKnown(field="demand_id", demand_id=event.data.demand_id)
    unit.put(demand.but_closed(event.data))
