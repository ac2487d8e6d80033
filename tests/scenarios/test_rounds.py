"""Scenario rounds played through the four services in memory: what was published of eight rounds comes out exactly."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from applications.main import service as applications
from chuluc.scenario.rounds.published import published
from chuluc.scenario.rounds.story import LAST_DAY, scenario
from chuluc.scenario.steps import ExpectedRound, Publish, Settle
from reporting.api import routes
from reporting.domain.register import RecognisedProduct
from reporting.domain.rows import Contribution, Measure
from reporting.main import service as reporting
from scoring.domain.publication import Publication
from scoring.domain.recognition import Recognition
from scoring.main import service as scoring
from shared.contracts.applications import ApplicationAccepted, ApplicationRejected
from shared.contracts.department import DayStarted
from shared.contracts.recognitions import RecognitionExpired, RecognitionRevoked
from shared.contracts.scoring import ProductNotRecognised, ProductRecognised, ProductScored, RoundRanked
from shared.http import application
from shared.testing.memory import City, MemoryReader
from starlette.testclient import TestClient
from support.main import service as support

from . import sheet

SCENARIO = scenario()
YEARS = tuple(range(2018, 2026))
BY_YEAR = {expected.year: expected for expected in SCENARIO.rounds}
each_round = pytest.mark.parametrize("expected", SCENARIO.rounds, ids=[str(e.year) for e in SCENARIO.rounds])


@pytest.fixture(scope="module")
def city() -> City:
    """The four services after all eight years."""
    played = City.of(applications, scoring, support, reporting)
    for step in SCENARIO.steps:
        if not isinstance(step, Settle):
            played.send(step.topic, step.value)
    return played


def recognised(city: City, year: int) -> list[ProductRecognised]:
    return [p for p in city.of_type(ProductRecognised) if p.year == year]


def counted(products: "list[ProductRecognised] | list[ApplicationAccepted | ApplicationRejected]") -> tuple[int, int]:
    return len(products), len({p.tax_code for p in products})


@each_round
def test_filed_counts(city: City, expected: ExpectedRound) -> None:
    every = [*city.of_type(ApplicationAccepted), *city.of_type(ApplicationRejected)]
    assert counted([a for a in every if a.round_id == str(expected.year)]) == expected.filed


@each_round
def test_recognised_counts(city: City, expected: ExpectedRound) -> None:
    assert counted(recognised(city, expected.year)) == expected.recognised


@each_round
def test_recognitions_so_far(city: City, expected: ExpectedRound) -> None:
    assert sum(p.year <= expected.year for p in city.of_type(ProductRecognised)) == expected.total


@each_round
def test_first_time_and_again(city: City, expected: ExpectedRound) -> None:
    assert sum(p.first_time for p in recognised(city, expected.year)) == expected.first_time


@each_round
def test_top10_is_of_so_many_enterprises(city: City, expected: ExpectedRound) -> None:
    top = [p for p in recognised(city, expected.year) if p.top10_rank is not None]
    assert sorted(p.top10_rank or 0 for p in top) == list(range(1, 11))
    assert len({p.tax_code for p in top}) == expected.top10_enterprises


@each_round
def test_every_dossier_that_is_not_recognised_has_a_reason(city: City, expected: ExpectedRound) -> None:
    rejected = [r.reasons for r in city.of_type(ApplicationRejected) if r.round_id == str(expected.year)]
    failed = [r.reasons for r in city.of_type(ProductNotRecognised) if r.year == expected.year]
    assert len(rejected) + len(failed) == expected.filed[0] - expected.recognised[0]
    assert all(rejected) and all(failed)


@pytest.mark.parametrize(("year", "total"), [(2020, 117), (2022, 196), (2023, 229), (2025, 300)])
def test_published_totals(city: City, year: int, total: int) -> None:
    assert sum(p.year <= year for p in city.of_type(ProductRecognised)) == total


def test_phase_of_2021_to_2025_passed_its_target_of_150_to_180_products(city: City) -> None:
    assert sum(p.year >= 2021 for p in city.of_type(ProductRecognised)) == 183


@pytest.mark.parametrize(("year", "share"), [(2019, "62.5"), (2021, "85.2"), (2022, "78.6"), (2023, "89.2")])
def test_published_pass_rates(city: City, year: int, share: str) -> None:
    filed, passed = BY_YEAR[year].filed[0], len(recognised(city, year))
    assert (Decimal(passed) * 100 / filed).quantize(Decimal("0.1")) == Decimal(share)


@pytest.mark.parametrize(("year", "enterprises"), [(2020, 6), (2021, 10), (2022, 10), (2023, 7)])
def test_published_enterprises_of_the_top10(city: City, year: int, enterprises: int) -> None:
    assert len({p.tax_code for p in recognised(city, year) if p.top10_rank}) == enterprises


@pytest.mark.parametrize(("year", "least", "most"), [(2022, 15, 20), (2024, 10, 15)])
def test_first_time_lies_in_the_range_of_the_plan(city: City, year: int, least: int, most: int) -> None:
    assert least <= sum(p.first_time for p in recognised(city, year)) <= most


@pytest.mark.parametrize("year", YEARS)
def test_expected_counts_are_those_of_the_published_file(year: int) -> None:
    """Two hands wrote them down: where they were published, both say the same, and the mark says which are made."""
    said, expected = published()[year], BY_YEAR[year]
    assert (said.recognised.products, said.recognised.enterprises) == expected.recognised
    made = {"none": (), "products": (0,), "both": (0, 1)}[expected.filed_made]
    for place, count in enumerate((said.applied.products, said.applied.enterprises)):
        assert (count is None) == (place in made)
        assert count in (None, expected.filed[place])
    assert said.top10_enterprises in (None, expected.top10_enterprises)


def test_industries_of_2022_are_those_published(city: City) -> None:
    assert Counter(p.industry for p in recognised(city, 2022)) == {
        "mechanical": 6,
        "electrical-electronics": 4,
        "information-technology": 5,
        "textiles-garments-footwear": 8,
        "food-processing": 4,
        "chemicals-rubber-plastics-pharma": 3,
        "building-materials": 2,
        "handicraft": 1,
    }


def test_top10_of_2021_is_the_published_one_in_its_order(city: City) -> None:
    top = sorted((p for p in recognised(city, 2021) if p.top10_rank), key=lambda p: p.top10_rank or 0)
    assert [p.product_name for p in top] == list(published()[2021].top10)
    assert {(p.decision, p.decided_on) for p in recognised(city, 2021)} == {("5012/QĐ-UBND", date(2021, 11, 26))}


def test_again_means_that_the_same_product_of_the_same_enterprise_was_recognised_before(city: City) -> None:
    known: set[tuple[str, str]] = set()
    for product in city.of_type(ProductRecognised):
        identity = product.tax_code, product.product_id
        assert product.first_time == (identity not in known), product
        known.add(identity)
    assert len(known) == 61 + 30 + 18 + 34 + 17 + 15 + 12 + 14


def test_nobody_comes_back_in_the_place_of_a_name_that_is_real(city: City) -> None:
    named = {p.product_id for p in recognised(city, 2021) if p.top10_rank}
    assert [p.year for p in city.of_type(ProductRecognised) if p.product_id in named] == [2021] * 10


@pytest.mark.parametrize(("year", "months"), [(2018, 24), *((year, 36) for year in range(2019, 2026))])
def test_validity_changes_from_24_to_36_months(city: City, year: int, months: int) -> None:
    for product in recognised(city, year):
        after = product.valid_to + timedelta(days=1)
        assert (after.year - product.valid_from.year) * 12 + after.month - product.valid_from.month == months
        assert after.day == product.valid_from.day


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        (date(2018, 12, 9), 0),
        (date(2018, 12, 10), 61),
        (date(2020, 12, 9), 61 + 30),
        (date(2020, 12, 14), 30 + 26),
        (date(2024, 11, 25), 46 + 33 + 33),
        (date(2024, 11, 26), 33 + 33),
        (LAST_DAY, 33 + 36 + 35),
    ],
)
def test_recognitions_in_force(city: City, day: date, in_force: int) -> None:
    assert sum(p.valid_from <= day <= p.valid_to for p in city.of_type(ProductRecognised)) == in_force


def test_recognitions_that_ended_have_expired_and_one_was_revoked(city: City) -> None:
    expired = {e.certificate for e in city.of_type(RecognitionExpired)}
    ended = {p.certificate for p in city.of_type(ProductRecognised) if p.valid_to < LAST_DAY}
    assert (expired, len(expired)) == (ended, 61 + 30 + 26 + 46 + 33)
    (revoked,) = city.of_type(RecognitionRevoked)
    (lost,) = [p for p in city.of_type(ProductRecognised) if p.certificate == revoked.certificate]
    assert (lost.year, lost.valid_to > LAST_DAY, revoked.revoked_on) == (2023, True, date(2025, 1, 13))


def test_register_of_reporting_stands_as_scoring_does(city: City) -> None:
    stands = {r.id: (r.standing(LAST_DAY).status, r.valid_to, r.tax_code) for r in city["scoring"].all(Recognition)}
    shown = {p.id: (p.state, p.valid_to, p.tax_code) for p in city["reporting"].all(RecognisedProduct)}
    assert shown == stands
    assert Counter(state for state, _, _ in shown.values()) == {"expired": 196, "in-force": 103, "revoked": 1}


@pytest.mark.parametrize("year", YEARS)
def test_enterprises_in_force_of_reporting_are_those_of_scoring(city: City, year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    lived = [r for r in city["scoring"].all(Recognition) if r.valid_from.year <= year <= r.valid_to.year]
    expected = {r.tax_code for r in lived if any(r.standing(day).in_force for day in days)}
    rows = [row for row in city["reporting"].all(Contribution) if row.measure == Measure.ENTERPRISES_IN_FORCE]
    assert {row.about for row in rows if row.year == year} == expected


def test_result_of_2023_was_open_to_comment_until_its_published_day(city: City) -> None:
    publication = city["scoring"].find(Publication, "2023")
    assert publication is not None
    assert publication.comments_until == date(2023, 11, 24)


def test_every_first_day_out_of_force_is_begun(city: City) -> None:
    begun = {s.event.data.date for s in SCENARIO.steps if isinstance(s, Publish) and isinstance(s.event.data, DayStarted)}
    ended = {p.valid_to + timedelta(days=1) for p in city.of_type(ProductRecognised)}
    assert {day for day in ended if day <= LAST_DAY} <= begun
    assert len([day for day in ended if day <= LAST_DAY]) == 5


@pytest.mark.parametrize("year", YEARS)
def test_ranking_has_one_place_for_each_score(city: City, year: int) -> None:
    (ranking,) = [r for r in city.of_type(RoundRanked) if r.round_id == str(year)]
    scored = {s.application_id: s.score for s in city.of_type(ProductScored) if s.round_id == str(year)}
    assert {p.application_id: p.score for p in ranking.ranking} == scored


def test_sheet_that_is_kept_is_the_one_computed_apart() -> None:
    assert sheet.kept() == sheet.written()


@pytest.fixture(scope="module")
def client(city: City) -> TestClient:
    return TestClient(application(routes(MemoryReader(city["reporting"]))))


def test_every_indicator_of_every_year_is_that_of_the_sheet(client: TestClient) -> None:
    """Each value that reporting has and each that the sheet has, exactly; none is only in one of them."""
    shown = {
        (year["year"], code): Fraction(year["exact"])
        for code in [item["code"] for item in client.get("/indicators").json()["items"]]
        for year in client.get(f"/indicators/{code}").json()["years"]
    }
    assert shown == {(line.year, line.indicator): line.value for line in sheet.lines() if line.span == "year"}


def test_targets_of_the_phase_are_those_of_the_sheet_in_each_of_its_years(client: TestClient) -> None:
    shown = {
        (year, target["indicator"]): Fraction(target["exact"])
        for year in sheet.PHASE
        for plan in client.get(f"/plans/{year}").json()["items"]
        for target in plan["targets"]
        if target["over_phase"]
    }
    assert shown == {(line.year, line.indicator): line.value for line in sheet.lines() if line.span == "phase"}


@pytest.mark.parametrize(
    ("year", "plan", "indicator", "status"),
    [
        (2019, "KH-2019", "products-recognised", "Chưa đạt"),
        (2019, "KH-2019", "craft-learners", "Đạt"),
        (2021, "60/KH-UBND", "products-recognised", "Đạt, vượt kế hoạch"),
        (2021, "2021-2025", "products-recognised", "Đúng tiến độ"),
        (2021, "2021-2025", "support-money", "Chậm tiến độ"),
        (2022, "267/KH-UBND", "first-time-recognised", "Đạt"),
        (2022, "35/KH-UBND", "supporting-enterprises", "Chưa đạt"),
        (2022, "35/KH-UBND", "supporting-index-growth", "Đạt"),
        (2022, "2021-2025", "output-share", "Chưa có số liệu"),
        (2024, "302/KH-UBND", "products-recognised", "Đạt, vượt kế hoạch"),
        (2025, "2021-2025", "products-recognised", "Đạt, vượt kế hoạch"),
        (2025, "2021-2025", "enterprises-recognised", "Đạt"),
        (2025, "2021-2025", "support-money", "Chưa đạt"),
    ],
)
def test_targets_of_the_plans_stand_as_the_figures_say(
    client: TestClient, year: int, plan: str, indicator: str, status: str
) -> None:
    plans = {p["number"]: p["targets"] for p in client.get(f"/plans/{year}").json()["items"]}
    assert [t["status_text"]["vi"] for t in plans[plan] if t["indicator"] == indicator] == [status]


def test_tasks_of_2022_stand_in_every_way_a_task_can(client: TestClient) -> None:
    tasks = client.get("/tasks?year=2022").json()["items"]
    assert Counter(t["state"] for t in tasks) == {"done": 7, "late": 4, "cancelled": 1}
    assert len({t["group"] for t in tasks}) == 12
    assert {t["task_id"] for t in tasks if t["overlaps"]} == {"NV-2022-02", "NV-2022-07"}


def test_message_that_is_no_json_is_the_only_refusal(city: City) -> None:
    assert [r.slug for r in city.refusals] == ["not-json"]


def test_nothing_is_held_in_the_end(city: City) -> None:
    assert [held for running in city.services for held in running.held] == []
