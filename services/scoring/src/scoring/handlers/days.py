"""What a day brings: whoever has scores missing is reminded before they are due."""

from shared.contracts.base import Event
from shared.contracts.department import DayStarted
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from scoring.domain.today import Today
from scoring.handlers.agenda import take_due
from scoring.handlers.reminders import remind_of_scores

WORK = {"scores": remind_of_scores}


@handles(DayStarted, broadcast=True)
def begin_day(event: Event[DayStarted], unit: Unit) -> None:
    """A day began: we note it, and everything due since the last one is worked off, earliest first."""
    unit.put(Today.of(event.data.date, unit.calendar))
    for day, thing in take_due(unit):
        WORK[thing.kind](thing.about, day, unit)
