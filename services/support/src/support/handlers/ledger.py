"""What follows from every step of a grant: the moves of its money on the line, its debt, what it lets go of, and the news."""

from typing import Any

from shared.contracts.grants import (
    GrantMoved,
    PaymentDropped,
    PaymentOrdered,
    RecoveryCompleted,
    RecoveryOrdered,
    SupportCancelled,
)
from shared.contracts.support import LineMoved, ScarceThingGivenBack
from shared.errors import Refusal
from shared.messaging.unit import Unit

from support.domain.grants import Clear, Grant, NotGranted
from support.domain.payments import PENDING, Order
from support.domain.recoveries import Account
from support.domain.refusals import reason
from support.domain.requests import Request
from support.domain.scarce import kind_of, line_thing
from support.handlers.caps import count_in_caps
from support.handlers.coverage import uncount_grant
from support.handlers.supports import free_activity


def the_grant(grant_id: str, unit: Unit) -> Grant:
    """The grant an event names; one that is not decided yet is waited for, one that was declined has none."""
    request = unit.get(Request, grant_id)
    if request is not None and request.state == "declined":
        raise NotGranted(field="grant_id", grant_id=grant_id)
    return unit.need(Grant, grant_id)


def keep(before: Grant, after: Grant, unit: Unit) -> None:
    """Keep a grant after a step, with all that follows from the step."""
    after = after.squared().settled_if_paid()
    request = unit.need(Request, after.id)
    _move_money(before, after, unit)
    _tell(before, after, unit)
    _owe(before, after, unit)
    _let_go(before, after, request, unit)
    unit.put(after)
    held = after.on_line.held
    request = count_in_caps(request, held, unit)
    unit.put(request.but(state="cancelled" if after.ended else request.state, held=held, activity_id=after.activity_id))
    _note_rest(before, after, unit)


def open_grant(request: Request, unit: Unit) -> None:
    """A request was granted: its grant begins."""
    unit.put(Grant.of(request, unit.today))
    unit.put(Clear(id=request.id))


def end_grant(before: Grant, after: Grant, no: Refusal, unit: Unit) -> None:
    """Keep a grant that ended before its time, and say why."""
    keep(before, after, unit)
    kept = unit.need(Grant, before.id)
    unit.publish(SupportCancelled(**facts_of(kept), reason=reason(no), money=kept.money))


def cancel_grant(grant: Grant, entitled: int, no: Refusal, unit: Unit) -> None:
    """Cancel a grant: it comes to no more than `entitled`, đồng."""
    facts = {"reason_vi": no.text("vi"), "reason_en": no.text("en")}
    end_grant(grant, grant.stepped("cancel", unit.today, facts=facts).falling_to(entitled), no, unit)


def account_of(tax_code: str, unit: Unit) -> Account:
    """What is open with an enterprise."""
    return unit.get(Account, tax_code) or Account(id=tax_code)


def facts_of(grant: Grant) -> dict[str, Any]:
    """What every event about a grant carries."""
    names = ("request_id", "tax_code", "scheme_id", "line_id", "made")
    return {"grant_id": grant.id, **{name: getattr(grant, name) for name in names}}


def issue(grant: Grant, order: Order, unit: Unit) -> None:
    """Have finance pay an order."""
    facts = order.model_dump(include={"order_id", "kind", "amount", "requested_by", "approved_by"})
    unit.publish(PaymentOrdered(**facts_of(grant), **facts, ordered_on=unit.today))


def _move_money(before: Grant, after: Grant, unit: Unit) -> None:
    """The line's money goes from reserved over committed and paying to paid, and back; what is not needed is released."""
    was, now = before.on_line, after.on_line
    if after.has_nothing and not before.agreement:
        return  # nothing was agreed: all that the request took is given back, its money too
    paid = now.paid - was.paid
    ordered = now.paying - was.paying + max(0, paid)
    moves = {
        "unpay": max(0, -paid),
        "fail": max(0, -ordered),
        "release": was.held - now.held,
        "commit": now.committed if was.reserved and after.agreement else 0,
        "order": max(0, ordered),
        "pay": max(0, paid),
    }
    for kind, amount in moves.items():
        if amount:
            about = {"thing": line_thing(after.line_id), "request_id": after.request_id, "tax_code": after.filed_under}
            unit.publish(LineMoved.model_validate({**about, "kind": kind, "amount": amount}))


def _tell(before: Grant, after: Grant, unit: Unit) -> None:
    for step in after.history[len(before.history) :]:
        facts = step.model_dump(include={"action", "before", "state", "on", "vi", "en"})
        unit.publish(GrantMoved(**facts_of(after), **facts, money=after.money))
    known = {o.order_id for o in before.orders if o.state in PENDING}
    for order in after.orders:
        if order.state == "dropped" and order.order_id in known:
            step = after.history[-1]
            about = {"order_id": order.order_id, "amount": order.amount, "vi": step.vi, "en": step.en}
            unit.publish(PaymentDropped(**facts_of(after), **about))


def _owe(before: Grant, after: Grant, unit: Unit) -> None:
    """More to be paid back, or all of it paid: finance and the enterprise are told, and its account says so."""
    if (before.due_back, before.repaid) == (after.due_back, after.repaid):
        return
    unit.put(account_of(after.tax_code, unit).owing(after.id, after.balance))
    if after.due_back > before.due_back:
        step = after.history[-1]
        more = after.due_back - before.due_back
        unit.publish(RecoveryOrdered(**facts_of(after), amount=more, balance=after.balance, vi=step.vi, en=step.en))
    if after.recovery == "repaid":
        unit.publish(RecoveryCompleted(**facts_of(after), repaid=after.repaid))


def _let_go(before: Grant, after: Grant, request: Request, unit: Unit) -> None:
    """A grant that ended gives back its place at once, and all the rest once the enterprise has no money of it.

    What has no money left at all reaches nobody.
    """
    taken = (*request.taken, *(thing for claim in after.claims for thing in claim.taken))
    if after.ended and not before.ended:
        give_back(request, tuple(t for t in taken if kind_of(t) == "place"), unit)
    if after.has_nothing and not before.has_nothing:
        # Money that was agreed on has gone back by moves of the line already.
        gone = ("place", "line") if before.agreement else ("place",)
        give_back(request, tuple(t for t in taken if kind_of(t) not in gone), unit)
        free_activity(request, unit)
    if before.on_line.held and not after.on_line.held:
        uncount_grant(request, unit)


def give_back(request: Request, things: tuple[str, ...], unit: Unit) -> None:
    """Each thing goes back to its owner, who serves the next in line."""
    for thing in things:
        unit.publish(ScarceThingGivenBack(thing=thing, request_id=request.request_id, tax_code=request.filed_under))


def _note_rest(before: Grant, after: Grant, unit: Unit) -> None:
    if before.can_be_cancelled and not after.can_be_cancelled:
        unit.put(account_of(after.tax_code, unit).with_resting(after.id, rests=False))
