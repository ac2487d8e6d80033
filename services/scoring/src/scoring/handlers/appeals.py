"""After the decision, at the round's key: appeals, one assessment scored again, a new version of the ranking."""

from shared.contracts.base import Event
from shared.contracts.council import AppealAdmitted, AppealDismissed, AppealFiled, RescoringClosed
from shared.messaging.service import handles
from shared.messaging.unit import Unit
from shared.vietnamese import number

from scoring.domain.appeal import Appeal, AppealIdTaken, appeal_key, check_appeal
from scoring.domain.assessment import Assessment, assessment_key
from scoring.domain.council import Council
from scoring.domain.decision import Decision
from scoring.domain.missing import missing
from scoring.domain.ranking import Ranking, check_closing, earlier
from scoring.domain.recognition_notices import notice
from scoring.domain.rescoring import check_reopened, rank_again
from scoring.domain.round import Round
from scoring.handlers.criteria import pinned
from scoring.handlers.decisions import reopen_assessment


@handles(AppealFiled, key="round_id")
def receive_appeal(event: Event[AppealFiled], unit: Unit) -> None:
    """Somebody appeals in time: it is recorded, and the Council asked to admit or dismiss it."""
    filed = event.data
    decision = unit.need(Decision, filed.round_id)
    ranking, round_ = unit.need(Ranking, filed.round_id), unit.need(Round, filed.round_id)
    if taken := unit.get(Appeal, appeal_key(round_.id, filed.appeal_id)):
        raise AppealIdTaken(field="appeal_id", round_id=round_.id, appeal_id=filed.appeal_id, by=taken.by)
    check_appeal(filed, round_, decision, ranking, unit.calendar)
    unit.put(Appeal.of(filed))
    about = {"appeal_id": filed.appeal_id, "by": filed.by, "application_id": filed.application_id, "round_id": round_.id}
    unit.publish(notice("appeal-to-answer", "council", round_.id, filed.appeal_id, about))


@handles(AppealAdmitted, key="round_id")
def admit_appeal(event: Event[AppealAdmitted], unit: Unit) -> None:
    """An appeal was taken up: its one assessment is scored again; nobody's recognition changes by that."""
    appeal = unit.need(Appeal, appeal_key(event.data.round_id, event.data.appeal_id))
    unit.put(appeal.admitted(event.data))
    reopen_assessment(appeal.round_id, appeal.application_id, appeal.appeal_id, unit)
    _answer(appeal, "appeal-admitted", None, unit)


@handles(AppealDismissed, key="round_id")
def dismiss_appeal(event: Event[AppealDismissed], unit: Unit) -> None:
    """An appeal was not taken up: the enterprise is told why."""
    appeal = unit.need(Appeal, appeal_key(event.data.round_id, event.data.appeal_id))
    unit.put(appeal.dismissed(event.data))
    _answer(appeal, "appeal-dismissed", event.data.reason, unit)


@handles(RescoringClosed, key="round_id")
def rank_round_again(event: Event[RescoringClosed], unit: Unit) -> None:
    """A reopened assessment was scored: the round is ranked anew, and the ranking before is kept."""
    closed = event.data
    round_ = unit.need(Round, closed.round_id)
    before = check_reopened(closed, round_, unit.get(Ranking, round_.id))
    council, criteria = unit.need(Council, round_.id), pinned(round_, unit)
    assessments = unit.need_all(Assessment, (assessment_key(round_.id, place.application_id) for place in before.places))
    scored_again = [a for a in assessments if a.application_id == closed.application_id]
    check_closing(round_, round_.applications, missing(scored_again, council, criteria))
    round_ = round_.closed_again(closed.application_id)
    ranking = rank_again(before, assessments, round_, criteria, council, closed_on=closed.closed_on)
    unit.put(earlier(before))
    unit.put(ranking)
    unit.put(round_)
    for scored in ranking.scored():
        if scored.application_id == closed.application_id:
            unit.publish(scored)
    unit.publish(ranking.ranked())
    _tell_result(ranking, closed.application_id, unit)


def _answer(appeal: Appeal, slug: str, reason: str | None, unit: Unit) -> None:
    assessment = unit.need(Assessment, assessment_key(appeal.round_id, appeal.application_id))
    about = {"appeal_id": appeal.appeal_id, "application_id": appeal.application_id, "reason": reason}
    unit.publish(notice(slug, "enterprise", assessment.tax_code, appeal.appeal_id, about))


def _tell_result(ranking: Ranking, application_id: str, unit: Unit) -> None:
    for place in ranking.places:
        if place.application_id == application_id:
            result = {"rank": place.rank, "score": number(place.score, 2)}
            about = {"application_id": application_id, "round_id": ranking.id, **result}
            unit.publish(notice("rescoring-closed", "enterprise", place.tax_code, application_id, about))
