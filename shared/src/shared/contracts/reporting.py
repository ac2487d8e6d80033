"""Events of the reporting service: the latest state per key, on compacted topics."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from shared.contracts.base import Data, Date, Dong, Identifier, Text, Topic, contract
from shared.contracts.department import Industry
from shared.contracts.registers import TaxCode

RECOGNISED_PRODUCT = Topic("reporting.recognised-product.v1", "reporting", audience="public", compacted=True)
GRANT_REGISTER = Topic("reporting.grant.v1", "reporting", audience="public", compacted=True)
INDICATOR = Topic("reporting.indicator.v1", "reporting", audience="public", compacted=True)


@contract(RECOGNISED_PRODUCT, key="certificate")
class RecognisedProductState(Data):
    """A certificate as it stands now."""

    certificate: Identifier
    year: int
    tax_code: TaxCode
    enterprise_name: Text
    product_id: Identifier
    product_name: Text
    industry: Industry
    decision: Text
    valid_from: Date
    valid_to: Date
    first_time: bool
    top10_rank: int | None
    made: bool


@contract(GRANT_REGISTER, key="request_id")
class GrantState(Data):
    """A request for support as it stands now."""

    request_id: Identifier
    tax_code: TaxCode
    enterprise_name: Text | None
    scheme_id: Identifier
    scheme_version: Identifier
    activity_id: Identifier
    year: int
    state: Literal["granted", "declined", "queued"]
    line_id: Identifier | None
    amount: Dong
    made: bool


@contract(INDICATOR, key="row_id")
class IndicatorContribution(Data):
    """What one event adds to an indicator of a year; the total of an indicator is the sum over its rows."""

    row_id: Identifier
    indicator: Identifier
    year: int
    value: Decimal = Field(description="in the unit of the indicator")
    about: Identifier = Field(description="the enterprise, certificate, request or figure it comes from")
    event_id: Text = Field(description="source|id of the event behind it")
    made: bool
