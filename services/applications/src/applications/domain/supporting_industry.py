"""Supporting industries (CNHT): who is listed, by what the department confirmed and struck off."""

from datetime import date

from shared.contracts.enterprise_log import Facts
from shared.contracts.registers import SupportingIndustryConfirmed


def standing(facts: Facts) -> tuple[SupportingIndustryConfirmed, ...]:
    """The confirmations that count: those not struck off on their day or later, under their code or one it had gone on under."""
    return tuple(
        said
        for said in facts.confirmations
        if not any(
            removal.removed_on >= said.confirmed_on and _was(said.tax_code, removal.tax_code, removal.removed_on, facts)
            for removal in facts.removals
        )
    )


def _was(code: str, other: str, day: date, facts: Facts) -> bool:
    """Whether the enterprise of a code was known under the other on a day."""
    while code != other:
        former = next((f for f in facts.former_codes if f.tax_code == code and f.merged_on <= day), None)
        if former is None:
            return False
        code = former.into
    return True
