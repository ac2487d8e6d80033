"""Scarce things, each in the partition of its own key: evidence and places here, caps and money in modules of their own."""

from collections.abc import Callable
from typing import Any

from shared.contracts.base import Event
from shared.contracts.support import ScarceThingAsked, ScarceThingGivenBack
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from support.domain.scarce import CostEvidence, CrowdedFairs, Holding, Supply, kind_of, name_of, place_thing
from support.domain.schemes import Fair
from support.handlers.answers import answer, claim_of
from support.handlers.caps import ask_cap, give_back_cap
from support.handlers.lines import ask_money, give_back_money

# The index document of a partition.
CROWDED = "fairs"


@handles(ScarceThingAsked)
def take_or_stand_in_line(event: Event[ScarceThingAsked], unit: Unit) -> None:
    """A request asks for a scarce thing: it takes it, stands in line, or is told who has it."""
    ASKED[kind_of(event.data.thing)](event.data, unit)


@handles(ScarceThingGivenBack)
def take_back(event: Event[ScarceThingGivenBack], unit: Unit) -> None:
    """A request gives back what it took, or leaves the queue: the next in line is served."""
    GIVEN_BACK[kind_of(event.data.thing)](event.data, unit)


def hold_evidence(asked: ScarceThingAsked, unit: Unit) -> None:
    """A cost belongs to the first request that shows it."""
    evidence, claim = unit.get(CostEvidence, asked.thing), claim_of(asked, 1)
    if evidence is None:
        unit.put(CostEvidence(id=asked.thing, request_id=asked.request_id, tax_code=asked.tax_code))
        answer(asked.thing, claim, "taken", unit)
    else:
        answer(asked.thing, claim, "refused", unit, holder=evidence.request_id)


def let_evidence_go(back: ScarceThingGivenBack, unit: Unit) -> None:
    """A cost can be shown again, by whoever comes first."""
    evidence = unit.get(CostEvidence, back.thing)
    if evidence and evidence.held_by(back.tax_code, back.request_id):
        unit.remove(evidence)


def ask_place(asked: ScarceThingAsked, unit: Unit) -> None:
    """Stand in line; the first in line is served at once where there is a place."""
    before, claim = _places(asked.thing, unit), claim_of(asked, 1)
    supply = before.joined(claim)
    if before.queue or not supply.left:
        answer(asked.thing, claim, "queued", unit)
        _note_crowd(name_of(asked.thing), unit)
    if before.queue:
        unit.put(supply)
    else:
        _serve(supply, unit)


def give_back_place(back: ScarceThingGivenBack, unit: Unit) -> None:
    """A place is free again, or a request stands in line no more."""
    holding = unit.get(Holding, Holding.id_of(back.thing, back.tax_code, back.request_id))
    supply = _places(back.thing, unit).given_back(back.tax_code, back.request_id, 1 if holding else 0)
    if holding:
        unit.remove(holding)
    _serve(supply, unit)


def _serve(supply: Supply, unit: Unit) -> None:
    """Serve the queue from its head as long as there are places."""
    while supply.queue and supply.left:
        claim, supply = supply.queue[0], supply.served()
        unit.put(Holding(id=Holding.id_of(supply.id, claim.tax_code, claim.request_id)))
        answer(supply.id, claim, "taken", unit)
    unit.put(supply)


def _places(thing: str, unit: Unit) -> Supply:
    """The places of a fair, as many as were announced."""
    fair = unit.need(Fair, name_of(thing))
    return unit.get(Supply, thing) or Supply(id=thing, total=fair.places)


def _note_crowd(fair_id: str, unit: Unit) -> None:
    crowded = unit.get(CrowdedFairs, CROWDED) or CrowdedFairs(id=CROWDED)
    if fair_id not in crowded.fairs:
        unit.put(crowded.but(fairs=(*crowded.fairs, fair_id)))


def send_queues_home(unit: Unit) -> None:
    """The queues of fairs that are over are refused."""
    for fair_id in (unit.get(CrowdedFairs, CROWDED) or CrowdedFairs(id=CROWDED)).fairs:
        if unit.need(Fair, fair_id).ends < unit.today:
            _send_home(fair_id, unit)


def _send_home(fair_id: str, unit: Unit) -> None:
    """Refuse the queue of a fair that is over."""
    supply = _places(place_thing(fair_id), unit)
    for claim in supply.queue:
        answer(supply.id, claim, "refused", unit)
    unit.put(supply.but(queue=()))
    crowded = unit.need(CrowdedFairs, CROWDED)
    unit.put(crowded.but(fairs=tuple(f for f in crowded.fairs if f != fair_id)))


Owner = dict[str, Callable[[Any, Unit], None]]
ASKED: Owner = {"evidence": hold_evidence, "place": ask_place, "cap": ask_cap, "line": ask_money}
GIVEN_BACK: Owner = {"evidence": let_evidence_go, "place": give_back_place, "cap": give_back_cap, "line": give_back_money}
