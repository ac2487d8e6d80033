"""The arithmetic of an amount, each step told to a person in both languages. Money is whole đồng."""

from collections.abc import Sequence
from typing import NamedTuple

from shared.contracts.department import SchemeIssued
from shared.contracts.portal import Evidence, SupportRequested
from shared.contracts.support import AmountStep
from shared.vietnamese import number

ROUNDING = 1_000  # đồng; rate × cost is rounded down to it (domain, section 5)


def dong(amount: int, language: str) -> str:
    """150.000.000 đồng in Vietnamese, VND 150,000,000 in English."""
    return f"{number(amount)} đồng" if language == "vi" else f"VND {amount:,}"


def in_words(**amounts: int) -> dict[str, str]:
    """Amounts in đồng as a refusal's texts take them: `cost` becomes `cost_vi` and `cost_en`."""
    return {f"{name}_{language}": dong(amount, language) for name, amount in amounts.items() for language in ("vi", "en")}


def in_brackets(clause: str | None) -> str:
    """The clause a sentence rests on, as it stands at its end; nothing where the scheme names none."""
    return f" ({clause})" if clause else ""


class Amount(NamedTuple):
    """What a request comes to by the rules, đồng, and the steps that lead there."""

    wanted: int
    steps: tuple[AmountStep, ...]


def amount_of(version: SchemeIssued, asked: SupportRequested, caps: Sequence[AmountStep] = ()) -> Amount:
    """The least of what was asked, rate × eligible cost rounded down to 1,000 đồng, and the caps, each as a step of its own.

    A cost of a kind the scheme does not pay for is shown, and left out. What is left of the line comes later, from its owner.
    """
    known = {item.code: item for item in version.eligible_items}
    left_out = [evidence for evidence in asked.evidence if known and evidence.item not in known]
    cost = sum(e.amount for e in asked.evidence) - sum(e.amount for e in left_out)
    bounds = (_asked_step(asked.asked), _rate_step(version, cost), *caps)
    paid_for = "; ".join(dict.fromkeys(item.clause for item in known.values() if item.clause)) or None
    shown = (bounds[0], *(_left_out_step(evidence, paid_for) for evidence in left_out), *bounds[1:])
    return Amount(min(step.amount for step in bounds), shown)


def _asked_step(asked: int) -> AmountStep:
    return AmountStep(
        rule="asked",
        amount=asked,
        vi=f"Số tiền đề nghị: {dong(asked, 'vi')}.",
        en=f"Asked for: {dong(asked, 'en')}.",
    )


def _left_out_step(evidence: Evidence, paid_for: str | None) -> AmountStep:
    """`amount` is the cost that is left out; `paid_for`, the clauses that say what is not."""
    kind = f" ({evidence.item})" if evidence.item else ""
    return AmountStep(
        rule="not-eligible",
        amount=evidence.amount,
        clause=paid_for,
        vi=f"Hóa đơn {evidence.id}{kind} không thuộc khoản chi được hỗ trợ, không tính {dong(evidence.amount, 'vi')}.",
        en=f"Invoice {evidence.id}{kind} is no cost the scheme pays for, {dong(evidence.amount, 'en')} is left out.",
    )


def _rate_step(version: SchemeIssued, cost: int) -> AmountStep:
    percent = version.rate_percent or 0
    share = cost * percent // 100
    amount = share // ROUNDING * ROUNDING
    return AmountStep(
        rule="rate",
        amount=amount,
        clause=version.rate_clause,
        vi=f"{percent} % × {dong(cost, 'vi')} chi phí hợp lệ, làm tròn xuống nghìn đồng: {dong(amount, 'vi')}.",
        en=f"{percent}% × {dong(cost, 'en')} of eligible cost, rounded down to a thousand: {dong(amount, 'en')}.",
    )


def budget_step(line_id: str, wanted: int, given: int) -> AmountStep:
    """What the budget line gave, in đồng: all that was wanted, or what was left of it."""
    if given == wanted:
        vi = f"Mức thấp nhất là {dong(wanted, 'vi')}; dòng ngân sách {line_id} chi đủ."
        en = f"The least is {dong(wanted, 'en')}; budget line {line_id} pays it in full."
    else:
        vi = (
            f"Mức thấp nhất là {dong(wanted, 'vi')}; dòng ngân sách {line_id} chỉ còn {dong(given, 'vi')}, "
            "chính sách cho phép hỗ trợ một phần."
        )
        en = (
            f"The least is {dong(wanted, 'en')}; budget line {line_id} had {dong(given, 'en')} left and the scheme allows a part."
        )
    return AmountStep(rule="budget", amount=given, vi=vi, en=en)
