"""Industrial clusters: one state after the other, every report kept, and the state on any day."""

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from applications.api import routes
from applications.domain.cluster import STATES, Cluster
from applications.main import service
from shared.contracts.clusters import ClusterRecorded, ClusterReported
from shared.http import application
from shared.testing.memory import MemoryReader, run
from starlette.testclient import TestClient


def reported(state: str = "planned", on: date = date(2021, 1, 1), **changes: Any) -> ClusterReported:
    facts = {"cluster_id": "C1", "name": "Phú Nghĩa", "district": "Huyện Chương Mỹ", "area": Decimal("41.5")}
    return ClusterReported(**facts | {"state": state, "on": on} | changes)


LIFE = [
    reported("planned", date(2020, 1, 1)),
    reported("established", date(2021, 3, 1), area=Decimal("40.2")),
    reported("started", date(2022, 10, 5)),
    reported("operating", date(2024, 6, 1)),
]


def test_cluster_goes_through_its_states_and_each_is_published() -> None:
    city = run(service, *LIFE)
    assert [(c.state, c.area, c.started_on) for c in city.of_type(ClusterRecorded)] == [
        ("planned", Decimal("41.5"), None),
        ("established", Decimal("40.2"), None),
        ("started", Decimal("41.5"), date(2022, 10, 5)),
        ("operating", Decimal("41.5"), date(2022, 10, 5)),
    ]
    assert city["applications"].all(Cluster) == [Cluster(id="C1", history=tuple(LIFE))]


@pytest.mark.parametrize(("before", "after"), [*product(STATES, STATES)])
def test_only_the_next_state_can_follow(before: str, after: str) -> None:
    city = run(service, reported(before), reported(after, date(2021, 2, 1)))
    legal = STATES.index(after) - STATES.index(before) in (0, 1)  # type: ignore[arg-type]
    assert [r.slug for r in city.refusals] == ([] if legal else ["cluster-state-not-next"])
    assert [c.state for c in city.of_type(ClusterRecorded)] == ([before, after] if legal else [before])


def test_refused_state_says_what_can_follow() -> None:
    (no,) = run(service, reported("planned"), reported("operating")).refusals
    assert (no.vi, no.field) == (
        "Cụm công nghiệp C1 đang ở trạng thái quy hoạch, không thể chuyển thẳng sang hoạt động; "
        "trạng thái tiếp theo là thành lập.",
        "state",
    )
    assert no.en == "Cluster C1 is planned and cannot become operating; what can follow is: established."


def test_report_of_an_earlier_day_is_refused() -> None:
    city = run(service, reported(on=date(2021, 2, 1)), reported(on=date(2021, 1, 31)))
    (no,) = city.refusals
    assert (no.slug, "01/02/2021" in no.vi, "2021-01-31" in no.en) == ("cluster-report-too-old", True, True)


def test_same_report_sent_again_changes_nothing() -> None:
    city = run(service, *LIFE, LIFE[1])
    assert (city.refusals, len(city.of_type(ClusterRecorded))) == ([], 4)


@pytest.mark.parametrize(
    ("known_from", "started_on"), [(2, [date(2022, 10, 5), date(2022, 10, 5)]), (3, [None])], ids=["started", "operating"]
)
def test_cluster_may_be_known_from_a_later_state_on(known_from: int, started_on: list[date | None]) -> None:
    assert [c.started_on for c in run(service, *LIFE[known_from:]).of_type(ClusterRecorded)] == started_on


# -- HTTP -----------------------------------------------------------------------------------------------------------------


@pytest.fixture(name="http", scope="module")
def _http() -> TestClient:
    city = run(service, *LIFE, reported("started", date(2022, 1, 1), cluster_id="C2"))
    return TestClient(application(routes(MemoryReader(city["applications"]))))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [("C1", "operating"), ("C2", "started")]),
        ("?state=started", [("C2", "started")]),
        ("?state=started&on=2022-10-05", [("C1", "started"), ("C2", "started")]),
        ("?on=2022-10-04", [("C1", "established"), ("C2", "started")]),
        ("?on=2021-12-31", [("C1", "established")]),
        ("?on=2019-12-31", []),
        ("?limit=1", [("C1", "operating")]),
    ],
)
def test_clusters_are_shown_as_they_were_on_a_day(http: TestClient, query: str, expected: list[tuple[str, str]]) -> None:
    assert [(c["id"], c["state"]) for c in http.get(f"/clusters{query}").json()["items"]] == expected


def test_cluster_is_shown_with_its_history(http: TestClient) -> None:
    assert [report["area"] for report in http.get("/clusters/C1").json()["history"]] == ["41.5", "40.2", "41.5", "41.5"]


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("/clusters/C9", 404, "not-found"),
        ("/clusters?on=31/12/2022", 400, "on-not-valid"),
        ("/clusters?state=closed", 400, "state-not-valid"),
    ],
)
def test_wrong_question_is_answered(http: TestClient, path: str, status: int, slug: str) -> None:
    response = http.get(path)
    assert (response.status_code, response.json()["slug"]) == (status, slug)
