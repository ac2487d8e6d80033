"""What a plan may be held against: indicators there are, in the unit each of them has."""

from shared.contracts.department import PlanIssued
from shared.errors import Refusal

from reporting.indicators.declared import INDICATORS


class UnknownIndicator(Refusal):
    slug = "unknown-indicator"
    vi = (
        "Kế hoạch {plan_id} đặt mục tiêu theo chỉ tiêu không có: {wrong}. Cả kế hoạch chưa được nhận; hãy gửi lại kế hoạch với "
        "mã sự kiện mới, mỗi mục tiêu theo một trong các chỉ tiêu: {known}."
    )
    en = (
        "Plan {plan_id} sets targets by indicators that do not exist: {wrong}. The whole plan is not taken in yet; send it again "
        "under a new event id, each target by one of these indicators: {known}."
    )


class TargetInOtherUnit(Refusal):
    slug = "target-in-other-unit"
    vi = (
        "Kế hoạch {plan_id} có mục tiêu sai đơn vị: {wrong}. Cả kế hoạch chưa được nhận; hãy đổi các mức sang đơn vị của chỉ "
        "tiêu rồi gửi lại kế hoạch với mã sự kiện mới."
    )
    en = (
        "Plan {plan_id} has targets in another unit than their indicator: {wrong}. The whole plan is not taken in yet; convert "
        "the bounds and send the plan again under a new event id."
    )


MOST_CLAUSE = 120  # characters of a clause in a refusal: enough to find it by, and what to do next is still read


def check_targets(said: PlanIssued) -> None:
    """Every target must be computable: one that is not would stand on the pages without a figure, as if a report were lacking."""
    unknown: dict[str, str] = {}
    other: dict[str, str] = {}
    for n, target in enumerate(said.targets):
        clause, indicator = target.clause[:MOST_CLAUSE], INDICATORS.get(target.indicator)
        if indicator is None:
            unknown[f"data.targets.{n}.indicator"] = f"{target.indicator} (“{clause}”)"
        elif target.unit not in (None, indicator.unit):
            other[f"data.targets.{n}.unit"] = f"{target.indicator}: {target.unit} → {indicator.unit} (“{clause}”)"
    facts = {"plan_id": said.plan_id, "wrong": "; ".join((unknown or other).values())}
    if unknown:
        raise UnknownIndicator(field=next(iter(unknown)), known=", ".join(INDICATORS), **facts)
    if other:
        raise TargetInOtherUnit(field=next(iter(other)), **facts)
