"""A day began: what fell due before it is worked off, in each partition."""

from shared.contracts.base import Event
from shared.contracts.department import DayStarted
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from support.handlers.consequences import look_again
from support.handlers.coverage import tell_missed
from support.handlers.lines import allocate_lines
from support.handlers.places import work_off_crowds
from support.handlers.requests import end_waiting


@handles(DayStarted, broadcast=True)
def start_day(event: Event[DayStarted], unit: Unit) -> None:
    """A day began: requests that waited too long are declined, places and money are allocated, who was missed is told.

    First of all what rests on recognitions that change today is looked at again.
    """
    look_again(unit)
    end_waiting(unit)
    work_off_crowds(unit)
    allocate_lines(unit)
    tell_missed(unit)
