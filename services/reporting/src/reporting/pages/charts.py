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
WIDTH, HEIGHT = 440, 220  # a line over years
LEFT, RIGHT, TOP, BOTTOM = 42, 428, 14, 190
STEPS = (1, 2, 5)


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


def over_years(years: Sequence[int], series: Sequence[Series]) -> Years:
    """Lines over the years, on one scale from 0 to a round number at or above the highest value."""
    step = Fraction(RIGHT - LEFT, max(len(years) - 1, 1))
    places = {year: round(LEFT + n * step) for n, year in enumerate(years)}
    highest = max((entry[0] for line in series for entry in line.values if entry), default=0)
    mark = _round_step(Fraction(highest) / 4)
    top = max(ceil(Fraction(highest) / mark), 1) * mark
    lines = tuple(Drawn(line, n % HUES, _runs(line, places, top)) for n, line in enumerate(series))
    marks = tuple((_height(value, top), value) for value in range(0, top + 1, mark))
    return Years(tuple((year, x) for year, x in places.items()), marks, lines)


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


def _length(value: Number, longest: Number) -> int:
    return 0 if longest <= 0 or value <= 0 else max(1, int(Fraction(value) / Fraction(longest) * BAR))


def _round_step(least: Fraction) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … that is not below."""
    power = 1
    while STEPS[-1] * power < least:
        power *= 10
    return next(step * power for step in STEPS if step * power >= least)
