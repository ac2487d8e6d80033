"""A request, in the partition of its enterprise.

It walks by events of the own log: it asks the owner of one scarce thing after the other, and goes on with each answer.
"""

from collections.abc import Iterable
from typing import Any, Literal

from shared.contracts.applications import Reason
from shared.contracts.base import Event
from shared.contracts.portal import SupportRequested
from shared.contracts.support import (
    ScarceThingAnswered,
    SupportDeclined,
    SupportGranted,
    SupportQueued,
)
from shared.messaging.unit import Unit

from support.domain.activities import PlannedActivity, announced_kinds
from support.domain.beneficiaries import RuralEstablishment, beneficiaries_of
from support.domain.caps import caps_of
from support.domain.enterprises import Enterprise, Holder
from support.domain.grants import Grant
from support.domain.refusals import RequestIdTaken, SchemeInKind, reason
from support.domain.requests import Request
from support.domain.scarce import kind_of
from support.domain.schemes import Scheme
from support.domain.waiting import DueRequest, DueRequests, RequestsInLine, waiting_words
from support.handlers.caps import count_in_caps, had, take_of_caps
from support.handlers.coverage import count_grant
from support.handlers.homes import at_enterprise, home_of
from support.handlers.ledger import account_of, give_back, open_grant
from support.handlers.supports import free_activity, overlaps_with, take_activity
from support.handlers.walks import go_on_with_grant

# Business days a request waits for its scheme, its activity and its enterprise to be known; who named one that is none has
# to hear of it while the budget year still lets them ask again.
PATIENCE = 10

# The index document of a partition.
DUE = "recognition"


def serve_waiting(holder: Holder, unit: Unit) -> None:
    """Requests of the enterprise that waited for a recognition, and are now eligible, go on."""
    for id in holder.waiting:
        request = unit.need(Request, id)
        if holder.in_force(request.requested_on):
            _stop_waiting(request, unit)
            _rest(request.but(enterprise_name=request.enterprise_name or holder.name), holder, unit)


@at_enterprise(SupportRequested, patience=PATIENCE)
def receive_request(event: Event[SupportRequested], unit: Unit) -> None:
    """Support was asked for: we decline it, let it wait for a recognition, or ask for the first scarce thing."""
    asked = event.data
    version = unit.need(Scheme, asked.scheme_id).in_force(asked.requested_on, asked.request_id)
    if version.in_kind:
        words = {"scheme_vi": version.name_vi, "scheme_en": version.name_en}
        raise SchemeInKind(field="scheme_id", request_id=asked.request_id, **words)
    planned = unit.need(PlannedActivity, asked.activity_id) if announced_kinds(version.activity) else None
    home = home_of(event)
    if beneficiaries_of(version) != ("recognition",):
        unit.need(Enterprise, home)
    if unit.get(Request, Request.id_of(asked.tax_code, asked.request_id)):
        raise RequestIdTaken(field="request_id", request_id=asked.request_id)
    enterprise, holder = unit.get(Enterprise, home), unit.get(Holder, home)
    known_by = enterprise or holder
    caps = caps_of(version, asked, home, planned.announced.region if planned else None)
    uses = {cap.unit: had(cap, unit) for cap in caps if not cap.shared}
    request = Request.of(event, version, planned, home=home, name=known_by.name if known_by else None, caps=caps, had=uses)
    request = request.resting_on(enterprise, unit.get(RuralEstablishment, home))
    against = request.reasons_against(planned, overlaps_with(request, unit))
    if debt := account_of(request.tax_code, unit).debt():
        against.append(debt)
    missing = request.lacks_recognition(holder)
    if missing and not _may_wait(request, unit):
        against.append(request.no_recognition())
    if against:
        _decline(request, tuple(map(reason, against)), unit)
        return
    take_activity(request, unit)
    request = take_of_caps(request, unit)
    if missing:
        _wait_for_recognition(request, unit)
    else:
        _rest(request, holder, unit)


@at_enterprise(ScarceThingAnswered)
def go_on_with_request(event: Event[ScarceThingAnswered], unit: Unit) -> None:
    """The owner of a scarce thing answered: the request goes on, stands in line, or notes why it cannot have it."""
    answer = event.data
    request = unit.need(Request, Request.id_of(answer.tax_code, answer.request_id))
    if request.state in ("granted", "cancelled"):
        go_on_with_grant(answer, unit.need(Grant, request.id), unit)
    elif request.state == "declined":
        pass  # it ended on its way, and gave back what it had asked for
    elif answer.answer == "taken":
        request = request.got(answer.thing, answer.amount)
        # A cap that gave less than was wanted leaves the rest of the other caps free.
        _go_on(count_in_caps(request, request.wanted, unit), unit)
    elif answer.answer == "refused":
        _go_on(request.was_refused(answer), unit)
    else:
        _stand_in_line(request, answer, unit)


def end_waiting(unit: Unit) -> None:
    """Requests that waited too long for a recognition are declined."""
    for due in (unit.get(DueRequests, DUE) or DueRequests(id=DUE)).requests:
        if unit.calendar.between(due.since, unit.today) > due.wait:
            request = unit.need(Request, due.id)
            _stop_waiting(request, unit)
            _decline(request, (reason(request.no_recognition()),), unit)


def break_off(request: Request, why: Reason, unit: Unit) -> None:
    """A request under way is declined: what it has, and what it has asked for, is given back."""
    if request.waits_for == "recognition":
        _stop_waiting(request, unit)
    elif request.next_thing is not None:
        request = request.but(taken=(*request.taken, request.next_thing))
    _decline(request, (*request.reasons, why), unit)


def keep_waiting(ids: Iterable[str], unit: Unit) -> None:
    """Requests that waited for a recognition under a former code wait here now, no longer than they had."""
    for request in unit.need_all(Request, ids):
        _wait_until_due(request, unit)


def forget_waiting(ids: Iterable[str], unit: Unit) -> None:
    """Requests wait for a recognition no longer, or not here."""
    if due := unit.get(DueRequests, DUE):
        unit.put(due.without(ids))


def rank_anew(holder: Holder, unit: Unit) -> None:
    """The recognitions of an enterprise changed: its requests that wait for a day of allocation say their priority anew."""
    if in_line := unit.get(RequestsInLine, holder.id):
        still = [r for r in unit.need_all(Request, in_line.requests) if r.waits_for_day]
        for request in still:
            _say_priority(request, holder, unit)
        unit.put(in_line.but(requests=tuple(r.id for r in still)))


def _rest(request: Request, holder: Holder | None, unit: Unit) -> None:
    """Go on with an eligible request; its account knows that it rests on a certificate."""
    request = request.with_certificate(holder)
    if request.certificate is not None:
        unit.put(account_of(request.tax_code, unit).with_resting(request.id, rests=True))
    _go_on(request, unit)


def _go_on(request: Request, unit: Unit) -> None:
    """Ask for the next scarce thing; grant when there is none left, decline when one was refused."""
    thing = request.next_thing
    if request.lost:
        _decline(request, request.reasons, unit)
    elif thing is None:
        _grant(request.decided(), unit)
    else:
        request = request.but(state="asking", waits_for=None).ranked_by(unit.get(Holder, request.tax_code))
        unit.put(request)
        unit.publish(request.ask(thing))


def _stand_in_line(request: Request, answer: ScarceThingAnswered, unit: Unit) -> None:
    """It stands in line; where that is allocated on a day, what changes its priority until then is told to the line."""
    request = request.but(allocates_on=answer.allocates_on)
    _queue(request, "budget" if kind_of(answer.thing) == "line" else "place", unit)
    if request.allocates_on:
        in_line = unit.get(RequestsInLine, request.tax_code) or RequestsInLine(id=request.tax_code)
        unit.put(in_line.but(requests=tuple(dict.fromkeys((*in_line.requests, request.id)))))
        # Its recognitions may have changed while the answer was on its way.
        _say_priority(unit.need(Request, request.id), unit.get(Holder, request.tax_code), unit)


def _say_priority(request: Request, holder: Holder | None, unit: Unit) -> None:
    """Where the priority of a request in line is another now, ask once more, with that."""
    ranked = request.ranked_by(holder)
    if ranked != request:
        unit.put(ranked)
        unit.publish(ranked.ask(ranked.things[ranked.answered]))


def _grant(request: Request, unit: Unit) -> None:
    """Grant; where the line gave a part only, the rest of its caps is free again."""
    request = count_in_caps(request, request.granted, unit)
    unit.put(request)
    open_grant(request, unit)
    count_grant(request, unit)
    unit.publish(
        SupportGranted(
            **_facts(request),
            line_id=request.line_id,
            amount=request.granted,
            steps=request.steps,
            eligible=request.eligible,
            legal_text=request.version.legal_text,
        )
    )


def _decline(request: Request, reasons: tuple[Reason, ...], unit: Unit) -> None:
    """Decline with every reason; what it took is given back, and its activity can be asked for again."""
    give_back(request, tuple(reversed(request.taken)), unit)
    free_activity(request, unit)
    if request.certificate is not None:
        unit.put(account_of(request.tax_code, unit).with_resting(request.id, rests=False))
    unit.put(count_in_caps(request, 0, unit).declined(reasons))
    unit.publish(SupportDeclined(**_facts(request), reasons=reasons, legal_text=request.version.legal_text))


def _queue(request: Request, waits_for: Literal["recognition", "place", "budget"], unit: Unit) -> None:
    """The request waits, and the enterprise is told for what."""
    request = request.but(state="queued", waits_for=waits_for)
    vi, en = waiting_words(request)
    unit.put(request)
    unit.publish(SupportQueued(**_facts(request), waits_for=waits_for, vi=vi, en=en))


def _facts(request: Request) -> dict[str, Any]:
    """What every event of a request carries."""
    return {
        "request_id": request.request_id,
        "tax_code": request.filed_under,
        "enterprise_name": request.enterprise_name,
        "scheme_id": request.scheme_id,
        "scheme_version": request.version.version,
        "activity_id": request.activity_id,
        "year": request.year,
        "requested_on": request.requested_on,
        "made": request.made,
    }


def _may_wait(request: Request, unit: Unit) -> bool:
    wait = request.version.wait_business_days
    return wait > 0 and unit.calendar.between(request.requested_on, unit.today) <= wait


def _wait_for_recognition(request: Request, unit: Unit) -> None:
    holder = _holder(request.tax_code, unit)
    unit.put(holder.but(waiting=(*holder.waiting, request.id)))
    _wait_until_due(request, unit)
    _queue(request, "recognition", unit)


def _wait_until_due(request: Request, unit: Unit) -> None:
    due = unit.get(DueRequests, DUE) or DueRequests(id=DUE)
    entry = DueRequest(id=request.id, since=request.requested_on, wait=request.version.wait_business_days)
    unit.put(due.but(requests=(*due.requests, entry)))


def _stop_waiting(request: Request, unit: Unit) -> None:
    holder = _holder(request.tax_code, unit)
    unit.put(holder.but(waiting=tuple(id for id in holder.waiting if id != request.id)))
    forget_waiting((request.id,), unit)


def _holder(tax_code: str, unit: Unit) -> Holder:
    return unit.get(Holder, tax_code) or Holder(id=tax_code)
