"""Payments of a grant: asked for by one person, approved by another where they are large, ordered, answered by finance."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict
from shared.errors import Refusal

from support.domain.amounts import in_words

OrderState = Literal["awaiting-approval", "held", "ordered", "paid", "failed", "dropped"]


class OrderIdTaken(Refusal):
    slug = "order-id-taken"
    vi = "Khoản hỗ trợ {grant_id} đã có lệnh chi {order_id} với số tiền {known_vi}; hãy gửi đề nghị chi này với số lệnh mới."
    en = "Grant {grant_id} already has payment order {order_id} of {known_en}; ask for this payment under a new order number."


class PaymentAboveDue(Refusal):
    slug = "payment-above-due"
    vi = (
        "Khoản hỗ trợ {grant_id} lúc này chỉ có thể chi thêm {payable_vi}, ít hơn {amount_vi} của lệnh {order_id} "
        "(trước nghiệm thu: tạm ứng tối đa {percent} %{clause}); hãy đề nghị không quá số đó."
    )
    en = (
        "Of grant {grant_id} no more than {payable_en} can be paid now, less than the {amount_en} of order {order_id} "
        "(before acceptance at most {percent}% is advanced{clause}); ask for no more than that."
    )


class DutiesNotSeparated(Refusal):
    slug = "duties-not-separated"
    vi = (
        "{person} đã {did_vi} của khoản hỗ trợ {grant_id} nên không được {does_vi}; "
        "hãy để người khác thực hiện rồi gửi lại với id mới."
    )
    en = (
        "{person} has {did_en} of grant {grant_id} and may not be the one {does_en}; "
        "have another person do it and send it again under a new id."
    )


class OrderUnknown(Refusal):
    slug = "order-unknown"
    vi = "Khoản hỗ trợ {grant_id} không có lệnh chi {order_id}; hãy kiểm tra số lệnh (xem /grants/{grant_id}/payments)."
    en = "Grant {grant_id} has no payment order {order_id}; check its number (see /grants/{grant_id}/payments)."


class ApprovalNotAwaited(Refusal):
    slug = "approval-not-awaited"
    vi = "Lệnh chi {order_id} của khoản hỗ trợ {grant_id} không chờ phê duyệt lần hai (đang: {state}); không cần gửi gì thêm."
    en = "Payment order {order_id} of grant {grant_id} awaits no second approval (it is: {state}); nothing more has to be sent."


class PaymentTwice(Refusal):
    slug = "payment-twice"
    vi = (
        "Lệnh chi {order_id} của khoản hỗ trợ {grant_id}, {amount_vi}, đã có trả lời ({state}); "
        "nếu tiền đã chi hai lần, hãy thu lại khoản chi thừa."
    )
    en = (
        "Payment order {order_id} of grant {grant_id}, {amount_en}, was answered before ({state}); "
        "if the money went out twice, take the second payment back."
    )


class PaymentNotOrdered(Refusal):
    slug = "payment-not-ordered"
    vi = "Lệnh chi {order_id} của khoản hỗ trợ {grant_id} chưa được phát hành ({state}), không được chi; hãy thu lại {amount_vi}."
    en = "Payment order {order_id} of grant {grant_id} was not issued ({state}) and may not be paid; take {amount_en} back."


class PaymentOtherAmount(Refusal):
    slug = "payment-other-amount"
    vi = "Lệnh chi {order_id} của khoản hỗ trợ {grant_id} là {ordered_vi}, không phải {paid_vi}; hãy đối chiếu rồi báo lại."
    en = "Payment order {order_id} of grant {grant_id} is {ordered_en}, not {paid_en}; compare, then report again under a new id."


class Order(BaseModel):
    """A payment that was asked for; `amount` is đồng. Only one that is `ordered` is with finance."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    order_id: str
    kind: Literal["advance", "final"]
    amount: int
    requested_on: date
    requested_by: str
    approved_by: str | None = None
    state: OrderState
    answered_on: date | None = None

    def becomes(self, state: OrderState, *, on: date | None = None, approved_by: str | None = None) -> "Order":
        changes = {"state": state, "answered_on": on, "approved_by": approved_by or self.approved_by}
        return self.model_copy(update=changes)


PENDING: tuple[OrderState, ...] = ("awaiting-approval", "held")


def order_of(orders: tuple[Order, ...], grant_id: str, order_id: str) -> Order:
    """The order of this number; raises OrderUnknown."""
    for order in orders:
        if order.order_id == order_id:
            return order
    raise OrderUnknown(field="order_id", grant_id=grant_id, order_id=order_id)


def replaced(orders: tuple[Order, ...], order: Order) -> tuple[Order, ...]:
    """The orders with this one in the place of the one of its number."""
    return tuple(order if o.order_id == order.order_id else o for o in orders)


def total(orders: tuple[Order, ...], *states: OrderState) -> int:
    """Σ of the orders in these states, đồng."""
    return sum(order.amount for order in orders if order.state in states)


def with_finance(orders: tuple[Order, ...], grant_id: str, order_id: str) -> Order:
    """The order finance answers; raises OrderUnknown, PaymentTwice or PaymentNotOrdered."""
    order = order_of(orders, grant_id, order_id)
    facts = {"grant_id": grant_id, "order_id": order_id, "state": order.state, **in_words(amount=order.amount)}
    if order.state in ("paid", "failed"):
        raise PaymentTwice(field="order_id", **facts)
    if order.state != "ordered":
        raise PaymentNotOrdered(field="order_id", **facts)
    return order


def check_amount(order: Order, grant_id: str, paid: int) -> None:
    """Raise PaymentOtherAmount where finance paid another amount than was ordered."""
    if paid != order.amount:
        facts = in_words(ordered=order.amount, paid=paid)
        raise PaymentOtherAmount(field="amount", grant_id=grant_id, order_id=order.order_id, **facts)
