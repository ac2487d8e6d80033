"""Rounds and the versions of the eligibility rules: reference data, a copy of which lies in every partition."""

from datetime import date
from typing import Self

from shared.contracts.department import EligibilityRulesIssued, RoundOpened
from shared.errors import Refusal
from shared.messaging.document import Document


class RulesAlreadyIssued(Refusal):
    slug = "rules-already-issued"
    vi = "Quy định xét chọn {rules_id} đã ban hành với nội dung khác và không đổi được; hãy ban hành phiên bản mới với mã mới."
    en = "Eligibility rules {rules_id} were issued with other content and cannot change; issue a new version under a new id."


class RoundAlreadyOpened(Refusal):
    slug = "round-already-opened"
    vi = "Đợt xét chọn {round_id} đã mở với nội dung khác và giữ nguyên quy định, tiêu chí; hãy mở đợt khác với mã khác."
    en = "Round {round_id} was opened with other content and keeps its rules and criteria; open another round under another id."


class RoundClosesBeforeItOpens(Refusal):
    slug = "round-closes-before-it-opens"
    vi = (
        "Đợt xét chọn {round_id} đóng ngày {closes:%d/%m/%Y}, trước ngày mở {opens:%d/%m/%Y}; "
        "hãy sửa ngày rồi gửi lại với id mới."
    )
    en = "Round {round_id} closes on {closes}, before it opens on {opens}; correct the dates and send again with a new id."


class EligibilityRules(Document, collection="eligibility_rules", copied=True):
    """One version of the rules on who may apply; money in đồng, exports in USD (1520/HD-SCT)."""

    effective_from: date
    high_tech_revenue: int
    other_revenue: int
    handicraft_exports_usd: int
    required_documents: tuple[str, ...]
    high_tech_commitments: tuple[str, ...]
    legal_text: str

    @classmethod
    def of(cls, issued: EligibilityRulesIssued) -> Self:
        """The version as it was issued."""
        return cls(id=issued.rules_id, **issued.model_dump(exclude={"rules_id"}))


class Round(Document, collection="rounds", copied=True):
    """A selection round with the rules it pins; dossiers are received from `opens` to `closes`, both included."""

    year: int
    plan_id: str
    rules_id: str
    criteria_id: str
    opens: date
    closes: date
    validity_months: int
    comment_window: bool = False
    appeal_business_days: int = 0
    expiry_notice_business_days: int = 0
    legal_text: str

    @classmethod
    def of(cls, opened: RoundOpened) -> Self:
        """The round as it was opened; raises RoundClosesBeforeItOpens."""
        if opened.closes < opened.opens:
            raise RoundClosesBeforeItOpens(field="closes", round_id=opened.round_id, opens=opened.opens, closes=opened.closes)
        return cls(id=opened.round_id, **opened.model_dump(exclude={"round_id"}))

    @property
    def years_of_figures(self) -> tuple[int, int]:
        """The two years whose figures count: the last two full years before the year of the round, earlier first."""
        return self.year - 2, self.year - 1
