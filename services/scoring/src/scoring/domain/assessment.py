"""The assessment of one dossier: its scores, with every version kept, who may not score it, and whether it is still in."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict
from shared.contracts.applications import ApplicationAccepted
from shared.contracts.council import ScoreFiled
from shared.contracts.department import Industry
from shared.contracts.portal import YearFigures
from shared.contracts.scoring import AssessmentOpened, DossierWithdrawn, MemberRecused
from shared.errors import Refusal
from shared.messaging.document import Document

from scoring.domain.council import Council, WhyRecused
from scoring.domain.criteria import CriteriaSet
from scoring.domain.figures import measured, points_of


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


class ReplacesAnothersDossier(Refusal):
    slug = "replaces-anothers-dossier"
    vi = "Hồ sơ {application_id} ghi thay cho {earlier}, nhưng {earlier} là của doanh nghiệp {owner}; hãy sửa rồi gửi lại."
    en = "Dossier {application_id} says it replaces {earlier}, which is of enterprise {owner}; correct it and send again."


class Score(BaseModel):
    """One version of a member's score: points, why it was changed, and the event and time it came with."""

    model_config = ConfigDict(frozen=True)

    member_id: str
    criterion: str
    points: Decimal
    reason: str | None = None
    filed_at: datetime
    event_id: str
    made: bool


class ScoreChange(BaseModel):
    """A version of a score as history shows it: before and after, and why it is void where it is."""

    model_config = ConfigDict(frozen=True)

    member_id: str
    criterion: str
    filed_at: datetime
    before: Decimal | None
    after: Decimal
    reason: str | None
    void: WhyRecused | None


class Computed(BaseModel):
    """Points of a criterion that is computed from the declared figures."""

    model_config = ConfigDict(frozen=True)

    criterion: str
    points: Decimal


class Recusal(BaseModel):
    """A member who may not score the dossier, and why."""

    model_config = ConfigDict(frozen=True)

    member_id: str
    why: WhyRecused


class Assessment(Document, collection="assessments", found_by=("id", "round_id id")):
    """A dossier before the Council; `scores` is the whole history, oldest first. The id is round/dossier."""

    application_id: str
    round_id: str
    tax_code: str
    enterprise_name: str
    product_id: str
    product_name: str
    industry: Industry
    received: date
    figures: tuple[YearFigures, ...]
    made: bool
    computed: tuple[Computed, ...] = ()
    scores: tuple[Score, ...] = ()
    recused: tuple[Recusal, ...] = ()
    withdrawn_on: date | None = None
    replaced_by: str | None = None

    @classmethod
    def of(cls, accepted: ApplicationAccepted, criteria: CriteriaSet, round_year: int) -> Self:
        """A dossier without members' scores; what is computed from its figures is there at once."""
        facts = {name: getattr(accepted, name) for name in cls.model_fields if hasattr(accepted, name)}
        return cls(
            id=assessment_key(accepted.round_id, accepted.application_id),
            computed=tuple(
                Computed(criterion=criterion.code, points=points_of(criterion.computed, value))
                for criterion in criteria.criteria
                if criterion.computed is not None
                and (value := measured(criterion.computed, accepted.figures, round_year)) is not None
            ),
            **facts,
        )

    def opened(self, criteria: CriteriaSet) -> AssessmentOpened:
        """The event that lets the Council score; it does not name the product where the Council is not to know whose it is."""
        return AssessmentOpened(
            application_id=self.application_id,
            round_id=self.round_id,
            product_name=None if criteria.blind else self.product_name,
            criteria_id=criteria.id,
        )

    # -- scores --------------------------------------------------------------------------------------------------------

    def has_score(self, member_id: str, criterion: str) -> bool:
        """Whether the member has scored the criterion, whatever the version."""
        return any((score.member_id, score.criterion) == (member_id, criterion) for score in self.scores)

    def with_score(self, filed: ScoreFiled, *, at: datetime, event_id: str) -> Self:
        """The assessment with one more version of a member's score; earlier ones stay as history."""
        score = Score(
            member_id=filed.member_id,
            criterion=filed.criterion,
            points=filed.points,
            reason=filed.reason,
            filed_at=at,
            event_id=event_id,
            made=filed.made,
        )
        return self.but(scores=(*self.scores, score))

    def counted(self, criterion: str) -> dict[str, Decimal]:
        """The points that count for a criterion, by member: the last version of each who may score the dossier."""
        recused = {recusal.member_id for recusal in self.recused}
        return {s.member_id: s.points for s in self.scores if s.criterion == criterion and s.member_id not in recused}

    def points(self, criterion: str) -> tuple[Fraction, ...]:
        """All points of a criterion: of members, or the one that was computed; none where nobody has scored it."""
        computed = [c.points for c in self.computed if c.criterion == criterion]
        return tuple(map(Fraction, computed or self.counted(criterion).values()))

    def history(self) -> tuple[ScoreChange, ...]:
        """Every version of every score, oldest first: who, when, before, after, why."""
        why = {recusal.member_id: recusal.why for recusal in self.recused}
        latest: dict[tuple[str, str], Decimal] = {}
        changes = []
        for score in self.scores:
            place = (score.member_id, score.criterion)
            changes.append(
                ScoreChange(
                    **score.model_dump(include={"member_id", "criterion", "filed_at", "reason"}),
                    before=latest.get(place),
                    after=score.points,
                    void=why.get(score.member_id),
                )
            )
            latest[place] = score.points
        return tuple(changes)

    @property
    def rests_on_made_figures(self) -> bool:
        """Whether the dossier or any of its scores was made for a scenario."""
        return self.made or any(score.made for score in self.scores)

    # -- conflicts of interest -------------------------------------------------------------------------------------------

    def recusing(self, council: Council, codes: Collection[str]) -> Self:
        """The assessment with those recused who have a conflict with its enterprise, by any of the codes it has or had."""
        found = council.recusals(codes)
        return self.but(recused=tuple(Recusal(member_id=member, why=found[member]) for member in sorted(found)))

    def recusals_since(self, before: "Assessment") -> tuple[MemberRecused, ...]:
        """The events for members who were not recused before."""
        known = {recusal.member_id for recusal in before.recused}
        return tuple(
            MemberRecused(
                application_id=self.application_id,
                round_id=self.round_id,
                member_id=recusal.member_id,
                why=recusal.why,
                void=len({s.criterion for s in self.scores if s.member_id == recusal.member_id}),
            )
            for recusal in self.recused
            if recusal.member_id not in known
        )

    # -- withdrawal ------------------------------------------------------------------------------------------------------

    @property
    def state(self) -> Literal["scoring", "withdrawn"]:
        """Whether the dossier is still in the round."""
        return "scoring" if self.withdrawn_on is None else "withdrawn"

    def let_go(self, day: date, replaced_by: str | None) -> Self:
        """The assessment of a dossier its enterprise took back, or put another one in the place of."""
        return self.but(withdrawn_on=day, replaced_by=replaced_by)

    def gone(self, day: date) -> DossierWithdrawn:
        """The event that says so."""
        return DossierWithdrawn(
            application_id=self.application_id,
            round_id=self.round_id,
            tax_code=self.tax_code,
            withdrawn_on=day,
            replaced_by=self.replaced_by,
        )


def assessment_key(round_id: str, application_id: str) -> str:
    """Id of an Assessment."""
    return f"{round_id}/{application_id}"
