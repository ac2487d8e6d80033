"""What the beginning of a day brings: whoever has scores missing is reminded before the due day."""

from shared.contracts.base import Event
from shared.contracts.department import DayStarted
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from scoring.domain.agenda import AGENDA, Agenda, Today
from scoring.domain.assessment import Assessment, assessment_key
from scoring.domain.council import Council
from scoring.domain.missing import missing
from scoring.domain.reminders import reminders
from scoring.domain.round import Round
from scoring.handlers.criteria import pinned


@handles(DayStarted, broadcast=True)
def start_day(event: Event[DayStarted], unit: Unit) -> None:
    """A day began: we note it, and remind those of the rounds that are on the agenda up to it."""
    unit.put(Today.of(event.data.date, unit.calendar))
    agenda = unit.get(Agenda, AGENDA)
    if agenda is None:
        return
    left, due = agenda.until(event.data.date)
    if due:
        unit.put(left)
    for round_id in due:
        _remind(unit.need(Round, round_id), unit)


def _remind(round_: Round, unit: Unit) -> None:
    council = unit.need(Council, round_.id)
    due = council.current.scoring_due
    if due is None or round_.closed_on is not None:
        return
    assessments = [unit.need(Assessment, assessment_key(round_.id, id)) for id in round_.applications]
    for notice in reminders(round_.id, due, missing(assessments, council, pinned(round_, unit))):
        unit.publish(notice)
