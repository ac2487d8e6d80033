"""What a product scored: mean, median and spread of each criterion and in all, and why it does not pass.

Exact fractions all the way; only what is published is rounded, half up, and the published total decides who passes.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor, isqrt
from typing import Self

from shared.contracts.applications import Reason
from shared.contracts.department import Criterion
from shared.contracts.scoring import CriterionScore, WaivedCriterion
from shared.vietnamese import number, rounded

from scoring.domain.assessment import Assessment
from scoring.domain.council import Council
from scoring.domain.criteria import CriteriaSet, least_points
from scoring.domain.missing import unscored


@dataclass(frozen=True, slots=True)
class CriterionTotal:
    """The points of a criterion, at least one, and what they come to."""

    criterion: Criterion
    points: tuple[Fraction, ...]

    @property
    def mean(self) -> Fraction:
        """The exact mean."""
        return sum(self.points, Fraction(0)) / len(self.points)

    @property
    def median(self) -> Fraction:
        """The middle one, or the mean of the two in the middle."""
        ordered, count = sorted(self.points), len(self.points)
        return (ordered[(count - 1) // 2] + ordered[count // 2]) / 2

    @property
    def spread(self) -> Fraction:
        """The highest less the lowest."""
        return max(self.points) - min(self.points)

    @property
    def variance(self) -> Fraction:
        """The mean of the squared distances from the mean: these are all scores there are, not a sample."""
        mean = self.mean
        return sum(((point - mean) ** 2 for point in self.points), Fraction(0)) / len(self.points)

    def published(self) -> CriterionScore:
        """The figures as they are published, to 0.001."""
        computed = self.criterion.computed is not None
        return CriterionScore(
            criterion=self.criterion.code,
            mean=rounded(self.mean, 3),
            scores=0 if computed else len(self.points),
            median=rounded(self.median, 3),
            spread=rounded(self.spread, 3),
            deviation=root(self.variance),
            computed=computed,
        )


@dataclass(frozen=True, slots=True)
class Total:
    """What a dossier scored by its criteria set; `waived` are the criteria that were not scored."""

    assessment: Assessment
    criteria: CriteriaSet
    scored: tuple[CriterionTotal, ...]
    waived: tuple[WaivedCriterion, ...]

    @classmethod
    def of(cls, assessment: Assessment, criteria: CriteriaSet, council: Council) -> Self:
        """The total of a dossier of which no score is missing."""
        waived = {c.code: why for c in criteria.criteria if (why := unscored(assessment, c, council, criteria))}
        scored = tuple(CriterionTotal(c, assessment.points(c.code)) for c in criteria.criteria if c.code not in waived)
        return cls(assessment, criteria, scored, tuple(waived.values()))

    @property
    def scale(self) -> Fraction:
        """What brings the rest to the full maximum, where the set says that waived criteria are made up for."""
        if not self.waived or self.criteria.waived == "zero":
            return Fraction(1)
        return Fraction(self.criteria.maximum) / sum(Fraction(total.criterion.maximum) for total in self.scored)

    @property
    def score(self) -> Decimal:
        """The sum of the means, rounded half up to 0.01 at the end."""
        return self._published(sum((total.mean for total in self.scored), Fraction(0)))

    @property
    def median(self) -> Decimal:
        """The same with medians in place of means."""
        return self._published(sum((total.median for total in self.scored), Fraction(0)))

    @property
    def spread(self) -> Decimal:
        """The total of the highest scores less that of the lowest."""
        return self._published(sum((total.spread for total in self.scored), Fraction(0)))

    @property
    def deviation(self) -> Decimal:
        """The root of the sum of the variances: the deviation of the total, as each criterion is scored by itself."""
        return root(self.scale**2 * sum((total.variance for total in self.scored), Fraction(0)))

    def share(self, code: str) -> Fraction | None:
        """The mean of a criterion as a share of its maximum; None where it was not scored."""
        return next((t.mean / Fraction(t.criterion.maximum) for t in self.scored if t.criterion.code == code), None)

    def reasons(self) -> tuple[Reason, ...]:
        """Why it does not pass: the total below the pass mark, a criterion below its minimum; none where it passes."""
        found = []
        if self.score < self.criteria.pass_mark:
            found.append(_below_pass_mark(self.score, self.criteria.pass_mark))
        for total in self.scored:
            least = least_points(total.criterion)
            if least is not None and total.mean < least:
                found.append(_below_minimum(total.criterion, total.mean, least))
        return tuple(found)

    def _published(self, points: Fraction) -> Decimal:
        return rounded(self.scale * points, 2)


def root(square: Fraction) -> Decimal:
    """The square root rounded half up to 0.001, by whole numbers: no digit is lost on the way."""
    return Decimal((isqrt(floor(square * 4 * 10**6)) + 1) // 2).scaleb(-3)


def _below_pass_mark(score: Decimal, pass_mark: Decimal) -> Reason:
    return Reason(
        slug="below-pass-mark",
        vi=f"Tổng điểm {number(score, 2)} thấp hơn điểm đạt {number(pass_mark, 3)}.",
        en=f"The total of {score} points is below the pass mark of {pass_mark}.",
        field="score",
    )


def _below_minimum(criterion: Criterion, mean: Fraction, minimum: Fraction) -> Reason:
    """Shown rounded down, so that a mean a hair below the minimum does not read as equal to it."""
    shown, least = Decimal(floor(mean * 1000)).scaleb(-3), _plain(rounded(minimum, 5))
    return Reason(
        slug="below-criterion-minimum",
        vi=f"Điểm tiêu chí {criterion.name_vi} là {number(shown, 3)}, thấp hơn mức tối thiểu {number(minimum, 5)}.",
        en=f"Criterion {criterion.name_en} has {_plain(shown)} points, below its minimum of {least}.",
        field="criteria",
    )


def _plain(value: Decimal) -> str:
    """Without the zeros at its end."""
    return f"{value.normalize():f}"
