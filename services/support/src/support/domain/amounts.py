"""The arithmetic of an amount, each step told to a person in both languages. Money is whole đồng."""

from shared.contracts.department import SchemeIssued
from shared.contracts.support import AmountStep
from shared.vietnamese import number

ROUNDING = 1_000  # đồng; rate × cost is rounded down to it (domain, section 5)


def dong(amount: int, language: str) -> str:
    """150.000.000 đồng in Vietnamese, VND 150,000,000 in English."""
    return f"{number(amount)} đồng" if language == "vi" else f"VND {amount:,}"


def in_words(**amounts: int) -> dict[str, str]:
    """Amounts in đồng as a refusal's texts take them: `cost` becomes `cost_vi` and `cost_en`."""
    return {f"{name}_{language}": dong(amount, language) for name, amount in amounts.items() for language in ("vi", "en")}


def amount_steps(version: SchemeIssued, asked: int, cost: int) -> tuple[AmountStep, ...]:
    """What bounds the amount, in đồng: the sum asked, rate × eligible cost rounded down to 1,000 đồng, and the cap.

    `cost` is the sum of the evidence. The amount is the least of the steps.
    """
    steps = [
        AmountStep(
            rule="asked",
            amount=asked,
            vi=f"Số tiền đề nghị: {dong(asked, 'vi')}.",
            en=f"Asked for: {dong(asked, 'en')}.",
        ),
        _rate_step(version.rate_percent or 0, cost),
    ]
    if version.cap is not None:
        steps.append(
            AmountStep(
                rule="cap",
                amount=version.cap,
                vi=f"Mức tối đa cho một hoạt động của một doanh nghiệp: {dong(version.cap, 'vi')}.",
                en=f"Most for one activity of one enterprise: {dong(version.cap, 'en')}.",
            )
        )
    return tuple(steps)


def _rate_step(percent: int, cost: int) -> AmountStep:
    share = cost * percent // 100
    amount = share // ROUNDING * ROUNDING
    return AmountStep(
        rule="rate",
        amount=amount,
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
