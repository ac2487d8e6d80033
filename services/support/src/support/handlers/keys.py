"""Where an event goes inside the service."""

from typing import Any

from shared.contracts.finance import BudgetAllocated, BudgetCarriedOver, BudgetChanged, BudgetTransferred
from shared.contracts.grants import GrantAct

from support.domain.enterprises import enterprise_of
from support.domain.scarce import line_thing, place_thing


def by_enterprise(data: Any) -> str:
    """The key of an event about an enterprise, whichever of its branches it names."""
    return enterprise_of(data.tax_code)


def by_grant(data: GrantAct) -> str:
    """The key of an event about a grant: its enterprise."""
    return data.grant_id.partition("/")[0]


def by_line(data: BudgetAllocated | BudgetChanged | BudgetCarriedOver) -> str:
    """The key of a budget line: where its money is decided."""
    return line_thing(data.line_id)


def by_sending_line(data: BudgetTransferred) -> str:
    """The key of the line money leaves: whether it can is decided there."""
    return line_thing(data.from_line)


def by_place(data: Any) -> str:
    """The key of an activity: where its places are given."""
    return place_thing(data.activity_id)
