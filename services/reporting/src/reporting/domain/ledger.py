"""The life of a grant as lines of a story: what each public event of support says of it, in words and in money.

The events come from several topics, in any order. Each is kept as a fact, and how a grant stands is made again from all its
facts in the order support published them, which gives the same in whatever order they came.
"""

from collections.abc import Callable, Iterable
from datetime import date as Date
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict
from shared.contracts.activities import OverlapResolved
from shared.contracts.applications import Reason
from shared.contracts.base import Data, Event
from shared.contracts.grants import (
    ClaimAnswered,
    GrantChangeAnswered,
    GrantMoney,
    GrantMoved,
    GrantState,
    PaymentAwaits,
    PaymentDropped,
    PaymentOrdered,
    RecoveryCompleted,
    RecoveryOrdered,
    SupportCancelled,
    SupportSettled,
)
from shared.contracts.support import SupportDeclined, SupportGranted, SupportQueued
from shared.contracts.support_activities import OverlapFound
from shared.messaging.document import Document
from shared.messaging.unit import HANOI

from shared import vietnamese

FactKind = Literal[
    "queued",
    "granted",
    "declined",
    "moved",
    "settled",
    "cancelled",
    "claim-answer",
    "change-answer",
    "recovery",
    "recovered",
    "payment-order",
    "awaits",
    "dropped",
    "overlap",
    "resolved",
]
DECISIONS: tuple[FactKind, ...] = ("queued", "granted", "declined")
OUTCOMES = {
    "cancelled": ("hủy phần chưa có lệnh chi", "what has no payment order yet is cancelled"),
    "reduced": ("giảm mức hỗ trợ", "the grant is reduced"),
    "recovered": ("thu hồi toàn bộ", "all of it is recovered"),
    "no-overlap": ("không trùng lắp", "no overlap"),
}


class Money(BaseModel):
    """The money of a grant after an event, đồng, as support says it (contracts.grants.GrantMoney)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    entitled: int = 0
    paying: int = 0
    paid: int = 0
    due_back: int = 0
    repaid: int = 0
    held: int = 0

    @classmethod
    def of(cls, said: GrantMoney) -> "Money":
        """What an event says."""
        return cls(**said.model_dump(include=set(cls.model_fields)))


class Fact(BaseModel):
    """One line of the story: what an event said, on which day, in words; where it says so, the state and the money after it.

    `sequence` is the publisher's own order of what it published of one enterprise; only support's events have a place by it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: FactKind
    event_id: str
    sequence: str | None
    time: datetime
    on: Date
    vi: str
    en: str
    action: str | None = None
    stage: GrantState | None = None
    money: Money | None = None
    overlap_id: str | None = None


class GrantNews(Document, collection="grant-news"):
    """What was said of a request before its first decision came, on another topic; id is the request's."""

    facts: tuple[Fact, ...] = ()


class Overlap(Document, collection="overlaps"):
    """Which request an overlap was found on; id is the overlap's."""

    request_id: str


def in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Facts in the order of their publisher; what was published elsewhere is put between them by time.

    Support's order is not that of time: finance may report late, and its own counter says what it knew when it said it. It
    counts in each of its partitions (the part of `sequence` before the dash), and a merger takes a grant to another one.
    """
    streams: dict[str, list[Fact]] = {}
    for one in facts:
        streams.setdefault((one.sequence or "~").partition("-")[0], []).append(one)
    for name, stream in streams.items():
        # "~" stands after every partition: of two facts of one time, support's comes first.
        stream.sort(key=lambda one: (one.time, one.event_id) if name == "~" else one.sequence or "", reverse=True)
    told: list[Fact] = []
    while heads := [(stream[-1].time, name) for name, stream in streams.items() if stream]:
        told.append(streams[min(heads)[1]].pop())
    return tuple(told)


def fact(event: Event[Any]) -> Fact:
    """What one event says of a request."""
    kind, tell = TOLD[type(event.data)]
    vi, en = tell(event.data)
    day = event.time.astimezone(HANOI).date()
    said = {name: getattr(event.data, field) for name, field in SAYS if hasattr(event.data, field)}
    if "money" in said:
        said["money"] = Money.of(said["money"])
    # Only support's own counter says what came first; the sequence of another publisher counts something else.
    sequence = None if kind == "resolved" else event.sequence
    common = {"kind": kind, "event_id": event.identity, "sequence": sequence, "time": event.time, "vi": vi, "en": en}
    return Fact.model_validate({"on": day, **said, **common})


# Fields of a fact, and the fields of events they are.
SAYS = (
    ("on", "on"),
    ("on", "ordered_on"),
    ("on", "resolved_on"),
    ("action", "action"),
    ("stage", "state"),
    ("money", "money"),
    ("overlap_id", "overlap_id"),
)
Words = tuple[str, str]


def _money(dong: int) -> Words:
    return vietnamese.money(dong), f"VND{vietnamese.NO_BREAK}{dong:,}"


def _reasons(reasons: Iterable[Reason]) -> Words:
    all_reasons = tuple(reasons)
    return " ".join(reason.vi for reason in all_reasons), " ".join(reason.en for reason in all_reasons)


def _granted(said: SupportGranted) -> Words:
    vi, en = _money(said.amount)
    return f"Được hỗ trợ {vi}, dòng ngân sách {said.line_id}.", f"{en} granted, from budget line {said.line_id}."


def _declined(said: SupportDeclined) -> Words:
    vi, en = _reasons(said.reasons)
    return f"Không được hỗ trợ: {vi}", f"Declined: {en}"


def _own_words(said: Any) -> Words:
    return said.vi, said.en


def _settled(said: SupportSettled) -> Words:
    (vi, en), (due_vi, due_en), (over_vi, over_en) = _money(said.settled), _money(said.due), _money(said.over)
    more_vi, more_en = (f"; đã chi vượt {over_vi}", f"; {over_en} was paid above it") if said.over else ("", "")
    return f"Quyết toán {vi}; còn phải chi {due_vi}{more_vi}.", f"Settled at {en}; {due_en} still to be paid{more_en}."


def _cancelled(said: SupportCancelled) -> Words:
    (vi, en), (paid_vi, paid_en) = _money(said.money.entitled), _money(said.money.paid)
    return (
        f"Kết thúc trước thời hạn: mức hỗ trợ còn {vi}, đã chi {paid_vi}. {said.reason.vi}",
        f"Ended before its time: the grant is {en} now, {paid_en} was paid. {said.reason.en}",
    )


def _claim(said: ClaimAnswered) -> Words:
    vi, en = _money(said.cost)
    if said.admitted:
        return f"Chi phí kê khai {said.claim_id}, {vi}, được tiếp nhận.", f"Claim {said.claim_id} of {en} is admitted."
    why_vi, why_en = _reasons(said.reasons)
    return (
        f"Kê khai {said.claim_id}, {vi}, không được tiếp nhận: {why_vi}",
        f"Claim {said.claim_id} of {en} is declined: {why_en}",
    )


def _change(said: GrantChangeAnswered) -> Words:
    return f"Đề nghị thay đổi {said.change_id}: {said.vi}", f"Change {said.change_id}: {said.en}"


def _recovery(said: RecoveryOrdered) -> Words:
    (vi, en), (left_vi, left_en) = _money(said.amount), _money(said.balance)
    return f"Phải thu hồi {vi}; tổng số còn phải thu {left_vi}.", f"{en} is to be recovered; {left_en} in all is still due."


def _recovered(said: RecoveryCompleted) -> Words:
    vi, en = _money(said.repaid)
    return f"Đã thu hồi đủ {vi}.", f"All of it, {en}, is recovered."


def _order(said: PaymentOrdered) -> Words:
    vi, en = _money(said.amount)
    kind_vi, kind_en = ("tạm ứng", "an advance of") if said.kind == "advance" else ("phần còn lại", "the rest,")
    by_vi, by_en = (f", {said.approved_by} duyệt", f", approved by {said.approved_by}") if said.approved_by else ("", "")
    return (
        f"Lệnh chi {said.order_id} gửi cơ quan tài chính: {kind_vi} {vi}; {said.requested_by} đề nghị{by_vi}.",
        f"Payment order {said.order_id} sent to finance: {kind_en} {en}; asked for by {said.requested_by}{by_en}.",
    )


def _dropped(said: PaymentDropped) -> Words:
    vi, en = _money(said.amount)
    return (
        f"Không ban hành lệnh chi {said.order_id}, {vi}. {said.vi}",
        f"Payment order {said.order_id} of {en} will not be issued. {said.en}",
    )


def _resolved(said: OverlapResolved) -> Words:
    vi, en = OUTCOMES[said.outcome]
    return (
        f"Sở Công Thương kết luận về trùng lắp {said.overlap_id}: {vi}. {said.reason}",
        f"The department decided on overlap {said.overlap_id}: {en}. {said.reason}",
    )


# What each event is in the story, and how it is told.
TOLD: dict[type[Data], tuple[FactKind, Callable[[Any], Words]]] = {
    SupportGranted: ("granted", _granted),
    SupportDeclined: ("declined", _declined),
    SupportQueued: ("queued", _own_words),
    GrantMoved: ("moved", _own_words),
    SupportSettled: ("settled", _settled),
    SupportCancelled: ("cancelled", _cancelled),
    ClaimAnswered: ("claim-answer", _claim),
    GrantChangeAnswered: ("change-answer", _change),
    RecoveryOrdered: ("recovery", _recovery),
    RecoveryCompleted: ("recovered", _recovered),
    PaymentOrdered: ("payment-order", _order),
    PaymentAwaits: ("awaits", _own_words),
    PaymentDropped: ("dropped", _dropped),
    OverlapFound: ("overlap", _own_words),
    OverlapResolved: ("resolved", _resolved),
}
