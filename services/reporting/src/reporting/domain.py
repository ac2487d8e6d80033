"""What reporting keeps: registers of recognised products and grants, and the rows every indicator is a sum of.

Everything about one enterprise (its dossiers, certificates, grants and rows) lies in the partition of the enterprise, so
that "counted once" can be decided there without a look at any other partition.
"""

import hashlib
from datetime import date as Date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict
from shared.contracts.applications import Reason
from shared.contracts.department import Target
from shared.contracts.reporting import GrantState, IndicatorContribution, RecognisedProductState
from shared.contracts.support import AmountStep
from shared.errors import Refusal
from shared.messaging.document import Document

IDENTIFIER_LENGTH = 120


class Measure(StrEnum):
    """What contribution rows are about; the value of each row is in the unit stated."""

    PRODUCTS_FILED = "products-filed"  # 1 a dossier received
    ENTERPRISES_FILED = "enterprises-filed"  # 1 an enterprise with a dossier
    PRODUCTS_RECOGNISED = "products-recognised"  # 1 a certificate
    ENTERPRISES_RECOGNISED = "enterprises-recognised"  # 1 an enterprise with a certificate of the year
    ENTERPRISES_IN_FORCE = "enterprises-in-force"  # 1 an enterprise with a recognition in force at any day of the year
    ENTERPRISES_SUPPORTED = "enterprises-supported"  # 1 an enterprise with a money grant in the year
    PRODUCTION_VALUE = "production-value"  # đồng, of one enterprise in the year
    EXPORTS = "exports"  # USD, of one enterprise in the year
    CITY_OUTPUT = "city-industrial-output"  # đồng, of the whole city in the year
    CITY_EXPORTS = "city-exports"  # USD, of the whole city in the year


# A row of these is a figure: a later report replaces it. A row of any other measure is the presence of something.
FIGURES = frozenset({Measure.PRODUCTION_VALUE, Measure.EXPORTS, Measure.CITY_OUTPUT, Measure.CITY_EXPORTS})
# Figures of the statistics office, with the unit each is reported in.
CITY_FIGURES = {Measure.CITY_OUTPUT: "VND", Measure.CITY_EXPORTS: "USD"}


class UnknownFigure(Refusal):
    slug = "unknown-figure"
    vi = "Không có số liệu toàn Thành phố nào tên {figure} (năm {year}); hãy gửi lại với một trong các tên: {known}."
    en = "There is no city figure named {figure} (year {year}); send it again under one of these names: {known}."


class WrongUnit(Refusal):
    slug = "wrong-unit"
    vi = "Số liệu {figure} năm {year} phải tính bằng {right}, không phải {unit}; hãy đổi đơn vị rồi gửi lại."
    en = "Figure {figure} of {year} must be in {right}, not {unit}; convert it and send it again."


def check_city_figure(figure: str, year: int, unit: str) -> Measure:
    """The measure a reported city figure is of; raises UnknownFigure or WrongUnit."""
    right = {measure.value: unit for measure, unit in CITY_FIGURES.items()}
    if figure not in right:
        raise UnknownFigure(field="data.figure", figure=figure, year=year, known=", ".join(sorted(right)))
    if unit != right[figure]:
        raise WrongUnit(field="data.unit", figure=figure, year=year, unit=unit, right=right[figure])
    return Measure(figure)


def enterprise_key(tax_code: str) -> str:
    """The enterprise behind a tax code: a branch (10 digits and a suffix) is its enterprise's (domain section 3)."""
    return tax_code.split("-", maxsplit=1)[0]


def row_id(measure: Measure, year: int, about: str) -> str:
    """The id of a contribution row; one too long to be an identifier ends in a hash of what it is about."""
    id = f"{measure}/{year}/{about}"
    if len(id) <= IDENTIFIER_LENGTH:
        return id
    return f"{measure}/{year}/{hashlib.sha256(about.encode()).hexdigest()}"


class Enterprise(Document, collection="enterprises"):
    """An enterprise as the programme knows it now; id is its tax code."""

    name: str
    district: str | None
    supporting_industry: bool
    made: bool


class Round(Document, collection="rounds", copied=True):
    """Which year and plan a round belongs to; id is the round's."""

    year: int
    plan_id: str


class Plan(Document, collection="plans"):
    """A yearly plan with its targets; id is number@date."""

    number: str
    date: Date
    year: int
    title_vi: str
    title_en: str
    targets: tuple[Target, ...]
    source: str
    event_id: str


class Scheme(Document, collection="schemes"):
    """The name of a support scheme for people, from its newest version; id is the scheme's."""

    name_vi: str
    name_en: str
    effective_from: Date


class BusinessDay(Document, collection="business-days", copied=True):
    """The day it is in Hà Nội, as the partition last heard; the one id is `today`."""

    date: Date


class Dossier(Document, collection="dossiers"):
    """A dossier and how far it came; id is the application's."""

    # In the order of a dossier's life: news that comes late never takes a dossier back.
    STATES: ClassVar[tuple[str, ...]] = ("received", "accepted", "rejected", "not-recognised", "recognised")

    round_id: str
    year: int
    tax_code: str
    product_name: str
    state: Literal["received", "accepted", "rejected", "not-recognised", "recognised"]
    reasons: tuple[Reason, ...] = ()
    made: bool = False

    def joined(self, news: "Dossier") -> "Dossier":
        """This dossier after the news of it: the later state of the two, and made where either is."""
        later = max((self, news), key=lambda d: self.STATES.index(d.state))
        return later.but(made=self.made or news.made)


class RecognisedProduct(Document, collection="recognised-products"):
    """A certificate as it stands now; id is the certificate number."""

    year: int
    tax_code: str
    enterprise_name: str
    product_id: str
    product_name: str
    industry: str
    decision: str
    decided_on: Date
    valid_from: Date
    valid_to: Date
    first_time: bool
    top10_rank: int | None
    score: Decimal
    made: bool
    event_id: str

    def published_state(self) -> RecognisedProductState:
        fields = self.model_dump(exclude={"id", "decided_on", "score", "event_id"})
        return RecognisedProductState(certificate=self.id, **fields)


class Grant(Document, collection="grants"):
    """A request for support as it stands now; id is the request's."""

    tax_code: str
    enterprise_name: str | None
    scheme_id: str
    scheme_version: str
    activity_id: str
    year: int
    requested_on: Date
    state: Literal["granted", "declined", "queued"]
    line_id: str | None = None
    amount: int = 0
    steps: tuple[AmountStep, ...] = ()
    legal_text: str | None = None
    reasons: tuple[Reason, ...] = ()
    made: bool
    event_id: str

    def published_state(self) -> GrantState:
        fields = self.model_dump(exclude={"id", "requested_on", "steps", "legal_text", "reasons", "event_id"})
        return GrantState(request_id=self.id, **fields)


class BudgetLine(Document, collection="budget-lines"):
    """A budget line: what was allocated to it (đồng, summed here) and what support says is reserved.

    The two come on different topics; a line whose allocation has not come yet has no year and is shown nowhere.
    """

    year: int | None = None
    plan_id: str | None = None
    scheme_id: str | None = None
    allocated: int = 0
    reserved: int = 0
    exhausted: bool = False
    made: bool = False

    @property
    def available(self) -> int:
        """What can still be reserved, đồng; not below 0 while an allocation is on its way here."""
        return max(0, self.allocated - self.reserved)


class EarlierFigure(BaseModel):
    """What a row said before a later report replaced it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    event_id: str
    value: Decimal
    made: bool


class Contribution(Document, collection="contributions"):
    """What one event adds to a measure of a year; id is measure/year/about. Lineage is `event_id`."""

    measure: Measure
    year: int
    value: Decimal
    about: str
    event_id: str
    made: bool
    note: str | None = None
    earlier: tuple[EarlierFigure, ...] = ()

    def published_state(self) -> IndicatorContribution:
        return IndicatorContribution(
            row_id=self.id,
            indicator=self.measure.value,
            year=self.year,
            value=self.value,
            about=self.about,
            event_id=self.event_id,
            made=self.made,
        )

    def joined(self, news: "Contribution") -> "Contribution":
        """This row after another event said something of the same thing.

        A figure is replaced and what it said before is kept. A presence counts once, by the event that came first;
        it is made where either event is.
        """
        if self.measure not in FIGURES:
            return self.but(made=self.made or news.made)
        before = EarlierFigure(event_id=self.event_id, value=self.value, made=self.made)
        return news.but(earlier=(*self.earlier, before))
