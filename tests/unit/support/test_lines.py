"""Money of budget lines: first in the log of the line is first served, nothing is overspent, every sum closes to the đồng."""

import pytest
from shared.contracts.support import (
    BudgetExhausted,
    BudgetReleased,
    BudgetReserved,
    ScarceThingGivenBack,
    SupportGranted,
    SupportQueued,
)
from shared.testing.memory import run
from support.domain.amounts import in_words
from support.domain.line_refusals import LineMisnamed, LineTooLarge
from support.domain.lines import LARGEST_LINE, Line
from support.domain.scarce import Claim
from support.main import service
from unit.support.cases import (
    LINE,
    MILLION,
    A,
    B,
    C,
    allocated,
    invoice,
    later,
    line_events,
    play,
    project,
    recognised,
    refused,
    renewal,
    request,
    send_in,
    supply,
    told,
)


def claim(request_id: str, amount: int, part: bool = False) -> Claim:
    return Claim(request_id=request_id, tax_code=A, amount=amount, part=part)


@pytest.mark.parametrize(
    ("total", "taken", "queue", "expected"),
    [
        (100, 0, [], None),
        (100, 0, [claim("r1", 100)], 100),
        (100, 1, [claim("r1", 100)], None),
        (100, 1, [claim("r1", 100, part=True)], 99),
        (100, 100, [claim("r1", 1, part=True)], None),
        (100, 50, [claim("r1", 51), claim("r2", 1)], None),
        (0, 0, [claim("r1", 1, part=True)], None),
    ],
)
def test_head_of_the_queue_gets_all_a_part_or_waits(total, taken, queue, expected):
    line = Line(id="line:2021/x", allocated=total, reserved=taken, queue=tuple(queue))
    assert line.next_amount == expected


# -- money ---------------------------------------------------------------------------------------------------------------------


def test_line_reserves_for_the_first_and_tells_when_it_cannot_pay_the_next():
    city = play(allocated(170 * MILLION), request("r1", A), request("r2", B), request("r3", C, invoice("i3", MILLION)))
    assert told(city) == ["r1 granted 90", "r2 waits for budget", "r3 waits for budget"]
    state = {"line_id": LINE, "allocated": 170 * MILLION, "reserved": 90 * MILLION, "available": 80 * MILLION}
    assert line_events(city) == [
        BudgetReserved(request_id="r1", amount=90 * MILLION, **state),
        BudgetExhausted(request_id="r2", asked=90 * MILLION, **state),
    ]
    queued = city.of_type(SupportQueued)[0]
    assert (queued.vi, queued.en) == (
        "Ngân sách năm 2021 của chính sách Hội chợ ở nước ngoài chưa chi được 90.000.000 đồng; "
        "đề nghị đứng trong hàng theo thứ tự đến.",
        "The budget of 2021 of the scheme Fair abroad cannot pay VND 90,000,000 yet; "
        "the request stands in line in order of arrival.",
    )


def test_queue_is_granted_in_order_when_more_is_allocated():
    asked = request("r1", A), request("r2", B), request("r3", C, invoice("i3", MILLION))
    city = play(*asked, allocated(80 * MILLION), allocated(100 * MILLION), allocated(MILLION))
    assert told(city)[3:] == ["r1 granted 90", "r2 granted 90", "r3 granted 1"]
    assert [(type(e).__name__, e.request_id, e.reserved // MILLION, e.available // MILLION) for e in line_events(city)] == [
        ("BudgetExhausted", "r1", 0, 0),
        ("BudgetExhausted", "r1", 0, 80),
        ("BudgetReserved", "r1", 90, 90),
        ("BudgetReserved", "r2", 180, 0),
        ("BudgetExhausted", "r3", 180, 0),
        ("BudgetReserved", "r3", 181, 0),
    ]


def test_money_given_back_is_told_and_goes_to_the_head_of_the_queue():
    city = play(allocated(100 * MILLION), request("r1", A), request("r2", B))
    send_in(city, ScarceThingGivenBack(thing=f"line:{LINE}", request_id="r1", tax_code=A))
    assert told(city) == ["r1 granted 90", "r2 waits for budget", "r2 granted 90"]
    free = {"line_id": LINE, "allocated": 100 * MILLION, "reserved": 0, "available": 100 * MILLION}
    assert line_events(city)[2:] == [
        BudgetReleased(request_id="r1", amount=90 * MILLION, released=90 * MILLION, **free),
        BudgetReserved(
            line_id=LINE,
            request_id="r2",
            amount=90 * MILLION,
            allocated=100 * MILLION,
            reserved=90 * MILLION,
            available=10 * MILLION,
            released=90 * MILLION,
        ),
    ]


def test_request_that_leaves_the_queue_lets_the_next_one_be_served():
    city = play(allocated(10 * MILLION), request("r1", A), request("r2", B, invoice("i2", MILLION)))
    send_in(city, ScarceThingGivenBack(thing=f"line:{LINE}", request_id="r1", tax_code=A))
    assert told(city) == ["r1 waits for budget", "r2 waits for budget", "r2 granted 1"]
    assert supply(city, f"line:{LINE}") == (10 * MILLION, MILLION, [])


def test_giving_back_twice_frees_nothing_more():
    city = play(allocated(100 * MILLION), request("r1", A))
    back = ScarceThingGivenBack(thing=f"line:{LINE}", request_id="r1", tax_code=A)
    send_in(city, back, back)
    assert supply(city, f"line:{LINE}") == (100 * MILLION, 0, [])


@pytest.mark.parametrize(
    ("part_grants", "outcome"),
    [
        (True, ["r1 granted 45", "r2 granted 15", "r3 waits for budget"]),
        (False, ["r1 granted 45", "r2 waits for budget", "r3 waits for budget"]),
    ],
)
def test_part_is_granted_only_where_the_scheme_allows_it(part_grants, outcome):
    asked = project("r1", A), project("r2", B), project("r3", C)
    known = recognised(A), recognised(B), recognised(C)
    city = run(service, renewal(part_grants=part_grants), *known, allocated(60 * MILLION, "renewal"), *asked)
    assert told(city) == outcome
    steps = [g.steps[-1].amount for g in city.of_type(SupportGranted)]
    assert steps == [g.amount for g in city.of_type(SupportGranted)]


def test_budget_year_and_scheme_choose_the_line():
    city = play(allocated(10**9), request("r1", year=2022))
    assert told(city) == ["r1 waits for budget"]
    city.publish(*later(allocated(10**9, line_id="2022/fair-abroad", year=2022)))
    assert [g.line_id for g in city.of_type(SupportGranted)] == ["2022/fair-abroad"]


@pytest.mark.parametrize(
    ("news", "refusal", "left"),
    [
        (allocated(1, line_id="2021/fairs"), ("line-misnamed", "line_id"), LARGEST_LINE - 1),
        (allocated(1, year=2022, line_id=LINE), ("line-misnamed", "line_id"), LARGEST_LINE - 1),
        (allocated(2), ("line-too-large", "amount"), LARGEST_LINE - 1),
        (allocated(1), None, LARGEST_LINE),
    ],
)
def test_allocation_is_refused_when_misnamed_or_too_large(news, refusal, left):
    city = play(allocated(LARGEST_LINE - 1), news)
    assert refused(city) == ({refusal} if refusal else set())
    assert supply(city, f"line:{LINE}") == (left, 0, [])


TEXTS = [
    (
        LineMisnamed(line_id="2021/fairs", expected=LINE),
        "Dòng ngân sách 2021/fairs phải mang mã 2021/fair-abroad theo năm, chính sách và nguồn của nó, nếu không đề nghị "
        "hỗ trợ sẽ không tìm thấy tiền; hãy gửi lại với mã đó.",
        "Budget line 2021/fairs must be named 2021/fair-abroad after its year, scheme and source, or no request finds its money; "
        "send it again under that name.",
    ),
    (
        LineTooLarge(line_id=LINE, **in_words(total=11, largest=10)),
        "Dòng ngân sách 2021/fair-abroad sẽ thành 11 đồng, vượt mức 10 đồng; hãy kiểm tra số tiền được cấp.",
        "Budget line 2021/fair-abroad would become VND 11, more than VND 10; check the amount allocated.",
    ),
]


@pytest.mark.parametrize(("no", "vi", "en"), TEXTS, ids=[no.slug for no, _, _ in TEXTS])
def test_refusal_is_said_in_both_languages(no, vi, en):
    assert (no.text("vi"), no.text("en")) == (vi, en)
