"""What the applications service does with each event: one short, pure function each."""

from shared.contracts.base import Event
from shared.contracts.department import EligibilityRulesIssued, RoundOpened
from shared.contracts.portal import ApplicationFiled
from shared.contracts.registers import EnterpriseRegistered, SupportingIndustryConfirmed
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
from applications.domain.enterprise import Enterprise, SupportingIndustry, check_tax_code, enterprise_key, with_site
from applications.domain.round import EligibilityRules, Round, RoundAlreadyOpened, RulesAlreadyIssued


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


@handles(EligibilityRulesIssued, broadcast=True)
def keep_rules(event: Event[EligibilityRulesIssued], unit: Unit) -> None:
    """A version of the rules was issued: every partition keeps a copy, which never changes."""
    rules = EligibilityRules.of(event.data)
    known = unit.get(EligibilityRules, rules.id)
    if known is None:
        unit.put(rules)
    elif known != rules:
        raise RulesAlreadyIssued(field="rules_id", rules_id=rules.id)


@handles(RoundOpened, broadcast=True)
def keep_round(event: Event[RoundOpened], unit: Unit) -> None:
    """A round opened: every partition keeps a copy, which never changes."""
    round_ = Round.of(event.data)
    known = unit.get(Round, round_.id)
    if known is None:
        unit.put(round_)
    elif known != round_:
        raise RoundAlreadyOpened(field="round_id", round_id=round_.id)


@handles(ApplicationFiled, key=lambda filed: enterprise_key(filed.tax_code))
def check_application(event: Event[ApplicationFiled], unit: Unit) -> None:
    """A dossier was filed: we check it by the rules its round pins, and answer with every reason at once."""
    filed = event.data
    check_tax_code(filed.tax_code)
    key = enterprise_key(filed.tax_code)
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
