"""Which scores are recorded, and which are refused, each with its reason (2023/QĐ-UBND: each agency scores its own criteria)."""

from shared.contracts.council import ScoreFiled
from shared.errors import Refusal

from scoring.domain.assessment import Assessment
from scoring.domain.contradictions import COUNCIL
from scoring.domain.council import Council
from scoring.domain.criteria import CriteriaSet
from scoring.domain.round import Round


class CriterionUnknown(Refusal):
    slug = "criterion-unknown"
    vi = "Bộ tiêu chí {criteria_id} không có tiêu chí {criterion} (hồ sơ {application_id}); hãy dùng một trong: {known}."
    en = "Criteria set {criteria_id} has no criterion {criterion} (dossier {application_id}); use one of: {known}."


class CriterionIsComputed(Refusal):
    slug = "criterion-computed"
    vi = "Tiêu chí {criterion} của hồ sơ {application_id} được tính từ số kê khai; điểm của {member_id} không được ghi."
    en = "Criterion {criterion} of dossier {application_id} is computed from its figures; {member_id} cannot score it."


class CriterionIsWaived(Refusal):
    slug = "criterion-waived"
    vi = "Chủ tịch Hội đồng đã bỏ qua tiêu chí {criterion} của hồ sơ {application_id}; điểm của {member_id} không được ghi."
    en = "The chair waived criterion {criterion} of dossier {application_id}; the score of {member_id} is not recorded."


class CriterionOfAnotherAgency(Refusal):
    slug = "criterion-of-another-agency"
    vi = "Tiêu chí {criterion} do {owner} chấm, {member_id} thuộc {agency}; điểm cho hồ sơ {application_id} không được ghi."
    en = "Criterion {criterion} is scored by {owner}, {member_id} is of {agency}; the score of {application_id} is not recorded."


class MemberHasConflict(Refusal):
    slug = "member-has-conflict"
    vi = "{member_id} có xung đột lợi ích với doanh nghiệp của hồ sơ {application_id} nên không được chấm; điểm không được ghi."
    en = "{member_id} has a conflict of interest with the enterprise of dossier {application_id}; the score is not recorded."


class PointsAboveMaximum(Refusal):
    """Refusals are public and scores sealed: it does not say how many points were given."""

    slug = "points-above-maximum"
    vi = "Điểm của {member_id} cho hồ sơ {application_id} vượt điểm tối đa {maximum} của {criterion}; hãy chấm lại."
    en = "The points of {member_id} for dossier {application_id} exceed the {maximum} of {criterion}; score it again."


class ScoringIsClosed(Refusal):
    slug = "scoring-closed"
    vi = (
        "Đợt {round_id} đã đóng chấm điểm ngày {closed_on:%d/%m/%Y}; "
        "điểm của {member_id} cho hồ sơ {application_id} không được ghi."
    )
    en = "Scoring of round {round_id} closed on {closed_on}; the score of {member_id} for {application_id} is not recorded."


class DossierIsWithdrawn(Refusal):
    slug = "dossier-withdrawn"
    vi = "Hồ sơ {application_id} đã rút khỏi đợt {round_id} ngày {withdrawn_on:%d/%m/%Y}; điểm của {member_id} không được ghi."
    en = "Dossier {application_id} left round {round_id} on {withdrawn_on}; the score of {member_id} is not recorded."


def check_open(filed: ScoreFiled, round_: Round) -> None:
    """Raise ScoringIsClosed where the round takes no more scores of this dossier."""
    if round_.closed_on is not None and round_.reopening(filed.application_id) is None:
        raise ScoringIsClosed(
            round_id=round_.id, closed_on=round_.closed_on, member_id=filed.member_id, application_id=filed.application_id
        )


def check_score(filed: ScoreFiled, assessment: Assessment, council: Council, criteria: CriteriaSet) -> None:
    """Raise the refusal of a score that may not be recorded."""
    about = {"application_id": filed.application_id, "member_id": filed.member_id, "criterion": filed.criterion}
    if assessment.withdrawn_on is not None:
        raise DossierIsWithdrawn(round_id=assessment.round_id, withdrawn_on=assessment.withdrawn_on, **about)
    criterion = criteria.criterion(filed.criterion)
    if criterion is None:
        known = ", ".join(c.code for c in criteria.criteria)
        raise CriterionUnknown(field="criterion", criteria_id=criteria.id, known=known, **about)
    what = filed.application_id
    member = council.member(filed.member_id, what_vi=f"điểm cho hồ sơ {what}", what_en=f"the score of dossier {what}")
    if any(recusal.member_id == filed.member_id for recusal in assessment.recused):
        raise MemberHasConflict(field="member_id", **about)
    if criterion.computed is not None:
        raise CriterionIsComputed(field="criterion", **about)
    if council.waiver(filed.application_id, filed.criterion) is not None:
        raise CriterionIsWaived(field="criterion", **about)
    if criterion.owner not in (COUNCIL, member.agency):
        raise CriterionOfAnotherAgency(field="criterion", owner=criterion.owner, agency=member.agency, **about)
    if filed.points > criterion.maximum:
        raise PointsAboveMaximum(field="points", maximum=criterion.maximum, **about)
