"""No overlap: one activity and one cost are supported once, and programmes that exclude each other not within their window.

What holds always (an activity of an enterprise, a cost) is kept by identity. Which programmes exclude each other beyond
that is data of the department, in versions; the version in force on the day of a request, or of an agency's support, decides.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel, ConfigDict
from shared.contracts.activities import Exclusion, OverlapRulesIssued
from shared.errors import Refusal
from shared.messaging.document import Document

RULES = "overlap"


class OverlapRulesTaken(Refusal):
    slug = "overlap-rules-taken"
    vi = (
        "Quy định không trùng lắp {rules_id} có hiệu lực ngày {day:%d/%m/%Y} trùng mã hoặc trùng ngày với {known} (hiệu lực ngày "
        "{known_day:%d/%m/%Y}); hãy gửi lại với mã và ngày hiệu lực khác."
    )
    en = (
        "Overlap rules {rules_id} in effect from {day} share their id or their day with {known} (in effect from {known_day}); "
        "send them again with another id and day of effect."
    )


class ExclusionUnclear(Refusal):
    slug = "exclusion-unclear"
    vi = (
        "Quy tắc loại trừ {rule_id} của {rules_id} không rõ: mã quy tắc và tên chương trình chỉ nêu một lần, "
        "và số tháng chỉ đi với cửa sổ months; hãy sửa rồi gửi lại với mã mới."
    )
    en = (
        "Exclusion {rule_id} of {rules_id} is not clear: name each rule and each programme once, "
        "and months only with the window `months`; correct it and send it again under a new id."
    )


# The reasons of a decision to decline, and who has what is asked for.


class Overlap(Refusal):
    slug = "overlap"
    vi = (
        "Hoạt động {activity_id} của doanh nghiệp {tax_code} đã thuộc {holder_vi}; mỗi hoạt động chỉ được hỗ trợ một lần, "
        "dù theo chính sách nào."
    )
    en = (
        "Activity {activity_id} of enterprise {tax_code} already belongs to {holder_en}; an activity is supported once, "
        "whichever scheme pays."
    )


class CostAlreadySupported(Refusal):
    slug = "cost-already-supported"
    vi = "Hóa đơn {evidence_id} đã được dùng cho {holder_vi}; hãy gửi đề nghị mới không có hóa đơn này."
    en = "Invoice {evidence_id} was already used by {holder_en}; send a new request without this invoice."


class ProgrammesExclude(Refusal):
    slug = "programmes-exclude-each-other"
    vi = (
        "Doanh nghiệp {tax_code} đã có {holder_vi} theo {other} ({on:%d/%m/%Y}); quy tắc {rule_id} không cho thêm {programme}: "
        "{clause_vi}"
    )
    en = (
        "Enterprise {tax_code} already has {holder_en} under {other} ({on}); rule {rule_id} does not allow {programme} as well: "
        "{clause_en}"
    )


def holder_words(id: str, agency: str | None) -> dict[str, str]:
    """Who has a thing, as the reasons say it: a request of ours, or an agency's support."""
    if agency is None:
        return {"holder_vi": f"đề nghị {id}", "holder_en": f"request {id}"}
    return {"holder_vi": f"hỗ trợ {id} của cơ quan {agency}", "holder_en": f"support {id} of agency {agency}"}


# -- which programmes exclude each other ------------------------------------------------------------------------------------


class OverlapRules(Document, collection="overlap_rules", copied=True):
    """The versions of the rules, earliest first."""

    versions: tuple[OverlapRulesIssued, ...] = ()

    def with_version(self, issued: OverlapRulesIssued) -> "OverlapRules":
        """Add a version; raises OverlapRulesTaken, ExclusionUnclear."""
        for known in self.versions:
            if known.rules_id == issued.rules_id or known.effective_from == issued.effective_from:
                facts = {"known": known.rules_id, "known_day": known.effective_from, "day": issued.effective_from}
                raise OverlapRulesTaken(field="rules_id", rules_id=issued.rules_id, **facts)
        names: set[str] = set()
        for place, rule in enumerate(issued.exclusions):
            twice = rule.rule_id in names or len(set(rule.programmes)) < len(rule.programmes)
            if twice or (rule.months is None) != (rule.window == "year"):
                raise ExclusionUnclear(field=f"exclusions.{place}", rule_id=rule.rule_id, rules_id=issued.rules_id)
            names.add(rule.rule_id)
        return self.but(versions=tuple(sorted((*self.versions, issued), key=lambda v: v.effective_from)))

    def in_force(self, day: date) -> tuple[Exclusion, ...]:
        """The exclusions in force on a day; none before the first version."""
        reached = [v for v in self.versions if v.effective_from <= day]
        return reached[-1].exclusions if reached else ()


class Support(BaseModel):
    """One support of an enterprise, asked for here or reported by an agency; `on` is the day of the request or of the support."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    agency: str | None = None
    programme: str
    year: int
    on: date


class Supports(Document, collection="supports"):
    """Every support of an enterprise that is not declined, in the order they came. The id is the enterprise."""

    known: tuple[Support, ...] = ()

    def having(self, support: Support) -> "Supports":
        return self.but(known=(*self.known, support))

    def without(self, request_id: str) -> "Supports":
        return self.but(known=tuple(s for s in self.known if s.agency is not None or s.id != request_id))

    def excluding(self, new: Support, rules: Iterable[Exclusion]) -> list[tuple[Exclusion, Support]]:
        """The supports a new one is excluded by, each with the first rule that does."""
        stated = tuple(rules)
        firsts = [(next((rule for rule in stated if _excludes(rule, new, known)), None), known) for known in self.known]
        return [(rule, known) for rule, known in firsts if rule is not None]


def excluded(tax_code: str, new: Support, rule: Exclusion, known: Support) -> ProgrammesExclude:
    """Why a new support is not given beside the one known."""
    return ProgrammesExclude(
        field="scheme_id",
        tax_code=tax_code,
        programme=new.programme,
        other=known.programme,
        on=known.on,
        rule_id=rule.rule_id,
        clause_vi=rule.clause_vi,
        clause_en=rule.clause_en,
        **holder_words(known.id.removeprefix(f"{tax_code}/"), known.agency),
    )


def _excludes(rule: Exclusion, one: Support, other: Support) -> bool:
    if not {one.programme, other.programme} <= set(rule.programmes):
        return False
    if rule.months is None:
        return one.year == other.year
    first, last = sorted((one.on, other.on))
    return last < _months_after(first, rule.months)


def _months_after(day: date, months: int) -> date:
    """The same day so many months later; the last day of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
