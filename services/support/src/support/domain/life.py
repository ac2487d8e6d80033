"""The life of a grant: its states, every step from one to another in one table, and the words for them."""

from collections.abc import Mapping
from datetime import date

from pydantic import BaseModel, ConfigDict
from shared.contracts.grants import GrantAction, GrantState
from shared.errors import Refusal

TRANSITIONS: tuple[tuple[GrantState, GrantAction, GrantState], ...] = (
    ("granted", "agree", "agreed"),
    ("granted", "reduce", "granted"),
    ("granted", "move", "granted"),
    ("granted", "cancel", "cancelled"),
    ("granted", "withdraw", "withdrawn"),
    ("agreed", "order", "advanced"),
    ("agreed", "claim", "claimed"),
    ("agreed", "delay", "agreed"),
    ("agreed", "reduce", "agreed"),
    ("agreed", "move", "agreed"),
    ("agreed", "cancel", "cancelled"),
    ("agreed", "withdraw", "withdrawn"),
    ("advanced", "order", "advanced"),
    ("advanced", "pay", "advanced"),
    ("advanced", "return", "advanced"),
    ("advanced", "claim", "claimed"),
    ("advanced", "delay", "advanced"),
    ("advanced", "reduce", "advanced"),
    ("advanced", "move", "advanced"),
    ("advanced", "repay", "advanced"),
    ("advanced", "cancel", "cancelled"),
    ("advanced", "withdraw", "withdrawn"),
    ("claimed", "order", "claimed"),
    ("claimed", "pay", "claimed"),
    ("claimed", "return", "claimed"),
    ("claimed", "claim", "claimed"),
    ("claimed", "accept", "accepted"),
    ("claimed", "delay", "claimed"),
    ("claimed", "reduce", "claimed"),
    ("claimed", "move", "claimed"),
    ("claimed", "repay", "claimed"),
    ("claimed", "cancel", "cancelled"),
    ("claimed", "withdraw", "withdrawn"),
    ("accepted", "order", "accepted"),
    ("accepted", "pay", "accepted"),
    ("accepted", "return", "accepted"),
    ("accepted", "settle", "settled"),
    ("accepted", "repay", "accepted"),
    ("accepted", "cancel", "cancelled"),
    ("settled", "pass", "checked"),
    ("settled", "fail", "failed"),
    ("settled", "repay", "settled"),
    ("checked", "fail", "failed"),
    ("checked", "repay", "checked"),
    ("failed", "repay", "failed"),
    ("cancelled", "pay", "cancelled"),
    ("cancelled", "return", "cancelled"),
    ("cancelled", "fail", "failed"),
    ("cancelled", "repay", "cancelled"),
    ("withdrawn", "pay", "withdrawn"),
    ("withdrawn", "return", "withdrawn"),
    ("withdrawn", "repay", "withdrawn"),
    ("granted", "resolve", "granted"),
    ("agreed", "resolve", "agreed"),
    ("advanced", "resolve", "advanced"),
    ("claimed", "resolve", "claimed"),
    ("accepted", "resolve", "accepted"),
    ("settled", "resolve", "settled"),
    ("checked", "resolve", "checked"),
    ("failed", "resolve", "failed"),
    ("cancelled", "resolve", "cancelled"),
    ("withdrawn", "resolve", "withdrawn"),
)
"""Every step there is: from a state, by an action, to a state."""

NEXT = {(before, action): after for before, action, after in TRANSITIONS}

STATES: dict[GrantState, tuple[str, str]] = {
    "granted": ("đã quyết định, chưa ký hợp đồng", "granted, no agreement yet"),
    "agreed": ("đã ký hợp đồng", "agreed"),
    "advanced": ("đã cho tạm ứng", "advance ordered"),
    "claimed": ("đã kê khai chi phí", "costs claimed"),
    "accepted": ("đã nghiệm thu", "accepted"),
    "settled": ("đã quyết toán", "settled"),
    "checked": ("đã hậu kiểm đạt", "checked afterwards and passed"),
    "failed": ("hậu kiểm không đạt", "checked afterwards and failed"),
    "cancelled": ("đã hủy", "cancelled"),
    "withdrawn": ("doanh nghiệp đã rút", "withdrawn"),
}

ACTIONS: dict[GrantAction, tuple[str, str]] = {
    "agree": ("ký hợp đồng", "an agreement"),
    "order": ("đề nghị chi", "a payment request"),
    "pay": ("ghi nhận đã chi", "a payment made"),
    "return": ("ghi nhận chi không thành", "a payment failed"),
    "claim": ("kê khai chi phí", "a claim"),
    "accept": ("nghiệm thu", "acceptance"),
    "settle": ("quyết toán", "settlement"),
    "pass": ("hậu kiểm đạt", "a post-check passed"),
    "fail": ("hậu kiểm không đạt", "a post-check failed"),
    "delay": ("gia hạn", "a delay"),
    "reduce": ("thu hẹp quy mô", "a smaller scope"),
    "move": ("đổi hội chợ", "another fair"),
    "cancel": ("hủy", "cancelling"),
    "withdraw": ("rút", "withdrawal"),
    "resolve": ("giải quyết trùng lắp", "resolving an overlap"),
    "repay": ("hoàn trả", "a repayment"),
}

# What the history says of each step; the facts of the step fill it in.
TOLD: dict[GrantAction, tuple[str, str]] = {
    "agree": (
        "Ký hợp đồng {agreement}; chi phí hợp lệ {cost_vi}, hạn kê khai {finish_by:%d/%m/%Y}.",
        "Agreement {agreement} signed; eligible cost {cost_en}, claims until {finish_by}.",
    ),
    "order": ("{by} đề nghị chi {amount_vi}, lệnh {order_id}.", "{by} asked that {amount_en} be paid, order {order_id}."),
    "pay": ("Đã chi {amount_vi}, lệnh {order_id}.", "Paid {amount_en}, order {order_id}."),
    "return": (
        "Lệnh {order_id}, {amount_vi}, chi không thành: {reason}",
        "Order {order_id}, {amount_en}, could not be paid: {reason}",
    ),
    "claim": ("Nhận kê khai {claim_id}: {cost_vi}.", "Claim {claim_id} admitted: {cost_en}."),
    "accept": (
        "Nghiệm thu theo biên bản {record}: {cost_vi} được chấp nhận, quyết toán {settled_vi}.",
        "Accepted by record {record}: {cost_en} accepted, settled at {settled_en}.",
    ),
    "settle": ("Đã chi đủ mức quyết toán {settled_vi}.", "All of the settlement, {settled_en}, is paid."),
    "pass": ("Hậu kiểm đạt: {reason}", "Checked afterwards and passed: {reason}"),
    "fail": (
        "Hậu kiểm không đạt, phải thu hồi {amount_vi}: {reason}",
        "Checked afterwards and failed, {amount_en} to be paid back: {reason}",
    ),
    "delay": ("Gia hạn kê khai đến {finish_by:%d/%m/%Y}.", "Claims may be filed until {finish_by} now."),
    "reduce": (
        "Thu hẹp quy mô còn {cost_vi} chi phí hợp lệ; mức hỗ trợ còn {entitled_vi}.",
        "Scope reduced to an eligible cost of {cost_en}; the grant is {entitled_en} now.",
    ),
    "move": ("Đổi từ hội chợ {before} sang {after}.", "Moved from fair {before} to {after}."),
    "cancel": ("Hủy: {reason_vi}", "Cancelled: {reason_en}"),
    "withdraw": ("Doanh nghiệp rút: {reason}", "Withdrawn by the enterprise: {reason}"),
    "resolve": (
        "Giải quyết trùng lắp {overlap_id}: mức hỗ trợ còn {entitled_vi}.",
        "Overlap {overlap_id} resolved: the grant is {entitled_en} now.",
    ),
    "repay": ("Hoàn trả {amount_vi}, chứng từ {receipt_id}.", "Paid back {amount_en}, receipt {receipt_id}."),
}


class NotInThisState(Refusal):
    slug = "not-in-this-state"
    vi = "Khoản hỗ trợ {grant_id} đang ở trạng thái “{state_vi}” nên không nhận việc {action_vi}; lúc này có thể: {possible_vi}."
    en = "Grant {grant_id} is in the state “{state_en}”, which does not allow {action_en}; possible now: {possible_en}."


class DateOutside(Refusal):
    slug = "date-outside"
    vi = "Khoản hỗ trợ {grant_id}: ngày {day:%d/%m/%Y} nằm ngoài thời hạn {span_vi}; hãy kiểm tra ngày rồi gửi lại với id mới."
    en = "Grant {grant_id}: {day} lies outside the time {span_en}; check the date, then send it again under a new id."


class Step(BaseModel):
    """One step in the history of a grant."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    action: GrantAction
    before: GrantState
    state: GrantState
    on: date
    vi: str
    en: str


def step(grant_id: str, state: GrantState, action: GrantAction, on: date, facts: Mapping[str, object]) -> Step:
    """The step an action makes; raises NotInThisState, which says what is possible."""
    check(grant_id, state, action)
    vi, en = (text.format(**facts) for text in TOLD[action])
    return Step(action=action, before=state, state=NEXT[state, action], on=on, vi=vi, en=en)


def check(grant_id: str, state: GrantState, action: GrantAction) -> None:
    """Raise NotInThisState where the table has no such step."""
    if (state, action) not in NEXT:
        possible = [ACTIONS[a] for s, a in NEXT if s == state]
        raise NotInThisState(
            grant_id=grant_id,
            state_vi=STATES[state][0],
            state_en=STATES[state][1],
            action_vi=ACTIONS[action][0],
            action_en=ACTIONS[action][1],
            possible_vi=", ".join(vi for vi, _ in possible),
            possible_en=", ".join(en for _, en in possible),
        )


def check_day(grant_id: str, field: str, day: date, *, first: date, last: date | None = None) -> None:
    """Raise DateOutside where the day lies before the first, or after the last."""
    if first <= day and (last is None or day <= last):
        return
    span_vi, span_en = f"từ {first:%d/%m/%Y}", f"from {first}"
    if last is not None:
        span_vi, span_en = f"{span_vi} đến {last:%d/%m/%Y}", f"{span_en} to {last}"
    raise DateOutside(field=field, grant_id=grant_id, day=day, span_vi=span_vi, span_en=span_en)
