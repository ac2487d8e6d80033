"""A round from its opening to the closed ranking: all of it lies at the round's key, in one order."""

from shared.contracts.applications import ApplicationAccepted
from shared.contracts.base import Event
from shared.contracts.council import ScoreFiled, ScoringClosed
from shared.contracts.department import RoundOpened
from shared.contracts.scoring import ScoreRecorded
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from scoring.domain.assessment import ApplicationIdTaken, Assessment, DossierAfterClosing, assessment_key
from scoring.domain.council import Council
from scoring.domain.criteria import CriteriaSet
from scoring.domain.missing import missing, nothing_left
from scoring.domain.ranking import Ranking, ScoringAlreadyClosed, check_closing, rank
from scoring.domain.round import OPEN, OpenRounds, Round
from scoring.domain.scores import check_open, check_score
from scoring.handlers.criteria import pinned
from scoring.handlers.enterprises import codes_of
from scoring.handlers.withdrawals import replace


@handles(RoundOpened, key="round_id")
def open_round(event: Event[RoundOpened], unit: Unit) -> None:
    """A round opened: we pin its criteria sets. A second opening is answered by the applications service.

    It does not wait for sets that have not been issued: what needs them does, and is refused where they are the wrong ones.
    """
    if unit.get(Round, event.data.round_id) is None:
        round_ = Round.of(event.data)
        if all(unit.get_all(CriteriaSet, round_.pins)):
            pinned(round_, unit)
        unit.put(round_)
        open_rounds = unit.get(OpenRounds, OPEN) or OpenRounds(id=OPEN)
        unit.put(open_rounds.but(rounds=(*open_rounds.rounds, round_.id)))


@handles(ApplicationAccepted, key="round_id")
def open_assessment(event: Event[ApplicationAccepted], unit: Unit) -> None:
    """A dossier is eligible: we open its assessment, and the Council can score it; the one it replaces is let go."""
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
    criteria = pinned(round_, unit).of(accepted.industry)
    opened = Assessment.of(accepted, criteria, round_.year)
    council = unit.get(Council, round_.id)
    assessment = opened.recusing(council, *codes_of([opened.tax_code], unit)) if council else opened
    unit.put(assessment)
    unit.put(round_.with_dossier(assessment.application_id))
    unit.publish(assessment.opened(criteria))
    for recused in assessment.recusals_since(opened):
        unit.publish(recused)
    replace(assessment, accepted.replaces, unit)


@handles(ScoreFiled, key="round_id")
def record_score(event: Event[ScoreFiled], unit: Unit) -> None:
    """A member scored a criterion: we record it beside earlier versions and publish that, without the value."""
    filed = event.data
    round_ = unit.need(Round, filed.round_id)
    check_open(filed, round_)
    # In the order in which an acceptance needs them: one that comes behind this score in its subject waits for the sets
    # too, and the score only then waits for the dossier, which lets the acceptance pass.
    criteria = pinned(round_, unit)
    assessment = unit.need(Assessment, assessment_key(round_.id, filed.application_id))
    council = unit.need(Council, round_.id)
    check_score(filed, assessment, council, criteria.of(assessment.industry))
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
    listed = round_.left_in(closed.applications)
    if round_.closed_on is not None:
        if (round_.closed_on, sorted(round_.applications)) == (closed.closed_on, listed):
            return
        raise ScoringAlreadyClosed(round_id=round_.id, closed_on=round_.closed_on)
    council, criteria = unit.need(Council, round_.id), pinned(round_, unit)
    assessments = unit.need_all(Assessment, (assessment_key(round_.id, id) for id in listed))
    lacks, empty = missing(assessments, council, criteria), nothing_left(assessments, council, criteria)
    check_closing(round_, listed, lacks, empty)
    unit.get(Ranking, round_.id)
    ranking = rank(round_, assessments, criteria, council, closed_on=closed.closed_on)
    unit.put(ranking)
    unit.put(round_.but(closed_on=closed.closed_on))
    open_rounds = unit.need(OpenRounds, OPEN)
    unit.put(open_rounds.but(rounds=tuple(id for id in open_rounds.rounds if id != round_.id)))
    for scored in ranking.scored():
        unit.publish(scored)
    unit.publish(ranking.ranked())
