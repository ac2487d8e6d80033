"""The register of supporting industries (CNHT): who is on it, with which standards in force."""

from collections.abc import Iterable, Sequence
from datetime import date

from shared.contracts.base import Event
from shared.contracts.enterprise_log import EnterpriseMergeDecided
from shared.contracts.supporting_industry import StandardsListed
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from applications.domain.record import Record
from applications.domain.supporting_industry import (
    LastDay,
    LastDays,
    StandardsLists,
    Supplier,
    SupplierKeys,
    last_removal,
)

# The index documents of a partition: one of each.
LIST, KEYS, CALENDAR = "standards", "suppliers", "standards"


@handles(StandardsListed, broadcast=True)
def keep_standards(event: Event[StandardsListed], unit: Unit) -> None:
    """A list of standards was issued: from its day of effect on, every supplier is looked at by it."""
    lists = _standards(unit).but_with(event.data)
    unit.put(lists)
    apply_standards(unit)


def apply_standards(unit: Unit) -> None:
    """Where another list has come into force, every supplier is looked at again."""
    before = _standards(unit)
    lists = before.on(unit.today)
    if lists != before:
        unit.put(lists)
        _list_again(supplier_keys(unit).keys, unit)


def list_supplier(record: Record, name: str | None, unit: Unit) -> None:
    """Keep and publish the entry of the register as it is now, or that it is no longer on it."""
    before = unit.get(Supplier, record.id)
    supplier = Supplier.of(record.id, name, record.facts, _standards(unit), unit.today)
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
        _note_last_days(supplier, before, unit)


def move_supplier(key: str, event: EnterpriseMergeDecided, unit: Unit) -> None:
    """The entry is listed under another code from now on."""
    if supplier := unit.get(Supplier, key):
        _leave(supplier, unit)
        unit.publish(supplier.moved(event.tax_code, event.merged_on))


def end_standards(unit: Unit) -> None:
    """A day began: certificates whose last day is over do not count any more, others are announced to end."""
    days = [day for day in _last_days(unit).to_come if day < unit.today]
    ended = {ending.tax_code for over in _of_days(days, unit) for ending in over.endings}
    for over in _of_days(days, unit):
        unit.remove(over)
    for day in days:
        unit.put(_last_days(unit).but_over(day))
    _list_again([key for key in supplier_keys(unit).keys if key in ended], unit)
    if listed := _standards(unit).in_force:
        near = [d for d in _last_days(unit).to_announce if unit.calendar.between(unit.today, d) <= listed.notice_business_days]
        _announce(near, unit)


def supplier_keys(unit: Unit) -> SupplierKeys:
    """The enterprises of this partition that are on the register."""
    return unit.get(SupplierKeys, KEYS) or SupplierKeys(id=KEYS)


def _leave(supplier: Supplier, unit: Unit) -> None:
    unit.remove(supplier)
    unit.put(supplier_keys(unit).but_without(supplier.id))


def _announce(days: list[date], unit: Unit) -> None:
    """Tell each supplier that still holds a certificate which ends on one of the days, once."""
    last_days = _of_days(days, unit)
    told = {ending.tax_code for last in last_days for ending in last.endings if not ending.announced}
    suppliers = {s.id: s for s in unit.need_all(Supplier, [key for key in supplier_keys(unit).keys if key in told])}
    for day, last in zip(days, last_days, strict=True):
        for ending in last.endings:
            supplier = suppliers.get(ending.tax_code)
            held = [held for held in supplier.standards if ending.is_of(held)] if supplier else []
            if supplier and held and not ending.announced:
                unit.publish(supplier.notice(held[0]))
        unit.put(last.all_announced())
        unit.put(_last_days(unit).but_announced(day))


def _list_again(keys: Sequence[str], unit: Unit) -> None:
    """Look at entries of the register again."""
    for record, supplier in zip(unit.need_all(Record, keys), unit.need_all(Supplier, keys), strict=True):
        list_supplier(record, supplier.name, unit)


def _note_last_days(supplier: Supplier, before: Supplier | None, unit: Unit) -> None:
    """Each certificate the entry did not name before is found again on its last day."""
    for held in supplier.standards:
        if before and held in before.standards:
            continue
        day = held.valid_until.isoformat()
        known = unit.get(LastDay, day) or LastDay(id=day)
        last = known.but_with(supplier.id, held)
        if last != known:
            unit.put(last)
            unit.put(_last_days(unit).but_with(held.valid_until))


def _of_days(days: Iterable[date], unit: Unit) -> list[LastDay]:
    return unit.need_all(LastDay, [day.isoformat() for day in days])


def _standards(unit: Unit) -> StandardsLists:
    return unit.get(StandardsLists, LIST) or StandardsLists(id=LIST)


def _last_days(unit: Unit) -> LastDays:
    return unit.get(LastDays, CALENDAR) or LastDays(id=CALENDAR)
