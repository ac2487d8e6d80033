"""Events of other agencies that support enterprises, so that one activity and one cost are supported once."""

from typing import Annotated

from pydantic import Field

from shared.contracts.base import Currency, Data, Date, Dong, Identifier, Topic, contract
from shared.contracts.registers import Sha256, TaxCode

AGENCIES = Topic("city.agencies.v1", "agencies", answered_by="support")


class CostReference(Data):
    """A cost an agency supported: by seller and invoice, or by the hash of its document, or both."""

    seller_tax_code: TaxCode | None = None
    invoice: Identifier | None = None
    sha256: Sha256 | None = None


@contract(AGENCIES, key="tax_code", subject="report_id")
class ExternalSupportReported(Data):
    """Another agency supported an enterprise: an activity, costs, or both."""

    report_id: Identifier = Field(description="the agency's own number of its support")
    agency: Identifier
    tax_code: TaxCode
    programme: Identifier | None = Field(default=None, description="the agency's programme, as the overlap rules name it")
    year: int = Field(ge=2006, le=2100, description="budget year of the agency")
    activity_kind: Identifier | None = Field(default=None, description="as schemes name it (fair, project), or as announced")
    activity_id: Identifier | None = Field(default=None, description="the announced activity, or the enterprise's project")
    costs: Annotated[tuple[CostReference, ...], Field(max_length=20)] = ()
    amount: Dong = Field(gt=0, description="what the agency paid or will pay, đồng")
    currency: Currency = "VND"
    supported_on: Date
    made: bool = Field(default=False, description="true where the report was made for a scenario and is not real")
