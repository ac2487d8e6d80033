"""Supporting industries: suppliers at the key of their enterprise, demands, clusters and lists of standards at their own."""

from datetime import date
from typing import Any

from shared.contracts.base import Event
from shared.contracts.clusters import ClusterRecorded
from shared.contracts.demand import DemandClosed, DemandEnded, DemandPosted, SuppliersMatched
from shared.contracts.supporting_industry import StandardsListed, SupplierDelisted, SupplierListed
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from reporting import projections
from reporting.domain.programme import TODAY, BusinessDay
from reporting.domain.supporting_industry import Cluster, Demand, Matched, Supplier
from reporting.handlers.agenda import due_on, put_due
from reporting.handlers.counting import keep_rows
from reporting.handlers.enterprises import of_enterprise


@handles(SupplierListed, SupplierDelisted, key=of_enterprise)
def tell_supplier(event: Event[Any], unit: Unit) -> None:
    """A supplier is on the register, its entry is another, or it left: it counts in every year at whose end it is there.

    What was published and counted of the years before stays.
    """
    key = of_enterprise(event.data)
    known = unit.get(Supplier, key) or Supplier(id=key)
    day = unit.get(BusinessDay, TODAY)
    today = day.date if day else None
    recount(known, known.told(projections.listing(event)).counted_up_to(today.year if today else 0), today, unit)


@handles(StandardsListed)
def keep_standards(event: Event[StandardsListed], unit: Unit) -> None:
    """It was said which standards count as international."""
    unit.put(projections.standards(event))


# A demand is asked on a topic of the city's and answered on one of applications': whichever comes first, nothing waits.
@handles(DemandPosted, key="demand_id")
def keep_demand(event: Event[DemandPosted], unit: Unit) -> None:
    """A buyer asks for suppliers; asked again under the same id, the first stands, as where it is answered."""
    known = _demand(event.data.demand_id, unit)
    if known.buyer is None:
        unit.put(known.but(**projections.demand(event)))


@handles(DemandClosed, key="demand_id")
def close_demand(event: Event[DemandClosed], unit: Unit) -> None:
    """A buyer looks for suppliers no more."""
    unit.put(_demand(event.data.demand_id, unit).but(closed_on=event.data.closed_on))


@handles(DemandEnded, key="demand_id")
def end_demand(event: Event[DemandEnded], unit: Unit) -> None:
    """The last day of a demand is over."""
    unit.put(_demand(event.data.demand_id, unit).but(until=event.data.until))


@handles(SuppliersMatched, key="demand_id")
def keep_matches(event: Event[SuppliersMatched], unit: Unit) -> None:
    """Suppliers of one part of the register match a demand."""
    known = _demand(event.data.demand_id, unit)
    unit.put(known.but(matches=(*known.matches, Matched(event_id=event.identity, suppliers=event.data.matches))))


@handles(ClusterRecorded, key="cluster_id")
def keep_cluster(event: Event[ClusterRecorded], unit: Unit) -> None:
    """A cluster is known, or has come further: it counts in the year its building began."""
    known = unit.get(Cluster, event.data.cluster_id) or Cluster(id=event.data.cluster_id)
    after = known.told(projections.cluster(event))
    unit.put(after)
    keep_rows(known.grounds(), after.grounds(), after.id, unit)


def recount(before: Supplier, after: Supplier, today: date | None, unit: Unit) -> None:
    """Keep a supplier with the rows it counts in; while it is on the register it is looked at when the next year begins."""
    unit.put(after)
    keep_rows(before.grounds(), after.grounds(), after.id, unit)
    if after.listed:
        # Before any day is known it is looked at on the first one that begins.
        day = date(today.year + 1, 1, 1) if today else date.min
        put_due(day, due_on(day, unit).with_supplier(after.id), unit)


def _demand(id: str, unit: Unit) -> Demand:
    return unit.get(Demand, id) or Demand(id=id)
