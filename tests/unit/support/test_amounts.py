"""The arithmetic of an amount: least of asked, rate × cost rounded down to 1,000 đồng, cap, and what the line gives."""

import pytest
from support.domain.amounts import amount_steps, budget_step
from unit.support.cases import MILLION, scheme


@pytest.mark.parametrize(
    ("rate", "cap", "asked", "cost", "expected"),
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
def test_amount_steps_are_what_bounds_the_amount(rate, cap, asked, cost, expected):
    steps = amount_steps(scheme(rate_percent=rate, cap=cap), asked, cost)
    assert {step.rule: step.amount for step in steps} == expected


def test_amount_steps_show_the_arithmetic_to_a_person():
    steps = amount_steps(scheme(rate_percent=50, cap=40 * MILLION), 70 * MILLION, 90_001_999)
    assert [(step.vi, step.en) for step in steps] == [
        ("Số tiền đề nghị: 70.000.000 đồng.", "Asked for: VND 70,000,000."),
        (
            "50 % × 90.001.999 đồng chi phí hợp lệ, làm tròn xuống nghìn đồng: 45.000.000 đồng.",
            "50% × VND 90,001,999 of eligible cost, rounded down to a thousand: VND 45,000,000.",
        ),
        (
            "Mức tối đa cho một hoạt động của một doanh nghiệp: 40.000.000 đồng.",
            "Most for one activity of one enterprise: VND 40,000,000.",
        ),
    ]


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
