"""Events of the department on the activities of its plans: what is offered, who joins, what overlaps, whom nothing reached."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.contracts.base import Data, Date, Dong, Identifier, Text, contract
from shared.contracts.department import PROGRAMME
from shared.contracts.registers import TaxCode

ActivityKind = Literal[
    "fair-abroad",
    "fair-at-home",
    "city-fair",
    "online-fair",
    "vr-fair",
    "trade-mission",
    "investment-project",
    "craft-class",
    "training-course",
    "connection-meeting",
    "publicity",
]
Places = Annotated[int, Field(strict=True, ge=1, le=10_000)]
Learner = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-f]{64}$"),
    Field(description="a learner by a hash the city gives, 64 hexadecimal digits; never a name or a number of a person"),
]


@contract(PROGRAMME, key="activity_id")
class ActivityAnnounced(Data):
    """An activity of the plan: what, when, where, how many can join, and by which criteria they are chosen."""

    activity_id: Identifier = Field(description="for example the edition of a fair: hannover-messe-2021")
    kind: ActivityKind
    name_vi: Text
    name_en: Text
    country: Text
    region: Identifier | None = Field(default=None, description="region of a trade mission as the scheme names it, for its cap")
    starts: Date
    ends: Date = Field(description="last day")
    places: Places | None = Field(default=None, description="how many enterprises can join; none: as many as want")
    allocates_on: Date | None = Field(
        default=None,
        description="day at whose start the places are given by priority, time of request and id; none: first come, first served",
    )
    criteria_vi: Text = Field(description="how enterprises are chosen, in Vietnamese")
    criteria_en: Text = Field(description="how enterprises are chosen, in English")
    plan_id: Identifier | None = Field(default=None, description="the plan it belongs to")
    made: bool = Field(default=False, description="true where the activity was made for a scenario and is not real")


@contract(PROGRAMME, key="activity_id")
class ActivityChanged(Data):
    """An activity takes place on other days, or has more or fewer places; what is left out stays as it is."""

    activity_id: Identifier
    starts: Date | None = None
    ends: Date | None = Field(default=None, description="last day")
    places: Places | None = Field(default=None, description="not fewer than are taken")
    reason: Text


@contract(PROGRAMME, key="activity_id")
class ActivityCancelled(Data):
    """An activity does not take place: who stands in line is refused, places are given back, grants for it are held."""

    activity_id: Identifier
    cancelled_on: Date
    reason: Text


@contract(PROGRAMME, key="tax_code", subject="activity_id")
class ParticipationRecorded(Data):
    """An enterprise joined an activity, or attended it: support in kind, without money."""

    activity_id: Identifier
    tax_code: TaxCode
    status: Literal["joined", "attended"] = Field(description="chosen to take part, or was there")
    on: Date = Field(description="the day it joined, or a day it was there")
    criterion_vi: Text = Field(description="the criterion of the activity it was chosen by, in Vietnamese")
    criterion_en: Text = Field(description="the same in English")
    made: bool = Field(default=False, description="true where the record was made for a scenario and is not real")


class Attendance(Data):
    """One learner of a class, and the enterprise the learner works for, where there is one."""

    learner: Learner
    tax_code: TaxCode | None = None


@contract(PROGRAMME, key="activity_id")
class ClassHeld(Data):
    """A class was held for these learners; a further list adds those not counted yet."""

    activity_id: Identifier = Field(description="the class: an announced craft class or training course")
    held_on: Date
    learners: Annotated[tuple[Attendance, ...], Field(min_length=1, max_length=500)]
    made: bool = Field(default=False, description="true where the list was made for a scenario and is not real")


class Exclusion(Data):
    """Programmes of which an enterprise gets one within a window, beyond what always holds: one activity, one cost, once."""

    rule_id: Identifier
    programmes: Annotated[tuple[Identifier, ...], Field(min_length=1, max_length=100)] = Field(
        description="schemes of the city, and programmes of agencies as their reports name them; one alone excludes itself"
    )
    window: Literal["year", "months"] = Field(description="the same budget year, or so many months before or after")
    months: int | None = Field(default=None, strict=True, ge=1, le=120, description="with the window `months`")
    clause_vi: Text
    clause_en: Text


@contract(PROGRAMME, key="rules_id")
class OverlapRulesIssued(Data):
    """A version of the rules on which programmes exclude each other; it takes the place of the one before from its day on."""

    rules_id: Identifier
    effective_from: Date
    exclusions: Annotated[tuple[Exclusion, ...], Field(max_length=200)]
    legal_text: Text


@contract(PROGRAMME, key="tax_code", subject="overlap_id")
class OverlapResolved(Data):
    """The department decided what an overlap means for the grant it was found on."""

    overlap_id: Identifier
    tax_code: TaxCode
    outcome: Literal["cancelled", "reduced", "recovered", "no-overlap"]
    amount: Dong | None = Field(default=None, description="what is left of the grant, đồng; with the outcome `reduced`")
    by: Identifier = Field(description="who decided")
    resolved_on: Date
    reason: Text


@contract(PROGRAMME, key="coverage_id")
class CoverageAsked(Data):
    """On these days the enterprises holding a recognition that no support has reached this year are told, for outreach."""

    coverage_id: Identifier = Field(description="for example 2021, or 2021-autumn")
    year: int = Field(ge=2006, le=2100, description="the year of support that is asked about")
    days: Annotated[tuple[Date, ...], Field(min_length=1, max_length=366)] = Field(description="days still to come")
    clause: Text = Field(description="the words of the plan that ask for it")
