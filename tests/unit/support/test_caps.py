"""Caps by unit over several requests: what a unit has counts, whichever version paid, and is free again when it is given back."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.contracts.registers import RuralEstablishmentConfirmed
from shared.contracts.support import ScarceThingGivenBack, SupportGranted
from shared.messaging.unit import Unit
from shared.testing.memory import City, run
from support.domain.amounts import in_words
from support.domain.beneficiaries import NotBeneficiary
from support.domain.caps import CapUsedUp, LearnersMissing, SharedCap, SharedCapUse, UnitUse
from support.domain.refusals import PapersMissing, SchemeInKind
from support.domain.requests import Request
from support.handlers.caps import count_in_caps
from support.main import service
from unit.support.cases import (
    MILLION,
    A,
    B,
    C,
    allocated,
    enterprise,
    fair,
    invoice,
    later,
    recognised,
    refused,
    request,
    scheme,
    send_in,
    told,
)

FAIRS = fair(), fair("osaka"), fair("tokyo")
PLACES = st.sampled_from(("hannover", "osaka", "tokyo"))
MONEY = allocated(10**9)


def cap(unit: str, amount: int, **more: Any) -> dict[str, Any]:
    return {"unit": unit, "amount": amount * MILLION} | more


def play(version, *events) -> City:
    """Three fairs, three supporting industries, and money."""
    return run(service, version, *FAIRS, *map(enterprise, (A, B, C)), MONEY, *events)


def capped(*caps: dict[str, Any], **changes: Any):
    return scheme(caps=caps, cap=None, **changes)


def at(fair_id: str, request_id: str, tax_code: str = A, **changes: Any):
    return request(request_id, tax_code, activity_id=fair_id, **changes)


ASKED = at("hannover", "r1"), at("osaka", "r2"), at("tokyo", "r3", B), at("tokyo", "r4", year=2022)


@pytest.mark.parametrize(
    ("unit", "limit", "outcome"),
    [
        ("enterprise-year", 100, ["r1 granted 90", "r2 granted 10", "r3 granted 90", "r4 granted 90"]),
        ("establishment", 100, ["r1 granted 90", "r2 granted 10", "r3 granted 90", "r4 declined nothing-to-pay"]),
        ("fair-edition", 60, ["r1 granted 60", "r2 granted 60", "r3 granted 60", "r4 granted 60"]),
        ("activity", 60, ["r1 granted 60", "r2 granted 60", "r3 granted 60", "r4 granted 60"]),
        ("scheme-year", 100, ["r1 granted 90", "r2 granted 10", "r3 declined cap-used-up", "r4 granted 90"]),
        ("shared-activity", 100, ["r1 granted 90", "r2 granted 90", "r3 granted 90", "r4 granted 10"]),
    ],
)
def test_cap_bounds_what_its_unit_gets_in_all(unit, limit, outcome):
    city = play(capped(cap(unit, limit)), allocated(10**9, year=2022, line_id="2022/fair-abroad"), *ASKED)
    assert told(city) == outcome


def test_cap_of_a_later_version_counts_what_the_unit_had_under_the_earlier():
    """As khuyến công machinery: 200 triệu an establishment, 300 from 2018 on."""
    old = capped(cap("establishment", 100), version="TTLT26-2014", effective_from=date(2014, 8, 1))
    new = capped(cap("establishment", 150), version="TT28-2018", effective_from=date(2021, 12, 1))
    city = play(old, new, at("hannover", "r1", requested_on=date(2021, 11, 30)), at("osaka", "r2"))
    granted = [(g.scheme_version, g.amount // MILLION) for g in city.of_type(SupportGranted)]
    assert granted == [("TTLT26-2014", 90), ("TT28-2018", 60)]


def test_two_schemes_do_not_share_a_cap():
    version = capped(cap("enterprise-year", 100))
    other = version.model_copy(update={"scheme_id": "other"})
    city = play(version, other, allocated(10**9, "other"), at("hannover", "r1"), at("osaka", "r2", scheme_id="other"))
    assert told(city) == ["r1 granted 90", "r2 granted 90"]


def test_declined_request_leaves_its_caps_to_the_next():
    shared = invoice("i-shared", 90 * MILLION)
    version = capped(cap("enterprise-year", 100), cap("scheme-year", 200))
    city = play(version, request("r1", B, shared), request("r2", A, shared, activity_id="osaka"), at("tokyo", "r3"))
    assert told(city) == ["r1 granted 90", "r2 declined cost-already-supported", "r3 granted 90"]


def test_request_that_finds_a_shared_cap_used_up_gives_everything_back():
    version = capped(cap("enterprise-year", 100), cap("scheme-year", 90))
    own = invoice("i-own", 90 * MILLION)
    city = play(version, request("r1", B), request("r2", A, own, activity_id="osaka"))
    assert told(city) == ["r1 granted 90", "r2 declined cap-used-up"]
    assert [(u.id, u.had) for u in city["support"].all(UnitUse)] == [(f"{B}|fair-abroad|enterprise-year|2021", 90 * MILLION)]


def test_part_of_the_line_takes_only_that_part_of_the_caps():
    version = capped(cap("enterprise-year", 100), cap("scheme-year", 200), part_grants=True)
    city = run(service, version, *FAIRS, enterprise(A), allocated(40 * MILLION), at("hannover", "r1"))
    assert told(city) == ["r1 granted 40"]
    assert (used(city), shared_use(city)) == ([40], [("cap:scheme-year/2021/fair-abroad", 40)])


def used(city: City) -> list[int]:
    return [use.had // MILLION for use in city["support"].all(UnitUse)]


def shared_use(city: City) -> list[tuple[str, int]]:
    """What is used of each shared cap, which is what its requests use of it."""
    caps = city["support"].all(SharedCap)
    uses = city["support"].all(SharedCapUse)
    assert [c.used for c in caps] == [sum(u.amount for u in uses if u.id.startswith(f"{c.id}|")) for c in caps]
    return [(c.id, c.used // MILLION) for c in caps]


def test_amount_of_a_shared_cap_is_a_step_of_the_arithmetic():
    city = play(capped(cap("scheme-year", 100, clause="Điều 9")), at("hannover", "r1"), at("osaka", "r2"))
    steps = [g.steps[-2] for g in city.of_type(SupportGranted)]
    assert [(s.rule, s.amount // MILLION, s.clause) for s in steps] == [("cap", 100, "Điều 9"), ("cap", 10, "Điều 9")]
    assert (steps[1].vi, steps[1].en) == (
        "Mức tối đa cho mọi doanh nghiệp trong một năm của chính sách: 100.000.000 đồng; "
        "đã có 90.000.000 đồng, còn 10.000.000 đồng.",
        "Most for all enterprises in one year of the scheme: VND 100,000,000; it has VND 90,000,000, VND 10,000,000 is left.",
    )


def test_more_given_back_of_a_shared_cap_than_was_taken_is_a_dead_letter():
    city = play(capped(cap("scheme-year", 100)), at("hannover", "r1"))
    thing = "cap:scheme-year/2021/fair-abroad"
    send_in(city, ScarceThingGivenBack(thing=thing, request_id="r1", tax_code=A, amount=90 * MILLION + 1))
    assert "gives back" in city["support"].held["r1"]
    assert shared_use(city) == [(thing, 90)]


@pytest.mark.parametrize(
    ("left", "units", "back"),
    [
        (100, [90], []),
        (90, [90], []),
        (60, [60], [30]),
        (0, [], [90]),
    ],
)
def test_what_is_left_of_a_grant_is_what_counts_in_its_caps(left, units, back):
    """What the life of a grant calls when less is left of it."""
    city = play(capped(cap("enterprise-year", 100), cap("scheme-year", 200)), at("hannover", "r1"))
    running = city["support"]
    request_of = running.find(Request, f"{A}/r1")
    partition = next(p for p in running.partitions if running.documents[p.number].get(("requests", f"{A}/r1")))
    unit = Unit(partition, later(MONEY)[0], None, partition.calendar)
    after = count_in_caps(request_of, left * MILLION, unit)
    uses = [d for (collection, _), d in unit.changes.items() if collection == "unit_uses"]
    assert [d.had // MILLION for d in uses if d] == (units if left < 90 else [])
    assert [data.amount // MILLION for data in unit.published] == back
    assert {c.amount // MILLION for c in after.caps} == {min(left, 90)}
    assert count_in_caps(after, left * MILLION, unit) == after


@settings(max_examples=40, deadline=None)
@given(
    limits=st.tuples(st.integers(1, 200), st.integers(1, 400)),
    money=st.integers(1, 500),
    moves=st.lists(
        st.tuples(st.sampled_from((A, B, C)), PLACES, st.integers(1, 120), st.integers(1, 4)),
        min_size=1,
        max_size=12,
    ),
)
def test_caps_hold_and_count_what_was_granted(limits, money, moves):
    """Whatever is asked: no unit has more than its cap, and caps count what is granted or still on its way."""
    own, shared = limits
    version = capped(cap("enterprise-year", own), cap("scheme-year", shared), part_grants=True)
    asked = [
        request(f"r{n}", code, invoice(f"i{number}", 120 * MILLION), activity_id=where, asked=amount * MILLION)
        for n, (code, where, amount, number) in enumerate(moves)
    ]
    city = run(service, version, *FAIRS, *map(enterprise, (A, B, C)), allocated(money * MILLION), *asked)
    counted: dict[str, int] = {}
    for of in city["support"].all(Request):
        took = of.granted if of.state == "granted" else of.wanted if of.state == "queued" else 0
        counted[of.tax_code] = counted.get(of.tax_code, 0) + took
    assert {u.id.split("|")[0]: u.had for u in city["support"].all(UnitUse)} == {k: v for k, v in counted.items() if v}
    assert all(of <= own * MILLION for of in counted.values())
    in_all = sum(c.used for c in city["support"].all(SharedCap))
    assert in_all == sum(counted.values()) <= shared * MILLION
    shared_use(city)


# -- whom it is for, and what has to come with it ----------------------------------------------------------------------------


def rural(confirmed_on: date = date(2021, 1, 1), tax_code: str = C) -> RuralEstablishmentConfirmed:
    return RuralEstablishmentConfirmed(tax_code=tax_code, confirmed_on=confirmed_on)


NOT_LISTED = enterprise(C, supporting_industry=False)


@pytest.mark.parametrize(
    ("kinds", "before", "outcome"),
    [
        (["rural-establishment"], [rural()], "r1 granted 90"),
        (["rural-establishment"], [rural(date(2021, 12, 6))], "r1 granted 90"),
        (["rural-establishment"], [rural(date(2021, 12, 7)), rural(), rural(date(2022, 1, 1))], "r1 granted 90"),
        (["rural-establishment"], [rural(date(2021, 12, 7))], "r1 declined not-a-beneficiary"),
        (["rural-establishment"], [rural(tax_code=A)], "r1 declined not-a-beneficiary"),
        (["rural-establishment"], [enterprise(C)], "r1 declined not-a-beneficiary"),
        (["rural-establishment", "supporting-industry"], [enterprise(C)], "r1 granted 90"),
        (["rural-establishment", "supporting-industry"], [], "r1 declined not-a-beneficiary"),
        (["supporting-industry"], [rural()], "r1 declined not-supporting-industry"),
        (["rural-establishment", "recognition"], [rural()], "r1 granted 90"),
        (["rural-establishment", "recognition"], [recognised(C)], "r1 granted 90"),
        (["rural-establishment", "recognition"], [], "r1 waits for recognition"),
    ],
)
def test_request_is_eligible_as_any_of_those_the_scheme_is_for(kinds, before, outcome):
    version = scheme(requires=None, beneficiaries=kinds)
    assert told(play(version, NOT_LISTED, *before, request("r1", C))) == [outcome]


@pytest.mark.parametrize(
    ("papers", "outcome"),
    [
        (("contract", "invoice", "photo"), "r1 granted 90"),
        (("contract",), "r1 declined papers-missing"),
        ((), "r1 declined papers-missing"),
    ],
)
def test_request_without_the_papers_asked_for_is_declined(papers, outcome):
    assert told(play(scheme(papers=("contract", "invoice")), request("r1", papers=papers))) == [outcome]


def test_scheme_in_kind_pays_nothing_and_says_so():
    version = scheme(in_kind=True, rate_percent=None, cap=None)
    city = play(version, request("r1"))
    assert (refused(city), told(city)) == ({("scheme-in-kind", "scheme_id")}, [])


def test_class_without_its_number_of_learners_is_refused():
    version = scheme(activity="craft-class", caps=[cap("learner", 2)], cap=None)
    lesson = fair("basketry", kind="craft-class")
    city = play(version, lesson, at("basketry", "r1"), at("basketry", "r2", learners=20))
    assert (refused(city), told(city)) == ({("learners-missing", "learners")}, ["r2 granted 40"])


TEXTS = [
    (
        NotBeneficiary(tax_code=A, scheme_vi="Hội chợ", scheme_en="Fairs", kinds_vi="a, b", kinds_en="c, d", clause=""),
        "Doanh nghiệp 0100000001 không thuộc đối tượng của chính sách Hội chợ: a, b; "
        "hãy liên hệ Sở Công Thương để được xác nhận rồi gửi đề nghị mới.",
        "Enterprise 0100000001 is none of those the scheme Fairs is for: c, d; "
        "have the department confirm it, then send a new request.",
    ),
    (
        PapersMissing(request_id="r1", papers="x, y", scheme_vi="Hội chợ", scheme_en="Fairs"),
        "Đề nghị r1 thiếu giấy tờ chính sách Hội chợ yêu cầu: x, y; hãy gửi đề nghị mới kèm đủ giấy tờ.",
        "Request r1 lacks papers the scheme Fairs asks for: x, y; send a new request with all of them.",
    ),
    (
        SchemeInKind(request_id="r1", scheme_vi="Hội chợ", scheme_en="Fairs"),
        "Chính sách Hội chợ hỗ trợ bằng hiện vật, không chi tiền theo đề nghị r1; hãy đăng ký tham gia hoạt động.",
        "The scheme Fairs supports in kind and pays no money for request r1; register for the activity instead.",
    ),
    (
        LearnersMissing(request_id="r1", scheme_vi="Lớp nghề", scheme_en="Classes"),
        "Đề nghị r1 không nêu số học viên mà chính sách Lớp nghề lấy làm mức tối đa; hãy gửi lại với id mới.",
        "Request r1 gives no number of learners, which scheme Classes caps by; send it again under a new id.",
    ),
    (
        CapUsedUp(unit_vi="một cơ sở", unit_en="one establishment", **in_words(limit=10)),
        "Mức tối đa cho một cơ sở là 10 đồng và đã hết; hãy gửi đề nghị mới khi có khoản được trả lại, hoặc cho năm khác.",
        "The most for one establishment is VND 10 and is used up; send a new request when some is given back, "
        "or for another year.",
    ),
]


@pytest.mark.parametrize(("no", "vi", "en"), TEXTS, ids=[no.slug for no, _, _ in TEXTS])
def test_reason_is_said_in_both_languages(no, vi, en):
    assert (no.text("vi"), no.text("en")) == (vi, en)
