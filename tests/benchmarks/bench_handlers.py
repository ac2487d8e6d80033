"""The one handler of contender c."""

from shared.contracts.base import Event
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from tests.benchmarks.contracts import DossierFiled, Tally


@handles(DossierFiled)
def count(event: Event[DossierFiled], unit: Unit) -> None:
    """A dossier was filed: it is counted and answered."""
    tally = (unit.get(Tally, event.data.tax_code) or Tally(id=event.data.tax_code)).after(event.data)
    unit.put(tally)
    unit.publish(tally.answer(event.data))
