"""The list of the supporting industries and the clusters, as applications publishes them: counted by year."""

from datetime import date

from shared.contracts.base import Event
from shared.contracts.clusters import ClusterRecorded
from shared.contracts.supporting_industry import SupplierDelisted, SupplierListed
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from reporting import projections
from reporting.domain.programme import TODAY, BusinessDay
from reporting.domain.rows import Contribution, Measure, lost, row_id
from reporting.domain.suppliers import Entry, ListedSupplier, StartedCluster
from reporting.handlers.agenda import due_on, put_due
from reporting.handlers.counting import keep_row


@handles(SupplierListed)
def count_supplier(event: Event[SupplierListed], unit: Unit) -> None:
    """An enterprise is on the list, or its entry changed: it counts in every year at whose end it is there."""
    _note(event.data.tax_code, projections.listed(event), unit)


@handles(SupplierDelisted)
def note_supplier_gone(event: Event[SupplierDelisted], unit: Unit) -> None:
    """An enterprise left the list: it no longer counts in the year it left and after."""
    _note(event.data.tax_code, projections.delisted(event), unit)


@handles(ClusterRecorded)
def count_cluster(event: Event[ClusterRecorded], unit: Unit) -> None:
    """A cluster is known, or known better: it counts in the year its building began."""
    said = event.data
    known = unit.get(StartedCluster, said.cluster_id)
    year = said.started_on.year if said.started_on else None
    if known is not None and known.year != year:
        for measure in (Measure.CLUSTERS_STARTED, Measure.CLUSTERS_AREA):
            if (row := unit.get(Contribution, row_id(measure, known.year, said.cluster_id))) is not None:
                unit.remove(row)
        unit.remove(known)
    if year is not None:
        unit.put(StartedCluster(id=said.cluster_id, year=year))
        for ground in projections.started(event, year):
            keep_row(ground, said.cluster_id, unit)


def recount(before: ListedSupplier | None, after: ListedSupplier, today: date | None, unit: Unit) -> None:
    """Keep an enterprise of the list with the rows it counts in; while it is there it is looked at when the next year begins."""
    unit.put(after)
    grounds, known = after.grounds(), before.grounds() if before else ()
    for gone in lost(known, grounds):
        if (row := unit.get(Contribution, row_id(gone.measure, gone.year, gone.about))) is not None:
            unit.remove(row)
    for ground in grounds:
        if ground not in known:
            keep_row(ground, after.id, unit)
    if after.listed:
        # Before any day is known it is looked at on the first one that begins.
        day = date(today.year + 1, 1, 1) if today else date.min
        put_due(day, due_on(day, unit).with_supplier(after.id), unit)


def _note(tax_code: str, entry: Entry, unit: Unit) -> None:
    day = unit.get(BusinessDay, TODAY)
    today = day.date if day else None
    before = unit.get(ListedSupplier, tax_code)
    after = (before or ListedSupplier(id=tax_code)).with_entry(entry)
    recount(before, after.counted_up_to(today.year) if today else after, today, unit)
