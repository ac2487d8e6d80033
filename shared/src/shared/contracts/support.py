"""Events of the support service: grants, budget lines, and what its own log carries between keys."""

from datetime import date as Date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from shared.contracts.applications import Reason
from shared.contracts.base import Data, Dong, Identifier, Text, Topic, contract
from shared.contracts.finance import LineId
from shared.contracts.registers import TaxCode

GRANT = Topic("support.grant.v1", "support", audience="public")
BUDGET_STATE = Topic("support.budget.v1", "support", audience="public")
SUPPORT_LOG = Topic("support.log.v1", "support")

# An Identifier with its kind, and for an invoice its seller, before it.
Thing = Annotated[str, StringConstraints(min_length=1, max_length=160, pattern=r"^[^\s|]+$")]


class AmountStep(Data):
    """One step of the arithmetic behind an amount, for a person to follow."""

    rule: Identifier = Field(description="asked, rate, cap, or budget")
    amount: Dong
    vi: Text
    en: Text


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
    legal_text: Text


@contract(GRANT, key="tax_code", subject="request_id")
class SupportDeclined(GrantData):
    """Support was declined, with every reason."""

    reasons: tuple[Reason, ...]


@contract(GRANT, key="tax_code", subject="request_id")
class SupportQueued(GrantData):
    """The request waits: for a recognition, a place, or money."""

    waits_for: Literal["recognition", "place", "budget"]
    vi: Text
    en: Text


@contract(BUDGET_STATE, key="line_id")
class BudgetReserved(Data):
    """Money of a line was reserved for a request; with the state of the line after it."""

    line_id: LineId
    request_id: Identifier
    amount: Dong
    allocated: Dong
    reserved: Dong
    available: Dong


@contract(BUDGET_STATE, key="line_id")
class BudgetReleased(Data):
    """Money reserved for a request went back to its line; with the state of the line after it."""

    line_id: LineId
    request_id: Identifier
    amount: Dong
    allocated: Dong
    reserved: Dong
    available: Dong


@contract(BUDGET_STATE, key="line_id")
class BudgetExhausted(Data):
    """A line cannot pay the request at the head of its queue."""

    line_id: LineId
    request_id: Identifier
    asked: Dong
    allocated: Dong
    reserved: Dong
    available: Dong


@contract(SUPPORT_LOG, key="thing", subject="request_id")
class ScarceThingAsked(Data):
    """A request asks for a scarce thing: a cost evidence, a place of an activity, money of a budget line."""

    thing: Thing = Field(description="evidence:seller/invoice, evidence:sha256:hash, place:activity or line:id")
    request_id: Identifier
    tax_code: TaxCode
    amount: Dong = Field(description="money asked of a line; 0 for other things")
    part: bool = Field(description="whether less than the amount is welcome")
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


@contract(SUPPORT_LOG, key="thing", subject="request_id")
class ScarceThingGivenBack(Data):
    """A later thing said no: the request gives back what it took."""

    thing: Thing
    request_id: Identifier
    tax_code: TaxCode


@contract(SUPPORT_LOG, key="tax_code", subject="request_id")
class GrantHeld(Data):
    """No payment of the grant is ordered until it is released: an overlap was found, or its activity was cancelled."""

    request_id: Identifier
    tax_code: TaxCode
    overlap_id: Identifier = Field(description="the overlap, or activity/id of the activity that was cancelled")
    why: Text


@contract(SUPPORT_LOG, key="tax_code", subject="request_id")
class GrantReleased(Data):
    """An overlap was resolved, and holds the grant no longer; the outcome says what becomes of the grant."""

    request_id: Identifier
    tax_code: TaxCode
    overlap_id: Identifier
    outcome: Literal["cancelled", "reduced", "recovered", "no-overlap"] = "no-overlap"
    amount: Dong | None = Field(default=None, description="what is left of the grant, đồng; with the outcome `reduced`")
