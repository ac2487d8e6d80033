"""Whom support has reached, in the partition of each enterprise; on the days the plan asks for, who was missed is told."""

from shared.contracts.activities import ClassHeld, CoverageAsked, ParticipationRecorded
from shared.contracts.base import Event
from shared.contracts.support_activities import BeneficiaryCounted, ClassAttended, EnterpriseUncovered, LearnersCounted
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from support.domain.activities import PlannedActivity
from support.domain.coverage import Coverage, CoveragePlan, Missed
from support.domain.enterprises import Holder, enterprise_of
from support.domain.participation import HeldClass, Participation
from support.domain.requests import Request
from support.handlers.homes import at_enterprise, home_of

PLAN = "coverage"


@at_enterprise(ParticipationRecorded)
def record_participation(event: Event[ParticipationRecorded], unit: Unit) -> None:
    """An enterprise joined or attended an activity: recorded, and counted as support in kind."""
    news, tax_code = event.data, home_of(event)
    activity = unit.need(PlannedActivity, news.activity_id)
    known = unit.get(Participation, Participation.id_of(tax_code, activity.id))
    unit.put(Participation.of(news, activity, tax_code, known))
    _cover(_coverage(activity.ends.year, tax_code, unit).with_in_kind(activity.id), unit)


@handles(ClassHeld)
def count_learners(event: Event[ClassHeld], unit: Unit) -> None:
    """A class was held: learners not counted yet are counted, and their enterprises told."""
    news = event.data
    activity = unit.need(PlannedActivity, news.activity_id)
    checked = HeldClass.of(activity, news.held_on)
    held = unit.get(HeldClass, activity.id) or checked
    new = held.new_among(news.learners)
    if not new:
        return
    held = held.but(learners=(*held.learners, *(attendance.learner for attendance in new)))
    unit.put(held)
    facts = {"activity_id": held.id, "year": held.year}
    counted = {"kind": activity.kind, "added": len(new), "learners": len(held.learners), "made": news.made}
    unit.publish(LearnersCounted.model_validate(facts | counted))
    employers = [enterprise_of(attendance.tax_code) for attendance in new if attendance.tax_code]
    for tax_code in sorted(set(employers)):
        unit.publish(ClassAttended.model_validate({**facts, "tax_code": tax_code, "learners": employers.count(tax_code)}))


@at_enterprise(ClassAttended)
def cover_by_class(event: Event[ClassAttended], unit: Unit) -> None:
    """Workers of an enterprise learned in a class: support has reached it that year."""
    news = event.data
    _cover(_coverage(news.year, home_of(event), unit).with_class(news.activity_id), unit)


@handles(CoverageAsked, broadcast=True)
def ask_for_coverage(event: Event[CoverageAsked], unit: Unit) -> None:
    """The plan asks on some days who was missed: every partition knows the days."""
    plan = unit.get(CoveragePlan, PLAN) or CoveragePlan(id=PLAN)
    unit.put(plan.with_days(event.data, unit.today))


def tell_missed(unit: Unit) -> None:
    """A day began: the enterprises that no support has reached are told for the days that have come."""
    plan = unit.get(CoveragePlan, PLAN)
    if plan is None or not (due := plan.due(unit.today)):
        return
    for asked in due:
        missed = unit.get(Missed, str(asked.year)) or Missed(id=str(asked.year))
        for coverage in unit.need_all(Coverage, [Coverage.id_of(asked.year, code) for code in missed.tax_codes]):
            facts = {"tax_code": coverage.tax_code, "enterprise_name": coverage.name, "in_kind": len(coverage.in_kind)}
            unit.publish(EnterpriseUncovered.model_validate({**facts, "year": asked.year, "asked_on": asked.day}))
    unit.put(plan.after(unit.today))


def count_grant(request: Request, unit: Unit) -> None:
    """Money was granted: support has reached the enterprise in the budget year, and a figure of the plan may count it."""
    if request.granted == 0:
        return
    before = _coverage(request.year, request.tax_code, unit)
    figure = request.version.counts_as
    _cover(before.with_grant(request.id, figure), unit)
    if figure and not before.counts(figure):
        unit.publish(_counted(request, figure, counted=True))


def uncount_grant(request: Request, unit: Unit) -> None:
    """A money grant was taken back as a whole: it reaches nobody and counts in no figure."""
    before = _coverage(request.year, request.tax_code, unit)
    if request.id not in before.grants:
        return
    after = before.without_grant(request.id)
    _cover(after, unit)
    figure = request.version.counts_as
    if figure and not after.counts(figure):
        unit.publish(_counted(request, figure, counted=False))


def follow_recognitions(before: Holder, after: Holder, unit: Unit) -> None:
    """The recognitions of an enterprise changed: in which years it is one that support should reach."""
    for year in sorted(before.years | after.years):
        coverage = _coverage(year, after.id, unit)
        _cover(coverage.but(recognised=year in after.years, name=after.name or coverage.name), unit)


def receive_coverage(former: Coverage, home: str, unit: Unit) -> None:
    """What reached a former code has reached this enterprise, which counts once in each figure of the plan."""
    ours = _coverage(former.year, home, unit)
    for figure in dict.fromkeys(entry.partition("|")[0] for entry in former.counted):
        first = next(entry for entry in former.counted if entry.startswith(f"{figure}|"))
        request = unit.need(Request, first.partition("|")[2])
        unit.publish(_counted(request, figure, tax_code=former.tax_code, counted=False))
        if not ours.counts(figure):
            unit.publish(_counted(request, figure, counted=True))
    _cover(ours.joined(former), unit)


def receive_participation(former: Participation, home: str, unit: Unit) -> None:
    """What a former code took part in, this enterprise did."""
    unit.put(former.under(home, unit.get(Participation, Participation.id_of(home, former.activity_id))))


def forget_missed(coverage: Coverage, unit: Unit) -> None:
    """An enterprise goes on under another code: it is not told as missed here."""
    if missed := unit.get(Missed, str(coverage.year)):
        unit.put(missed.following(coverage.but(recognised=False)))


def _coverage(year: int, tax_code: str, unit: Unit) -> Coverage:
    return unit.get(Coverage, Coverage.id_of(year, tax_code)) or Coverage.of(year, tax_code)


def _cover(coverage: Coverage, unit: Unit) -> None:
    unit.put(coverage)
    missed = unit.get(Missed, str(coverage.year)) or Missed(id=str(coverage.year))
    following = missed.following(coverage)
    if following != missed:
        unit.put(following)


def _counted(request: Request, figure: str, *, counted: bool, tax_code: str | None = None) -> BeneficiaryCounted:
    return BeneficiaryCounted(
        tax_code=tax_code or request.tax_code,
        year=request.year,
        counts_as=figure,
        request_id=request.request_id,
        counted=counted,
        made=request.made,
    )
