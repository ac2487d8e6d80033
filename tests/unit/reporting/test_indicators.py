"""Every formula as a table of cases in exact fractions, the phase, the forecast, and what the declarations promise."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from chuluc.scenario import rules2021
from chuluc.scenario.rounds import plans
from reporting.domain.rows import FIGURES, Contribution, Measure, days_of
from reporting.domain.support import BudgetLine
from reporting.indicators import INDICATORS, Input, forecast, status
from reporting.indicators.declared import readme_tables
from reporting.indicators.formulas import Count, Figure, Growth, Share, Total
from reporting.indicators.standing import days_gone
from reporting.repository.rows import once
from shared.contracts.catalogue_tables import table
from shared.contracts.reporting import Ground
from unit.reporting.story import target
from unit.reporting.test_reporting_domain import row

M = Measure
A, B, C = "0100000001", "0100000002", "0100000003"
ROOT = Path(__file__).parents[3]


def part(measure: Measure, about: str, value: int, days: int) -> Contribution:
    """A row that rests on a part of its year."""
    ground = Ground(measure=measure.value, year=2021, about=f"{about}@part", event_id="s|p", value=value, made=False, days=days)
    return Contribution.of(ground, about)


@pytest.mark.parametrize(
    ("code", "rows", "expected"),
    [
        ("first-time-recognised", (), None),
        ("first-time-recognised", (row(M.PRODUCTS_FILED, 2021, "H1"),), 0),
        ("first-time-recognised", (row(M.FIRST_TIME, 2021, "1"), row(M.FIRST_TIME, 2021, "2"), row(M.FIRST_TIME, 2020, "3")), 2),
        ("supporting-enterprises", (), None),
        ("supporting-enterprises", (row(M.SUPPORTING_ENTERPRISES, 2021, A), row(M.SUPPORTING_ENTERPRISES, 2021, B)), 2),
        ("supporting-enterprises-international", (row(M.SUPPORTING_ENTERPRISES, 2021, A),), 0),
        ("supporting-enterprises-international", (row(M.SUPPORTING_INTERNATIONAL, 2021, A),), 1),
        (
            "supporting-output-share",
            (row(M.SUPPORTING_OUTPUT, 2021, "s", 160), row(M.MANUFACTURING_OUTPUT, 2021, "m", 999)),
            "16000/999",
        ),
        ("supporting-output-share", (row(M.SUPPORTING_OUTPUT, 2021, "s", 160),), None),
        ("supporting-output-share", (row(M.MANUFACTURING_OUTPUT, 2021, "m", 1000),), None),
        ("supporting-output-share", (part(M.SUPPORTING_OUTPUT, "s", 160, 90), row(M.MANUFACTURING_OUTPUT, 2021, "m", 9)), None),
        ("supporting-output-share", (part(M.SUPPORTING_OUTPUT, "s", 1, 365), row(M.MANUFACTURING_OUTPUT, 2021, "m", 8)), "25/2"),
        (
            "output-share",
            (row(M.ENTERPRISES_IN_FORCE, 2021, A), row(M.PRODUCTION_VALUE, 2021, A, 5), part(M.CITY_OUTPUT, "c", 9, 90)),
            None,
        ),
        ("supporting-index-growth", (row(M.SUPPORTING_INDEX, 2021, "i", "111.05"),), "221/20"),
        ("supporting-index-growth", (row(M.SUPPORTING_INDEX, 2021, "i", "97"),), -3),
        ("supporting-index-growth", (), None),
        ("clusters-started", (row(M.CLUSTERS_STARTED, 2021, "c1"), row(M.CLUSTERS_STARTED, 2022, "c2")), 1),
        ("clusters-started", (), None),
        ("clusters-started-area", (row(M.CLUSTERS_AREA, 2021, "c1", "20.5"), row(M.CLUSTERS_AREA, 2021, "c2", "0.3")), "104/5"),
        ("craft-learners", (row(M.CRAFT_LEARNERS, 2021, "l1", 450), row(M.CRAFT_LEARNERS, 2021, "l2", 850)), 1300),
        ("craft-learners", (row(M.COURSE_LEARNERS, 2021, "l1", 450),), None),
        ("course-learners", (row(M.COURSE_LEARNERS, 2021, "l1", 30),), 30),
        ("rural-equipment", tuple(row(M.RURAL_EQUIPMENT, 2021, f"010000000{n}") for n in range(1, 5)), 4),
        ("activity-participations", (row(M.PARTICIPATIONS, 2021, f"a/{A}"), row(M.PARTICIPATIONS, 2021, f"b/{A}")), 2),
        ("support-money", (row(M.MONEY_USED, 2021, "2021/a", 10**12), row(M.MONEY_USED, 2021, "2021/b", 1)), 10**12 + 1),
        ("support-allocated", (row(M.MONEY_ALLOCATED, 2021, "2021/a", 7),), 7),
        ("support-paid", (row(M.MONEY_PAID, 2021, "2021/a", 0),), 0),
        ("trained-workers-rate", (row(M.TRAINED_WORKERS, 2021, "t", "72.125"),), "577/8"),
        ("clean-technology-share", (row(M.CLEAN_TECHNOLOGY, 2021, "t", "0"),), 0),
    ],
)
def test_value_of_an_indicator_from_its_rows(code: str, rows: tuple[Contribution, ...], expected: int | str | None) -> None:
    indicator = INDICATORS[code]
    given: dict[Input, list[Contribution]] = {
        (measure, offset): [r for r in rows if r.measure == measure and r.year == 2021 + offset]
        for measure, offset in indicator.inputs
    }
    assert indicator.compute(given).value == (None if expected is None else Fraction(expected))


@pytest.mark.parametrize(
    ("days", "whole"), [((90, 275), True), ((365,), True), ((90,), False), ((), False), ((90, 91, 92, 92), True)]
)
def test_parts_of_a_year_make_it_up_when_they_have_all_its_days(days: tuple[int, ...], whole: bool) -> None:
    grounds = tuple(
        Ground(measure="city-exports", year=2021, about=f"city-exports@{n}", event_id=f"s|{n}", days=d, made=False)
        for n, d in enumerate(days)
    )
    known = Contribution(id="x", measure=M.CITY_EXPORTS, year=2021, about="city-exports", grounds=grounds)
    assert (known.whole_year, days_of(2021), days_of(2024)) == (whole, 365, 366)


def test_money_of_a_line_is_what_it_reserved_committed_and_paid() -> None:
    line = BudgetLine(id="2021/fair", year=2021, allocated=100, reserved=5, committed=7, paid=11, available=77, event_id="s|9")
    values = {m: line.money(m).value for m in (M.MONEY_ALLOCATED, M.MONEY_USED, M.MONEY_PAID)}
    assert values == {M.MONEY_ALLOCATED: 100, M.MONEY_USED: 23, M.MONEY_PAID: 11}
    assert (line.money(M.MONEY_USED).id, line.money(M.MONEY_USED).event_id) == ("money-used/2021/2021/fair", "s|9")


def test_enterprise_that_goes_on_under_another_code_counts_once_in_a_phase() -> None:
    rows = [row(M.ENTERPRISES_RECOGNISED, year, code) for year, code in ((2021, A), (2021, B), (2022, B), (2023, C))]
    assert [(r.year, r.about) for r in once(rows, {})] == [(2021, A), (2021, B), (2023, C)]
    assert [(r.year, r.about) for r in once(rows, {A: B, B: C})] == [(2021, A)]
    assert len(once(rows, {A: B, B: A})) == 3  # a circle of codes ends: A and B are then two


@pytest.mark.parametrize(
    ("value", "year", "today", "steady", "since", "expected"),
    [
        (100, 2021, date(2021, 3, 14), True, None, "500"),  # 73 of 365 days
        (100, 2021, date(2021, 3, 14), False, None, None),  # it does not come in evenly
        (0, 2021, date(2021, 3, 14), True, None, "0"),
        (None, 2021, date(2021, 3, 14), True, None, None),
        (100, 2021, date(2021, 12, 30), True, None, "9125/91"),
        (100, 2021, date(2021, 12, 31), True, None, None),  # the year is over
        (100, 2021, date(2020, 12, 31), True, None, None),  # it has not begun
        (100, 2021, None, True, None, None),
        (79, 2025, date(2022, 12, 31), True, 2021, "72127/365"),  # 730 of 1,826 days
        (79, 2025, date(2025, 12, 31), True, 2021, None),
    ],
)
def test_forecast_goes_on_as_in_the_days_gone_by(
    value: int | None, year: int, today: date | None, steady: bool, since: int | None, expected: str | None
) -> None:
    exact = None if value is None else Fraction(value)
    found = forecast(exact, year=year, today=today, steady=steady, since=since)
    assert found == (None if expected is None else Fraction(expected))


@pytest.mark.parametrize(
    ("value", "today", "expected"),
    [
        (46, date(2021, 12, 31), "on-track"),  # 150 × 365 ÷ 1,826 = 29.98
        (29, date(2021, 12, 31), "behind"),
        (149, date(2025, 12, 30), "behind"),
        (149, date(2025, 12, 31), "missed"),
        (150, date(2023, 1, 1), "met"),
    ],
)
def test_status_in_a_phase_is_by_the_days_of_all_its_years(value: int, today: date, expected: str) -> None:
    phase = target("products-recognised", 150, 180)
    assert status(Fraction(value), phase, year=2025, since=2021, today=today, grows=True).value == expected


@pytest.mark.parametrize(
    ("today", "gone"), [(date(2020, 12, 31), 0), (date(2021, 1, 1), Fraction(1, 365)), (date(2022, 5, 5), 1)]
)
def test_days_gone_are_a_share_of_the_year(today: date, gone: Fraction) -> None:
    assert days_gone(2021, today) == gone


def test_every_indicator_has_names_formula_events_and_law_and_its_formula_is_a_building_block() -> None:
    assert [(code, i.code) for code, i in INDICATORS.items() if code != i.code] == []
    for i in INDICATORS.values():
        assert all((i.name_vi, i.name_en, i.formula_vi, i.formula_en, i.legal_text, i.events, i.inputs)), i.code
        assert isinstance(i.formula, Count | Total | Figure | Share | Growth), i.code
        assert i.grows or not i.steady, i.code


def test_every_target_of_the_real_plans_has_a_formula() -> None:
    real = [rules2021.ISSUED_PLAN, plans.PHASE, *(plan for issued in plans.PLANS.values() for plan in issued)]
    named = {(plan.plan_id, t.indicator) for plan in real for t in plan.targets}
    assert {(plan, code) for plan, code in named if code not in INDICATORS} == set()
    assert {code for _, code in named} >= {"rural-equipment", "craft-learners", "clusters-started", "support-money"}


def test_every_figure_has_a_unit_that_pages_can_write() -> None:
    assert set(FIGURES.values()) == {"VND", "USD", "percent", "learners", "hectares"}


def test_readme_has_the_tables_of_what_is_declared() -> None:
    readme = (ROOT / "services" / "reporting" / "README.md").read_text("utf-8")
    for name, (head, rows) in readme_tables().items():
        assert f"<!-- generated:{name} -->\n{table(head, rows)}<!-- /generated -->" in readme
