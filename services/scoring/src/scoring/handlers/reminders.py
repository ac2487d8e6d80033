"""Reminding members and agencies of scores that are missing, on the days the Council's appointment sets."""

from datetime import date

from shared.messaging.unit import Unit

from scoring.domain.assessment import Assessment, assessment_key
from scoring.domain.council import Council
from scoring.domain.missing import missing
from scoring.domain.reminders import reminders
from scoring.domain.round import Round
from scoring.handlers.criteria import pinned


def remind_of_scores(round_id: str, day: date, unit: Unit) -> None:
    """A day for reminders has come: whoever has scores missing is told, once however many days were passed over."""
    round_, council = unit.need(Round, round_id), unit.need(Council, round_id)
    due = council.current.scoring_due
    if due is None or round_.closed_on is not None or not council.reminds(day, unit.today):
        return
    assessments = unit.need_all(Assessment, (assessment_key(round_.id, id) for id in round_.applications))
    for notice in reminders(round_.id, due, missing(assessments, council, pinned(round_, unit))):
        unit.publish(notice)
