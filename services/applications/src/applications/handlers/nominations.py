"""Nominations by districts and the department, at the key of the enterprise."""

from shared.contracts.base import Event
from shared.contracts.districts import EnterpriseNominated, Nominated
from shared.contracts.registers import SupportingIndustryNominated
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from applications.domain.enterprise import enterprise_key
from applications.domain.nomination import Nomination
from applications.domain.record import Record
from applications.handlers.aliases import key_of, record_of


@handles(EnterpriseNominated, key=lambda nominated: enterprise_key(nominated.tax_code))
def nominate(event: Event[EnterpriseNominated], unit: Unit) -> None:
    """A district nominated an enterprise: we note it, whether or not the registers have named the enterprise yet."""
    _keep(Nominated(**event.data.model_dump()), record_of(key_of(event, unit), unit), unit)


@handles(SupportingIndustryNominated, key=lambda nominated: enterprise_key(nominated.tax_code))
def nominate_for_list(event: Event[SupportingIndustryNominated], unit: Unit) -> None:
    """The department itself nominated an enterprise for the supporting industries: noted as a district's is."""
    said = Nominated(**event.data.model_dump(), district=None, programme="supporting-industry")
    _keep(said, record_of(key_of(event, unit), unit), unit)


def _keep(said: Nominated, record: Record, unit: Unit) -> None:
    record = record.nominated(said)
    unit.put(record)
    show_nominations(record, unit)


def show_nominations(record: Record, unit: Unit) -> None:
    """Show every nomination under the key of the record; of two by one district, of former codes, the later."""
    for said in record.facts.nominations:
        unit.put(Nomination.of(record.id, said))


def hide_nominations(record: Record, unit: Unit) -> None:
    """The nominations are shown under another key from now on."""
    for said in record.facts.nominations:
        unit.remove(Nomination.of(record.id, said))
