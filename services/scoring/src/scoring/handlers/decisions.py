"""From the ranking to the city's decision, at the round's key: publication, objections, decision, amendments."""

from datetime import date

from shared.contracts.base import Event
from shared.contracts.council import DecisionAmended, ObjectionAnswered, ObjectionFiled, RecognitionDecided, ResultPublished
from shared.contracts.scoring import AssessmentReopened
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from scoring.domain.agenda import Thing
from scoring.domain.appeal import appeals_until
from scoring.domain.assessment import Assessment, assessment_key
from scoring.domain.decision import Decision, RoundAlreadyDecided, changes
from scoring.domain.publication import (
    Objection,
    ObjectionIdTaken,
    Publication,
    check_objection,
    check_ready,
    objection_key,
    publish,
)
from scoring.domain.ranking import Ranking, version_key
from scoring.domain.recognition import DAY
from scoring.domain.recognition_notices import notice
from scoring.domain.rescoring import reopen
from scoring.domain.round import Round
from scoring.handlers.agenda import schedule


@handles(ResultPublished, key="round_id")
def publish_result(event: Event[ResultPublished], unit: Unit) -> None:
    """The result was published for comment: once the ranking is here, every enterprise in it is told until when."""
    ranking, round_ = unit.need(Ranking, event.data.round_id), unit.need(Round, event.data.round_id)
    publication = publish(event.data, round_, ranking, unit.get(Publication, round_.id))
    unit.put(publication)
    schedule(Thing(kind="comments", about=round_.id), publication.comments_until + DAY, unit)
    for tax_code in sorted({place.tax_code for place in ranking.places}):
        due = publication.comments_until
        unit.publish(notice("result-published", "enterprise", tax_code, round_.id, {"round_id": round_.id}, due=due))


@handles(ObjectionFiled, key="round_id")
def receive_objection(event: Event[ObjectionFiled], unit: Unit) -> None:
    """Somebody objects while comments are taken: it is recorded, and the Council asked to answer it."""
    filed = event.data
    publication = unit.need(Publication, filed.round_id)
    ranking, round_ = unit.need(Ranking, filed.round_id), unit.need(Round, filed.round_id)
    if taken := unit.get(Objection, objection_key(round_.id, filed.objection_id)):
        raise ObjectionIdTaken(field="objection_id", round_id=round_.id, objection_id=filed.objection_id, by=taken.by)
    check_objection(filed, round_, publication, ranking)
    unit.put(Objection.of(filed))
    unit.put(publication.but(unanswered=(*publication.unanswered, filed.objection_id)))
    about = {"objection_id": filed.objection_id, "round_id": round_.id, "by": filed.by}
    unit.publish(notice("objection-to-answer", "council", round_.id, filed.objection_id, about))


@handles(ObjectionAnswered, key="round_id")
def answer_objection(event: Event[ObjectionAnswered], unit: Unit) -> None:
    """An objection was answered; where it is upheld, the one assessment is scored again before the decision."""
    answered = event.data
    objection = unit.need(Objection, objection_key(answered.round_id, answered.objection_id))
    publication = unit.need(Publication, answered.round_id)
    unit.put(objection.answered(answered))
    unit.put(publication.but(unanswered=tuple(id for id in publication.unanswered if id != objection.objection_id)))
    if answered.outcome == "upheld" and objection.application_id is not None:
        reopen_assessment(objection.round_id, objection.application_id, objection.objection_id, unit)


def end_comments(round_id: str, day: date, unit: Unit) -> None:
    """The last day for comments has passed: the Council is reminded of every objection without an answer."""
    for objection_id in unit.need(Publication, round_id).unanswered:
        about = {"objection_id": objection_id, "round_id": round_id}
        unit.publish(notice("objection-unanswered", "council", round_id, objection_id, about))


def reopen_assessment(round_id: str, application_id: str, because: str, unit: Unit) -> None:
    """Have one assessment scored again; scores given so far stay, and count until they are replaced.

    A dossier that has left the round since the objection came has nothing to be scored for.
    """
    round_ = unit.need(Round, round_id)
    assessment = unit.need(Assessment, assessment_key(round_id, application_id))
    if assessment.withdrawn_on is not None:
        return
    unit.put(reopen(round_, assessment))
    unit.publish(AssessmentReopened(application_id=application_id, round_id=round_id, because=because))
    about = {"application_id": application_id, "round_id": round_id, "because": because}
    unit.publish(notice("assessment-reopened", "council", round_id, application_id, about))


@handles(RecognitionDecided, key="round_id")
def apply_decision(event: Event[RecognitionDecided], unit: Unit) -> None:
    """The city decided: once the ranking is here we check every line of it, and send each product's to its enterprise."""
    decided = event.data
    ranking = unit.need(Ranking, decided.round_id)
    round_ = unit.need(Round, decided.round_id)
    if round_.decision is not None:
        raise RoundAlreadyDecided(field="decision", round_id=round_.id, first=round_.decision, decision=decided.decision)
    check_ready(decided.decision, decided.decided_on, round_, unit.get(Publication, round_.id), ranking)
    unit.get(Decision, round_.id)
    decision = Decision.of(decided, ranking, _withdrawn(ranking, unit))
    unit.put(decision)
    unit.put(round_.but(decision=decided.decision))
    last = appeals_until(decision.latest, round_, unit.calendar)
    for place in ranking.places:
        unit.publish(decision.line(place, round_, last))


@handles(DecisionAmended, key="round_id")
def amend_decision(event: Event[DecisionAmended], unit: Unit) -> None:
    """The city amends its decision: checked against the latest ranking, it alone changes recognitions and honours."""
    amending = event.data
    decision = unit.need(Decision, amending.round_id)
    ranking, round_ = unit.need(Ranking, amending.round_id), unit.need(Round, amending.round_id)
    amended = decision.amended(amending, ranking, _withdrawn(ranking, unit))
    unit.put(amended)
    for change in changes(decision, amended, amending):
        unit.publish(change)
    added = {line.application_id for line in amending.recognise}
    last = appeals_until(amended.latest, round_, unit.calendar)
    for place in ranking.places:
        if place.application_id in added:
            unit.publish(amended.line(place, round_, last))


def _withdrawn(ranking: Ranking, unit: Unit) -> frozenset[str]:
    """The dossiers an earlier version of the ranking had and the latest has not."""
    versions = unit.need_all(Ranking, (version_key(ranking.id, version) for version in range(1, ranking.version)))
    ranked = {place.application_id for version in versions for place in version.places}
    return frozenset(ranked - {place.application_id for place in ranking.places})
