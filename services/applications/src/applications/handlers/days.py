"""What falls due when a day begins; a gap between two days is made good by the later."""

from shared.contracts.base import Event
from shared.contracts.department import DayStarted
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from applications.handlers.suppliers import end_standards


@handles(DayStarted, broadcast=True)
def start_day(event: Event[DayStarted], unit: Unit) -> None:
    """A day began: we work off what is due by it."""
    end_standards(unit)
