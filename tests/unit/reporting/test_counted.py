"""Lists, clusters, classes, establishments, participations and phases: events in, rows and values out, in memory."""

import random
from datetime import date, datetime
from typing import Any

import pytest
from reporting.api import routes
from reporting.domain.rows import Contribution, Measure
from reporting.indicators import INDICATORS
from reporting.main import service
from shared.contracts.applications import EnterpriseMerged
from shared.contracts.base import Data, make_event
from shared.contracts.department import DayStarted
from shared.contracts.recognitions import FirstTimeCorrected
from shared.http import application
from shared.testing.memory import City, MemoryReader, Running, run
from starlette.testclient import TestClient
from unit.reporting import facts, story
from unit.reporting.facts import cluster, delisted, joined, learners, listed
from unit.support import cases


def day(year: int, month: int = 6, of: int = 1) -> DayStarted:
    return DayStarted(date=date(year, month, of))


def told(said: Data, on: date, n: int) -> Any:
    return make_event(said, id=f"e-{n}", time=datetime(on.year, on.month, on.day, 3 + n % 10).astimezone())


def play(*said: tuple[Data, date]) -> Running:
    """Events, each told on a day."""
    return City.of(service).publish(*(told(data, on, n) for n, (data, on) in enumerate(said)))["reporting"]


def years(reporting: Running, measure: Measure) -> dict[int, int]:
    """How many rows of a measure there are in each year."""
    rows = [row.year for row in reporting.all(Contribution) if row.measure == measure]
    return {year: rows.count(year) for year in sorted(set(rows))}


def in_order(*said: Data) -> list[tuple[Data, date]]:
    """Events told on the day that was begun last."""
    today, found = date(2021, 1, 1), []
    for data in said:
        today = data.date if isinstance(data, DayStarted) else today
        found.append((data, today))
    return found


SUPPLIERS = (Measure.SUPPORTING_ENTERPRISES, Measure.SUPPORTING_INTERNATIONAL)


@pytest.mark.parametrize(
    ("said", "on_the_list", "international"),
    [
        ([day(2021), listed(1)], {2021: 1}, {}),
        ([day(2021), listed(1), listed(2), day(2022), day(2024)], {2021: 2, 2022: 2, 2023: 2, 2024: 2}, {}),
        ([listed(1), day(2022, 1)], {2021: 1, 2022: 1}, {}),  # told before any day was known
        ([day(2021), listed(1, international=True), day(2022), listed(1), day(2023)], {2021: 1, 2022: 1, 2023: 1}, {2021: 1}),
        ([day(2021), listed(1), day(2022), delisted(1, date(2022, 6, 1)), day(2023)], {2021: 1}, {}),
        ([day(2021), listed(1), delisted(1, date(2021, 12, 31)), day(2022)], {}, {}),
        ([day(2022), listed(1), day(2023), delisted(1, date(2022, 12, 30))], {2021: 1}, {}),  # known late: 2022 no longer counts
        (
            [day(2021), listed(1), delisted(1, date(2021, 12, 1)), day(2023), listed(1, date(2023, 5, 1)), day(2024)],
            {2023: 1, 2024: 1},
            {},
        ),
    ],
)
def test_enterprise_of_the_list_counts_in_each_year_at_whose_end_it_is_there(
    said: list[Data], on_the_list: dict[int, int], international: dict[int, int]
) -> None:
    reporting = play(*in_order(*said))
    assert [years(reporting, measure) for measure in SUPPLIERS] == [on_the_list, international]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([cluster(1, None)], {}),
        ([cluster(1, date(2022, 3, 1)), cluster(2, date(2022, 5, 1)), cluster(3, date(2021, 5, 1))], {2021: 1, 2022: 2}),
        ([cluster(1, date(2022, 3, 1)), cluster(1, date(2021, 12, 1), on=date(2022, 4, 1))], {2021: 1}),
        ([cluster(1, date(2022, 3, 1)), cluster(1, None, on=date(2022, 4, 1))], {}),
        ([cluster(1, None), cluster(1, date(2022, 3, 1)), cluster(1, date(2022, 4, 1), "25")], {2022: 1}),
    ],
)
def test_cluster_counts_in_the_year_its_building_began(said: list[Data], expected: dict[int, int]) -> None:
    reporting = play(*in_order(*said))
    assert (years(reporting, Measure.CLUSTERS_STARTED), years(reporting, Measure.CLUSTERS_AREA)) == (expected, expected)


def test_area_of_a_cluster_is_the_last_one_said() -> None:
    reporting = play(*in_order(cluster(1, date(2022, 3, 1)), cluster(1, date(2022, 3, 1), "25.5")))
    (row,) = [r for r in reporting.all(Contribution) if r.measure == Measure.CLUSTERS_AREA]
    assert (str(row.value), [str(e.value) for e in row.earlier], row.note) == ("25.5", ["20"], "Cụm công nghiệp 1")


def test_learners_of_a_class_are_those_counted_last_and_their_employers_are_supported() -> None:
    reporting = play(*in_order(learners("l1", 20, 1), learners("l1", 37, 1, 2), learners("k", 9, 3, kind="training-course")))
    rows = {row.id: int(row.value) for row in reporting.all(Contribution)}
    assert rows == {
        "craft-learners/2021/l1": 37,
        "course-learners/2021/k": 9,
        **{f"enterprises-supported/2021/{story.tax_code(n)}": 1 for n in (1, 2, 3)},
    }


def test_establishment_counts_once_while_a_grant_of_it_counts() -> None:
    one, other = facts.beneficiary(1, "HT-1"), facts.beneficiary(1, "HT-2")
    assert years(play(*in_order(one, other, facts.beneficiary(2, "HT-3"))), Measure.RURAL_EQUIPMENT) == {2021: 2}
    assert years(play(*in_order(one, facts.beneficiary(1, "HT-1", counted=False))), Measure.RURAL_EQUIPMENT) == {}


def test_enterprise_counts_once_in_an_activity_with_the_criterion_it_was_chosen_by() -> None:
    offered = [cases.fair(activity, None, starts=date(2021, 9, 8), ends=date(2021, 9, 10)) for activity in ("a", "b")]
    said = [joined(1, "a"), joined(1, "a", "attended", date(2021, 9, 9)), joined(1, "b"), *offered, joined(2, "a")]
    said.append(joined(3, "a", "attended", date(2021, 9, 12)))  # when it was over: support refuses it, so it counts for nobody
    client = TestClient(application(routes(MemoryReader(play(*in_order(*said))))))
    rows = client.get("/indicators/activity-participations/2021").json()["rows"]["items"]
    assert [row["about"] for row in rows] == [f"a/{story.tax_code(1)}", f"a/{story.tax_code(2)}", f"b/{story.tax_code(1)}"]
    assert {row["note"] for row in rows} == {"Có sản phẩm xuất khẩu"}


def test_first_time_is_as_last_corrected() -> None:
    fields = {"certificate": "2021-001", "tax_code": story.tax_code(1), "product_id": "SP-001"}
    said = [story.recognised(1, 1, first_time=True), story.recognised(2, 1, first_time=False)]
    assert years(run(service, *said)["reporting"], Measure.FIRST_TIME) == {2021: 1}
    corrected = FirstTimeCorrected(**fields, first_time=False)
    for order in ([*said, corrected], [corrected, *said]):
        assert years(run(service, *order)["reporting"], Measure.FIRST_TIME) == {}


PHASE = story.plan(
    story.target("enterprises-recognised", 2, 3),
    story.target("products-recognised", 4),
    story.target("output-share", 40),
    plan_id="GD@2021-02-01",
).model_copy(update={"to_year": 2023})


def recognised(n: int, enterprise: int, year: int) -> Data:
    days = {"decided_on": date(year, 11, 1), "valid_from": date(year, 11, 1), "valid_to": date(year + 3, 10, 31)}
    return story.recognised(n, enterprise, certificate=f"{year}-{n:03d}", round_id=str(year), year=year, **days)


STORY: tuple[Data, ...] = (
    PHASE,
    recognised(1, 1, 2021),
    recognised(2, 2, 2021),
    recognised(3, 2, 2022),
    recognised(4, 3, 2022),
    EnterpriseMerged(formerly=story.tax_code(1), tax_code=story.tax_code(2), merged_on=date(2022, 3, 1), why="merged"),
)


def client_of(*said: Data) -> TestClient:
    return TestClient(application(routes(MemoryReader(run(service, *said)["reporting"]))))


@pytest.mark.parametrize(
    ("year", "products", "enterprises"),
    [
        (2021, ("2", "on-track", None), ("1", "on-track", None)),  # the code that was taken over is the other one
        (2022, ("4", "met", "6"), ("2", "met", "3")),
        (2023, ("4", "met", None), ("2", "met", None)),
    ],
)
def test_phase_holds_what_its_years_have_together_each_enterprise_once(
    year: int, products: tuple[str, str, str | None], enterprises: tuple[str, str, str | None]
) -> None:
    client = client_of(*STORY, day(2024))
    (plan,) = client.get(f"/plans/{year}").json()["items"]
    found = {t["indicator"]: (t["value"], t["status"], t["forecast"]) for t in plan["targets"]}
    with_forecast = {"products-recognised": products, "enterprises-recognised": enterprises}
    for code, (value, status, ahead) in with_forecast.items():
        assert found[code][:2] == (value, status)
        assert ahead is None or found[code][2] == ahead
    assert found["output-share"] == (None, "no-data", None)
    assert {t["indicator"]: t["over_phase"] for t in plan["targets"]}["output-share"] is False


def test_phase_is_shown_in_each_of_its_years_that_have_begun() -> None:
    client = client_of(*STORY, day(2022))
    assert client.get("/", follow_redirects=False).headers["location"] == "/pages/2022"
    assert client.get("/plans/2024").status_code == 404


MIXED: tuple[Data, ...] = (
    *STORY,
    story.round_opened(),
    listed(5, international=True),
    listed(6),
    cluster(1, date(2021, 3, 1)),
    learners("l1", 30, 1, 4),
    facts.beneficiary(7, "HT-1"),
    joined(1, "a"),
    facts.reported("supporting-index", 111, "percent"),
    facts.task(),
    day(2022),
)


def test_order_of_arrival_does_not_matter() -> None:
    """Whatever topics are faster: the same rows, values and documents, but for which event is named first."""

    def state(said: list[Data]) -> dict[str, Any]:
        client = client_of(*said)
        values = {code: client.get(f"/indicators/{code}").json()["years"] for code in INDICATORS}
        plans = {year: client.get(f"/plans/{year}").json()["items"][0]["targets"] for year in (2021, 2022)}
        return {"values": values, "plans": plans, "tasks": [t["state"] for t in client.get("/tasks").json()["items"]]}

    expected = state(list(MIXED))
    for seed in range(12):
        said = list(MIXED)
        random.Random(seed).shuffle(said)
        assert state(said) == expected, seed
