"""The building blocks of every formula, pure: from contribution rows to an exact value and the rows it rests on.

A row of a year is handed in under its measure and how far its year is from the one asked for. Where an indicator is
followed over the years of a phase, the rows of all of them are handed in as if they were of one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from reporting.domain.enterprise import enterprise_key
from reporting.domain.rows import FIGURES, Contribution, Measure

# A measure, and the year its rows are of: 0 is the year of the indicator, -1 the year before.
Input = tuple[Measure, int]
Rows = Mapping[Input, Sequence[Contribution]]


@dataclass(frozen=True, slots=True)
class Result:
    """A value in the unit of its indicator, None where there is nothing to compute it from, and the rows it rests on."""

    value: Fraction | None
    rows: tuple[Contribution, ...]

    @property
    def made(self) -> bool:
        """Whether any row behind the value was made for a scenario."""
        return any(row.made for row in self.rows)


NO_DATA = Result(None, ())


class Formula(Protocol):
    """What a value is computed from, and how."""

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The rows it needs."""

    def compute(self, rows: Rows) -> Result:
        """The value from those rows."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are. `known_by` is what shows that none is a 0 and not a lack of data."""

    of: Measure
    known_by: Measure | None = None

    @property
    def inputs(self) -> tuple[Input, ...]:
        """See Formula."""
        return ((self.of, 0),) if self.known_by is None else ((self.of, 0), (self.known_by, 0))

    def compute(self, rows: Rows) -> Result:
        """The number of rows, each about another thing."""
        used = tuple(rows[self.of, 0])
        known = used or (self.known_by is not None and rows[self.known_by, 0])
        return Result(Fraction(len(used)), used) if known else NO_DATA


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of a figure over whatever reported it."""

    of: Measure

    @property
    def inputs(self) -> tuple[Input, ...]:
        """See Formula."""
        return ((self.of, 0),)

    def compute(self, rows: Rows) -> Result:
        """The sum; without a row there is no data."""
        used = tuple(rows[self.of, 0])
        return Result(_total(used), used) if used else NO_DATA


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the city as it was reported; an index less what stands for no change."""

    of: Measure
    less: int = 0

    @property
    def inputs(self) -> tuple[Input, ...]:
        """See Formula."""
        return ((self.of, 0),)

    def compute(self, rows: Rows) -> Result:
        """The figure; without a report there is no data."""
        used = tuple(rows[self.of, 0])
        return Result(_total(used) - self.less, used) if used else NO_DATA


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, per cent; of the part only what concerns the enterprises that are `among` a measure."""

    part: Measure
    whole: Measure
    among: Measure | None = None

    @property
    def inputs(self) -> tuple[Input, ...]:
        """See Formula."""
        wanted = (self.part, self.whole) if self.among is None else (self.among, self.part, self.whole)
        return tuple((measure, 0) for measure in dict.fromkeys(wanted))

    def compute(self, rows: Rows) -> Result:
        """The share; none without a whole, or where the whole is a figure and the part or some of their year is lacking."""
        part, whole = tuple(rows[self.part, 0]), tuple(rows[self.whole, 0])
        if self.among is not None:
            part = _of(part, rows[self.among, 0])
        used, total = (*part, *whole), _total(whole)
        lacking = self.whole in FIGURES and not (part and all(row.whole_year for row in used))
        return Result(None, used) if not total or lacking else Result(_total(part) / total * 100, used)


@dataclass(frozen=True, slots=True)
class Growth:
    """How much more a figure is than the year before, per cent, over the enterprises `among` a measure that reported both."""

    of: Measure
    among: Measure

    @property
    def inputs(self) -> tuple[Input, ...]:
        """See Formula."""
        return ((self.among, 0), (self.of, 0), (self.of, -1))

    def compute(self, rows: Rows) -> Result:
        """(Σ this year ÷ Σ last year - 1) × 100; none where there was nothing last year."""
        now, before = rows[self.of, 0], rows[self.of, -1]
        now = _of(_of(now, rows[self.among, 0]), before)
        before = _of(before, now)
        last = _total(before)
        used = (*now, *before)
        return Result((_total(now) / last - 1) * 100, used) if last else Result(None, used)


def _of(rows: Sequence[Contribution], others: Sequence[Contribution]) -> tuple[Contribution, ...]:
    """Those of the rows whose enterprise is also in the others."""
    known = {enterprise_key(other.about) for other in others}
    return tuple(row for row in rows if enterprise_key(row.about) in known)


def _total(rows: Sequence[Contribution]) -> Fraction:
    return sum((Fraction(row.value) for row in rows), Fraction())
