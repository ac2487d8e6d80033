"""The HTTP interface of scoring over a service in memory."""

from datetime import date
from typing import Any

import pytest
from scoring.api import routes
from scoring.main import service
from shared.contracts.base import Data
from shared.http import application
from shared.testing.memory import MemoryReader, run
from starlette.testclient import TestClient
from unit.scoring.facts import (
    APPOINTED,
    BASE,
    ISSUED,
    OPENED,
    PUBLISHED,
    accepted,
    admitted,
    answered,
    appeal,
    closed,
    decided,
    merged,
    objection,
    renewal,
    rescored,
    rules,
    score,
    scores,
    suspension,
)

SCORING: tuple[Data, ...] = (*BASE, accepted(), score("A1", "an", "growth", "51.234"))
DECIDED: tuple[Data, ...] = (*BASE, accepted(), *scores("A1", ("50", "50"), "30"), closed("A1"), decided((7, "A1")))

# Published, objected to, decided, appealed against twice, and ranked anew after the first appeal.
WHOLE: tuple[Data, ...] = (
    *(ISSUED, OPENED.model_copy(update={"appeal_business_days": 10}), APPOINTED, *DECIDED[3:-1]),
    *(PUBLISHED, objection(), objection("G2"), answered(), answered("G2"), DECIDED[-1]),
    *(appeal("K1", "A1"), appeal("K2", "A1"), admitted(), score("A1", "an", "growth", "60"), rescored()),
)


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


def test_certificate_tells_how_it_stands_and_which_facts_explain_it() -> None:
    life = (suspension(date(2022, 6, 1), certificate="2021-007"), renewal(date(2022, 6, 10), certificate="2021-007"))
    asked = client(rules(36), *DECIDED, *life)
    answers = [
        asked.get("/recognitions/2021-007", params={"on": day}).json() for day in ("2022-05-31", "2022-06-01", "2022-06-10")
    ]
    keys = ("status", "in_force", "suspended", "logo_right", "top10_rank", "first_time", "valid_to")
    assert [tuple(answer[key] for key in keys) for answer in answers] == [
        ("in-force", True, False, True, 1, True, "2023-11-25"),
        ("suspended", False, True, False, None, True, "2023-11-25"),
        ("suspended", False, True, False, None, True, "2026-11-25"),
    ]
    assert [[fact["kind"] for fact in answer["facts"]] for answer in answers] == [[], ["suspended"], ["suspended", "renewed"]]
    assert answers[1]["facts"] == [
        {"kind": "suspended", "on": "2022-06-01", "decision": "611/QĐ-UBND", "reason": "Không báo cáo."}
    ]


def test_certificate_is_found_by_its_number_after_its_enterprise_was_merged() -> None:
    body = client(*DECIDED, merged("0300588569")).get("/recognitions/2021-007", params={"on": "2022-06-01"}).json()
    assert (body["tax_code"], body["in_force"]) == ("0300588569", True)


def test_certificate_of_a_round_with_a_slash_is_found() -> None:
    named = {"round_id": "2021/2"}
    events = [event.model_copy(update=named) if "round_id" in type(event).model_fields else event for event in DECIDED]
    assert client(*events).get("/recognitions/2021/2-007").json()["id"] == "2021/2-007"


@pytest.mark.parametrize(
    ("version", "expected"), [("", (2, "85.00")), ("?version=1", (1, "80.00")), ("?version=2", (2, "85.00"))]
)
def test_every_version_of_a_ranking_is_shown(version: str, expected: tuple[int, str]) -> None:
    body = client(*WHOLE).get(f"/rounds/2021/ranking{version}").json()
    assert (body["version"], body["places"][0]["score"]) == expected


def test_round_shows_its_publication_and_its_decision() -> None:
    asked = client(*WHOLE)
    publication, decision = (asked.get(f"/rounds/2021/{what}").json() for what in ("publication", "decision"))
    assert (publication["comments_until"], publication["unanswered"]) == ("2021-11-22", [])
    assert (decision["decision"], [c["certificate"] for c in decision["recognised"]]) == ("5012/QĐ-UBND", ["2021-007"])


@pytest.mark.parametrize(
    ("path", "expected", "following"),
    [
        ("/rounds/2021/objections", ["2021/G1", "2021/G2"], None),
        ("/rounds/2021/objections?limit=1", ["2021/G1"], "2021/G1"),
        ("/rounds/2021/objections?after=2021/G1", ["2021/G2"], None),
        ("/rounds/2022/objections", [], None),
        ("/rounds/2021/appeals", ["2021/K1", "2021/K2"], None),
        ("/rounds/2021/appeals?limit=1", ["2021/K1"], "2021/K1"),
        ("/rounds/2022/appeals", [], None),
    ],
)
def test_objections_and_appeals_come_page_by_page(path: str, expected: list[str], following: str | None) -> None:
    body = client(*WHOLE).get(path).json()
    assert ([item["id"] for item in body["items"]], body["next"]) == (expected, following)


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
        ("/rounds/2021/ranking?version=2", 404, "not-found"),
        ("/rounds/2021/ranking?version=0", 400, "version-not-valid"),
        ("/rounds/2021/publication", 404, "not-found"),
        ("/rounds/2030/decision", 404, "not-found"),
        ("/rounds/2021/objections?limit=0", 400, "limit-not-valid"),
        ("/rounds/2021/appeals?limit=x", 400, "limit-not-valid"),
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
