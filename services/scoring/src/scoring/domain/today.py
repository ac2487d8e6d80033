"""The day it is, as a partition last heard: what lateness is counted to where nobody asks a clock."""

from datetime import date as Date
from typing import Self

from shared.business_days import Calendar
from shared.messaging.document import Document

TODAY = "today"


class Today(Document, collection="today", copied=True):
    """The day it is in Hà Nội and the holidays known; the one id is `today`."""

    date: Date
    holidays: tuple[Date, ...]

    @classmethod
    def of(cls, day: Date, calendar: Calendar) -> Self:
        """The day that has begun."""
        return cls(id=TODAY, date=day, holidays=tuple(sorted(calendar.holidays)))

    def late(self, due: Date) -> int:
        """Business days since a due day; 0 on it and before."""
        return Calendar(frozenset(self.holidays)).between(due, self.date)
