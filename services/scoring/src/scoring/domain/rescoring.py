"""One assessment scored again after closing, by the same criteria and the same Council; every earlier result is kept."""

from collections.abc import Iterable
from datetime import date

from shared.contracts.council import RescoringClosed
from shared.errors import Refusal

from scoring.domain.assessment import Assessment
from scoring.domain.council import Council
from scoring.domain.criteria import RoundCriteria
from scoring.domain.ranking import Ranking, rank
from scoring.domain.round import Reopened, Round


class AssessmentNotReopened(Refusal):
    slug = "assessment-not-reopened"
    vi = (
        "Hồ sơ {application_id} của đợt {round_id} không được mở lại để chấm nên không đóng chấm lại được; "
        "chỉ góp ý được chấp nhận hoặc khiếu nại được thụ lý mới mở lại hồ sơ."
    )
    en = (
        "Dossier {application_id} of round {round_id} is not being scored again, so there is nothing to close; "
        "an objection upheld or an appeal admitted reopens a dossier."
    )


def reopen(round_: Round, assessment: Assessment) -> Round:
    """The round with one dossier open for scores; a dossier that is open already stays as it is."""
    if round_.reopening(assessment.application_id):
        return round_
    reopened = Reopened(application_id=assessment.application_id, scores=len(assessment.scores))
    return round_.but(reopened=(*round_.reopened, reopened))


def check_reopened(closed: RescoringClosed, round_: Round, ranking: Ranking | None) -> Ranking:
    """The ranking to be made anew; raises AssessmentNotReopened."""
    if ranking is None or not round_.reopening(closed.application_id) or not ranking.place(closed.application_id):
        raise AssessmentNotReopened(field="application_id", application_id=closed.application_id, round_id=round_.id)
    return ranking


def rank_again(
    before: Ranking,
    assessments: Iterable[Assessment],
    round_: Round,
    criteria: RoundCriteria,
    council: Council,
    *,
    closed_on: date,
) -> Ranking:
    """The next version of a ranking; a dossier that is still being scored again stands with the scores it had before."""
    standing = [_as_it_counts(assessment, round_) for assessment in assessments]
    return rank(round_, standing, criteria, council, closed_on=closed_on, version=before.version + 1)


def _as_it_counts(assessment: Assessment, round_: Round) -> Assessment:
    reopened = round_.reopening(assessment.application_id)
    return assessment.but(scores=assessment.scores[: reopened.scores]) if reopened else assessment
