"""Tasks of the plans: what is asked, changed and reported; which are late or overlap; what is refused; their page."""

import itertools
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from reporting.api import routes
from reporting.domain.tasks import Task, overlapping
from reporting.main import service
from shared.contracts.base import Data, make_event
from shared.contracts.department import DayStarted
from shared.http import application
from shared.testing.memory import City, MemoryReader
from starlette.testclient import TestClient
from unit.reporting import facts, story
from unit.reporting.test_reporting_pages import Checker, words

START = datetime.fromisoformat("2021-10-01T08:00:00+07:00")
Q2, Q3 = (date(2021, 4, 1), date(2021, 6, 30)), (date(2021, 7, 1), date(2021, 9, 30))


def play(*said: Data, start: datetime = START) -> City:
    events = (make_event(data, id=f"t-{n}", time=start + timedelta(seconds=n)) for n, data in enumerate(said))
    return City.of(service).publish(*events)


def the(city: City, id: str = "T1") -> Task:
    task = city["reporting"].find(Task, id)
    assert task is not None
    return task


def progress(period: tuple[date, date] = Q2, **more: Any) -> Data:
    return facts.progress(starts=period[0], ends=period[1], **more)


def test_task_keeps_what_was_adjusted_and_reported() -> None:
    city = play(
        facts.task(),
        progress(),
        progress(result_vi="sửa lại", figure=Decimal(12)),
        facts.adjusted(ends=date(2021, 12, 20), target_vi="20 doanh nghiệp", target=Decimal(20)),
        progress(Q3),
        facts.completed(on=date(2021, 11, 15)),
    )
    task = the(city)
    assert (city.refusals, task.ends, task.target_vi, task.target_en) == (
        [],
        date(2021, 12, 20),
        "20 doanh nghiệp",
        "30 enterprises",
    )
    (change,) = task.changes
    assert (change.ends, change.target, change.starts) == ((date(2021, 11, 30), date(2021, 12, 20)), (30, 20), None)
    assert [(r.starts, r.result_vi, len(r.earlier)) for r in task.reports] == [
        (Q2[0], "sửa lại", 1),
        (Q3[0], "đã xong một nửa", 0),
    ]
    assert task.end is not None and (task.end.how, task.end.on) == ("done", date(2021, 11, 15))


@pytest.mark.parametrize(
    ("before", "said", "slug", "field", "english"),
    [
        (
            [facts.task()],
            facts.task(name_vi="khác"),
            "task-known",
            "data.task_id",
            "Task T1 was issued already (Tổ chức hội chợ T1)",
        ),
        (
            [],
            facts.task(ends=date(2021, 3, 31)),
            "task-ends-before-it-starts",
            "data.ends",
            "ends on 2021-03-31, before it starts on 2021-04-01",
        ),
        ([], facts.adjusted(ends=date(2022, 1, 1)), "task-unknown", "data.task_id", "There is no task T1"),
        ([], facts.cancelled(), "task-unknown", "data.task_id", "There is no task T1"),
        ([facts.task()], facts.adjusted(ends=date(2021, 3, 1)), "task-ends-before-it-starts", "data.ends", "ends on 2021-03-01"),
        (
            [facts.task()],
            facts.adjusted(ends=date(2021, 11, 30)),
            "task-adjustment-empty",
            "data.task_id",
            "names neither days nor a target",
        ),
        (
            [facts.task(), facts.completed(on=date(2021, 9, 9))],
            progress(),
            "task-is-over",
            "data.task_id",
            "was completed on 2021-09-09",
        ),
        ([facts.task(), facts.cancelled()], facts.completed(), "task-is-over", "data.task_id", "was cancelled on 2021-10-04"),
        ([facts.task()], progress(agency="dost"), "agency-may-not-report", "data.agency", "it is reported on by: hpa, doit"),
        ([facts.task()], facts.completed(agency="dost"), "agency-may-not-report", "data.agency", "Agency dost"),
        ([facts.task()], progress((Q2[1], Q2[0])), "progress-ends-before-it-starts", "data.period_ends", "ends on 2021-04-01"),
        (
            [facts.task()],
            progress((date(2021, 3, 31), Q2[1])),
            "progress-outside-task",
            "data.period_starts",
            "begins before the task does (2021-04-01), or has not ended on the day of the report (2021-10-01)",
        ),
        (
            [facts.task()],
            progress((Q3[0], date(2021, 10, 2))),
            "progress-outside-task",
            "data.period_starts",
            "2021-07-01 to 2021-10-02",
        ),
        (
            [facts.task(), progress()],
            progress((Q2[1], Q3[1])),
            "progress-overlaps",
            "data.period_starts",
            "overlaps 2021-04-01 to 2021-06-30, which hpa reported already",
        ),
    ],
)
def test_what_a_task_cannot_take_is_answered_and_changes_nothing(
    before: list[Data], said: Data, slug: str, field: str, english: str
) -> None:
    city = play(*before, said)
    (answer,) = city.refusals
    assert (answer.slug, answer.field, answer.rejected_id) == (slug, field, f"t-{len(before)}")
    assert english in answer.en
    assert "T1" in answer.vi
    assert city["reporting"].all(Task) == play(*before)["reporting"].all(Task)


def test_two_agencies_may_report_the_same_days() -> None:
    city = play(facts.task(), progress(), progress(agency="doit"))
    assert (city.refusals, [r.agency for r in the(city).reports]) == ([], ["doit", "hpa"])


def test_what_was_done_before_a_task_was_postponed_counts() -> None:
    city = play(facts.task(), facts.adjusted(starts=date(2021, 7, 1)), progress())
    assert (city.refusals, len(the(city).reports)) == ([], 1)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_reports_that_come_before_their_task_wait_for_it(order: tuple[int, ...]) -> None:
    said = (facts.task(), progress(), progress(Q3))
    city = play(*(said[n] for n in order))
    assert (city.refusals, city["reporting"].held) == ([], {})
    assert [r.starts for r in the(city).reports] == [Q2[0], Q3[0]]


def test_report_on_a_task_that_never_comes_is_answered_in_the_end() -> None:
    city = play(DayStarted(date=date(2021, 10, 1)), progress(), DayStarted(date=date(2021, 11, 11)))
    assert (len(city["reporting"].held), city.refusals) == (1, [])
    city.publish(make_event(DayStarted(date=date(2021, 11, 15)), id="later", time=START + timedelta(days=45)))
    assert ([r.slug for r in city.refusals], city["reporting"].held) == (["awaited-never-came"], {})


def issued(**changes: Any) -> Task:
    return the(play(facts.task(**changes)))


@pytest.mark.parametrize(
    ("changes", "more", "day", "expected"),
    [
        ({}, [], date(2021, 3, 31), "not-begun"),
        ({}, [], date(2021, 6, 30), "running"),
        ({}, [], date(2021, 7, 1), "report-due"),
        ({}, [progress()], date(2021, 7, 1), "running"),
        ({}, [progress((date(2021, 6, 1), Q2[1]))], date(2021, 7, 1), "running"),
        ({}, [progress()], date(2021, 10, 1), "report-due"),
        ({}, [progress(Q3)], date(2021, 10, 1), "running"),  # what came after the period covers it
        ({}, [progress(Q3)], date(2021, 11, 30), "running"),
        ({}, [progress(Q3)], date(2021, 12, 1), "late"),
        ({"reported_every": None}, [], date(2021, 11, 30), "running"),
        ({}, [facts.completed()], date(2022, 1, 1), "done"),
        ({}, [facts.cancelled()], date(2022, 1, 1), "cancelled"),
        ({}, [progress(Q3), facts.adjusted(ends=date(2021, 12, 31))], date(2021, 12, 1), "running"),
        ({"starts": date(2021, 1, 31), "reported_every": 1}, [], date(2021, 2, 27), "running"),  # a month from 31/01 is to 27/02
        ({"starts": date(2021, 1, 31), "reported_every": 1}, [], date(2021, 2, 28), "report-due"),
        ({}, [], None, "running"),
    ],
)
def test_how_a_task_stands_on_a_day(changes: dict[str, Any], more: list[Data], day: date | None, expected: str) -> None:
    assert the(play(facts.task(**changes), *more)).stands(day) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"lead": "dost"}, True),
        ({}, False),  # the same agency
        ({"lead": "dost", "for_whom": "recognition"}, False),
        ({"lead": "dost", "activity_kind": "trade-mission"}, False),
        ({"lead": "dost", "activity_kind": None}, False),
        ({"lead": "dost", "starts": date(2021, 12, 1), "ends": date(2021, 12, 9)}, False),
        ({"lead": "dost", "starts": date(2021, 11, 30), "ends": date(2021, 12, 9)}, True),
        ({"lead": "dost", "activity_kind": None, "activity_id": "fair-1"}, True),
        ({"lead": "dost", "activity_id": "fair-2"}, False),  # the same kind, but another activity
    ],
)
def test_tasks_of_two_agencies_overlap(other: dict[str, Any], expected: bool) -> None:
    one = issued(activity_id="fair-1")
    two = the(play(facts.task("T2", **{"activity_id": None, **other})), "T2")
    assert overlapping([one, two]) == ({"T1": ("T2",), "T2": ("T1",)} if expected else {})


def test_cancelled_task_overlaps_nothing() -> None:
    city = play(facts.task(), facts.task("T2", lead="dost"), facts.cancelled())
    assert overlapping(city["reporting"].all(Task)) == {}


def client_of(said: Iterable[Data]) -> TestClient:
    return TestClient(application(routes(MemoryReader(play(*said)["reporting"]))))


@pytest.fixture(scope="module")
def client() -> TestClient:
    return client_of(
        [
            story.PLAN_60,
            facts.task(),
            facts.task("T2", lead="dost", joint=(), group="cnht-supplier-connection", reported_every=None),
            facts.task("T3", lead="doit", for_whom="everyone", group="select-and-honour", ends=date(2021, 9, 30)),
            progress(result_en="half done"),
            progress(Q3),
            facts.adjusted(ends=date(2021, 12, 20)),
            facts.completed("T3", on=date(2021, 9, 30), agency="doit"),
            DayStarted(date=date(2021, 12, 1)),
        ]
    )


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", ["T1", "T2", "T3"]),
        ("year=2021", ["T1", "T2", "T3"]),
        ("year=2020", []),
        ("group=select-and-honour", ["T3"]),
        ("agency=doit", ["T1", "T3"]),
        ("late=true", ["T2"]),
        ("agency=doit&late=true", []),
    ],
)
def test_tasks_as_json_by_group_agency_and_lateness(client: TestClient, query: str, ids: list[str]) -> None:
    assert [t["task_id"] for t in client.get(f"/tasks?{query}").json()["items"]] == ids


def test_tasks_come_page_by_page_and_one_with_its_history(client: TestClient) -> None:
    first = client.get("/tasks?limit=2").json()
    assert [t["task_id"] for t in client.get(f"/tasks?limit=2&after={first['next']}").json()["items"]] == ["T3"]
    task = client.get("/tasks/T1").json()
    assert (task["state"], task["overlaps"], len(task["changes"]), len(task["reports"])) == ("running", ["T2"], 1, 2)
    assert [client.get(path).status_code for path in ("/tasks/T9", "/tasks?group=joy", "/tasks?late=yes")] == [404, 400, 400]


def test_page_shows_tasks_by_group_in_both_languages(client: TestClient) -> None:
    for language, expected in (
        (
            "",
            (
                "Nhiệm vụ của kế hoạch, năm 2021",
                "3 nhiệm vụ, 1 cần đôn đốc",
                "Xúc tiến thương mại, đầu tư (1)",
                "CNHT: kết nối cung cầu (1)",
                "30/11/2021 → 20/12/2021; dịch bệnh (Công văn 12)",
                "Báo cáo kỳ 01/04/2021 – 30/06/2021, Trung tâm Xúc tiến",
                "Quá hạn Trùng đối tượng và thời gian với : T1",
                "Hoàn thành",
            ),
        ),
        (
            "?lang=en",
            ("Tasks of the plan, year 2021", "half done", "Late Same people and time as : T1", "30 September 2021: done"),
        ),
    ):
        html = client.get(f"/pages/2021/tasks{language}").text
        text = words(html).replace(" :", " :")
        checker = Checker()
        checker.feed(html)
        assert (checker.forbidden, len(checker.ids) == len(set(checker.ids)), checker.open) == ([], True, [])
        assert [part for part in expected if part not in text and part.replace(" :", ":") not in text] == []


def test_page_filters_and_says_when_nothing_fits(client: TestClient) -> None:
    text = words(client.get("/pages/2021/tasks?late=1&agency=dost").text)
    assert ("Tổ chức hội chợ T2" in text, "Tổ chức hội chợ T1" in text) == (True, False)
    assert "Không có nhiệm vụ nào theo điều kiện này." in words(client.get("/pages/2021/tasks?late=1&agency=doit").text)
    assert client.get("/pages/2021/tasks?group=joy").status_code == 400
    assert client.get("/pages/20x1/tasks").status_code == 404


def test_year_without_tasks_says_so() -> None:
    assert "Chưa có nhiệm vụ nào được giao cho năm này." in words(client_of([story.PLAN_60]).get("/pages/2021/tasks").text)
