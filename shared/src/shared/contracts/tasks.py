"""Tasks of the plans: what the department gives to which agency, and what the agencies report of it."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.activities import ActivityKind
from shared.contracts.base import Data, Date, Identifier, Text, Topic, contract
from shared.contracts.department import PROGRAMME, Bound

TASKS = Topic("city.tasks.v1", "agencies", answered_by="reporting", audience="public")

TaskGroup = Literal[
    "select-and-honour",
    "trade-and-investment-promotion",
    "investment-environment",
    "science-and-technology",
    "human-resources",
    "mechanisms-and-policy",
    "cnht-supplier-connection",
    "cnht-foreign-investment",
    "cnht-management-systems",
    "cnht-research-and-transfer",
    "cnht-yearly-information",
    "cnht-other",
]
"""The six task groups of the key-product plan, then the six solutions of the CNHT plan (domain section 2)."""
TaskFor = Literal["recognition", "supporting-industry", "rural-establishment", "applicant", "agency", "everyone"]
ReportedEvery = Annotated[int, Field(strict=True, ge=1, le=12, description="months")]


@contract(PROGRAMME, key="task_id")
class TaskIssued(Data):
    """A task of a plan: who leads it, from when to when, for whom, and what shall come of it."""

    task_id: Identifier
    plan_id: Identifier
    year: int = Field(ge=2006, le=2100, description="the plan year it is followed in")
    group: TaskGroup
    name_vi: Text
    name_en: Text
    lead: Identifier = Field(description="the agency that leads it and answers for it")
    joint: Annotated[tuple[Identifier, ...], Field(max_length=50)] = Field(default=(), description="agencies that take part")
    starts: Date
    ends: Date = Field(description="last day")
    target_vi: Text = Field(description="what shall come of it, in Vietnamese")
    target_en: Text = Field(description="the same in English")
    target: Bound | None = Field(default=None, description="the same as a figure, where there is one, a decimal in a string")
    for_whom: TaskFor
    activity_kind: ActivityKind | None = Field(default=None, description="the kind of activity it is, where it is one")
    activity_id: Identifier | None = Field(default=None, description="the announced activity it is, where it is one")
    reported_every: ReportedEvery | None = Field(default=None, description="how often progress is due; none: at the end only")
    made: bool = Field(default=False, description="true where the task was made for a scenario and is not real")


@contract(PROGRAMME, key="task_id")
class TaskAdjusted(Data):
    """A task has other days or another target (điều chỉnh); what is left out stays as it is."""

    task_id: Identifier
    adjusted_on: Date
    starts: Date | None = None
    ends: Date | None = Field(default=None, description="last day")
    target_vi: Text | None = None
    target_en: Text | None = None
    target: Bound | None = None
    reason: Text
    legal_text: Text
    made: bool = Field(default=False, description="true where the adjustment was made for a scenario and is not real")


@contract(PROGRAMME, key="task_id")
class TaskCancelled(Data):
    """A task is not carried out."""

    task_id: Identifier
    cancelled_on: Date
    reason: Text
    legal_text: Text
    made: bool = Field(default=False, description="true where the decision was made for a scenario and is not real")


class TaskReport(Data):
    """What every report on a task carries."""

    task_id: Identifier
    agency: Identifier = Field(description="who reports: its lead, or an agency that takes part")
    result_vi: Text
    result_en: Text | None = None
    figure: Annotated[Decimal, Field(ge=0, max_digits=21, decimal_places=3)] | None = Field(
        default=None, description="what has come of it so far, as a figure like its target, a decimal in a string"
    )
    made: bool = Field(default=False, description="true where the report was made for a scenario and is not real")


@contract(TASKS, key="task_id")
class TaskProgressReported(TaskReport):
    """An agency reported what was done on a task in a period; a later report of the same period replaces it."""

    period_starts: Date
    period_ends: Date = Field(description="last day")


@contract(TASKS, key="task_id")
class TaskCompleted(TaskReport):
    """An agency reported that a task is done."""

    completed_on: Date
