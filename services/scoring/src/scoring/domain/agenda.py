"""What falls due on which day, kept for each partition so that a day costs only what is due on it."""

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict
from shared.messaging.document import Document

AGENDA = "agenda"


class Thing(BaseModel):
    """Something that falls due: what kind it is, and the certificate or round it is about."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["scores", "expiry", "reminder", "reinstatement", "comments"]
    about: str


class Agenda(Document, collection="agendas"):
    """The days on which something falls due, in order; one for each partition."""

    days: tuple[date, ...] = ()

    def with_day(self, day: date) -> Self:
        """The agenda with a day, once."""
        return self.but(days=tuple(sorted({*self.days, day})))

    def due(self, today: date) -> tuple[date, ...]:
        """The days that have come."""
        return tuple(day for day in self.days if day <= today)


class DueDay(Document, collection="due_days"):
    """What falls due on one day; the id is the day, ISO 8601."""

    things: tuple[Thing, ...] = ()

    def with_thing(self, thing: Thing) -> Self:
        """The day with one more thing, once."""
        return self if thing in self.things else self.but(things=(*self.things, thing))
