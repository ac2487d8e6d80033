"""What falls due, by day, in one partition: a day costs only what is due before it."""

from datetime import date

from shared.messaging.document import Document

DUE_DAYS = "supplements"
DEMAND_DAYS = "demands"


class DueDays(Document, collection="due_days"):
    """The days on which something is due, earliest first: answers under the id `supplements`, demands under `demands`."""

    days: tuple[date, ...] = ()

    def with_day(self, day: date) -> "DueDays":
        return self.but(days=tuple(sorted({*self.days, day})))

    def over(self, today: date) -> tuple[date, ...]:
        """The days that have passed, however many have since the last tick."""
        return tuple(day for day in self.days if day < today)

    def left(self, today: date) -> "DueDays":
        """The days that are still to come or to end."""
        return self.but(days=tuple(day for day in self.days if day >= today))


class DueSupplements(Document, collection="due_supplements"):
    """The dossiers whose answer is due on a day, which is the id; some may have been answered since."""

    applications: tuple[str, ...] = ()
