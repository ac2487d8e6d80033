"""What reporting does with each event: it keeps registers and contribution rows, and decides almost nothing."""

from collections.abc import Iterable
from typing import Any

from shared.contracts.applications import ApplicationAccepted, ApplicationReceived, ApplicationRejected, EnterpriseRecorded
from shared.contracts.base import Event
from shared.contracts.department import DayStarted, PlanIssued, RoundOpened, SchemeIssued
from shared.contracts.finance import BudgetAllocated
from shared.contracts.registers import AnnualResultReported
from shared.contracts.scoring import ProductNotRecognised, ProductRecognised
from shared.contracts.statistics import IndicatorReported
from shared.contracts.support import (
    BudgetExhausted,
    BudgetReleased,
    BudgetReserved,
    SupportDeclined,
    SupportGranted,
    SupportQueued,
)
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from reporting import projections
from reporting.domain import (
    BudgetLine,
    BusinessDay,
    Contribution,
    Dossier,
    Enterprise,
    Round,
    Scheme,
    check_city_figure,
    enterprise_key,
)


def of_enterprise(data: Any) -> str:
    """Key rule: everything about an enterprise lies with it, a branch's with its enterprise."""
    return enterprise_key(data.tax_code)


@handles(DayStarted, broadcast=True)
def note_day(event: Event[DayStarted], unit: Unit) -> None:
    """A day began: figures are as of this day from now on."""
    unit.put(BusinessDay(id="today", date=event.data.date))


@handles(PlanIssued)
def keep_plan(event: Event[PlanIssued], unit: Unit) -> None:
    """A plan was issued: its targets are what indicators are held against."""
    unit.put(projections.plan(event))


@handles(RoundOpened, broadcast=True)
def keep_round(event: Event[RoundOpened], unit: Unit) -> None:
    """A round opened: dossiers name the round, and the year they count in is the round's."""
    unit.put(Round(id=event.data.round_id, year=event.data.year, plan_id=event.data.plan_id))


@handles(SchemeIssued)
def keep_scheme(event: Event[SchemeIssued], unit: Unit) -> None:
    """A version of a scheme was issued: the newest one's name is shown."""
    said = event.data
    known = unit.get(Scheme, said.scheme_id)
    if known is None or known.effective_from <= said.effective_from:
        unit.put(Scheme(id=said.scheme_id, name_vi=said.name_vi, name_en=said.name_en, effective_from=said.effective_from))


@handles(EnterpriseRecorded, key=of_enterprise)
def keep_enterprise(event: Event[EnterpriseRecorded], unit: Unit) -> None:
    """An enterprise is known, or known better."""
    unit.put(projections.enterprise(event.data))


@handles(ApplicationReceived, key=of_enterprise)
def count_dossier(event: Event[ApplicationReceived], unit: Unit) -> None:
    """A dossier was received: it counts as filed in the year of its round, whatever becomes of it."""
    dossier = projections.dossier_filed(event.data, unit.need(Round, event.data.round_id).year)
    _keep_dossier(unit, dossier)
    _add(unit, projections.rows_of_filing(event, dossier))


@handles(ApplicationAccepted, key=of_enterprise)
def note_acceptance(event: Event[ApplicationAccepted], unit: Unit) -> None:
    """A dossier is eligible: it was counted when it was received; now it is known whether it was made."""
    _note_check(event, unit)


@handles(ApplicationRejected, key=of_enterprise)
def note_rejection(event: Event[ApplicationRejected], unit: Unit) -> None:
    """A dossier is not eligible: it stays counted as filed, and the reasons are shown."""
    _note_check(event, unit)


@handles(ProductRecognised, key=of_enterprise)
def register_product(event: Event[ProductRecognised], unit: Unit) -> None:
    """A product was recognised: it enters the register, and the counts of its year and of the years it is in force."""
    unit.put(projections.recognised_product(event))
    _keep_dossier(unit, projections.dossier_decided(event.data))
    _add(unit, projections.rows_of_recognition(event))


@handles(ProductNotRecognised, key=of_enterprise)
def note_refused_product(event: Event[ProductNotRecognised], unit: Unit) -> None:
    """A product was not recognised: the reasons are shown."""
    _keep_dossier(unit, projections.dossier_decided(event.data))


@handles(SupportGranted, key=of_enterprise)
def register_grant(event: Event[SupportGranted], unit: Unit) -> None:
    """Support was granted: the enterprise counts as supported in that year."""
    _keep_grant(event, unit)
    _add(unit, projections.rows_of_grant(event))


@handles(SupportDeclined, key=of_enterprise)
def register_declined(event: Event[SupportDeclined], unit: Unit) -> None:
    """Support was declined: the register says why."""
    _keep_grant(event, unit)


@handles(SupportQueued, key=of_enterprise)
def register_queued(event: Event[SupportQueued], unit: Unit) -> None:
    """A request waits: the register says for what."""
    _keep_grant(event, unit)


@handles(BudgetAllocated)
def allocate(event: Event[BudgetAllocated], unit: Unit) -> None:
    """Money was allocated to a line: a second allocation adds to the first."""
    said = event.data
    line = unit.get(BudgetLine, said.line_id) or BudgetLine(id=said.line_id)
    unit.put(
        line.but(
            year=said.year,
            plan_id=said.plan_id,
            scheme_id=said.scheme_id,
            allocated=line.allocated + said.amount,
            exhausted=False,
            made=line.made or said.made,
        )
    )


# A state that comes before its line's allocation is kept, not made to wait: both events have the line as their subject,
# so the allocation would stand in the queue behind the event that waits for it.
@handles(BudgetReserved)
def note_reserved(event: Event[BudgetReserved], unit: Unit) -> None:
    """Money was reserved: the event carries the line's state after it."""
    line = unit.get(BudgetLine, event.data.line_id) or BudgetLine(id=event.data.line_id)
    unit.put(line.but(reserved=event.data.reserved))


@handles(BudgetReleased)
def note_released(event: Event[BudgetReleased], unit: Unit) -> None:
    """Money went back to its line: the line has so much less reserved, and whoever is next in line may be served."""
    line = unit.get(BudgetLine, event.data.line_id) or BudgetLine(id=event.data.line_id)
    unit.put(line.but(reserved=event.data.reserved, exhausted=False))


@handles(BudgetExhausted)
def note_exhausted(event: Event[BudgetExhausted], unit: Unit) -> None:
    """A line cannot pay the next request."""
    line = unit.get(BudgetLine, event.data.line_id) or BudgetLine(id=event.data.line_id)
    unit.put(line.but(reserved=event.data.reserved, exhausted=True))


@handles(AnnualResultReported, key=of_enterprise)
def count_result(event: Event[AnnualResultReported], unit: Unit) -> None:
    """An enterprise reported a year: a later report of the same year replaces it."""
    _add(unit, projections.rows_of_result(event))


@handles(IndicatorReported)
def count_city_figure(event: Event[IndicatorReported], unit: Unit) -> None:
    """The statistics office reported a city figure: unknown figures and wrong units are refused."""
    measure = check_city_figure(event.data.figure, event.data.year, event.data.unit)
    _add(unit, (projections.row_of_figure(event, measure),))


def _note_check(event: Event[Any], unit: Unit) -> None:
    dossier = projections.dossier_filed(event.data, unit.need(Round, event.data.round_id).year)
    _keep_dossier(unit, dossier)
    for row in projections.rows_of_filing(event, dossier):
        if unit.get(Contribution, row.id) is not None:
            _add(unit, (row,))


def _keep_dossier(unit: Unit, news: Dossier) -> None:
    known = unit.get(Dossier, news.id)
    unit.put(known.joined(news) if known else news)


def _keep_grant(event: Event[Any], unit: Unit) -> None:
    known = unit.get(Enterprise, enterprise_key(event.data.tax_code))
    unit.put(projections.grant(event, known.name if known else None))


def _add(unit: Unit, rows: Iterable[Contribution]) -> None:
    """Keep rows, each joined with what is known of the same thing."""
    for row in rows:
        known = unit.get(Contribution, row.id)
        unit.put(known.joined(row) if known else row)
