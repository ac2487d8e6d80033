"""Certificates at their own key: the decision that gave one, and what became of it."""

from typing import Any

from shared.contracts.base import Event
from shared.contracts.reporting import CertificateLocated, DossierRecognised, EnterpriseCounted, HolderAsked, HolderNamed
from shared.contracts.scoring import ProductRecognised
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from reporting import projections
from reporting.domain.enterprise import enterprise_key
from reporting.domain.programme import TODAY, BusinessDay
from reporting.domain.register import RecognisedProduct
from reporting.domain.rows import Contribution, lost, row_id
from reporting.handlers.counting import keep_row
from reporting.handlers.days import watch

# What is said of a certificate was said after its decision, so that comes for certain: however many days are read before it.
FOR_CERTAIN = 1_000_000


@handles(ProductRecognised, key="certificate")
def register_product(event: Event[ProductRecognised], unit: Unit) -> None:
    """A product was recognised: it enters the register, and its dossier and its enterprise are told."""
    said = event.data
    keep_row(projections.recognition(event), said.certificate, unit)
    unit.publish(
        DossierRecognised(
            application_id=said.application_id,
            round_id=said.round_id,
            year=said.year,
            tax_code=enterprise_key(said.tax_code),
            product_name=said.product_name,
            made=said.made,
        )
    )
    _keep(unit.get(RecognisedProduct, said.certificate), projections.recognised_product(event), unit)


@handles(*projections.FACTS, key="certificate", patience=FOR_CERTAIN)
def note_fact(event: Event[Any], unit: Unit) -> None:
    """What became of a certificate waits for the decision on it, which comes under another key after a merger."""
    known = unit.need(RecognisedProduct, event.data.certificate)
    _keep(known, known.with_fact(projections.fact(event)), unit)


@handles(HolderNamed)
def keep_holder_name(event: Event[HolderNamed], unit: Unit) -> None:
    """An enterprise the certificate came to said its name."""
    known = unit.need(RecognisedProduct, event.data.certificate)
    _keep(known, known.named(event.data.tax_code, event.data.enterprise_name), unit)


@handles(CertificateLocated)
def keep_district(event: Event[CertificateLocated], unit: Unit) -> None:
    """The enterprise a recognition counts for said in which district it was in that year."""
    known = unit.need(RecognisedProduct, event.data.certificate)
    unit.put(known.but(district=event.data.district))


def _keep(before: RecognisedProduct | None, news: RecognisedProduct, unit: Unit) -> None:
    """Keep a certificate as it stands today, and tell its enterprise what has become of what it counts for.

    It counts for the enterprise it was granted to: where that goes on as another, the enterprise sends it on.
    """
    day = unit.get(BusinessDay, TODAY)
    today = day.date if day else None
    after = news.as_of(today)
    unit.put(after)
    watch(after, today, unit)
    _count_first_time(after, unit)
    grounds, grounds_before = after.grounds(), before.grounds() if before else ()
    present = tuple(ground for ground in grounds if ground not in grounds_before)
    absent = lost(grounds_before, grounds)
    if present or absent:
        counts_for = enterprise_key(after.granted.tax_code)
        unit.publish(EnterpriseCounted(tax_code=counts_for, present=present, absent=absent))
    if before is not None and after.tax_code != before.tax_code:
        unit.publish(HolderAsked(tax_code=enterprise_key(after.tax_code), certificate=after.id))


def _count_first_time(product: RecognisedProduct, unit: Unit) -> None:
    """A certificate counts among those of the first time for as long as it is said to be one."""
    ground = projections.first_time(product)
    known = unit.get(Contribution, row_id(ground.measure, ground.year, product.id))
    if product.first_time and (known is None or known.event_id != ground.event_id):
        keep_row(ground, product.id, unit)
    elif known is not None and not product.first_time:
        unit.remove(known)
