"""The supplier-connection exchange: buyers' demands, which come through the portal, and the suppliers that match them."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.base import Data, Date, Identifier, Sentence, Text, Topic, contract
from shared.contracts.enterprise_log import APPLICATIONS_LOG
from shared.contracts.registers import Capability, TaxCode

DEMANDS = Topic("city.demands.v1", "portal", answered_by="applications")
DEMAND_MATCHES = Topic("applications.demand.v1", "applications", audience="public")


@contract(DEMANDS, key="demand_id")
class DemandPosted(Data):
    """A buyer asks for suppliers."""

    demand_id: Identifier
    buyer: Text = Field(description="name of the buyer")
    buyer_tax_code: TaxCode | None = Field(default=None, description="none for a foreign buyer")
    sector: Text
    product: Text
    standards: tuple[Identifier, ...] = Field(default=(), description="standards a supplier must hold")
    capacity: Annotated[Decimal, Field(gt=0, max_digits=18, decimal_places=3)] = Field(
        description="what is needed a year, in the unit, a decimal in a string"
    )
    unit: Text
    posted_on: Date
    until: Date = Field(description="last day the demand stands")
    made: bool = Field(default=False, description="true where the data was made for a scenario and is not real")


@contract(DEMANDS, key="demand_id")
class DemandClosed(Data):
    """A buyer looks for suppliers no more."""

    demand_id: Identifier
    closed_on: Date
    reason: Text


class MatchReason(Data):
    """One thing a demand asks for, and how a supplier answers it."""

    asked: Literal["sector", "standard", "capacity"]
    met: bool
    vi: Sentence
    en: Sentence


class SupplierMatch(Data):
    """A supplier of the demand's sector, with a reason for each thing asked; a near miss where one is not met."""

    tax_code: TaxCode
    name: Text | None
    capability: Capability | None = Field(description="what it makes that comes nearest, in the unit asked for")
    international: bool
    reasons: tuple[MatchReason, ...]


@contract(DEMAND_MATCHES, key="demand_id")
class SuppliersMatched(Data):
    """Suppliers of one part of the register that match a demand as it is posted, best first; the parts together are all."""

    demand_id: Identifier
    buyer: Text
    buyer_tax_code: TaxCode | None = None
    matches: tuple[SupplierMatch, ...] = Field(description="those that meet everything, then near misses")
    made: bool = Field(default=False, description="true where the demand was made for a scenario and is not real")


@contract(DEMAND_MATCHES, key="demand_id")
class DemandEnded(Data):
    """The last day of a demand is over and its buyer had not closed it: suppliers are not looked for any more."""

    demand_id: Identifier
    buyer: Text
    buyer_tax_code: TaxCode | None = None
    until: Date = Field(description="its last day")
    made: bool = Field(default=False, description="true where the demand was made for a scenario and is not real")


@contract(APPLICATIONS_LOG, key="demand_id")
class DemandRanOut(Data):
    """The last day of a demand is over: each partition ends its own copy and says so at the demand's key, which tells others."""

    demand_id: Identifier
