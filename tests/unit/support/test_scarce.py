"""Scarce things: evidence, places, money. First in the log of the thing is first served; nothing is given twice."""

from datetime import date

import pytest
from shared.contracts.support import (
    BudgetExhausted,
    BudgetReleased,
    BudgetReserved,
    ScarceThingGivenBack,
    SupportDeclined,
    SupportGranted,
    SupportQueued,
)
from shared.testing.memory import run
from support.domain.amounts import in_words
from support.domain.scarce import LARGEST_LINE, Claim, LineMisnamed, LineTooLarge, Supply
from support.main import service
from unit.support.cases import (
    LINE,
    MILLION,
    SELLER,
    A,
    B,
    C,
    allocated,
    day,
    fair,
    invoice,
    later,
    line_events,
    places,
    play,
    project,
    recognised,
    refused,
    renewal,
    request,
    scheme,
    send_in,
    supply,
    told,
)

MONEY = allocated(10**9), allocated(10**9, "renewal")
SHARED, OWN = invoice("i-shared", 90 * MILLION), invoice("i-own", 90 * MILLION)


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
    supply = Supply(id="line:x", total=total, taken=taken, queue=tuple(queue))
    assert supply.next_amount == expected


# -- evidence ------------------------------------------------------------------------------------------------------------------


def test_invoice_of_another_request_is_declined_naming_the_holder():
    city = play(*MONEY, request("r1", A, SHARED), request("r2", B, SHARED, OWN))
    assert told(city) == ["r1 granted 90", "r2 declined cost-already-supported"]
    assert [r.model_dump() for r in city.of_type(SupportDeclined)[0].reasons] == [
        {
            "slug": "cost-already-supported",
            "vi": f"Hóa đơn {SELLER}/i-shared đã được dùng cho đề nghị r1; hãy gửi đề nghị mới không có hóa đơn này.",
            "en": f"Invoice {SELLER}/i-shared was already used by request r1; send a new request without this invoice.",
            "field": "evidence",
        }
    ]


def test_declined_request_names_every_invoice_in_use_and_gives_its_own_back():
    second = invoice("i-second", 90 * MILLION)
    city = play(*MONEY, request("r1", A, SHARED, second), request("r2", B, SHARED, OWN, second), request("r3", C, OWN))
    assert told(city) == ["r1 granted 150", "r2 declined cost-already-supported cost-already-supported", "r3 granted 90"]


def test_declined_request_leaves_its_activity_free():
    city = play(*MONEY, request("r1", A, SHARED), request("r2", B, SHARED), request("r3", B, OWN))
    assert told(city) == ["r1 granted 90", "r2 declined cost-already-supported", "r3 granted 90"]


def test_invoice_of_the_same_number_and_another_seller_is_another_cost():
    other = SHARED.model_copy(update={"seller_tax_code": "0301111111"})
    assert told(play(*MONEY, request("r1", A, SHARED), request("r2", B, other))) == ["r1 granted 90", "r2 granted 90"]


def test_longest_ids_can_be_asked_for():
    long = "x" * 120
    evidence = invoice(long, 90 * MILLION).model_copy(update={"seller_tax_code": "0301111111-001"})
    asked = request("r1", A, evidence, activity_id=long, scheme_id=long)
    assert told(play(fair(long), scheme(long), asked)) == ["r1 waits for budget"]


def test_evidence_given_back_by_one_who_does_not_hold_it_stays_with_its_holder():
    city = play(*MONEY, request("r1", A, SHARED))
    send_in(city, ScarceThingGivenBack(thing=f"evidence:{SHARED.id}", request_id="r1", tax_code=B))
    city.publish(*later(request("r2", B, SHARED)))
    assert told(city) == ["r1 granted 90", "r2 declined cost-already-supported"]


# -- places --------------------------------------------------------------------------------------------------------------------


def test_places_go_to_the_first_and_the_next_stands_in_line():
    city = play(*MONEY, fair("osaka", places=1), request("r1", A, activity_id="osaka"), request("r2", B, activity_id="osaka"))
    assert told(city) == ["r1 granted 90", "r2 waits for place"]
    queued = city.of_type(SupportQueued)[0]
    assert (queued.vi, queued.en) == (
        "Hoạt động osaka đã hết chỗ; đề nghị đứng trong hàng và nhận chỗ khi đến lượt.",
        "Activity osaka is full; the request stands in line and gets a place when its turn comes.",
    )


def test_place_given_back_goes_to_the_head_of_the_queue():
    asked = [request(f"r{n}", code, activity_id="osaka") for n, code in enumerate((A, B, C), 1)]
    city = play(*MONEY, fair("osaka", places=1), *asked)
    send_in(city, ScarceThingGivenBack(thing="place:osaka", request_id="r1", tax_code=A))
    assert told(city) == ["r1 granted 90", "r2 waits for place", "r3 waits for place", "r2 granted 90"]
    assert places(city, "osaka") == (["r2"], ["r3"])


def test_queue_of_a_fair_is_sent_home_when_the_fair_is_over_and_gives_its_evidence_back():
    small = fair("osaka", places=1, ends=date(2021, 12, 18))
    asked = request("r1", A, activity_id="osaka"), request("r2", B, SHARED, activity_id="osaka")
    city = play(*MONEY, small, *asked, day(date(2021, 12, 18)))
    assert told(city) == ["r1 granted 90", "r2 waits for place"]
    city.publish(*later(day(date(2021, 12, 19)), request("r3", C, SHARED), day(date(2021, 12, 20))))
    assert told(city)[2:] == ["r2 declined no-place-left", "r3 granted 90"]
    assert places(city, "osaka") == (["r1"], [])


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
        BudgetReleased(request_id="r1", amount=90 * MILLION, **free),
        BudgetReserved(
            line_id=LINE,
            request_id="r2",
            amount=90 * MILLION,
            allocated=100 * MILLION,
            reserved=90 * MILLION,
            available=10 * MILLION,
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
        "Dòng ngân sách 2021/fairs phải mang mã 2021/fair-abroad theo năm và chính sách của nó, nếu không đề nghị hỗ trợ sẽ "
        "không tìm thấy tiền; hãy gửi lại với mã đó.",
        "Budget line 2021/fairs must be named 2021/fair-abroad after its year and scheme, or no request finds its money; "
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
