"""Budget lines at their own key: what each is for, how it stands, and every move of its money."""

from typing import Any

from shared.contracts.base import Event
from shared.contracts.finance import BudgetAllocated
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
)
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from reporting import projections
from reporting.domain.support import BudgetLine, MovementKind


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
    _move("reserved", event, unit)


@handles(BudgetReleased)
def note_released(event: Event[BudgetReleased], unit: Unit) -> None:
    """Money went back to its line: whoever is next in line may be served."""
    _move("released", event, unit, exhausted=False)


@handles(BudgetExhausted)
def note_exhausted(event: Event[BudgetExhausted], unit: Unit) -> None:
    """A line cannot pay the next request."""
    _move("exhausted", event, unit, exhausted=True)


@handles(BudgetCommitted)
def note_committed(event: Event[BudgetCommitted], unit: Unit) -> None:
    """Reserved money came under an agreement."""
    _move("committed", event, unit)


@handles(BudgetOrdered)
def note_ordered(event: Event[BudgetOrdered], unit: Unit) -> None:
    """A payment order went out: the money is being paid."""
    _move("ordered", event, unit)


@handles(BudgetOrderFailed)
def note_order_failed(event: Event[BudgetOrderFailed], unit: Unit) -> None:
    """Finance could not pay an order: its money is committed again."""
    _move("order-failed", event, unit)


@handles(BudgetPaid)
def note_paid(event: Event[BudgetPaid], unit: Unit) -> None:
    """Money was paid out."""
    _move("paid", event, unit)


@handles(BudgetRepaid)
def note_repaid(event: Event[BudgetRepaid], unit: Unit) -> None:
    """Paid money came back to its line."""
    _move("repaid", event, unit)


@handles(BudgetAdjusted)
def note_adjusted(event: Event[BudgetAdjusted], unit: Unit) -> None:
    """What a line has at its disposal changed: allocated, changed, transferred or carried over."""
    _move("adjusted", event, unit, exhausted=False)


def _move(kind: MovementKind, event: Event[Any], unit: Unit, *, exhausted: bool | None = None) -> None:
    """Every event of a line carries its whole state after it, and they come in their order."""
    line = _line(event.data.line_id, unit).after(event.data, exhausted=exhausted)
    unit.put(line)
    unit.put(projections.line_movement(kind, line, event))


def _line(id: str, unit: Unit) -> BudgetLine:
    return unit.get(BudgetLine, id) or BudgetLine.named(id)
