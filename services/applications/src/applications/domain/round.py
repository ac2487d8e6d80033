"""Rounds and the versions of the eligibility rules: reference data, a copy of which lies in every partition."""

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict
from shared.business_days import Calendar
from shared.contracts.department import EligibilityRulesIssued, RoundExtended, RoundOpened
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


class RoundExtensionNotLater(Refusal):
    slug = "round-extension-not-later"
    vi = (
        "Đợt xét chọn {round_id} đang nhận hồ sơ đến {closes:%d/%m/%Y}, ngày gia hạn {asked:%d/%m/%Y} không muộn hơn; "
        "hãy gửi lại ngày muộn hơn với id mới."
    )
    en = "Round {round_id} receives dossiers until {closes}, {asked} is not later; send a later day with a new id."


class RoundExtendedAfterItsClose(Refusal):
    slug = "round-extended-after-its-close"
    vi = "Đợt xét chọn {round_id} đã đóng ngày {closes:%d/%m/%Y} nên không gia hạn được; hãy mở đợt khác với mã khác."
    en = "Round {round_id} closed on {closes} and cannot be extended any more; open another round under another id."


class EligibilityRules(Document, collection="eligibility_rules", copied=True):
    """One version of the rules on who may apply; money in đồng, exports in USD (1520/HD-SCT)."""

    effective_from: date
    high_tech_revenue: int
    other_revenue: int
    handicraft_exports_usd: int
    required_documents: tuple[str, ...]
    high_tech_commitments: tuple[str, ...]
    years_of_figures: int
    figures_tolerance_percent: int | None
    legal_text: str

    @classmethod
    def of(cls, issued: EligibilityRulesIssued) -> Self:
        """The version as it was issued."""
        return cls(id=issued.rules_id, **issued.model_dump(exclude={"rules_id"}))


class Extension(BaseModel):
    """One extension of a round: the last day before it, and since."""

    model_config = ConfigDict(frozen=True)

    before: date
    closes: date
    legal_text: str


class Round(Document, collection="rounds", copied=True):
    """A selection round with the rules it pins; dossiers are received from `opens` to `closes`, both included."""

    year: int
    plan_id: str
    rules_id: str
    criteria_id: str
    opens: date
    closes: date
    validity_months: int
    supplement_business_days: int
    supplements_until: date | None
    second_dossier: Literal["refused", "replaces"]
    comment_window: bool = False
    appeal_business_days: int = 0
    expiry_notice_business_days: int = 0
    legal_text: str
    extensions: tuple[Extension, ...] = ()

    @classmethod
    def of(cls, opened: RoundOpened) -> Self:
        """The round as it was opened; raises RoundClosesBeforeItOpens."""
        if opened.closes < opened.opens:
            raise RoundClosesBeforeItOpens(field="closes", round_id=opened.round_id, opens=opened.opens, closes=opened.closes)
        return cls(id=opened.round_id, **opened.model_dump(include=set(cls.model_fields)))

    def as_opened(self) -> Self:
        """The round before any extension."""
        return self.but(closes=self.extensions[0].before, extensions=()) if self.extensions else self

    def extended(self, news: RoundExtended, today: date) -> Self:
        """The round with a later close; raises RoundExtendedAfterItsClose, RoundExtensionNotLater. A repeat changes nothing."""
        if any((known.closes, known.legal_text) == (news.closes, news.legal_text) for known in self.extensions):
            return self
        if today > self.closes:
            raise RoundExtendedAfterItsClose(round_id=self.id, closes=self.closes)
        if news.closes <= self.closes:
            raise RoundExtensionNotLater(field="closes", round_id=self.id, closes=self.closes, asked=news.closes)
        extension = Extension(before=self.closes, closes=news.closes, legal_text=news.legal_text)
        return self.but(closes=news.closes, extensions=(*self.extensions, extension))

    @property
    def close(self) -> str:
        """Id of the PassedClose of its last day."""
        return f"{self.id}/{self.closes}"

    def supplement_due(self, asked_on: date, calendar: Calendar) -> date | None:
        """Last day for an answer asked for on a day; None where the round asks for nothing, or not that late any more."""
        if not self.supplement_business_days:
            return None
        due = calendar.after(asked_on, self.supplement_business_days)
        if self.supplements_until is None:
            return due
        return min(due, self.supplements_until) if asked_on <= self.supplements_until else None

    def years_of_figures(self, rules: EligibilityRules) -> tuple[int, ...]:
        """The years whose figures count: the last full years before the year of the round, earliest first."""
        return tuple(range(self.year - rules.years_of_figures, self.year))


class OpenRounds(Document, collection="open_rounds", copied=True):
    """The rounds whose close has not passed: one document, its id is `open`."""

    rounds: tuple[str, ...] = ()


class PassedClose(Document, collection="passed_closes", copied=True):
    """That a close of a round has passed or was moved, the id is round/day: what came after that day is answered now."""
