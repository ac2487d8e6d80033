"""Events for the tests of the scoring service: a round of 2021 with two criteria and a Council of three."""

from datetime import date
from decimal import Decimal
from typing import Any

from shared.contracts.applications import ApplicationAccepted, EnterpriseMerged, WithdrawalAsked
from shared.contracts.base import Data
from shared.contracts.council import (
    AppealAdmitted,
    AppealDismissed,
    AppealFiled,
    ConflictDeclared,
    CouncilAppointed,
    CriterionWaived,
    DecisionAmended,
    DecisionLine,
    LeftOut,
    MaintenanceReviewed,
    Member,
    ObjectionAnswered,
    ObjectionFiled,
    RecognitionDecided,
    RenewalDecided,
    RescoringClosed,
    ResultPublished,
    RevocationDecided,
    RevokedLine,
    ScoreFiled,
    ScoringClosed,
    SuspensionDecided,
    SuspensionLifted,
)
from shared.contracts.department import CriteriaIssued, Criterion, DayStarted, RoundOpened, ValidityRulesIssued

GROWTH = Criterion(
    code="growth", name_vi="Tăng trưởng", name_en="Growth", maximum=Decimal(60), owner="council", minimum=Decimal(20)
)
EXPORT = Criterion(code="export", name_vi="Xuất khẩu", name_en="Exports", maximum=Decimal(40), owner="trade")
ISSUED = CriteriaIssued(
    criteria_id="set-2021",
    criteria=(GROWTH, EXPORT),
    pass_mark=Decimal(65),
    quorum=2,
    tie_break=("export",),
    legal_text="2023/QĐ-UBND",
)
OPENED = RoundOpened(
    round_id="2021",
    year=2021,
    plan_id="60/KH-UBND@2021-03-10",
    rules_id="1520/HD-SCT",
    criteria_id="set-2021",
    opens=date(2021, 6, 1),
    closes=date(2021, 8, 31),
    validity_months=24,
    legal_text="60/KH-UBND",
)
APPOINTED = CouncilAppointed(
    round_id="2021",
    decision="3211/QĐ-UBND",
    members=(
        Member(member_id="an", name="An", agency="industry", chair=True),
        Member(member_id="binh", name="Bình", agency="trade"),
        Member(member_id="chi", name="Chi", agency="science"),
    ),
)
BASE: tuple[Data, ...] = (ISSUED, OPENED, APPOINTED)


def accepted(application_id: str = "A1", **changes: Any) -> ApplicationAccepted:
    """An accepted dossier; product and enterprise are named after it unless told."""
    facts: dict[str, Any] = {
        "application_id": application_id,
        "round_id": "2021",
        "tax_code": "0101243150",
        "enterprise_name": "Công ty cổ phần MISA",
        "product_id": f"product-{application_id}",
        "product_name": f"Sản phẩm {application_id}",
        "industry": "information-technology",
        "received": date(2021, 8, 1),
        "figures": (),
        "rules_id": "1520/HD-SCT",
    }
    return ApplicationAccepted(**facts | changes)


def score(application_id: str, member_id: str, criterion: str, points: str, **changes: Any) -> ScoreFiled:
    """A member's points, written as a decimal."""
    facts: dict[str, Any] = {"round_id": "2021", "application_id": application_id, "member_id": member_id}
    return ScoreFiled(**facts | {"criterion": criterion, "points": Decimal(points)} | changes)


def scores(application_id: str, growth: tuple[str, str], export: str) -> tuple[ScoreFiled, ...]:
    """What a dossier needs to be closed: growth by two members, exports by the agency for trade."""
    return (
        score(application_id, "an", "growth", growth[0]),
        score(application_id, "chi", "growth", growth[1]),
        score(application_id, "binh", "export", export),
    )


def closed(*applications: str, **changes: Any) -> ScoringClosed:
    """Scoring closed over these dossiers."""
    facts: dict[str, Any] = {"round_id": "2021", "closed_on": date(2021, 11, 1), "applications": applications}
    return ScoringClosed(**facts | changes)


def decided(*lines: tuple[int, str], left_out: tuple[str, ...] = (), **changes: Any) -> RecognitionDecided:
    """The city's decision with lines of (number, dossier), and dossiers left out with a reason."""
    facts: dict[str, Any] = {"round_id": "2021", "decision": "5012/QĐ-UBND", "decided_on": date(2021, 11, 26)}
    facts["lines"] = tuple(DecisionLine(line=line, application_id=application) for line, application in lines)
    facts["left_out"] = tuple(LeftOut(application_id=application, reason="Đang bị thanh tra.") for application in left_out)
    return RecognitionDecided(**facts | changes)


def withdrawal(application_id: str, **changes: Any) -> WithdrawalAsked:
    """An enterprise wants its dossier back."""
    facts: dict[str, Any] = {"application_id": application_id, "round_id": "2021", "tax_code": "0101243150"}
    return WithdrawalAsked(**facts | {"asked_on": date(2021, 11, 5), "reason": "Ngừng sản xuất"} | changes)


def conflict(member_id: str, tax_code: str = "0101243150", **changes: Any) -> ConflictDeclared:
    """A member's conflict with an enterprise."""
    facts: dict[str, Any] = {"round_id": "2021", "member_id": member_id, "tax_code": tax_code}
    return ConflictDeclared(**facts | {"reason": "Góp vốn", "declared_on": date(2021, 9, 8)} | changes)


def waiver(criterion: str, application_id: str | None = None, **changes: Any) -> CriterionWaived:
    """The chair waives a criterion."""
    facts: dict[str, Any] = {"round_id": "2021", "application_id": application_id, "criterion": criterion}
    return CriterionWaived(**facts | {"reason": "Không có số liệu", "waived_by": "an"} | changes)


# -- from the publication on ---------------------------------------------------------------------------------------------

TAX, OTHER_TAX = "0101243150", "0300588569"
PUBLISHED = ResultPublished(round_id="2021", published_on=date(2021, 11, 5), comments_until=date(2021, 11, 22))


def objection(objection_id: str = "G1", **changes: Any) -> ObjectionFiled:
    """An objection to the result of A1, in time."""
    facts: dict[str, Any] = {"objection_id": objection_id, "round_id": "2021", "application_id": "A1", "by": "Ông Nam"}
    return ObjectionFiled(**facts | {"text": "Điểm chưa đúng.", "received": date(2021, 11, 10)} | changes)


def answered(objection_id: str = "G1", outcome: str = "rejected", **changes: Any) -> ObjectionAnswered:
    """The answer to an objection."""
    facts: dict[str, Any] = {"objection_id": objection_id, "round_id": "2021", "outcome": outcome, "answer": "Đã xem xét."}
    return ObjectionAnswered(**facts | {"answered_on": date(2021, 11, 20)} | changes)


def rescored(application_id: str = "A1", **changes: Any) -> RescoringClosed:
    """A reopened dossier takes no more scores."""
    facts: dict[str, Any] = {"round_id": "2021", "application_id": application_id, "closed_on": date(2021, 11, 24)}
    return RescoringClosed(**facts | changes)


def appeal(appeal_id: str = "K1", application_id: str = "A3", **changes: Any) -> AppealFiled:
    """An appeal against the decision on a dossier, in time."""
    facts: dict[str, Any] = {"appeal_id": appeal_id, "round_id": "2021", "application_id": application_id, "by": "Bà Lan"}
    return AppealFiled(**facts | {"grounds": "Thiếu sản lượng.", "received": date(2021, 12, 1)} | changes)


def admitted(appeal_id: str = "K1", **changes: Any) -> AppealAdmitted:
    """An appeal taken up."""
    return AppealAdmitted(**{"appeal_id": appeal_id, "round_id": "2021", "admitted_on": date(2021, 12, 6)} | changes)


def dismissed(appeal_id: str = "K1", **changes: Any) -> AppealDismissed:
    """An appeal not taken up."""
    facts: dict[str, Any] = {"appeal_id": appeal_id, "round_id": "2021", "dismissed_on": date(2021, 12, 6)}
    return AppealDismissed(**facts | {"reason": "Đã trả lời."} | changes)


def amended(
    *lines: tuple[int, str], revoke: tuple[str, ...] = (), honours: tuple[str, ...] = (), **changes: Any
) -> DecisionAmended:
    """An amending decision with lines of (number, dossier), dossiers that lose their recognition, and the Top 10 anew."""
    facts: dict[str, Any] = {"round_id": "2021", "decision": "184/QĐ-UBND", "decided_on": date(2022, 1, 14)}
    facts["recognise"] = tuple(DecisionLine(line=line, application_id=application) for line, application in lines)
    facts["revoke"] = tuple(RevokedLine(application_id=application, reason="Chấm lại không đạt.") for application in revoke)
    return DecisionAmended(**facts | {"honours": honours} | changes)


def held(certificate: str = "2021-001", tax_code: str = TAX, decision: str = "611/QĐ-UBND") -> dict[str, Any]:
    """What every decision on a certificate names."""
    return {"certificate": certificate, "tax_code": tax_code, "decision": decision}


def renewal(decided_on: date, rules_id: str = "36", **changes: Any) -> RenewalDecided:
    """A certificate renewed on a day."""
    return RenewalDecided(**held() | {"decided_on": decided_on, "rules_id": rules_id} | changes)


def review(reviewed_on: date, *, passed: bool, **changes: Any) -> MaintenanceReviewed:
    """A maintenance review; one that failed says why."""
    reason = None if passed else "Sản lượng giảm."
    return MaintenanceReviewed(**held() | {"reviewed_on": reviewed_on, "passed": passed, "reason": reason} | changes)


def suspension(first: date, last: date | None = None, **changes: Any) -> SuspensionDecided:
    """A certificate suspended from a day, to a day or until it is lifted."""
    facts = {"decided_on": first, "suspended_from": first, "suspended_until": last, "reason": "Không báo cáo."}
    return SuspensionDecided(**held() | facts | changes)


def lifting(day: date, **changes: Any) -> SuspensionLifted:
    """A suspension lifted from a day."""
    return SuspensionLifted(**held() | {"decided_on": day, "lifted_on": day} | changes)


def revocation(day: date, **changes: Any) -> RevocationDecided:
    """A certificate revoked from a day."""
    return RevocationDecided(**held() | {"decided_on": day, "revoked_on": day, "reason": "Ngừng sản xuất."} | changes)


def rules(months: int = 36, **changes: Any) -> ValidityRulesIssued:
    """Rules on validity, named after their months."""
    facts: dict[str, Any] = {"rules_id": str(months), "effective_from": date(2019, 4, 1), "validity_months": months}
    return ValidityRulesIssued(**facts | {"legal_text": "Quy chế"} | changes)


def merged(into: str, formerly: str = TAX, day: date = date(2022, 3, 1)) -> EnterpriseMerged:
    """An enterprise that goes on under another code."""
    return EnterpriseMerged(tax_code=into, formerly=formerly, merged_on=day, why="merged")


def began(day: date) -> DayStarted:
    """A day that began."""
    return DayStarted(date=day)
