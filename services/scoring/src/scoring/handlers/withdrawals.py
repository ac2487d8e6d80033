"""Dossiers a round lets go of: taken back by the enterprise, or replaced by a later one of the same product."""

from datetime import date

from shared.contracts.applications import WithdrawalAsked
from shared.contracts.base import Event
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from scoring.domain.assessment import Assessment, ReplacesAnothersDossier, assessment_key
from scoring.domain.council import Council
from scoring.domain.ranking import Ranking, earlier
from scoring.domain.rescoring import rank_again
from scoring.domain.round import Round
from scoring.domain.withdrawal import declined
from scoring.handlers.criteria import pinned


@handles(WithdrawalAsked, key="round_id")
def withdraw(event: Event[WithdrawalAsked], unit: Unit) -> None:
    """An enterprise wants its dossier back: the round lets it go until the city has decided."""
    asked = event.data
    round_ = unit.need(Round, asked.round_id)
    assessment = unit.need(Assessment, assessment_key(round_.id, asked.application_id))
    if answer := declined(asked, assessment, round_):
        unit.publish(answer)
    elif assessment.withdrawn_on is None:
        let_go(assessment, asked.asked_on, None, unit)


def replace(assessment: Assessment, earlier_id: str | None, unit: Unit) -> None:
    """Let go of the dossier a new one takes the place of, and of the new one where a later one has come already."""
    round_ = unit.need(Round, assessment.round_id)
    if later_id := round_.replacement_of(assessment.application_id):
        later = unit.need(Assessment, assessment_key(round_.id, later_id))
        if later.tax_code == assessment.tax_code:
            let_go(assessment, later.received, later_id, unit)
    if earlier_id is None:
        return
    unit.put(unit.need(Round, round_.id).with_replacement(earlier_id, assessment.application_id))
    earlier = unit.get(Assessment, assessment_key(round_.id, earlier_id))
    if earlier is None:
        return
    if earlier.tax_code != assessment.tax_code:
        facts = {"application_id": assessment.application_id, "earlier": earlier_id, "owner": earlier.tax_code}
        raise ReplacesAnothersDossier(field="replaces", **facts)
    if earlier.withdrawn_on is None:
        let_go(earlier, assessment.received, assessment.application_id, unit)


def let_go(assessment: Assessment, day: date, replaced_by: str | None, unit: Unit) -> None:
    """Take a dossier out of its round; where it was ranked, the ranking is made again without it."""
    withdrawn = assessment.let_go(day, replaced_by)
    round_ = unit.need(Round, assessment.round_id).without_dossier(assessment.application_id)
    unit.put(withdrawn)
    unit.put(round_)
    unit.publish(withdrawn.gone(day))
    if round_.closed_on is not None:
        _rank_again(round_, unit)


def _rank_again(round_: Round, unit: Unit) -> None:
    before, council = unit.need(Ranking, round_.id), unit.need(Council, round_.id)
    assessments = unit.need_all(Assessment, (assessment_key(round_.id, id) for id in round_.applications))
    ranking = rank_again(before, assessments, round_, pinned(round_, unit), council, closed_on=before.closed_on)
    unit.put(earlier(before))
    unit.put(ranking)
    unit.publish(ranking.ranked())
