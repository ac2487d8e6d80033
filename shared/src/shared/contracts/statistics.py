"""Events of the statistics office (Cục Thống kê) and the lead agencies."""

from decimal import Decimal

from pydantic import Field

from shared.contracts.base import Data, Date, Identifier, Text, Topic, contract

INDICATORS = Topic("city.indicators.v1", "statistics", answered_by="reporting", audience="public")


@contract(INDICATORS, key="figure")
class IndicatorReported(Data):
    """A city-wide figure of a year, or of a part of it, for example its industrial output.

    A later report of the same period replaces an earlier one, that of the whole year those of its parts. Who may report
    which figure, in which unit and for which periods is declared by reporting. A lead agency reports under a source of its
    own: `//industry.hanoi.gov.vn/statistics/<agency>`.
    """

    figure: Identifier = Field(description="code of the figure, for example city-industrial-output")
    year: int = Field(ge=2000, le=2100)
    value: Decimal = Field(ge=0, max_digits=21, decimal_places=3, description="in the unit of the figure, a decimal in a string")
    unit: Identifier = Field(description="unit of the figure: VND, USD, or percent")
    starts: Date | None = Field(default=None, description="first day it is of; none: the first of the year")
    ends: Date | None = Field(default=None, description="last day it is of; none: the last of the year")
    made: bool = Field(default=False, description="true where the figure was made for a scenario and is not real")
    source_text: Text
