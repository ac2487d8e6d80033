"""What the support service does with each event. Above: reference data and requests (key: enterprise); below: scarce things.

A request walks by events of the own log: it asks the owner of one scarce thing after the other, and goes on with each answer.
"""

from typing import Any, Literal

from shared.contracts.applications import EnterpriseRecorded, Reason
from shared.contracts.base import Event
from shared.contracts.department import DayStarted, FairAnnounced, SchemeIssued
from shared.contracts.finance import BudgetAllocated
from shared.contracts.portal import SupportRequested
from shared.contracts.scoring import ProductRecognised
from shared.contracts.support import (
    BudgetExhausted,
    BudgetReleased,
    BudgetReserved,
    ScarceThingAnswered,
    ScarceThingAsked,
    ScarceThingGivenBack,
    SupportDeclined,
    SupportGranted,
    SupportQueued,
)
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from support.domain.enterprises import Activity, Enterprise, Holder, enterprise_of
from support.domain.requests import DueRequest, DueRequests, Request, RequestIdTaken, reason
from support.domain.scarce import Claim, CostEvidence, CrowdedFairs, Holding, Supply, kind_of, line_thing, name_of, place_thing
from support.domain.schemes import Fair, Scheme

# The index documents of a partition: one of each.
DUE = "recognition"
CROWDED = "fairs"


def by_enterprise(data: Any) -> str:
    """The key of an event about an enterprise, whichever of its branches it names."""
    return enterprise_of(data.tax_code)


def by_line(data: BudgetAllocated) -> str:
    """The key of a budget line: where its money is decided."""
    return line_thing(data.line_id)


@handles(SchemeIssued, broadcast=True)
def add_scheme_version(event: Event[SchemeIssued], unit: Unit) -> None:
    """A version of a scheme was issued: every partition knows it."""
    scheme = unit.get(Scheme, event.data.scheme_id) or Scheme(id=event.data.scheme_id)
    unit.put(scheme.with_version(event.data))


@handles(FairAnnounced, broadcast=True)
def announce_fair(event: Event[FairAnnounced], unit: Unit) -> None:
    """A fair was announced: every partition knows it; its places are taken where they are asked for."""
    if known := unit.get(Fair, event.data.fair_id):
        raise known.announced_again()
    unit.put(Fair(id=event.data.fair_id, announced=event.data))


@handles(EnterpriseRecorded, key=by_enterprise)
def record_enterprise(event: Event[EnterpriseRecorded], unit: Unit) -> None:
    """An enterprise was recorded: we know its name, and whether it is a supporting industry."""
    news = event.data
    unit.put(Enterprise(id=by_enterprise(news), name=news.name, supporting_industry=news.supporting_industry))


@handles(ProductRecognised, key=by_enterprise)
def record_recognition(event: Event[ProductRecognised], unit: Unit) -> None:
    """A product was recognised: requests of the enterprise that waited for it, and are now eligible, go on."""
    holder = _holder(by_enterprise(event.data), unit).recognised(event.data)
    unit.put(holder)
    for id in holder.waiting:
        request = unit.need(Request, id)
        if holder.in_force(request.requested_on):
            _stop_waiting(request, unit)
            _go_on(request.but(enterprise_name=request.enterprise_name or holder.name), unit)


@handles(SupportRequested, key=by_enterprise)
def receive_request(event: Event[SupportRequested], unit: Unit) -> None:
    """Support was asked for: we decline it, let it wait for a recognition, or ask for the first scarce thing."""
    asked = event.data
    version = unit.need(Scheme, asked.scheme_id).in_force(asked.requested_on, asked.request_id)
    if version.activity == "fair":
        unit.need(Fair, asked.activity_id)
    if version.requires == "supporting-industry":
        unit.need(Enterprise, by_enterprise(asked))
    if unit.get(Request, Request.id_of(asked.tax_code, asked.request_id)):
        raise RequestIdTaken(field="request_id", request_id=asked.request_id)
    enterprise, holder = unit.get(Enterprise, by_enterprise(asked)), unit.get(Holder, by_enterprise(asked))
    known_by = enterprise or holder
    request = Request.of(asked, version, known_by.name if known_by else None)
    against = request.reasons_against(enterprise, unit.get(Activity, request.activity))
    missing = request.lacks_recognition(holder)
    if missing and not _may_wait(request, unit):
        against.append(request.no_recognition())
    if against:
        _decline(request, tuple(map(reason, against)), unit)
        return
    unit.put(Activity(id=request.activity, request_id=request.request_id))
    if missing:
        _wait_for_recognition(request, unit)
    else:
        _go_on(request, unit)


@handles(ScarceThingAnswered, key=by_enterprise)
def go_on_with_request(event: Event[ScarceThingAnswered], unit: Unit) -> None:
    """The owner of a scarce thing answered: the request goes on, stands in line, or notes why it cannot have it."""
    answer = event.data
    request = unit.need(Request, Request.id_of(answer.tax_code, answer.request_id))
    if answer.answer == "taken":
        _go_on(request.got(answer.thing, answer.amount), unit)
    elif answer.answer == "refused":
        _go_on(request.was_refused(answer.thing, answer.holder), unit)
    else:
        _queue(request, "budget" if kind_of(answer.thing) == "line" else "place", unit)


@handles(DayStarted, broadcast=True)
def end_what_is_overdue(event: Event[DayStarted], unit: Unit) -> None:
    """A day began: requests that waited too long for a recognition are declined, queues of fairs that are over sent home."""
    for due in (unit.get(DueRequests, DUE) or DueRequests(id=DUE)).requests:
        if unit.calendar.between(due.since, unit.today) > due.wait:
            request = unit.need(Request, due.id)
            _stop_waiting(request, unit)
            _decline(request, (reason(request.no_recognition()),), unit)
    for fair_id in (unit.get(CrowdedFairs, CROWDED) or CrowdedFairs(id=CROWDED)).fairs:
        if unit.need(Fair, fair_id).ends < unit.today:
            _send_home(fair_id, unit)


# -- a request, in the partition of its enterprise -----------------------------------------------------------------------


def _go_on(request: Request, unit: Unit) -> None:
    """Ask for the next scarce thing; grant when there is none left, decline when one was refused."""
    thing = request.next_thing
    if request.lost:
        _decline(request, request.reasons, unit)
    elif thing is None:
        _grant(request.decided(), unit)
    else:
        unit.put(request.but(state="asking", waits_for=None))
        unit.publish(request.ask(thing))


def _grant(request: Request, unit: Unit) -> None:
    unit.put(request)
    unit.publish(
        SupportGranted(
            **_facts(request),
            line_id=request.line_id,
            amount=request.granted,
            steps=request.steps,
            legal_text=request.version.legal_text,
        )
    )


def _decline(request: Request, reasons: tuple[Reason, ...], unit: Unit) -> None:
    """Decline with every reason; what it took is given back, and its activity can be asked for again."""
    for thing in reversed(request.taken):
        unit.publish(ScarceThingGivenBack(thing=thing, request_id=request.request_id, tax_code=request.tax_code))
    activity = unit.get(Activity, request.activity)
    if activity and activity.request_id == request.request_id:
        unit.remove(activity)
    unit.put(request.declined(reasons))
    unit.publish(SupportDeclined(**_facts(request), reasons=reasons))


def _queue(request: Request, waits_for: Literal["recognition", "place", "budget"], unit: Unit) -> None:
    """The request waits, and the enterprise is told for what."""
    request = request.but(state="queued", waits_for=waits_for)
    vi, en = request.waiting_text()
    unit.put(request)
    unit.publish(SupportQueued(**_facts(request), waits_for=waits_for, vi=vi, en=en))


def _facts(request: Request) -> dict[str, Any]:
    """What every event of a request carries."""
    return {
        "request_id": request.request_id,
        "tax_code": request.tax_code,
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
    due = unit.get(DueRequests, DUE) or DueRequests(id=DUE)
    entry = DueRequest(id=request.id, since=request.requested_on, wait=request.version.wait_business_days)
    unit.put(due.but(requests=(*due.requests, entry)))
    _queue(request, "recognition", unit)


def _stop_waiting(request: Request, unit: Unit) -> None:
    holder = _holder(request.tax_code, unit)
    unit.put(holder.but(waiting=tuple(id for id in holder.waiting if id != request.id)))
    unit.put(unit.need(DueRequests, DUE).without(request.id))


def _holder(tax_code: str, unit: Unit) -> Holder:
    return unit.get(Holder, tax_code) or Holder(id=tax_code)


# -- scarce things, each in the partition of its own key -----------------------------------------------------------------


@handles(BudgetAllocated, key=by_line)
def allocate_budget(event: Event[BudgetAllocated], unit: Unit) -> None:
    """Money was allocated to a line: it is added, and the queue is served in order."""
    _serve(_supply(by_line(event.data), unit).allocated(event.data), unit)


@handles(ScarceThingAsked)
def take_or_stand_in_line(event: Event[ScarceThingAsked], unit: Unit) -> None:
    """A request asks for a scarce thing: it takes it, stands in line, or is told who has it."""
    if kind_of(event.data.thing) == "evidence":
        _hold_evidence(event.data, unit)
    else:
        _join_queue(event.data, unit)


@handles(ScarceThingGivenBack)
def take_back(event: Event[ScarceThingGivenBack], unit: Unit) -> None:
    """A request gives back what it took, or leaves the queue: the next in line is served."""
    back = event.data
    if kind_of(back.thing) == "evidence":
        evidence = unit.get(CostEvidence, back.thing)
        if evidence and evidence.held_by(back.tax_code, back.request_id):
            unit.remove(evidence)
        return
    holding = unit.get(Holding, Holding.id_of(back.thing, back.tax_code, back.request_id))
    supply = _supply(back.thing, unit).given_back(back.tax_code, back.request_id, holding.amount if holding else 0)
    if holding:
        unit.remove(holding)
        if supply.kind == "line":
            unit.publish(BudgetReleased(request_id=back.request_id, amount=holding.amount, **_state(supply)))
    _serve(supply, unit)


def _hold_evidence(asked: ScarceThingAsked, unit: Unit) -> None:
    evidence, claim = unit.get(CostEvidence, asked.thing), _claim(asked, 1)
    if evidence is None:
        unit.put(CostEvidence(id=asked.thing, request_id=asked.request_id, tax_code=asked.tax_code))
        _answer(asked.thing, claim, "taken", unit)
    else:
        _answer(asked.thing, claim, "refused", unit, holder=evidence.request_id)


def _join_queue(asked: ScarceThingAsked, unit: Unit) -> None:
    """Stand in line; the first in line is served at once where there is enough."""
    before = _supply(asked.thing, unit)
    claim = _claim(asked, asked.amount if before.kind == "line" else 1)
    supply = before.joined(claim)
    if before.queue or supply.next_amount is None:
        _answer(asked.thing, claim, "queued", unit)
        if supply.kind == "place":
            _note_crowd(name_of(asked.thing), unit)
    if before.queue:
        unit.put(supply)
    else:
        _serve(supply, unit)


def _serve(supply: Supply, unit: Unit) -> None:
    """Serve the queue from its head until the head cannot be served; say so where money ran out."""
    while (amount := supply.next_amount) is not None:
        claim, supply = supply.queue[0], supply.served(amount)
        unit.put(Holding(id=Holding.id_of(supply.id, claim.tax_code, claim.request_id), amount=amount))
        money = amount if supply.kind == "line" else 0
        _answer(supply.id, claim, "taken", unit, amount=money)
        if supply.kind == "line":
            unit.publish(BudgetReserved(request_id=claim.request_id, amount=amount, **_state(supply)))
    if supply.queue and supply.kind == "line":
        head = supply.queue[0]
        unit.publish(BudgetExhausted(request_id=head.request_id, asked=head.amount, **_state(supply)))
    unit.put(supply)


def _supply(thing: str, unit: Unit) -> Supply:
    """The places of a fair, as many as were announced, or the money of a line, none before it is allocated."""
    if kind_of(thing) == "place":
        fair = unit.need(Fair, name_of(thing))
        return unit.get(Supply, thing) or Supply(id=thing, kind="place", total=fair.places)
    return unit.get(Supply, thing) or Supply(id=thing, kind="line")


def _state(supply: Supply) -> dict[str, Any]:
    """The state of a budget line, đồng."""
    return {"line_id": name_of(supply.id), "allocated": supply.total, "reserved": supply.taken, "available": supply.left}


def _claim(asked: ScarceThingAsked, amount: int) -> Claim:
    return Claim(request_id=asked.request_id, tax_code=asked.tax_code, amount=amount, part=asked.part)


def _answer(
    thing: str,
    claim: Claim,
    answer: Literal["taken", "queued", "refused"],
    unit: Unit,
    *,
    amount: int = 0,
    holder: str | None = None,
) -> None:
    unit.publish(
        ScarceThingAnswered(
            thing=thing, request_id=claim.request_id, tax_code=claim.tax_code, answer=answer, amount=amount, holder=holder
        )
    )


def _note_crowd(fair_id: str, unit: Unit) -> None:
    crowded = unit.get(CrowdedFairs, CROWDED) or CrowdedFairs(id=CROWDED)
    if fair_id not in crowded.fairs:
        unit.put(crowded.but(fairs=(*crowded.fairs, fair_id)))


def _send_home(fair_id: str, unit: Unit) -> None:
    """Refuse the queue of a fair that is over."""
    supply = _supply(place_thing(fair_id), unit)
    for claim in supply.queue:
        _answer(supply.id, claim, "refused", unit)
    unit.put(supply.but(queue=()))
    crowded = unit.need(CrowdedFairs, CROWDED)
    unit.put(crowded.but(fairs=tuple(f for f in crowded.fairs if f != fair_id)))
