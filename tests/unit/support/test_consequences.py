"""What the life of a recognition does to requests and grants: revoked, suspended, reinstated, renewed, expired."""

from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from shared.contracts.grants import PaymentAwaits, PaymentOrdered, RecoveryOrdered, SupportCancelled
from shared.contracts.recognitions import (
    RecognitionExpired,
    RecognitionReinstated,
    RecognitionRenewed,
    RecognitionSuspended,
)
from shared.contracts.support import SupportDeclined
from shared.testing.memory import run
from support.domain.enterprises import CertificateUnknown, Recognition, Suspension
from support.domain.recoveries import Account
from support.domain.standings import DueStandings
from support.main import service
from unit.support.cases import MILLION, MONDAY, A, B, allocated, day, project, recognised, renewal, supply, told
from unit.support.grant_cases import (
    GRANTED,
    ID,
    SET_UP,
    TO_STATE,
    agreed,
    approved,
    asked,
    claimed,
    failed,
    granted,
    made,
    money_of,
    more,
    moves,
    repaid,
    revoked,
    slugs,
    steps,
    the,
)

CERTIFICATE = "2021-001"
DAY = timedelta(days=1)
FRIDAY = MONDAY + 4 * DAY
OTHER = recognised().model_copy(update={"certificate": "2021-777", "valid_to": date(2022, 12, 31)})


def _of(model: Any, **facts: Any) -> Any:
    return model.model_validate({"certificate": CERTIFICATE, "tax_code": A, "product_id": "sp"} | facts)


def suspended(since: date = MONDAY, until: date | None = None) -> RecognitionSuspended:
    return _of(RecognitionSuspended, decision="1/QĐ", suspended_from=since, suspended_until=until, reason="Chưa nộp báo cáo.")


def reinstated(on: date = MONDAY) -> RecognitionReinstated:
    return _of(RecognitionReinstated, decision=None, reinstated_on=on)


def renewed(valid_to: date) -> RecognitionRenewed:
    return _of(RecognitionRenewed, decision="2/QĐ", decided_on=MONDAY, rules_id="hl", valid_to=valid_to)


def expired(valid_to: date) -> RecognitionExpired:
    return _of(RecognitionExpired, valid_to=valid_to)


# -- how a recognition stands on a day ------------------------------------------------------------------------------------

FIRST, LAST = date(2021, 1, 1), date(2021, 12, 31)
PLAIN = Recognition(certificate="c", valid_from=FIRST, valid_to=LAST)
JUNE = Suspension(since=date(2021, 6, 1), until=date(2021, 6, 30))


@pytest.mark.parametrize(
    ("recognition", "on", "in_force", "held"),
    [
        (PLAIN, FIRST, True, False),
        (PLAIN, LAST, True, False),
        (PLAIN, FIRST - DAY, False, False),
        (PLAIN, LAST + DAY, False, False),
        (PLAIN.but(revoked_on=date(2021, 5, 1)), date(2021, 4, 30), True, False),
        (PLAIN.but(revoked_on=date(2021, 5, 1)), date(2021, 5, 1), False, False),
        (PLAIN.but(suspensions=(JUNE,)), date(2021, 5, 31), True, False),
        (PLAIN.but(suspensions=(JUNE,)), date(2021, 6, 1), False, True),
        (PLAIN.but(suspensions=(JUNE,)), date(2021, 6, 30), False, True),
        (PLAIN.but(suspensions=(JUNE,)), date(2021, 7, 1), True, False),
        (PLAIN.but(suspensions=(JUNE,)).reinstated(date(2021, 6, 10)), date(2021, 6, 9), False, True),
        (PLAIN.but(suspensions=(JUNE,)).reinstated(date(2021, 6, 10)), date(2021, 6, 10), True, False),
        (PLAIN.but(suspensions=(JUNE,)).reinstated(date(2021, 6, 1)), date(2021, 6, 1), True, False),
        (PLAIN.but(suspensions=(Suspension(since=date(2021, 6, 1), until=None),)), LAST, False, True),
        (PLAIN.but(suspensions=(Suspension(since=date(2021, 6, 1), until=None),)), LAST + DAY, False, False),
        (PLAIN.but(suspensions=(JUNE,), revoked_on=date(2021, 6, 5)), date(2021, 6, 6), False, False),
    ],
)
def test_recognition_stands_on_a_day_by_all_that_is_known_of_it(recognition, on, in_force, held):
    assert (recognition.in_force(on), recognition.suspended(on)) == (in_force, held)


# -- revoked -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "on_line", "released"),
    [
        ("granted", (0, 0, 0, 0), None),
        ("agreed", (0, 0, 0, 0), ("release", 45)),
        ("advanced", (0, 0, 0, 10 * MILLION), ("release", 35)),
        ("claimed", (0, 0, 0, 10 * MILLION), ("release", 35)),
        ("accepted", (0, 0, 0, 10 * MILLION), ("release", 30)),
    ],
)
def test_revocation_cancels_what_has_no_payment_order_yet(state, on_line, released):
    city = granted(day(MONDAY), *TO_STATE[state], revoked())
    assert (the(city).state, the(city).on_line, slugs(city)) == ("cancelled", on_line, [])
    assert (moves(city) or [None])[-1] == released
    (no,) = city.of_type(SupportCancelled)
    assert (no.reason.slug, CERTIFICATE in no.reason.vi, "2021-12-06" in no.reason.en) == ("recognition-revoked", True, True)
    assert city.of_type(RecoveryOrdered) == []


@pytest.mark.parametrize("state", ["settled", "checked", "failed", "withdrawn"])
def test_revocation_leaves_what_is_done(state):
    city = granted(day(MONDAY), *TO_STATE[state])
    before = the(city)
    more(city, revoked())
    assert (the(city), slugs(city)) == (before, [])


def test_money_being_paid_stays_and_a_payment_after_the_cancellation_becomes_a_recovery():
    city = granted(day(MONDAY), agreed(), asked(), made(), asked("o2", 20 * MILLION), revoked())
    assert (the(city).state, the(city).on_line) == ("cancelled", (0, 0, 20 * MILLION, 10 * MILLION))
    more(city, made("o2", 20 * MILLION))
    assert [(r.amount, r.balance) for r in city.of_type(RecoveryOrdered)] == [(20 * MILLION, 20 * MILLION)]
    more(city, repaid(amount=20 * MILLION))
    assert (money_of(city)["paid"], the(city).kept) == (10 * MILLION, 10 * MILLION)


def test_payment_that_failed_after_the_cancellation_is_released():
    city = granted(day(MONDAY), agreed(), asked(), revoked(), failed())
    assert (the(city).on_line.held, moves(city)[-1], city.of_type(RecoveryOrdered)) == (0, ("release", 10), [])


def test_grant_goes_on_resting_on_another_recognition_in_force():
    city = granted(OTHER, day(MONDAY), agreed())
    assert the(city).certificate == CERTIFICATE
    more(city, revoked())
    assert (the(city).state, the(city).certificate) == ("agreed", "2021-777")
    more(city, _of(type(revoked()), certificate="2021-777", decision="3", revoked_on=MONDAY, reason="Sai."))
    assert the(city).state == "cancelled"


def test_other_recognition_that_is_over_is_no_help():
    city = granted(OTHER, agreed(), day(date(2023, 1, 1)), revoked(revoked_on=date(2023, 1, 1)))
    assert the(city).state == "cancelled"


def test_revocation_on_a_later_day_waits_for_its_day():
    city = granted(day(MONDAY), agreed(), revoked(revoked_on=FRIDAY))
    assert the(city).state == "agreed"
    more(city, day(FRIDAY - DAY))
    assert the(city).state == "agreed"
    more(city, day(FRIDAY + 10 * DAY))
    assert (the(city).state, steps(city)[-1]) == ("cancelled", "cancel")
    assert [d.due for d in city["support"].all(DueStandings)] == [()]


def test_grant_under_a_scheme_that_needs_no_recognition_is_not_touched():
    city = run(service, scheme_for_all(), *SET_UP[2:], project(), day(MONDAY), revoked())
    assert (the(city).state, the(city).certificate, the(city).granted) == ("granted", None, GRANTED)


def scheme_for_all():
    return renewal(requires="supporting-industry")


def test_freed_money_serves_the_queue():
    city = run(service, *SET_UP[:4], enterprise_b(), allocated(GRANTED, "renewal"), recognised(), recognised(B), day(MONDAY))
    more(city, project(), project("r2", B))
    assert told(city) == ["r1 granted 45", "r2 waits for budget"]
    more(city, revoked())
    assert told(city)[-1] == "r2 granted 45"
    assert supply(city, "line:2021/renewal") == (GRANTED, GRANTED, [])


def enterprise_b():
    return SET_UP[4]


def test_queued_request_is_declined_and_leaves_the_queue():
    city = run(service, *SET_UP[:5], allocated(50 * MILLION, "renewal"), recognised(), recognised(B), day(MONDAY))
    more(city, project("r0", B), project(), project("r2", B, activity_id="mill", asked=5 * MILLION))
    assert told(city) == ["r0 granted 45", "r1 waits for budget", "r2 waits for budget"]
    more(city, revoked())
    assert told(city)[3:] == ["r1 declined recognition-revoked", "r2 granted 5"]
    assert (supply(city, "line:2021/renewal")[1:], city["support"].held) == ((50 * MILLION, []), {})
    assert city["support"].find(Account, A).resting == ()


def test_request_asked_for_a_day_without_the_recognition_waits_for_another():
    city = run(service, *SET_UP, day(MONDAY), revoked(), project())
    assert told(city) == ["r1 waits for recognition"]
    more(city, OTHER)
    assert (told(city)[-1], the(city).certificate) == ("r1 granted 45", "2021-777")


# -- suspended and reinstated ---------------------------------------------------------------------------------------------


def test_suspension_holds_new_orders_until_reinstated():
    city = granted(day(MONDAY), agreed(), asked(), suspended(), asked("o2", 5 * MILLION))
    assert [(w.order_id, w.waits_for, CERTIFICATE in w.vi) for w in city.of_type(PaymentAwaits)] == [
        ("o2", "reinstatement", True)
    ]
    assert ([o.order_id for o in city.of_type(PaymentOrdered)], the(city).paying) == (["o1"], 10 * MILLION)
    more(city, made(), reinstated())
    assert ([o.order_id for o in city.of_type(PaymentOrdered)], the(city).paying) == (["o1", "o2"], 5 * MILLION)


def test_reinstatement_on_a_later_day_waits_for_its_day():
    city = granted(day(MONDAY), agreed(), suspended(), asked(), reinstated(FRIDAY))
    assert city.of_type(PaymentOrdered) == []
    more(city, day(FRIDAY))
    assert [(o.order_id, o.ordered_on) for o in city.of_type(PaymentOrdered)] == [("o1", FRIDAY)]


def test_payment_approved_during_a_suspension_is_held_too():
    rules = tuple(renewal(advance_percent=70, second_approval_from=1) if e is SET_UP[1] else e for e in SET_UP)
    city = granted(day(MONDAY), agreed(), asked(), suspended(), approved(), of=rules)
    assert [w.waits_for for w in city.of_type(PaymentAwaits)] == ["approval", "reinstatement"]
    more(city, reinstated())
    assert [o.approved_by for o in city.of_type(PaymentOrdered)] == ["chi"]


def test_suspension_holds_nothing_where_another_recognition_is_in_force():
    city = granted(OTHER, day(MONDAY), agreed(), suspended(), asked())
    assert [o.order_id for o in city.of_type(PaymentOrdered)] == ["o1"]


def test_revocation_during_a_suspension_drops_what_was_held():
    city = granted(day(MONDAY), agreed(), suspended(), asked(), revoked())
    assert (the(city).state, [o.state for o in the(city).orders], the(city).on_line.held) == ("cancelled", ["dropped"], 0)
    more(city, reinstated())
    assert city.of_type(PaymentOrdered) == []


def test_suspended_recognition_is_none_for_a_new_request():
    city = run(service, *SET_UP, day(MONDAY), suspended(), project())
    assert told(city) == ["r1 waits for recognition"]
    more(city, reinstated())
    assert told(city)[-1] == "r1 granted 45"


# -- expired and renewed --------------------------------------------------------------------------------------------------


def test_expiry_leaves_what_was_granted():
    last = date(2024, 11, 25)
    city = granted(day(last + DAY), agreed(), expired(last), asked(), made(), claimed())
    assert (the(city).state, slugs(city)) == ("claimed", [])


def test_expiry_ends_what_a_suspension_held():
    last = date(2024, 11, 25)
    city = granted(day(MONDAY), agreed(), suspended(), asked(), day(last + DAY), expired(last))
    assert [o.order_id for o in city.of_type(PaymentOrdered)] == ["o1"]


def test_renewal_makes_a_request_of_a_day_it_covers_go_on():
    over = recognised(valid_to=MONDAY - DAY)
    city = run(service, *SET_UP[:-1], over, day(MONDAY), project(), renewed(date(2024, 1, 1)))
    assert (told(city), the(city).certificate) == (["r1 waits for recognition", "r1 granted 45"], CERTIFICATE)


# -- what cannot be, and order ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "news", [revoked(B), suspended(), reinstated(), renewed(date(2030, 1, 1)), expired(MONDAY)], ids=lambda n: type(n).__name__
)
def test_news_of_a_certificate_the_enterprise_does_not_hold_is_refused(news):
    city = run(service, *SET_UP[:-1], news)
    assert [(r.slug, r.field) for r in city.refusals] == [(CertificateUnknown.slug, "certificate")]
    assert news.certificate in city.refusals[0].vi and news.tax_code in city.refusals[0].en


def test_declined_request_names_the_certificate_and_the_day():
    city = run(service, *SET_UP[:5], recognised(), day(MONDAY), project(), revoked())
    (no,) = city.of_type(SupportDeclined)
    assert (ID in no.reasons[0].vi, "06/12/2021" in no.reasons[0].vi) == (True, True)


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_order_of_request_suspension_and_payment_news_does_not_change_who_has_money_in_the_end(order):
    """Suspended and reinstated, asked for a payment, and given another recognition: in any order one order goes out."""
    news = [(suspended(), reinstated()), (asked(),), (OTHER,)]
    city = granted(day(MONDAY), agreed(), *(event for n in order for event in news[n]))
    assert ([o.order_id for o in city.of_type(PaymentOrdered)], the(city).paying) == (["o1"], 10 * MILLION)
