"""Activities of the plan, and whom they reached without money: who joined, who learned, whom nothing reached."""

from collections import Counter

from shared.contracts.activities import ActivityAnnounced, ActivityCancelled, ActivityChanged, ClassHeld, ParticipationRecorded
from shared.contracts.base import Event
from shared.contracts.reporting import ClassJoined
from shared.contracts.support_activities import EnterpriseUncovered, LearnersCounted
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from reporting import projections
from reporting.domain.activities import Activity, Attendance, ClassCount, Participation, Uncovered
from reporting.domain.enterprise import enterprise_key
from reporting.handlers.enterprises import of_enterprise


@handles(ActivityAnnounced, broadcast=True)
def keep_activity(event: Event[ActivityAnnounced], unit: Unit) -> None:
    """An activity was announced: every partition knows it, for whoever joins it; support refuses a second announcement."""
    if unit.get(Activity, event.data.activity_id) is None:
        unit.put(projections.activity(event))


@handles(ActivityChanged, broadcast=True)
def change_activity(event: Event[ActivityChanged], unit: Unit) -> None:
    """An activity was moved, or has more or fewer places."""
    known = unit.need(Activity, event.data.activity_id)
    unit.put(known.changed(projections.activity_change(event)))


@handles(ActivityCancelled, broadcast=True)
def cancel_activity(event: Event[ActivityCancelled], unit: Unit) -> None:
    """An activity does not take place."""
    known = unit.need(Activity, event.data.activity_id)
    if known.cancelled_on is None:
        unit.put(known.but(cancelled_on=event.data.cancelled_on, cancelled_why=event.data.reason))


@handles(ParticipationRecorded, key=of_enterprise)
def record_participation(event: Event[ParticipationRecorded], unit: Unit) -> None:
    """An enterprise joined an activity or was there: by which criterion is kept."""
    _attend(event.data.activity_id, of_enterprise(event.data), projections.attendance(event), unit)


@handles(ClassHeld)
def tell_employers(event: Event[ClassHeld], unit: Unit) -> None:
    """A class was held: the enterprises whose workers learned in it are told how many; no learner is kept here."""
    said = event.data
    employers = Counter(enterprise_key(learner.tax_code) for learner in said.learners if learner.tax_code)
    for tax_code in sorted(employers):
        facts = {"activity_id": said.activity_id, "held_on": said.held_on, "made": said.made, "event_id": event.identity}
        unit.publish(ClassJoined.model_validate({**facts, "tax_code": tax_code, "learners": employers[tax_code]}))


@handles(ClassJoined)
def record_class(event: Event[ClassJoined], unit: Unit) -> None:
    """Workers of the enterprise learned in a class."""
    said = event.data
    news = Attendance(how="class", on=said.held_on, learners=said.learners, made=said.made, event_id=said.event_id)
    _attend(said.activity_id, said.tax_code, news, unit)


@handles(LearnersCounted)
def count_learners(event: Event[LearnersCounted], unit: Unit) -> None:
    """Support counted the learners of a class, each once; of two counts the higher is the later."""
    said = event.data
    known = unit.get(ClassCount, said.activity_id)
    learners, made = (max(known.learners, said.learners), known.made or said.made) if known else (said.learners, said.made)
    unit.put(ClassCount(id=said.activity_id, year=said.year, learners=learners, made=made))


@handles(EnterpriseUncovered, key=of_enterprise)
def note_uncovered(event: Event[EnterpriseUncovered], unit: Unit) -> None:
    """Support named an enterprise that nothing reached in a year, on a day of the plan."""
    said, key = event.data, of_enterprise(event.data)
    id = f"{said.year}/{key}"
    known = unit.get(Uncovered, id)
    days = {*(known.days if known else ()), said.asked_on}
    unit.put(Uncovered(id=id, year=said.year, tax_code=key, days=tuple(sorted(days)), event_id=event.identity))


def _attend(activity_id: str, tax_code: str, news: Attendance, unit: Unit) -> None:
    """What is said of an activity waits for its announcement, whose year it counts in."""
    year = unit.need(Activity, activity_id).year
    id = f"{activity_id}/{tax_code}"
    known = unit.get(Participation, id) or Participation(id=id, activity_id=activity_id, tax_code=tax_code, year=year)
    unit.put(known.with_attendance(news))
