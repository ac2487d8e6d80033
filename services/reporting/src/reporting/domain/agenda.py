"""On which days what is kept may come to stand otherwise, for each partition: a day costs only what is due on it."""

from datetime import date
from typing import Self

from shared.messaging.document import Document

AGENDA = "agenda"


class Agenda(Document, collection="agendas"):
    """The days on which something falls due, in order; the one id is `agenda`."""

    days: tuple[date, ...] = ()

    def with_day(self, day: date) -> Self:
        """The agenda with a day, once."""
        return self if day in self.days else self.but(days=tuple(sorted((*self.days, day))))

    def due(self, today: date) -> tuple[date, ...]:
        """The days that have come."""
        return tuple(day for day in self.days if day <= today)


class DueDay(Document, collection="due-days"):
    """The certificates and suppliers to be looked at on a day; id is the day, ISO 8601."""

    certificates: tuple[str, ...] = ()
    suppliers: tuple[str, ...] = ()

    def with_certificate(self, certificate: str) -> Self:
        """The day with one more certificate, once."""
        return self if certificate in self.certificates else self.but(certificates=(*self.certificates, certificate))

    def with_supplier(self, supplier: str) -> Self:
        """The day with one more supplier, once."""
        return self if supplier in self.suppliers else self.but(suppliers=(*self.suppliers, supplier))
