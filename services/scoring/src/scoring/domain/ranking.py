"""Closing a round: what each product scored, whether it passed, and the order of all of them.

Exact fractions all the way; only the published total is rounded, half up to 0.01, and that number decides pass and rank.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Self

from pydantic import BaseModel, ConfigDict
from shared.contracts.applications import Reason
from shared.contracts.department import Industry
from shared.contracts.scoring import CriterionScore, ProductScored, RankedProduct, RoundRanked
from shared.errors import Refusal
from shared.messaging.document import Document
from shared.vietnamese import number, rounded

from scoring.domain.assessment import Assessment, Missing
from scoring.domain.round import CriteriaSet, Round

TOP = 10


class ScoringAlreadyClosed(Refusal):
    slug = "scoring-already-closed"
    vi = "Đợt {round_id} đã đóng chấm điểm ngày {closed_on:%d/%m/%Y} với danh sách hồ sơ khác; kết quả đã xếp hạng được giữ."
    en = "Scoring of round {round_id} was closed on {closed_on} over another list; the ranking stands."


class DossiersLeftOut(Refusal):
    slug = "dossiers-left-out"
    vi = "Danh sách đóng chấm điểm của đợt {round_id} thiếu hồ sơ đã được chấp nhận: {applications}; hãy đóng lại với đủ hồ sơ."
    en = "The closing of round {round_id} leaves out accepted dossiers: {applications}; close again with all of them."


class ScoresMissing(Refusal):
    slug = "scores-missing"
    vi = "Chưa đóng được chấm điểm đợt {round_id}, còn thiếu: {lacks_vi}; hãy chấm đủ rồi đóng lại với id mới."
    en = "Scoring of round {round_id} cannot close, still missing: {lacks_en}; score them, then close again with a new id."


class Place(BaseModel):
    """One place of the ranking, with what the decision needs of the dossier; `decided_by` set it before the next."""

    model_config = ConfigDict(frozen=True)

    rank: int
    application_id: str
    tax_code: str
    enterprise_name: str
    product_id: str
    product_name: str
    industry: Industry
    received: date
    score: Decimal
    criteria: tuple[CriterionScore, ...]
    passed: bool
    reasons: tuple[Reason, ...]
    decided_by: str
    made: bool


@dataclass(frozen=True, slots=True)
class Total:
    """What a dossier scored: the exact means by criterion and the published total."""

    assessment: Assessment
    means: Mapping[str, Fraction]
    score: Decimal

    @classmethod
    def of(cls, assessment: Assessment, criteria: CriteriaSet) -> Self:
        """The sum of the means over the members who may score each criterion, rounded half up to 0.01 at the end."""
        means = {c.code: mean for c in criteria.criteria if (mean := assessment.mean(c.code)) is not None}
        return cls(assessment, means, rounded(sum(means.values(), Fraction(0)), 2))

    def order(self, criteria: CriteriaSet) -> list[tuple[str, object]]:
        """What ranks it, each step with its name, smaller first: score, tie-break criteria, date received, number."""
        return [
            ("score", -self.score),
            *((code, -self.means[code]) for code in criteria.tie_break),
            ("received", self.assessment.received),
            ("application", self.assessment.application_id),
        ]

    def reasons(self, criteria: CriteriaSet) -> tuple[Reason, ...]:
        """Why it does not pass: the total below the pass mark, a criterion below its minimum; none where it passes."""
        found = []
        if self.score < criteria.pass_mark:
            found.append(_below_pass_mark(self.score, criteria.pass_mark))
        found += [
            _below_minimum(c.name_vi, c.name_en, self.means[c.code], c.minimum)
            for c in criteria.criteria
            if c.minimum is not None and self.means[c.code] < Fraction(c.minimum)
        ]
        return tuple(found)


class Ranking(Document, collection="rankings"):
    """The ranking of a round, best first. The last version lies under the round's id, earlier ones under round/version."""

    version: int = 1
    criteria_id: str
    closed_on: date
    places: tuple[Place, ...]

    def place(self, application_id: str) -> Place | None:
        """The place of a dossier, None where the ranking has none."""
        return next((place for place in self.places if place.application_id == application_id), None)

    @property
    def top10(self) -> tuple[str, ...]:
        """The ten highest among those that pass, best first; several may be of one enterprise."""
        return tuple(place.application_id for place in self.places if place.passed)[:TOP]

    def ranked(self) -> RoundRanked:
        """The event that publishes the order."""
        return RoundRanked(
            round_id=self.id,
            criteria_id=self.criteria_id,
            version=self.version,
            ranking=tuple(RankedProduct(**place.model_dump(include=set(RankedProduct.model_fields))) for place in self.places),
            top10=self.top10,
        )

    def scored(self) -> tuple[ProductScored, ...]:
        """The events that publish each product's score, best first."""
        return tuple(
            ProductScored(
                application_id=place.application_id,
                round_id=self.id,
                tax_code=place.tax_code,
                product_name=place.product_name,
                score=place.score,
                criteria=place.criteria,
                passed=place.passed,
                reasons=place.reasons,
            )
            for place in self.places
        )


def check_closing(round_: Round, listed: Iterable[str], lacks: tuple[Missing, ...]) -> None:
    """Raise the refusal of a closing that leaves out a dossier, or for which scores are missing."""
    left_out = sorted(set(round_.applications) - set(listed))
    if left_out:
        raise DossiersLeftOut(field="applications", round_id=round_.id, applications=", ".join(left_out))
    if lacks:
        raise ScoresMissing(
            field="applications",
            round_id=round_.id,
            lacks_vi="; ".join(
                f"hồ sơ {lack.application_id}, tiêu chí {lack.criterion} có {lack.present}/{lack.needed} điểm" for lack in lacks
            ),
            lacks_en="; ".join(
                f"dossier {lack.application_id}, criterion {lack.criterion} has {lack.present}/{lack.needed} scores"
                for lack in lacks
            ),
        )


def rank(round_id: str, assessments: Iterable[Assessment], criteria: CriteriaSet, closed_on: date, council_made: bool) -> Ranking:
    """The total order of the dossiers: by score, the set's tie-break criteria in turn, date received, then number."""
    totals = [Total.of(assessment, criteria) for assessment in assessments]
    totals.sort(key=lambda total: [value for _, value in total.order(criteria)])
    followers = [*totals[1:], None]
    places = tuple(
        _place(number, total, _separates(total, follower, criteria), criteria, council_made)
        for number, (total, follower) in enumerate(zip(totals, followers, strict=False), start=1)
    )
    return Ranking(id=round_id, criteria_id=criteria.id, closed_on=closed_on, places=places)


def _separates(total: Total, follower: Total | None, criteria: CriteriaSet) -> str:
    """The first step of the order in which the next place differs; "last" where nobody follows."""
    if follower is None:
        return "last"
    steps = zip(total.order(criteria), follower.order(criteria), strict=True)
    return next(name for (name, mine), (_, theirs) in steps if mine != theirs)


def _place(number: int, total: Total, decided_by: str, criteria: CriteriaSet, council_made: bool) -> Place:
    assessment, reasons = total.assessment, total.reasons(criteria)
    return Place(
        rank=number,
        application_id=assessment.application_id,
        tax_code=assessment.tax_code,
        enterprise_name=assessment.enterprise_name,
        product_id=assessment.product_id,
        product_name=assessment.product_name,
        industry=assessment.industry,
        received=assessment.received,
        score=total.score,
        criteria=tuple(
            CriterionScore(criterion=code, mean=rounded(mean, 3), scores=len(assessment.counted(code)))
            for code, mean in total.means.items()
        ),
        passed=not reasons,
        reasons=reasons,
        decided_by=decided_by,
        made=assessment.rests_on_made_figures or council_made,
    )


def _below_pass_mark(score: Decimal, pass_mark: Decimal) -> Reason:
    return Reason(
        slug="below-pass-mark",
        vi=f"Tổng điểm {number(score, 2)} thấp hơn điểm đạt {number(pass_mark, 3)}.",
        en=f"The total of {score} points is below the pass mark of {pass_mark}.",
        field="score",
    )


def _below_minimum(name_vi: str, name_en: str, mean: Fraction, minimum: Decimal) -> Reason:
    """Shown rounded down, so that a mean a hair below the minimum does not read as equal to it."""
    shown = Decimal(floor(mean * 1000)) / 1000
    return Reason(
        slug="below-criterion-minimum",
        vi=f"Điểm tiêu chí {name_vi} là {number(shown, 3)}, thấp hơn mức tối thiểu {number(minimum, 3)}.",
        en=f"Criterion {name_en} has {shown} points, below its minimum of {minimum}.",
        field="criteria",
    )
