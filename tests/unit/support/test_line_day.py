"""Money of a line that is allocated at the start of a day: by priority, time of request and id, whatever came first."""

from datetime import date

import pytest
from shared.contracts.support import BudgetExhausted, SupportQueued
from support.domain.lines import Line
from unit.support.cases import (
    LINE,
    MILLION,
    MONDAY,
    A,
    B,
    C,
    allocated,
    day,
    later,
    play,
    project,
    recognised,
    refused,
    request,
    scheme,
    supply,
    told,
)
from unit.support.grant_cases import revoked
from unit.support.test_line_changes import changed, transferred

THURSDAY, SATURDAY = date(2021, 12, 9), date(2021, 12, 11)
ASKED = tuple(
    request(f"r{n}", who, requested_on=date(2021, 12, 7 - n), activity_id=f"lathe-{n}") for n, who in enumerate((A, B, C), 1)
)


def opened(amount: int, on: date | None = SATURDAY):
    return allocated(amount * MILLION, allocates_on=on)


def asking(*events, pays: int = 180):
    """Three requests for projects of 90 triệu, the last of them the earliest by its day."""
    paid = scheme("works", activity="project", part_grants=False)
    asked = (r.model_copy(update={"scheme_id": "works"}) for r in ASKED)
    return play(paid, allocated(pays * MILLION, "works", allocates_on=SATURDAY), *asked, *events)


WORKS = "line:2021/works"


def test_everybody_stands_in_line_until_the_day_and_money_goes_by_rank():
    city = asking(day(THURSDAY))
    assert told(city) == [f"r{n} waits for budget" for n in (1, 2, 3)]
    assert (supply(city, WORKS), city.of_type(BudgetExhausted)) == ((180 * MILLION, 0, ["r1", "r2", "r3"]), [])
    queued = city.of_type(SupportQueued)[0]
    assert (queued.vi, queued.en) == (
        "Kinh phí của dòng ngân sách 2021/works được phân bổ ngày 11/12/2021 theo mức ưu tiên, thời điểm và mã đề nghị; "
        "đề nghị đứng trong hàng đến ngày đó.",
        "The money of budget line 2021/works is allocated on 2021-12-11 by priority, time of request and id; "
        "the request stands in line until then.",
    )
    city.publish(*later(day(date(2021, 12, 13))))
    assert told(city)[3:] == ["r3 granted 90", "r2 granted 90"]
    assert supply(city, WORKS) == (180 * MILLION, 180 * MILLION, ["r1"])
    assert [e.request_id for e in city.of_type(BudgetExhausted)] == ["r1"]


def test_after_the_day_the_order_stands_and_who_comes_later_stands_behind():
    first = request("r0", "0100000003", scheme_id="works", activity_id="x", requested_on=date(2021, 12, 1))
    city = asking(day(SATURDAY), first, recognised(A), recognised(C), pays=90)
    assert supply(city, WORKS)[2] == ["r2", "r1", "r0"]
    city.publish(*later(allocated(90 * MILLION, "works")))
    assert (told(city)[-1], supply(city, WORKS)[2]) == ("r2 granted 90", ["r1", "r0"])


def test_who_comes_after_the_day_with_money_left_is_served():
    city = asking(day(SATURDAY), request("r4", A, scheme_id="works", activity_id="x"), pays=360)
    assert told(city)[-1] == "r4 granted 90"


@pytest.mark.parametrize("part", [False, True])
def test_head_of_the_line_is_not_passed_by_a_smaller_one_and_gets_a_part_where_that_is_welcome(part):
    paid = scheme("works", activity="project", part_grants=part)
    small = request("r4", A, scheme_id="works", activity_id="x", asked=10 * MILLION)
    large = request("r5", B, scheme_id="works", activity_id="x", requested_on=date(2021, 12, 1))
    city = play(paid, allocated(50 * MILLION, "works", allocates_on=SATURDAY), small, large, day(SATURDAY))
    assert told(city)[2:] == (["r5 granted 50"] if part else [])
    assert supply(city, WORKS)[2] == (["r4"] if part else ["r5", "r4"])


@pytest.mark.parametrize("early", [True, False])
def test_holders_of_a_recognition_in_force_are_first_whenever_it_is_heard_of(early):
    asked = [r.model_copy(update={"scheme_id": "works"}) for r in ASKED]
    order = [recognised(A), *asked] if early else [*asked, recognised(A)]
    paid = scheme("works", activity="project")
    city = play(paid, allocated(90 * MILLION, "works", allocates_on=SATURDAY), *order, day(SATURDAY))
    assert supply(city, WORKS)[2] == ["r3", "r2"]


def test_who_stood_in_line_before_the_day_was_named_is_told_and_can_still_become_first():
    asked = [r.model_copy(update={"scheme_id": "works"}) for r in ASKED]
    late = allocated(90 * MILLION, "works", allocates_on=SATURDAY)
    city = play(scheme("works", activity="project"), *asked, late, recognised(A), day(SATURDAY))
    assert sorted(told(city)[3:]) == ["r1 granted 90", *(f"r{n} waits for budget" for n in (1, 2, 3))]
    assert ["11/12/2021" in queued.vi for queued in city.of_type(SupportQueued)] == [False] * 3 + [True] * 3


def test_recognition_revoked_before_the_day_puts_nobody_first():
    city = asking(recognised(A), revoked(A, date(2021, 12, 1)), day(SATURDAY))
    assert supply(city, WORKS)[2] == ["r1"]


def test_request_that_leaves_before_the_day_is_not_served():
    city = play(allocated(45 * MILLION, "renewal", allocates_on=SATURDAY), recognised(A), recognised(B), project("r1", A))
    city.publish(*later(project("r2", B), revoked(A, MONDAY), day(SATURDAY)))
    assert told(city)[2:] == ["r1 declined recognition-revoked", "r2 granted 45"]


@pytest.mark.parametrize(
    ("said", "served_by"),
    [
        ([allocated(90 * MILLION, "works")], SATURDAY),  # more money; the day named before stands
        ([allocated(90 * MILLION, "works", allocates_on=THURSDAY)], THURSDAY),  # sooner
        ([allocated(90 * MILLION, "works", allocates_on=date(2021, 12, 20))], date(2021, 12, 20)),  # later
        ([changed(90 * MILLION, "2021/works")], SATURDAY),
        ([transferred(90 * MILLION, "2021/works")], SATURDAY),
    ],
)
def test_nobody_is_served_before_the_day_named_last(said, served_by):
    city = asking(opened(200), *said)
    for on in (THURSDAY, SATURDAY, date(2021, 12, 20)):
        city.publish(*later(day(on)))
        assert ("r3 granted 90" in told(city)) == (on >= served_by)
    assert supply(city, WORKS) == (270 * MILLION, 270 * MILLION, [])


@pytest.mark.parametrize("on", [MONDAY, date(2021, 12, 1)])
def test_line_whose_day_has_begun_already_is_allocated_at_once(on):
    asked = [r.model_copy(update={"scheme_id": "works"}) for r in ASKED]
    late = allocated(90 * MILLION, "works", allocates_on=on)
    city = play(scheme("works", activity="project"), day(MONDAY), *asked, late)
    assert supply(city, WORKS)[2] == ["r2", "r1"]


def test_line_that_has_served_can_be_closed_until_another_day():
    city = play(opened(90, on=None), request("r1", A), request("r2", B, requested_on=date(2021, 12, 1)), opened(90))
    assert (told(city), supply(city, f"line:{LINE}")[2]) == (["r1 granted 90", *["r2 waits for budget"] * 2], ["r2"])
    city.publish(*later(day(SATURDAY)))
    assert told(city)[3:] == ["r2 granted 90"]


def test_day_of_allocation_after_the_year_of_the_line_is_refused():
    city = play(opened(90, on=date(2022, 1, 1)))
    assert (refused(city), city["support"].find(Line, f"line:{LINE}")) == ({("line-allocated-too-late", "allocates_on")}, None)
    assert refused(play(opened(90, on=date(2021, 12, 31)))) == set()
