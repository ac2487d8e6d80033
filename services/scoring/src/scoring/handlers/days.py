"""What a day brings: scores to remind of, comments that end, recognitions to remind of, to reinstate, to expire."""

from shared.contracts.base import Event
from shared.contracts.department import DayStarted
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from scoring.domain.recognition import Recognition
from scoring.domain.today import Today
from scoring.handlers.agenda import take_due
from scoring.handlers.decisions import end_comments
from scoring.handlers.life import expire, reinstate, remind
from scoring.handlers.reminders import remind_of_scores

WORK = {
    "scores": remind_of_scores,
    "comments": end_comments,
    "reminder": remind,
    "reinstatement": reinstate,
    "expiry": expire,
}

OF_RECOGNITIONS = ("reminder", "reinstatement", "expiry")


@handles(DayStarted, broadcast=True)
def begin_day(event: Event[DayStarted], unit: Unit) -> None:
    """A day began: we note it, and everything due since the last one is worked off, earliest first."""
    unit.put(Today.of(event.data.date, unit.calendar))
    due = take_due(unit)
    unit.get_all(Recognition, (thing.about for _, thing in due if thing.kind in OF_RECOGNITIONS))
    for day, thing in due:
        WORK[thing.kind](thing.about, day, unit)
