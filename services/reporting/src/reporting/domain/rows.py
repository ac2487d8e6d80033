"""Contribution rows: what every indicator is a sum of, and the events each row rests on."""

import hashlib
from collections.abc import Iterable
from datetime import date as Date
from decimal import Decimal
from enum import StrEnum
from typing import Self

from shared.contracts.reporting import EarlierFigure, Ground, IndicatorContribution, LostGround
from shared.messaging.document import Document

IDENTIFIER_LENGTH = 120


class Measure(StrEnum):
    """What contribution rows are about; the value of each row is in the unit stated."""

    PRODUCTS_FILED = "products-filed"  # 1 a dossier received
    ENTERPRISES_FILED = "enterprises-filed"  # 1 an enterprise with a dossier
    PRODUCTS_RECOGNISED = "products-recognised"  # 1 a certificate
    FIRST_TIME = "first-time-recognised"  # 1 a certificate of a product that was never recognised before
    ENTERPRISES_RECOGNISED = "enterprises-recognised"  # 1 an enterprise with a certificate of the year
    ENTERPRISES_IN_FORCE = "enterprises-in-force"  # 1 an enterprise with a recognition in force at any day of the year
    ENTERPRISES_SUPPORTED = "enterprises-supported"  # 1 an enterprise with a money grant or a class in the year
    PRODUCTION_VALUE = "production-value"  # đồng, of one enterprise in the year
    EXPORTS = "exports"  # USD, of one enterprise in the year
    SUPPORTING_ENTERPRISES = "supporting-enterprises"  # 1 an enterprise on the CNHT list when the year ends
    SUPPORTING_INTERNATIONAL = "supporting-enterprises-international"  # 1 the same, at international standard
    CLUSTERS_STARTED = "clusters-started"  # 1 a cluster whose building began in the year
    CLUSTERS_AREA = "clusters-started-area"  # hectares, of such a cluster
    CRAFT_LEARNERS = "craft-learners"  # distinct learners of a craft class
    COURSE_LEARNERS = "course-learners"  # distinct learners of a training course
    RURAL_EQUIPMENT = "rural-equipment"  # 1 a rural establishment with a grant for equipment in the year
    PARTICIPATIONS = "participations"  # 1 an enterprise in an activity
    MONEY_ALLOCATED = "money-allocated"  # đồng, of a budget line of the year
    MONEY_USED = "money-used"  # đồng, of a budget line: reserved, committed or paid
    MONEY_PAID = "money-paid"  # đồng, of a budget line
    CITY_OUTPUT = "city-industrial-output"  # đồng, of the whole city in the year
    CITY_EXPORTS = "city-exports"  # USD, of the whole city in the year
    SUPPORTING_OUTPUT = "supporting-output"  # đồng, of all supporting industries of the city
    MANUFACTURING_OUTPUT = "manufacturing-output"  # đồng, of the city's manufacturing
    SUPPORTING_INDEX = "supporting-index"  # per cent of the year before
    TRAINED_WORKERS = "trained-workers-rate"  # per cent
    CLEAN_TECHNOLOGY = "clean-technology-share"  # per cent


# A row of these is a figure, in this unit: a later report replaces it. A row of any other measure is that something is there.
FIGURES: dict[Measure, str] = {
    Measure.PRODUCTION_VALUE: "VND",
    Measure.EXPORTS: "USD",
    Measure.CLUSTERS_AREA: "hectares",
    Measure.CRAFT_LEARNERS: "learners",
    Measure.COURSE_LEARNERS: "learners",
    Measure.MONEY_ALLOCATED: "VND",
    Measure.MONEY_USED: "VND",
    Measure.MONEY_PAID: "VND",
    Measure.CITY_OUTPUT: "VND",
    Measure.CITY_EXPORTS: "USD",
    Measure.SUPPORTING_OUTPUT: "VND",
    Measure.MANUFACTURING_OUTPUT: "VND",
    Measure.SUPPORTING_INDEX: "percent",
    Measure.TRAINED_WORKERS: "percent",
    Measure.CLEAN_TECHNOLOGY: "percent",
}
# A row of these is about an enterprise, by its tax code.
OF_ENTERPRISES = frozenset(
    {
        Measure.ENTERPRISES_FILED,
        Measure.ENTERPRISES_RECOGNISED,
        Measure.ENTERPRISES_IN_FORCE,
        Measure.ENTERPRISES_SUPPORTED,
        Measure.PRODUCTION_VALUE,
        Measure.EXPORTS,
        Measure.SUPPORTING_ENTERPRISES,
        Measure.SUPPORTING_INTERNATIONAL,
        Measure.RURAL_EQUIPMENT,
    }
)


def row_id(measure: str, year: int, about: str) -> str:
    """The id of a contribution row; one too long to be an identifier ends in a hash of what it is about."""
    id = f"{measure}/{year}/{about}"
    return id if len(id) <= IDENTIFIER_LENGTH else f"{measure}/{year}/{_hash(about)}"


def shortened(about: str) -> str:
    """What a row is about as an identifier: itself, or its hash where it is put together of too much."""
    return about if len(about) <= IDENTIFIER_LENGTH else _hash(about)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Contribution(Document, collection="contributions", by_day=True, found_by=("id", "year")):
    """What counts for a measure of a year, about one thing; id is measure/year/about. There is no row without a ground.

    A presence counts once, however many grounds it rests on. A figure of an enterprise is what it reported itself; while it
    has reported nothing, the sum of what was reported under the codes it had before.
    """

    measure: Measure
    year: int
    about: str
    grounds: tuple[Ground, ...]

    @classmethod
    def of(cls, ground: Ground, about: str) -> Self:
        """The row of one ground."""
        id = row_id(ground.measure, ground.year, about)
        return cls(id=id, measure=Measure(ground.measure), year=ground.year, about=about, grounds=(ground,))

    def with_ground(self, news: Ground) -> Self:
        """The row with one more ground; a later figure from the same source replaces the earlier, which is kept in it."""
        known = next((ground for ground in self.grounds if ground.about == news.about), None)
        if known is not None and self.measure in FIGURES and known.event_id != news.event_id:
            before = EarlierFigure(event_id=known.event_id, value=known.value, made=known.made)
            news = news.model_copy(update={"earlier": (*known.earlier, before, *news.earlier)})
        others = (ground for ground in self.grounds if ground != known)
        return self.but(grounds=tuple(sorted((*others, news), key=lambda ground: ground.about)))

    def without(self, lost: LostGround) -> Self | None:
        """The row without a ground; None where nothing is left to rest on."""
        left = tuple(ground for ground in self.grounds if ground.about != lost.about)
        return self.but(grounds=left) if left else None

    @property
    def counted(self) -> tuple[Ground, ...]:
        """The grounds behind the value."""
        own = tuple(ground for ground in self.grounds if ground.about == self.about)
        return own or self.grounds

    @property
    def value(self) -> Decimal:
        """1 for a presence; a figure in the unit of its measure."""
        return sum((g.value for g in self.counted), Decimal()) if self.measure in FIGURES else Decimal(1)

    @property
    def whole_year(self) -> bool:
        """Whether a figure is of the whole year: reported so, or in parts, which do not overlap, that make it up."""
        parts = [ground.days for ground in self.counted]
        return None in parts or sum(days for days in parts if days) == days_of(self.year)

    @property
    def event_id(self) -> str:
        """The lineage: the event of the first ground, in the order of what they are about."""
        return self.counted[0].event_id

    @property
    def made(self) -> bool:
        """Whether any ground of the value was made for a scenario."""
        return any(ground.made for ground in self.counted)

    @property
    def note(self) -> str | None:
        """What the source says of itself."""
        return self.counted[0].note

    @property
    def earlier(self) -> tuple[EarlierFigure, ...]:
        """What the figure was before."""
        return tuple(figure for ground in self.counted for figure in ground.earlier)

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


def days_of(year: int) -> int:
    """How many days a year has."""
    return Date(year, 12, 31).timetuple().tm_yday


def lost(grounds: Iterable[Ground], left: Iterable[Ground]) -> tuple[LostGround, ...]:
    """Those of the grounds that are no longer among the ones left."""
    still = {(g.measure, g.year, g.about) for g in left}
    gone = (g for g in grounds if (g.measure, g.year, g.about) not in still)
    return tuple(LostGround(measure=g.measure, year=g.year, about=g.about) for g in gone)
