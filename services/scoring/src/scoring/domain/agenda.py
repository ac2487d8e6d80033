"""What falls due on which day: the reminders of each round, and the day it is, as a partition last heard."""

from collections.abc import Iterable
from datetime import date, timedelta
from datetime import date as Date
from typing import Self

from pydantic import BaseModel, ConfigDict
from shared.business_days import Calendar
from shared.messaging.document import Document

from scoring.domain.council import CouncilVersion

AGENDA, TODAY = "agenda", "today"


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


class Due(BaseModel):
    """A day on which those of a round are reminded."""

    model_config = ConfigDict(frozen=True)

    day: date
    round_id: str


class Agenda(Document, collection="agendas"):
    """The days still to come, or passed and not worked off, earliest first; one of each partition, with the id `agenda`."""

    due: tuple[Due, ...] = ()

    def with_round(self, round_id: str, days: Iterable[date]) -> Self:
        """The agenda with these days of a round in place of those it had."""
        others = [entry for entry in self.due if entry.round_id != round_id]
        added = [Due(day=day, round_id=round_id) for day in set(days)]
        return self.but(due=tuple(sorted([*others, *added], key=lambda entry: (entry.day, entry.round_id))))

    def until(self, day: date) -> tuple[Self, tuple[str, ...]]:
        """What is left after a day, and the rounds due up to it, each once however many days were passed over."""
        due = tuple(dict.fromkeys(entry.round_id for entry in self.due if entry.day <= day))
        return self.but(due=tuple(entry for entry in self.due if entry.day > day)), due


def reminder_days(version: CouncilVersion, calendar: Calendar) -> list[date]:
    """The due day and so many business days before it as the appointment says; none where no day is set."""
    due = version.scoring_due
    return [] if due is None else [due, *(_before(due, days, calendar) for days in version.remind_before)]


def _before(day: date, days: int, calendar: Calendar) -> date:
    while days > 0:
        day -= timedelta(days=1)
        days -= calendar.is_business_day(day)
    return day
