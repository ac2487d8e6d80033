"""Events → read models, pure: what one event says, as documents. What was there before is joined in the handlers."""

from decimal import Decimal
from typing import Any, Literal

from shared.contracts.activities import ActivityAnnounced, ActivityChanged, ParticipationRecorded
from shared.contracts.applications import (
    ApplicationAccepted,
    ApplicationReceived,
    ApplicationRejected,
    ApplicationWithdrawn,
    EnterpriseRecorded,
    Reason,
)
from shared.contracts.base import Data, Event
from shared.contracts.clusters import ClusterRecorded
from shared.contracts.demand import DemandPosted
from shared.contracts.department import PlanIssued
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
from shared.contracts.registers import AnnualResultReported
from shared.contracts.reporting import DossierRecognised, Ground
from shared.contracts.scoring import DossierWithdrawn, ProductNotRecognised, ProductRecognised
from shared.contracts.statistics import IndicatorReported
from shared.contracts.support import GrantData, SupportDeclined, SupportGranted, SupportQueued
from shared.contracts.supporting_industry import StandardsListed, SupplierDelisted, SupplierListed
from shared.messaging.unit import HANOI

from reporting.domain import ledger
from reporting.domain.activities import Activity, ActivityChange, Attendance
from reporting.domain.dossier import Dossier
from reporting.domain.enterprise import Enterprise, enterprise_key
from reporting.domain.programme import Plan
from reporting.domain.register import Fact, FactKind, Granted, RecognisedProduct
from reporting.domain.rows import Measure
from reporting.domain.support import FIGURES, BudgetLine, Grant, LineMovement, MovementKind
from reporting.domain.supporting_industry import ClusterOnDay, Demand, Listing, StandardsList
from shared import vietnamese

Filing = ApplicationReceived | ApplicationAccepted | ApplicationRejected
# What each event on the life of a certificate is, and which of its fields say when it takes effect and how long.
FACTS: dict[type[Data], tuple[FactKind, str | None, str | None]] = {
    RecognitionRenewed: ("renewed", "decided_on", "valid_to"),
    RecognitionSuspended: ("suspended", "suspended_from", "suspended_until"),
    RecognitionReinstated: ("reinstated", "reinstated_on", None),
    RecognitionRevoked: ("revoked", "revoked_on", None),
    RecognitionExpired: ("expired", "valid_to", None),
    HonoursChanged: ("honours-changed", "decided_on", None),
    FirstTimeCorrected: ("first-time-corrected", None, None),
    RecognitionTransferred: ("transferred", "merged_on", None),
}
# What an event of a line may say beside its figures.
MOVED = ("request_id", "cause", "other_line", "carried_over", "legal_text")


def _ground(
    event_id: str, measure: Measure, year: int, about: str, value: Decimal | int = 1, *, made: bool, note: str | None = None
) -> Ground:
    return Ground(measure=measure.value, year=year, about=about, event_id=event_id, value=Decimal(value), made=made, note=note)


def plan(event: Event[PlanIssued]) -> Plan:
    """A plan with its targets."""
    said = event.data
    return Plan(id=said.plan_id, event_id=event.identity, **_fields(said, Plan))


def enterprise(event: Event[EnterpriseRecorded], known: Enterprise | None) -> Enterprise:
    """An enterprise as the programme knows it now, with where it was before."""
    said = event.data
    news = Enterprise(id=enterprise_key(said.tax_code), **_fields(said, Enterprise))
    return news.after(known, event.time.astimezone(HANOI).date())


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


def dossier_gone(said: ApplicationWithdrawn | DossierWithdrawn, known: Dossier) -> Dossier:
    """A dossier its enterprise took back, or another took the place of."""
    on_vi, on = vietnamese.date(said.withdrawn_on), said.withdrawn_on
    if isinstance(said, DossierWithdrawn) and said.replaced_by is not None:
        vi, en = f"Được thay bằng hồ sơ {said.replaced_by} ngày {on_vi}.", f"Replaced by dossier {said.replaced_by} on {on}."
        return known.but(state="replaced", reasons=(Reason(slug="replaced", vi=vi, en=en),))
    because = f": {said.reason}" if isinstance(said, ApplicationWithdrawn) else "."
    vi, en = f"Doanh nghiệp rút hồ sơ ngày {on_vi}{because}", f"Taken back by the enterprise on {on}{because}"
    return known.but(state="withdrawn", reasons=(Reason(slug="withdrawn", vi=vi, en=en),))


def dossier_refused(said: ProductNotRecognised) -> Dossier:
    """A dossier whose product was not recognised, with the reasons."""
    return Dossier(id=said.application_id, state="not-recognised", **_decided(said), reasons=said.reasons)


def dossier_recognised(said: DossierRecognised) -> Dossier:
    """A dossier whose product was recognised."""
    return Dossier(id=said.application_id, state="recognised", **_decided(said), made=said.made)


def _decided(said: ProductNotRecognised | DossierRecognised) -> dict[str, Any]:
    fields = said.model_dump(include={"round_id", "year", "product_name"})
    return {**fields, "tax_code": enterprise_key(said.tax_code)}


def filings(dossier: Dossier, event_id: str) -> tuple[Ground, Ground]:
    """A dossier counts once, and its enterprise once a year."""
    product, enterprise = (
        _ground(event_id, measure, dossier.year, dossier.id, made=dossier.made)
        for measure in (Measure.PRODUCTS_FILED, Measure.ENTERPRISES_FILED)
    )
    return product, enterprise


def recognised_product(event: Event[ProductRecognised]) -> RecognisedProduct:
    """A certificate with what the decision says."""
    said = event.data
    granted = Granted(**said.model_dump(include=set(Granted.model_fields)))
    return RecognisedProduct(id=said.certificate, event_id=event.identity, granted=granted, **_fields(said, RecognisedProduct))


def recognition(event: Event[ProductRecognised]) -> Ground:
    """A certificate counts once, in the year of its round, whatever becomes of it."""
    said = event.data
    return _ground(event.identity, Measure.PRODUCTS_RECOGNISED, said.year, said.certificate, made=said.made)


def fact(event: Event[Any]) -> Fact:
    """What one event says of a certificate after it was granted."""
    kind, on, until = FACTS[type(event.data)]
    said = _fields(event.data, Fact) | {"tax_code": enterprise_key(event.data.tax_code)}
    days = {name: getattr(event.data, field) for name, field in (("on", on), ("until", until)) if field}
    if isinstance(event.data, RecognitionTransferred):
        said["formerly"] = enterprise_key(event.data.formerly)
    return Fact(kind=kind, event_id=event.identity, **said, **days)


def grant(event: Event[Any], name: str | None) -> Grant:
    """A request as its decision leaves it; `name` is the enterprise's where the event does not say it."""
    said: GrantData = event.data
    common = {
        f: getattr(said, f) for f in ("tax_code", "scheme_id", "scheme_version", "activity_id", "year", "requested_on", "made")
    }
    common |= {"id": said.request_id, "enterprise_name": said.enterprise_name or name, "event_id": event.identity}
    decided: dict[str, Any]
    if isinstance(said, SupportGranted):
        decided = {"state": "granted", **_fields(said, Grant)}
    elif isinstance(said, SupportDeclined):
        decided = {"state": "declined", "reasons": said.reasons}
    else:
        assert isinstance(said, SupportQueued)
        why = Reason(slug=f"waits-for-{said.waits_for}", vi=said.vi, en=said.en)
        decided = {"state": "queued", "reasons": (why,)}
    return Grant(**{**decided, **common, "stage": decided["state"]}).with_facts(ledger.fact(event))


def support_given(grant: Grant) -> tuple[Ground, ...]:
    """An enterprise with a money grant counts once in the year of the grant, while any of it is left."""
    if not grant.reaches:
        return ()
    return (_ground(grant.event_id, Measure.ENTERPRISES_SUPPORTED, grant.year, grant.id, made=grant.made),)


def line_movement(kind: MovementKind, line: BudgetLine, event: Event[Any]) -> LineMovement:
    """One move of the money of a line; `line` is how it stands after it."""
    said = event.data
    amounts = {"exhausted": "asked", "adjusted": "by"}
    return LineMovement(
        id=f"{line.id}/{line.movements:09d}",
        line_id=line.id,
        number=line.movements,
        kind=kind,
        on=event.time.astimezone(HANOI).date(),
        amount=getattr(said, amounts.get(kind, "amount")),
        event_id=event.identity,
        **{name: getattr(line, name) for name in FIGURES if name in LineMovement.model_fields},
        **{name: getattr(said, name) for name in MOVED if hasattr(said, name)},
    )


def activity(event: Event[ActivityAnnounced]) -> Activity:
    """An activity as it was announced."""
    said = event.data
    return Activity(id=said.activity_id, year=said.ends.year, event_id=event.identity, **_fields(said, Activity))


def activity_change(event: Event[ActivityChanged]) -> ActivityChange:
    """What was changed of an activity, and why."""
    on = event.time.astimezone(HANOI).date()
    return ActivityChange(event_id=event.identity, on=on, **_fields(event.data, ActivityChange))


def attendance(event: Event[ParticipationRecorded]) -> Attendance:
    """That an enterprise joined an activity, or was there."""
    return Attendance(how=event.data.status, event_id=event.identity, **_fields(event.data, Attendance))


def results(event: Event[AnnualResultReported]) -> tuple[Ground, Ground]:
    """The production (đồng) and exports (USD) of an enterprise in a year."""
    said, key = event.data, enterprise_key(event.data.tax_code)
    return (
        _ground(event.identity, Measure.PRODUCTION_VALUE, said.year, key, said.production_value, made=said.made),
        _ground(event.identity, Measure.EXPORTS, said.year, key, said.exports_usd, made=said.made),
    )


def city_figure(event: Event[IndicatorReported], measure: Measure) -> Ground:
    """A city-wide figure of a year, in its unit."""
    said = event.data
    return _ground(event.identity, measure, said.year, said.figure, said.value, made=said.made, note=said.source_text)


def listing(event: Event[SupplierListed] | Event[SupplierDelisted]) -> Listing:
    """What the register said of a supplier; an entry holds from the day it was said, a removal from the day named."""
    said = event.data
    listed = isinstance(said, SupplierListed)
    on = event.time.astimezone(HANOI).date() if isinstance(said, SupplierListed) else said.left_on
    return Listing(at=event.time, on=on, event_id=event.identity, listed=listed, **_fields(said, Listing))


def standards(event: Event[StandardsListed]) -> StandardsList:
    """Which standards count as international."""
    return StandardsList(id=event.data.list_id, event_id=event.identity, **_fields(event.data, StandardsList))


def demand(event: Event[DemandPosted]) -> dict[str, Any]:
    """What a buyer asks, as fields of the demand; its last day may have been said before."""
    return {**_fields(event.data, Demand), "year": event.data.posted_on.year, "event_id": event.identity}


def cluster(event: Event[ClusterRecorded]) -> ClusterOnDay:
    """What a cluster is from a day on."""
    return ClusterOnDay(event_id=event.identity, **_fields(event.data, ClusterOnDay))


def _fields(said: Any, document: type[Any]) -> dict[str, Any]:
    """The fields an event and a document share by name."""
    return {name: getattr(said, name) for name in type(said).model_fields if name in document.model_fields}
