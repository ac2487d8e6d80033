"""The assessment of one dossier: its scores, with every version kept, and what is still missing."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Self

from pydantic import BaseModel, ConfigDict
from shared.contracts.applications import ApplicationAccepted
from shared.contracts.council import ScoreFiled
from shared.contracts.department import Criterion, Industry
from shared.contracts.scoring import AssessmentOpened
from shared.errors import Refusal
from shared.messaging.document import Document

from scoring.domain.round import COUNCIL, Council, CriteriaSet, Round


class ApplicationIdTaken(Refusal):
    slug = "application-id-taken"
    vi = "Đợt {round_id} đã có hồ sơ mã {application_id} của doanh nghiệp {first}; hãy nộp lại hồ sơ của {tax_code} với mã khác."
    en = "Round {round_id} already has a dossier {application_id}, of {first}; file the one of {tax_code} under another id."


class DossierAfterClosing(Refusal):
    slug = "dossier-after-closing"
    vi = (
        "Đợt {round_id} đã đóng chấm điểm ngày {closed_on:%d/%m/%Y}, không có hồ sơ {application_id}; "
        "hồ sơ này không được chấm ở đợt đó."
    )
    en = "Scoring of round {round_id} closed on {closed_on} without dossier {application_id}; it is not scored in that round."


class CriterionUnknown(Refusal):
    slug = "criterion-unknown"
    vi = "Bộ tiêu chí {criteria_id} không có tiêu chí {criterion} (hồ sơ {application_id}); hãy dùng một trong: {known}."
    en = "Criteria set {criteria_id} has no criterion {criterion} (dossier {application_id}); use one of: {known}."


class NotOfTheCouncil(Refusal):
    slug = "member-not-of-the-council"
    vi = "{member_id} không phải thành viên Hội đồng của đợt {round_id}; điểm cho hồ sơ {application_id} không được ghi."
    en = "{member_id} is no member of the Council of round {round_id}; the score of dossier {application_id} is not recorded."


class CriterionOfAnotherAgency(Refusal):
    slug = "criterion-of-another-agency"
    vi = "Tiêu chí {criterion} do {owner} chấm, {member_id} thuộc {agency}; điểm cho hồ sơ {application_id} không được ghi."
    en = "Criterion {criterion} is scored by {owner}, {member_id} is of {agency}; the score of {application_id} is not recorded."


class PointsAboveMaximum(Refusal):
    slug = "points-above-maximum"
    vi = "{points} điểm của {member_id} cho hồ sơ {application_id} vượt điểm tối đa {maximum} của {criterion}; hãy chấm lại."
    en = "{points} points of {member_id} for dossier {application_id} exceed the {maximum} of {criterion}; score it again."


class ScoringIsClosed(Refusal):
    slug = "scoring-closed"
    vi = (
        "Đợt {round_id} đã đóng chấm điểm ngày {closed_on:%d/%m/%Y}; "
        "điểm của {member_id} cho hồ sơ {application_id} không được ghi."
    )
    en = "Scoring of round {round_id} closed on {closed_on}; the score of {member_id} for {application_id} is not recorded."


class Score(BaseModel):
    """One version of a member's score: points, and the event and time it came with."""

    model_config = ConfigDict(frozen=True)

    member_id: str
    criterion: str
    points: Decimal
    filed_at: datetime
    event_id: str
    made: bool


class Missing(BaseModel):
    """A criterion of a dossier that cannot be closed yet: how many scores it needs and has, and whose are missing."""

    model_config = ConfigDict(frozen=True)

    application_id: str
    criterion: str
    owner: str
    needed: int
    present: int
    from_members: tuple[str, ...]


class Assessment(Document, collection="assessments"):
    """A dossier before the Council; `scores` is the whole history, oldest first. The id is round/dossier."""

    application_id: str
    round_id: str
    tax_code: str
    enterprise_name: str
    product_id: str
    product_name: str
    industry: Industry
    received: date
    made: bool
    scores: tuple[Score, ...] = ()

    @classmethod
    def of(cls, accepted: ApplicationAccepted) -> Self:
        """A dossier without scores."""
        return cls(
            id=assessment_key(accepted.round_id, accepted.application_id),
            application_id=accepted.application_id,
            round_id=accepted.round_id,
            tax_code=accepted.tax_code,
            enterprise_name=accepted.enterprise_name,
            product_id=accepted.product_id,
            product_name=accepted.product_name,
            industry=accepted.industry,
            received=accepted.received,
            made=accepted.made,
        )

    def opened(self, round_: Round) -> AssessmentOpened:
        """The event that lets the Council score."""
        return AssessmentOpened(
            application_id=self.application_id,
            round_id=self.round_id,
            product_name=self.product_name,
            criteria_id=round_.criteria_id,
        )

    def has_score(self, member_id: str, criterion: str) -> bool:
        """Whether the member has scored the criterion, whatever the version."""
        return any((score.member_id, score.criterion) == (member_id, criterion) for score in self.scores)

    def with_score(self, filed: ScoreFiled, *, at: datetime, event_id: str) -> Self:
        """The assessment with one more version of a member's score; earlier ones stay as history."""
        score = Score(
            member_id=filed.member_id,
            criterion=filed.criterion,
            points=filed.points,
            filed_at=at,
            event_id=event_id,
            made=filed.made,
        )
        return self.but(scores=(*self.scores, score))

    def counted(self, criterion: str) -> dict[str, Decimal]:
        """The points that count for a criterion, by member: the last version of each."""
        return {score.member_id: score.points for score in self.scores if score.criterion == criterion}

    def mean(self, criterion: str) -> Fraction | None:
        """The exact mean of a criterion over those who scored it; None, never 0, where nobody has."""
        points = self.counted(criterion).values()
        return sum(map(Fraction, points), Fraction(0)) / len(points) if points else None

    @property
    def rests_on_made_figures(self) -> bool:
        """Whether the dossier or any of its scores was made for a scenario."""
        return self.made or any(score.made for score in self.scores)


def assessment_key(round_id: str, application_id: str) -> str:
    """Id of an Assessment."""
    return f"{round_id}/{application_id}"


def check_score(filed: ScoreFiled, round_: Round, council: Council, criteria: CriteriaSet) -> None:
    """Raise the refusal of a score that may not be recorded (2023/QĐ-UBND: each agency scores its own criteria)."""
    about = {"application_id": filed.application_id, "member_id": filed.member_id, "criterion": filed.criterion}
    criterion = criteria.criterion(filed.criterion)
    if criterion is None:
        known = ", ".join(c.code for c in criteria.criteria)
        raise CriterionUnknown(field="criterion", criteria_id=criteria.id, known=known, **about)
    member = council.member(filed.member_id)
    if member is None:
        raise NotOfTheCouncil(field="member_id", round_id=round_.id, **about)
    if criterion.owner not in (COUNCIL, member.agency):
        raise CriterionOfAnotherAgency(field="criterion", owner=criterion.owner, agency=member.agency, **about)
    if filed.points > criterion.maximum:
        raise PointsAboveMaximum(field="points", points=filed.points, maximum=criterion.maximum, **about)


def check_open(filed: ScoreFiled, round_: Round) -> None:
    """Raise ScoringIsClosed where the round takes no more scores of this dossier."""
    if round_.closed_on is not None and round_.reopening(filed.application_id) is None:
        raise ScoringIsClosed(
            round_id=round_.id, closed_on=round_.closed_on, member_id=filed.member_id, application_id=filed.application_id
        )


def missing(assessments: Iterable[Assessment], council: Council, criteria: CriteriaSet) -> tuple[Missing, ...]:
    """Each criterion of each dossier with fewer scores than it needs, and the members who have not scored it."""
    return tuple(
        lack
        for assessment in assessments
        for criterion in criteria.criteria
        if (lack := _lack(assessment, criterion, council, criteria.least_scores(criterion)))
    )


def _lack(assessment: Assessment, criterion: Criterion, council: Council, needed: int) -> Missing | None:
    present = assessment.counted(criterion.code)
    if len(present) >= needed:
        return None
    return Missing(
        application_id=assessment.application_id,
        criterion=criterion.code,
        owner=criterion.owner,
        needed=needed,
        present=len(present),
        from_members=tuple(m.member_id for m in council.scorers(criterion) if m.member_id not in present),
    )
