"""The HTTP interface of scoring over a service in memory."""

from typing import Any

import pytest
from scoring.api import routes
from scoring.main import service
from shared.contracts.base import Data
from shared.http import application
from shared.testing.memory import MemoryReader, run
from starlette.testclient import TestClient
from unit.scoring.facts import BASE, accepted, closed, decided, score, scores

SCORING: tuple[Data, ...] = (*BASE, accepted(), score("A1", "an", "growth", "51.234"))
DECIDED: tuple[Data, ...] = (*BASE, accepted(), *scores("A1", ("50", "50"), "30"), closed("A1"), decided((7, "A1")))


def client(*events: Data) -> TestClient:
    return TestClient(application(routes(MemoryReader(run(service, *events)["scoring"]))))


def test_round_tells_what_is_missing_from_whom_and_no_score() -> None:
    response = client(*SCORING).get("/rounds/2021")
    body = response.json()
    assert (response.status_code, body["status"], body["applications"], len(body["council"])) == (200, "scoring", ["A1"], 3)
    assert [(m["criterion"], m["needed"], m["present"], m["from_members"]) for m in body["missing"]] == [
        ("growth", 2, 1, ["binh", "chi"]),
        ("export", 1, 0, ["binh"]),
    ]
    assert "51.234" not in response.text


def test_round_without_its_council_says_so() -> None:
    body = client(*BASE[:2]).get("/rounds/2021").json()
    assert (body["council"], body["missing"]) == (None, [])


def test_decided_round_misses_nothing() -> None:
    body = client(*DECIDED).get("/rounds/2021").json()
    assert (body["status"], body["decision"], body["missing"]) == ("decided", "5012/QĐ-UBND", [])


def test_ranking_is_shown_after_closing_only() -> None:
    assert client(*SCORING).get("/rounds/2021/ranking").status_code == 404
    body = client(*DECIDED).get("/rounds/2021/ranking").json()
    assert ([(p["rank"], p["application_id"], p["score"]) for p in body["places"]], body["top10"]) == (
        [(1, "A1", "80.00")],
        ["A1"],
    )


@pytest.mark.parametrize(
    ("day", "in_force"), [("2021-11-25", False), ("2021-11-26", True), ("2023-11-25", True), ("2023-11-26", False)]
)
def test_certificate_tells_whether_it_and_the_logo_are_in_force(day: str, in_force: bool) -> None:
    body = client(*DECIDED).get("/recognitions/2021-007", params={"on": day}).json()
    assert (body["id"], body["on"], body["in_force"], body["logo_right"]) == ("2021-007", day, in_force, in_force)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/rounds", ["2021"]),
        ("/criteria", ["set-2021"]),
        ("/recognitions", ["2021-007"]),
        ("/recognitions?round=2021&tax_code=0101243150", ["2021-007"]),
        ("/recognitions?round=2022", []),
        ("/recognitions?tax_code=0300588569", []),
        ("/recognitions?after=2021-007", []),
    ],
)
def test_lists_hold_what_was_asked_for(path: str, expected: list[str]) -> None:
    body: dict[str, Any] = client(*DECIDED).get(path).json()
    assert ([item["id"] for item in body["items"]], body["next"]) == (expected, None)


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("/rounds/2030", 404, "not-found"),
        ("/rounds/2030/ranking", 404, "not-found"),
        ("/recognitions/2030-001", 404, "not-found"),
        ("/recognitions/2021-007?on=tomorrow", 400, "on-not-valid"),
        ("/rounds?limit=0", 400, "limit-not-valid"),
        ("/recognitions?limit=501", 400, "limit-not-valid"),
        ("/criteria?limit=x", 400, "limit-not-valid"),
    ],
)
def test_wrong_question_is_answered_in_both_languages(path: str, status: int, slug: str) -> None:
    response = client(*DECIDED).get(path)
    body = response.json()
    assert (response.status_code, body["slug"], sorted(body)) == (status, slug, ["en", "slug", "status", "vi"])
