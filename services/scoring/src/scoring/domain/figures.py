"""Criteria computed from what a dossier declares: a figure of one year or its growth, as an exact fraction, in bands."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from shared.contracts.department import Band, Computation
from shared.contracts.portal import YearFigures


def measured(computation: Computation, figures: Iterable[YearFigures], round_year: int) -> Fraction | None:
    """The figure, or its growth in per cent; None where a year is not declared, or growth would be from zero."""
    declared = {f.year: Fraction(getattr(f, computation.figure)) for f in figures}
    year = round_year - computation.years_before
    now = declared.get(year)
    if computation.growth_over_years is None or now is None:
        return now
    before = declared.get(year - computation.growth_over_years)
    return (now - before) * 100 / before if before else None


def points_of(computation: Computation, value: Fraction) -> Decimal:
    """The points of the band the value lies in; the bands of an issued set cover every value once."""
    return next(band.points for band in computation.bands if holds(band, value))


def holds(band: Band, value: Fraction) -> bool:
    """Whether a value lies in a band: the lower bound belongs to it, the upper one does not."""
    above = band.lower is None or Fraction(band.lower) <= value
    return above and (band.upper is None or value < Fraction(band.upper))
