"""Overlaps with what other agencies support: their reports, what is found, and what the department decides."""

from collections.abc import Iterable

from shared.contracts.activities import Exclusion, OverlapResolved, OverlapRulesIssued
from shared.contracts.agencies import ExternalSupportReported
from shared.contracts.base import Event
from shared.contracts.enterprise_log import Why
from shared.contracts.support import GrantHeld, GrantReleased
from shared.contracts.support_activities import CostOverlapNoticed, CostReported, OverlapFound
from shared.errors import Refusal
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from support.domain.activities import paid_for_as
from support.domain.enterprises import Activity
from support.domain.overlap import (
    RULES,
    CostAlreadySupported,
    Overlap,
    OverlapRules,
    Support,
    Supports,
    excluded,
    holder_words,
)
from support.domain.refusals import reason
from support.domain.reports import (
    OURSELVES,
    Elsewhere,
    FoundOverlap,
    Matter,
    Report,
    ReportedActivity,
    ReportedCost,
    ReportTaken,
    overlap_id_of,
)
from support.domain.requests import Request
from support.domain.scarce import CostEvidence, evidence_thing, name_of
from support.handlers.homes import at_enterprise, home_of
from support.handlers.requests import break_off
from support.handlers.supports import support_of, supports_of


@handles(OverlapRulesIssued, broadcast=True)
def issue_overlap_rules(event: Event[OverlapRulesIssued], unit: Unit) -> None:
    """A version of the rules on overlap was issued: every partition knows it."""
    unit.put((unit.get(OverlapRules, RULES) or OverlapRules(id=RULES)).with_version(event.data))


@at_enterprise(ExternalSupportReported)
def record_external_support(event: Event[ExternalSupportReported], unit: Unit) -> None:
    """An agency supported an enterprise: what it supported is taken; requests for the same are declined or held."""
    news, tax_code = event.data, home_of(event)
    report = Report.of(f"{tax_code}/{news.agency}/{news.report_id}", news)
    if unit.get(Report, report.id):
        raise ReportTaken(field="report_id", agency=news.agency, report_id=news.report_id, tax_code=tax_code)
    unit.put(report)
    _meet_report(news, tax_code, unit)
    for id in report.evidence_ids:
        facts = {"report_id": news.report_id, "agency": news.agency, "amount": news.amount}
        unit.publish(CostReported(thing=evidence_thing(id), **facts))


@handles(CostReported)
def record_cost(event: Event[CostReported], unit: Unit) -> None:
    """An agency supports a cost: no request can have it any more, and the one that has it is told."""
    news = event.data
    if unit.get(ReportedCost, news.thing) is None:
        unit.put(ReportedCost(id=news.thing, agency=news.agency, report_id=news.report_id))
    if held := unit.get(CostEvidence, news.thing):
        unit.publish(CostOverlapNoticed(request_id=held.request_id, tax_code=held.tax_code, **news.model_dump()))


@at_enterprise(CostOverlapNoticed)
def meet_cost(event: Event[CostOverlapNoticed], unit: Unit) -> None:
    """A cost of a request is supported by an agency: the request is declined, or its grant held."""
    news = event.data
    request = unit.need(Request, Request.id_of(news.tax_code, news.request_id))
    thing = name_of(news.thing)
    no = CostAlreadySupported(field="evidence", evidence_id=thing, **holder_words(news.report_id, news.agency))
    _meet(request, no, ("cost", thing), _elsewhere(news), unit)


@at_enterprise(OverlapResolved)
def resolve_overlap(event: Event[OverlapResolved], unit: Unit) -> None:
    """The department decided on an overlap: the grant is held by it no longer, and is told the outcome."""
    decided = event.data
    overlap = unit.need(FoundOverlap, f"{home_of(event)}/{decided.overlap_id}").resolved(decided)
    unit.put(overlap)
    facts = {"request_id": overlap.request_id, "tax_code": overlap.filed_under, "overlap_id": overlap.overlap_id}
    unit.publish(GrantReleased(outcome=decided.outcome, amount=decided.amount, **facts))


def receive_report(former: Report, home: str, unit: Unit) -> None:
    """What an agency supported of a former code is taken here too."""
    news = former.reported
    id = f"{home}/{news.agency}/{news.report_id}"
    if unit.get(Report, id) is None:
        unit.put(former.but(id=id))
        _meet_report(news, home, unit)


def receive_supports(former: Supports, home: str, unit: Unit) -> None:
    """What a former code is supported for counts here; what agencies reported of this code may exclude it."""
    ours, rules = supports_of(home, unit), unit.get(OverlapRules, RULES) or OverlapRules(id=RULES)
    requests = tuple(s for s in former.known if s.agency is None)
    unit.put(ours.but(known=(*ours.known, *requests)))
    for reported in ours.known:
        if reported.agency is not None and reported not in former.known:
            news = unit.need(Report, f"{home}/{reported.agency}/{reported.id}").reported
            theirs = former.but(known=requests)
            _meet_excluded(theirs.excluding(reported, rules.in_force(reported.on)), reported, _elsewhere(news), unit)


def receive_activity(former: Activity, home: str, why: Why, unit: Unit) -> None:
    """An activity of a former code is one of this enterprise: it may be supported here, or by an agency, already."""
    activity = former.under(home)
    theirs = (activity.request_id, *activity.also)
    if known := unit.get(Activity, activity.id):
        for id in theirs:
            known = known.also_of(id)
        activity = known
    unit.put(activity)
    if reported := unit.get(ReportedActivity, activity.id):
        news = unit.need(Report, f"{home}/{reported.agency}/{reported.report_id}").reported
        _meet_at_activity(theirs, news, unit)
    _meet_each_other((activity.request_id, *activity.also), why, unit)


def _meet_report(news: ExternalSupportReported, tax_code: str, unit: Unit) -> None:
    if news.activity_id and news.activity_kind:
        _take_activity(Activity.id_of(tax_code, paid_for_as(news.activity_kind), news.activity_id), news, unit)
    if news.programme:
        _exclude(tax_code, news, news.programme, unit)


def _take_activity(activity_key: str, news: ExternalSupportReported, unit: Unit) -> None:
    if unit.get(ReportedActivity, activity_key) is None:
        unit.put(ReportedActivity(id=activity_key, agency=news.agency, report_id=news.report_id))
    if held := unit.get(Activity, activity_key):
        _meet_at_activity((held.request_id, *held.also), news, unit)


def _meet_at_activity(requests: Iterable[str], news: ExternalSupportReported, unit: Unit) -> None:
    for request in unit.need_all(Request, requests):
        facts = {"activity_id": news.activity_id, "tax_code": request.tax_code}
        no = Overlap(field="activity_id", **facts, **holder_words(news.report_id, news.agency))
        _meet(request, no, ("activity", str(news.activity_id)), _elsewhere(news), unit)


def _meet_each_other(ids: Iterable[str], why: Why, unit: Unit) -> None:
    """Requests for one activity turn out to be of one enterprise: one of them is supported.

    What is under way is declined, but for the first where none was granted. Of several granted ones the later are held until
    the department decides, unless they were of enterprises of their own then: these keep what each had.
    """
    requests = sorted(unit.need_all(Request, ids), key=lambda request: request.came)
    first = next((request for request in requests if not request.under_way), requests[0])
    for request in requests:
        facts = {"activity_id": request.activity_id, "tax_code": request.tax_code}
        no = Overlap(field="activity_id", **facts, **holder_words(first.id, None))
        if request != first and (request.under_way or why != "merged"):
            _meet(request, no, ("activity", request.activity_id), Elsewhere(OURSELVES, first.request_id, first.granted), unit)


def _exclude(tax_code: str, news: ExternalSupportReported, programme: str, unit: Unit) -> None:
    """The rules of the day the agency supported it decide which requests it excludes."""
    new = Support(id=news.report_id, agency=news.agency, programme=programme, year=news.year, on=news.supported_on)
    rules = (unit.get(OverlapRules, RULES) or OverlapRules(id=RULES)).in_force(news.supported_on)
    _meet_excluded(supports_of(tax_code, unit).excluding(new, rules), new, _elsewhere(news), unit)
    unit.put(supports_of(tax_code, unit).having(new))


def _meet_excluded(found: Iterable[tuple[Exclusion, Support]], new: Support, other: Elsewhere, unit: Unit) -> None:
    for rule, known in found:
        if known.agency is None:
            request = unit.need(Request, known.id)
            no = excluded(request.tax_code, support_of(request), rule, new)
            _meet(request, no, ("exclusion", rule.rule_id), other, unit)


def _elsewhere(news: ExternalSupportReported | CostOverlapNoticed) -> Elsewhere:
    return Elsewhere(news.agency, news.report_id, news.amount)


def _meet(request: Request, no: Refusal, common: tuple[Matter, str], other: Elsewhere, unit: Unit) -> None:
    """A request and an agency's support have something in common: it is declined, or held where it was granted already."""
    if request.under_way:
        break_off(request, reason(no), unit)
    elif request.state == "granted":
        _find(request, common, other, unit)


def _find(request: Request, common: tuple[Matter, str], other: Elsewhere, unit: Unit) -> None:
    by, thing = common
    id = overlap_id_of(request.filed_under, request.request_id, other.agency, other.report_id)
    if known := unit.get(FoundOverlap, f"{request.tax_code}/{id}"):
        unit.put(known.but(things=tuple(dict.fromkeys((*known.things, thing)))))
        return
    facts = {
        "overlap_id": id,
        "request_id": request.request_id,
        "tax_code": request.tax_code,
        "scheme_id": request.scheme_id,
        "activity_id": request.activity_id,
        "granted": request.granted,
        "agency": other.agency,
        "report_id": other.report_id,
        "reported": other.amount,
        "by": by,
    }
    about = {"id": f"{request.tax_code}/{id}", "grant_id": request.id, "things": (thing,), "found_on": unit.today}
    overlap = FoundOverlap.model_validate({**about, **facts})
    vi, en = overlap.text
    unit.put(overlap)
    said = {"grant_id": request.id, "thing": thing, "vi": vi, "en": en, "made": request.made}
    unit.publish(OverlapFound.model_validate({**facts, **said}))
    unit.publish(GrantHeld(request_id=request.request_id, tax_code=request.filed_under, overlap_id=id, why=vi))
