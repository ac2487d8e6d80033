"""Dossiers: filed and checked, asked for what they lack, answered."""

from shared.contracts.base import Event
from shared.contracts.portal import ApplicationFiled, SupplementFiled
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from applications.domain import notices
from applications.domain.application import Application, ProductDossiers, application_key, product_key
from applications.domain.check import Check, check
from applications.domain.deadlines import DUE_DAYS, DueDays, DueSupplements
from applications.domain.enterprise import Enterprise, enterprise_key
from applications.domain.refusals import ApplicationIdReused, ProductAlreadyFiled, SupplementAfterRefiling
from applications.domain.round import EligibilityRules, PassedClose, Round
from applications.domain.version import Version
from applications.handlers.aliases import key_of_dossier, key_of_filing, note_dossier
from applications.handlers.evidence import compare_dossier


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
    if filed.received > round_.closes:
        # Until its close has passed a round can be extended, and the dossier then be in time.
        unit.need(PassedClose, round_.close)
    found = _checked(Version.of(filed), enterprise, round_, unit)
    dossiers = _dossiers_of_product(product_key(key, round_.id, filed.product_id), unit)
    if round_.second_dossier == "refused" and (first := _live_dossier(dossiers, unit)):
        raise ProductAlreadyFiled(
            field="product_id",
            product_id=filed.product_id,
            tax_code=key,
            first=first.application_id,
            round_id=round_.id,
            application_id=filed.application_id,
        )
    application = Application.of(filed, enterprise, round_, len(dossiers.applications) + 1, found)
    unit.put(dossiers.but(applications=(*dossiers.applications, application.id)))
    note_dossier(key, filed, unit)
    unit.publish(application.receipt())
    _conclude(application, unit)


@handles(SupplementFiled, key=lambda answer: enterprise_key(answer.tax_code))
def take_supplement(event: Event[SupplementFiled], unit: Unit) -> None:
    """An enterprise answered: what was received in time counts, also where the tick after the deadline came first."""
    answer = event.data
    application = unit.need(Application, application_key(key_of_dossier(event, unit), answer.application_id))
    if application.was_answered_by(answer):
        return
    application.check_answer(answer)
    key = product_key(application.tax_code, application.round_id, application.product_id)
    if application.silent and (other := _live_dossier(_dossiers_of_product(key, unit), unit)):
        raise SupplementAfterRefiling(application_id=application.application_id, other=other.application_id)
    version = application.current.supplemented(answer)
    enterprise, round_ = unit.need(Enterprise, application.tax_code), unit.need(Round, application.round_id)
    _conclude(application.answered(version, _checked(version, enterprise, round_, unit)), unit)


def _checked(version: Version, enterprise: Enterprise, round_: Round, unit: Unit) -> Check:
    rules = unit.need(EligibilityRules, round_.rules_id)
    return check(version, enterprise, round_, rules, today=unit.today, calendar=unit.calendar)


def _dossiers_of_product(key: str, unit: Unit) -> ProductDossiers:
    return unit.get(ProductDossiers, key) or ProductDossiers(id=key)


def _live_dossier(dossiers: ProductDossiers, unit: Unit) -> Application | None:
    """The dossier of the product that may still be, or is, before the Council."""
    return next((found for found in unit.need_all(Application, dossiers.applications) if found.live), None)


def _conclude(application: Application, unit: Unit) -> None:
    """Keep a dossier after its check and say what was found."""
    unit.put(application)
    if application.state == "accepted":
        unit.publish(application.acceptance(replaces=_take_the_place_of_earlier(application, unit)))
    elif application.state == "rejected":
        unit.publish(application.rejection())
    else:
        _await_answer(application, unit)
    compare_dossier(application, unit)


def _take_the_place_of_earlier(application: Application, unit: Unit) -> str | None:
    """The earlier accepted dossier of the product, which the round lets go of; one that still waits is let go of here."""
    replaces = None
    key = product_key(application.tax_code, application.round_id, application.product_id)
    for earlier in unit.need_all(Application, unit.need(ProductDossiers, key).applications[: application.place - 1]):
        if earlier.state == "supplement-asked":
            let_go = earlier.let_go(application.application_id)
            unit.put(let_go)
            reason = f"Hồ sơ {application.application_id} của cùng sản phẩm đã thay hồ sơ này."
            unit.publish(let_go.withdrawn(application.current.received, reason))
            unit.publish(notices.dossier_let_go(let_go))
        elif earlier.live:
            replaces = earlier.application_id
    return replaces


def _await_answer(application: Application, unit: Unit) -> None:
    assert application.asked is not None
    due = application.asked.due
    on_day = unit.get(DueSupplements, due.isoformat()) or DueSupplements(id=due.isoformat())
    unit.put(on_day.but(applications=(*on_day.applications, application.id)))
    unit.put((unit.get(DueDays, DUE_DAYS) or DueDays(id=DUE_DAYS)).with_day(due))
    unit.publish(application.request())
    unit.publish(notices.supplement_asked(application))


def reject_unanswered(unit: Unit) -> None:
    """Deadlines have passed, of one day or, after a gap, of several: who did not answer is rejected."""
    due_days = unit.get(DueDays, DUE_DAYS)
    if due_days is None or not due_days.over(unit.today):
        return
    for day in due_days.over(unit.today):
        due = unit.need(DueSupplements, day.isoformat())
        for application in unit.need_all(Application, due.applications):
            if application.state == "supplement-asked":
                rejected = application.without_answer()
                unit.put(rejected)
                unit.publish(rejected.rejection())
                unit.publish(notices.supplement_not_filed(rejected))
        unit.remove(due)
    unit.put(due_days.left(unit.today))
