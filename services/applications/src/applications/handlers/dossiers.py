"""Dossiers: checked at the key of their enterprise, by the rules their round pins."""

from shared.contracts.base import Event
from shared.contracts.portal import ApplicationFiled
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from applications.domain.application import (
    Application,
    ApplicationIdReused,
    ProductAlreadyFiled,
    ProductFiled,
    application_key,
    product_key,
)
from applications.domain.eligibility import reasons_against
from applications.domain.enterprise import Enterprise, enterprise_key
from applications.domain.round import EligibilityRules, Round
from applications.handlers.aliases import key_of_filing, note_dossier


@handles(ApplicationFiled, key=lambda filed: enterprise_key(filed.tax_code))
def check_application(event: Event[ApplicationFiled], unit: Unit) -> None:
    """A dossier was filed: we check it by the rules its round pins, and answer with every reason at once."""
    filed = event.data
    key = key_of_filing(event, unit)
    if known := unit.get(Application, application_key(key, filed.application_id)):
        if not known.is_of(filed):
            raise ApplicationIdReused(field="application_id", application_id=filed.application_id, tax_code=key)
        return
    enterprise = unit.need(Enterprise, key)
    round_ = unit.need(Round, filed.round_id)
    rules = unit.need(EligibilityRules, round_.rules_id)
    _claim_product(filed, key, unit)
    application = Application.decided(filed, enterprise, round_, reasons_against(filed, enterprise, round_, rules))
    unit.put(application)
    note_dossier(key, filed, unit)
    unit.publish(application.receipt())
    unit.publish(application.outcome())


def _claim_product(filed: ApplicationFiled, key: str, unit: Unit) -> None:
    """A product has one dossier a round; a second one is refused, whatever became of the first."""
    claim = product_key(key, filed.round_id, filed.product_id)
    if first := unit.get(ProductFiled, claim):
        raise ProductAlreadyFiled(
            field="product_id", product_id=filed.product_id, tax_code=key, first=first.application_id, round_id=filed.round_id
        )
    unit.put(ProductFiled(id=claim, application_id=filed.application_id))
