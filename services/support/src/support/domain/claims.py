"""Claims of actual costs under an agreement, and the acceptance of the work."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict
from shared.contracts.applications import Reason
from shared.contracts.grants import ClaimFiled
from shared.errors import Refusal

from support.domain.amounts import in_words
from support.domain.scarce import evidence_thing


class ClaimIdTaken(Refusal):
    slug = "claim-id-taken"
    vi = "Khoản hỗ trợ {grant_id} đã có kê khai {claim_id}; hãy gửi kê khai này với mã mới."
    en = "Grant {grant_id} already has claim {claim_id}; send this one under a new claim id."


class ClaimInvoiceTwice(Refusal):
    slug = "claim-invoice-twice"
    vi = (
        "Kê khai {claim_id} nêu hóa đơn {evidence_id} đã có trong các kê khai của khoản hỗ trợ {grant_id}; "
        "hãy nêu mỗi hóa đơn một lần rồi gửi lại với mã mới."
    )
    en = (
        "Claim {claim_id} names invoice {evidence_id}, which is in the claims of grant {grant_id} already; "
        "name each invoice once and send it again under a new claim id."
    )


class ClaimAboveAgreement(Refusal):
    slug = "claim-above-agreement"
    vi = (
        "Với kê khai {claim_id}, chi phí kê khai của khoản hỗ trợ {grant_id} là {claimed_vi}, vượt {agreed_vi} của hợp đồng; "
        "hãy kê khai trong mức đó."
    )
    en = (
        "With claim {claim_id} the costs claimed of grant {grant_id} are {claimed_en}, more than the {agreed_en} agreed; "
        "claim no more than that."
    )


class AcceptanceWithoutClaim(Refusal):
    slug = "acceptance-without-claim"
    vi = "Khoản hỗ trợ {grant_id} chưa có kê khai chi phí nào được nhận nên chưa nghiệm thu được {cost_vi}; hãy kê khai trước."
    en = "Grant {grant_id} has no claim that was admitted, so {cost_en} cannot be accepted; have the costs claimed first."


class AcceptedAboveClaimed(Refusal):
    slug = "accepted-above-claimed"
    vi = "Khoản hỗ trợ {grant_id}: nghiệm thu {cost_vi} nhiều hơn {claimed_vi} đã kê khai; hãy kiểm tra biên bản rồi gửi lại."
    en = "Grant {grant_id}: {cost_en} accepted is more than the {claimed_en} claimed; check the record and send it again."


class Agreement(BaseModel):
    """What was signed: the eligible cost in đồng, and the last day of claims, both as changes left them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str
    signed_on: date
    finish_by: date
    cost: int


class CostClaim(BaseModel):
    """Actual costs, đồng. `asked` are the invoices whose owners have not said yet that nobody else was supported for them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    claim_id: str
    filed_on: date
    cost: int
    things: tuple[str, ...]
    state: Literal["checking", "admitted", "declined"] = "checking"
    asked: tuple[str, ...]
    taken: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @classmethod
    def of(cls, filed: ClaimFiled, known: frozenset[str]) -> "CostClaim":
        """A claim that has to ask for the invoices the grant does not hold already."""
        things = tuple(sorted(evidence_thing(id) for e in filed.evidence for id in e.ids))
        cost = sum(e.amount for e in filed.evidence)
        asked = tuple(thing for thing in things if thing not in known)
        return cls(claim_id=filed.claim_id, filed_on=filed.filed_on, cost=cost, things=things, asked=asked)

    def answered(self, thing: str, no: Reason | None) -> "CostClaim":
        """An invoice is the grant's now, or is another's."""
        asked = tuple(t for t in self.asked if t != thing)
        if no is None:
            return self.model_copy(update={"asked": asked, "taken": (*self.taken, thing)})
        return self.model_copy(update={"asked": asked, "reasons": (*self.reasons, no)})


class Acceptance(BaseModel):
    """The record of acceptance: the cost accepted, đồng, when and by whom."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    record: str
    cost: int
    on: date
    by: str


def check_claim(grant_id: str, filed: ClaimFiled, claims: tuple[CostClaim, ...], agreed: int) -> None:
    """Raise what is wrong with a claim beside those there are; the agreement bounds them all together, đồng."""
    if any(c.claim_id == filed.claim_id for c in claims):
        raise ClaimIdTaken(field="claim_id", grant_id=grant_id, claim_id=filed.claim_id)
    live = [c for c in claims if c.state != "declined"]
    seen = {thing for c in live for thing in c.things}
    for place, evidence in enumerate(filed.evidence):
        for id in evidence.ids:
            if evidence_thing(id) in seen:
                facts = {"grant_id": grant_id, "claim_id": filed.claim_id, "evidence_id": id}
                raise ClaimInvoiceTwice(field=f"evidence.{place}", **facts)
            seen.add(evidence_thing(id))
    claimed = sum(c.cost for c in live) + sum(e.amount for e in filed.evidence)
    if claimed > agreed:
        facts = in_words(claimed=claimed, agreed=agreed)
        raise ClaimAboveAgreement(field="evidence", grant_id=grant_id, claim_id=filed.claim_id, **facts)


def check_acceptance(grant_id: str, cost: int, claims: tuple[CostClaim, ...]) -> None:
    """Raise where nothing was claimed, or less than is accepted, đồng."""
    admitted = [c.cost for c in claims if c.state == "admitted"]
    if not admitted:
        raise AcceptanceWithoutClaim(field="cost", grant_id=grant_id, **in_words(cost=cost))
    if cost > sum(admitted):
        raise AcceptedAboveClaimed(field="cost", grant_id=grant_id, **in_words(cost=cost, claimed=sum(admitted)))
