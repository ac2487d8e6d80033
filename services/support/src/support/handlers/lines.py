"""The money of budget lines, each in the partition of its own key."""

from typing import Any, NamedTuple

from shared.contracts.base import Event
from shared.contracts.finance import BudgetAllocated, BudgetCarriedOver, BudgetChanged, BudgetTransferred
from shared.contracts.support import (
    BudgetAdjusted,
    BudgetCommitted,
    BudgetExhausted,
    BudgetOrdered,
    BudgetOrderFailed,
    BudgetPaid,
    BudgetReleased,
    BudgetRepaid,
    BudgetReserved,
    LineMoneyAnswered,
    LineMoneySent,
    LineMoved,
    LineStateOfRequest,
    ScarceThingAsked,
    ScarceThingGivenBack,
)
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from support.domain.lines import SUMS, Cause, ClosedLines, Line, Move, Movement, RequestMoney, next_year
from support.domain.scarce import Claim, line_thing
from support.handlers.answers import answer
from support.handlers.keys import by_line, by_sending_line

PUBLISHED: dict[Move, type[LineStateOfRequest]] = {
    "reserve": BudgetReserved,
    "commit": BudgetCommitted,
    "order": BudgetOrdered,
    "pay": BudgetPaid,
    "fail": BudgetOrderFailed,
    "unpay": BudgetRepaid,
    "release": BudgetReleased,
}


# The index document of a partition.
CLOSED = "lines"


class How(NamedTuple):
    """By which text what a line has at its disposal changed, and where the money went to or came from."""

    legal_text: str
    other_line: str | None = None
    carried_over: bool = False


# -- what a line has at its disposal ---------------------------------------------------------------------------------------


@handles(BudgetAllocated, key=by_line)
def allocate_budget(event: Event[BudgetAllocated], unit: Unit) -> None:
    """Money was allocated to a line: it is added, and the queue is served in order, where its day of allocation has come."""
    said = event.data
    before = _line(by_line(said), unit)
    line = before.allocated_more(said).on_day(unit.today)
    _serve(_adjust(line, "allocated", said.amount, How(said.legal_text), unit), unit)
    if line.allocates_on and line.allocates_on != before.allocates_on:
        _close(line, unit)


@handles(BudgetChanged, key=by_line)
def change_budget(event: Event[BudgetChanged], unit: Unit) -> None:
    """The money of a line was changed, up or down: what is more serves the queue."""
    said = event.data
    line = _line(by_line(said), unit).changed(said.by)
    _serve(_adjust(line, "changed", said.by, How(said.legal_text), unit), unit)


@handles(BudgetTransferred, key=by_sending_line)
def transfer_budget(event: Event[BudgetTransferred], unit: Unit) -> None:
    """Money goes to another line: it leaves here, and arrives there by the own log."""
    said = event.data
    line = _line(by_sending_line(said), unit).transferred(said.to_line, said.amount)
    _send(line, said.amount, How(said.legal_text, said.to_line), unit)


@handles(BudgetCarriedOver, key=by_line)
def carry_over_budget(event: Event[BudgetCarriedOver], unit: Unit) -> None:
    """What is left of a line goes to the next year's."""
    said = event.data
    line = _line(by_line(said), unit)
    amount = line.available if said.amount is None else said.amount
    how = How(said.legal_text, next_year(said.line_id), carried_over=True)
    _send(line.carried_over(amount), amount, how, unit)


@handles(LineMoneySent)
def receive_money(event: Event[LineMoneySent], unit: Unit) -> None:
    """Money arrives from another line, which is told; it goes back where there is no room for it."""
    sent = event.data
    line = _line(sent.thing, unit)
    received = line.has_room_for(sent.amount)
    unit.publish(
        LineMoneyAnswered(
            thing=line_thing(sent.from_line),
            to_line=line.line_id,
            amount=sent.amount,
            received=received,
            carried_over=sent.carried_over,
            legal_text=sent.legal_text,
        )
    )
    if received:
        how = How(sent.legal_text, sent.from_line, sent.carried_over)
        _serve(_adjust(line.received(sent.amount), "received", sent.amount, how, unit), unit)


@handles(LineMoneyAnswered)
def note_answer(event: Event[LineMoneyAnswered], unit: Unit) -> None:
    """The other line has what was sent; or it is here again, and serves the queue."""
    said = event.data
    line = unit.need(Line, said.thing)
    if said.received:
        unit.put(line.answered(said.amount))
    else:
        line = line.returned(said.amount, carried_over=said.carried_over)
        how = How(said.legal_text, said.to_line, said.carried_over)
        _serve(_adjust(line, "returned", said.amount, how, unit), unit)


# -- what requests have of it ----------------------------------------------------------------------------------------------


@handles(LineMoved)
def move_money(event: Event[LineMoved], unit: Unit) -> None:
    """The money of a request goes on, to an agreement, an order or a payment; what comes back serves the queue."""
    said = event.data
    _serve(_move(_line(said.thing, unit), said.kind, said.amount, said, unit), unit)


def ask_money(asked: ScarceThingAsked, unit: Unit) -> None:
    """Stand in line, or have another priority there; the first in line is served at once where there is enough."""
    before, claim = _line(asked.thing, unit), Claim.of(asked)
    if before.knows(claim):
        unit.put(before.ranked_anew(claim))
        return
    if _money(asked.thing, claim, unit).held:
        return  # it said its priority anew while its money was on the way to it
    line = before.joined(claim)
    if before.queue or line.next_amount is None:
        answer(asked.thing, claim, "queued", unit, allocates_on=before.allocates_on)
    if before.queue:
        unit.put(line)
    else:
        _serve(line, unit)


def give_back_money(back: ScarceThingGivenBack, unit: Unit) -> None:
    """A request gives back what is neither paid nor being paid, all or a part of it, and stands in line no more."""
    line = _line(back.thing, unit).left_by(back.tax_code, back.request_id)
    amount = _money(back.thing, back, unit).free if back.amount is None else back.amount
    if amount:
        line = _move(line, "release", amount, back, unit)
    _serve(line, unit)


def _close(line: Line, unit: Unit) -> None:
    """Its money waits for a day: who stands in line already has to know, and to say until then what changes its priority."""
    closed = unit.get(ClosedLines, CLOSED) or ClosedLines(id=CLOSED)
    if line.id not in closed.lines:
        unit.put(closed.but(lines=(*closed.lines, line.id)))
    for claim in line.queue:
        answer(line.id, claim, "queued", unit, allocates_on=line.allocates_on)


def allocate_lines(unit: Unit) -> None:
    """A day began: the money of lines whose day of allocation has come is given in order."""
    closed = unit.get(ClosedLines, CLOSED) or ClosedLines(id=CLOSED)
    lines = [line.on_day(unit.today) for line in unit.need_all(Line, closed.lines)]
    for line in lines:
        if line.allocates_on is None:
            _serve(line, unit)
    still = tuple(line.id for line in lines if line.allocates_on)
    if still != closed.lines:
        unit.put(closed.but(lines=still))


def _serve(line: Line, unit: Unit) -> None:
    """Serve the queue from its head until the head cannot be served; say so where money ran out."""
    while (amount := line.next_amount) is not None:
        claim, line = line.queue[0], line.but(queue=line.queue[1:])
        answer(line.id, claim, "taken", unit, amount=amount)
        line = _move(line, "reserve", amount, claim, unit)
    if line.queue and line.allocates_on is None:
        head = line.queue[0]
        unit.publish(BudgetExhausted(request_id=head.request_id, asked=head.amount, **_state(line)))
    unit.put(line)


def _move(line: Line, kind: Move, amount: int, who: Claim | LineMoved | ScarceThingGivenBack, unit: Unit) -> Line:
    """Money of a request goes on or back: noted in the history of the line, and published with its state."""
    before = _money(line.id, who, unit)
    after = before.moved(kind, amount)
    line = line.moved(before, after)
    if after.held:
        unit.put(after)
    else:
        unit.remove(after)
    unit.put(Movement.of(line, unit.today, kind, amount, request_id=who.request_id, tax_code=who.tax_code))
    unit.publish(PUBLISHED[kind](request_id=who.request_id, amount=amount, **_state(line)))
    return line


def _adjust(line: Line, cause: Cause, by: int, how: How, unit: Unit) -> Line:
    """What the line has at its disposal changed: noted in its history, and published with its state."""
    line = line.but(movements=line.movements + 1)
    unit.put(Movement.of(line, unit.today, cause, by, other_line=how.other_line, legal_text=how.legal_text))
    unit.publish(BudgetAdjusted(cause=cause, by=by, **how._asdict(), **_state(line)))
    return line


def _send(line: Line, amount: int, how: How, unit: Unit) -> None:
    """Money that has left the line is on its way to the other one."""
    unit.put(_adjust(line, "sent", -amount, how, unit))
    unit.publish(
        LineMoneySent(
            thing=line_thing(str(how.other_line)),
            from_line=line.line_id,
            amount=amount,
            carried_over=how.carried_over,
            legal_text=how.legal_text,
        )
    )


def _line(thing: str, unit: Unit) -> Line:
    """The line as it stands; none has money before it is allocated."""
    return unit.get(Line, thing) or Line(id=thing)


def _state(line: Line) -> dict[str, Any]:
    """The state of a budget line as it is published, đồng."""
    return {"line_id": line.line_id, **{name: getattr(line, name) for name in SUMS}}


def _money(thing: str, who: Claim | LineMoved | ScarceThingGivenBack, unit: Unit) -> RequestMoney:
    id = RequestMoney.id_of(thing, who.tax_code, who.request_id)
    return unit.get(RequestMoney, id) or RequestMoney(id=id)
