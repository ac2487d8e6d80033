"""Supporting industries: suppliers at the key of their enterprise, demands, clusters and lists of standards at their own."""

from typing import Any

from shared.contracts.base import Event
from shared.contracts.clusters import ClusterRecorded
from shared.contracts.demand import DemandClosed, DemandEnded, DemandPosted, SuppliersMatched
from shared.contracts.supporting_industry import StandardsListed, SupplierDelisted, SupplierListed
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from reporting import projections
from reporting.domain.supporting_industry import Cluster, Demand, Matched, Supplier
from reporting.handlers.enterprises import of_enterprise


@handles(SupplierListed, key=of_enterprise)
def list_supplier(event: Event[SupplierListed], unit: Unit) -> None:
    """A supplier is on the register, or its entry is another."""
    _tell_supplier(event, unit)


@handles(SupplierDelisted, key=of_enterprise)
def delist_supplier(event: Event[SupplierDelisted], unit: Unit) -> None:
    """A supplier left the register: what was published of the years before stays."""
    _tell_supplier(event, unit)


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
    """A cluster is known, or has come further."""
    known = unit.get(Cluster, event.data.cluster_id) or Cluster(id=event.data.cluster_id)
    unit.put(known.told(projections.cluster(event)))


def _tell_supplier(event: Event[Any], unit: Unit) -> None:
    key = of_enterprise(event.data)
    known = unit.get(Supplier, key) or Supplier(id=key)
    unit.put(known.told(projections.listing(event)))


def _demand(id: str, unit: Unit) -> Demand:
    return unit.get(Demand, id) or Demand(id=id)
