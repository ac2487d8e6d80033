"""The Council of a round: its versions by decision, who may score what, conflicts of interest, and the chair's waivers."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict
from shared.contracts.council import ConflictDeclared, CouncilAppointed, CriterionWaived, Member
from shared.contracts.department import Criterion
from shared.errors import Refusal
from shared.messaging.document import Document

from scoring.domain.contradictions import COUNCIL
from scoring.domain.criteria import RoundCriteria

WhyRecused = Literal["declared", "agency", "interest"]


class CouncilAlreadyAppointed(Refusal):
    slug = "council-already-appointed"
    vi = (
        "Hội đồng của đợt {round_id} đã thành lập với nội dung khác theo {decision}; để thay đổi, hãy gửi quyết định khác "
        "có ngày hiệu lực sau quyết định đó."
    )
    en = (
        "The Council of round {round_id} was appointed with other content by {decision}; to change it, send another "
        "decision that takes effect after that one."
    )


class CouncilMemberTwice(Refusal):
    slug = "council-member-twice"
    vi = "Hội đồng của đợt {round_id} ghi thành viên {members} hơn một lần; mỗi thành viên chỉ một dòng, hãy sửa rồi gửi lại."
    en = "The Council of round {round_id} names {members} more than once; give each member one line and send again."


class CouncilCannotScore(Refusal):
    slug = "council-cannot-score"
    vi = "Hội đồng của đợt {round_id} không chấm được theo bộ tiêu chí: {problems_vi}; hãy bổ sung thành viên rồi gửi lại."
    en = "The Council of round {round_id} cannot score by the criteria: {problems_en}; add members and send again."


class NotOfTheCouncil(Refusal):
    slug = "member-not-of-the-council"
    vi = "{member_id} không phải thành viên Hội đồng của đợt {round_id}; {what_vi} không được ghi nhận."
    en = "{member_id} is no member of the Council of round {round_id}; {what_en} is not recorded."


class NotTheChair(Refusal):
    slug = "waiver-not-by-the-chair"
    vi = "{member_id} không phải chủ tịch Hội đồng của đợt {round_id}; chỉ chủ tịch được bỏ qua tiêu chí {criterion}."
    en = "{member_id} does not chair the Council of round {round_id}; only the chair may waive criterion {criterion}."


class WaivedCriterionUnknown(Refusal):
    slug = "waived-criterion-unknown"
    vi = "Đợt {round_id} không chấm tiêu chí {criterion} cho hồ sơ {application_id}; hãy dùng một trong: {known}."
    en = "Round {round_id} does not score criterion {criterion} of dossier {application_id}; use one of: {known}."


class AfterClosing(Refusal):
    slug = "council-after-closing"
    vi = (
        "Đợt {round_id} đã đóng chấm điểm ngày {closed_on:%d/%m/%Y}; Hội đồng, xung đột lợi ích, việc bỏ qua tiêu chí "
        "không đổi được nữa, hãy nêu ý kiến về kết quả đã công bố."
    )
    en = (
        "Scoring of round {round_id} closed on {closed_on}; the Council, conflicts of interest and waivers cannot change "
        "any more, object to the published result instead."
    )


class CouncilVersion(BaseModel):
    """The Council as one decision appointed it, and by when it is to score."""

    model_config = ConfigDict(frozen=True)

    decision: str
    members: tuple[Member, ...]
    effective_from: date | None
    scoring_due: date | None
    remind_before: tuple[int, ...]
    made: bool


class Conflict(BaseModel):
    """A conflict of interest a member declared."""

    model_config = ConfigDict(frozen=True)

    member_id: str
    tax_code: str
    reason: str
    declared_on: date


class Waiver(BaseModel):
    """A criterion the chair waived, of one dossier or, without one, of all."""

    model_config = ConfigDict(frozen=True)

    application_id: str | None
    criterion: str
    reason: str
    waived_by: str


class Council(Document, collection="councils"):
    """The Council of a round, under the round's id; `versions` oldest first, the last one stands.

    On each of `reminders`, earliest first, those whose scores are missing are told.
    """

    versions: tuple[CouncilVersion, ...]
    reminders: tuple[date, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    @classmethod
    def of(cls, appointed: CouncilAppointed) -> Self:
        """The first version of a Council; raises CouncilMemberTwice."""
        return cls(id=appointed.round_id, versions=(_version(appointed),))

    def appointed_again(self, appointed: CouncilAppointed) -> Self:
        """The Council with one more version; the same content again changes nothing.

        Raises CouncilAlreadyAppointed unless another decision takes effect later than the one that stands.
        """
        version, stands = _version(appointed), self.current
        if version in self.versions:
            return self
        later = version.effective_from is not None and (
            stands.effective_from is None or version.effective_from > stands.effective_from
        )
        if not later or any(version.decision == known.decision for known in self.versions):
            raise CouncilAlreadyAppointed(field="decision", round_id=self.id, decision=stands.decision)
        return self.but(versions=(*self.versions, version))

    @property
    def current(self) -> CouncilVersion:
        """The version that stands."""
        return self.versions[-1]

    @property
    def members(self) -> tuple[Member, ...]:
        """The members of the version that stands."""
        return self.current.members

    @property
    def made(self) -> bool:
        """Whether any version was made for a scenario."""
        return any(version.made for version in self.versions)

    def member(self, member_id: str, *, what_vi: str, what_en: str) -> Member:
        """The member of this id; raises NotOfTheCouncil, which says what is not recorded."""
        found = next((member for member in self.members if member.member_id == member_id), None)
        if found is None:
            facts = {"member_id": member_id, "what_vi": what_vi, "what_en": what_en}
            raise NotOfTheCouncil(field="member_id", round_id=self.id, **facts)
        return found

    def scorers(self, criterion: Criterion) -> tuple[Member, ...]:
        """The members who score a criterion: all, or those of the agency that owns it."""
        return tuple(m for m in self.members if criterion.owner in (COUNCIL, m.agency))

    def recusals(self, codes: Collection[str]) -> dict[str, WhyRecused]:
        """Who scores nothing of an enterprise of these codes, and why: in any version's list of members, or declared."""
        found: dict[str, WhyRecused] = {c.member_id: "declared" for c in self.conflicts if _names(c.tax_code, codes)}
        for member in (m for version in self.versions for m in version.members):
            if any(_names(interest, codes) for interest in member.interests):
                found[member.member_id] = "interest"
        for member in (m for version in self.versions for m in version.members):
            if _names(member.agency, codes):
                found[member.member_id] = "agency"
        return found

    def with_conflict(self, declared: ConflictDeclared) -> Self:
        """The Council with a member's conflict; raises NotOfTheCouncil."""
        enterprise = declared.tax_code
        self.member(declared.member_id, what_vi=f"xung đột với {enterprise}", what_en=f"the conflict with {enterprise}")
        conflict = Conflict(**declared.model_dump(exclude={"round_id"}))
        return self if conflict in self.conflicts else self.but(conflicts=(*self.conflicts, conflict))

    def with_waiver(self, waived: CriterionWaived) -> Self:
        """The Council with a criterion waived; raises NotOfTheCouncil or NotTheChair."""
        code = waived.criterion
        if not self.member(waived.waived_by, what_vi=f"việc bỏ qua {code}", what_en=f"the waiver of {code}").chair:
            raise NotTheChair(field="waived_by", round_id=self.id, member_id=waived.waived_by, criterion=code)
        waiver = Waiver(**waived.model_dump(exclude={"round_id"}))
        return self if waiver in self.waivers else self.but(waivers=(*self.waivers, waiver))

    def reminds(self, day: date, today: date) -> bool:
        """Whether a day is the last for a reminder up to today: not one of an earlier version, nor one passed over."""
        return day == max((reminder for reminder in self.reminders if reminder <= today), default=None)

    def waiver(self, application_id: str, criterion: str) -> Waiver | None:
        """The waiver of a criterion of a dossier, the first where there are several; None where it is to be scored."""
        of_criterion = (w for w in self.waivers if w.criterion == criterion)
        return next((w for w in of_criterion if w.application_id in (None, application_id)), None)

    def check(self, criteria: RoundCriteria) -> None:
        """Raise CouncilCannotScore where the version that stands could never score by the round's sets."""
        problems = dict.fromkeys(problem for pinned in criteria for problem in self._lacks(pinned.criteria, pinned.quorum))
        if sum(member.chair for member in self.members) > 1:
            problems[("có hơn một chủ tịch", "it has more than one chair")] = None
        if problems:
            vi, en = ("; ".join(texts) for texts in zip(*problems, strict=True))
            raise CouncilCannotScore(field="members", round_id=self.id, problems_vi=vi, problems_en=en)

    def _lacks(self, criteria: tuple[Criterion, ...], quorum: int) -> Iterator[tuple[str, str]]:
        for criterion in criteria:
            if criterion.computed is not None:
                continue
            if criterion.owner != COUNCIL and not self.scorers(criterion):
                yield (
                    f"không có thành viên của {criterion.owner} để chấm {criterion.code}",
                    f"no member of {criterion.owner} to score {criterion.code}",
                )
            elif criterion.owner == COUNCIL and len(self.members) < quorum:
                yield (
                    f"{len(self.members)} thành viên ít hơn số điểm tối thiểu {quorum} của {criterion.code}",
                    f"{len(self.members)} members are fewer than the quorum of {quorum} of {criterion.code}",
                )


def _version(appointed: CouncilAppointed) -> CouncilVersion:
    times = Counter(member.member_id for member in appointed.members)
    twice = [member for member, n in times.items() if n > 1]
    if twice:
        raise CouncilMemberTwice(field="members", round_id=appointed.round_id, members=", ".join(twice))
    return CouncilVersion(**{name: getattr(appointed, name) for name in CouncilVersion.model_fields})


def _names(identifier: str, codes: Collection[str]) -> bool:
    """Whether an identifier names the enterprise: one of its codes, or one with the suffix of a branch."""
    return any(identifier == code or identifier.startswith(f"{code}-") for code in codes)
