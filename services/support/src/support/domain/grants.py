"""A grant from its decision to its end: one document, whose every change is a step of the table of its life.

The money is whole đồng. `entitled` is what the grant may come to; it only ever falls: a smaller scope, the settlement, a
cancellation, a failed post-check. What was paid above it is due back.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict
from shared.contracts.grants import GrantAction, GrantMoney, GrantState
from shared.contracts.support import AmountStep
from shared.errors import Refusal
from shared.messaging.document import Document

from support.domain.amounts import ROUNDING, dong, in_words
from support.domain.changes import Change
from support.domain.claims import Acceptance, Agreement, CostClaim
from support.domain.life import STATES, Step, step
from support.domain.payments import PENDING, Order, PaymentAboveDue, total
from support.domain.recoveries import Repayment
from support.domain.requests import Request

ENDED: tuple[GrantState, ...] = ("cancelled", "withdrawn")


class NotGranted(Refusal):
    slug = "not-granted"
    vi = "Đề nghị {grant_id} không được hỗ trợ nên không có khoản hỗ trợ nào; xem lý do tại /grants/{grant_id}."
    en = "Request {grant_id} was declined, so there is no grant; see the reasons at /grants/{grant_id}."


class Withdrawn(Refusal):
    slug = "withdrawn"
    vi = "Doanh nghiệp đã rút {grant_id} ngày {day:%d/%m/%Y}: {reason}"
    en = "The enterprise withdrew {grant_id} on {day}: {reason}"


class OnLine(NamedTuple):
    """What a grant has of its budget line, đồng; `paying` has been ordered, and finance has not answered."""

    reserved: int
    committed: int
    paying: int
    paid: int

    @property
    def held(self) -> int:
        return self.reserved + self.committed + self.paying + self.paid


class OverlapResolvedAgainst(Refusal):
    slug = "overlap-resolved"
    vi = "Trùng lắp {overlap_id} đã được giải quyết: khoản hỗ trợ {grant_id} bị hủy, doanh nghiệp được giữ {kept_vi}."
    en = "Overlap {overlap_id} was resolved: grant {grant_id} is cancelled, the enterprise may keep {kept_en}."


class Hold(BaseModel):
    """What keeps the payments of a grant from being ordered, by the overlap it comes from, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    overlap_id: str
    why: str


class Grant(Document, collection="grants", found_by=("id",)):
    """A grant; the id is that of its request, `<enterprise>/<request_id>`.

    It pins what its scheme version says of payments. `certificate` is the recognition it rests on, where its scheme
    needs one. `due_back` and `repaid` are sums over its whole life.
    """

    request_id: str
    tax_code: str
    scheme_id: str
    activity_id: str
    line_id: str
    made: bool
    granted_on: date
    requested_on: date
    certificate: str | None
    rate_percent: int
    advance_percent: int
    advance_clause: str | None = None
    duties_apart: bool = True
    second_approval_from: int | None
    state: GrantState = "granted"
    granted: int
    entitled: int
    agreement: Agreement | None = None
    claims: tuple[CostClaim, ...] = ()
    acceptance: Acceptance | None = None
    orders: tuple[Order, ...] = ()
    changes: tuple[Change, ...] = ()
    holds: tuple[Hold, ...] = ()
    due_back: int = 0
    repayments: tuple[Repayment, ...] = ()
    recovery: Literal["none", "open", "repaid"] = "none"
    history: tuple[Step, ...] = ()

    @classmethod
    def of(cls, request: Request, day: date) -> "Grant":
        """The grant a request becomes."""
        version = request.version
        return cls(
            id=request.id,
            request_id=request.request_id,
            tax_code=request.tax_code,
            scheme_id=request.scheme_id,
            activity_id=request.activity_id,
            line_id=request.line_id,
            made=request.made,
            granted_on=day,
            requested_on=request.requested_on,
            certificate=request.certificate,
            rate_percent=version.rate_percent or 0,
            advance_percent=version.advance_percent,
            advance_clause=version.advance_clause,
            duties_apart=version.duties_apart,
            second_approval_from=version.second_approval_from,
            granted=request.granted,
            entitled=request.granted,
        )

    @property
    def filed_under(self) -> str:
        """The code its request was filed under, by which the owners of scarce things know it; `tax_code` is the code now."""
        return self.id.partition("/")[0]

    # -- the money -------------------------------------------------------------------------------------------------------

    @property
    def paid(self) -> int:
        return total(self.orders, "paid")

    @property
    def paying(self) -> int:
        return total(self.orders, "ordered")

    @property
    def pending(self) -> int:
        return total(self.orders, *PENDING)

    @property
    def repaid(self) -> int:
        return sum(part.amount for part in self.repayments)

    @property
    def balance(self) -> int:
        """What is still to be paid back."""
        return self.due_back - self.repaid

    @property
    def kept(self) -> int:
        """What was paid and may be kept."""
        return self.paid - self.due_back

    @property
    def on_line(self) -> OnLine:
        unordered = max(self.entitled - self.kept - self.paying, 0)
        paid = self.paid - self.repaid
        return OnLine(0, unordered, self.paying, paid) if self.agreement else OnLine(unordered, 0, self.paying, paid)

    @property
    def money(self) -> GrantMoney:
        return GrantMoney(
            granted=self.granted,
            entitled=self.entitled,
            paying=self.paying,
            paid=self.paid,
            due_back=self.due_back,
            repaid=self.repaid,
            held=self.on_line.held,
        )

    @property
    def payable(self) -> int:
        """What can still be asked for now: before acceptance within the advance share, then all of the settlement."""
        bound = self.entitled if self.acceptance else self.entitled * self.advance_percent // 100
        return max(0, bound - self.kept - self.paying - self.pending)

    def share_of(self, cost: int) -> int:
        """Rate × cost, rounded down to 1,000 đồng."""
        return cost * self.rate_percent // 100 // ROUNDING * ROUNDING

    def worth(self, cost: int) -> int:
        """The grant at this eligible cost: min(entitled, rate × cost) (domain, section 5)."""
        return min(self.entitled, self.share_of(cost))

    def check_payable(self, order_id: str, amount: int) -> None:
        """Raise PaymentAboveDue where more is asked for than can be paid now."""
        if amount > self.payable:
            said = {"percent": self.advance_percent, "clause": f", {self.advance_clause}" if self.advance_clause else ""}
            facts = in_words(payable=self.payable, amount=amount)
            raise PaymentAboveDue(field="amount", grant_id=self.id, order_id=order_id, **said, **facts)

    # -- its life --------------------------------------------------------------------------------------------------------

    @property
    def ended(self) -> bool:
        """Whether it ended before its time."""
        return self.state in ENDED

    @property
    def has_nothing(self) -> bool:
        """Whether it ended and left the enterprise no money: what it was for can be supported by another grant."""
        return self.ended and self.on_line.held == 0

    @property
    def can_be_cancelled(self) -> bool:
        return self.state in ("granted", "agreed", "advanced", "claimed", "accepted")

    @property
    def signed(self) -> Agreement:
        """Its agreement; the table of its life lets nothing that needs one happen before."""
        assert self.agreement is not None
        return self.agreement

    def stepped(self, action: GrantAction, on: date, *, facts: Mapping[str, object], **changes: object) -> Self:
        """The grant after a step; raises NotInThisState where the table has none. `facts` fill in the history's words."""
        taken = step(self.id, self.state, action, on, facts)
        return self.but(state=taken.state, history=(*self.history, taken), **changes)

    def falling_to(self, entitled: int) -> Self:
        """Entitled to less from now on: payments that nobody has ordered yet are dropped."""
        orders = tuple(o.becomes("dropped") if o.state in PENDING else o for o in self.orders)
        return self.but(entitled=entitled, orders=orders)

    def squared(self) -> Self:
        """What was paid above what it is entitled to is due back."""
        due_back = max(self.due_back, self.paid - self.entitled)
        recovery = "none" if due_back == 0 else "open" if due_back > self.repaid else "repaid"
        return self.but(due_back=due_back, recovery=recovery)

    def settled_if_paid(self) -> Self:
        """Settled, once it is accepted and nothing is left to be paid or answered."""
        unpaid = self.entitled - self.kept + self.paying + self.pending
        if self.state != "accepted" or unpaid > 0:
            return self
        return self.stepped("settle", self.history[-1].on, facts=in_words(settled=self.entitled))

    def with_hold(self, overlap_id: str, why: str | None) -> Self:
        """Held by an overlap for a reason; by None, held by it no longer."""
        others = tuple(h for h in self.holds if h.overlap_id != overlap_id)
        return self.but(holds=others if why is None else (*others, Hold(overlap_id=overlap_id, why=why)))

    def with_claim(self, claim: CostClaim) -> Self:
        """The claim in the place of the one of its number, or added."""
        others = tuple(c for c in self.claims if c.claim_id != claim.claim_id)
        return self.but(claims=(*others, claim))

    def with_change(self, change: Change) -> Self:
        """The change in the place of the one of its number, or added."""
        others = tuple(c for c in self.changes if c.change_id != change.change_id)
        return self.but(changes=(*others, change))

    def settlement_steps(self, cost: int) -> tuple[AmountStep, ...]:
        """How the settlement comes about: the grant, and rate × accepted cost; the least of the two."""
        share = self.share_of(cost)
        percent = self.rate_percent
        return (
            AmountStep(
                rule="granted",
                amount=self.entitled,
                vi=f"Mức đã quyết định: {dong(self.entitled, 'vi')}.",
                en=f"Granted: {dong(self.entitled, 'en')}.",
            ),
            AmountStep(
                rule="rate",
                amount=share,
                vi=f"{percent} % × {dong(cost, 'vi')} được nghiệm thu, làm tròn xuống nghìn đồng: {dong(share, 'vi')}.",
                en=f"{percent}% × {dong(cost, 'en')} accepted, rounded down to a thousand: {dong(share, 'en')}.",
            ),
        )


class Clear(Document, collection="clear_grants"):
    """There while no claim of a grant is being checked: what must see every claim needs it, and so waits for them."""


def standing(grant: Grant) -> tuple[str, str]:
    """Where a grant stands now and what of its money, a sentence in Vietnamese and in English."""
    vi, en = STATES[grant.state]
    money = in_words(entitled=grant.entitled, paid=grant.paid, paying=grant.paying, balance=grant.balance)
    texts = (
        "Nay: {state}; được hưởng tối đa {entitled_vi}, đã chi {paid_vi}, đang chi {paying_vi}, còn phải hoàn trả {balance_vi}.",
        "Now: {state}; entitled to {entitled_en}, {paid_en} paid, {paying_en} being paid, {balance_en} still to be paid back.",
    )
    return texts[0].format(state=vi, **money), texts[1].format(state=en, **money)
