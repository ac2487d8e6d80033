"""Events of a grant after it was decided: agreement, payments, claims, acceptance, changes, recoveries.

What the department, the portal and finance report of a grant names it by its `grant_id`, and is in order by it.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.contracts.applications import Reason
from shared.contracts.base import Currency, Data, Date, Dong, Identifier, Text, Topic, contract
from shared.contracts.finance import BUDGET, LineId
from shared.contracts.portal import SUPPORT, Evidence
from shared.contracts.registers import TaxCode
from shared.contracts.support import GRANT, AmountStep

ADMINISTRATION = Topic("city.grant.v1", "department", answered_by="support")
PAYMENT = Topic("support.payment.v1", "support", audience="public")

GrantId = Annotated[
    str,
    StringConstraints(pattern=r"^(\d{10}|\d{12})/[^\s|]+$", max_length=140),
    Field(description="enterprise/request: the tax code and the request of SupportGranted"),
]
Person = Annotated[Identifier, Field(description="who did it, as the department names its people")]

GrantState = Literal[
    "granted", "agreed", "advanced", "claimed", "accepted", "settled", "checked", "failed", "cancelled", "withdrawn"
]
GrantAction = Literal[
    "agree",
    "order",
    "pay",
    "return",
    "claim",
    "accept",
    "settle",
    "pass",
    "fail",
    "delay",
    "reduce",
    "move",
    "cancel",
    "withdraw",
    "resolve",
    "repay",
]


class GrantAct(Data):
    """What every report of a grant carries."""

    grant_id: GrantId
    made: bool = Field(default=False, description="true where it was made for a scenario and is not real")


# -- the department ------------------------------------------------------------------------------------------------------


@contract(ADMINISTRATION, key="grant_id")
class GrantAgreed(GrantAct):
    """The department and the enterprise signed the agreement (hợp đồng) on a grant: its money is committed."""

    agreement: Text = Field(description="number of the agreement")
    signed_on: Date
    finish_by: Date = Field(description="last day a claim may be filed")
    cost: Dong = Field(gt=0, description="eligible cost agreed, đồng; claims stay within it")
    currency: Currency = "VND"


@contract(ADMINISTRATION, key="grant_id")
class PaymentRequested(GrantAct):
    """Somebody of the department asks that money of a grant be paid: an advance, or the rest after acceptance."""

    order_id: Identifier = Field(description="number of the payment order, new for the grant")
    amount: Dong = Field(gt=0)
    currency: Currency = "VND"
    requested_on: Date
    requested_by: Person


@contract(ADMINISTRATION, key="grant_id")
class PaymentApproved(GrantAct):
    """A second person approved a payment that is large enough to need it."""

    order_id: Identifier
    approved_on: Date
    approved_by: Person


@contract(ADMINISTRATION, key="grant_id")
class WorkAccepted(GrantAct):
    """The work was accepted (nghiệm thu), with the cost that counts for the settlement."""

    record: Text = Field(description="number of the acceptance record (biên bản nghiệm thu)")
    cost: Dong = Field(description="cost accepted, đồng; not more than was claimed")
    currency: Currency = "VND"
    accepted_on: Date
    accepted_by: Person


@contract(ADMINISTRATION, key="grant_id")
class GrantChangeDecided(GrantAct):
    """The department decided on a change an enterprise asked for."""

    change_id: Identifier
    approved: bool
    decided_on: Date
    reason: Text


@contract(ADMINISTRATION, key="grant_id")
class PostCheckReported(GrantAct):
    """What came of a supported activity was checked afterwards (hậu kiểm)."""

    checked_on: Date
    checked_by: Person
    passed: bool
    recover: Dong = Field(default=0, description="to be paid back where it failed, đồng; 0 where it passed")
    currency: Currency = "VND"
    reason: Text


# -- the portal ----------------------------------------------------------------------------------------------------------


@contract(SUPPORT, key="grant_id")
class ClaimFiled(GrantAct):
    """An enterprise claims actual costs of a supported activity; there may be several claims."""

    claim_id: Identifier
    filed_on: Date
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1, max_length=20)]


@contract(SUPPORT, key="grant_id")
class GrantChangeRequested(GrantAct):
    """An enterprise asks for a change of its grant: more time, a smaller scope, or another fair."""

    change_id: Identifier
    requested_on: Date
    kind: Literal["delay", "reduce", "move"]
    finish_by: Date | None = Field(default=None, description="delay: the new last day of claims")
    cost: Dong | None = Field(default=None, description="reduce: the eligible cost that is left, đồng")
    currency: Currency = "VND"
    fair_id: Identifier | None = Field(default=None, description="move: the other fair")
    reason: Text


@contract(SUPPORT, key="grant_id")
class SupportWithdrawn(GrantAct):
    """An enterprise gives up its request, or its grant before the work is accepted; what was advanced is paid back."""

    withdrawn_on: Date
    reason: Text


# -- finance -------------------------------------------------------------------------------------------------------------


@contract(BUDGET, key="grant_id")
class PaymentMade(GrantAct):
    """A payment order was carried out."""

    order_id: Identifier
    amount: Dong = Field(gt=0)
    currency: Currency = "VND"
    paid_on: Date


@contract(BUDGET, key="grant_id")
class PaymentFailed(GrantAct):
    """A payment order could not be carried out; its money is free for another order."""

    order_id: Identifier
    failed_on: Date
    reason: Text


@contract(BUDGET, key="grant_id")
class RepaymentReceived(GrantAct):
    """An enterprise paid back, in whole or in part, what is to be recovered of a grant."""

    receipt_id: Identifier = Field(description="number of the receipt, new for the grant")
    amount: Dong = Field(gt=0)
    currency: Currency = "VND"
    received_on: Date


# -- what support publishes ----------------------------------------------------------------------------------------------


class GrantFacts(Data):
    """What every event about a grant carries."""

    grant_id: GrantId
    request_id: Identifier
    tax_code: TaxCode
    scheme_id: Identifier
    line_id: LineId
    made: bool = Field(default=False, description="true where the request was made for a scenario")


class GrantMoney(Data):
    """The money of a grant, đồng. `paid` and `paying` together never exceed `granted`."""

    granted: Dong
    entitled: Dong = Field(description="what it may come to now: granted, less what was reduced, settled lower, or cancelled")
    paying: Dong = Field(description="ordered, and not answered by finance yet")
    paid: Dong = Field(description="paid out in all")
    due_back: Dong = Field(description="to be paid back in all")
    repaid: Dong = Field(description="paid back in all")
    held: Dong = Field(
        description="what it holds of the budget line: reserved, committed, being paid and paid, less what was repaid"
    )


@contract(GRANT, key="tax_code", subject="request_id")
class GrantMoved(GrantFacts):
    """A grant went a step in its life; with its money after it."""

    action: GrantAction
    before: GrantState
    state: GrantState
    on: Date
    money: GrantMoney
    vi: Text
    en: Text


@contract(GRANT, key="tax_code", subject="request_id")
class SupportSettled(GrantFacts):
    """What a grant comes to (quyết toán), now that the work is accepted, step by step."""

    settled: Dong
    due: Dong = Field(description="still to be paid")
    over: Dong = Field(description="paid above it, to be paid back")
    steps: tuple[AmountStep, ...]


@contract(GRANT, key="tax_code", subject="request_id")
class SupportCancelled(GrantFacts):
    """A grant ended before its time: cancelled, or withdrawn by the enterprise."""

    reason: Reason
    money: GrantMoney


@contract(GRANT, key="tax_code", subject="request_id")
class ClaimAnswered(GrantFacts):
    """A claim was admitted, or declined with every reason."""

    claim_id: Identifier
    cost: Dong
    admitted: bool
    reasons: tuple[Reason, ...] = ()


@contract(GRANT, key="tax_code", subject="request_id")
class GrantChangeAnswered(GrantFacts):
    """A change of a grant was carried out, or was not, with the reason."""

    change_id: Identifier
    carried_out: bool
    vi: Text
    en: Text


@contract(GRANT, key="tax_code", subject="request_id")
class RecoveryOrdered(GrantFacts):
    """Money of a grant is to be paid back; until it is, the enterprise gets no new support."""

    amount: Dong = Field(description="what is to be paid back because of this, đồng")
    balance: Dong = Field(description="all that is still to be paid back of the grant")
    vi: Text
    en: Text


@contract(GRANT, key="tax_code", subject="request_id")
class RecoveryCompleted(GrantFacts):
    """All that was to be paid back of a grant has come."""

    repaid: Dong


@contract(PAYMENT, key="grant_id", subject="request_id")
class PaymentOrdered(GrantFacts):
    """Finance is to pay: answered by PaymentMade or PaymentFailed with the same order and amount."""

    order_id: Identifier
    kind: Literal["advance", "final"]
    amount: Dong
    ordered_on: Date
    requested_by: Person
    approved_by: Person | None = Field(default=None, description="who gave the second approval, where one was needed")


@contract(PAYMENT, key="grant_id", subject="request_id")
class PaymentAwaits(GrantFacts):
    """A payment is not ordered yet: it needs a second approval, its recognition is suspended, or an overlap holds the grant."""

    order_id: Identifier
    amount: Dong
    waits_for: Literal["approval", "reinstatement", "release"]
    vi: Text
    en: Text


@contract(PAYMENT, key="grant_id", subject="request_id")
class PaymentDropped(GrantFacts):
    """A payment that was asked for will not be ordered: the grant was ended, reduced or settled before."""

    order_id: Identifier
    amount: Dong
    vi: Text
    en: Text
