"""Dossiers at their own key: each counts as filed in the year of its round, whatever becomes of it."""

from shared.contracts.applications import ApplicationAccepted, ApplicationReceived, ApplicationRejected, ApplicationWithdrawn
from shared.contracts.base import Event
from shared.contracts.reporting import DossierRecognised, EnterpriseCounted
from shared.contracts.scoring import DossierWithdrawn, ProductNotRecognised
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from reporting import projections
from reporting.domain.dossier import Dossier
from reporting.domain.enterprise import enterprise_key
from reporting.domain.programme import Round
from reporting.domain.rows import Contribution, Measure, row_id
from reporting.handlers.counting import keep_row


@handles(ApplicationReceived, key="application_id")
def count_dossier(event: Event[ApplicationReceived], unit: Unit) -> None:
    """A dossier was received: it counts as filed, and so does its enterprise."""
    dossier = _keep(projections.dossier_filed(event.data, unit.need(Round, event.data.round_id).year), unit)
    _count(dossier, event.data.tax_code, event.identity, unit)


@handles(ApplicationAccepted, ApplicationRejected, key="application_id")
def note_check(event: Event[ApplicationAccepted] | Event[ApplicationRejected], unit: Unit) -> None:
    """A dossier is eligible or not: it stays counted as filed; now it is known whether it was made, and the reasons are shown."""
    dossier = _keep(projections.dossier_filed(event.data, unit.need(Round, event.data.round_id).year), unit)
    filed = unit.get(Contribution, row_id(Measure.PRODUCTS_FILED, dossier.year, dossier.id))
    if filed is not None and filed.made != dossier.made:
        _count(dossier, event.data.tax_code, filed.event_id, unit)


@handles(ApplicationWithdrawn, DossierWithdrawn, key="application_id")
def note_gone(event: Event[ApplicationWithdrawn] | Event[DossierWithdrawn], unit: Unit) -> None:
    """An enterprise took its dossier back, or a round let go of it: it stays counted as filed."""
    # The round before the dossier: a filing that stands in line behind this event can then be let pass.
    unit.need(Round, event.data.round_id)
    _keep(projections.dossier_gone(event.data, unit.need(Dossier, event.data.application_id)), unit)


@handles(ProductNotRecognised, key="application_id")
def note_refused_product(event: Event[ProductNotRecognised], unit: Unit) -> None:
    """A product was not recognised: the reasons are shown."""
    _keep(projections.dossier_refused(event.data), unit)


@handles(DossierRecognised)
def note_recognition(event: Event[DossierRecognised], unit: Unit) -> None:
    """The product of a dossier was recognised."""
    _keep(projections.dossier_recognised(event.data), unit)


def _keep(news: Dossier, unit: Unit) -> Dossier:
    known = unit.get(Dossier, news.id)
    dossier = known.joined(news) if known else news
    unit.put(dossier)
    return dossier


def _count(dossier: Dossier, tax_code: str, event_id: str, unit: Unit) -> None:
    product, enterprise = projections.filings(dossier, event_id)
    keep_row(product, dossier.id, unit)
    unit.publish(EnterpriseCounted(tax_code=enterprise_key(tax_code), present=(enterprise,)))
