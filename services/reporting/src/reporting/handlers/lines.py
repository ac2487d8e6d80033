"""Budget lines at their own key: what each is for, how it stands, and every move of its money."""

from typing import Any, NamedTuple

from shared.contracts.base import Data, Event
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


class Move(NamedTuple):
    """What an event is for the money of its line, and whether the line can pay the next request then; None: as before."""

    kind: MovementKind
    exhausted: bool | None = None


MOVES: dict[type[Data], Move] = {
    BudgetReserved: Move("reserved"),
    BudgetReleased: Move("released", exhausted=False),  # whoever is next in line may be served
    BudgetExhausted: Move("exhausted", exhausted=True),
    BudgetCommitted: Move("committed"),
    BudgetOrdered: Move("ordered"),
    BudgetOrderFailed: Move("order-failed"),
    BudgetPaid: Move("paid"),
    BudgetRepaid: Move("repaid"),
    BudgetAdjusted: Move("adjusted", exhausted=False),
}


@handles(BudgetAllocated)
def describe_line(event: Event[BudgetAllocated], unit: Unit) -> None:
    """Money was allocated to a line: it says what the line is for; its figures are those support publishes."""
    said = event.data
    line = _line(said.line_id, unit)
    event_id = line.event_id or event.identity
    described = {"year": said.year, "plan_id": said.plan_id, "scheme_id": said.scheme_id, "event_id": event_id}
    unit.put(line.but(**described, made=line.made or said.made))


# A state that comes before its line's allocation is kept, not made to wait: both events have the line as their subject,
# so the allocation would stand in the queue behind the event that waits for it.
@handles(*MOVES)
def note_move(event: Event[Any], unit: Unit) -> None:
    """Money of a line moved: every event of a line carries its whole state, and they come in their order."""
    move = MOVES[type(event.data)]
    line = _line(event.data.line_id, unit).after(event.data, event_id=event.identity, exhausted=move.exhausted)
    unit.put(line)
    unit.put(projections.line_movement(move.kind, line, event))


def _line(id: str, unit: Unit) -> BudgetLine:
    return unit.get(BudgetLine, id) or BudgetLine.named(id)
