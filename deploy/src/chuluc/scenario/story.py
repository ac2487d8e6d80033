"""Writing a scenario down: days in order, each event a second after the one before, ids made from what it says."""

from collections.abc import Set
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from shared.contracts.base import Data, Event, derived_id, make_event
from shared.contracts.department import DayStarted

from chuluc.scenario.steps import Publish, PublishRaw, Settle, Step

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


class Story:
    """The steps so far and the moment they have come to. Office hours begin at eight; a month begins with its tick.

    `due` are days on which something falls due: they are begun wherever the story passes them. Without `months`, no first of
    a month is begun for its own sake: years in which nothing happens would cost a tick in every partition each month.
    """

    def __init__(self, name: str, due: Set[date] = frozenset(), *, months: bool = True) -> None:
        self.name = name
        self._due = due
        self._months = months
        self.steps: list[Step] = []
        self._day = date.min
        self._moment = datetime.min.replace(tzinfo=HANOI)

    def day(self, day: date) -> None:
        """Go on to a later day; the first days of the months between, and those on which something is due, are begun too."""
        if day < self._day:
            raise ValueError(f"scenario {self.name} is at {self._day}, it cannot go back to {day}")
        if day > self._day:
            months = _month_starts(self._day, day) if self._months else set()
            for earlier in sorted(months | self._due_after(self._day, day)):
                self._begin(earlier)
            self._begin(day)

    def tell(self, *facts: Data) -> list[Event[Any]]:
        """Publish facts, each a second after the one before."""
        told: list[Event[Any]] = []
        for data in facts:
            self._moment += timedelta(seconds=1)
            id = derived_id(self.name, data.contract.type, self._moment.isoformat())
            told.append(make_event(data, id=id, time=self._moment))
        self.steps += [Publish(event) for event in told]
        return told

    def again(self, event: Event[Any]) -> None:
        """Deliver an event a second time, byte for byte."""
        self.steps.append(Publish(event))

    def raw(self, topic: str, value: bytes) -> None:
        """Send bytes that no contract describes."""
        self.steps.append(PublishRaw(topic, value))

    def settle(self, why: str) -> None:
        """Wait until all before is worked off."""
        self.steps.append(Settle(why))

    def _due_after(self, after: date, before: date) -> set[date]:
        """Days strictly between two on which something is due; none before the first day of the story."""
        return {day for day in self._due if date.min < after < day < before}

    def _begin(self, day: date) -> None:
        self._day = day
        self._moment = datetime.combine(day, time(8), HANOI)
        self.steps.append(Publish(day_started(day)))


def day_started(day: date) -> Event[Any]:
    """The tick of a day. Its id is made from the day, so that a day begins once, whoever says so."""
    return make_event(DayStarted(date=day), id=f"day-{day.isoformat()}", time=datetime.combine(day, time(0), HANOI))


def _month_starts(after: date, before: date) -> set[date]:
    """First days of months strictly between two days; none before the first day of the story."""
    firsts: set[date] = set()
    if after > date.min:
        first = after.replace(day=1)
        while (first := (first + timedelta(days=32)).replace(day=1)) < before:
            firsts.add(first)
    return firsts
