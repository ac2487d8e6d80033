"""Figures of the whole city: which there are, in which unit, who may report each, and for which periods."""

from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal

from shared.contracts.base import SOURCE_PREFIX
from shared.contracts.statistics import INDICATORS as TOPIC
from shared.contracts.statistics import IndicatorReported
from shared.errors import Refusal

from reporting.domain.rows import FIGURES, Contribution, Measure, days_of

STATISTICS_OFFICE = TOPIC.publisher


@dataclass(frozen=True, slots=True)
class CityFigure:
    """A figure of the city. `sources` are who may report it, as the last part of a source: statistics, statistics/doit.

    A sum may be reported in parts of the year, which add up; a rate only for the year as a whole. `most` is the highest
    it can be.
    """

    measure: Measure
    sources: tuple[str, ...]
    in_parts: bool
    most: Decimal | None = None

    @property
    def unit(self) -> str:
        """The unit it is reported in."""
        return FIGURES[self.measure]


CITY_FIGURES: dict[str, CityFigure] = {
    figure.measure.value: figure
    for figure in (
        CityFigure(Measure.CITY_OUTPUT, (STATISTICS_OFFICE,), in_parts=True),
        CityFigure(Measure.CITY_EXPORTS, (STATISTICS_OFFICE,), in_parts=True),
        CityFigure(Measure.SUPPORTING_OUTPUT, (STATISTICS_OFFICE, "statistics/doit"), in_parts=True),
        CityFigure(Measure.MANUFACTURING_OUTPUT, (STATISTICS_OFFICE,), in_parts=True),
        CityFigure(Measure.SUPPORTING_INDEX, (STATISTICS_OFFICE,), in_parts=False),
        CityFigure(Measure.TRAINED_WORKERS, (STATISTICS_OFFICE, "statistics/dolisa"), in_parts=False, most=Decimal(100)),
        CityFigure(Measure.CLEAN_TECHNOLOGY, ("statistics/doit", "statistics/dost"), in_parts=False, most=Decimal(100)),
    )
}
"""The departments behind doit, dolisa and dost are those of industry, of labour, and of science (domain section 1)."""


class UnknownFigure(Refusal):
    slug = "unknown-figure"
    vi = "Không có số liệu nào tên {figure} (năm {year}); hãy gửi lại với một trong các tên: {known}."
    en = "There is no figure named {figure} (year {year}); send it again under one of these names: {known}."


class WrongUnit(Refusal):
    slug = "wrong-unit"
    vi = "Số liệu {figure} năm {year} phải tính bằng {right}, không phải {unit}; hãy đổi đơn vị rồi gửi lại."
    en = "Figure {figure} of {year} must be in {right}, not {unit}; convert it and send it again."


class SourceMayNotReport(Refusal):
    slug = "source-may-not-report"
    vi = "Nguồn {source} không được báo cáo số liệu {figure} (năm {year}); chỉ nhận từ: {known}."
    en = "Source {source} may not report figure {figure} (year {year}); it is taken only from: {known}."


class FigureTooHigh(Refusal):
    slug = "figure-too-high"
    vi = "Số liệu {figure} năm {year} là {value} %, cao hơn mức cao nhất có thể là {most} %; hãy kiểm tra rồi gửi lại."
    en = "Figure {figure} of {year} is {value} per cent, more than the highest possible, {most}; check it and send it again."


class PeriodOutsideYear(Refusal):
    slug = "period-outside-year"
    vi = "Kỳ {starts:%d/%m/%Y} – {ends:%d/%m/%Y} của số liệu {figure} không nằm trong năm {year}; hãy kiểm tra kỳ và năm."
    en = "The period {starts} to {ends} of figure {figure} does not lie within {year}; check the period and the year."


class PeriodEndsFirst(Refusal):
    slug = "period-ends-before-it-starts"
    vi = "Kỳ của số liệu {figure} năm {year} kết thúc ngày {ends:%d/%m/%Y}, trước ngày đầu {starts:%d/%m/%Y}; hãy kiểm tra."
    en = "The period of figure {figure} of {year} ends on {ends}, before its first day {starts}; check both days."


class WholeYearOnly(Refusal):
    slug = "whole-year-only"
    vi = (
        "Số liệu {figure} là tỷ lệ hoặc chỉ số, chỉ nhận cho cả năm {year}, không nhận cho kỳ {starts:%d/%m/%Y} – "
        "{ends:%d/%m/%Y}; hãy gửi số cả năm."
    )
    en = "Figure {figure} is a rate or an index: it is taken for the whole of {year}, not for {starts} to {ends}; send that."


class PeriodOverlaps(Refusal):
    slug = "period-overlaps"
    vi = (
        "Kỳ {starts:%d/%m/%Y} – {ends:%d/%m/%Y} của số liệu {figure} năm {year} chồng lên kỳ {known} đã báo cáo; "
        "hãy gửi đúng kỳ đó để thay, hoặc số của cả năm."
    )
    en = (
        "The period {starts} to {ends} of figure {figure} of {year} overlaps {known}, which was reported; send that "
        "period to replace it, or the figure of the whole year."
    )


@dataclass(frozen=True, slots=True)
class Period:
    """A part of a year, both days included."""

    starts: Date
    ends: Date

    @classmethod
    def of_year(cls, year: int) -> "Period":
        """A whole year."""
        return cls(Date(year, 1, 1), Date(year, 12, 31))

    @classmethod
    def written(cls, text: str) -> "Period":
        """The period that `str` wrote."""
        starts, ends = text.split("..")
        return cls(Date.fromisoformat(starts), Date.fromisoformat(ends))

    def __str__(self) -> str:
        return f"{self.starts}..{self.ends}"

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.ends - self.starts).days + 1

    def overlaps(self, other: "Period") -> bool:
        """Whether a day is in both."""
        return self.starts <= other.ends and other.starts <= self.ends


def check(said: IndicatorReported, source: str) -> Measure:
    """The measure a reported figure is of; raises the refusal of what is wrong with it by itself."""
    facts = {"figure": said.figure, "year": said.year}
    declared = CITY_FIGURES.get(said.figure)
    if declared is None:
        raise UnknownFigure(field="data.figure", known=", ".join(sorted(CITY_FIGURES)), **facts)
    if said.unit != declared.unit:
        raise WrongUnit(field="data.unit", unit=said.unit, right=declared.unit, **facts)
    if source.removeprefix(SOURCE_PREFIX) not in declared.sources:
        known = ", ".join(SOURCE_PREFIX + name for name in declared.sources)
        raise SourceMayNotReport(field="source", source=source, known=known, **facts)
    if declared.most is not None and said.value > declared.most:
        raise FigureTooHigh(field="data.value", value=f"{said.value:f}", most=f"{declared.most:f}", **facts)
    period, year = period_of(said), Period.of_year(said.year)
    days = {"starts": period.starts, "ends": period.ends}
    if period.ends < period.starts:
        raise PeriodEndsFirst(field="data.ends", **facts, **days)
    if period.starts < year.starts or period.ends > year.ends:
        raise PeriodOutsideYear(field="data.starts", **facts, **days)
    if period != year and not declared.in_parts:
        raise WholeYearOnly(field="data.starts", **facts, **days)
    return declared.measure


def period_of(said: IndicatorReported) -> Period:
    """The days a report is of: the year where it names none."""
    year = Period.of_year(said.year)
    return Period(said.starts or year.starts, said.ends or year.ends)


def about(said: IndicatorReported) -> str:
    """What the ground of a report is about: the figure, with its period where that is a part of the year."""
    period = period_of(said)
    return said.figure if period.days == days_of(said.year) else f"{said.figure}@{period}"


def check_period(said: IndicatorReported, known: Contribution | None) -> None:
    """A part of the year must not overlap another that was reported, nor come after the figure of the whole year."""
    if known is None or about(said) == said.figure:
        return
    period = period_of(said)
    for ground in known.grounds:
        _, _, written = ground.about.partition("@")
        other = Period.written(written) if written else Period.of_year(said.year)
        if ground.about != about(said) and period.overlaps(other):
            facts = {"figure": said.figure, "year": said.year, "starts": period.starts, "ends": period.ends}
            raise PeriodOverlaps(field="data.starts", known=f"{other.starts} – {other.ends}", **facts)
