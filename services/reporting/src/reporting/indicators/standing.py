"""How a value stands against a target on a day, and where it would come to by the end of its years."""

from datetime import date as Date
from enum import StrEnum
from fractions import Fraction

from shared.contracts.department import Target


class Status(StrEnum):
    """How an indicator stands against its target; the words for people are in `texts`."""

    MET = "met"
    MISSED = "missed"
    ON_TRACK = "on-track"
    BEHIND = "behind"
    NO_DATA = "no-data"


def status(
    value: Fraction | None, target: Target, *, year: int, today: Date | None, grows: bool, since: int | None = None
) -> Status:
    """How a value stands against a target on a day.

    Reaching the lower bound is met, on any day. Below it, a year that is over (from 31 December on, or where no day is
    known) is missed. In the running year, what grows over the year is on track while it has its share of the lower
    bound for the days gone by; everything else below its bound is behind. Of a phase `since` is the first year, `year`
    the last, and the days are those of all its years.
    """
    if value is None:
        return Status.NO_DATA
    lower = Fraction(target.lower)
    if value >= lower:
        return Status.MET
    if today is None or today >= Date(year, 12, 31):
        return Status.MISSED
    return Status.ON_TRACK if grows and value >= lower * days_gone(year, today, since) else Status.BEHIND


def exceeds(value: Fraction | None, target: Target) -> bool:
    """Whether a value is above the upper bound of its range (vượt): met, and more than was planned for."""
    return value is not None and target.upper is not None and value > Fraction(target.upper)


def forecast(value: Fraction | None, *, year: int, today: Date | None, steady: bool, since: int | None = None) -> Fraction | None:
    """What a steady figure comes to by 31 December if it goes on as in the days gone by: value ÷ share of the days.

    None where it would say nothing: no value, a figure that does not come in evenly, no day gone by, or a year that is over.
    """
    if value is None or not steady or today is None or today >= Date(year, 12, 31):
        return None
    gone = days_gone(year, today, since)
    return value / gone if gone else None


def days_gone(year: int, today: Date, since: int | None = None) -> Fraction:
    """The share of the days of a year, or of the years since another, that have begun: from 0 to 1."""
    first, last = Date(since or year, 1, 1), Date(year, 12, 31)
    gone = (today - first).days + 1
    return Fraction(min(max(0, gone), (last - first).days + 1), (last - first).days + 1)
