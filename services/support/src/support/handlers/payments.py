"""Payments of a grant, and money that comes back: asked for by the department, ordered by us, answered by finance."""

from shared.contracts.base import Event
from shared.contracts.grants import (
    PaymentApproved,
    PaymentAwaits,
    PaymentFailed,
    PaymentMade,
    PaymentRequested,
    RepaymentReceived,
)
from shared.messaging.unit import Unit

from support.domain.amounts import in_words
from support.domain.enterprises import Holder
from support.domain.grants import Grant
from support.domain.life import check, check_day
from support.domain.payments import (
    ApprovalNotAwaited,
    DutiesNotSeparated,
    Order,
    OrderIdTaken,
    OrderState,
    check_amount,
    order_of,
    replaced,
    with_finance,
)
from support.domain.recoveries import Repayment, check_repayment
from support.handlers.homes import at_enterprise
from support.handlers.keys import by_grant
from support.handlers.ledger import facts_of, issue, keep, the_grant

WAITS = {
    "approval": (
        "Lệnh chi {order_id} chờ người thứ hai phê duyệt vì số tiền {amount_vi}.",
        "Payment order {order_id} awaits the approval of a second person because it is {amount_en}.",
    ),
    "reinstatement": (
        "Lệnh chi {order_id}, {amount_vi}, chờ công nhận {certificate} hết tạm đình chỉ.",
        "Payment order {order_id}, {amount_en}, waits until recognition {certificate} is no longer suspended.",
    ),
    "release": (
        "Lệnh chi {order_id}, {amount_vi}, chờ giải quyết: {why}",
        "Payment order {order_id}, {amount_en}, waits until this is resolved: {why}",
    ),
}


@at_enterprise(PaymentRequested, key=by_grant)
def request_payment(event: Event[PaymentRequested], unit: Unit) -> None:
    """Money was asked for: finance is told to pay, once nobody else has to approve and nothing holds it."""
    asked = event.data
    before = the_grant(asked.grant_id, unit)
    for known in before.orders:
        if known.order_id == asked.order_id:
            facts = in_words(known=known.amount)
            raise OrderIdTaken(field="order_id", grant_id=before.id, order_id=asked.order_id, **facts)
    check(before.id, before.state, "order")
    check_day(before.id, "requested_on", asked.requested_on, first=before.signed.signed_on)
    _check_requester(before, asked.requested_by)
    before.check_payable(asked.order_id, asked.amount)
    second = before.second_approval_from is not None and asked.amount >= before.second_approval_from
    order = Order(
        order_id=asked.order_id,
        kind="final" if before.acceptance else "advance",
        amount=asked.amount,
        requested_on=asked.requested_on,
        requested_by=asked.requested_by,
        state="awaiting-approval" if second else _ready(before, unit),
    )
    facts = {"by": asked.requested_by, "order_id": order.order_id, **in_words(amount=order.amount)}
    keep(before, before.stepped("order", asked.requested_on, facts=facts, orders=(*before.orders, order)), unit)
    _send(before, order, unit)


@at_enterprise(PaymentApproved, key=by_grant)
def approve_payment(event: Event[PaymentApproved], unit: Unit) -> None:
    """A second person approved a payment: it is ordered, unless a suspension holds it."""
    approved = event.data
    before = the_grant(approved.grant_id, unit)
    order = order_of(before.orders, before.id, approved.order_id)
    if order.state != "awaiting-approval":
        raise ApprovalNotAwaited(field="order_id", grant_id=before.id, order_id=order.order_id, state=order.state)
    check_day(before.id, "approved_on", approved.approved_on, first=order.requested_on)
    if approved.approved_by == order.requested_by:
        did = {"did_vi": f"đề nghị chi lệnh {order.order_id}", "did_en": f"asked for payment {order.order_id}"}
        does = {"does_vi": "phê duyệt lệnh đó", "does_en": "to approve it"}
        raise DutiesNotSeparated(field="approved_by", grant_id=before.id, person=approved.approved_by, **did, **does)
    order = order.becomes(_ready(before, unit), approved_by=approved.approved_by)
    keep(before, before.but(orders=replaced(before.orders, order)), unit)
    _send(before, order, unit)


@at_enterprise(PaymentMade, key=by_grant)
def record_payment(event: Event[PaymentMade], unit: Unit) -> None:
    """Finance paid an order; what comes after a cancellation is to be paid back."""
    made = event.data
    before = the_grant(made.grant_id, unit)
    order = with_finance(before.orders, before.id, made.order_id)
    check_amount(order, before.id, made.amount)
    check_day(before.id, "paid_on", made.paid_on, first=order.requested_on)
    orders = replaced(before.orders, order.becomes("paid", on=made.paid_on))
    facts = {"order_id": order.order_id, **in_words(amount=order.amount)}
    keep(before, before.stepped("pay", made.paid_on, facts=facts, orders=orders), unit)


@at_enterprise(PaymentFailed, key=by_grant)
def record_failure(event: Event[PaymentFailed], unit: Unit) -> None:
    """Finance could not pay an order: its money can be asked for again, or goes back where the grant ended."""
    failed = event.data
    before = the_grant(failed.grant_id, unit)
    order = with_finance(before.orders, before.id, failed.order_id)
    check_day(before.id, "failed_on", failed.failed_on, first=order.requested_on)
    orders = replaced(before.orders, order.becomes("failed", on=failed.failed_on))
    facts = {"order_id": order.order_id, "reason": failed.reason, **in_words(amount=order.amount)}
    keep(before, before.stepped("return", failed.failed_on, facts=facts, orders=orders), unit)


@at_enterprise(RepaymentReceived, key=by_grant)
def record_repayment(event: Event[RepaymentReceived], unit: Unit) -> None:
    """A part of what is due back came: it goes back to the line, and lowers the debt."""
    part = event.data
    before = the_grant(part.grant_id, unit)
    check_repayment(before.id, part.receipt_id, part.amount, before.due_back, before.repayments)
    repaid = Repayment(receipt_id=part.receipt_id, amount=part.amount, on=part.received_on)
    facts = {"receipt_id": part.receipt_id, **in_words(amount=part.amount)}
    repayments = (*before.repayments, repaid)
    keep(before, before.stepped("repay", part.received_on, facts=facts, repayments=repayments), unit)


def release_held(before: Grant, unit: Unit) -> None:
    """Payments that were held are ordered, where nothing holds the grant any more."""
    if _ready(before, unit) == "held":
        return
    orders = tuple(o.becomes("ordered") if o.state == "held" else o for o in before.orders)
    if orders != before.orders:
        keep(before, before.but(orders=orders), unit)
        for was, order in zip(before.orders, orders, strict=True):
            if was != order:
                _send(before, order, unit)


def _ready(grant: Grant, unit: Unit) -> OrderState:
    holder = unit.get(Holder, grant.tax_code)
    suspended = holder is not None and holder.holds_orders(grant.certificate, unit.today)
    return "held" if suspended or grant.holds else "ordered"


def _check_requester(grant: Grant, person: str) -> None:
    """Who accepted the work does not ask for payments, where the scheme keeps the two apart."""
    if grant.duties_apart and grant.acceptance and grant.acceptance.by == person:
        did = {"did_vi": "nghiệm thu", "did_en": "accepted the work"}
        does = {"does_vi": "đề nghị chi", "does_en": "to ask for payments"}
        raise DutiesNotSeparated(field="requested_by", grant_id=grant.id, person=person, **did, **does)


def _send(grant: Grant, order: Order, unit: Unit) -> None:
    """Finance is told to pay; or the department, what the payment waits for."""
    if order.state == "ordered":
        issue(grant, order, unit)
        return
    waits_for = "approval" if order.state == "awaiting-approval" else "release" if grant.holds else "reinstatement"
    why = " ".join(hold.why for hold in grant.holds)
    facts = {"order_id": order.order_id, "certificate": grant.certificate, "why": why, **in_words(amount=order.amount)}
    vi, en = (text.format(**facts) for text in WAITS[waits_for])
    about = {"order_id": order.order_id, "amount": order.amount, "waits_for": waits_for, "vi": vi, "en": en}
    unit.publish(PaymentAwaits.model_validate({**facts_of(grant), **about}))
