"""Enterprises: what the registers and the department say of them, at the key of each."""

from shared.contracts.base import Event
from shared.contracts.registers import EnterpriseRegistered, SupportingIndustryConfirmed
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from applications.domain.enterprise import Enterprise, SupportingIndustry, check_tax_code, enterprise_key, with_site


@handles(EnterpriseRegistered, key=lambda registered: enterprise_key(registered.tax_code))
def record_enterprise(event: Event[EnterpriseRegistered], unit: Unit) -> None:
    """An enterprise or one of its branches is in the registers: we record it under its key."""
    check_tax_code(event.data.tax_code)
    key = enterprise_key(event.data.tax_code)
    before = unit.get(Enterprise, key)
    sites = with_site(before.sites if before else (), event.data)
    _record(Enterprise.of(key, sites, unit.get(SupportingIndustry, key)), before, unit)


@handles(SupportingIndustryConfirmed, key=lambda confirmed: enterprise_key(confirmed.tax_code))
def confirm_supporting_industry(event: Event[SupportingIndustryConfirmed], unit: Unit) -> None:
    """An enterprise is one of the supporting industries: we note it, for when the register names it or now."""
    check_tax_code(event.data.tax_code)
    confirmed = SupportingIndustry.of(event.data)
    unit.get(SupportingIndustry, confirmed.id)
    unit.put(confirmed)
    if before := unit.get(Enterprise, confirmed.id):
        _record(Enterprise.of(before.id, before.sites, confirmed), before, unit)


def _record(enterprise: Enterprise, before: Enterprise | None, unit: Unit) -> None:
    """Keep and publish what changed; a repeat of what is known changes nothing."""
    if enterprise != before:
        unit.put(enterprise)
        unit.publish(enterprise.recorded())
