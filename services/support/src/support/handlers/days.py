"""A day began: what fell due before it is worked off, in each partition."""

from shared.contracts.base import Event
from shared.contracts.department import DayStarted
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from support.handlers.consequences import look_again
from support.handlers.requests import end_waiting
from support.handlers.supplies import send_queues_home


@handles(DayStarted, broadcast=True)
def start_day(event: Event[DayStarted], unit: Unit) -> None:
    """A day began: requests that waited too long are declined, queues of fairs that are over sent home.

    First of all what rests on recognitions that change today is looked at again.
    """
    look_again(unit)
    end_waiting(unit)
    send_queues_home(unit)
