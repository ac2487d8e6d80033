"""A grant held by an overlap: nothing new is ordered until it is resolved, and each outcome with its money."""

import pytest
from shared.contracts.grants import PaymentAwaits, PaymentOrdered, RecoveryOrdered, SupportCancelled
from shared.contracts.support import GrantHeld, GrantReleased
from support.domain.lines import PARTS
from unit.support.cases import MILLION, A, send_in
from unit.support.grant_cases import TO_STATE, agreed, asked, granted, made, money_of, more, moves, slugs, the

HELD = GrantHeld(request_id="r1", tax_code=A, overlap_id="tl-1", why="Sở KHCN đã hỗ trợ.")


def released(outcome, amount=None, overlap_id="tl-1"):
    return GrantReleased(request_id="r1", tax_code=A, overlap_id=overlap_id, outcome=outcome, amount=amount)


def held(*before):
    city = granted(*before)
    send_in(city, HELD)
    return city


def test_held_grant_orders_nothing_new_until_it_is_released():
    city = held(agreed(), asked())
    more(city, asked("o2", MILLION), made())
    (waits,) = city.of_type(PaymentAwaits)
    assert (waits.order_id, waits.waits_for, "Sở KHCN" in waits.vi, slugs(city)) == ("o2", "release", True, [])
    assert the(city).paid == 10 * MILLION
    send_in(city, released("no-overlap"))
    assert ([o.order_id for o in city.of_type(PaymentOrdered)], the(city).paying) == (["o1", "o2"], MILLION)


def test_grant_held_twice_is_released_by_both():
    city = held(agreed())
    send_in(city, HELD.model_copy(update={"overlap_id": "tl-2"}))
    more(city, asked())
    send_in(city, released("no-overlap"))
    assert city.of_type(PaymentOrdered) == []
    send_in(city, released("no-overlap", overlap_id="tl-2"))
    assert len(city.of_type(PaymentOrdered)) == 1


@pytest.mark.parametrize(
    ("state", "outcome", "amount", "becomes", "last_move", "due_back"),
    [
        ("granted", "cancelled", None, "cancelled", None, 0),
        ("advanced", "cancelled", None, "cancelled", ("release", 35), 0),
        ("advanced", "recovered", None, "cancelled", ("release", 35), 10),
        ("advanced", "reduced", 20 * MILLION, "advanced", ("release", 25), 0),
        ("advanced", "reduced", 4 * MILLION, "advanced", ("release", 35), 6),
        ("accepted", "reduced", 10 * MILLION, "settled", ("release", 30), 0),
        ("settled", "reduced", 25 * MILLION, "settled", ("pay", 30), 15),
        ("settled", "recovered", None, "settled", ("pay", 30), 40),
        ("settled", "cancelled", None, "settled", ("pay", 30), 0),
        ("withdrawn", "cancelled", None, "withdrawn", ("release", 35), 10),
        ("claimed", "no-overlap", None, "claimed", ("pay", 10), 0),
    ],
)
def test_outcome_decides_what_becomes_of_the_grant(state, outcome, amount, becomes, last_move, due_back):
    city = held(*TO_STATE[state])
    send_in(city, released(outcome, amount))
    assert (the(city).state, the(city).due_back // MILLION, the(city).holds) == (becomes, due_back, ())
    assert (moves(city) or [None])[-1] == last_move
    assert sum(r.amount for r in city.of_type(RecoveryOrdered)) == due_back * MILLION
    if state != "granted":
        assert tuple(money_of(city)[part] for part in PARTS) == the(city).on_line
    reasons = [c.reason for c in city.of_type(SupportCancelled) if c.reason.slug == "overlap-resolved"]
    assert len(reasons) == (1 if becomes == "cancelled" else 0)
    assert all("tl-1" in r.vi and "tl-1" in r.en for r in reasons)
