"""Support: requests with what became of them, and the budget lines they are paid from."""

from typing import Any

from shared.contracts.base import Event
from shared.contracts.finance import BudgetAllocated
from shared.contracts.reporting import EnterpriseCounted
from shared.contracts.support import (
    BudgetAdjusted,
    BudgetCommitted,
    BudgetExhausted,
    BudgetOrdered,
    BudgetOrderFailed,
    BudgetPaid,
    BudgetReleased,
    BudgetRepaid,
    BudgetReserved,
    LineState,
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
def describe_line(event: Event[BudgetAllocated], unit: Unit) -> None:
    """Money was allocated to a line: it says what the line is for; its figures are those support publishes."""
    said = event.data
    line = _line(said.line_id, unit)
    unit.put(line.but(year=said.year, plan_id=said.plan_id, scheme_id=said.scheme_id, made=line.made or said.made))


# A state that comes before its line's allocation is kept, not made to wait: both events have the line as their subject,
# so the allocation would stand in the queue behind the event that waits for it.
@handles(BudgetReserved)
def note_reserved(event: Event[BudgetReserved], unit: Unit) -> None:
    """Money was reserved for a request."""
    _note_state(event.data, unit)


@handles(BudgetReleased)
def note_released(event: Event[BudgetReleased], unit: Unit) -> None:
    """Money went back to its line: whoever is next in line may be served."""
    _note_state(event.data, unit, exhausted=False)


@handles(BudgetExhausted)
def note_exhausted(event: Event[BudgetExhausted], unit: Unit) -> None:
    """A line cannot pay the next request."""
    _note_state(event.data, unit, exhausted=True)


@handles(BudgetCommitted)
def note_committed(event: Event[BudgetCommitted], unit: Unit) -> None:
    """Reserved money came under an agreement."""
    _note_state(event.data, unit)


@handles(BudgetOrdered)
def note_ordered(event: Event[BudgetOrdered], unit: Unit) -> None:
    """A payment order for committed money went out."""
    _note_state(event.data, unit)


@handles(BudgetPaid)
def note_paid(event: Event[BudgetPaid], unit: Unit) -> None:
    """Money that was being paid has been paid out."""
    _note_state(event.data, unit)


@handles(BudgetOrderFailed)
def note_order_failed(event: Event[BudgetOrderFailed], unit: Unit) -> None:
    """Finance could not pay an order: its money is committed again."""
    _note_state(event.data, unit)


@handles(BudgetRepaid)
def note_repaid(event: Event[BudgetRepaid], unit: Unit) -> None:
    """Paid money came back to its line."""
    _note_state(event.data, unit)


@handles(BudgetAdjusted)
def note_adjusted(event: Event[BudgetAdjusted], unit: Unit) -> None:
    """What a line has at its disposal changed: allocated, changed, transferred or carried over."""
    _note_state(event.data, unit, exhausted=False)


def _note_state(said: LineState, unit: Unit, *, exhausted: bool | None = None) -> None:
    """Every event of a line carries its whole state after it, and they come in their order."""
    line = _line(said.line_id, unit)
    figures = {name: getattr(said, name) for name in ("allocated", "reserved", "committed", "paying", "paid", "available")}
    unit.put(line.but(**figures, exhausted=line.exhausted if exhausted is None else exhausted))


def _line(id: str, unit: Unit) -> BudgetLine:
    return unit.get(BudgetLine, id) or BudgetLine(id=id)


def _keep_grant(event: Event[Any], unit: Unit) -> None:
    known = unit.get(Enterprise, enterprise_key(event.data.tax_code))
    unit.put(projections.grant(event, known.name if known else None))
