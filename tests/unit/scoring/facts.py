"""Events for the tests of the scoring service: a round of 2021 with two criteria and a Council of three."""

from datetime import date
from decimal import Decimal
from typing import Any

from shared.contracts.applications import ApplicationAccepted, WithdrawalAsked
from shared.contracts.base import Data
from shared.contracts.council import (
    ConflictDeclared,
    CouncilAppointed,
    CriterionWaived,
    DecisionLine,
    Member,
    RecognitionDecided,
    ScoreFiled,
    ScoringClosed,
)
from shared.contracts.department import CriteriaIssued, Criterion, RoundOpened

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


def decided(*lines: tuple[int, str], **changes: Any) -> RecognitionDecided:
    """The city's decision with lines of (number, dossier)."""
    facts: dict[str, Any] = {"round_id": "2021", "decision": "5012/QĐ-UBND", "decided_on": date(2021, 11, 26)}
    facts["lines"] = tuple(DecisionLine(line=line, application_id=application) for line, application in lines)
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
