"""Events of the Department of Finance (Sở Tài chính)."""

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.contracts.base import Data, Dong, Identifier, Text, Topic, contract

BUDGET = Topic("city.budget.v1", "finance", answered_by="support")

# Longer than an Identifier by the year before it, so that every scheme can have its line.
LineId = Annotated[str, StringConstraints(min_length=1, max_length=125, pattern=r"^[^\s|]+$")]


@contract(BUDGET, key="line_id")
class BudgetAllocated(Data):
    """Money was allocated to a budget line (dòng ngân sách) of a plan; a second allocation adds to it."""

    line_id: LineId = Field(description="year/scheme_id, for example 2021/fair-abroad")
    plan_id: Identifier
    year: int = Field(ge=2006, le=2100)
    scheme_id: Identifier = Field(description="the scheme the line pays for")
    amount: Dong = Field(gt=0, description="added to the line, đồng")
    made: bool = Field(default=False, description="true where the figure was made for a scenario and is not real")
    legal_text: Text
