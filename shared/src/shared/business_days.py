"""Business days (ngày làm việc): Monday to Friday without the holidays that the calendar of the city names."""

from dataclasses import dataclass
from datetime import date, timedelta

# The days a contract can name; a deadline counted from one of them stays among them.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The holidays known so far; weekends are never business days."""

    holidays: frozenset[date] = frozenset()

    def is_business_day(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.holidays

    def between(self, start: date, end: date) -> int:
        """Business days after `start` up to and including `end`; 0 where end is not after start."""
        if end <= start:
            return 0
        weeks, rest = divmod((end - start).days, 7)
        count = weeks * 5 + sum((start + timedelta(days=n)).weekday() < 5 for n in range(1, rest + 1))
        return count - sum(start < h <= end and h.weekday() < 5 for h in self.holidays)

    def after(self, start: date, days: int) -> date:
        """The day that lies `days` business days after `start`, or the last day a contract can name."""
        day = start
        while days > 0 and day < LAST_DAY:
            day += timedelta(days=1)
            days -= self.is_business_day(day)
        return day
