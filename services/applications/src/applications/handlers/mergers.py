"""Changed and merged tax codes: decided at one key, carried out at the former code, then at the one that goes on."""

from shared.contracts.base import Event
from shared.contracts.enterprise_log import EnterpriseHandedOver, EnterpriseMergeDecided
from shared.contracts.registers import EnterprisesMerged, TaxCodeChanged
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from applications.domain.enterprise import Enterprise
from applications.domain.merger import MERGERS, Merger
from applications.domain.record import merged
from applications.handlers.aliases import key_of, note_taken_over, record_of
from applications.handlers.enterprises import keep
from applications.handlers.nominations import hide_nominations, show_nominations
from applications.handlers.suppliers import move_supplier


@handles(TaxCodeChanged, key=lambda _: MERGERS)
def change_tax_code(event: Event[TaxCodeChanged], unit: Unit) -> None:
    """An enterprise has another code: the former one becomes an alias."""
    _decide(Merger.of(event.data.former, event.data.tax_code, event.data.changed_on, "code-changed"), unit)


@handles(EnterprisesMerged, key=lambda _: MERGERS)
def merge_enterprises(event: Event[EnterprisesMerged], unit: Unit) -> None:
    """Two entries are one enterprise now: the code that ends becomes an alias of the one that is kept."""
    _decide(Merger.of(event.data.absorbed, event.data.kept, event.data.merged_on, event.data.why), unit)


def _decide(merger: Merger, unit: Unit) -> None:
    """A code goes on under one other, once, and never under one that goes on under it."""
    known = unit.get(Merger, merger.id)
    if known == merger:
        return
    if known is not None:
        raise known.already()
    end = merger.decided.tax_code
    while onward := unit.get(Merger, end):
        end = onward.decided.tax_code
    if end == merger.id:
        raise merger.in_circle()
    unit.put(merger)
    unit.publish(merger.decided)


@handles(EnterpriseMergeDecided)
def become_alias(event: Event[EnterpriseMergeDecided], unit: Unit) -> None:
    """A code becomes an alias: all that was recorded under it goes to the code it goes on under, its dossiers stay."""
    decided = event.data
    record = record_of(decided.formerly, unit)
    enterprise = unit.get(Enterprise, record.id) or Enterprise.unknown(record.id)
    unit.put(enterprise.but(merged_into=decided.tax_code))
    unit.put(record.left_behind())
    hide_nominations(record, unit)
    move_supplier(record.id, decided, unit)
    unit.publish(record.handed_over(decided))


@handles(EnterpriseHandedOver)
def take_over(event: Event[EnterpriseHandedOver], unit: Unit) -> None:
    """All that was recorded under a former code arrived: it belongs to this one now, and others are told once."""
    key = key_of(event, unit)
    record = record_of(key, unit).joined(event.data)
    unit.publish(merged(event.data, key))
    keep(record, unit)
    note_taken_over(record, unit)
    show_nominations(record, unit)
