"""The generator of scenario rounds: the same in every run, marked as made, and the counts close before anything is played."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from chuluc.directory import OperatorError
from chuluc.scenario.cast import Enterprise, Fate, Product, best_first
from chuluc.scenario.library import find
from chuluc.scenario.rounds import beside, rules
from chuluc.scenario.rounds.casts import casts, top10_enterprises
from chuluc.scenario.rounds.figures import declared
from chuluc.scenario.rounds.published import published
from chuluc.scenario.rounds.story import scenario
from chuluc.scenario.sheets import totals
from chuluc.scenario.steps import Publish
from chuluc.scenario.story import Story
from shared.contracts.base import Event
from shared.contracts.council import CouncilAppointed, RecognitionDecided, ScoringClosed
from shared.contracts.department import CriteriaIssued, DayStarted, EligibilityRulesIssued, PlanIssued, RoundOpened
from shared.contracts.registers import EnterpriseRegistered

SCENARIO = scenario()
EVENTS: list[Event[Any]] = [step.event for step in SCENARIO.steps if isinstance(step, Publish)]
CASTS = casts()
MADE_YEARS = [year for year in CASTS if year != 2021]


def data_of(model: type[Any]) -> list[Any]:
    return [event.data for event in EVENTS if isinstance(event.data, model)]


def product(number: int, enterprise: int, fate: Fate = "recognised") -> Product:
    return Product(number, enterprise, f"SP {number}", "mechanical", "other", fate, 2020)


def enterprise(number: int, *products: int) -> Enterprise:
    return Enterprise(number, f"DN {number}", tuple(product(n, number) for n in products))


def test_two_runs_make_the_same_bytes() -> None:
    assert [getattr(s, "value", s) for s in scenario().steps] == [getattr(s, "value", s) for s in SCENARIO.steps]


def test_both_scenarios_are_found_by_name() -> None:
    assert [find(name).name for name in ("2021", "rounds")] == ["2021", "rounds"]
    with pytest.raises(OperatorError, match="the scenarios are 2021, rounds"):
        find("2020")


def test_every_event_says_that_it_is_made_where_its_contract_can() -> None:
    assert {type(e.data).__name__ for e in EVENTS if "made" in type(e.data).model_fields and not e.data.made} == set()


def test_events_are_in_the_order_of_time_but_for_the_second_delivery() -> None:
    repeated = [identity for identity, n in Counter(e.identity for e in EVENTS).items() if n > 1]
    assert len(repeated) == 1
    times = [event.time for event in EVENTS if event.identity not in repeated]
    assert times == sorted(times)


def test_an_enterprise_is_registered_once() -> None:
    codes = [registered.tax_code for registered in data_of(EnterpriseRegistered)]
    assert len(codes) == len(set(codes)) == len({e.number for cast in CASTS.values() for e in cast}) + beside.ESTABLISHMENTS


def test_numbers_and_names_belong_to_one_product_and_one_enterprise() -> None:
    """A product keeps its identity, name, industry and enterprise over all rounds."""
    said: dict[str, set[tuple[object, ...]]] = {}
    for cast in CASTS.values():
        ids = [p.id for e in cast for p in e.products]
        assert len(ids) == len(set(ids))
        for p in (p for e in cast for p in e.products):
            said.setdefault(p.id, set()).add((p.name, p.industry, p.path, p.enterprise))
    assert {id: facts for id, facts in said.items() if len(facts) > 1} == {}


@pytest.mark.parametrize("year", MADE_YEARS)
def test_declared_figures_of_the_recognised_sum_to_what_was_published(year: int) -> None:
    figures, said = declared(published()[year], CASTS[year]), published()[year]
    last = [figures[p.id][1] for e in CASTS[year] for p in e.recognised_products]
    assert {f.year for f in last} == {year - 1}
    assert said.revenue_vnd in (None, sum(f.revenue for f in last))
    assert said.exports_usd in (None, sum(f.exports_usd for f in last))


@pytest.mark.parametrize("year", MADE_YEARS)
def test_who_is_to_pass_is_eligible_in_both_years_and_who_is_not_is_not(year: int) -> None:
    figures, terms = declared(published()[year], CASTS[year]), rules.rules_of(year)
    least = {"high-tech": terms.high_tech_revenue, "other": terms.other_revenue, "handicraft": 0, "start-up": 0}
    for p in (p for e in CASTS[year] for p in e.products):
        enough = all(
            f.revenue >= least[p.path] and (p.path != "handicraft" or f.exports_usd >= terms.handicraft_exports_usd)
            for f in figures[p.id]
        )
        assert enough == (p.fate not in ("ineligible", "two-reasons")), p


@pytest.mark.parametrize(
    ("cast", "enterprises", "top"),
    [
        ([enterprise(n, n) for n in range(1, 12)], 10, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
        ([enterprise(n, 2 * n, 2 * n + 1) for n in range(1, 12)], 10, [2, 4, 6, 8, 10, 12, 14, 16, 18, 20]),
        ([enterprise(1, 1), *(enterprise(n, 2 * n, 2 * n + 1) for n in range(2, 8))], 5, [4, 6, 8, 10, 12, 5, 7, 9, 11, 13]),
        ([enterprise(1, *range(10, 21)), enterprise(2, 30)], 1, list(range(10, 20))),
    ],
    ids=["one each", "one of two each", "two each", "one enterprise"],
)
def test_top10_is_of_so_many_enterprises(cast: list[Enterprise], enterprises: int, top: list[int]) -> None:
    order = best_first(cast, enterprises)
    assert [p.number for p in order[:10]] == top
    assert sorted(p.number for p in order) == sorted(p.number for e in cast for p in e.products)


@pytest.mark.parametrize("year", list(CASTS))
def test_totals_keep_the_order_and_the_pass_mark(year: int) -> None:
    passed = best_first(CASTS[year], top10_enterprises(year))
    failed = [p for e in CASTS[year] for p in e.products if p.fate == "low-score"]
    reached = totals(passed, failed)
    scores = [reached[p.id] for p in passed]
    assert scores[:10] == sorted(set(scores[:10]), reverse=True)
    assert min(scores[:10]) > max(scores[10:])
    assert min(scores) >= rules.criteria_of(year).pass_mark > max(reached[p.id] for p in failed)


def test_days_are_some_two_hundred() -> None:
    days = [d.date for d in data_of(DayStarted)]
    assert days == sorted(set(days))
    assert 150 < len(days) < 250


def test_published_days_of_2022_2023_and_2025_are_begun_and_kept() -> None:
    days = {d.date for d in data_of(DayStarted)}
    assert {date(2022, 12, 13), date(2023, 11, 7), date(2023, 11, 24), date(2023, 12, 14), date(2025, 11, 15)} <= days
    (closed,) = [c for c in data_of(ScoringClosed) if c.round_id == "2023"]
    (decided,) = [d for d in data_of(RecognitionDecided) if d.round_id == "2023"]
    assert (closed.closed_on, decided.decided_on > date(2023, 11, 24)) == (date(2023, 11, 7), True)
    (council,) = [c for c in data_of(CouncilAppointed) if c.round_id == "2022"]
    assert "4074/QĐ-UBND ngày 27/10/2022" in council.decision


def test_a_round_opens_under_rules_criteria_and_a_plan_that_are_there() -> None:
    there: set[str] = set()
    for data in (e.data for e in EVENTS):
        if isinstance(data, RoundOpened):
            assert {data.rules_id, data.criteria_id} <= there
            assert data.plan_id in there or data.plan_id == f"unpublished@{data.year}"
        for model, name in ((CriteriaIssued, "criteria_id"), (EligibilityRulesIssued, "rules_id"), (PlanIssued, "plan_id")):
            if isinstance(data, model):
                there.add(getattr(data, name))


def test_plans_are_those_found_with_their_bounds() -> None:
    targets = {
        (plan.number, plan.year, t.indicator): (int(t.lower), t.upper and int(t.upper))
        for plan in data_of(PlanIssued)
        for t in plan.targets
    }
    assert {
        ("KH-2019", 2019, "products-recognised"): (70, None),
        ("60/KH-UBND", 2021, "products-recognised"): (25, 30),
        ("267/KH-UBND", 2022, "products-recognised"): (30, 35),
        ("267/KH-UBND", 2022, "first-time-recognised"): (15, 20),
        ("35/KH-UBND", 2022, "supporting-enterprises"): (920, None),
        ("302/KH-UBND", 2024, "enterprises-recognised"): (20, 25),
        ("302/KH-UBND", 2024, "first-time-recognised"): (10, 15),
        ("KH-2019", 2019, "craft-learners"): (1300, None),
        ("KH-2019", 2019, "rural-equipment"): (14, None),
        ("35/KH-UBND", 2022, "supporting-enterprises-international"): (300, None),
        ("35/KH-UBND", 2022, "supporting-output-share"): (16, None),
        ("35/KH-UBND", 2022, "supporting-index-growth"): (11, None),
        ("35/KH-UBND", 2022, "clusters-started"): (43, None),
        ("2021-2025", 2021, "enterprises-recognised"): (100, 120),
        ("2021-2025", 2021, "products-recognised"): (150, 180),
        ("2021-2025", 2021, "support-money"): (200 * 10**9, None),
        ("2021-2025", 2021, "output-share"): (40, 50),
        ("2021-2025", 2021, "exports-share"): (20, 22),
    }.items() <= targets.items()


def test_made_settings_say_so() -> None:
    opened = {o.year: o for o in data_of(RoundOpened)}
    assert all("giả định" in o.legal_text for o in opened.values())
    assert "việc đổi từ đợt 2019 là giả định" in opened[2018].legal_text
    assert [d.decision for d in data_of(RecognitionDecided) if "giả định" not in d.decision] == ["5012/QĐ-UBND"]


def test_story_begins_months_and_due_days_and_never_goes_back() -> None:
    story = Story("test", {date(2020, 2, 14), date(2020, 1, 1), date(2020, 4, 2)})
    for day in (date(2020, 1, 15), date(2020, 1, 15), date(2020, 3, 20), date(2020, 4, 2)):
        story.day(day)
    begun = [step.event.data.date for step in story.steps if isinstance(step, Publish)]
    assert begun == [
        date(2020, 1, 15),
        date(2020, 2, 1),
        date(2020, 2, 14),
        date(2020, 3, 1),
        date(2020, 3, 20),
        date(2020, 4, 1),
        date(2020, 4, 2),
    ]
    with pytest.raises(ValueError, match="cannot go back"):
        story.day(date(2020, 4, 1))
