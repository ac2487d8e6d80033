"""Certificates at their own key: the decision that gave one, and what became of it."""

from typing import Any

from shared.contracts.base import Event
from shared.contracts.recognitions import (
    FirstTimeCorrected,
    HonoursChanged,
    RecognitionExpired,
    RecognitionReinstated,
    RecognitionRenewed,
    RecognitionRevoked,
    RecognitionSuspended,
    RecognitionTransferred,
)
from shared.contracts.reporting import CertificateLocated, DossierRecognised, EnterpriseCounted, HolderAsked, HolderNamed
from shared.contracts.scoring import ProductRecognised
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from reporting import projections
from reporting.domain.enterprise import enterprise_key
from reporting.domain.programme import TODAY, BusinessDay
from reporting.domain.register import RecognisedProduct
from reporting.domain.rows import lost
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


@handles(RecognitionRenewed, key="certificate", patience=FOR_CERTAIN)
def renew(event: Event[RecognitionRenewed], unit: Unit) -> None:
    """A recognition lasts longer: its holder counts in the years it reaches into."""
    _note(event, unit)


@handles(RecognitionSuspended, key="certificate", patience=FOR_CERTAIN)
def suspend(event: Event[RecognitionSuspended], unit: Unit) -> None:
    """A recognition has no effect for a time."""
    _note(event, unit)


@handles(RecognitionReinstated, key="certificate", patience=FOR_CERTAIN)
def reinstate(event: Event[RecognitionReinstated], unit: Unit) -> None:
    """A recognition is in force again."""
    _note(event, unit)


@handles(RecognitionRevoked, key="certificate", patience=FOR_CERTAIN)
def revoke(event: Event[RecognitionRevoked], unit: Unit) -> None:
    """A recognition was taken away: its holder counts up to the eve."""
    _note(event, unit)


@handles(RecognitionExpired, key="certificate", patience=FOR_CERTAIN)
def expire(event: Event[RecognitionExpired], unit: Unit) -> None:
    """The last day of a recognition has passed, even where that day has not begun here yet."""
    _note(event, unit)


@handles(HonoursChanged, key="certificate", patience=FOR_CERTAIN)
def change_honours(event: Event[HonoursChanged], unit: Unit) -> None:
    """A product has another place in the Top 10, or none any more."""
    _note(event, unit)


@handles(FirstTimeCorrected, key="certificate", patience=FOR_CERTAIN)
def correct_first_time(event: Event[FirstTimeCorrected], unit: Unit) -> None:
    """It became known whether a product was recognised before."""
    _note(event, unit)


@handles(RecognitionTransferred, key="certificate", patience=FOR_CERTAIN)
def transfer(event: Event[RecognitionTransferred], unit: Unit) -> None:
    """A recognition is held under another code: that one is asked for its name."""
    _note(event, unit)


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


def _note(event: Event[Any], unit: Unit) -> None:
    """What is said of a certificate waits for the decision on it, which comes under another key after a merger."""
    known = unit.need(RecognisedProduct, event.data.certificate)
    _keep(known, known.with_fact(projections.fact(event)), unit)


def _keep(before: RecognisedProduct | None, news: RecognisedProduct, unit: Unit) -> None:
    """Keep a certificate as it stands today, and tell its enterprise what has become of what it counts for.

    It counts for the enterprise it was granted to: where that goes on as another, the enterprise sends it on.
    """
    day = unit.get(BusinessDay, TODAY)
    today = day.date if day else None
    after = news.as_of(today)
    unit.put(after)
    watch(after, today, unit)
    grounds, grounds_before = after.grounds(), before.grounds() if before else ()
    present = tuple(ground for ground in grounds if ground not in grounds_before)
    absent = lost(grounds_before, grounds)
    if present or absent:
        counts_for = enterprise_key(after.granted.tax_code)
        unit.publish(EnterpriseCounted(tax_code=counts_for, present=present, absent=absent))
    if before is not None and after.tax_code != before.tax_code:
        unit.publish(HolderAsked(tax_code=enterprise_key(after.tax_code), certificate=after.id))
