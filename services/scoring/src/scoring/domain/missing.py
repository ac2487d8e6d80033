"""What a dossier still needs before scoring can close, and what is not scored at all: waived, or nobody left to score it."""

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict
from shared.contracts.department import Criterion
from shared.contracts.scoring import WaivedCriterion

from scoring.domain.assessment import Assessment
from scoring.domain.council import Council
from scoring.domain.criteria import CriteriaSet, RoundCriteria


class Missing(BaseModel):
    """A criterion of a dossier that cannot be closed yet: how many scores it needs and has, and whose are missing.

    `may_score` counts the members who may; where they are fewer than needed only the chair can help. Of a computed
    criterion the figures are missing, which `owner` answers for.
    """

    model_config = ConfigDict(frozen=True)

    application_id: str
    criterion: str
    what: Literal["scores", "figures"] = "scores"
    owner: str
    needed: int
    present: int
    may_score: int
    from_members: tuple[str, ...]


def missing(assessments: Iterable[Assessment], council: Council, criteria: RoundCriteria) -> tuple[Missing, ...]:
    """Each criterion of each dossier in the round with fewer scores than it needs, and the members who have not scored it."""
    return tuple(
        lack
        for assessment in assessments
        if assessment.withdrawn_on is None
        for lack in _lacks(assessment, council, criteria.of(assessment.industry))
    )


def unscored(assessment: Assessment, criterion: Criterion, council: Council, criteria: CriteriaSet) -> WaivedCriterion | None:
    """Why a criterion of a dossier is not scored and need not be; None where it is to be scored."""
    if waiver := council.waiver(assessment.application_id, criterion.code):
        return WaivedCriterion(criterion=criterion.code, why="waived-by-chair", reason=waiver.reason, counts=criteria.waived)
    if criterion.computed is None and not may_score(assessment, criterion, council):
        return WaivedCriterion(criterion=criterion.code, why="no-owner-left", counts=criteria.waived)
    return None


def nothing_left(assessments: Iterable[Assessment], council: Council, criteria: RoundCriteria) -> tuple[str, ...]:
    """The dossiers in the round of which no criterion at all is left to score: they can have no score, and none is not 0."""
    return tuple(
        assessment.application_id
        for assessment in assessments
        if assessment.withdrawn_on is None
        and (pinned := criteria.of(assessment.industry))
        and all(unscored(assessment, criterion, council, pinned) for criterion in pinned.criteria)
    )


def may_score(assessment: Assessment, criterion: Criterion, council: Council) -> tuple[str, ...]:
    """The members who may score a criterion of the dossier: of its owner, or who scored it as members, unless recused."""
    recused = {recusal.member_id for recusal in assessment.recused}
    members = dict.fromkeys([*(m.member_id for m in council.scorers(criterion)), *assessment.counted(criterion.code)])
    return tuple(member for member in members if member not in recused)


def _lacks(assessment: Assessment, council: Council, criteria: CriteriaSet) -> Iterable[Missing]:
    for criterion in criteria.criteria:
        if unscored(assessment, criterion, council, criteria):
            continue
        members = may_score(assessment, criterion, council) if criterion.computed is None else ()
        needed = criteria.least_scores(criterion, len(members))
        present = assessment.points(criterion.code)
        if len(present) < needed:
            yield Missing(
                application_id=assessment.application_id,
                criterion=criterion.code,
                what="scores" if criterion.computed is None else "figures",
                owner=criterion.owner,
                needed=needed,
                present=len(present),
                may_score=len(members),
                from_members=tuple(member for member in members if member not in assessment.counted(criterion.code)),
            )
