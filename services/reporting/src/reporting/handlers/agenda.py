"""What is looked at on a later day, put down in the agenda of the partition."""

from datetime import date

from shared.messaging.unit import Unit

from reporting.domain.agenda import AGENDA, Agenda, DueDay


def due_on(day: date, unit: Unit) -> DueDay:
    """What is due on a day so far."""
    return unit.get(DueDay, day.isoformat()) or DueDay(id=day.isoformat())


def put_due(day: date, due: DueDay, unit: Unit) -> None:
    """Keep what is due on a day, and the day itself in the agenda."""
    unit.put(due)
    unit.put((unit.get(Agenda, AGENDA) or Agenda(id=AGENDA)).with_day(day))
