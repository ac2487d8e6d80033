"""Events → read models, pure: what one event says, as documents. What was there before is joined in the handlers."""

from decimal import Decimal
from typing import Any, Literal

from shared.contracts.applications import (
    ApplicationAccepted,
    ApplicationReceived,
    ApplicationRejected,
    EnterpriseRecorded,
    Reason,
)
from shared.contracts.base import Event
from shared.contracts.department import PlanIssued
from shared.contracts.registers import AnnualResultReported
from shared.contracts.scoring import ProductNotRecognised, ProductRecognised
from shared.contracts.statistics import IndicatorReported
from shared.contracts.support import GrantData, SupportDeclined, SupportGranted, SupportQueued

from reporting.domain import Contribution, Dossier, Enterprise, Grant, Measure, Plan, RecognisedProduct, enterprise_key, row_id

Filing = ApplicationReceived | ApplicationAccepted | ApplicationRejected


def row(
    event: Event[Any], measure: Measure, year: int, about: str, value: Decimal | int = 1, *, made: bool, note: str | None = None
) -> Contribution:
    """One contribution row whose lineage is the event."""
    return Contribution(
        id=row_id(measure, year, about),
        measure=measure,
        year=year,
        value=Decimal(value),
        about=about,
        event_id=event.identity,
        made=made,
        note=note,
    )


def plan(event: Event[PlanIssued]) -> Plan:
    """A plan with its targets."""
    said = event.data
    return Plan(id=said.plan_id, event_id=event.identity, **_fields(said, Plan))


def enterprise(said: EnterpriseRecorded) -> Enterprise:
    """An enterprise as the programme knows it now."""
    return Enterprise(id=enterprise_key(said.tax_code), **_fields(said, Enterprise))


def dossier_filed(said: Filing, year: int) -> Dossier:
    """A dossier that was received, accepted, or rejected with its reasons."""
    states: dict[type[Filing], Literal["received", "accepted", "rejected"]] = {
        ApplicationReceived: "received",
        ApplicationAccepted: "accepted",
        ApplicationRejected: "rejected",
    }
    return Dossier(
        id=said.application_id,
        round_id=said.round_id,
        year=year,
        tax_code=enterprise_key(said.tax_code),
        product_name=said.product_name,
        state=states[type(said)],
        reasons=said.reasons if isinstance(said, ApplicationRejected) else (),
        made=False if isinstance(said, ApplicationReceived) else said.made,
    )


def dossier_decided(said: ProductRecognised | ProductNotRecognised) -> Dossier:
    """A dossier the city has decided on."""
    refused = isinstance(said, ProductNotRecognised)
    return Dossier(
        id=said.application_id,
        round_id=said.round_id,
        year=said.year,
        tax_code=enterprise_key(said.tax_code),
        product_name=said.product_name,
        state="not-recognised" if refused else "recognised",
        reasons=said.reasons if isinstance(said, ProductNotRecognised) else (),
        made=said.made if isinstance(said, ProductRecognised) else False,
    )


def rows_of_filing(event: Event[Any], dossier: Dossier) -> tuple[Contribution, ...]:
    """A dossier counts once, and its enterprise once a year."""
    return (
        row(event, Measure.PRODUCTS_FILED, dossier.year, dossier.id, made=dossier.made),
        row(event, Measure.ENTERPRISES_FILED, dossier.year, dossier.tax_code, made=dossier.made),
    )


def recognised_product(event: Event[ProductRecognised]) -> RecognisedProduct:
    """A certificate with what it says."""
    said = event.data
    return RecognisedProduct(id=said.certificate, event_id=event.identity, **_fields(said, RecognisedProduct))


def rows_of_recognition(event: Event[ProductRecognised]) -> tuple[Contribution, ...]:
    """A certificate counts in its year; its enterprise counts once there, and in every year the certificate is in force."""
    said = event.data
    key = enterprise_key(said.tax_code)
    in_force = range(said.valid_from.year, said.valid_to.year + 1)
    return (
        row(event, Measure.PRODUCTS_RECOGNISED, said.year, said.certificate, made=said.made),
        row(event, Measure.ENTERPRISES_RECOGNISED, said.year, key, made=said.made),
        *(row(event, Measure.ENTERPRISES_IN_FORCE, year, key, made=said.made) for year in in_force),
    )


def grant(event: Event[Any], name: str | None) -> Grant:
    """A request as it stands after the event; `name` is the enterprise's where the event does not say it."""
    said: GrantData = event.data
    common = {
        f: getattr(said, f) for f in ("tax_code", "scheme_id", "scheme_version", "activity_id", "year", "requested_on", "made")
    }
    common |= {"id": said.request_id, "enterprise_name": said.enterprise_name or name, "event_id": event.identity}
    if isinstance(said, SupportGranted):
        return Grant(
            state="granted", line_id=said.line_id, amount=said.amount, steps=said.steps, legal_text=said.legal_text, **common
        )
    if isinstance(said, SupportDeclined):
        return Grant(state="declined", reasons=said.reasons, **common)
    assert isinstance(said, SupportQueued)
    return Grant(state="queued", reasons=(Reason(slug=f"waits-for-{said.waits_for}", vi=said.vi, en=said.en),), **common)


def rows_of_grant(event: Event[SupportGranted]) -> tuple[Contribution, ...]:
    """An enterprise with a money grant counts once in the year of the grant."""
    said = event.data
    return (row(event, Measure.ENTERPRISES_SUPPORTED, said.year, enterprise_key(said.tax_code), made=said.made),)


def rows_of_result(event: Event[AnnualResultReported]) -> tuple[Contribution, ...]:
    """The production (đồng) and exports (USD) of an enterprise in a year."""
    said = event.data
    key = enterprise_key(said.tax_code)
    return (
        row(event, Measure.PRODUCTION_VALUE, said.year, key, said.production_value, made=said.made),
        row(event, Measure.EXPORTS, said.year, key, said.exports_usd, made=said.made),
    )


def row_of_figure(event: Event[IndicatorReported], measure: Measure) -> Contribution:
    """A city-wide figure of a year, in its unit."""
    said = event.data
    return row(event, measure, said.year, said.figure, said.value, made=said.made, note=said.source_text)


def _fields(said: Any, document: type[Any]) -> dict[str, Any]:
    """The fields an event and a document share by name."""
    return {name: getattr(said, name) for name in type(said).model_fields if name in document.model_fields}
