"""What a round is scored by: its criteria set, its Council, and where the round stands."""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict
from shared.contracts.council import CouncilAppointed, Member
from shared.contracts.department import CriteriaIssued, Criterion, RoundOpened
from shared.errors import Refusal
from shared.messaging.document import Document

# Owner of a criterion that every member scores.
COUNCIL = "council"


class CriteriaInconsistent(Refusal):
    slug = "criteria-inconsistent"
    vi = "Bộ tiêu chí {criteria_id} mâu thuẫn: {problems_vi}; hãy sửa rồi ban hành lại với id mới."
    en = "Criteria set {criteria_id} contradicts itself: {problems_en}; correct it and issue it again with a new id."


class CriteriaAlreadyIssued(Refusal):
    slug = "criteria-already-issued"
    vi = "Bộ tiêu chí {criteria_id} đã ban hành với nội dung khác và không đổi được; hãy ban hành phiên bản mới với mã mới."
    en = "Criteria set {criteria_id} was issued with other content and cannot change; issue a new version under a new id."


class CouncilAlreadyAppointed(Refusal):
    slug = "council-already-appointed"
    vi = "Hội đồng của đợt {round_id} đã thành lập với thành phần khác theo {decision}; thành phần đó được giữ."
    en = "The Council of round {round_id} was appointed with other members by {decision}; those members stand."


class CouncilMemberTwice(Refusal):
    slug = "council-member-twice"
    vi = "Hội đồng của đợt {round_id} ghi thành viên {members} hơn một lần; mỗi thành viên chỉ một dòng, hãy sửa rồi gửi lại."
    en = "The Council of round {round_id} names {members} more than once; give each member one line and send again."


class CriteriaSet(Document, collection="criteria_sets", copied=True):
    """A version of the criteria (2023/QĐ-UBND); points as decimals. A copy lies in every partition, for any round."""

    criteria: tuple[Criterion, ...]
    pass_mark: Decimal
    quorum: int
    tie_break: tuple[str, ...]
    legal_text: str

    @classmethod
    def of(cls, issued: CriteriaIssued) -> Self:
        """The set as it was issued; raises CriteriaInconsistent with every contradiction in it."""
        problems = _contradictions(issued)
        if problems:
            vi, en = ("; ".join(texts) for texts in zip(*problems, strict=True))
            raise CriteriaInconsistent(field="criteria", criteria_id=issued.criteria_id, problems_vi=vi, problems_en=en)
        return cls(
            id=issued.criteria_id,
            criteria=issued.criteria,
            pass_mark=issued.pass_mark,
            quorum=issued.quorum,
            tie_break=issued.tie_break,
            legal_text=issued.legal_text,
        )

    def criterion(self, code: str) -> Criterion | None:
        """The criterion of this code, None where the set has none."""
        return next((criterion for criterion in self.criteria if criterion.code == code), None)

    def least_scores(self, criterion: Criterion) -> int:
        """How many scores a criterion needs: the quorum where every member scores it, one where an agency does."""
        return self.quorum if criterion.owner == COUNCIL else 1


def _contradictions(issued: CriteriaIssued) -> list[tuple[str, str]]:
    """What cannot be in one set, in both languages: pairs (vi, en)."""
    codes = Counter(criterion.code for criterion in issued.criteria)
    found = [(f"tiêu chí {code} ghi {n} lần", f"criterion {code} stands {n} times") for code, n in codes.items() if n > 1]
    found += [
        (f"điểm tối thiểu của {c.code} cao hơn điểm tối đa", f"the minimum of {c.code} is above its maximum")
        for c in issued.criteria
        if c.minimum is not None and c.minimum > c.maximum
    ]
    found += [
        (f"tiêu chí phân hạng {code} không có trong bộ", f"tie-break {code} is no criterion of the set")
        for code in issued.tie_break
        if code not in codes
    ]
    total = sum(criterion.maximum for criterion in issued.criteria)
    if issued.pass_mark > total:
        found.append(
            (f"điểm đạt {issued.pass_mark} cao hơn tổng {total}", f"the pass mark {issued.pass_mark} is above the total {total}")
        )
    return found


class Council(Document, collection="councils"):
    """The Council of a round, under the round's id."""

    decision: str
    members: tuple[Member, ...]
    made: bool

    @classmethod
    def of(cls, appointed: CouncilAppointed) -> Self:
        """The Council as it was appointed; raises CouncilMemberTwice."""
        times = Counter(member.member_id for member in appointed.members)
        twice = [member for member, n in times.items() if n > 1]
        if twice:
            raise CouncilMemberTwice(field="members", round_id=appointed.round_id, members=", ".join(twice))
        return cls(id=appointed.round_id, decision=appointed.decision, members=appointed.members, made=appointed.made)

    def member(self, member_id: str) -> Member | None:
        """The member of this id, None where the Council has none."""
        return next((member for member in self.members if member.member_id == member_id), None)

    def scorers(self, criterion: Criterion) -> tuple[Member, ...]:
        """The members who may score a criterion: all, or those of the agency that owns it."""
        return tuple(m for m in self.members if criterion.owner in (COUNCIL, m.agency))


class Reopened(BaseModel):
    """A dossier that is scored again after closing; until it is ranked anew it stands with the `scores` it had then."""

    model_config = ConfigDict(frozen=True)

    application_id: str
    scores: int


class Round(Document, collection="rounds"):
    """Where a round stands; `applications` are its dossiers in the order they came, ids as the portal gave them."""

    year: int
    criteria_id: str
    validity_months: int
    comment_window: bool = False
    appeal_business_days: int = 0
    expiry_notice_business_days: int = 0
    applications: tuple[str, ...] = ()
    closed_on: date | None = None
    reopened: tuple[Reopened, ...] = ()
    decision: str | None = None

    @classmethod
    def of(cls, opened: RoundOpened) -> Self:
        """The round as it opened; it pins its criteria set for good."""
        return cls(
            id=opened.round_id,
            year=opened.year,
            criteria_id=opened.criteria_id,
            validity_months=opened.validity_months,
            comment_window=opened.comment_window,
            appeal_business_days=opened.appeal_business_days,
            expiry_notice_business_days=opened.expiry_notice_business_days,
        )

    def reopening(self, application_id: str) -> Reopened | None:
        """How a dossier was reopened, None where it is not being scored again."""
        return next((reopened for reopened in self.reopened if reopened.application_id == application_id), None)

    @property
    def status(self) -> Literal["scoring", "ranked", "decided"]:
        """Scores are taken, or ranked after closing, or decided on by the city."""
        if self.decision is not None:
            return "decided"
        return "scoring" if self.closed_on is None else "ranked"
