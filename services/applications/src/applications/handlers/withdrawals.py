"""Dossiers taken back: before acceptance here, after it by their round in the scoring service alone."""

from shared.contracts.base import Event
from shared.contracts.portal import WithdrawalFiled
from shared.contracts.scoring import DossierWithdrawn, WithdrawalDeclined
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from applications.domain import notices
from applications.domain.application import Application, application_key
from applications.domain.enterprise import enterprise_key
from applications.handlers.aliases import key_of_dossier


@handles(WithdrawalFiled, key=lambda filed: enterprise_key(filed.tax_code))
def take_back(event: Event[WithdrawalFiled], unit: Unit) -> None:
    """An enterprise wants a dossier back: one that waits is withdrawn, for an accepted one we ask its round."""
    filed = event.data
    before = unit.need(Application, application_key(key_of_dossier(event, unit), filed.application_id))
    application = before.taken_back(filed)
    if application == before:
        return
    unit.put(application)
    if application.state == "withdrawn":
        unit.publish(application.withdrawn(filed.filed_on, filed.reason))
        unit.publish(notices.dossier_let_go(application))
    else:
        unit.publish(application.question())


@handles(DossierWithdrawn, key=lambda decided: enterprise_key(decided.tax_code))
def let_go(event: Event[DossierWithdrawn], unit: Unit) -> None:
    """The round let go of a dossier: withdrawn, or replaced by another one."""
    decided = event.data
    before = unit.need(Application, application_key(key_of_dossier(event, unit), decided.application_id))
    application = before.let_go(decided.replaced_by)
    unit.put(application)
    unit.publish(notices.dossier_let_go(application))


@handles(WithdrawalDeclined, key=lambda decided: enterprise_key(decided.tax_code))
def keep(event: Event[WithdrawalDeclined], unit: Unit) -> None:
    """The round keeps a dossier its enterprise wanted back: it is accepted as before."""
    decided = event.data
    before = unit.need(Application, application_key(key_of_dossier(event, unit), decided.application_id))
    application = before.kept(decided.reason)
    unit.put(application)
    unit.publish(notices.withdrawal_declined(application))
