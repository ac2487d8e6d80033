"""What a day brings: recognitions that expire, holders to remind, suspensions whose time has come, comments that end."""

from shared.contracts.base import Event
from shared.contracts.department import DayStarted
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from scoring.handlers.agenda import take_due
from scoring.handlers.decisions import end_comments
from scoring.handlers.life import expire, reinstate, remind

WORK = {"expiry": expire, "reminder": remind, "reinstatement": reinstate, "comments": end_comments}


@handles(DayStarted, broadcast=True)
def begin_day(event: Event[DayStarted], unit: Unit) -> None:
    """A day began: everything due since the last one is worked off, earliest first."""
    for day, thing in take_due(unit):
        WORK[thing.kind](thing.about, day, unit)
