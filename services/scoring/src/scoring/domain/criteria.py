"""What dossiers are scored by: a version of the criteria, and the sets a round pins, one for each industry."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Literal, Self, get_args

from shared.contracts.department import CriteriaGroup, CriteriaIssued, Criterion, Industry
from shared.errors import Refusal
from shared.messaging.document import Document

from scoring.domain.contradictions import COUNCIL, contradictions


class CriteriaInconsistent(Refusal):
    slug = "criteria-inconsistent"
    vi = "Bộ tiêu chí {criteria_id} mâu thuẫn: {problems_vi}; hãy sửa rồi ban hành lại với id mới."
    en = "Criteria set {criteria_id} contradicts itself: {problems_en}; correct it and issue it again with a new id."


class CriteriaAlreadyIssued(Refusal):
    slug = "criteria-already-issued"
    vi = "Bộ tiêu chí {criteria_id} đã ban hành với nội dung khác và không đổi được; hãy ban hành phiên bản mới với mã mới."
    en = "Criteria set {criteria_id} was issued with other content and cannot change; issue a new version under a new id."


class CriteriaOfAnotherIndustry(Refusal):
    slug = "criteria-of-another-industry"
    vi = "Đợt {round_id} gắn bộ tiêu chí không dành cho ngành của sản phẩm: {pins}; hãy mở lại với bộ tiêu chí đúng."
    en = "Round {round_id} pins criteria sets that are not for the industry: {pins}; open it again with the right sets."


class CriteriaSet(Document, collection="criteria_sets", copied=True):
    """A version of the criteria (2023/QĐ-UBND); points as decimals. A copy lies in every partition, for any round."""

    criteria: tuple[Criterion, ...]
    groups: tuple[CriteriaGroup, ...] = ()
    pass_mark: Decimal
    quorum: int
    quorum_percent: int | None = None
    tie_break: tuple[str, ...]
    industries: tuple[Industry, ...] = ()
    waived: Literal["scaled", "zero"] = "scaled"
    blind: bool = False
    legal_text: str

    @classmethod
    def of(cls, issued: CriteriaIssued) -> Self:
        """The set as it was issued; raises CriteriaInconsistent with every contradiction in it."""
        problems = contradictions(issued)
        if problems:
            vi, en = ("; ".join(texts) for texts in zip(*problems, strict=True))
            raise CriteriaInconsistent(field="criteria", criteria_id=issued.criteria_id, problems_vi=vi, problems_en=en)
        return cls(id=issued.criteria_id, **{name: getattr(issued, name) for name in cls.model_fields if name != "id"})

    @property
    def maximum(self) -> Decimal:
        """The most points a dossier can have."""
        return sum((criterion.maximum for criterion in self.criteria), Decimal(0))

    def criterion(self, code: str) -> Criterion | None:
        """The criterion of this code, None where the set has none."""
        return next((criterion for criterion in self.criteria if criterion.code == code), None)

    def least_scores(self, criterion: Criterion, may_score: int) -> int:
        """How many scores a criterion needs: one of its agency's; of the council's, the quorum of those who may score."""
        if criterion.owner != COUNCIL:
            return 1
        return max(self.quorum, ceil(Fraction(may_score * (self.quorum_percent or 0), 100)))


def least_points(criterion: Criterion) -> Fraction | None:
    """What a product needs of a criterion to pass, exactly: points, or a share of the maximum; None where nothing."""
    if criterion.minimum_percent is not None:
        return Fraction(criterion.maximum) * criterion.minimum_percent / 100
    return None if criterion.minimum is None else Fraction(criterion.minimum)


@dataclass(frozen=True, slots=True)
class RoundCriteria:
    """The sets a round is scored by: `default`, and those of industries that have their own."""

    default: CriteriaSet
    by_industry: Mapping[Industry, CriteriaSet]

    def of(self, industry: Industry) -> CriteriaSet:
        """The set of an industry."""
        return self.by_industry.get(industry, self.default)

    def __iter__(self) -> Iterator[CriteriaSet]:
        """Each set once, the default first."""
        return iter({s.id: s for s in (self.default, *self.by_industry.values())}.values())

    @property
    def same_maximum(self) -> bool:
        """Whether the points of all sets can be compared as they are."""
        return len({s.maximum for s in self}) == 1

    def check(self, round_id: str) -> None:
        """Raise CriteriaOfAnotherIndustry where an industry would be scored by a set that is not for it."""
        wrong = [
            f"{industry}: {pinned.id}"
            for industry in sorted(get_args(Industry))
            if (pinned := self.of(industry)).industries and industry not in pinned.industries
        ]
        if wrong:
            raise CriteriaOfAnotherIndustry(field="criteria_by_industry", round_id=round_id, pins=", ".join(wrong))
