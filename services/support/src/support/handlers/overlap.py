"""Overlaps with what other agencies support: their reports, what is found, and what the department decides."""

from shared.contracts.activities import OverlapResolved, OverlapRulesIssued
from shared.contracts.agencies import ExternalSupportReported
from shared.contracts.base import Event
from shared.contracts.support import GrantHeld, GrantReleased
from shared.contracts.support_activities import CostOverlapNoticed, CostReported, OverlapFound
from shared.errors import Refusal
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from support.domain.activities import paid_for_as
from support.domain.enterprises import Activity
from support.domain.overlap import RULES, CostAlreadySupported, Overlap, OverlapRules, Support, excluded, holder_words
from support.domain.refusals import reason
from support.domain.reports import (
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
from support.handlers.keys import by_enterprise
from support.handlers.requests import break_off
from support.handlers.supports import support_of, supports_of


@handles(OverlapRulesIssued, broadcast=True)
def issue_overlap_rules(event: Event[OverlapRulesIssued], unit: Unit) -> None:
    """A version of the rules on overlap was issued: every partition knows it."""
    unit.put((unit.get(OverlapRules, RULES) or OverlapRules(id=RULES)).with_version(event.data))


@handles(ExternalSupportReported, key=by_enterprise)
def record_external_support(event: Event[ExternalSupportReported], unit: Unit) -> None:
    """An agency supported an enterprise: what it supported is taken; requests for the same are declined or held."""
    news, tax_code = event.data, by_enterprise(event.data)
    report = Report.of(f"{tax_code}/{news.agency}/{news.report_id}", news)
    if unit.get(Report, report.id):
        raise ReportTaken(field="report_id", agency=news.agency, report_id=news.report_id, tax_code=tax_code)
    unit.put(report)
    if news.activity_id and news.activity_kind:
        _take_activity(Activity.id_of(tax_code, paid_for_as(news.activity_kind), news.activity_id), news, unit)
    if news.programme:
        _exclude(tax_code, news, news.programme, unit)
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


@handles(CostOverlapNoticed, key=by_enterprise)
def meet_cost(event: Event[CostOverlapNoticed], unit: Unit) -> None:
    """A cost of a request is supported by an agency: the request is declined, or its grant held."""
    news = event.data
    request = unit.need(Request, Request.id_of(news.tax_code, news.request_id))
    thing = name_of(news.thing)
    no = CostAlreadySupported(field="evidence", evidence_id=thing, **holder_words(news.report_id, news.agency))
    _meet(request, no, ("cost", thing), news, unit)


@handles(OverlapResolved, key=by_enterprise)
def resolve_overlap(event: Event[OverlapResolved], unit: Unit) -> None:
    """The department decided on an overlap: the grant is held by it no longer, and is told the outcome."""
    decided = event.data
    overlap = unit.need(FoundOverlap, f"{by_enterprise(decided)}/{decided.overlap_id}").resolved(decided)
    unit.put(overlap)
    facts = {"request_id": overlap.request_id, "tax_code": overlap.tax_code, "overlap_id": overlap.overlap_id}
    unit.publish(GrantReleased(outcome=decided.outcome, amount=decided.amount, **facts))


def _take_activity(activity_key: str, news: ExternalSupportReported, unit: Unit) -> None:
    if unit.get(ReportedActivity, activity_key) is None:
        unit.put(ReportedActivity(id=activity_key, agency=news.agency, report_id=news.report_id))
    if held := unit.get(Activity, activity_key):
        request = unit.need(Request, Request.id_of(news.tax_code, held.request_id))
        facts = {"activity_id": news.activity_id, "tax_code": request.tax_code}
        no = Overlap(field="activity_id", **facts, **holder_words(news.report_id, news.agency))
        _meet(request, no, ("activity", str(news.activity_id)), news, unit)


def _exclude(tax_code: str, news: ExternalSupportReported, programme: str, unit: Unit) -> None:
    """The rules of the day the agency supported it decide which requests it excludes."""
    new = Support(id=news.report_id, agency=news.agency, programme=programme, year=news.year, on=news.supported_on)
    rules = (unit.get(OverlapRules, RULES) or OverlapRules(id=RULES)).in_force(news.supported_on)
    for rule, known in supports_of(tax_code, unit).excluding(new, rules):
        if known.agency is None:
            request = unit.need(Request, Request.id_of(tax_code, known.id))
            no = excluded(tax_code, support_of(request), rule, new)
            _meet(request, no, ("exclusion", rule.rule_id), news, unit)
    unit.put(supports_of(tax_code, unit).having(new))


def _meet(
    request: Request, no: Refusal, common: tuple[Matter, str], news: ExternalSupportReported | CostOverlapNoticed, unit: Unit
) -> None:
    """A request and an agency's support have something in common: it is declined, or held where it was granted already."""
    if request.under_way:
        break_off(request, reason(no), unit)
    elif request.state == "granted":
        _find(request, common, news, unit)


def _find(request: Request, common: tuple[Matter, str], news: ExternalSupportReported | CostOverlapNoticed, unit: Unit) -> None:
    by, thing = common
    id = overlap_id_of(request.tax_code, request.request_id, news.agency, news.report_id)
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
        "agency": news.agency,
        "report_id": news.report_id,
        "reported": news.amount,
        "by": by,
    }
    overlap = FoundOverlap.model_validate({"id": f"{request.tax_code}/{id}", "things": (thing,), "found_on": unit.today, **facts})
    vi, en = overlap.text
    unit.put(overlap)
    unit.publish(OverlapFound.model_validate({**facts, "thing": thing, "vi": vi, "en": en, "made": request.made}))
    unit.publish(GrantHeld(request_id=request.request_id, tax_code=request.tax_code, overlap_id=id, why=vi))
