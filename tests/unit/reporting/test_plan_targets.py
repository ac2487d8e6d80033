"""Which targets a plan may have: one by no indicator, or in another unit, refuses the plan and says which target it is."""

import json
from datetime import date, datetime

import pytest
from chuluc.scenario.library import NAMED
from chuluc.scenario.steps import Settle
from reporting.domain.programme import Plan
from reporting.indicators import INDICATORS, check_targets
from reporting.main import service
from reporting.projections import plan as kept
from reporting.repository.rows import ALL_INPUTS
from reporting.repository.standings import standings_of
from shared.contracts.base import Event, make_event
from shared.contracts.department import PlanIssued
from shared.testing.memory import City
from unit.reporting import story

GOOD = story.target("exports-share", 15)
BEER = story.target("beer-share", 40)
TONNES = story.target("products-recognised", 25).model_copy(update={"unit": "tonnes"})


def issued(*plans: PlanIssued) -> list[Event[PlanIssued]]:
    times = [datetime.fromisoformat(f"2021-03-0{n + 1}T00:00:00+07:00") for n in range(len(plans))]
    return [make_event(plan, id=f"p-{n}", time=times[n]) for n, plan in enumerate(plans)]


@pytest.mark.parametrize(
    ("wrong", "slug", "field", "english", "vietnamese"),
    [
        (
            BEER,
            "unknown-indicator",
            "data.targets.1.indicator",
            f"Plan {story.PLAN} sets targets by indicators that do not exist: beer-share (“clause on beer-share”). The whole "
            "plan is not taken in yet; send it again under a new event id, each target by one of these indicators: products-",
            f"Kế hoạch {story.PLAN} đặt mục tiêu theo chỉ tiêu không có: beer-share (“clause on beer-share”). Cả kế hoạch chưa",
        ),
        (
            TONNES,
            "target-in-other-unit",
            "data.targets.1.unit",
            "has targets in another unit than their indicator: products-recognised: tonnes → products (“clause on products-",
            "có mục tiêu sai đơn vị: products-recognised: tonnes → products (“clause on products-recognised”). Cả kế hoạch",
        ),
    ],
)
def test_plan_with_a_wrong_target_is_refused_until_it_is_sent_again(
    wrong: object, slug: str, field: str, english: str, vietnamese: str
) -> None:
    bad, right = issued(story.plan(GOOD, wrong), story.plan(GOOD))
    city = City.of(service).publish(bad)
    (notice,) = city.refusals
    assert (notice.slug, notice.rejected_id, notice.field) == (slug, "p-0", field)
    assert (english in notice.en, vietnamese in notice.vi) == (True, True)
    assert city["reporting"].all(Plan) == []
    city.publish(right)
    assert [(plan.id, plan.targets) for plan in city["reporting"].all(Plan)] == [(story.PLAN, (GOOD,))]


def test_every_wrong_target_is_named_at_once_and_a_long_clause_hides_no_step() -> None:
    long = BEER.model_copy(update={"indicator": "wine-share", "clause": "dài " * 500})
    (notice,) = City.of(service).publish(*issued(story.plan(BEER, GOOD, long))).refusals
    assert notice.field == "data.targets.0.indicator"
    assert ["beer-share (" in notice.vi, "wine-share (" in notice.vi] == [True, True]
    assert notice.vi.endswith(f"một trong các chỉ tiêu: {', '.join(INDICATORS)}.")


def test_plan_that_was_taken_in_stays_when_its_next_issue_is_refused() -> None:
    city = City.of(service).publish(*issued(story.PLAN_60, story.plan(BEER)))
    assert [notice.rejected_id for notice in city.refusals] == ["p-1"]
    assert [len(plan.targets) for plan in city["reporting"].all(Plan)] == [6]


def test_target_may_say_the_unit_of_its_indicator() -> None:
    right = TONNES.model_copy(update={"unit": "products"})
    city = City.of(service).publish(*issued(story.plan(right)))
    assert (city.refusals, [plan.targets for plan in city["reporting"].all(Plan)]) == ([], [(right,)])


@pytest.mark.parametrize("scenario", NAMED)
def test_plans_the_city_issued_are_all_taken_in(scenario: str) -> None:
    values = [step.value for step in NAMED[scenario]().steps if not isinstance(step, Settle)]
    said = [json.loads(value)["data"] for value in values if PlanIssued.contract.type.encode() in value]
    plans = [PlanIssued.model_validate(data) for data in said]
    assert plans != []
    assert [check_targets(plan) for plan in plans] == [None] * len(plans)


def test_version_that_does_not_know_an_indicator_shows_the_other_targets() -> None:
    """While the next version is deployed it takes plans in, and this one still answers."""
    (event,) = issued(story.plan(BEER, GOOD))
    rows = {wanted: [] for wanted in ALL_INPUTS}
    found = standings_of([kept(event)], rows, {}, 2021, date(2021, 6, 1))
    assert [standing.indicator.code for standing in found] == ["exports-share"]
