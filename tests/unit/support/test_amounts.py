"""The arithmetic of an amount: least of asked, rate × eligible cost rounded down to 1,000 đồng, caps, and what the line gives."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.domain.amounts import amount_of, budget_step
from support.domain.caps import caps_of
from unit.support.cases import MILLION, A, invoice, request, scheme

ITEMS = tuple({"code": code, "name_vi": code, "name_en": code} for code in ("booth", "freight"))


def cost(number: str, amount: int, item: str | None = None):
    return invoice(number, amount).model_copy(update={"item": item})


def amount(version, asked, had=()):
    """What the caps of the version, of which units have so much, leave of it."""
    caps = caps_of(version, asked, A)
    return amount_of(version, asked, [cap.step(dict(had).get(cap.kind, 0)) for cap in caps])


@pytest.mark.parametrize(
    ("rate", "cap", "asked", "cost_of", "expected"),
    [
        (100, 150 * MILLION, 500 * MILLION, 90 * MILLION, {"asked": 500 * MILLION, "rate": 90 * MILLION, "cap": 150 * MILLION}),
        (50, None, 500 * MILLION, 90 * MILLION, {"asked": 500 * MILLION, "rate": 45 * MILLION}),
        (50, None, 1, 3_999, {"asked": 1, "rate": 1_000}),
        (50, None, 9, 1_999, {"asked": 9, "rate": 0}),
        (70, None, 9, 2_857, {"asked": 9, "rate": 1_000}),
        (100, 0, 9, 1_000, {"asked": 9, "rate": 1_000, "cap": 0}),
        (33, None, 10**15, 10**15, {"asked": 10**15, "rate": 330_000_000_000_000}),
    ],
)
def test_amount_is_the_least_of_its_steps(rate, cap, asked, cost_of, expected):
    found = amount(scheme(rate_percent=rate, cap=cap), request("r1", A, invoice("i1", cost_of), asked=asked))
    assert ({step.rule: step.amount for step in found.steps}, found.wanted) == (expected, min(expected.values()))


def test_amount_steps_show_the_arithmetic_to_a_person():
    version = scheme(rate_percent=50, cap=40 * MILLION, rate_clause="Điều 5")
    found = amount(version, request("r1", A, invoice("i1", 90_001_999), asked=70 * MILLION), [("activity", 15 * MILLION)])
    assert [(step.clause, step.vi, step.en) for step in found.steps] == [
        (None, "Số tiền đề nghị: 70.000.000 đồng.", "Asked for: VND 70,000,000."),
        (
            "Điều 5",
            "50 % × 90.001.999 đồng chi phí hợp lệ, làm tròn xuống nghìn đồng: 45.000.000 đồng.",
            "50% × VND 90,001,999 of eligible cost, rounded down to a thousand: VND 45,000,000.",
        ),
        (
            None,
            "Mức tối đa cho một hoạt động của một doanh nghiệp: 40.000.000 đồng; đã có 15.000.000 đồng, còn 25.000.000 đồng.",
            "Most for one activity of one enterprise: VND 40,000,000; it has VND 15,000,000, VND 25,000,000 is left.",
        ),
    ]
    assert found.wanted == 25 * MILLION


def test_cost_of_another_kind_is_shown_and_left_out():
    evidence = cost("i1", 10_000, "booth"), cost("i2", 7_000, "hotel"), cost("i3", 5_000)
    found = amount(scheme(eligible_items=ITEMS, cap=None), request("r1", A, *evidence))
    assert [(step.rule, step.amount) for step in found.steps[1:]] == [
        ("not-eligible", 7_000),
        ("not-eligible", 5_000),
        ("rate", 10_000),
    ]
    assert found.wanted == 10_000
    assert [(step.vi, step.en) for step in found.steps[1:3]] == [
        (
            "Hóa đơn 0309999999/i2 (hotel) không thuộc khoản chi được hỗ trợ, không tính 7.000 đồng.",
            "Invoice 0309999999/i2 (hotel) is no cost the scheme pays for, VND 7,000 is left out.",
        ),
        (
            "Hóa đơn 0309999999/i3 không thuộc khoản chi được hỗ trợ, không tính 5.000 đồng.",
            "Invoice 0309999999/i3 is no cost the scheme pays for, VND 5,000 is left out.",
        ),
    ]


def test_cost_that_is_left_out_names_the_clauses_that_say_what_is_paid_for():
    clauses = ("Điều 5 khoản 1", "Điều 5 khoản 2", None, "Điều 5 khoản 1")
    items = [{"code": f"item-{n}", "name_vi": "Khoản", "name_en": "Item", "clause": clause} for n, clause in enumerate(clauses)]
    found = amount(
        scheme(eligible_items=items, cap=None), request("r1", A, cost("i1", 9_000, "item-0"), cost("i2", 7_000, "hotel"))
    )
    assert [(step.rule, step.clause) for step in found.steps] == [
        ("asked", None),
        ("not-eligible", "Điều 5 khoản 1; Điều 5 khoản 2"),
        ("rate", None),
    ]


def test_cost_of_every_kind_counts_where_the_scheme_lists_none():
    assert amount(scheme(cap=None), request("r1", A, cost("i1", 7_000, "hotel"))).wanted == 7_000


def cap(unit, amount_of_unit, *, regions=(), factor=None):
    multipliers = ({"trait": "technology-line", "factor": factor},) if factor else ()
    return {"unit": unit, "amount": amount_of_unit, "regions": regions, "multipliers": multipliers}


@pytest.mark.parametrize(
    ("caps", "changes", "left"),
    [
        ([cap("establishment", 300)], {}, [300]),
        ([cap("establishment", 300, factor="1.5")], {}, [300]),
        ([cap("establishment", 300, factor="1.5")], {"traits": ("technology-line",)}, [450]),
        ([cap("establishment", 301, factor="1.5")], {"traits": ("technology-line", "x")}, [451]),
        ([cap("learner", 3)], {"learners": 20}, [60]),
        ([cap("enterprise-year", 5), cap("activity", 7), cap("scheme-year", 9)], {}, [5, 7, 9]),
    ],
)
def test_cap_is_counted_for_its_unit(caps, changes, left):
    bounds = caps_of(scheme(caps=caps, cap=None), request("r1", A, **changes), A)
    assert [bound.limit for bound in bounds] == left


MISSION = [cap("mission", 28, regions=("asia",)), cap("mission", 42, regions=("europe", "africa")), cap("mission", 70)]


@pytest.mark.parametrize(
    ("caps", "region", "limit"),
    [
        (MISSION, "asia", 28),
        (MISSION, "africa", 42),
        (MISSION, "america", 70),
        (MISSION, None, 28),
        (MISSION[:2], "america", 28),
        (MISSION[2:], None, 70),
    ],
)
def test_mission_has_the_cap_of_its_region_else_of_all_others_else_the_least(caps, region, limit):
    version = scheme(activity="trade-mission", caps=caps, cap=None)
    assert [bound.limit for bound in caps_of(version, request("r1", A), A, region)] == [limit]


def test_multiplied_cap_says_so():
    version = scheme(caps=[cap("establishment", 300, factor="1.50")], cap=None)
    (bound,) = caps_of(version, request("r1", A, traits=("technology-line",)), A)
    assert (bound.step(0).vi, bound.step(0).en) == (
        "Mức tối đa cho một cơ sở: 450 đồng (× 1,5).",
        "Most for one establishment: VND 450 (× 1.5).",
    )


# -- against a slow calculation of its own -----------------------------------------------------------------------------------

KINDS_OF_COST = st.sampled_from([None, "booth", "freight", "hotel"])
LOCAL = ("enterprise-year", "activity", "fair-edition", "project", "establishment", "learner")


@given(
    rate=st.integers(1, 100),
    asked=st.integers(1, 2_000_000),
    costs=st.lists(
        st.tuples(st.integers(1, 1_000_000), st.sampled_from([None, "booth", "freight", "hotel"])), min_size=1, max_size=5
    ),
    items=st.booleans(),
    caps=st.lists(
        st.tuples(
            st.sampled_from(LOCAL),
            st.integers(1, 1_000_000),
            st.sampled_from([None, "0.5", "1.5", "2", "1.333"]),
            st.integers(0, 1_500_000),
        ),
        max_size=4,
        unique_by=lambda c: c[0],
    ),
    technology=st.booleans(),
    learners=st.integers(1, 40),
)
def test_amount_is_what_a_slow_calculation_gives(rate, asked, costs, items, caps, technology, learners):
    version = scheme(
        rate_percent=rate,
        cap=None,
        eligible_items=ITEMS if items else (),
        caps=[cap(unit, of, factor=factor) for unit, of, factor, _ in caps],
    )
    evidence = [cost(f"i{n}", of, item) for n, (of, item) in enumerate(costs)]
    traits = ("technology-line",) if technology else ()
    found = amount(
        version, request("r1", A, *evidence, asked=asked, traits=traits, learners=learners), [(u, had) for u, _, _, had in caps]
    )

    eligible = 0
    for of, item in costs:
        if not items or item in ("booth", "freight"):
            eligible += of
    best = asked
    by_rate = Fraction(rate, 100) * eligible
    thousands = 0
    while (thousands + 1) * 1_000 <= by_rate:
        thousands += 1
    best = min(best, thousands * 1_000)
    for unit, of, factor, had in caps:
        limit = Fraction(of) * (learners if unit == "learner" else 1) * (Fraction(factor) if factor and technology else 1)
        best = min(best, max(limit.numerator // limit.denominator - had, 0))
    assert found.wanted == best
    assert found.wanted == min(step.amount for step in found.steps if step.rule != "not-eligible")
    assert sum(step.amount for step in found.steps if step.rule == "not-eligible") == sum(of for of, _ in costs) - eligible


@pytest.mark.parametrize(
    ("given", "vi", "en"),
    [
        (
            90,
            "Mức thấp nhất là 90 đồng; dòng ngân sách 2021/x chi đủ.",
            "The least is VND 90; budget line 2021/x pays it in full.",
        ),
        (
            20,
            "Mức thấp nhất là 90 đồng; dòng ngân sách 2021/x chỉ còn 20 đồng, chính sách cho phép hỗ trợ một phần.",
            "The least is VND 90; budget line 2021/x had VND 20 left and the scheme allows a part.",
        ),
    ],
)
def test_budget_step_says_whether_the_line_paid_in_full(given, vi, en):
    step = budget_step("2021/x", 90, given)
    assert (step.rule, step.amount, step.vi, step.en) == ("budget", given, vi, en)
