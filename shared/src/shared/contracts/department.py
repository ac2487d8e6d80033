"""Events of the Department of Industry and Trade (Sở Công Thương), which leads the programme."""

from datetime import date as Date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.base import Data, Dong, Identifier, Text, Topic, contract

PROGRAMME = Topic("city.programme.v1", "department", answered_by="applications", audience="public", partitions=1)

Industry = Literal[
    "mechanical",
    "electrical-electronics",
    "information-technology",
    "textiles-garments-footwear",
    "food-processing",
    "chemicals-rubber-plastics-pharma",
    "building-materials",
    "handicraft",
]
Points = Annotated[Decimal, Field(ge=0, le=1000, max_digits=7, decimal_places=3, description="points, a decimal in a string")]
Bound = Annotated[Decimal, Field(max_digits=21, decimal_places=3)]
Percent = Annotated[int, Field(strict=True, ge=1, le=100, description="per cent")]


@contract(PROGRAMME, key="date")
class DayStarted(Data):
    """A day has begun in Hà Nội: deadlines are counted and what is due falls due. The only clock the services have."""

    date: Date = Field(description="the day, ISO 8601")


@contract(PROGRAMME, key="calendar_id")
class CalendarIssued(Data):
    """The days on which no business is done, beside Saturdays and Sundays."""

    calendar_id: Identifier = Field(description="for example 2021 or 2021-amended")
    holidays: tuple[Date, ...] = Field(description="public holidays, added to those already known")
    legal_text: Text = Field(description="the announcement that names them")


class Target(Data):
    """One target of a plan: an indicator with a lower and, where given, an upper bound (plan documents)."""

    indicator: Identifier = Field(description="code of the indicator, see the reporting service")
    lower: Bound = Field(description="lower bound, in the unit of the indicator, a decimal in a string")
    upper: Bound | None = Field(default=None, description="upper bound where the plan gives a range")
    clause: Text = Field(description="the words of the plan the target comes from")


@contract(PROGRAMME, key="plan_id")
class PlanIssued(Data):
    """The city issued a yearly plan (kế hoạch). A number can exist twice, so number and date identify it."""

    plan_id: Identifier = Field(description="number@date, for example 60/KH-UBND@2021-03-10")
    number: Text
    date: Date = Field(description="date of the plan")
    year: int = Field(ge=2006, le=2100, description="the year it is for")
    title_vi: Text
    title_en: Text
    targets: tuple[Target, ...]
    source: Text = Field(description="where the plan was read")


@contract(PROGRAMME, key="rules_id")
class EligibilityRulesIssued(Data):
    """A version of the rules on who may apply (1520/HD-SCT of 2019 and its successors)."""

    rules_id: Identifier
    effective_from: Date
    high_tech_revenue: Dong = Field(description="least yearly revenue of a product on the high-tech lists, đồng")
    other_revenue: Dong = Field(description="least yearly revenue of any other product, đồng")
    handicraft_exports_usd: int = Field(
        strict=True, ge=0, le=10**12, description="least yearly exports of a handicraft product, USD"
    )
    required_documents: tuple[Identifier, ...] = Field(description="kinds of document a dossier must hold")
    high_tech_commitments: tuple[Identifier, ...] = Field(description="commitments a high-tech product must make")
    years_of_figures: int = Field(
        default=2, strict=True, ge=2, le=10, description="how many years before the round a dossier declares figures of"
    )
    figures_tolerance_percent: int | None = Field(
        default=None,
        strict=True,
        ge=0,
        le=100,
        description="how far declared figures may be from other evidence before they are flagged, per cent; none: not compared",
    )
    legal_text: Text


class Criterion(Data):
    """One criterion of a set: its maximum in points and who scores it."""

    code: Identifier
    name_vi: Text
    name_en: Text
    maximum: Points
    owner: Identifier = Field(description="agency that scores it, or council: every member")
    minimum: Points | None = Field(default=None, description="least score to pass, where the set has one")


@contract(PROGRAMME, key="criteria_id")
class CriteriaIssued(Data):
    """A version of the criteria set (tiêu chí); a round pins one and keeps it."""

    criteria_id: Identifier
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    pass_mark: Points = Field(description="least total to pass, points")
    quorum: int = Field(strict=True, ge=1, le=100, description="least number of scores a criterion of the council needs")
    tie_break: tuple[Identifier, ...] = Field(
        description="criteria compared in turn when totals are equal; then date received, then number"
    )
    legal_text: Text


@contract(PROGRAMME, key="round_id")
class RoundOpened(Data):
    """A selection round (đợt xét chọn) opens; it pins the rules and criteria in force."""

    round_id: Identifier = Field(description="for example 2021")
    year: int = Field(ge=2006, le=2100)
    plan_id: Identifier
    rules_id: Identifier
    criteria_id: Identifier
    opens: Date = Field(description="first day dossiers are received")
    closes: Date = Field(description="last day dossiers are received")
    validity_months: int = Field(strict=True, ge=1, le=120, description="how long a recognition is in force, months")
    supplement_business_days: int = Field(
        default=0,
        strict=True,
        ge=0,
        le=250,
        description="business days an enterprise has to hand in what its dossier lacks; 0: nothing is asked for",
    )
    supplements_until: Date | None = Field(
        default=None, description="last day what was asked for is received, however many days are left; none: no such day"
    )
    second_dossier: Literal["refused", "replaces"] = Field(
        default="refused", description="a second dossier of a product: refused, or takes the first one's place once accepted"
    )
    legal_text: Text


@contract(PROGRAMME, key="round_id")
class RoundExtended(Data):
    """A round that is still open receives dossiers longer; its rules and criteria stay as they are."""

    round_id: Identifier
    closes: Date = Field(description="last day dossiers are received now; later than the day it was so far")
    legal_text: Text


@contract(PROGRAMME, key="scheme_id")
class SchemeIssued(Data):
    """A version of a support scheme; each grant names the version it was decided by."""

    scheme_id: Identifier = Field(description="for example fair-abroad")
    version: Identifier = Field(description="for example TT29-2018")
    effective_from: Date
    name_vi: Text
    name_en: Text
    activity: Literal["fair", "project"] = Field(description="what one grant is for: a fair edition or an investment project")
    rate_percent: Percent = Field(description="share of the eligible cost that is paid")
    cap: Dong | None = Field(default=None, description="most for one activity of one enterprise, đồng")
    requires: Literal["recognition", "supporting-industry"] = Field(description="who may ask")
    part_grants: bool = Field(description="whether less than the amount may be granted when the line runs short")
    wait_business_days: int = Field(strict=True, ge=0, le=250, description="how long a request waits for a recognition")
    counts_as: Identifier | None = Field(
        default=None, description="figure of the plan its grants are counted in, an enterprise once a year: rural-equipment"
    )
    legal_text: Text
