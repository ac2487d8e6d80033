"""What other agencies report of their support, and the overlaps found between a report and a granted request."""

import hashlib
from datetime import date
from typing import Literal, NamedTuple

from shared.contracts.activities import OverlapResolved
from shared.contracts.agencies import ExternalSupportReported
from shared.errors import Refusal
from shared.messaging.document import Document

from support.domain.amounts import dong, in_words


class ReportTaken(Refusal):
    slug = "report-id-taken"
    vi = "Cơ quan {agency} đã báo cáo hỗ trợ {report_id} cho doanh nghiệp {tax_code}; hãy gửi báo cáo này với mã khác."
    en = "Agency {agency} already reported support {report_id} for enterprise {tax_code}; send this report under another id."


class ReportWithoutObject(Refusal):
    slug = "report-without-object"
    vi = (
        "Báo cáo {report_id} của cơ quan {agency} không nêu đủ hỗ trợ cho việc gì; hãy nêu hoạt động (cả loại và mã), "
        "chi phí, hoặc chương trình."
    )
    en = (
        "Report {report_id} of agency {agency} does not say in full what was supported; name the activity (kind and id), "
        "the costs, or the programme."
    )


class CostNotIdentified(Refusal):
    slug = "cost-not-identified"
    vi = (
        "Chi phí thứ {number} của báo cáo {report_id} không nhận ra được; hãy nêu mã số thuế bên bán cùng số hóa đơn, "
        "hoặc mã băm của chứng từ."
    )
    en = (
        "Cost {number} of report {report_id} cannot be identified; name the seller's tax code with the invoice, "
        "or the hash of the document."
    )


class OverlapAlreadyResolved(Refusal):
    slug = "overlap-already-resolved"
    vi = "Trùng lắp {overlap_id} đã được quyết định ngày {day:%d/%m/%Y} ({outcome}); không quyết định lần thứ hai."
    en = "Overlap {overlap_id} was resolved on {day} ({outcome}); it is not resolved a second time."


class ReductionUnclear(Refusal):
    slug = "reduction-unclear"
    vi = "Quyết định {outcome} về trùng lắp {overlap_id}: chỉ quyết định reduced nêu số tiền còn lại, và phải nêu; hãy gửi lại."
    en = "Outcome {outcome} of overlap {overlap_id}: `reduced` names the amount that is left, and no other does; send it again."


class ReducedAboveGrant(Refusal):
    slug = "reduced-above-grant"
    vi = "Trùng lắp {overlap_id}: mức còn lại {amount_vi} không thấp hơn mức đã cấp {granted_vi}; hãy nêu mức thấp hơn."
    en = "Overlap {overlap_id}: {amount_en} left is not less than the {granted_en} granted; name a lower amount."


class Report(Document, collection="reports"):
    """An agency's report on its support of an enterprise. The id is `<enterprise>/<agency>/<report>`."""

    reported: ExternalSupportReported

    @classmethod
    def of(cls, id: str, reported: ExternalSupportReported) -> "Report":
        """Check that it says what was supported; raises ReportWithoutObject, CostNotIdentified."""
        facts = {"report_id": reported.report_id, "agency": reported.agency}
        named = reported.activity_id or reported.costs or reported.programme
        if not named or (reported.activity_id is None) != (reported.activity_kind is None):
            raise ReportWithoutObject(field="activity_id", **facts)
        for place, cost in enumerate(reported.costs):
            by_invoice = cost.seller_tax_code is not None and cost.invoice is not None
            if not by_invoice and (cost.sha256 is None or cost.seller_tax_code or cost.invoice):
                raise CostNotIdentified(field=f"costs.{place}", number=place + 1, **facts)
        return cls(id=id, reported=reported)

    @property
    def evidence_ids(self) -> tuple[str, ...]:
        """What its costs are known by, each once."""
        ids = [f"{c.seller_tax_code}/{c.invoice}" for c in self.reported.costs if c.invoice]
        ids += [f"sha256:{c.sha256}" for c in self.reported.costs if c.sha256]
        return tuple(dict.fromkeys(ids))


class ReportedActivity(Document, collection="reported_activities"):
    """An activity of an enterprise that an agency supports; the id is that of the activity, the first report stays."""

    agency: str
    report_id: str


class ReportedCost(Document, collection="reported_costs"):
    """A cost that an agency supports; the id is the thing, the first report stays."""

    agency: str
    report_id: str


# Whose support it is, where two grants of our own turn out to be of one enterprise.
OURSELVES = "so-cong-thuong"


class Elsewhere(NamedTuple):
    """A support beside that of a request: whose, the number it has there, and what it comes to, đồng."""

    agency: str
    report_id: str
    amount: int


Matter = Literal["activity", "cost", "exclusion"]


class FoundOverlap(Document, collection="overlaps", found_by=("id",)):
    """A granted request and a support elsewhere that have something in common. The id is `<enterprise>/<overlap>`.

    One request and one report make one overlap, whatever they have in common; `granted`, `reported` and `amount` are đồng.
    """

    overlap_id: str
    tax_code: str
    request_id: str
    grant_id: str
    scheme_id: str
    activity_id: str
    granted: int
    agency: str
    report_id: str
    reported: int
    by: Matter
    things: tuple[str, ...]
    found_on: date
    state: Literal["open", "resolved"] = "open"
    outcome: str | None = None
    amount: int | None = None
    resolved_by: str | None = None
    resolved_on: date | None = None
    reason: str | None = None

    @property
    def filed_under(self) -> str:
        """The code its request was filed under."""
        return self.grant_id.partition("/")[0]

    def under(self, tax_code: str) -> "FoundOverlap":
        """The same of an enterprise that goes on under another code."""
        return self.but(id=f"{tax_code}/{self.overlap_id}", tax_code=tax_code)

    def resolved(self, decided: OverlapResolved) -> "FoundOverlap":
        """The department decided; raises OverlapAlreadyResolved, ReductionUnclear, ReducedAboveGrant."""
        facts = {"overlap_id": self.overlap_id, "outcome": decided.outcome}
        if self.state == "resolved":
            raise OverlapAlreadyResolved(overlap_id=self.overlap_id, day=self.resolved_on, outcome=self.outcome)
        if (decided.amount is None) == (decided.outcome == "reduced"):
            raise ReductionUnclear(field="amount", **facts)
        if decided.amount is not None and not 0 < decided.amount < self.granted:
            raise ReducedAboveGrant(field="amount", **facts, **in_words(amount=decided.amount, granted=self.granted))
        return self.but(
            state="resolved",
            outcome=decided.outcome,
            amount=decided.amount,
            resolved_by=decided.by,
            resolved_on=decided.resolved_on,
            reason=decided.reason,
        )

    @property
    def text(self) -> tuple[str, str]:
        """What was found, in Vietnamese and in English."""
        thing = self.things[0]
        vi = {"activity": f"Hoạt động {thing}", "cost": f"Chi phí {thing}", "exclusion": f"Việc mà quy tắc {thing} loại trừ"}
        en = {"activity": f"Activity {thing}", "cost": f"Cost {thing}", "exclusion": f"What rule {thing} excludes"}
        return (
            f"{vi[self.by]} đã được cơ quan {self.agency} hỗ trợ {dong(self.reported, 'vi')} (báo cáo {self.report_id}); "
            f"khoản hỗ trợ của đề nghị {self.request_id} được giữ lại đến khi Sở Công Thương quyết định.",
            f"{en[self.by]} was supported by agency {self.agency} with {dong(self.reported, 'en')} (report {self.report_id}); "
            f"the grant of request {self.request_id} is held until the department decides.",
        )


def overlap_id_of(tax_code: str, request_id: str, agency: str, report_id: str) -> str:
    """The id of the overlap between a request and a report: the same whenever and however it is found."""
    said = "|".join((tax_code, request_id, agency, report_id))
    return f"tl-{hashlib.blake2b(said.encode(), digest_size=8).hexdigest()}"
