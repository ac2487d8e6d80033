"""At which key an event of an enterprise is handled, now that some enterprises go on under another code than they had."""

from typing import Any

from shared.contracts.base import Event
from shared.contracts.enterprise_log import DossierPlace
from shared.contracts.portal import ApplicationFiled
from shared.messaging.unit import Forward, Unit

from applications.domain.application import KnownDossier, application_key
from applications.domain.enterprise import Enterprise, check_tax_code, enterprise_key
from applications.domain.record import Record


def key_of(event: Event[Any], unit: Unit) -> str:
    """The key of the enterprise the event names; where it goes on under another code, the event goes on to that key.

    Raises TaxCodeCheckDigit.
    """
    key = _named(event)
    if alias := _alias(key, unit):
        raise Forward(alias)
    return key


def key_of_dossier(event: Event[Any], unit: Unit) -> str:
    """The key at which the dossier lies that the event names; an event that came to another key goes on to it.

    Dossiers stay where they were filed; of one not known under the code yet the event waits, as it may have been filed under
    a former one whose record is still to come. Raises TaxCodeCheckDigit.
    """
    key = _way_to_dossier(event, unit)
    unit.need(KnownDossier, application_key(key, event.data.application_id))
    return key


def key_of_filing(event: Event[ApplicationFiled], unit: Unit) -> str:
    """The key at which a filed dossier is checked: where the product has its dossier of the round, else the enterprise's.

    Raises TaxCodeCheckDigit, ProductFiledUnderFormerCode.
    """
    filed = event.data
    record = record_of(_named(event), unit)
    if record.has_dossier_of(filed.round_id, filed.product_id):
        return record.id
    key = _way_to_dossier(event, unit)
    record.check_product(filed.round_id, filed.product_id)
    return key


def note_dossier(key: str, filed: ApplicationFiled, unit: Unit) -> None:
    """The record of the enterprise names the dossier, so that events under another of its codes find it."""
    place = DossierPlace(application_id=filed.application_id, round_id=filed.round_id, product_id=filed.product_id, tax_code=key)
    unit.put(record_of(key, unit).filed(place))
    unit.put(KnownDossier(id=application_key(key, filed.application_id)))


def note_taken_over(record: Record, unit: Unit) -> None:
    """The dossiers of former codes are known under this one: what came for them before goes on to them now."""
    for place in record.facts.dossiers:
        unit.put(KnownDossier(id=application_key(record.id, place.application_id)))


def record_of(key: str, unit: Unit) -> Record:
    """What was said of an enterprise so far; nothing where nothing was."""
    return unit.get(Record, key) or Record(id=key)


def _way_to_dossier(event: Event[Any], unit: Unit) -> str:
    key = _named(event)
    place = record_of(key, unit).dossier(event.data.application_id)
    if place is not None and place.tax_code == key:
        return key
    if alias := _alias(key, unit):
        raise Forward(alias)
    if place is not None:
        raise Forward(place.tax_code)
    return key


def _named(event: Event[Any]) -> str:
    check_tax_code(event.data.tax_code)
    return event.forwardedto or enterprise_key(event.data.tax_code)


def _alias(key: str, unit: Unit) -> str | None:
    enterprise = unit.get(Enterprise, key)
    return enterprise.merged_into if enterprise else None
