"""Contribution rows: what every indicator is a sum of, and the events each row rests on."""

import hashlib
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Self

from shared.contracts.reporting import EarlierFigure, Ground, IndicatorContribution, LostGround
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
# A row of these is about an enterprise, by its tax code.
OF_ENTERPRISES = frozenset(
    {
        Measure.ENTERPRISES_FILED,
        Measure.ENTERPRISES_RECOGNISED,
        Measure.ENTERPRISES_IN_FORCE,
        Measure.ENTERPRISES_SUPPORTED,
        Measure.PRODUCTION_VALUE,
        Measure.EXPORTS,
    }
)
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


def row_id(measure: str, year: int, about: str) -> str:
    """The id of a contribution row; one too long to be an identifier ends in a hash of what it is about."""
    id = f"{measure}/{year}/{about}"
    if len(id) <= IDENTIFIER_LENGTH:
        return id
    return f"{measure}/{year}/{hashlib.sha256(about.encode()).hexdigest()}"


class Contribution(Document, collection="contributions", by_day=True):
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


def lost(grounds: Iterable[Ground], left: Iterable[Ground]) -> tuple[LostGround, ...]:
    """Those of the grounds that are no longer among the ones left."""
    still = {(g.measure, g.year, g.about) for g in left}
    gone = (g for g in grounds if (g.measure, g.year, g.about) not in still)
    return tuple(LostGround(measure=g.measure, year=g.year, about=g.about) for g in gone)
