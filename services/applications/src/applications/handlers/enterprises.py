"""Enterprises: what the registers and the department say of them, at the key of each."""

from shared.contracts.base import Event
from shared.contracts.registers import EnterpriseRegistered, SupportingIndustryConfirmed, SupportingIndustryRemoved
from shared.messaging.service import handles
from shared.messaging.unit import HANOI, Unit

from applications.domain.enterprise import Enterprise, enterprise_key
from applications.domain.record import Record
from applications.domain.supporting_industry import standing
from applications.handlers.aliases import key_of, record_of
from applications.handlers.suppliers import list_supplier


@handles(EnterpriseRegistered, key=lambda registered: enterprise_key(registered.tax_code))
def record_enterprise(event: Event[EnterpriseRegistered], unit: Unit) -> None:
    """An enterprise or one of its branches is in the registers: we record it under its key."""
    record = record_of(key_of(event, unit), unit)
    keep(record.registered(event.data, event.data.since or event.time.astimezone(HANOI).date()), unit)


@handles(SupportingIndustryConfirmed, key=lambda confirmed: enterprise_key(confirmed.tax_code))
def confirm_supporting_industry(event: Event[SupportingIndustryConfirmed], unit: Unit) -> None:
    """An enterprise is one of the supporting industries: we note it, for when the register names it or now."""
    record = record_of(key_of(event, unit), unit)
    keep(record.confirmed(event.data), unit)


@handles(SupportingIndustryRemoved, key=lambda removed: enterprise_key(removed.tax_code))
def remove_supporting_industry(event: Event[SupportingIndustryRemoved], unit: Unit) -> None:
    """An enterprise was struck off the list: what was confirmed by that day counts no more."""
    record = record_of(key_of(event, unit), unit)
    keep(record.removed(event.data), unit)


def keep(record: Record, unit: Unit) -> None:
    """Keep what was said, draw the picture again, and publish it where it changed."""
    unit.put(record)
    before = unit.get(Enterprise, record.id)
    if not record.facts.sites:
        list_supplier(record, None, unit)
        return
    enterprise = Enterprise.of(record.id, record.facts, supporting_industry=bool(standing(record.facts)))
    if enterprise != before:
        unit.put(enterprise)
    if before is None or enterprise.recorded() != before.recorded():
        unit.publish(enterprise.recorded())
    list_supplier(record, enterprise.name, unit)
