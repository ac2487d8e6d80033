"""Where an event goes inside the service."""

from typing import Any

from shared.contracts.finance import BudgetAllocated

from support.domain.enterprises import enterprise_of
from support.domain.scarce import line_thing, place_thing


def by_enterprise(data: Any) -> str:
    """The key of an event about an enterprise, whichever of its branches it names."""
    return enterprise_of(data.tax_code)


def by_line(data: BudgetAllocated) -> str:
    """The key of a budget line: where its money is decided."""
    return line_thing(data.line_id)


def by_place(data: Any) -> str:
    """The key of an activity: where its places are given."""
    return place_thing(data.activity_id)
