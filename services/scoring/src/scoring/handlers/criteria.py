"""Criteria sets: every partition keeps a copy of each, and a round finds those it pinned."""

from shared.contracts.base import Event
from shared.contracts.department import CriteriaIssued
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from scoring.domain.criteria import CriteriaAlreadyIssued, CriteriaSet, RoundCriteria
from scoring.domain.round import Round


@handles(CriteriaIssued, broadcast=True)
def keep_criteria(event: Event[CriteriaIssued], unit: Unit) -> None:
    """A criteria set was issued: every partition keeps a copy, which never changes."""
    criteria = CriteriaSet.of(event.data)
    known = unit.get(CriteriaSet, criteria.id)
    if known is None:
        unit.put(criteria)
    elif known != criteria:
        raise CriteriaAlreadyIssued(field="criteria_id", criteria_id=criteria.id)


def pinned(round_: Round, unit: Unit) -> RoundCriteria:
    """The criteria sets of a round; what asks for them waits until all are here. Raises CriteriaOfAnotherIndustry."""
    default, *others = unit.need_all(CriteriaSet, (round_.criteria_id, *round_.criteria_by_industry.values()))
    criteria = RoundCriteria(default, dict(zip(round_.criteria_by_industry, others, strict=True)))
    criteria.check(round_.id)
    return criteria
