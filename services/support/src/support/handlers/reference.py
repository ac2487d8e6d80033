"""By what rules the city supports and who asks: schemes and enterprises."""

from shared.contracts.applications import EnterpriseRecorded
from shared.contracts.base import Event
from shared.contracts.department import SchemeIssued
from shared.contracts.registers import RuralEstablishmentConfirmed
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from support.domain.beneficiaries import RuralEstablishment
from support.domain.enterprises import Enterprise
from support.domain.schemes import Scheme
from support.handlers.homes import at_enterprise, home_of
from support.handlers.keys import by_enterprise


@handles(SchemeIssued, broadcast=True)
def add_scheme_version(event: Event[SchemeIssued], unit: Unit) -> None:
    """A version of a scheme was issued: every partition knows it."""
    scheme = unit.get(Scheme, event.data.scheme_id) or Scheme(id=event.data.scheme_id)
    unit.put(scheme.with_version(event.data))


@at_enterprise(EnterpriseRecorded)
def record_enterprise(event: Event[EnterpriseRecorded], unit: Unit) -> None:
    """An enterprise was recorded: we know its name, and whether it is a supporting industry."""
    news, home = event.data, home_of(event)
    if home != by_enterprise(news) and unit.get(Enterprise, home):
        return  # what was said under a former code is older than what is known
    unit.put(Enterprise(id=home, name=news.name, supporting_industry=news.supporting_industry))


@at_enterprise(RuralEstablishmentConfirmed)
def confirm_rural_establishment(event: Event[RuralEstablishmentConfirmed], unit: Unit) -> None:
    """An enterprise is a rural establishment, from a day on; of two confirmations the earlier day counts."""
    known = unit.get(RuralEstablishment, home_of(event))
    since = min(event.data.confirmed_on, known.confirmed_on) if known else event.data.confirmed_on
    unit.put(RuralEstablishment(id=home_of(event), confirmed_on=since))
