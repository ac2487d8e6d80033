"""Putting something off to the day it falls due, in the partition it lies in."""

from datetime import date

from shared.messaging.unit import Unit

from scoring.domain.agenda import AGENDA, Agenda, DueDay, Thing


def schedule(thing: Thing, day: date, unit: Unit) -> None:
    """Have a thing fall due on a day; on a day that has passed, with the next one that begins."""
    due = unit.get(DueDay, day.isoformat()) or DueDay(id=day.isoformat())
    unit.put(due.with_thing(thing))
    unit.put((unit.get(Agenda, AGENDA) or Agenda(id=AGENDA)).with_day(day))


def take_due(unit: Unit) -> list[tuple[date, Thing]]:
    """What has fallen due, with its day, earliest first; it is taken off the agenda."""
    agenda = unit.get(Agenda, AGENDA)
    if agenda is None or not (days := agenda.due(unit.today)):
        return []
    taken = unit.need_all(DueDay, (day.isoformat() for day in days))
    unit.put(agenda.but(days=agenda.days[len(days) :]))
    for due in taken:
        unit.remove(due)
    return [(day, thing) for day, due in zip(days, taken, strict=True) for thing in due.things]
