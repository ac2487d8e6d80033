"""Events of the statistics office (Cục Thống kê) and the lead agencies."""

from decimal import Decimal

from pydantic import Field

from shared.contracts.base import Data, Identifier, Text, Topic, contract

INDICATORS = Topic("city.indicators.v1", "statistics", answered_by="reporting", audience="public")


@contract(INDICATORS, key="figure")
class IndicatorReported(Data):
    """A city-wide figure of a year, for example its industrial output; a later report replaces an earlier one."""

    figure: Identifier = Field(description="city-industrial-output (đồng) or city-exports (USD)")
    year: int = Field(ge=2000, le=2100)
    value: Decimal = Field(ge=0, max_digits=21, decimal_places=3, description="in the unit of the figure, a decimal in a string")
    unit: Identifier = Field(description="VND or USD")
    made: bool = Field(default=False, description="true where the figure was made for a scenario and is not real")
    source_text: Text
