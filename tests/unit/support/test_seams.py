"""Where requests, grants, money and activities meet: what one of them ends, the others let go of."""

from datetime import date

import pytest
from shared.contracts.agencies import CostReference
from shared.contracts.recognitions import RecognitionSuspended
from shared.contracts.support import GrantHeld
from shared.contracts.support_activities import BeneficiaryCounted
from shared.testing.memory import City, run
from support.domain.coverage import Coverage
from support.domain.enterprises import Holder
from support.domain.grants import Grant
from support.domain.overlap import Supports
from support.main import service
from unit.support.cases import (
    MILLION,
    MONDAY,
    A,
    B,
    allocated,
    day,
    enterprise,
    fair,
    invoice,
    logged,
    places,
    recognised,
    refused,
    renewal,
    request,
    scheme,
    told,
)
from unit.support.grant_cases import agreed, asked, change, claimed, decided, made, repaid, revoked, slugs, steps, withdrawn
from unit.support.test_activities import cancelled
from unit.support.test_overlap import HASH, cost_reported, reported

KIND = scheme("fair-of-a-kind", activity="fair-abroad")
SET_UP = (
    scheme(advance_percent=50, counts_as="fairs"),
    KIND,
    renewal(),
    fair(),
    fair("osaka", ends=date(2022, 1, 20)),
    *map(enterprise, (A, B)),
    allocated(10**9),
    allocated(10**9, "fair-of-a-kind"),
    request("r1"),
)
SIGN = agreed(cost=90 * MILLION)


def play(*events) -> City:
    city = run(service, *SET_UP, *events)
    assert city["support"].held == {}
    return city


def the_grant(city: City) -> Grant:
    (grant,) = city["support"].all(Grant)
    return grant


def test_one_fair_is_one_activity_whether_its_scheme_pays_for_any_fair_or_for_one_kind():
    city = play(request("r2", scheme_id="fair-of-a-kind"))
    assert told(city) == ["r1 granted 90", "r2 declined overlap"]


@pytest.mark.parametrize(
    ("events", "counts"),
    [
        ((), [True]),
        ((withdrawn(),), [True, False]),
        ((SIGN, asked(), made(), withdrawn()), [True]),
        ((SIGN, asked(), made(), withdrawn(), repaid("n1", 10 * MILLION)), [True, False]),
    ],
)
def test_grant_counts_as_long_as_something_is_left_of_it(events, counts):
    city = play(*events)
    assert [c.counted for c in city.of_type(BeneficiaryCounted)] == counts
    coverage = city["support"].find(Coverage, f"2021/{A}")
    supports = city["support"].find(Supports, A)
    assert (coverage.covered, bool(supports.known)) == (counts[-1], counts[-1])


def test_grant_of_a_cancelled_activity_is_held_until_it_moves():
    city = play(SIGN, cancelled("hannover"), asked())
    assert ([h.overlap_id for h in the_grant(city).holds], the_grant(city).orders[0].state) == (["hannover"], "held")
    city = play(SIGN, cancelled("hannover"), asked(), change("move", fair_id="osaka"), decided())
    assert (the_grant(city).holds, the_grant(city).orders[0].state) == ((), "ordered")
    assert (places(city, "hannover"), places(city, "osaka")) == (([], []), (["r1"], []))


def test_grant_that_moved_in_time_is_not_held_for_the_activity_it_left():
    city = play(change("move", fair_id="osaka"), decided(), cancelled("hannover"))
    assert (logged(city, GrantHeld), the_grant(city).activity_id) == ([], "osaka")


def test_grant_does_not_move_to_what_was_cancelled_or_is_of_another_kind():
    lesson = fair("basketry", kind="craft-class")
    city = play(lesson, cancelled("osaka"), change("move", fair_id="osaka"), change("move", "d2", fair_id="basketry"))
    assert slugs(city) == ["activity-cancelled", "change-not-to-other-fair"]
    assert refused(city) == {("activity-cancelled", "fair_id"), ("change-not-to-other-fair", "fair_id")}


def test_grant_does_not_move_to_a_fair_an_agency_supports():
    city = play(reported("KC-1", A, activity_id="osaka"), change("move", fair_id="osaka"), decided())
    assert (the_grant(city).activity_id, steps(city), the_grant(city).changes[0].state) == ("hannover", [], "declined")


def test_claim_is_declined_for_a_document_an_agency_paid():
    paid = cost_reported(CostReference(sha256=HASH))
    shown = invoice("kk", 80 * MILLION).model_copy(update={"sha256": HASH})
    city = play(SIGN, paid, claimed("k1", shown))
    (claim,) = the_grant(city).claims
    assert (claim.state, [r.slug for r in claim.reasons], claim.taken) == ("declined", ["cost-already-supported"], ())


@pytest.mark.parametrize(
    ("events", "years"),
    [
        ((), {2021, 2022, 2023, 2024}),
        ((revoked(revoked_on=date(2023, 1, 1)),), {2021, 2022}),
        ((revoked(revoked_on=date(2021, 11, 26)),), set()),
        (((date(2022, 1, 1), date(2022, 12, 31)),), {2021, 2023, 2024}),
        (((date(2021, 12, 1), date(2023, 6, 30)),), {2021, 2023, 2024}),
        (((date(2022, 6, 1), None),), {2021, 2022}),
    ],
)
def test_years_of_a_recognition_are_those_it_is_in_force_in(events, years):
    told_of = [_suspended(*e) if isinstance(e, tuple) else e for e in events]
    city = run(service, day(MONDAY), recognised(), *told_of)
    assert city["support"].find(Holder, A).years == years
    assert {c.year for c in city["support"].all(Coverage) if c.recognised} == years


def _suspended(since: date, until: date | None) -> RecognitionSuspended:
    facts = {"certificate": f"2021-{A[-3:]}", "tax_code": A, "product_id": f"sp-{A}", "decision": "7/QĐ", "reason": "Xem xét."}
    return RecognitionSuspended.model_validate({**facts, "suspended_from": since, "suspended_until": until})
