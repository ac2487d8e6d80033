"""Closing a round: when it can be, and the order of all products with what decided each place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pydantic import BaseModel, ConfigDict
from shared.contracts.applications import Reason
from shared.contracts.department import Industry
from shared.contracts.scoring import (
    Comparison,
    CriterionScore,
    ProductScored,
    RankedProduct,
    RoundRanked,
    WaivedCriterion,
)
from shared.errors import Refusal
from shared.messaging.document import Document

from scoring.domain.assessment import Assessment
from scoring.domain.council import Council
from scoring.domain.criteria import RoundCriteria
from scoring.domain.missing import Missing
from scoring.domain.round import Round
from scoring.domain.totals import Total

TOP = 10
LAST, NOT_SCORED = "last", "none"


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


class NoCriterionLeft(Refusal):
    slug = "no-criterion-left"
    vi = (
        "Chưa đóng được chấm điểm đợt {round_id}: hồ sơ {applications} không còn tiêu chí nào được chấm; "
        "hãy bổ sung thành viên Hội đồng rồi đóng lại với id mới."
    )
    en = (
        "Scoring of round {round_id} cannot close: no criterion of {applications} is left to score; "
        "appoint members who may score, then close again with a new id."
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that ranks a dossier: its name, what is compared (smaller first), and how it is shown."""

    by: str
    place: Any
    shown: str


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
    criteria_id: str
    maximum: Decimal
    score: Decimal
    median: Decimal
    spread: Decimal
    deviation: Decimal
    criteria: tuple[CriterionScore, ...]
    waived: tuple[WaivedCriterion, ...]
    passed: bool
    reasons: tuple[Reason, ...]
    compared: tuple[Comparison, ...]
    decided_by: str
    made: bool


class Ranking(Document, collection="rankings"):
    """The ranking of a round, best first. The last version lies under the round's id, earlier ones under round|version."""

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
            version=self.version,
            criteria_id=self.criteria_id,
            ranking=tuple(RankedProduct(**place.model_dump(include=set(RankedProduct.model_fields))) for place in self.places),
            top10=self.top10,
        )

    def scored(self) -> tuple[ProductScored, ...]:
        """The events that publish each product's score, best first."""
        return tuple(
            ProductScored(round_id=self.id, **{n: getattr(place, n) for n in ProductScored.model_fields if n != "round_id"})
            for place in self.places
        )


def earlier(ranking: Ranking) -> Ranking:
    """A ranking as it is kept when a new version takes its place."""
    return ranking.but(id=version_key(ranking.id, ranking.version))


def version_key(round_id: str, version: int) -> str:
    """Id of an earlier version of a Ranking; no identifier holds a bar, so that none is taken for another round's."""
    return f"{round_id}|{version}"


def check_closing(round_: Round, listed: Iterable[str], lacks: tuple[Missing, ...], empty: tuple[str, ...] = ()) -> None:
    """Raise the refusal of a closing that leaves out a dossier, for which scores are missing, or with nothing to score."""
    left_out = sorted(set(round_.applications) - set(listed))
    if left_out:
        raise DossiersLeftOut(field="applications", round_id=round_.id, applications=", ".join(left_out))
    if lacks:
        vi, en = ("; ".join(texts) for texts in zip(*map(_lack, lacks), strict=True))
        raise ScoresMissing(field="applications", round_id=round_.id, lacks_vi=vi, lacks_en=en)
    if empty:
        raise NoCriterionLeft(field="applications", round_id=round_.id, applications=", ".join(empty))


def _lack(lack: Missing) -> tuple[str, str]:
    """One gap, in both languages."""
    id, criterion = lack.application_id, lack.criterion
    vi, en = f"hồ sơ {id}, tiêu chí {criterion}", f"dossier {id}, criterion {criterion}"
    if lack.what == "figures":
        return f"{vi} không có số kê khai để tính ({lack.owner})", f"{en} has no declared figures to compute it ({lack.owner})"
    who = ", ".join(lack.from_members)
    if lack.may_score < lack.needed:
        return (
            f"{vi} có {lack.present}/{lack.needed} điểm và chỉ {lack.may_score} thành viên được chấm",
            f"{en} has {lack.present}/{lack.needed} scores and only {lack.may_score} members may score it",
        )
    return f"{vi} có {lack.present}/{lack.needed} điểm (còn {who})", f"{en} has {lack.present}/{lack.needed} scores (of {who})"


def rank(
    round_: Round,
    assessments: Iterable[Assessment],
    criteria: RoundCriteria,
    council: Council,
    *,
    closed_on: date,
    version: int = 1,
) -> Ranking:
    """The total order of the dossiers: by score, the tie-break criteria in turn, date received, then number.

    Where the sets of a round have other maxima, scores are compared as exact shares of them. The chain is that of the
    round's default set; a criterion is compared as a share of its maximum, and a dossier without it comes after.
    """
    totals = [Total.of(assessment, criteria.of(assessment.industry), council) for assessment in assessments]
    ranked = sorted(((_order(total, criteria), total) for total in totals), key=lambda entry: [step.place for step in entry[0]])
    followers = [*(steps for steps, _ in ranked[1:]), None]
    places = tuple(
        _place(number, total, _compared(steps, follower), council)
        for number, ((steps, total), follower) in enumerate(zip(ranked, followers, strict=False), start=1)
    )
    return Ranking(id=round_.id, version=version, criteria_id=criteria.default.id, closed_on=closed_on, places=places)


def _order(total: Total, criteria: RoundCriteria) -> list[Step]:
    """What ranks a dossier, step by step."""
    share = Fraction(total.score) / Fraction(total.criteria.maximum)
    assessment = total.assessment
    return [
        Step("score", -share, f"{total.score}" if criteria.same_maximum else exact(share)),
        *(_criterion_step(total, code, criteria) for code in criteria.default.tie_break),
        Step("received", assessment.received, assessment.received.isoformat()),
        Step("application", assessment.application_id, assessment.application_id),
    ]


def _criterion_step(total: Total, code: str, criteria: RoundCriteria) -> Step:
    share = total.share(code)
    if share is None:
        return Step(code, (1, Fraction(0)), NOT_SCORED)
    maxima = {criterion.maximum for pinned in criteria if (criterion := pinned.criterion(code))}
    return Step(code, (0, -share), exact(share * Fraction(maxima.pop()) if len(maxima) == 1 else share))


def _compared(steps: list[Step], follower: list[Step] | None) -> tuple[Comparison, ...]:
    """Each step against the next place, up to the first in which they differ; none where nobody follows."""
    compared = []
    for mine, theirs in zip(steps, follower or [], strict=False):
        compared.append(Comparison(by=mine.by, value=mine.shown, next=theirs.shown))
        if mine.place != theirs.place:
            break
    return tuple(compared)


def exact(value: Fraction) -> str:
    """The value as a decimal where it has an end, otherwise as numerator/denominator."""
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    return str(value) if rest > 1 else f"{Decimal(value.numerator) / Decimal(value.denominator):f}"


def _place(number: int, total: Total, compared: tuple[Comparison, ...], council: Council) -> Place:
    assessment, reasons = total.assessment, total.reasons()
    return Place(
        rank=number,
        application_id=assessment.application_id,
        tax_code=assessment.tax_code,
        enterprise_name=assessment.enterprise_name,
        product_id=assessment.product_id,
        product_name=assessment.product_name,
        industry=assessment.industry,
        received=assessment.received,
        criteria_id=total.criteria.id,
        maximum=total.criteria.maximum,
        score=total.score,
        median=total.median,
        spread=total.spread,
        deviation=total.deviation,
        criteria=tuple(scored.published() for scored in total.scored),
        waived=total.waived,
        passed=not reasons,
        reasons=reasons,
        compared=compared,
        decided_by=compared[-1].by if compared else LAST,
        made=assessment.rests_on_made_figures or council.made,
    )
