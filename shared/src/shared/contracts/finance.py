"""Events of the Department of Finance (Sở Tài chính)."""

from pydantic import Field

from shared.contracts.base import Data, Dong, Identifier, Text, Topic, contract

BUDGET = Topic("city.budget.v1", "finance", answered_by="support")


@contract(BUDGET, key="line_id")
class BudgetAllocated(Data):
    """Money was allocated to a budget line (dòng ngân sách) of a plan; a second allocation adds to it."""

    line_id: Identifier = Field(description="for example 2021/fair-abroad")
    plan_id: Identifier
    year: int = Field(ge=2006, le=2100)
    scheme_id: Identifier = Field(description="the scheme the line pays for")
    amount: Dong = Field(gt=0, description="added to the line, đồng")
    made: bool = Field(default=False, description="true where the figure was made for a scenario and is not real")
    legal_text: Text
