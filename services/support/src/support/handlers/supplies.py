"""Scarce things, each in the partition of its own key: evidence and money here, places in a module of their own."""

from typing import Any, Literal

from shared.contracts.base import Event
from shared.contracts.finance import BudgetAllocated
from shared.contracts.support import (
    BudgetExhausted,
    BudgetReleased,
    BudgetReserved,
    ScarceThingAnswered,
    ScarceThingAsked,
    ScarceThingGivenBack,
)
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from support.domain.reports import ReportedCost
from support.domain.scarce import Claim, CostEvidence, Holding, Supply, kind_of, name_of
from support.handlers.keys import by_line
from support.handlers.places import ask_for_place, take_place_back


@handles(BudgetAllocated, key=by_line)
def allocate_budget(event: Event[BudgetAllocated], unit: Unit) -> None:
    """Money was allocated to a line: it is added, and the queue is served in order."""
    _serve(_supply(by_line(event.data), unit).allocated(event.data), unit)


@handles(ScarceThingAsked)
def take_or_stand_in_line(event: Event[ScarceThingAsked], unit: Unit) -> None:
    """A request asks for a scarce thing: it takes it, stands in line, or is told who has it."""
    if kind_of(event.data.thing) == "evidence":
        _hold_evidence(event.data, unit)
    elif kind_of(event.data.thing) == "place":
        ask_for_place(event.data, unit)
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
    if kind_of(back.thing) == "place":
        take_place_back(back, unit)
        return
    holding = unit.get(Holding, Holding.id_of(back.thing, back.tax_code, back.request_id))
    supply = _supply(back.thing, unit).given_back(back.tax_code, back.request_id, holding.amount if holding else 0)
    if holding:
        unit.remove(holding)
        unit.publish(BudgetReleased(request_id=back.request_id, amount=holding.amount, **_state(supply)))
    _serve(supply, unit)


def _hold_evidence(asked: ScarceThingAsked, unit: Unit) -> None:
    evidence, claim = unit.get(CostEvidence, asked.thing), _claim(asked)
    if reported := unit.get(ReportedCost, asked.thing):
        _answer(asked.thing, claim, "refused", unit, holder=reported.report_id, agency=reported.agency)
    elif evidence is None:
        unit.put(CostEvidence(id=asked.thing, request_id=asked.request_id, tax_code=asked.tax_code))
        _answer(asked.thing, claim, "taken", unit)
    else:
        _answer(asked.thing, claim, "refused", unit, holder=evidence.request_id)


def _join_queue(asked: ScarceThingAsked, unit: Unit) -> None:
    """Stand in line; the first in line is served at once where there is enough."""
    before = _supply(asked.thing, unit)
    claim = _claim(asked)
    supply = before.joined(claim)
    if before.queue or supply.next_amount is None:
        _answer(asked.thing, claim, "queued", unit)
    if before.queue:
        unit.put(supply)
    else:
        _serve(supply, unit)


def _serve(supply: Supply, unit: Unit) -> None:
    """Serve the queue from its head until the head cannot be served; say so where money ran out."""
    while (amount := supply.next_amount) is not None:
        claim, supply = supply.queue[0], supply.served(amount)
        unit.put(Holding(id=Holding.id_of(supply.id, claim.tax_code, claim.request_id), amount=amount))
        _answer(supply.id, claim, "taken", unit, amount=amount)
        unit.publish(BudgetReserved(request_id=claim.request_id, amount=amount, **_state(supply)))
    if supply.queue:
        head = supply.queue[0]
        unit.publish(BudgetExhausted(request_id=head.request_id, asked=head.amount, **_state(supply)))
    unit.put(supply)


def _supply(thing: str, unit: Unit) -> Supply:
    """The money of a line, none before it is allocated."""
    return unit.get(Supply, thing) or Supply(id=thing)


def _state(supply: Supply) -> dict[str, Any]:
    """The state of a budget line, đồng."""
    return {"line_id": name_of(supply.id), "allocated": supply.total, "reserved": supply.taken, "available": supply.left}


def _claim(asked: ScarceThingAsked) -> Claim:
    return Claim(request_id=asked.request_id, tax_code=asked.tax_code, amount=asked.amount, part=asked.part)


def _answer(
    thing: str,
    claim: Claim,
    answer: Literal["taken", "queued", "refused"],
    unit: Unit,
    *,
    amount: int = 0,
    holder: str | None = None,
    agency: str | None = None,
) -> None:
    who = {"request_id": claim.request_id, "tax_code": claim.tax_code, "holder": holder, "agency": agency}
    unit.publish(ScarceThingAnswered(thing=thing, answer=answer, amount=amount, **who))
