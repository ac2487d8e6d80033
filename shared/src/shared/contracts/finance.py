"""Events of the Department of Finance (Sở Tài chính)."""

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.contracts.base import Currency, Data, Date, Dong, Identifier, Source, Text, Topic, contract

BUDGET = Topic("city.budget.v1", "finance", answered_by="support")

# Longer than an Identifier by the year before it and the source behind it, so that every scheme can have its line.
LineId = Annotated[str, StringConstraints(min_length=1, max_length=166, pattern=r"^[^\s|]+$")]


@contract(BUDGET, key="line_id")
class BudgetAllocated(Data):
    """Money was allocated to a budget line (dòng ngân sách) of a plan; a second allocation adds to it."""

    line_id: LineId = Field(description="year/scheme_id of the city's money, year/scheme_id@source of any other")
    plan_id: Identifier
    year: int = Field(ge=2006, le=2100)
    scheme_id: Identifier = Field(description="the scheme the line pays for")
    source: Source = "city"
    amount: Dong = Field(gt=0, description="added to the line, đồng")
    currency: Currency = "VND"
    allocates_on: Date | None = Field(
        default=None,
        description="start of the day on which the money of the line goes by (priority, time of request, id); everybody stands "
        "in line until then. None: first come, first served, or the day named before stands",
    )
    made: bool = Field(default=False, description="true where the figure was made for a scenario and is not real")
    legal_text: Text


@contract(BUDGET, key="line_id")
class BudgetChanged(Data):
    """The money of a line was changed, up or down; never under what is reserved, committed, being paid and paid."""

    line_id: LineId
    by: int = Field(strict=True, ge=-(10**15), le=10**15, description="added to the line, đồng; negative: taken away")
    currency: Currency = "VND"
    made: bool = Field(default=False, description="true where the figure was made for a scenario and is not real")
    legal_text: Text


@contract(BUDGET, key="from_line")
class BudgetTransferred(Data):
    """Money goes from one line to another of the same year."""

    from_line: LineId
    to_line: LineId
    amount: Dong = Field(gt=0)
    currency: Currency = "VND"
    made: bool = Field(default=False, description="true where the figure was made for a scenario and is not real")
    legal_text: Text


@contract(BUDGET, key="line_id")
class BudgetCarriedOver(Data):
    """What is left of a line goes to the line of the same scheme and source in the next year (chuyển nguồn)."""

    line_id: LineId
    amount: Annotated[Dong, Field(gt=0)] | None = Field(default=None, description="đồng; none: all that is available")
    currency: Currency = "VND"
    made: bool = Field(default=False, description="true where the figure was made for a scenario and is not real")
    legal_text: Text
