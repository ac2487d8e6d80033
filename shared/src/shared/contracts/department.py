"""Events of the Department of Industry and Trade (Sở Công Thương), which leads the programme."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.base import Data, Date, Dong, Identifier, Source, Text, Topic, contract

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
    unit: Identifier | None = Field(
        default=None, description="unit of the bounds, which must be that of the indicator; none: taken to be"
    )
    clause: Text = Field(description="the words of the plan the target comes from")


@contract(PROGRAMME, key="plan_id")
class PlanIssued(Data):
    """The city issued a plan (kế hoạch) of a year or a phase. A number can exist twice: number and date identify it."""

    plan_id: Identifier = Field(description="number@date, for example 60/KH-UBND@2021-03-10")
    number: Text
    date: Date = Field(description="date of the plan")
    year: int = Field(ge=2006, le=2100, description="the year it is for; of a phase the first")
    to_year: int | None = Field(default=None, ge=2006, le=2100, description="last year of the phase it is for; none: one year")
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


class Band(Data):
    """Points for a figure from `lower`, included, up to `upper`, left out."""

    lower: Bound | None = Field(default=None, description="in the unit of the figure, a decimal in a string; none: without end")
    upper: Bound | None = Field(default=None, description="in the unit of the figure, a decimal in a string; none: without end")
    points: Points


class Computation(Data):
    """How a criterion is computed from the figures a dossier declares: a figure of one year, or its growth, in bands."""

    figure: Literal["revenue", "exports_usd"] = Field(description="đồng, or USD")
    years_before: int = Field(default=1, strict=True, ge=0, le=20, description="the year it is of: so many before the round's")
    growth_over_years: int | None = Field(
        default=None,
        strict=True,
        ge=1,
        le=20,
        description="growth in per cent against so many years before that; none: the figure itself",
    )
    bands: Annotated[tuple[Band, ...], Field(min_length=1, description="cover every figure once, without gaps")]


class Criterion(Data):
    """One criterion of a set: its maximum in points and who scores it."""

    code: Identifier
    name_vi: Text
    name_en: Text
    maximum: Points
    owner: Identifier = Field(description="agency that scores it, or answers for its figures; council: every member scores it")
    minimum: Points | None = Field(default=None, description="least score to pass, where the set has one")
    minimum_percent: Percent | None = Field(default=None, description="the same as a share of the maximum, instead of points")
    group: Identifier | None = Field(default=None, description="group it belongs to, where the set has groups")
    computed: Computation | None = Field(default=None, description="how it is computed; none: its owner gives the points")


class CriteriaGroup(Data):
    """A group of criteria; their maxima add up to its own."""

    code: Identifier
    name_vi: Text
    name_en: Text
    maximum: Points


@contract(PROGRAMME, key="criteria_id")
class CriteriaIssued(Data):
    """A version of the criteria set (tiêu chí); a round pins one, or one for each industry, and keeps it."""

    criteria_id: Identifier
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    groups: tuple[CriteriaGroup, ...] = Field(default=(), description="where there are any, every criterion is in one")
    maximum: Points | None = Field(default=None, description="what all maxima add up to, where the legal text states it")
    pass_mark: Points = Field(description="least total to pass, points")
    quorum: int = Field(strict=True, ge=1, le=100, description="least number of scores a criterion of the council needs")
    quorum_percent: Percent | None = Field(
        default=None, description="least share of the members who may score the dossier, beside the least number"
    )
    tie_break: tuple[Identifier, ...] = Field(
        description="criteria compared in turn when totals are equal; then date received, then number"
    )
    industries: tuple[Industry, ...] = Field(default=(), description="which products it is for; none named: all")
    waived: Literal["scaled", "zero"] = Field(
        default="scaled",
        description="a criterion waived or with no owner left: the rest is scaled to the full maximum, or it counts zero",
    )
    blind: bool = Field(default=False, description="whether the Council scores without seeing whose product it is")
    legal_text: Text


@contract(PROGRAMME, key="round_id")
class RoundOpened(Data):
    """A selection round (đợt xét chọn) opens; it pins the rules and criteria in force."""

    round_id: Identifier = Field(description="for example 2021")
    year: int = Field(ge=2006, le=2100)
    plan_id: Identifier
    rules_id: Identifier
    criteria_id: Identifier = Field(description="criteria set of every industry that has none of its own")
    criteria_by_industry: dict[Industry, Identifier] = Field(
        default_factory=dict, description="criteria set of an industry that has its own"
    )
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
    comment_window: bool = Field(default=False, description="the result must be published for comment before the decision")
    appeal_business_days: int = Field(
        default=0, strict=True, ge=0, le=250, description="how long after a decision an appeal may come; 0: no appeal"
    )
    expiry_notice_business_days: int = Field(
        default=0, strict=True, ge=0, le=250, description="how long before its last day a holder is told of it; 0: not at all"
    )
    legal_text: Text


@contract(PROGRAMME, key="round_id")
class RoundExtended(Data):
    """A round that is still open receives dossiers longer; its rules and criteria stay as they are."""

    round_id: Identifier
    closes: Date = Field(description="last day dossiers are received now; later than the day it was so far")
    legal_text: Text


@contract(PROGRAMME, key="rules_id")
class ValidityRulesIssued(Data):
    """A version of the rules on how long a renewed recognition lasts (24 months in 2011 and 2013, three years in 2019)."""

    rules_id: Identifier
    effective_from: Date = Field(description="first day on which a renewal may be decided by it")
    validity_months: int = Field(strict=True, ge=1, le=120, description="how much longer a renewed one is in force, months")
    expiry_notice_business_days: int = Field(
        default=0, strict=True, ge=0, le=250, description="how long before its last day a holder is told of it; 0: not at all"
    )
    legal_text: Text


SchemeActivity = Literal[
    "fair",
    "project",
    "fair-abroad",
    "fair-at-home",
    "city-fair",
    "online-fair",
    "vr-fair",
    "trade-mission",
    "craft-class",
    "training-course",
    "connection-meeting",
    "publicity",
]
Beneficiary = Literal["recognition", "supporting-industry", "rural-establishment"]
CapUnit = Literal[
    "enterprise-year",
    "activity",
    "fair-edition",
    "mission",
    "project",
    "establishment",
    "learner",
    "scheme-year",
    "shared-activity",
]


class CapMultiplier(Data):
    """A cap is higher for what has a trait: a technology line has 1.5 times the cap."""

    trait: Identifier = Field(description="for example technology-line, as the request declares it")
    factor: Annotated[Decimal, Field(gt=0, le=100, max_digits=6, decimal_places=3, description="a decimal in a string")]


class Cap(Data):
    """The most that one unit gets under a scheme, whatever the number of requests."""

    unit: CapUnit = Field(
        description="of one enterprise: its budget year, activity, fair edition, mission, project, itself (establishment); "
        "learner: times the learners of the request; over all enterprises: scheme-year, shared-activity"
    )
    amount: Dong = Field(gt=0, description="đồng for one unit")
    regions: tuple[Identifier, ...] = Field(default=(), description="regions of a mission it is for; empty: all others")
    multipliers: tuple[CapMultiplier, ...] = ()
    clause: Text | None = None


class CostItem(Data):
    """A kind of cost a scheme pays for."""

    code: Identifier
    name_vi: Text
    name_en: Text
    clause: Text | None = None


@contract(PROGRAMME, key="scheme_id")
class SchemeIssued(Data):
    """A version of a support scheme; each grant names the version it was decided by."""

    scheme_id: Identifier = Field(description="for example fair-abroad; without @")
    version: Identifier = Field(description="for example TT29-2018")
    effective_from: Date
    name_vi: Text
    name_en: Text
    activity: SchemeActivity = Field(description="what one grant is for: any fair, a kind of announced activity, or a project")
    in_kind: bool = Field(default=False, description="support without money: it has no rate, no caps and no line")
    rate_percent: Percent | None = Field(default=None, description="share of the eligible cost that is paid; none: in kind")
    rate_clause: Text | None = None
    cap: Dong | None = Field(default=None, description="most for one activity of one enterprise, đồng; or see caps")
    caps: tuple[Cap, ...] = Field(default=(), description="every cap holds; the least decides")
    eligible_items: tuple[CostItem, ...] = Field(default=(), description="kinds of cost that are paid for; empty: every cost")
    requires: Beneficiary | None = Field(default=None, description="who may ask; or see beneficiaries")
    beneficiaries: tuple[Beneficiary, ...] = Field(default=(), description="who may ask: one who is any of these")
    beneficiaries_clause: Text | None = None
    papers: tuple[Identifier, ...] = Field(default=(), description="kinds of paper a request must come with")
    part_grants: bool = Field(description="whether less than the amount may be granted when the line runs short")
    wait_business_days: int = Field(strict=True, ge=0, le=250, description="how long a request waits for a recognition")
    advance_percent: int = Field(
        default=70, strict=True, ge=0, le=100, description="most of the grant that is paid in advance, per cent; 0: no advance"
    )
    advance_clause: Text | None = None
    second_approval_from: Dong | None = Field(
        default=None, description="payments of this amount or more need a second approval, đồng; none: no payment does"
    )
    duties_apart: bool = Field(
        default=True, description="whether who accepts the work is another person than who asked for its payments"
    )
    budget_source: Source = "city"
    counts_as: Identifier | None = Field(
        default=None, description="figure of the plan its grants are counted in, an enterprise once a year: rural-equipment"
    )
    legal_text: Text
