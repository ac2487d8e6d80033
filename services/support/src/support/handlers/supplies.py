"""Scarce things, each in the partition of its own key: evidence here; places, caps and money in modules of their own."""

from collections.abc import Callable
from typing import Any

from shared.contracts.base import Event
from shared.contracts.support import ScarceThingAsked, ScarceThingGivenBack
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from support.domain.reports import ReportedCost
from support.domain.scarce import Claim, CostEvidence, kind_of
from support.handlers.answers import answer
from support.handlers.caps import ask_cap, give_back_cap
from support.handlers.lines import ask_money, give_back_money
from support.handlers.places import ask_for_place, take_place_back


@handles(ScarceThingAsked)
def take_or_stand_in_line(event: Event[ScarceThingAsked], unit: Unit) -> None:
    """A request asks for a scarce thing: it takes it, stands in line, or is told who has it."""
    ASKED[kind_of(event.data.thing)](event.data, unit)


@handles(ScarceThingGivenBack)
def take_back(event: Event[ScarceThingGivenBack], unit: Unit) -> None:
    """A request gives back what it took, or leaves the queue: the next in line is served."""
    GIVEN_BACK[kind_of(event.data.thing)](event.data, unit)


def hold_evidence(asked: ScarceThingAsked, unit: Unit) -> None:
    """A cost belongs to the first request that shows it, unless an agency reported that it supports it."""
    evidence, claim = unit.get(CostEvidence, asked.thing), Claim.of(asked)
    if reported := unit.get(ReportedCost, asked.thing):
        answer(asked.thing, claim, "refused", unit, holder=reported.report_id, agency=reported.agency)
    elif evidence is None:
        unit.put(CostEvidence(id=asked.thing, request_id=asked.request_id, tax_code=asked.tax_code))
        answer(asked.thing, claim, "taken", unit)
    else:
        answer(asked.thing, claim, "refused", unit, holder=evidence.request_id)


def let_evidence_go(back: ScarceThingGivenBack, unit: Unit) -> None:
    """A cost can be shown again, by whoever comes first."""
    evidence = unit.get(CostEvidence, back.thing)
    if evidence and evidence.held_by(back.tax_code, back.request_id):
        unit.remove(evidence)


Owner = dict[str, Callable[[Any, Unit], None]]
ASKED: Owner = {"evidence": hold_evidence, "place": ask_for_place, "cap": ask_cap, "line": ask_money}
GIVEN_BACK: Owner = {"evidence": let_evidence_go, "place": take_place_back, "cap": give_back_cap, "line": give_back_money}
