"""Events of the support service: grants, budget lines, and what its own log carries between keys."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from shared.contracts.applications import Reason
from shared.contracts.base import Data, Date, Dong, Identifier, Sentence, Text, Topic, contract
from shared.contracts.department import Beneficiary
from shared.contracts.finance import LineId
from shared.contracts.registers import TaxCode

GRANT = Topic("support.grant.v1", "support", audience="public")
BUDGET_STATE = Topic("support.budget.v1", "support", audience="public")
SUPPORT_LOG = Topic("support.log.v1", "support")

# One or two Identifiers with their kind before them: an invoice and its seller, a scheme and its activity.
Thing = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\s|]+$")]


class AmountStep(Data):
    """One step of the arithmetic behind an amount, for a person to follow."""

    rule: Identifier = Field(description="asked, not-eligible, rate, cap, or budget")
    amount: Dong
    clause: Text | None = Field(default=None, description="where the scheme's legal text says so")
    vi: Sentence
    en: Sentence


class Eligibility(Data):
    """Why an enterprise may be supported: as which of those the scheme is for, and by which clause."""

    kind: Beneficiary = Field(description="of those the scheme is for, the first that the enterprise is")
    certificate: Identifier | None = Field(default=None, description="the recognition the request rests on, where that is why")
    clause: Text | None = None
    vi: Sentence
    en: Sentence


class GrantData(Data):
    """What every event of a request carries."""

    request_id: Identifier
    tax_code: TaxCode
    enterprise_name: Text | None = None
    scheme_id: Identifier
    scheme_version: Identifier
    activity_id: Identifier
    year: int
    requested_on: Date
    made: bool = Field(default=False, description="true where the request was made for a scenario")


@contract(GRANT, key="tax_code", subject="request_id")
class SupportGranted(GrantData):
    """Support was granted: the money is reserved on the line."""

    line_id: LineId
    amount: Dong
    steps: tuple[AmountStep, ...] = Field(description="how the amount came about")
    eligible: Eligibility | None = Field(default=None, description="why the enterprise may be supported; none in older events")
    legal_text: Text


@contract(GRANT, key="tax_code", subject="request_id")
class SupportDeclined(GrantData):
    """Support was declined, with every reason."""

    reasons: tuple[Reason, ...]
    legal_text: Text | None = Field(default=None, description="of the version of the scheme it was decided by")


@contract(GRANT, key="tax_code", subject="request_id")
class SupportQueued(GrantData):
    """The request waits: for a recognition, a place, or money."""

    waits_for: Literal["recognition", "place", "budget"]
    vi: Sentence
    en: Sentence


class LineState(Data):
    """The whole state of a budget line, đồng: allocated = available + reserved + committed + paying + paid, at every moment."""

    line_id: LineId
    allocated: Dong = Field(description="what the line has at its disposal, after changes, transfers and carrying over")
    reserved: Dong = Field(description="granted, no agreement yet")
    committed: Dong = Field(default=0, description="under an agreement, no payment order out")
    paying: Dong = Field(default=0, description="a payment order is out, finance has not answered yet")
    paid: Dong = Field(default=0, description="paid out")
    available: Dong = Field(description="what can still be granted, transferred or carried over")
    released: int = Field(
        default=0, strict=True, ge=0, description="what requests gave back in all; it is in `available` or was used again"
    )
    carried: int = Field(
        default=0, strict=True, ge=0, description="what was carried over to the next year in all; it is in no other figure"
    )


class LineStateOfRequest(LineState):
    """A move of a request's money on a line, with the state of the line after it."""

    request_id: Identifier
    amount: Dong = Field(description="what was moved, đồng")


@contract(BUDGET_STATE, key="line_id")
class BudgetReserved(LineStateOfRequest):
    """Money of a line was reserved for a request; with the state of the line after it."""


@contract(BUDGET_STATE, key="line_id")
class BudgetCommitted(LineStateOfRequest):
    """Reserved money was committed by an agreement; with the state of the line after it."""


@contract(BUDGET_STATE, key="line_id")
class BudgetOrdered(LineStateOfRequest):
    """A payment order for committed money went out: it is being paid; with the state of the line after it."""


@contract(BUDGET_STATE, key="line_id")
class BudgetPaid(LineStateOfRequest):
    """Money that was being paid has been paid out; with the state of the line after it."""


@contract(BUDGET_STATE, key="line_id")
class BudgetOrderFailed(LineStateOfRequest):
    """Finance could not pay an order: its money is committed again; with the state of the line after it."""


@contract(BUDGET_STATE, key="line_id")
class BudgetRepaid(LineStateOfRequest):
    """Money that was paid out came back to what is committed; with the state of the line after it."""


@contract(BUDGET_STATE, key="line_id")
class BudgetReleased(LineStateOfRequest):
    """Money reserved or committed for a request went back to its line; with the state of the line after it."""


@contract(BUDGET_STATE, key="line_id")
class BudgetExhausted(LineState):
    """A line cannot pay the request at the head of its queue."""

    request_id: Identifier
    asked: Dong


@contract(BUDGET_STATE, key="line_id")
class BudgetAdjusted(LineState):
    """What a line has at its disposal changed, other than by a request; with the state of the line after it."""

    cause: Literal["allocated", "changed", "sent", "received", "returned"] = Field(
        description="allocated or changed by the city; sent to, received from, or returned by another line"
    )
    by: int = Field(strict=True, ge=-(10**15), le=10**15, description="added to `allocated`, đồng; negative where taken away")
    other_line: LineId | None = Field(default=None, description="where it went, or came from")
    carried_over: bool = Field(default=False, description="whether it goes from one year to the next")
    legal_text: Text


@contract(SUPPORT_LOG, key="thing", subject="request_id")
class ScarceThingAsked(Data):
    """A request asks for a scarce thing: a cost evidence, a place of an activity, a cap that all share, money of a line."""

    thing: Thing = Field(description="evidence:seller/invoice, evidence:sha256:hash, place:activity, cap:unit/… or line:id")
    request_id: Identifier
    tax_code: TaxCode
    amount: Dong = Field(description="money asked of a line or a cap; 0 for other things")
    part: bool = Field(description="whether less than the amount is welcome")
    limit: Dong | None = Field(default=None, description="the most that all get of a cap together, đồng; none for other things")
    priority: int = Field(default=1, description="0 for the holder of a recognition in force on the day of the request, else 1")
    requested_on: Date | None = Field(default=None, description="day of the request")
    asked_at: AwareDatetime | None = Field(default=None, description="time of the event that made the request")


@contract(SUPPORT_LOG, key="tax_code", subject="request_id")
class ScarceThingAnswered(Data):
    """The owner of a scarce thing answers a request: taken, queued, or refused."""

    thing: Thing
    request_id: Identifier
    tax_code: TaxCode
    answer: Literal["taken", "queued", "refused"]
    amount: Dong = Field(description="money reserved; 0 for other things")
    holder: Identifier | None = Field(default=None, description="request or agency's report that has the thing, where refused")
    agency: Identifier | None = Field(default=None, description="the agency that reported, where `holder` is its report")
    cancelled: bool = Field(default=False, description="a place is refused because the activity was cancelled")
    allocates_on: Date | None = Field(default=None, description="queued until this day, on which the thing is allocated")


@contract(SUPPORT_LOG, key="thing", subject="request_id")
class ScarceThingGivenBack(Data):
    """A request gives back what it took: a later thing said no, it was cancelled, or it was settled lower."""

    thing: Thing
    request_id: Identifier
    tax_code: TaxCode
    amount: Annotated[Dong, Field(gt=0)] | None = Field(default=None, description="a part of the money, đồng; none: all of it")


@contract(SUPPORT_LOG, key="thing", subject="request_id")
class LineMoved(Data):
    """The money a request has of a budget line goes on: to an agreement, to an order, to a payment, or back."""

    thing: Thing = Field(description="line:id")
    request_id: Identifier
    tax_code: TaxCode
    kind: Literal["commit", "order", "pay", "fail", "unpay", "release"] = Field(
        description="commit: reserved to committed; order: committed to paying; pay: paying to paid; fail: paying to "
        "committed, finance could not pay; unpay: paid to committed, as when a payment is repaid; release: committed, then "
        "reserved, back to the line"
    )
    amount: Dong = Field(gt=0, description="đồng; never more than the request has there")


@contract(SUPPORT_LOG, key="thing")
class LineMoneySent(Data):
    """Money left one budget line for another, which has to answer."""

    thing: Thing = Field(description="line:id it goes to")
    from_line: LineId
    amount: Dong = Field(gt=0)
    carried_over: bool = Field(description="whether it goes from one year to the next")
    legal_text: Text


@contract(SUPPORT_LOG, key="thing")
class LineMoneyAnswered(Data):
    """A budget line answers the one that sent it money: it has it now, or has no room for it."""

    thing: Thing = Field(description="line:id it came from")
    to_line: LineId
    amount: Dong = Field(gt=0)
    received: bool = Field(description="false: the money is the sender's again")
    carried_over: bool
    legal_text: Text


@contract(SUPPORT_LOG, key="tax_code", subject="request_id")
class GrantHeld(Data):
    """No payment of the grant is ordered until it is released: an overlap was found, or its activity was cancelled."""

    request_id: Identifier
    tax_code: TaxCode
    overlap_id: Identifier = Field(description="the overlap, or the activity that was cancelled")
    why: Text


@contract(SUPPORT_LOG, key="tax_code", subject="request_id")
class GrantReleased(Data):
    """An overlap was resolved, and holds the grant no longer; the outcome says what becomes of the grant."""

    request_id: Identifier
    tax_code: TaxCode
    overlap_id: Identifier
    outcome: Literal["cancelled", "reduced", "recovered", "no-overlap"] = "no-overlap"
    amount: Dong | None = Field(default=None, description="what is left of the grant, đồng; with the outcome `reduced`")
