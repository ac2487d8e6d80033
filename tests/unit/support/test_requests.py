"""A request from its arrival to its decision: eligibility, waiting for a recognition, overlap, reasons."""

from datetime import date

import pytest
from shared.contracts.base import make_event
from shared.contracts.department import CalendarIssued
from shared.contracts.registers import RuralEstablishmentConfirmed
from shared.contracts.support import SupportDeclined, SupportGranted, SupportQueued
from shared.testing.memory import run
from support.domain.beneficiaries import NotSupportingIndustry
from support.domain.refusals import (
    CostTooLarge,
    InvoiceTwice,
    NoPlaceLeft,
    NoRecognition,
    NothingToPay,
    RequestIdTaken,
)
from support.main import service
from unit.support.cases import (
    MILLION,
    MONDAY,
    NOON,
    A,
    B,
    allocated,
    day,
    enterprise,
    fair,
    invoice,
    line_events,
    play,
    project,
    recognised,
    refused,
    renewal,
    request,
    scheme,
    told,
)

MONEY = allocated(10**9), allocated(10**9, "renewal")


def test_request_is_granted_with_its_arithmetic_and_legal_text():
    city = play(*MONEY, project("r1", A, invoice("i1", 90_001_999), asked=60 * MILLION, made=True), recognised())
    assert [g.model_dump(mode="json", exclude={"steps"}) for g in city.of_type(SupportGranted)] == [
        {
            "request_id": "r1",
            "tax_code": A,
            "enterprise_name": "Công ty 1",
            "scheme_id": "renewal",
            "scheme_version": "KH35-2022",
            "activity_id": "lathe",
            "year": 2021,
            "requested_on": "2021-12-06",
            "made": True,
            "line_id": "2021/renewal",
            "amount": 45 * MILLION,
            "eligible": {
                "kind": "recognition",
                "certificate": "2021-001",
                "clause": None,
                "vi": "Ngày 06/12/2021 thuộc đối tượng được hỗ trợ: doanh nghiệp có sản phẩm được công nhận còn hiệu lực, "
                "giấy chứng nhận 2021-001.",
                "en": "Among those the scheme is for on 2021-12-06: holders of a recognition in force, certificate 2021-001.",
            },
            "legal_text": "TT 29/2018/TT-BTC",
        }
    ]
    steps = [(step.rule, step.amount) for step in city.of_type(SupportGranted)[0].steps]
    assert steps == [("asked", 60 * MILLION), ("rate", 45 * MILLION), ("budget", 45 * MILLION)]


@pytest.mark.parametrize(
    ("before", "asked", "outcome"),
    [
        ([recognised()], project(), "r1 granted 45"),
        ([recognised(valid_from=MONDAY, valid_to=MONDAY)], project(), "r1 granted 45"),
        ([recognised(valid_to=date(2021, 12, 5))], project(), "r1 waits for recognition"),
        ([recognised(valid_from=date(2021, 12, 7))], project(), "r1 waits for recognition"),
        ([recognised(B)], project(), "r1 waits for recognition"),
        ([recognised(f"{A}-001")], project(tax_code=f"{A}-002"), "r1 granted 45"),
        ([], request(), "r1 granted 90"),
        ([enterprise(A, supporting_industry=False)], request(), "r1 declined not-supporting-industry"),
        ([enterprise(A, supporting_industry=False), enterprise(A)], request(), "r1 granted 90"),
        ([], request("r1", A, invoice("i1", 999)), "r1 declined nothing-to-pay"),
        ([recognised()], request(asked=1_500_000), "r1 granted 1"),
        ([], request("r1", A, invoice("i1", 100 * MILLION), invoice("i2", 100 * MILLION)), "r1 granted 150"),
    ],
)
def test_request_is_decided_as_things_stand_on_its_day(before, asked, outcome):
    assert told(play(*MONEY, *before, asked)) == [outcome]


RURAL = RuralEstablishmentConfirmed(tax_code=A, confirmed_on=date(2021, 1, 1))


def test_second_request_for_an_activity_is_not_told_that_its_cap_is_used_as_well():
    """What it overlaps with is what uses the cap."""
    city = play(*MONEY, request("r1", A, invoice("i1", 150 * MILLION)), request("r2"))
    assert told(city) == ["r1 granted 150", "r2 declined overlap"]


@pytest.mark.parametrize(
    ("before", "asked", "expected"),
    [
        (
            [],
            request(),
            ("supporting-industry", None, "Among those the scheme is for on 2021-12-06: supporting industries (Điều 4)."),
        ),
        (
            [enterprise(A, supporting_industry=False), RURAL],
            request(),
            ("rural-establishment", None, "Among those the scheme is for on 2021-12-06: rural establishments (Điều 4)."),
        ),
        (
            [enterprise(A, supporting_industry=False), recognised()],
            request(),
            (
                "recognition",
                "2021-001",
                "Among those the scheme is for on 2021-12-06: holders of a recognition in force, certificate 2021-001 (Điều 4).",
            ),
        ),
        # One that is several of them is the first that the scheme names; it rests on no certificate where a list is enough.
        (
            [RURAL, recognised()],
            request(),
            ("supporting-industry", None, "Among those the scheme is for on 2021-12-06: supporting industries (Điều 4)."),
        ),
    ],
)
def test_decision_says_as_whom_the_enterprise_is_supported(before, asked, expected):
    kinds = ("recognition", "supporting-industry", "rural-establishment")
    paid = scheme("any", requires=None, beneficiaries=kinds, beneficiaries_clause="Điều 4")
    city = play(paid, allocated(10**9, "any"), *before, asked.model_copy(update={"scheme_id": "any"}))
    found = city.of_type(SupportGranted)[0].eligible
    assert (found.kind, found.certificate, found.en, found.clause) == (*expected, "Điều 4")


def test_declined_request_names_all_its_reasons_at_once():
    city = play(*MONEY, request(), enterprise(A, supporting_industry=False), request("r2", A, invoice("i1", 999)))
    assert told(city) == ["r1 granted 90", "r2 declined not-supporting-industry overlap nothing-to-pay"]
    waiting_would_not_help = play(*MONEY, project("r1", A, invoice("i1", 999)))
    assert told(waiting_would_not_help) == ["r1 declined nothing-to-pay"]
    waited_too_long = play(*MONEY, day(date(2022, 3, 1)), project("r1", A, invoice("i1", 999)))
    assert told(waited_too_long) == ["r1 declined nothing-to-pay no-recognition"]


# -- waiting for a recognition ---------------------------------------------------------------------------------------------


def test_waiting_request_is_granted_when_the_recognition_arrives():
    city = play(*MONEY, project(), day(date(2021, 12, 20)), recognised(B), recognised(), day(date(2022, 1, 31)))
    assert told(city) == ["r1 waits for recognition", "r1 granted 45"]
    queued = city.of_type(SupportQueued)[0]
    assert (queued.vi, queued.en) == (
        "Doanh nghiệp 0100000001 chưa có công nhận còn hiệu lực ngày 06/12/2021; "
        "đề nghị chờ tối đa 10 ngày làm việc kể từ ngày đó.",
        "Enterprise 0100000001 has no recognition in force on 2021-12-06 yet; "
        "the request waits at most 10 business days from that day.",
    )


@pytest.mark.parametrize(
    ("days", "outcomes"),
    [
        ([date(2021, 12, 20)], ["r1 waits for recognition"]),
        ([date(2021, 12, 20), date(2021, 12, 21)], ["r1 waits for recognition", "r1 declined no-recognition"]),
        ([date(2022, 3, 1)], ["r1 waits for recognition", "r1 declined no-recognition"]),
    ],
)
def test_waiting_request_is_declined_past_its_business_days(days, outcomes):
    assert told(play(*MONEY, project(), *map(day, days), recognised(valid_to=date(2021, 12, 1)))) == outcomes


def test_waiting_request_waits_longer_over_a_holiday():
    holiday = CalendarIssued(calendar_id="2021", holidays=(date(2021, 12, 10),), legal_text="Lịch nghỉ")
    city = play(*MONEY, project(), holiday, day(date(2021, 12, 21)))
    assert told(city) == ["r1 waits for recognition"]
    city = play(*MONEY, project(), holiday, day(date(2021, 12, 21)), day(date(2021, 12, 22)))
    assert told(city) == ["r1 waits for recognition", "r1 declined no-recognition"]


@pytest.mark.parametrize(
    ("wait", "today", "outcome"),
    [
        (0, MONDAY, "r1 declined no-recognition"),
        (1, MONDAY, "r1 waits for recognition"),
        (1, date(2021, 12, 7), "r1 waits for recognition"),
        (1, date(2021, 12, 8), "r1 declined no-recognition"),
    ],
)
def test_request_does_not_start_to_wait_when_its_time_is_over(wait, today, outcome):
    city = run(service, renewal(wait_business_days=wait), *MONEY, day(today), project())
    assert told(city) == [outcome]


def test_waiting_requests_of_one_enterprise_all_go_on():
    city = play(*MONEY, project("r1"), project("r2", activity_id="press"), recognised())
    assert sorted(told(city)) == ["r1 granted 45", "r1 waits for recognition", "r2 granted 45", "r2 waits for recognition"]


def test_recognition_that_came_too_late_changes_nothing():
    city = play(*MONEY, project(), day(date(2022, 3, 1)), recognised(), day(date(2022, 3, 2)))
    assert told(city) == ["r1 waits for recognition", "r1 declined no-recognition"]


# -- one activity of one enterprise is supported once -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("second", "outcome"),
    [
        (request("r2"), "r2 declined overlap"),
        (request("r2", f"{A}-001"), "r2 declined overlap"),
        (request("r2", scheme_id="fair-other"), "r2 declined overlap"),
        (request("r2", B), "r2 granted 90"),
        (request("r2", activity_id="osaka"), "r2 granted 90"),
        (project("r2", activity_id="hannover"), "r2 granted 45"),
    ],
)
def test_activity_is_supported_once_whichever_scheme(second, outcome):
    others = scheme("fair-other"), fair("osaka"), recognised()
    city = play(*MONEY, allocated(10**9, "fair-other"), *others, request(), second)
    assert told(city) == ["r1 granted 90", outcome]


def test_activity_of_a_waiting_request_overlaps_and_is_free_again_when_that_is_declined():
    city = play(*MONEY, project("r1"), project("r2"), day(date(2022, 3, 1)), recognised(), project("r3"))
    assert told(city) == ["r1 waits for recognition", "r2 declined overlap", "r1 declined no-recognition", "r3 granted 45"]
    assert [r.vi for d in city.of_type(SupportDeclined)[:1] for r in d.reasons] == [
        "Hoạt động lathe của doanh nghiệp 0100000001 đã thuộc đề nghị r1; mỗi hoạt động chỉ được hỗ trợ một lần, "
        "dù theo chính sách nào."
    ]


# -- refused: not a request one can decide ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bad", "slug", "field"),
    [
        (request("r2", A, invoice("i1", 5), invoice("i2", 5), invoice("i1", 6)), "invoice-twice", "evidence.2"),
        (request("r2", A, invoice("i1", 10**15), invoice("i2", 1)), "cost-too-large", "evidence"),
        (request("r1", activity_id="osaka"), "request-id-taken", "request_id"),
    ],
)
def test_request_is_refused(bad, slug, field):
    city = play(*MONEY, fair("osaka"), request("r1"), bad)
    assert (refused(city), told(city)) == ({(slug, field)}, ["r1 granted 90"])


@pytest.mark.parametrize(
    ("right", "wrong", "field"),
    [
        (b'"currency":"VND","item"', b'"currency":"USD","item"', "data.evidence.0.currency"),
        (b'"amount":90000000', b'"amount":-90000000', "data.evidence.0.amount"),
        (b'"amount":90000000', b'"amount":1000000000000001', "data.evidence.0.amount"),
        (b'"asked":500000000', b'"asked":0', "data.asked"),
        (b'"asked":500000000', b'"asked":0.5', "data.asked"),
    ],
)
def test_money_that_is_none_is_refused_on_sight(right, wrong, field):
    city = play(*MONEY)
    event = make_event(request(), id="portal-1", time=NOON).to_json()
    assert event.count(right) == 1
    city.send("city.support.v1", event.replace(right, wrong))
    assert (refused(city), told(city)) == ({("invalid-data", field)}, [])


def test_cost_that_is_too_large_is_written_as_people_write_money():
    (no,) = play(*MONEY, request("r2", A, invoice("i1", 10**15), invoice("i2", 1))).refusals
    assert no.vi.startswith("Tổng chi phí của đề nghị r2 là 1.000.000.000.000.001 đồng, vượt mức 1.000.000.000.000.000 đồng;")
    assert no.en.startswith("The costs of request r2 add up to VND 1,000,000,000,000,001, more than")


@pytest.mark.parametrize(
    ("kinds", "slug"),
    [
        (("supporting-industry",), "not-supporting-industry"),
        (("supporting-industry", "rural-establishment"), "not-a-beneficiary"),
        (("recognition",), "no-recognition"),
    ],
)
def test_decision_to_decline_quotes_the_text_and_the_clause_it_rests_on(kinds, slug):
    quoted = {"beneficiaries": kinds, "requires": None, "beneficiaries_clause": "khoản 1 điều 4", "wait_business_days": 0}
    city = run(service, scheme(legal_text="TT 29/2018/TT-BTC", **quoted), fair(), enterprise(A, False), request("r1"))
    (no,) = city.of_type(SupportDeclined)
    assert (no.legal_text, [r.slug for r in no.reasons]) == ("TT 29/2018/TT-BTC", [slug])
    assert ["khoản 1 điều 4" in text for text in (no.reasons[0].vi, no.reasons[0].en)] == [True, True]


def test_declined_request_names_its_scheme_in_words():
    city = play(*MONEY, project("r1", A, invoice("i1", 999)))
    (no,) = (reason for declined in city.of_type(SupportDeclined) for reason in declined.reasons)
    assert "theo chính sách Hội chợ ở nước ngoài;" in no.vi and "of the scheme Fair abroad;" in no.en


def test_largest_cost_is_no_mistake():
    assert told(play(*MONEY, request("r1", A, invoice("i1", 10**15)))) == ["r1 granted 150"]


def test_request_id_of_another_enterprise_is_another_request():
    city = play(*MONEY, request("r1", A, invoice("i1", 90 * MILLION)), request("r1", B, invoice("i2", 90 * MILLION)))
    assert told(city) == ["r1 granted 90", "r1 granted 90"]
    assert [event.reserved for event in line_events(city)] == [90 * MILLION, 180 * MILLION]


def test_request_delivered_twice_takes_effect_once():
    asked = make_event(request(), id="portal-1", time=NOON)
    assert told(play(*MONEY, asked, asked)) == ["r1 granted 90"]


# -- what people read ----------------------------------------------------------------------------------------------------------

TEXTS = [
    (
        RequestIdTaken(request_id="r1"),
        "Mã đề nghị hỗ trợ r1 đã được dùng cho một đề nghị trước; hãy gửi đề nghị này với mã mới.",
        "Request id r1 was already used by an earlier request; send this one under a new id.",
    ),
    (
        InvoiceTwice(request_id="r1", evidence_id="s/i"),
        "Đề nghị hỗ trợ r1 nêu hóa đơn s/i hai lần; hãy nêu mỗi hóa đơn một lần rồi gửi lại với id mới.",
        "Request r1 names invoice s/i twice; name each invoice once and send it again under a new id.",
    ),
    (
        CostTooLarge(request_id="r1", cost_vi="11 đồng", cost_en="VND 11", largest_vi="10 đồng", largest_en="VND 10"),
        "Tổng chi phí của đề nghị r1 là 11 đồng, vượt mức 10 đồng; hãy kiểm tra số tiền trên hóa đơn.",
        "The costs of request r1 add up to VND 11, more than VND 10; check the amounts of its invoices.",
    ),
    (
        NotSupportingIndustry(tax_code=A, scheme_vi="Hội chợ", scheme_en="Fairs", clause=""),
        "Doanh nghiệp 0100000001 không có trong danh sách công nghiệp hỗ trợ mà chính sách Hội chợ đòi hỏi; "
        "hãy liên hệ Sở Công Thương để được xác nhận rồi gửi đề nghị mới.",
        "Enterprise 0100000001 is not on the list of supporting industries that the scheme Fairs requires; "
        "have the department confirm it, then send a new request.",
    ),
    (
        NoRecognition(tax_code=A, day=MONDAY, wait=10, clause=""),
        "Doanh nghiệp 0100000001 không có công nhận sản phẩm chủ lực còn hiệu lực ngày 06/12/2021, và thời hạn chờ "
        "10 ngày làm việc kể từ ngày đó đã hết; hãy gửi đề nghị mới khi đã được công nhận.",
        "Enterprise 0100000001 has no recognition in force on 2021-12-06, and the wait of 10 business days from that day "
        "is over; send a new request once it is recognised.",
    ),
    (
        NothingToPay(request_id="r1", scheme_vi="Hội chợ", scheme_en="Fairs"),
        "Mức hỗ trợ của đề nghị r1 là 0 đồng sau khi tính theo chính sách Hội chợ; "
        "hãy kiểm tra chi phí hợp lệ rồi gửi đề nghị mới.",
        "Request r1 comes to VND 0 by the rules of the scheme Fairs; check its eligible costs, then send a new request.",
    ),
    (
        NoPlaceLeft(activity_id="hannover", request_id="r1"),
        "Hoạt động hannover đã kết thúc mà không còn chỗ cho đề nghị hỗ trợ r1; hãy chọn một hoạt động khác.",
        "Activity hannover ended without a place left for request r1; choose another activity.",
    ),
]


@pytest.mark.parametrize(("no", "vi", "en"), TEXTS, ids=[no.slug for no, _, _ in TEXTS])
def test_reason_is_said_in_both_languages(no, vi, en):
    assert (no.text("vi"), no.text("en")) == (vi, en)
