"""Events of the support service on activities, overlaps and coverage: public figures, and its own log between keys."""

from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.activities import ActivityKind, Places
from shared.contracts.base import Data, Date, Dong, Identifier, Text, Topic, contract
from shared.contracts.grants import GrantId
from shared.contracts.registers import TaxCode
from shared.contracts.support import GRANT, SUPPORT_LOG, Thing

ACTIVITY = Topic("support.activity.v1", "support", audience="public")


@contract(GRANT, key="tax_code", subject="request_id")
class OverlapFound(Data):
    """What a granted request is for was supported elsewhere too: the grant is held until the department decides."""

    overlap_id: Identifier
    grant_id: GrantId | None = Field(default=None, description="none from a publisher that did not say; else as of GrantMoved")
    request_id: Identifier
    tax_code: TaxCode
    scheme_id: Identifier
    activity_id: Identifier
    granted: Dong
    agency: Identifier
    report_id: Identifier = Field(description="the agency's own number of its support")
    reported: Dong = Field(description="what the agency paid or will pay, đồng")
    by: Literal["activity", "cost", "exclusion"] = Field(description="what both have in common, or the rule that excludes both")
    thing: Text = Field(description="the activity, the cost, or the rule")
    vi: Text
    en: Text
    made: bool = Field(default=False, description="true where the request was made for a scenario")


@contract(ACTIVITY, key="activity_id")
class LearnersCounted(Data):
    """Learners of a class were counted, each once: what a list added, and how many the class has now."""

    activity_id: Identifier
    kind: ActivityKind
    year: int
    added: int
    learners: int = Field(description="distinct learners of the class so far")
    made: bool = Field(default=False, description="true where the list was made for a scenario")


@contract(ACTIVITY, key="tax_code")
class BeneficiaryCounted(Data):
    """An enterprise counts in a figure of the plan, by its first grant of the year under a scheme that counts in it."""

    tax_code: TaxCode
    year: int
    counts_as: Identifier = Field(description="the figure, for example rural-equipment")
    request_id: Identifier
    counted: bool = Field(default=True, description="false: its last grant that counted was taken back")
    made: bool = Field(default=False, description="true where the request was made for a scenario")


@contract(ACTIVITY, key="tax_code")
class EnterpriseUncovered(Data):
    """An enterprise that holds a recognition in the year has had neither a money grant nor a class: someone should call."""

    tax_code: TaxCode
    enterprise_name: Text | None = None
    year: int
    asked_on: Date = Field(description="the day it was asked for")
    in_kind: int = Field(description="activities it took part in, in kind")


@contract(SUPPORT_LOG, key="activity_id")
class ActivityRevised(Data):
    """A change of an activity was accepted where its places are given; every partition's copy follows."""

    activity_id: Identifier
    revision: int
    starts: Date
    ends: Date
    places: Places | None


@contract(SUPPORT_LOG, key="tax_code", subject="request_id")
class PlaceWithdrawn(Data):
    """An activity was cancelled: the request that has a place of it loses it."""

    request_id: Identifier
    tax_code: TaxCode
    activity_id: Identifier
    reason: Text


@contract(SUPPORT_LOG, key="thing")
class CostReported(Data):
    """An agency reported that it supported a cost: sent from the enterprise to the cost."""

    thing: Thing = Field(description="evidence:seller/invoice, or evidence:sha256:hash")
    report_id: Identifier
    agency: Identifier
    amount: Dong = Field(description="what the agency paid or will pay, đồng")


@contract(SUPPORT_LOG, key="tax_code", subject="request_id")
class CostOverlapNoticed(Data):
    """A cost that a request holds was supported by an agency: sent from the cost to the enterprise of the request."""

    thing: Thing
    request_id: Identifier
    tax_code: TaxCode
    report_id: Identifier
    agency: Identifier
    amount: Dong


@contract(SUPPORT_LOG, key="tax_code", subject="activity_id")
class ClassAttended(Data):
    """Workers of an enterprise learned in a class: sent from the class to the enterprise."""

    activity_id: Identifier
    tax_code: TaxCode
    year: int
    learners: Annotated[int, Field(ge=1)]
