"""From the criteria to the closed ranking: all of a round lies at the round's key, in one order."""

from shared.contracts.applications import ApplicationAccepted
from shared.contracts.base import Event
from shared.contracts.council import CouncilAppointed, ScoreFiled, ScoringClosed
from shared.contracts.department import CriteriaIssued, RoundOpened
from shared.contracts.scoring import ScoreRecorded
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from scoring.domain.assessment import (
    ApplicationIdTaken,
    Assessment,
    DossierAfterClosing,
    assessment_key,
    check_open,
    check_score,
    missing,
)
from scoring.domain.ranking import Ranking, ScoringAlreadyClosed, check_closing, rank
from scoring.domain.round import Council, CouncilAlreadyAppointed, CriteriaAlreadyIssued, CriteriaSet, Round


@handles(CriteriaIssued, broadcast=True)
def keep_criteria(event: Event[CriteriaIssued], unit: Unit) -> None:
    """A criteria set was issued: every partition keeps a copy, which never changes."""
    criteria = CriteriaSet.of(event.data)
    known = unit.get(CriteriaSet, criteria.id)
    if known is None:
        unit.put(criteria)
    elif known != criteria:
        raise CriteriaAlreadyIssued(field="criteria_id", criteria_id=criteria.id)


@handles(RoundOpened, key="round_id")
def open_round(event: Event[RoundOpened], unit: Unit) -> None:
    """A round opened: we pin its criteria set. A second opening is answered by the applications service."""
    if unit.get(Round, event.data.round_id) is None:
        unit.put(Round.of(event.data))


@handles(CouncilAppointed, key="round_id")
def appoint_council(event: Event[CouncilAppointed], unit: Unit) -> None:
    """The Council of a round was appointed: its members may score from now on."""
    council = Council.of(event.data)
    known = unit.get(Council, council.id)
    if known is None:
        unit.put(council)
    elif known != council:
        raise CouncilAlreadyAppointed(field="members", round_id=council.id, decision=known.decision)


@handles(ApplicationAccepted, key="round_id")
def open_assessment(event: Event[ApplicationAccepted], unit: Unit) -> None:
    """A dossier is eligible: we open its assessment, and the Council can score it."""
    accepted = event.data
    round_ = unit.need(Round, accepted.round_id)
    if round_.closed_on is not None:
        raise DossierAfterClosing(round_id=round_.id, closed_on=round_.closed_on, application_id=accepted.application_id)
    if taken := unit.get(Assessment, assessment_key(round_.id, accepted.application_id)):
        raise ApplicationIdTaken(
            field="application_id",
            round_id=round_.id,
            application_id=accepted.application_id,
            first=taken.tax_code,
            tax_code=accepted.tax_code,
        )
    assessment = Assessment.of(accepted)
    unit.put(assessment)
    unit.put(round_.but(applications=(*round_.applications, assessment.application_id)))
    unit.publish(assessment.opened(round_))


@handles(ScoreFiled, key="round_id")
def record_score(event: Event[ScoreFiled], unit: Unit) -> None:
    """A member scored a criterion: we record it beside earlier versions and publish that, without the value."""
    filed = event.data
    round_ = unit.need(Round, filed.round_id)
    check_open(filed, round_)
    council, criteria = unit.need(Council, round_.id), unit.need(CriteriaSet, round_.criteria_id)
    check_score(filed, round_, council, criteria)
    assessment = unit.need(Assessment, assessment_key(round_.id, filed.application_id))
    unit.put(assessment.with_score(filed, at=event.time, event_id=event.identity))
    unit.publish(
        ScoreRecorded(
            application_id=filed.application_id,
            round_id=round_.id,
            member_id=filed.member_id,
            criterion=filed.criterion,
            replaced=assessment.has_score(filed.member_id, filed.criterion),
        )
    )


@handles(ScoringClosed, key="round_id")
def close_scoring(event: Event[ScoringClosed], unit: Unit) -> None:
    """Scoring closed over these dossiers: once all are here and scored, we publish every score and the ranking."""
    closed = event.data
    round_ = unit.need(Round, closed.round_id)
    listed = sorted(set(closed.applications))
    if round_.closed_on is not None:
        if (round_.closed_on, sorted(round_.applications)) == (closed.closed_on, listed):
            return
        raise ScoringAlreadyClosed(round_id=round_.id, closed_on=round_.closed_on)
    council, criteria = unit.need(Council, round_.id), unit.need(CriteriaSet, round_.criteria_id)
    assessments = [unit.need(Assessment, assessment_key(round_.id, id)) for id in listed]
    check_closing(round_, listed, missing(assessments, council, criteria))
    unit.get(Ranking, round_.id)
    ranking = rank(round_.id, assessments, criteria, closed.closed_on, council.made)
    unit.put(ranking)
    unit.put(round_.but(closed_on=closed.closed_on))
    for scored in ranking.scored():
        unit.publish(scored)
    unit.publish(ranking.ranked())
