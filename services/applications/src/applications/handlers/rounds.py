"""Rounds and the versions of the eligibility rules: every partition keeps a copy."""

from shared.contracts.base import Event
from shared.contracts.department import EligibilityRulesIssued, RoundExtended, RoundOpened
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from applications.domain.round import (
    EligibilityRules,
    OpenRounds,
    PassedClose,
    Round,
    RoundAlreadyOpened,
    RulesAlreadyIssued,
)

# The index document of a partition.
OPEN = "open"


@handles(EligibilityRulesIssued, broadcast=True)
def keep_rules(event: Event[EligibilityRulesIssued], unit: Unit) -> None:
    """A version of the rules was issued: every partition keeps a copy, which never changes."""
    rules = EligibilityRules.of(event.data)
    known = unit.get(EligibilityRules, rules.id)
    if known is None:
        unit.put(rules)
    elif known != rules:
        raise RulesAlreadyIssued(field="rules_id", rules_id=rules.id)


@handles(RoundOpened, broadcast=True)
def keep_round(event: Event[RoundOpened], unit: Unit) -> None:
    """A round opened: every partition keeps a copy; only its close can be moved."""
    round_ = Round.of(event.data)
    known = unit.get(Round, round_.id)
    if known is None:
        unit.put(round_)
        open_rounds = _open_rounds(unit)
        unit.put(open_rounds.but(rounds=(*open_rounds.rounds, round_.id)))
        close_rounds(unit)
    elif known.as_opened() != round_:
        raise RoundAlreadyOpened(field="round_id", round_id=round_.id)


@handles(RoundExtended, broadcast=True)
def extend_round(event: Event[RoundExtended], unit: Unit) -> None:
    """An open round receives dossiers longer: what comes by the new close counts, also what is here already."""
    before = unit.need(Round, event.data.round_id)
    round_ = before.extended(event.data, unit.today)
    if round_ != before:
        unit.put(round_)
        unit.put(PassedClose(id=before.close))


def close_rounds(unit: Unit) -> None:
    """Note the rounds whose last day is over: what came too late for them is answered now."""
    open_rounds = _open_rounds(unit)
    rounds = unit.need_all(Round, open_rounds.rounds)
    for round_ in rounds:
        if round_.closes < unit.today:
            unit.put(PassedClose(id=round_.close))
    still_open = tuple(round_.id for round_ in rounds if round_.closes >= unit.today)
    if still_open != open_rounds.rounds:
        unit.put(open_rounds.but(rounds=still_open))


def _open_rounds(unit: Unit) -> OpenRounds:
    return unit.get(OpenRounds, OPEN) or OpenRounds(id=OPEN)
