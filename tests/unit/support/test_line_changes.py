"""What a line has at its disposal goes up, down, to another line, to the next year; its money goes from grant to payment."""

from datetime import date

import pytest
from shared.contracts.base import make_event
from shared.contracts.finance import BudgetCarriedOver, BudgetChanged, BudgetTransferred
from shared.contracts.runtime import RecordRejected
from shared.contracts.support import (
    BudgetAdjusted,
    BudgetCommitted,
    BudgetOrdered,
    BudgetOrderFailed,
    BudgetPaid,
    BudgetReleased,
    BudgetRepaid,
    LineMoved,
    ScarceThingGivenBack,
)
from shared.testing.memory import City
from support.domain.amounts import in_words
from support.domain.line_refusals import (
    LineAllocatedTooLate,
    LineNotAllocated,
    LineOfOtherPlan,
    LineUnderUsed,
    NotEnoughAvailable,
    NothingToCarryOver,
    TransferAcrossYears,
    TransferToItself,
)
from support.domain.lines import LARGEST_LINE, PARTS, Line, Movement, RequestMoney
from unit.support.cases import LINE, MILLION, NOON, A, B, allocated, later, play, refused, request, scheme, send_in, told

RENEWALS = "2021/renewal"
NEXT = "2022/fair-abroad"
CENTRAL = "2021/fair-abroad@central"


def changed(by: int, line_id: str = LINE) -> BudgetChanged:
    return BudgetChanged(line_id=line_id, by=by, legal_text="Điều chỉnh")


def transferred(amount: int, to_line: str = RENEWALS, from_line: str = LINE) -> BudgetTransferred:
    return BudgetTransferred(from_line=from_line, to_line=to_line, amount=amount, legal_text="Điều chuyển")


def carried_over(amount: int | None = None, line_id: str = LINE) -> BudgetCarriedOver:
    return BudgetCarriedOver(line_id=line_id, amount=amount, legal_text="Chuyển nguồn")


def moved(kind: str, amount: int, request_id: str = "r1", tax_code: str = A) -> LineMoved:
    facts = {"thing": f"line:{LINE}", "request_id": request_id, "tax_code": tax_code, "kind": kind, "amount": amount}
    return LineMoved.model_validate(facts)


def line(city: City, line_id: str = LINE) -> Line:
    found = city["support"].find(Line, f"line:{line_id}")
    assert found is not None
    return found


def sums(city: City, line_id: str = LINE) -> tuple[int, ...]:
    """Allocated, reserved, committed, paid, available, in millions."""
    of = line(city, line_id)
    return tuple(n // MILLION for n in (of.allocated, of.reserved, of.committed, of.paid, of.available))


BACK_TO_LINE = transferred(4 * MILLION, LINE, RENEWALS)


# -- up, down, across ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("news", "here", "there"),
    [
        ([changed(50 * MILLION)], (250, 90, 0, 0, 160), None),
        ([changed(-110 * MILLION)], (90, 90, 0, 0, 0), None),
        ([transferred(110 * MILLION)], (90, 90, 0, 0, 0), (RENEWALS, (110, 0, 0, 0, 110))),
        (
            [transferred(10 * MILLION), transferred(4 * MILLION, LINE, RENEWALS)],
            (194, 90, 0, 0, 104),
            (RENEWALS, (6, 0, 0, 0, 6)),
        ),
        (
            [transferred(10 * MILLION, CENTRAL)],
            (190, 90, 0, 0, 100),
            (CENTRAL, (10, 0, 0, 0, 10)),
        ),
        ([carried_over()], (90, 90, 0, 0, 0), (NEXT, (110, 0, 0, 0, 110))),
        ([carried_over(30 * MILLION)], (170, 90, 0, 0, 80), (NEXT, (30, 0, 0, 0, 30))),
        (
            [allocated(7 * MILLION, line_id=CENTRAL, source="central")],
            (200, 90, 0, 0, 110),
            (CENTRAL, (7, 0, 0, 0, 7)),
        ),
    ],
)
def test_line_has_what_the_city_gave_and_moved(news, here, there):
    city = play(allocated(200 * MILLION), request("r1", A), *news)
    assert (refused(city), city["support"].held, sums(city)) == (set(), {}, here)
    assert line(city).unanswered == 0
    if there:
        assert sums(city, there[0]) == there[1]


@pytest.mark.parametrize(
    ("news", "refusal"),
    [
        (changed(-111 * MILLION), ("line-under-used", "by")),
        (changed(LARGEST_LINE), ("line-too-large", "by")),
        (changed(1, RENEWALS), ("line-not-allocated", "line_id")),
        (transferred(110 * MILLION + 1), ("line-not-enough-available", "amount")),
        (transferred(1, LINE), ("transfer-to-itself", "to_line")),
        (transferred(1, NEXT), ("transfer-across-years", "to_line")),
        (transferred(1, "2021/"), ("transfer-across-years", "to_line")),
        (transferred(1, LINE, RENEWALS), ("line-not-allocated", "from_line")),
        (carried_over(110 * MILLION + 1), ("line-not-enough-available", "amount")),
        (carried_over(1, RENEWALS), ("line-not-allocated", "line_id")),
        (allocated(1, plan_id="302/KH-UBND@2024"), ("line-of-other-plan", "plan_id")),
        (allocated(1, source="central"), ("line-misnamed", "line_id")),
    ],
)
def test_change_that_does_not_fit_is_refused_and_changes_nothing(news, refusal):
    city = play(allocated(200 * MILLION), request("r1", A), news)
    assert refused(city) == {refusal}
    assert (sums(city), line(city).movements) == ((200, 90, 0, 0, 110), 2)


def test_line_with_nothing_left_has_nothing_to_carry_over():
    city = play(allocated(90 * MILLION), request("r1", A), carried_over())
    assert refused(city) == {("nothing-to-carry-over", "line_id")}


def test_money_that_arrives_serves_the_queue_of_the_other_line():
    city = play(allocated(10 * MILLION), allocated(100 * MILLION, "other"), request("r1", A))
    assert told(city) == ["r1 waits for budget"]
    city.publish(*later(transferred(80 * MILLION, LINE, "2021/other")))
    assert (told(city)[1:], sums(city)) == (["r1 granted 90"], (90, 90, 0, 0, 0))


def test_money_for_a_line_without_room_comes_back_and_can_be_used_again():
    full = allocated(LARGEST_LINE - 5, "renewal")
    city = play(full, allocated(100 * MILLION), transferred(100 * MILLION), request("r1", A))
    assert (sums(city), line(city).unanswered, line(city, RENEWALS).available) == ((100, 90, 0, 0, 10), 0, LARGEST_LINE - 5)
    causes = [(e.cause, e.by // MILLION, e.other_line) for e in city.of_type(BudgetAdjusted) if e.line_id == LINE]
    assert causes == [("allocated", 100, None), ("sent", -100, RENEWALS), ("returned", 100, RENEWALS)]


def test_carried_money_that_comes_back_was_not_carried():
    full = allocated(LARGEST_LINE, line_id=NEXT, year=2022)
    city = play(full, allocated(100 * MILLION), carried_over())
    assert (sums(city), line(city).carried) == ((100, 0, 0, 0, 100), 0)
    city = play(allocated(100 * MILLION), carried_over(40 * MILLION))
    assert (sums(city), line(city).carried) == ((60, 0, 0, 0, 60), 40 * MILLION)


def test_what_may_come_back_counts_for_the_room_of_a_line():
    of = Line(id=f"line:{LINE}", plan_id="p", allocated=LARGEST_LINE, movements=1).transferred(RENEWALS, 10)
    assert (of.has_room_for(1), of.answered(10).has_room_for(10), of.answered(10).has_room_for(11)) == (False, True, False)


def test_published_change_carries_the_whole_state():
    city = play(allocated(200 * MILLION), request("r1", A), carried_over(30 * MILLION))
    assert [e for e in city.of_type(BudgetAdjusted) if e.cause != "allocated"] == [
        BudgetAdjusted(
            line_id=LINE,
            cause="sent",
            by=-30 * MILLION,
            other_line=NEXT,
            carried_over=True,
            legal_text="Chuyển nguồn",
            allocated=170 * MILLION,
            reserved=90 * MILLION,
            available=80 * MILLION,
            carried=30 * MILLION,
        ),
        BudgetAdjusted(
            line_id=NEXT,
            cause="received",
            by=30 * MILLION,
            other_line=LINE,
            carried_over=True,
            legal_text="Chuyển nguồn",
            allocated=30 * MILLION,
            reserved=0,
            available=30 * MILLION,
        ),
    ]


# -- from grant to payment -------------------------------------------------------------------------------------------------

COMMIT, ORDER, PAY = moved("commit", 90 * MILLION), moved("order", 60 * MILLION), moved("pay", 60 * MILLION)
BACK = ScarceThingGivenBack(thing=f"line:{LINE}", request_id="r1", tax_code=A)


@pytest.mark.parametrize(
    ("moves", "after", "released"),
    [
        ([COMMIT], (0, 90, 0, 0, 110), 0),
        ([COMMIT, ORDER], (0, 30, 60, 0, 110), 0),
        ([COMMIT, ORDER, PAY], (0, 30, 0, 60, 110), 0),
        ([COMMIT, ORDER, moved("pay", 20 * MILLION)], (0, 30, 40, 20, 110), 0),
        ([COMMIT, ORDER, moved("fail", 60 * MILLION)], (0, 90, 0, 0, 110), 0),
        ([COMMIT, ORDER, PAY, moved("unpay", 20 * MILLION)], (0, 50, 0, 40, 110), 0),
        ([COMMIT, ORDER, PAY, moved("release", 30 * MILLION)], (0, 0, 0, 60, 140), 30),
        ([moved("release", 30 * MILLION)], (60, 0, 0, 0, 140), 30),
        ([moved("commit", 40 * MILLION), moved("release", 50 * MILLION)], (40, 0, 0, 0, 160), 50),
        ([COMMIT, ORDER, BACK], (0, 0, 60, 0, 140), 30),
        ([COMMIT, ORDER, PAY, BACK], (0, 0, 0, 60, 140), 30),
        ([BACK.model_copy(update={"amount": 20 * MILLION})], (70, 0, 0, 0, 130), 20),
        ([BACK], (0, 0, 0, 0, 200), 90),
    ],
)
def test_money_of_a_request_goes_on_and_back(moves, after, released):
    city = play(allocated(200 * MILLION), request("r1", A))
    send_in(city, *moves)
    parts = tuple(getattr(line(city), part) // MILLION for part in (*PARTS, "available"))
    assert (city["support"].held, parts, line(city).released) == ({}, after, released * MILLION)


@pytest.mark.parametrize("moves", [[COMMIT], [COMMIT, ORDER], [COMMIT, ORDER, PAY]])
def test_committed_and_paid_money_cannot_be_taken_from_the_line(moves):
    city = play(allocated(200 * MILLION), request("r1", A))
    send_in(city, *moves)
    before = sums(city)
    city.publish(*later(changed(-111 * MILLION)))
    assert (refused(city), sums(city)) == ({("line-under-used", "by")}, before)
    city.publish(make_event(transferred(111 * MILLION), id="later-transfer", time=NOON))
    assert (refused(city), sums(city)) == ({("line-under-used", "by"), ("line-not-enough-available", "amount")}, before)


def test_more_than_all_of_a_line_cannot_be_taken_from_it_and_the_figures_are_those_sent():
    city = play(allocated(200 * MILLION), request("r1", A), changed(-500 * MILLION))
    assert {r.en for r in city.of_type(RecordRejected)} == {
        "Budget line 2021/fair-abroad has VND 200,000,000, of which VND 90,000,000 are reserved, committed, being paid or paid, "
        "so VND 500,000,000 cannot be taken away; take away at most VND 110,000,000."
    }


def test_each_move_is_published_with_the_state_after_it():
    city = play(allocated(200 * MILLION), request("r1", A))
    send_in(city, COMMIT, ORDER, moved("fail", 60 * MILLION), ORDER, PAY, moved("unpay", MILLION), moved("release", 31 * MILLION))
    kinds = (BudgetCommitted, BudgetOrdered, BudgetOrderFailed, BudgetPaid, BudgetRepaid, BudgetReleased)
    told_of = [e.data for e in city.published if isinstance(e.data, kinds)]
    assert [
        (type(e).__name__, e.request_id, *(getattr(e, name) // MILLION for name in ("amount", *PARTS, "available")))
        for e in told_of
    ] == [
        ("BudgetCommitted", "r1", 90, 0, 90, 0, 0, 110),
        ("BudgetOrdered", "r1", 60, 0, 30, 60, 0, 110),
        ("BudgetOrderFailed", "r1", 60, 0, 90, 0, 0, 110),
        ("BudgetOrdered", "r1", 60, 0, 30, 60, 0, 110),
        ("BudgetPaid", "r1", 60, 0, 30, 0, 60, 110),
        ("BudgetRepaid", "r1", 1, 0, 31, 0, 59, 110),
        ("BudgetReleased", "r1", 31, 0, 0, 0, 59, 141),
    ]


def test_money_that_comes_back_serves_the_queue():
    city = play(allocated(100 * MILLION), request("r1", A), request("r2", B))
    send_in(city, COMMIT, moved("release", 79 * MILLION))
    assert told(city) == ["r1 granted 90", "r2 waits for budget"]
    send_in(city, moved("release", MILLION))
    assert (told(city)[2:], sums(city)) == (["r2 granted 90"], (100, 90, 10, 0, 0))


@pytest.mark.parametrize(
    "move",
    [
        moved("commit", 90 * MILLION + 1),
        moved("pay", 1),
        moved("unpay", 1),
        moved("release", 90 * MILLION + 1),
        moved("commit", 1, "r2"),
        moved("release", 1, tax_code=B),
        BACK.model_copy(update={"amount": 90 * MILLION + 1}),
    ],
)
def test_move_that_does_not_fit_is_a_dead_letter_and_changes_nothing(move):
    city = play(allocated(200 * MILLION), request("r1", A))
    send_in(city, move)
    assert list(city["support"].held) == [move.request_id]
    assert "does not fit" in city["support"].held[move.request_id]
    assert sums(city) == (200, 90, 0, 0, 110)


def test_request_that_has_nothing_left_is_forgotten_by_the_line():
    city = play(allocated(200 * MILLION), request("r1", A))
    send_in(city, BACK)
    assert city["support"].all(RequestMoney) == []


def test_history_of_a_line_says_every_move_in_order():
    city = play(allocated(200 * MILLION), request("r1", A), transferred(50 * MILLION))
    send_in(city, COMMIT)
    history = [
        (m.number, m.kind, m.amount // MILLION, m.request_id, m.other_line, m.available // MILLION)
        for m in city["support"].all(Movement)
    ]
    assert history == [
        (1, "allocated", 200, None, None, 200),
        (2, "reserve", 90, "r1", None, 110),
        (3, "sent", -50, None, RENEWALS, 60),
        (4, "commit", 90, "r1", None, 60),
        (1, "received", 50, None, LINE, 50),
    ]


def test_scheme_of_another_source_is_paid_from_its_line():

    asked = request("r1", A, scheme_id="fair-central")
    city = play(scheme("fair-central", budget_source="central"), asked)
    assert told(city) == ["r1 waits for budget"]
    city.publish(*later(allocated(90 * MILLION, "fair-central", line_id="2021/fair-central@central", source="central")))
    assert told(city)[1:] == ["r1 granted 90"]


FIGURES = in_words(allocated=95, used=90, available=5, amount=20, less=20)
TEXTS = [
    (
        LineOfOtherPlan(line_id=LINE, known="a", plan_id="b"),
        "Dòng ngân sách 2021/fair-abroad thuộc kế hoạch a, không thuộc b; hãy cấp tiền cho một dòng của kế hoạch đó.",
        "Budget line 2021/fair-abroad belongs to plan a, not to b; allocate the money to a line of that plan.",
    ),
    (
        LineNotAllocated(line_id=LINE),
        "Dòng ngân sách 2021/fair-abroad chưa được cấp tiền nên không thể điều chỉnh; hãy kiểm tra mã dòng ngân sách.",
        "Budget line 2021/fair-abroad was never allocated any money, so there is nothing to change; check the id of the line.",
    ),
    (
        LineUnderUsed(line_id=LINE, **FIGURES),
        "Dòng ngân sách 2021/fair-abroad có 95 đồng, trong đó 90 đồng đã dành, đã cam kết, đang chi hoặc đã chi, nên không giảm "
        "20 đồng được; có thể giảm nhiều nhất 5 đồng.",
        "Budget line 2021/fair-abroad has VND 95, of which VND 90 are reserved, committed, being paid or paid, so VND 20 "
        "cannot be taken away; take away at most VND 5.",
    ),
    (
        LineAllocatedTooLate(line_id=LINE, allocates_on=date(2022, 1, 1), year=2021),
        "Tiền của dòng ngân sách 2021/fair-abroad được phân bổ ngày 01/01/2022, sau năm 2021 của dòng; "
        "hãy chọn ngày phân bổ sớm hơn.",
        "The money of budget line 2021/fair-abroad is allocated on 2022-01-01, after 2021, its year; choose an earlier day.",
    ),
    (
        NotEnoughAvailable(line_id=LINE, **FIGURES),
        "Dòng ngân sách 2021/fair-abroad chỉ còn 5 đồng, không chuyển được 20 đồng; hãy chuyển nhiều nhất số còn lại.",
        "Budget line 2021/fair-abroad has VND 5 available, so VND 20 cannot leave it; send at most what is available.",
    ),
    (
        TransferToItself(line_id=LINE),
        "Tiền không thể chuyển từ dòng ngân sách 2021/fair-abroad sang chính nó; hãy nêu dòng nhận khác.",
        "Money cannot go from budget line 2021/fair-abroad to itself; name another line to receive it.",
    ),
    (
        TransferAcrossYears(to_line=NEXT, line_id=LINE, year="2021"),
        "Dòng ngân sách 2022/fair-abroad không phải một dòng của năm 2021, năm của dòng 2021/fair-abroad; "
        "hãy điều chuyển trong cùng năm, hoặc chuyển nguồn sang năm sau.",
        "Budget line 2022/fair-abroad is no line of 2021, the year of line 2021/fair-abroad; transfer within one year, "
        "or carry the money over to the next.",
    ),
    (
        NothingToCarryOver(line_id=LINE),
        "Dòng ngân sách 2021/fair-abroad không còn tiền để chuyển nguồn sang năm sau; "
        "mọi khoản đã được dành, cam kết, đang chi hoặc đã chi.",
        "Budget line 2021/fair-abroad has nothing left to carry over; all of it is reserved, committed, being paid or paid.",
    ),
]


@pytest.mark.parametrize(("no", "vi", "en"), TEXTS, ids=[no.slug for no, _, _ in TEXTS])
def test_refusal_is_said_in_both_languages(no, vi, en):
    assert (no.text("vi"), no.text("en")) == (vi, en)
