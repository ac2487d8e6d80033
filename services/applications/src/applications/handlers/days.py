"""A day began: what fell due before it is worked off, in each partition; a gap between two days is made good by the later."""

from shared.contracts.base import Event
from shared.contracts.department import DayStarted
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from applications.handlers.demands import end_demands
from applications.handlers.dossiers import reject_unanswered
from applications.handlers.rounds import close_rounds
from applications.handlers.suppliers import apply_standards, end_standards


@handles(DayStarted, broadcast=True)
def start_day(event: Event[DayStarted], unit: Unit) -> None:
    """A day began: rounds close for good, unanswered dossiers are rejected; standards begin and end, demands end."""
    close_rounds(unit)
    reject_unanswered(unit)
    apply_standards(unit)
    end_standards(unit)
    end_demands(unit)
