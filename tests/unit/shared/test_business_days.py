"""Business days against a loop over every day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared.business_days import Calendar

START = date(2021, 1, 1)
DAYS = st.integers(0, 400).map(lambda n: START + timedelta(days=n))
CALENDARS = st.frozensets(DAYS, max_size=60).map(Calendar)
# The two days off at the end of April 2021, a Friday and (moved) a Monday: Reunification Day and Labour Day.
MAY_2021 = Calendar(frozenset({date(2021, 4, 30), date(2021, 5, 1), date(2021, 5, 3)}))


def counted(calendar: Calendar, start: date, end: date) -> int:
    """Business days after start up to and including end, day by day."""
    day, count = start, 0
    while day < end:
        day += timedelta(days=1)
        count += day.weekday() < 5 and day not in calendar.holidays
    return count


@given(CALENDARS, DAYS, DAYS)
def test_between_equals_a_count_day_by_day(calendar: Calendar, start: date, end: date) -> None:
    assert calendar.between(start, end) == counted(calendar, start, end)


@given(CALENDARS, DAYS, st.integers(0, 40))
def test_after_is_the_first_day_with_so_many_business_days_before_it(calendar: Calendar, start: date, days: int) -> None:
    found = calendar.after(start, days)
    assert counted(calendar, start, found) == days
    assert found == start or counted(calendar, start, found - timedelta(days=1)) == days - 1


@given(CALENDARS, DAYS)
def test_business_day_is_a_weekday_that_is_no_holiday(calendar: Calendar, day: date) -> None:
    assert calendar.is_business_day(day) == (counted(calendar, day - timedelta(days=1), day) == 1)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2021, 4, 29), date(2021, 5, 4), 1),  # Thursday to Tuesday over the long weekend
        (date(2021, 4, 29), date(2021, 5, 3), 0),
        (date(2021, 4, 26), date(2021, 4, 30), 3),
        (date(2021, 5, 8), date(2021, 5, 9), 0),  # Saturday to Sunday
        (date(2021, 5, 7), date(2021, 5, 7), 0),
        (date(2021, 5, 10), date(2021, 5, 7), 0),  # backwards
    ],
)
def test_business_days_between_over_the_holidays_of_may_2021(start: date, end: date, days: int) -> None:
    assert MAY_2021.between(start, end) == days


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2021, 4, 29), 0, date(2021, 4, 29)),
        (date(2021, 4, 29), 1, date(2021, 5, 4)),
        (date(2021, 5, 8), 1, date(2021, 5, 10)),
        (date(2021, 5, 7), 5, date(2021, 5, 14)),
    ],
)
def test_day_after_business_days_over_the_holidays_of_may_2021(start: date, days: int, end: date) -> None:
    assert MAY_2021.after(start, days) == end
