"""What has to be paid back: ordered, paid in parts, and until then a debt that blocks new support. And changes of a grant."""

from datetime import date

import pytest
from shared.contracts.grants import GrantChangeAnswered, RecoveryCompleted, RecoveryOrdered
from shared.contracts.support import ScarceThingGivenBack, SupportDeclined
from shared.testing.memory import run
from support.domain.changes import (
    ChangeDecided,
    ChangeIdTaken,
    ChangeIncomplete,
    ChangeNotLater,
    ChangeNotSmaller,
    ChangeNotToOtherFair,
    ChangeUnknown,
)
from support.domain.enterprises import Activity
from support.domain.life import DateOutside, NotInThisState
from support.domain.recoveries import Account, NothingToRecover, ReceiptTaken, RepaymentAboveBalance
from support.main import service
from unit.support.cases import MILLION, A, B, fair, invoice, places, project, recognised, request, told
from unit.support.grant_cases import (
    FINISH,
    GRANTED,
    ID,
    SET_UP,
    TO_STATE,
    agreed,
    asked,
    change,
    checked,
    claimed,
    decided,
    granted,
    made,
    money_of,
    more,
    moves,
    repaid,
    sent,
    slugs,
    steps,
    the,
    withdrawn,
)


def debt(city, tax_code=A):
    account = city["support"].find(Account, tax_code)
    return account.balance if account else 0


def test_failed_post_check_orders_a_recovery_that_is_paid_in_parts():
    city = granted(*TO_STATE["failed"])
    assert [(r.amount, r.balance) for r in city.of_type(RecoveryOrdered)] == [(15 * MILLION, 15 * MILLION)]
    assert "15.000.000 đồng" in city.of_type(RecoveryOrdered)[0].vi
    more(city, repaid())
    assert (the(city).balance, the(city).recovery, debt(city)) == (5 * MILLION, "open", 5 * MILLION)
    assert moves(city)[-2:] == [("unpay", 10), ("release", 10)]
    more(city, repaid("n2", 5 * MILLION))
    assert (the(city).recovery, debt(city), [c.repaid for c in city.of_type(RecoveryCompleted)]) == ("repaid", 0, [15 * MILLION])
    assert money_of(city)["paid"] == 25 * MILLION == the(city).kept


@pytest.mark.parametrize(
    ("before", "report", "slug", "field", "figures"),
    [
        (TO_STATE["failed"], repaid(amount=15 * MILLION + 1), RepaymentAboveBalance, "amount", ["15.000.000", "15.000.001"]),
        (
            (*TO_STATE["failed"], repaid()),
            repaid("n2", 5 * MILLION + 1),
            RepaymentAboveBalance,
            "amount",
            ["5.000.001"],
        ),
        ((*TO_STATE["failed"], repaid()), repaid(amount=1), ReceiptTaken, "receipt_id", ["n1", "10.000.000 đồng"]),
        ((*TO_STATE["failed"], repaid(amount=15 * MILLION)), repaid("n2", 7), NothingToRecover, "grant_id", ["7 đồng"]),
        ((agreed(),), repaid(), NothingToRecover, "grant_id", ["10.000.000 đồng"]),
    ],
)
def test_repayment_that_cannot_be_is_refused_with_the_figure(before, report, slug, field, figures):
    city = granted(*before)
    stands = the(city)
    more(city, report)
    assert the(city) == stands
    (answer,) = city.refusals
    assert (answer.slug, answer.field) == (slug.slug, field)
    assert [figure for figure in figures if figure not in answer.vi] == []
    assert ID in answer.en


def test_debt_blocks_new_support_of_the_enterprise_until_it_is_paid():
    city = granted(*TO_STATE["failed"], repaid(), project("r2", A, activity_id="mill"), recognised(B), project("r3", B))
    assert told(city)[-2:] == ["r2 declined debt-outstanding", "r3 granted 45"]
    (no,) = city.of_type(SupportDeclined)
    assert "5.000.000 đồng" in no.reasons[0].vi and ID in no.reasons[0].en
    more(city, repaid("n2", 5 * MILLION), project("r4", A, activity_id="mill"))
    assert told(city)[-1] == "r4 granted 45"


def test_debts_of_several_grants_add_up():
    again = {"grant_id": f"{A}/r2"}
    city = granted(*TO_STATE["advanced"], project("r2", A, activity_id="mill"), agreed(**again), asked(**again), made(**again))
    more(city, withdrawn(), withdrawn(**again))
    assert (debt(city), slugs(city)) == (20 * MILLION, [])
    more(city, repaid())
    assert debt(city) == 10 * MILLION


def test_costs_and_activity_are_free_again_when_all_is_paid_back():
    city = granted(*TO_STATE["claimed"], withdrawn(), repaid(amount=4 * MILLION))
    assert sent(city, ScarceThingGivenBack) == []
    more(city, repaid("n2", 6 * MILLION))
    assert [b.thing for b in sent(city, ScarceThingGivenBack)] == ["evidence:0309999999/hd-r1", "evidence:0309999999/kk-k1"]
    assert money_of(city) == {"reserved": 0, "committed": 0, "paying": 0, "paid": 0}
    more(city, project("r2", A, invoice("kk-k1", 90 * MILLION)))
    assert told(city)[-1] == "r2 granted 45"


# -- changes -------------------------------------------------------------------------------------------------------------


def answers(city):
    return [(a.change_id, a.carried_out) for a in city.of_type(GrantChangeAnswered)]


def test_delay_lets_claims_come_later():
    city = granted(agreed(), change("delay", finish_by=date(2022, 7, 31)), claimed("k1", filed_on=date(2022, 7, 15)))
    assert slugs(city) == [DateOutside.slug]
    more(city, decided(), claimed("k2", filed_on=date(2022, 7, 15)))
    assert (answers(city), the(city).state, steps(city)) == ([("d1", True)], "claimed", ["agree", "delay", "claim"])


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ((), [("release", 15)]),
        ((agreed(),), [("commit", 45), ("release", 15)]),
        (TO_STATE["advanced"], [("commit", 45), ("order", 10), ("pay", 10), ("release", 15)]),
    ],
)
def test_smaller_scope_releases_money(before, expected):
    city = granted(*before, change("reduce", cost=60 * MILLION), decided())
    assert (the(city).entitled, moves(city), answers(city)) == (30 * MILLION, expected, [("d1", True)])
    more(city, *(() if before else (agreed(),)), claimed("k9", invoice("big", 60 * MILLION + 1)))
    assert slugs(city) == (["claim-above-agreement"] if before else [])


def test_smaller_scope_below_what_was_paid_makes_a_recovery():
    city = granted(
        agreed(), asked(amount=30 * MILLION), made(amount=30 * MILLION), change("reduce", cost=40 * MILLION), decided()
    )
    assert ([r.amount for r in city.of_type(RecoveryOrdered)], moves(city)[-1]) == ([10 * MILLION], ("release", 15))


def test_declined_change_changes_nothing():
    city = granted(agreed(), change("reduce", cost=40 * MILLION), decided(approved=False))
    assert (answers(city), the(city).entitled) == ([("d1", False)], GRANTED)


FAIRS = (*SET_UP, fair("osaka", places=1))


def at_fair(*events):
    return run(service, *FAIRS, request("r1", A), *events)


def test_other_fair_gives_a_place_and_the_first_one_is_free():
    city = at_fair(change("move", fair_id="osaka"), decided())
    assert (answers(city), the(city).activity_id) == ([("d1", True)], "osaka")
    assert (places(city, "osaka"), places(city, "hannover")) == ((["r1"], []), ([], []))
    assert [a.id for a in city["support"].all(Activity)] == [f"{A}/fair/osaka"]
    more(city, request("r2", A, invoice("other", MILLION)))
    assert told(city)[-1] == "r2 granted 1"
    more(city, withdrawn())
    assert places(city, "osaka") == ([], [])


def test_full_fair_leaves_the_grant_where_it_is():
    city = at_fair(request("r2", B, activity_id="osaka"), change("move", fair_id="osaka"), decided())
    assert (answers(city), the(city).activity_id) == ([("d1", False)], "hannover")
    assert (places(city, "osaka"), places(city, "hannover")) == ((["r2"], []), (["r1"], []))
    assert f"{A}/fair/osaka" not in [a.id for a in city["support"].all(Activity)]
    assert "osaka" in city.of_type(GrantChangeAnswered)[0].vi


def test_fair_the_enterprise_is_supported_at_already_is_no_other_fair():
    city = at_fair(request("r2", A, activity_id="osaka"), change("move", fair_id="osaka"), decided())
    assert (answers(city), "r2" in city.of_type(GrantChangeAnswered)[0].vi) == ([("d1", False)], True)
    assert places(city, "osaka") == (["r2"], [])


@pytest.mark.parametrize(
    ("before", "report", "slug", "field", "figures"),
    [
        ((agreed(),), change("delay"), ChangeIncomplete, "finish_by", ["d1", "finish_by"]),
        ((agreed(),), change("reduce"), ChangeIncomplete, "cost", ["d1", "cost"]),
        ((agreed(),), change("move"), ChangeIncomplete, "fair_id", ["d1", "fair_id"]),
        ((agreed(),), change("delay", finish_by=FINISH), ChangeNotLater, "finish_by", ["30/06/2022"]),
        ((agreed(),), change("reduce", cost=90 * MILLION), ChangeNotSmaller, "cost", ["90.000.000", "45.000.000"]),
        ((agreed(),), change("move", fair_id="osaka"), ChangeNotToOtherFair, "fair_id", ["lathe", "osaka"]),
        ((agreed(),), decided(), ChangeUnknown, "change_id", ["d1"]),
        (
            (agreed(), change("reduce", cost=MILLION), decided()),
            decided(),
            ChangeDecided,
            "change_id",
            ["d1", "carried-out"],
        ),
        ((agreed(), change("reduce", cost=MILLION)), change("reduce", cost=2 * MILLION), ChangeIdTaken, "change_id", ["d1"]),
        ((), change("delay", finish_by=FINISH), NotInThisState, None, ["gia hạn"]),
        (TO_STATE["settled"], change("reduce", cost=1), NotInThisState, None, ["thu hẹp quy mô", "đã quyết toán"]),
        ((agreed(),), change("reduce", cost=1, requested_on=date(2021, 12, 5)), DateOutside, "requested_on", ["05/12/2021"]),
    ],
)
def test_change_that_cannot_be_is_refused_with_the_figure(before, report, slug, field, figures):
    city = granted(*before, of=FAIRS)
    stands = the(city)
    more(city, report)
    assert the(city) == stands
    (answer,) = city.refusals
    assert (answer.slug, answer.field) == (slug.slug, field)
    assert [figure for figure in figures if figure not in answer.vi] == []
    assert ID in answer.en


def test_change_that_has_become_impossible_is_refused_when_it_is_decided():
    city = granted(
        agreed(), change("reduce", cost=60 * MILLION), change("reduce", "d2", cost=50 * MILLION), decided("d2"), decided()
    )
    assert (slugs(city), the(city).entitled) == ([ChangeNotSmaller.slug], 25 * MILLION)


def test_post_check_of_all_that_was_paid():
    city = granted(*TO_STATE["settled"], checked(40 * MILLION), repaid(amount=40 * MILLION))
    assert (money_of(city)["paid"], the(city).kept, slugs(city)) == (0, 0, [])
