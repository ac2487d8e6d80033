"""Support: requests with what became of them, and the budget lines they are paid from."""

from typing import Any

from shared.contracts.base import Event
from shared.contracts.finance import BudgetAllocated
from shared.contracts.reporting import EnterpriseCounted
from shared.contracts.support import (
    BudgetExhausted,
    BudgetReleased,
    BudgetReserved,
    SupportDeclined,
    SupportGranted,
    SupportQueued,
)
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from reporting import projections
from reporting.domain.enterprise import Enterprise, enterprise_key
from reporting.domain.support import BudgetLine
from reporting.handlers.counting import count
from reporting.handlers.enterprises import of_enterprise


@handles(SupportGranted, key=of_enterprise)
def register_grant(event: Event[SupportGranted], unit: Unit) -> None:
    """Support was granted: the enterprise counts as supported in that year."""
    _keep_grant(event, unit)
    count(EnterpriseCounted(tax_code=of_enterprise(event.data), present=(projections.grant_made(event),)), unit)


@handles(SupportDeclined, key=of_enterprise)
def register_declined(event: Event[SupportDeclined], unit: Unit) -> None:
    """Support was declined: the register says why."""
    _keep_grant(event, unit)


@handles(SupportQueued, key=of_enterprise)
def register_queued(event: Event[SupportQueued], unit: Unit) -> None:
    """A request waits: the register says for what."""
    _keep_grant(event, unit)


@handles(BudgetAllocated)
def allocate(event: Event[BudgetAllocated], unit: Unit) -> None:
    """Money was allocated to a line: a second allocation adds to the first."""
    said = event.data
    line = unit.get(BudgetLine, said.line_id) or BudgetLine(id=said.line_id)
    unit.put(
        line.but(
            year=said.year,
            plan_id=said.plan_id,
            scheme_id=said.scheme_id,
            allocated=line.allocated + said.amount,
            exhausted=False,
            made=line.made or said.made,
        )
    )


# A state that comes before its line's allocation is kept, not made to wait: both events have the line as their subject,
# so the allocation would stand in the queue behind the event that waits for it.
@handles(BudgetReserved)
def note_reserved(event: Event[BudgetReserved], unit: Unit) -> None:
    """Money was reserved: the event carries the line's state after it."""
    line = unit.get(BudgetLine, event.data.line_id) or BudgetLine(id=event.data.line_id)
    unit.put(line.but(reserved=event.data.reserved))


@handles(BudgetReleased)
def note_released(event: Event[BudgetReleased], unit: Unit) -> None:
    """Money went back to its line: the line has so much less reserved, and whoever is next in line may be served."""
    line = unit.get(BudgetLine, event.data.line_id) or BudgetLine(id=event.data.line_id)
    unit.put(line.but(reserved=event.data.reserved, exhausted=False))


@handles(BudgetExhausted)
def note_exhausted(event: Event[BudgetExhausted], unit: Unit) -> None:
    """A line cannot pay the next request."""
    line = unit.get(BudgetLine, event.data.line_id) or BudgetLine(id=event.data.line_id)
    unit.put(line.but(reserved=event.data.reserved, exhausted=True))


def _keep_grant(event: Event[Any], unit: Unit) -> None:
    known = unit.get(Enterprise, enterprise_key(event.data.tax_code))
    unit.put(projections.grant(event, known.name if known else None))
