"""The caps of a scheme by unit: what a unit of an enterprise, or of all enterprises, already has counts. Whole đồng.

What a request takes of a cap is noted when it arrives, so that a later one is bounded by it, and is free again for requests
still to come when the request is declined, cancelled or settled lower. Caps have no queue.
"""

from collections.abc import Sequence
from fractions import Fraction

from pydantic import BaseModel, ConfigDict
from shared.contracts.department import Cap, CapUnit, SchemeIssued
from shared.contracts.portal import SupportRequested
from shared.contracts.support import AmountStep
from shared.errors import Refusal
from shared.messaging.document import Document

from support.domain.amounts import dong

UNIT_WORDS: dict[CapUnit, tuple[str, str]] = {
    "enterprise-year": ("một doanh nghiệp trong một năm", "one enterprise in one year"),
    "activity": ("một hoạt động của một doanh nghiệp", "one activity of one enterprise"),
    "fair-edition": ("một doanh nghiệp tại một kỳ hội chợ", "one enterprise at one fair edition"),
    "mission": ("một doanh nghiệp trong một đoàn xúc tiến", "one enterprise on one trade mission"),
    "project": ("một dự án của một doanh nghiệp", "one project of one enterprise"),
    "establishment": ("một cơ sở", "one establishment"),
    "learner": ("số học viên của một lớp", "the learners of one class"),
    "scheme-year": ("mọi doanh nghiệp trong một năm của chính sách", "all enterprises in one year of the scheme"),
    "shared-activity": ("mọi doanh nghiệp của một hoạt động", "all enterprises of one activity"),
}


class LearnersMissing(Refusal):
    slug = "learners-missing"
    vi = "Đề nghị {request_id} không nêu số học viên mà chính sách {scheme_vi} lấy làm mức tối đa; hãy gửi lại với id mới."
    en = "Request {request_id} gives no number of learners, which scheme {scheme_en} caps by; send it again under a new id."


class CapUsedUp(Refusal):
    slug = "cap-used-up"
    vi = "Mức tối đa cho {unit_vi} là {limit_vi} và đã hết; hãy gửi đề nghị mới khi có khoản được trả lại, hoặc cho năm khác."
    en = "The most for {unit_en} is {limit_en} and is used up; send a new request when some is given back, or for another year."


class UnitCap(BaseModel):
    """A cap as it bounds one request: the unit, its limit, and `amount`, what the request takes of it, đồng.

    `unit` is the id of a UnitUse in the partition of the enterprise; of a cap that all enterprises share, the thing to ask for.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: str
    kind: CapUnit
    limit: int
    factor: str | None = None
    clause: str | None = None
    amount: int = 0

    @property
    def shared(self) -> bool:
        return self.unit.startswith("cap:")

    def taking(self, amount: int) -> "UnitCap":
        return self.model_copy(update={"amount": amount})

    def moved(self, activity_id: str) -> "UnitCap":
        """The cap of another activity; one of no activity, or that all share, stays what it is."""
        if self.shared or self.kind in ("enterprise-year", "establishment"):
            return self
        return self.model_copy(update={"unit": f"{self.unit.rpartition('|')[0]}|{activity_id}"})

    def under(self, tax_code: str) -> "UnitCap":
        """The cap of an enterprise that goes on under another code."""
        return self if self.shared else self.model_copy(update={"unit": unit_under(tax_code, self.unit)})

    def step(self, had: int) -> AmountStep:
        """What is left of it for the request, where the unit already has `had` đồng."""
        vi, en = UNIT_WORDS[self.kind]
        times_vi, times_en = (f" (× {self.factor.replace('.', ',')})", f" (× {self.factor})") if self.factor else ("", "")
        left = max(self.limit - had, 0)
        after_vi = f"; đã có {dong(had, 'vi')}, còn {dong(left, 'vi')}" if had else ""
        after_en = f"; it has {dong(had, 'en')}, {dong(left, 'en')} is left" if had else ""
        return AmountStep(
            rule="cap",
            amount=left,
            clause=self.clause,
            vi=f"Mức tối đa cho {vi}: {dong(self.limit, 'vi')}{times_vi}{after_vi}.",
            en=f"Most for {en}: {dong(self.limit, 'en')}{times_en}{after_en}.",
        )


def caps_of(version: SchemeIssued, asked: SupportRequested, tax_code: str, region: str | None = None) -> tuple[UnitCap, ...]:
    """The caps that bound a request of an enterprise; `region` is where its mission goes, as far as that is known."""
    found = [_unit_cap(version, cap, asked, tax_code) for cap in _for_region(version.caps, region)]
    if version.cap is not None:
        found.append(UnitCap(unit=_unit(version, "activity", asked, tax_code), kind="activity", limit=version.cap))
    return tuple(found)


def _for_region(caps: Sequence[Cap], region: str | None) -> list[Cap]:
    """Of the caps of a mission, the one of its region, else the one of all others, else the least; all caps of other units."""
    others, missions = [c for c in caps if c.unit != "mission"], [c for c in caps if c.unit == "mission"]
    named = [c for c in missions if region in c.regions]
    rest = [c for c in missions if not c.regions] if region else []
    chosen = named or rest or missions
    return [*others, *sorted(chosen, key=lambda c: c.amount)[:1]]


def _unit_cap(version: SchemeIssued, cap: Cap, asked: SupportRequested, tax_code: str) -> UnitCap:
    learners = asked.learners if cap.unit == "learner" else 1
    if learners is None:
        raise LearnersMissing(field="learners", request_id=asked.request_id, scheme_vi=version.name_vi, scheme_en=version.name_en)
    factor = max((m.factor for m in cap.multipliers if m.trait in asked.traits), default=None)
    limit = int(cap.amount * learners * Fraction(factor or 1))
    shown = None if factor is None else f"{factor.normalize():f}"
    return UnitCap(unit=_unit(version, cap.unit, asked, tax_code), kind=cap.unit, limit=limit, factor=shown, clause=cap.clause)


def _unit(version: SchemeIssued, unit: CapUnit, asked: SupportRequested, tax_code: str) -> str:
    """Which unit it is: no id holds a |, and the id of a scheme no @."""
    if unit == "scheme-year":
        return f"cap:{unit}/{asked.year}/{version.scheme_id}"
    if unit == "shared-activity":
        return f"cap:{unit}/{version.scheme_id}@{asked.activity_id}"
    of = {"enterprise-year": str(asked.year), "establishment": ""}.get(unit, asked.activity_id)
    return f"{tax_code}|{version.scheme_id}|{unit}|{of}"


def unit_under(tax_code: str, unit: str) -> str:
    """The unit of an enterprise that goes on under another code."""
    return f"{tax_code}|{unit.partition('|')[2]}"


class Share(BaseModel):
    """What one request, by its id, takes of a unit, đồng."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    request_id: str
    amount: int


class UnitUse(Document, collection="unit_uses"):
    """What the requests of an enterprise take of one unit under one scheme, whichever version they were decided by."""

    shares: tuple[Share, ...] = ()

    @property
    def had(self) -> int:
        """What the unit has already, đồng."""
        return sum(share.amount for share in self.shares)

    def with_share(self, request_id: str, amount: int) -> "UnitUse":
        """The request takes so much of it now; 0: nothing."""
        others = tuple(share for share in self.shares if share.request_id != request_id)
        return self.but(shares=(*others, Share(request_id=request_id, amount=amount)) if amount else others)

    def joined(self, former: "UnitUse") -> "UnitUse":
        """With what the requests of a former code of the enterprise take."""
        return self.but(shares=(*self.shares, *former.shares))


class SharedCap(Document, collection="shared_caps"):
    """What requests take of a cap that all enterprises share, đồng; the id is the thing."""

    used: int = 0

    def left(self, limit: int) -> int:
        return max(limit - self.used, 0)


class SharedCapUse(Document, collection="shared_cap_uses"):
    """What one request takes of a cap that all share, đồng."""

    amount: int

    @staticmethod
    def id_of(thing: str, tax_code: str, request_id: str) -> str:
        return f"{thing}|{tax_code}|{request_id}"
