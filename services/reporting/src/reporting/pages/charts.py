"""Charts as what a picture needs, pure: places and lengths in units of the picture, with the words of each figure.

Drawn by the macros of templates/parts.html, each with its data in a table and its download. A chart says nothing that its
table does not say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from reporting.pages.rendering import BAR

Number = int | Fraction
HUES = 8  # colours of the style sheet, hue-0 to hue-7; what comes after the last begins again
# A picture over years is 440 by 220: where its scale begins and ends.
LEFT, RIGHT, TOP, BOTTOM = 42, 418, 14, 190
STEPS = (1, 2, 5)
WIDEST = 48  # of a column


@dataclass(frozen=True, slots=True)
class Item:
    """One figure of a chart: what it is of, its value, how it is written, where it leads, and whether it was made."""

    label: str
    value: Number
    written: str
    path: str | None = None
    made: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """An item with the length of its bar; the longest is as long as the picture, what is above 0 is seen."""

    item: Item
    width: int


def bars(items: Sequence[Item]) -> tuple[Bar, ...]:
    """The items as horizontal bars, in their order; one below 0 has none."""
    longest = max((item.value for item in items), default=0)
    return tuple(Bar(item, _length(item.value, longest)) for item in items)


@dataclass(frozen=True, slots=True)
class Part:
    """An item as its part of one bar: where it begins, how long it is, its colour, and its share of the whole, per cent."""

    item: Item
    start: int
    width: int
    hue: int
    percent: Fraction


def stacked(items: Sequence[Item]) -> tuple[Part, ...]:
    """The items as parts of one bar that is as long as the picture; none where they add up to nothing."""
    whole = sum((max(item.value, 0) for item in items), Fraction())
    parts: list[Part] = []
    gone = Fraction()
    for n, item in enumerate(items):
        if not whole:
            break
        value = max(Fraction(item.value), Fraction())
        start, end = round(gone / whole * BAR), round((gone + value) / whole * BAR)
        parts.append(Part(item, start, end - start, n % HUES, value * 100 / whole))
        gone += value
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class Series:
    """A line: what it is of, and for each year of the chart its value with how it is written; None where there is none."""

    label: str
    values: tuple[tuple[Number, str] | None, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a line in the picture."""

    x: int
    y: int
    year: int
    written: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line in the picture, in runs: it is broken where a year has no value."""

    series: Series
    hue: int
    runs: tuple[tuple[Point, ...], ...]

    @property
    def points(self) -> tuple[Point, ...]:
        """The points of all its runs."""
        return tuple(point for run in self.runs for point in run)


@dataclass(frozen=True, slots=True)
class Years:
    """Lines over years: the lines, where each year stands, and the marks of the scale from 0 up (place, value)."""

    years: tuple[tuple[int, int], ...]
    marks: tuple[tuple[int, int], ...]
    lines: tuple[Drawn, ...]

    @property
    def rows(self) -> tuple[tuple[int, Series], ...]:
        """The rows of its table: each series with its colour."""
        return tuple((line.hue, line.series) for line in self.lines)


def over_years(years: Sequence[int], series: Sequence[Series]) -> Years:
    """Lines over the years, on one scale from 0 to a round number at or above the highest value."""
    step = Fraction(RIGHT - LEFT, max(len(years) - 1, 1))
    places = {year: round(LEFT + n * step) for n, year in enumerate(years)}
    highest = max((entry[0] for line in series for entry in line.values if entry), default=0)
    mark, top = _scale(Fraction(highest))
    lines = tuple(Drawn(line, n % HUES, _runs(line, places, top)) for n, line in enumerate(series))
    return Years(tuple(places.items()), _marks(mark, top), lines)


def _runs(line: Series, places: Mapping[int, int], top: int) -> tuple[tuple[Point, ...], ...]:
    runs: list[list[Point]] = [[]]
    for (year, x), entry in zip(places.items(), line.values, strict=True):
        if entry is None:
            runs.append([])
        else:
            runs[-1].append(Point(x, _height(entry[0], top), year, entry[1]))
    return tuple(tuple(run) for run in runs if run)


def _height(value: Number, top: int) -> int:
    return BOTTOM - round(max(Fraction(value), Fraction()) / top * (BOTTOM - TOP))


@dataclass(frozen=True, slots=True)
class Segment:
    """A series' part of the column of a year."""

    x: int
    y: int
    height: int
    hue: int
    label: str
    year: int
    written: str


@dataclass(frozen=True, slots=True)
class Columns:
    """A column a year, made of a part for each series that has a value in it; the rest is as of lines over years."""

    years: tuple[tuple[int, int], ...]
    marks: tuple[tuple[int, int], ...]
    width: int
    segments: tuple[Segment, ...]
    series: tuple[tuple[int, Series], ...]


def columns(years: Sequence[int], series: Sequence[Series]) -> Columns:
    """Columns over the years, the first series at the foot, on one scale from 0 to a round number."""
    step = (RIGHT - LEFT) // max(len(years), 1)
    middles = [LEFT + n * step + step // 2 for n in range(len(years))]
    totals = [sum((entry[0] for line in series if (entry := line.values[n])), Fraction()) for n in range(len(years))]
    mark, top = _scale(Fraction(max(totals, default=0)))
    width, segments = min(step * 2 // 3, WIDEST), []
    for n, (year, middle) in enumerate(zip(years, middles, strict=True)):
        below = Fraction()
        for hue, line in enumerate(series):
            if (entry := line.values[n]) and entry[0] > 0:
                foot, below = below, below + Fraction(entry[0])
                y = _height(below, top)
                at = middle - width // 2
                segments.append(Segment(at, y, _height(foot, top) - y, hue % HUES, line.label, year, entry[1]))
    kept = tuple((n % HUES, line) for n, line in enumerate(series))
    return Columns(tuple(zip(years, middles, strict=True)), _marks(mark, top), width, tuple(segments), kept)


def _scale(highest: Fraction) -> tuple[int, int]:
    """The step of the marks, about four of them, and the top: a round number at or above the highest value."""
    mark = _round_step(highest / 4)
    return mark, max(ceil(highest / mark), 1) * mark


def _marks(mark: int, top: int) -> tuple[tuple[int, int], ...]:
    return tuple((_height(value, top), value) for value in range(0, top + 1, mark))


def _length(value: Number, longest: Number) -> int:
    return 0 if longest <= 0 or value <= 0 else max(1, int(Fraction(value) / Fraction(longest) * BAR))


def _round_step(least: Fraction) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … that is not below."""
    power = 1
    while STEPS[-1] * power < least:
        power *= 10
    return next(step * power for step in STEPS if step * power >= least)
