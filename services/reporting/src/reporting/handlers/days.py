"""What a day brings: figures are as of it, and certificates may come to stand otherwise."""

from datetime import date

from shared.contracts.base import Event
from shared.contracts.department import DayStarted
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from reporting.domain.agenda import AGENDA, Agenda, DueDay
from reporting.domain.programme import TODAY, BusinessDay
from reporting.domain.register import RecognisedProduct


@handles(DayStarted, broadcast=True)
def begin_day(event: Event[DayStarted], unit: Unit) -> None:
    """A day began: the certificates due since the last one are looked at; days may have been passed over."""
    day = event.data.date
    unit.put(BusinessDay.begun(day, unit.get(BusinessDay, TODAY)))
    agenda = unit.get(Agenda, AGENDA)
    if agenda is None or not (days := agenda.due(day)):
        return
    due = unit.need_all(DueDay, (due.isoformat() for due in days))
    unit.put(agenda.but(days=agenda.days[len(days) :]))
    for past in due:
        unit.remove(past)
    for product in unit.need_all(RecognisedProduct, dict.fromkeys(id for past in due for id in past.certificates)):
        unit.put(product.as_of(day))


def watch(product: RecognisedProduct, today: date | None, unit: Unit) -> None:
    """Have a certificate looked at on each day it may turn on; before any day is known, on the first one that begins too."""
    days = product.turns_on()
    for day in (date.min, *days) if today is None else (day for day in days if day > today):
        due = unit.get(DueDay, day.isoformat()) or DueDay(id=day.isoformat())
        unit.put(due.with_certificate(product.id))
        unit.put((unit.get(Agenda, AGENDA) or Agenda(id=AGENDA)).with_day(day))
