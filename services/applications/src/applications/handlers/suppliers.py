"""The register of supporting industries (CNHT): who is on it, with which standards in force."""

from shared.contracts.base import Event
from shared.contracts.enterprise_log import EnterpriseMergeDecided
from shared.contracts.supporting_industry import StandardsListed
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from applications.domain.record import Record
from applications.domain.supporting_industry import (
    LastDay,
    LastDays,
    StandardsInForce,
    Supplier,
    SupplierKeys,
    last_removal,
)
from applications.handlers.aliases import record_of

# The index documents of a partition: one of each.
LIST, KEYS, CALENDAR = "standards", "suppliers", "standards"


@handles(StandardsListed, broadcast=True)
def keep_standards(event: Event[StandardsListed], unit: Unit) -> None:
    """A list of standards was issued: every supplier is looked at again by it."""
    unit.put(StandardsInForce(id=LIST, listed=event.data))
    for key in supplier_keys(unit).keys:
        list_supplier(record_of(key, unit), unit.need(Supplier, key).name, unit)


def list_supplier(record: Record, name: str | None, unit: Unit) -> None:
    """Keep and publish the entry of the register as it is now, or that it is no longer on it."""
    before = unit.get(Supplier, record.id)
    supplier = Supplier.of(record.id, name, record.facts, unit.get(StandardsInForce, LIST), unit.today)
    if supplier is None:
        if before is not None:
            _leave(before, unit)
            unit.publish(before.struck_off(last_removal(record.facts)))
    elif supplier != before:
        unit.put(supplier)
        if before is None:
            unit.put(supplier_keys(unit).but_with(supplier.id))
        if before is None or supplier.entry() != before.entry():
            unit.publish(supplier.entry())
        _note_last_days(supplier, unit)


def move_supplier(key: str, event: EnterpriseMergeDecided, unit: Unit) -> None:
    """The entry is listed under another code from now on."""
    if supplier := unit.get(Supplier, key):
        _leave(supplier, unit)
        unit.publish(supplier.moved(event.tax_code, event.merged_on))


def end_standards(unit: Unit) -> None:
    """A day began: certificates whose last day is over do not count any more, others are announced to end."""
    for day in [day for day in _last_days(unit).to_come if day < unit.today]:
        over = unit.need(LastDay, day.isoformat())
        unit.remove(over)
        unit.put(_last_days(unit).but_over(day))
        for key in sorted({ending.tax_code for ending in over.endings}):
            if supplier := unit.get(Supplier, key):
                list_supplier(record_of(key, unit), supplier.name, unit)
    standards = unit.get(StandardsInForce, LIST)
    if standards is None:
        return
    for day in _last_days(unit).to_announce:
        if unit.calendar.between(unit.today, day) > standards.listed.notice_business_days:
            return
        _announce(unit.need(LastDay, day.isoformat()), unit)
        unit.put(_last_days(unit).but_announced(day))


def supplier_keys(unit: Unit) -> SupplierKeys:
    """The enterprises of this partition that are on the register."""
    return unit.get(SupplierKeys, KEYS) or SupplierKeys(id=KEYS)


def _leave(supplier: Supplier, unit: Unit) -> None:
    unit.remove(supplier)
    unit.put(supplier_keys(unit).but_without(supplier.id))


def _announce(last: LastDay, unit: Unit) -> None:
    """Tell each supplier that still holds the certificate, once."""
    for ending in last.endings:
        supplier = unit.get(Supplier, ending.tax_code)
        held = [held for held in supplier.standards if ending.is_of(held)] if supplier else []
        if supplier and held and not ending.announced:
            unit.publish(supplier.notice(held[0]))
    unit.put(last.all_announced())


def _note_last_days(supplier: Supplier, unit: Unit) -> None:
    """Each certificate is found again on its last day."""
    for held in supplier.standards:
        day = held.valid_until.isoformat()
        before = unit.get(LastDay, day) or LastDay(id=day)
        after = before.but_with(supplier.id, held)
        if after != before:
            unit.put(after)
            unit.put(_last_days(unit).but_with(held.valid_until))


def _last_days(unit: Unit) -> LastDays:
    return unit.get(LastDays, CALENDAR) or LastDays(id=CALENDAR)
