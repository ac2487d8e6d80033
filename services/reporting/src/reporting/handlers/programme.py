"""Plans, rounds and schemes of the programme, and the figures of the city they are held against."""

from shared.contracts.base import Event
from shared.contracts.department import PlanIssued, RoundOpened, SchemeIssued
from shared.contracts.statistics import IndicatorReported
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from reporting import projections
from reporting.domain.city_figures import check, check_period
from reporting.domain.programme import Round, Scheme
from reporting.domain.rows import Contribution, row_id
from reporting.handlers.counting import keep_row
from reporting.indicators import check_targets


@handles(PlanIssued)
def keep_plan(event: Event[PlanIssued], unit: Unit) -> None:
    """A plan was issued: its targets are what indicators are held against; those that none fits are refused."""
    check_targets(event.data)
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


@handles(IndicatorReported)
def count_city_figure(event: Event[IndicatorReported], unit: Unit) -> None:
    """A city figure was reported: what is unknown, in a wrong unit, from another source, or of another period is refused."""
    said = event.data
    measure = check(said, event.source)
    check_period(said, unit.get(Contribution, row_id(measure, said.year, said.figure)))
    keep_row(projections.city_figure(event, measure), said.figure, unit)
