"""Payments: asked for by one, approved by another, ordered once, answered once; money with an order out is being paid."""

from datetime import date

import pytest
from shared.contracts.grants import PaymentAwaits, PaymentDropped, PaymentOrdered, RecoveryOrdered
from support.domain.life import DateOutside
from support.domain.payments import (
    ApprovalNotAwaited,
    DutiesNotSeparated,
    OrderIdTaken,
    OrderUnknown,
    PaymentAboveDue,
    PaymentNotOrdered,
    PaymentOtherAmount,
    PaymentTwice,
)
from unit.support.cases import MILLION, renewal
from unit.support.grant_cases import (
    ANNA,
    CHI,
    ID,
    SET_UP,
    TO_STATE,
    accepted,
    agreed,
    approved,
    asked,
    claimed,
    failed,
    final,
    final_made,
    granted,
    made,
    money_of,
    more,
    moves,
    slugs,
    the,
    withdrawn,
)

THRESHOLD = tuple(renewal(advance_percent=70, second_approval_from=10 * MILLION) if e is SET_UP[1] else e for e in SET_UP)


QUOTED = tuple(
    renewal(advance_percent=70, advance_clause="khoản 3 điều 9", duties_apart=False) if e is SET_UP[1] else e for e in SET_UP
)


def test_refused_advance_quotes_the_clause_of_its_share():
    (no,) = granted(agreed(), asked(amount=40 * MILLION), of=QUOTED).refusals
    assert ["70" in text and "khoản 3 điều 9" in text for text in (no.vi, no.en)] == [True, True]


def test_scheme_says_whether_acceptance_and_payment_are_kept_apart():
    before = (agreed(), asked(requested_by=ANNA), made(), claimed(), accepted(accepted_by=ANNA))
    after = final(amount=30 * MILLION, requested_by=ANNA)
    apart, together = granted(*before, after), granted(*before, after, of=QUOTED)
    assert (slugs(apart)[:1], slugs(together)) == (["duties-not-separated"], [])
    assert (the(apart).state, the(together).state) == ("claimed", "accepted")


def orders(city):
    return [(o.order_id, o.kind, o.amount // MILLION, o.approved_by) for o in city.of_type(PaymentOrdered)]


def states(city):
    return {o.order_id: o.state for o in the(city).orders}


def test_payment_asked_for_is_ordered_and_is_being_paid_until_finance_answers():
    city = granted(agreed(), asked())
    assert (orders(city), the(city).paying, the(city).paid) == ([("o1", "advance", 10, None)], 10 * MILLION, 0)
    more(city, made())
    assert (the(city).paying, the(city).paid, states(city)) == (0, 10 * MILLION, {"o1": "paid"})
    assert moves(city) == [("commit", 45), ("order", 10), ("pay", 10)]


def test_failed_payment_frees_its_money_for_another_order():
    city = granted(agreed(), asked(amount=31 * MILLION), failed(), asked("o2", 31 * MILLION))
    assert (slugs(city), states(city), the(city).paying) == ([], {"o1": "failed", "o2": "ordered"}, 31 * MILLION)
    assert moves(city) == [("commit", 45), ("order", 31), ("fail", 31), ("order", 31)]


@pytest.mark.parametrize(
    ("percent", "first", "second", "payable"),
    [
        (70, 31_500_000, 1, 0),
        (70, 20_000_000, 11_500_001, 11_500_000),
        (0, 1, 1, 0),
        (100, 45_000_000, 1, 0),
        (33, 14_850_000, 1, 0),
    ],
)
def test_advances_stay_within_the_share_of_the_scheme(percent, first, second, payable):
    rules = tuple(renewal(advance_percent=percent) if e is SET_UP[1] else e for e in SET_UP)
    city = granted(agreed(), asked("o1", first), asked("o2", second), of=rules)
    answers = [r for r in city.refusals if r.slug == PaymentAboveDue.slug]
    assert len(answers) == (2 if percent == 0 else 1)
    assert f"{payable:,}".replace(",", ".") in answers[-1].vi and f"{percent} %" in answers[-1].vi
    assert the(city).paying == (0 if percent == 0 else first)


def test_nothing_above_the_settlement_is_paid():
    city = granted(*TO_STATE["accepted"], final(amount=30 * MILLION + 1))
    assert [(r.slug, "VND 30,000,000" in r.en) for r in city.refusals] == [(PaymentAboveDue.slug, True)]
    more(city, final(amount=20 * MILLION), final("o10", 10 * MILLION), final_made(amount=20 * MILLION))
    assert (the(city).state, the(city).paying) == ("accepted", 10 * MILLION)
    more(city, final_made("o10", 10 * MILLION))
    assert (the(city).state, money_of(city)["paid"]) == ("settled", 40 * MILLION)


def test_last_payment_needs_acceptance():
    city = granted(agreed(), claimed(), asked("o1", 40 * MILLION))
    assert slugs(city) == [PaymentAboveDue.slug]
    more(city, accepted(), final("o1", 40 * MILLION))
    assert orders(city) == [("o1", "final", 40, None)]


# -- the second approval -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("amount", "waits"), [(10 * MILLION - 1, False), (10 * MILLION, True), (20 * MILLION, True)])
def test_payment_from_the_threshold_on_needs_a_second_approval(amount, waits):
    city = granted(agreed(), asked(amount=amount), of=THRESHOLD)
    assert [(w.order_id, w.waits_for) for w in city.of_type(PaymentAwaits)] == ([("o1", "approval")] if waits else [])
    assert (the(city).paying, the(city).pending) == ((0, amount) if waits else (amount, 0))


def test_approved_payment_is_ordered_and_names_who_approved_it():
    city = granted(agreed(), asked(), approved(), made(), of=THRESHOLD)
    assert (orders(city), the(city).paid, slugs(city)) == ([("o1", "advance", 10, CHI)], 10 * MILLION, [])


def test_payment_that_awaits_approval_takes_its_room():
    city = granted(agreed(), asked(amount=30 * MILLION), asked("o2", 2 * MILLION), of=THRESHOLD)
    assert slugs(city) == [PaymentAboveDue.slug]


def test_payment_nobody_approved_is_dropped_when_the_grant_ends():
    city = granted(agreed(), asked(), withdrawn(), of=THRESHOLD)
    assert [(d.order_id, d.amount // MILLION) for d in city.of_type(PaymentDropped)] == [("o1", 10)]
    more(city, approved(), made())
    assert slugs(city) == [ApprovalNotAwaited.slug, PaymentNotOrdered.slug]
    assert (the(city).paid, money_of(city)["committed"]) == (0, 0)


# -- what is refused -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "report", "slug", "field", "figures"),
    [
        ((asked(),), asked(amount=1), OrderIdTaken, "order_id", ["o1", "10.000.000 đồng"]),
        ((), asked(requested_on=date(2021, 12, 9)), DateOutside, "requested_on", ["09/12/2021", "10/12/2021"]),
        ((), made(), OrderUnknown, "order_id", ["o1"]),
        ((), failed(), OrderUnknown, "order_id", ["o1"]),
        ((), approved(), OrderUnknown, "order_id", ["o1"]),
        ((asked(amount=MILLION),), approved(), ApprovalNotAwaited, "order_id", ["o1", "ordered"]),
        ((asked(),), approved(by=ANNA), DutiesNotSeparated, "approved_by", [ANNA, "o1"]),
        ((asked(),), approved(approved_on=date(2021, 12, 12)), DateOutside, "approved_on", ["12/12/2021", "13/12/2021"]),
        ((asked(),), made(), PaymentNotOrdered, "order_id", ["o1", "awaiting-approval", "10.000.000 đồng"]),
        ((asked(),), failed(), PaymentNotOrdered, "order_id", ["o1", "awaiting-approval"]),
        ((asked(amount=MILLION),), made(amount=MILLION + 1), PaymentOtherAmount, "amount", ["1.000.000 đồng", "1.000.001 đồng"]),
        ((asked(amount=MILLION),), made(amount=MILLION, paid_on=date(2021, 12, 12)), DateOutside, "paid_on", ["12/12/2021"]),
        ((asked(amount=MILLION),), failed(failed_on=date(2021, 12, 12)), DateOutside, "failed_on", ["12/12/2021"]),
        ((asked(), approved(), made()), made(), PaymentTwice, "order_id", ["o1", "paid", "10.000.000 đồng"]),
        ((asked(), approved(), made()), failed(), PaymentTwice, "order_id", ["o1", "paid"]),
        ((asked(), approved(), failed()), made(), PaymentTwice, "order_id", ["o1", "failed"]),
    ],
)
def test_report_of_a_payment_that_cannot_be_is_refused_with_the_figure(before, report, slug, field, figures):
    city = granted(agreed(), *before, of=THRESHOLD)
    stands = the(city)
    more(city, report)
    assert the(city) == stands
    (answer,) = city.refusals
    assert (answer.slug, answer.field) == (slug.slug, field)
    assert [figure for figure in figures if figure not in answer.vi] == []
    assert ID in answer.en


# -- what is being paid when the grant ends ------------------------------------------------------------------------------


def test_money_being_paid_when_the_grant_ends_stays_until_finance_answers():
    city = granted(agreed(), asked(amount=30 * MILLION), withdrawn())
    assert (the(city).on_line, moves(city)) == ((0, 0, 30 * MILLION, 0), [("commit", 45), ("order", 30), ("release", 15)])
    assert city.of_type(RecoveryOrdered) == []


def test_payment_made_after_the_grant_ended_is_to_be_paid_back():
    city = granted(agreed(), asked(amount=30 * MILLION), withdrawn(), made(amount=30 * MILLION))
    assert [(r.amount, r.balance) for r in city.of_type(RecoveryOrdered)] == [(30 * MILLION, 30 * MILLION)]
    assert moves(city)[-1] == ("pay", 30)


def test_payment_that_failed_after_the_grant_ended_goes_back_to_the_line():
    city = granted(agreed(), asked(amount=30 * MILLION), withdrawn(), failed())
    assert (moves(city)[-2:], the(city).on_line.held) == ([("fail", 30), ("release", 30)], 0)
    assert city.of_type(RecoveryOrdered) == []
