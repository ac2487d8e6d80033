"""Rounds and the versions of the eligibility rules: reference data, a copy of which lies in every partition."""

from shared.contracts.base import Event
from shared.contracts.department import EligibilityRulesIssued, RoundOpened
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from applications.domain.round import EligibilityRules, Round, RoundAlreadyOpened, RulesAlreadyIssued


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
    """A round opened: every partition keeps a copy, which never changes."""
    round_ = Round.of(event.data)
    known = unit.get(Round, round_.id)
    if known is None:
        unit.put(round_)
    elif known != round_:
        raise RoundAlreadyOpened(field="round_id", round_id=round_.id)
