"""The life of a grant: every step of the table, every other one refused, and what each report is checked for."""

from datetime import date, timedelta
from itertools import product
from typing import get_args

import pytest
from shared.contracts.base import Data
from shared.contracts.grants import (
    ClaimAnswered,
    GrantAction,
    GrantMoved,
    GrantState,
    PaymentDropped,
    RecoveryOrdered,
    SupportCancelled,
    SupportSettled,
)
from shared.contracts.support import ScarceThingGivenBack, SupportDeclined
from shared.testing.memory import run
from support.domain.claims import (
    AcceptanceWithoutClaim,
    AcceptedAboveClaimed,
    ClaimAboveAgreement,
    ClaimIdTaken,
    ClaimInvoiceTwice,
)
from support.domain.grants import NotGranted
from support.domain.life import ACTIONS, NEXT, STATES, TRANSITIONS, DateOutside, NotInThisState, check
from support.domain.payments import DutiesNotSeparated
from support.domain.recoveries import RecoveryAbovePaid
from support.main import service
from unit.support.cases import FAIR, MILLION, MONDAY, A, B, allocated, invoice, project, recognised, request, scheme, told
from unit.support.grant_cases import (
    ANNA,
    BINH,
    COST,
    FINISH,
    GRANTED,
    ID,
    SET_UP,
    SIGNED,
    TO_STATE,
    accepted,
    agreed,
    asked,
    change,
    checked,
    claimed,
    decided,
    final,
    final_made,
    granted,
    made,
    money_of,
    more,
    moves,
    sent,
    slugs,
    steps,
    the,
    withdrawn,
)

# What the department, the enterprise or finance reports, by the step it asks for.
REPORTS: dict[str, tuple[Data, ...]] = {
    "agree": (agreed(),),
    "order": (asked("o5", MILLION, requested_by="dung"),),
    "claim": (claimed("k5", invoice("k5", MILLION)),),
    "accept": (accepted(),),
    "pass": (checked(),),
    "fail": (checked(MILLION),),
    "delay": (change("delay", "d5", finish_by=FINISH + timedelta(days=1)), decided("d5")),
    "reduce": (change("reduce", "d6", cost=40 * MILLION), decided("d6")),
    "withdraw": (withdrawn(),),
}


def test_table_speaks_of_every_state_and_action_and_names_no_step_twice():
    assert {s for s, _, _ in TRANSITIONS} | {s for _, _, s in TRANSITIONS} == set(get_args(GrantState)) == set(STATES)
    assert {a for _, a, _ in TRANSITIONS} == set(get_args(GrantAction)) == set(ACTIONS)
    assert len(NEXT) == len(TRANSITIONS)
    assert set(TO_STATE) == set(STATES)


@pytest.mark.parametrize(("state", "action"), list(product(get_args(GrantState), get_args(GrantAction))))
def test_step_that_is_not_in_the_table_is_refused_and_says_what_is_possible(state, action):
    if (state, action) in NEXT:
        check(ID, state, action)
        return
    with pytest.raises(NotInThisState) as refused:
        check(ID, state, action)
    possible = [a for s, a, _ in TRANSITIONS if s == state]
    assert all(ACTIONS[a][0] in refused.value.text("vi") and ACTIONS[a][1] in refused.value.text("en") for a in possible)
    assert STATES[state][0] in refused.value.text("vi") and STATES[state][1] in refused.value.text("en")


@pytest.mark.parametrize(("state", "action"), list(product(TO_STATE, REPORTS)))
def test_report_moves_a_grant_as_the_table_says_or_changes_nothing(state, action):
    city = granted(*TO_STATE[state])
    before = the(city)
    assert (before.state, slugs(city)) == (state, [])
    more(city, *REPORTS[action])
    if (state, action) in NEXT:
        assert (the(city).state, slugs(city), steps(city)[-1]) == (NEXT[state, action], [], action)
    else:
        early = action == "accept" and state in ("granted", "agreed", "advanced")
        assert slugs(city)[0] == (AcceptanceWithoutClaim.slug if early else NotInThisState.slug)
        assert the(city) == before
    assert city["support"].held == {}


def test_whole_life_with_its_money():
    city = granted(
        agreed(), asked(amount=30 * MILLION), made(amount=30 * MILLION), claimed("k1", invoice("a", 50 * MILLION)),
        claimed("k2", invoice("b", 33_000_777)), accepted(83_000_777), final(amount=11_500_000), final_made(amount=11_500_000),
        checked(),
    )  # fmt: skip
    assert slugs(city) == []
    assert steps(city) == ["agree", "order", "pay", "claim", "claim", "accept", "order", "pay", "settle", "pass"]
    (settled,) = city.of_type(SupportSettled)
    assert (settled.settled, settled.due, settled.over) == (41_500_000, 11_500_000, 0)
    assert [(s.rule, s.amount) for s in settled.steps] == [("granted", GRANTED), ("rate", 41_500_000)]
    assert [m.state for m in city.of_type(GrantMoved)][-2:] == ["settled", "checked"]
    grant = the(city)
    assert (grant.paid, grant.on_line, grant.recovery) == (41_500_000, (0, 0, 0, 41_500_000), "none")
    assert dict(money_of(city)) == {"reserved": 0, "committed": 0, "paying": 0, "paid": 41_500_000}


@pytest.mark.parametrize(
    ("cost", "settled", "due", "over"),
    [
        (80 * MILLION, 40 * MILLION, 10 * MILLION, 0),
        (60 * MILLION, 30 * MILLION, 0, 0),
        (40 * MILLION, 20 * MILLION, 0, 10 * MILLION),
        (79_999_999, 39_999_000, 9_999_000, 0),
        (0, 0, 0, 30 * MILLION),
    ],
)
def test_settlement_is_the_rate_of_what_was_accepted_less_what_was_advanced(cost, settled, due, over):
    city = granted(agreed(), asked(amount=30 * MILLION), made(amount=30 * MILLION), claimed(), accepted(cost))
    (said,) = city.of_type(SupportSettled)
    assert (said.settled, said.due, said.over) == (settled, due, over)
    assert [r.amount for r in city.of_type(RecoveryOrdered)] == ([over] if over else [])
    assert the(city).state == ("accepted" if due else "settled")
    assert money_of(city)["committed"] == due
    assert sum(a for kind, a in moves(city) if kind == "release") == (GRANTED - max(settled, 30 * MILLION)) // MILLION


def test_settlement_never_exceeds_the_grant():
    city = granted(agreed(cost=200 * MILLION), claimed("k1", invoice("x", 190 * MILLION)), accepted(190 * MILLION))
    assert city.of_type(SupportSettled)[0].settled == GRANTED


def test_agreement_may_cost_more_than_was_requested_and_the_grant_stays_what_it_was():
    city = granted(agreed(cost=500 * MILLION))
    assert (slugs(city), the(city).entitled, the(city).on_line) == ([], GRANTED, (0, GRANTED, 0, 0))


def test_agreement_on_a_smaller_cost_releases_what_it_does_not_need():
    city = granted(agreed(cost=60 * MILLION))
    assert (moves(city), the(city).entitled) == ([("release", 15), ("commit", 30)], 30 * MILLION)


@pytest.mark.parametrize("report", [(agreed(cost=1),), (change("reduce", cost=1), decided())])
def test_grant_that_comes_to_nothing_releases_all_of_its_money(report):
    city = granted(*report)
    assert (moves(city), the(city).on_line) == ([("release", 45)], (0, 0, 0, 0))
    assert sent(city, ScarceThingGivenBack) == []


def test_advance_that_is_still_out_when_the_work_is_accepted_is_waited_for():
    city = granted(agreed(), asked(amount=30 * MILLION), claimed(), accepted(50 * MILLION))
    assert (the(city).state, the(city).on_line, the(city).due_back) == ("accepted", (0, 0, 30 * MILLION, 0), 0)
    more(city, made(amount=30 * MILLION))
    assert (the(city).state, the(city).due_back, money_of(city)["paid"]) == ("settled", 5 * MILLION, 30 * MILLION)


def test_payment_nobody_approved_is_dropped_when_the_work_is_accepted():
    rules = (*SET_UP[:1], *SET_UP[2:])
    with_threshold = (SET_UP[1].model_copy(update={"second_approval_from": 1}), *rules)
    city = granted(agreed(), asked(), claimed(), accepted(), of=with_threshold)
    assert [(d.order_id, d.amount) for d in city.of_type(PaymentDropped)] == [("o1", 10 * MILLION)]
    assert the(city).payable == 40 * MILLION


# -- what each report is checked for -------------------------------------------------------------------------------------

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("before", "report", "slug", "field", "figures"),
    [
        ((), agreed(signed_on=MONDAY - DAY), DateOutside, "signed_on", ["05/12/2021", "06/12/2021"]),
        ((), agreed(finish_by=SIGNED - DAY), DateOutside, "finish_by", ["09/12/2021", "10/12/2021"]),
        ((agreed(),), claimed(filed_on=SIGNED - DAY), DateOutside, "filed_on", ["09/12/2021", "10/12/2021", "30/06/2022"]),
        ((agreed(),), claimed(filed_on=FINISH + DAY), DateOutside, "filed_on", ["01/07/2022", "30/06/2022"]),
        ((agreed(), claimed()), claimed(), ClaimIdTaken, "claim_id", ["k1"]),
        (
            (agreed(), claimed("k1", invoice("x", MILLION))),
            claimed("k2", invoice("x", MILLION)),
            ClaimInvoiceTwice,
            "evidence.0",
            ["0309999999/x", "k2"],
        ),
        ((agreed(),), claimed("k1", invoice("x", 1), invoice("x", 1)), ClaimInvoiceTwice, "evidence.1", ["0309999999/x"]),
        (
            (agreed(), claimed()),
            claimed("k2", invoice("y", 10 * MILLION + 1)),
            ClaimAboveAgreement,
            "evidence",
            ["90.000.001 đồng", "90.000.000 đồng"],
        ),
        ((agreed(),), accepted(), AcceptanceWithoutClaim, "cost", ["80.000.000 đồng"]),
        ((agreed(), claimed()), accepted(80 * MILLION + 1), AcceptedAboveClaimed, "cost", ["80.000.001", "80.000.000"]),
        ((agreed(), claimed()), accepted(accepted_on=date(2022, 1, 31)), DateOutside, "accepted_on", ["31/01/2022"]),
        ((agreed(), asked(), claimed()), accepted(accepted_by=ANNA), DutiesNotSeparated, "accepted_by", [ANNA, ID]),
        (TO_STATE["accepted"], final(requested_by=BINH), DutiesNotSeparated, "requested_by", [BINH, ID]),
        (TO_STATE["settled"], checked(40 * MILLION + 1), RecoveryAbovePaid, "recover", ["40.000.001", "40.000.000"]),
        (TO_STATE["settled"], checked(checked_on=date(2022, 2, 28)), DateOutside, "checked_on", ["28/02/2022"]),
        ((agreed(),), withdrawn(withdrawn_on=MONDAY - DAY), DateOutside, "withdrawn_on", ["05/12/2021"]),
    ],
)
def test_report_that_cannot_be_is_refused_with_the_figure(before, report, slug, field, figures):
    city = granted(*before)
    stands = the(city)
    more(city, report)
    assert the(city) == stands
    (answer,) = city.refusals
    assert (answer.slug, answer.field) == (slug.slug, field)
    assert [figure for figure in figures if figure not in answer.vi] == []
    assert ID in answer.en or A in answer.en


def test_acceptor_may_be_anyone_who_asked_for_no_payment():
    city = granted(agreed(), asked(requested_by=ANNA), claimed(), accepted(accepted_by=BINH))
    assert (the(city).state, slugs(city)) == ("accepted", [])


# -- waiting for what is on its way --------------------------------------------------------------------------------------


def test_reports_that_come_before_the_decision_wait_for_it_and_keep_their_order():
    early = (agreed(), asked(), made(), claimed(), accepted(), final(amount=30 * MILLION))
    city = run(service, *SET_UP[:-1], project(), *early, recognised())
    assert (slugs(city), the(city).state, the(city).paying) == ([], "accepted", 30 * MILLION)
    assert city["support"].held == {}


def test_report_of_a_declined_request_is_refused():
    city = run(service, *SET_UP, project("r1", A, invoice("i", 999)), agreed())
    assert [(r.slug, r.field) for r in city.refusals] == [(NotGranted.slug, "grant_id")]


# -- claims and their invoices -------------------------------------------------------------------------------------------


def test_invoice_another_request_holds_makes_its_claim_be_declined_and_the_rest_is_given_back():
    other = project("r2", B, invoice("theirs", MILLION))
    city = run(service, *SET_UP, recognised(B), other, project(), agreed())
    more(city, claimed("k1", invoice("mine", MILLION), invoice("theirs", MILLION)))
    (answer,) = city.of_type(ClaimAnswered)
    assert (answer.admitted, [r.slug for r in answer.reasons]) == (False, ["cost-already-supported"])
    assert "r2" in answer.reasons[0].vi and "0309999999/theirs" in answer.reasons[0].en
    assert [b.thing for b in sent(city, ScarceThingGivenBack)] == ["evidence:0309999999/mine"]
    assert (the(city).state, the(city).claims[0].state) == ("agreed", "declined")
    more(city, claimed("k2", invoice("mine", MILLION)))
    assert the(city).state == "claimed"


def test_invoice_of_the_request_itself_is_not_asked_for_again():
    city = granted(agreed(), claimed("k1", invoice("hd-r1", COST)))
    assert [a.admitted for a in city.of_type(ClaimAnswered)] == [True]


def test_invoice_of_a_claim_cannot_be_used_by_another_request():
    city = granted(agreed(), claimed("k1", invoice("mine", MILLION)), recognised(B), project("r2", B, invoice("mine", MILLION)))
    assert told(city)[-1] == "r2 declined cost-already-supported"


# -- withdrawal ----------------------------------------------------------------------------------------------------------


def test_withdrawal_before_the_agreement_gives_everything_back():
    city = granted(withdrawn())
    assert (the(city).state, moves(city)) == ("withdrawn", [])
    assert [b.thing for b in sent(city, ScarceThingGivenBack)] == ["evidence:0309999999/hd-r1", "line:2021/renewal"]
    assert [c.reason.slug for c in city.of_type(SupportCancelled)] == ["withdrawn"]
    more(city, project("r2", A))
    assert told(city)[-1] == "r2 granted 45"


def test_withdrawal_after_an_advance_makes_it_a_debt_and_keeps_the_costs_until_it_is_paid():
    city = granted(*TO_STATE["advanced"], asked("o2"), withdrawn())
    assert (the(city).on_line, moves(city)[-1], the(city).due_back) == (
        (0, 0, 10 * MILLION, 10 * MILLION),
        ("release", 25),
        10 * MILLION,
    )
    assert sent(city, ScarceThingGivenBack) == []
    more(city, made("o2"))
    assert [r.balance for r in city.of_type(RecoveryOrdered)] == [10 * MILLION, 20 * MILLION]


@pytest.mark.parametrize(
    ("scheme_events", "ask"),
    [
        ((), project()),
        ((recognised(),), project(scheme_id="later")),
        ((allocated(1),), request("r1", A)),
    ],
)
def test_request_on_its_way_can_be_withdrawn_and_leaves_its_queue(scheme_events, ask):
    later = scheme("later", activity="project", requires="recognition", rate_percent=50)
    city = run(service, *SET_UP[:4], later, *SET_UP[4:5], *scheme_events, ask)
    more(city, withdrawn())
    (no,) = city.of_type(SupportDeclined)
    assert ([r.slug for r in no.reasons], slugs(city)) == (["withdrawn"], [])
    assert city["support"].held == {}


def test_place_of_a_withdrawn_grant_serves_the_next_in_line():
    rules = (scheme(), *SET_UP[3:6], allocated(10**9), SET_UP[2].model_copy(update={"places": 1}))
    city = run(service, *rules, request("r1", A), request("r2", B))
    assert told(city) == ["r1 granted 90", "r2 waits for place"]
    more(city, withdrawn())
    assert told(city)[-1] == "r2 granted 90"
    assert [g.thing for g in sent(city, ScarceThingGivenBack)] == [
        "place:hannover",
        "evidence:0309999999/hd-r1",
        f"line:2021/{FAIR}",
    ]
