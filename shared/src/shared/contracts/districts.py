"""Events of the districts (quận, huyện, thị xã), which survey and nominate capable enterprises."""

from typing import Literal

from pydantic import Field

from shared.contracts.base import Data, Date, Text, Topic, contract
from shared.contracts.registers import TaxCode

DISTRICTS = Topic("city.districts.v1", "districts", answered_by="applications")

Programme = Literal["key-product", "supporting-industry"]


class Nominated(Data):
    """A nomination as it is kept, whoever made it."""

    tax_code: TaxCode
    district: Text | None = Field(description="the district that nominates, by its name on that day; none: the department itself")
    programme: Programme = Field(description="a key industrial product, or the list of the supporting industries")
    year: int = Field(ge=2006, le=2100, description="the year it is nominated for")
    nominated_on: Date
    reason: Text = Field(description="why it is thought capable")
    made: bool = Field(default=False, description="true where the data was made for a scenario and is not real")


@contract(DISTRICTS, key="tax_code")
class EnterpriseNominated(Nominated):
    """A district nominated an enterprise for the programme of a year."""

    district: Text = Field(description="the district that nominates, by its name on that day")
