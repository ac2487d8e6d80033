"""Buyers' demands: broadcast, so that each partition matches the suppliers it has, all of them as they are at that moment."""

from shared.contracts.base import Event
from shared.contracts.demand import DemandClosed, DemandPosted, DemandRanOut
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from applications.domain.deadlines import DEMAND_DAYS, DueDays
from applications.domain.demand import Demand, DemandAlreadyPosted, DemandNotKnown, DemandsDue, EndedDemand
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
    if demand.is_over(unit.today):
        _end(demand, unit)
        return
    unit.put(demand)
    last = demand.posted.until
    due = unit.get(DemandsDue, last.isoformat()) or DemandsDue(id=last.isoformat())
    unit.put(due.but(demands=(*due.demands, demand.id)))
    unit.put((unit.get(DueDays, DEMAND_DAYS) or DueDays(id=DEMAND_DAYS)).with_day(last))
    matches = demand.matches(unit.need_all(Supplier, supplier_keys(unit).keys))
    if matches:
        unit.publish(demand.matched(matches))


@handles(DemandClosed, broadcast=True)
def close_demand(event: Event[DemandClosed], unit: Unit) -> None:
    """A buyer looks for suppliers no more."""
    demand = unit.get(Demand, event.data.demand_id)
    if demand is None:
        raise DemandNotKnown(field="demand_id", demand_id=event.data.demand_id)
    unit.put(demand.but_closed(event.data))


def end_demands(unit: Unit) -> None:
    """The last days of demands are over: those their buyers did not close end."""
    due_days = unit.get(DueDays, DEMAND_DAYS)
    if due_days is None or not due_days.over(unit.today):
        return
    for due in unit.need_all(DemandsDue, [day.isoformat() for day in due_days.over(unit.today)]):
        for demand in unit.need_all(Demand, due.demands):
            if not demand.closed:
                _end(demand, unit)
        unit.remove(due)
    unit.put(due_days.left(unit.today))


def _end(demand: Demand, unit: Unit) -> None:
    unit.put(demand.but_over())
    unit.publish(DemandRanOut(demand_id=demand.id))


@handles(DemandRanOut)
def tell_end(event: Event[DemandRanOut], unit: Unit) -> None:
    """Each partition ended its copy of a demand: others are told once."""
    if unit.get(EndedDemand, event.data.demand_id) is None:
        unit.put(EndedDemand(id=event.data.demand_id))
        unit.publish(unit.need(Demand, event.data.demand_id).ended())
