"""What the Council, its secretariat and the public see over HTTP: blind dossiers, gaps and delay, sealed scores, criteria."""

from datetime import date
from typing import Any

import pytest
from scoring.api import routes
from scoring.main import service
from shared.contracts.base import Data
from shared.contracts.department import DayStarted
from shared.contracts.scoring import AssessmentOpened
from shared.http import application
from shared.testing.memory import MemoryReader, run
from starlette.testclient import TestClient
from unit.scoring.facts import (
    APPOINTED,
    BASE,
    ISSUED,
    OPENED,
    accepted,
    closed,
    conflict,
    decided,
    score,
    scores,
    waiver,
    withdrawal,
)

BLIND = ISSUED.model_copy(update={"blind": True})
NAMED = accepted("A1", enterprise_name="Công ty Rạng Đông", product_id="den-rang-dong", product_name="Đèn Rạng Đông")
SECRETS = ("0101243150", "Rạng Đông", "den-rang-dong")
SEALED: tuple[Data, ...] = (*BASE, NAMED, score("A1", "an", "growth", "51.234"), score("A1", "chi", "growth", "48.321"))


def client(*events: Data) -> TestClient:
    return TestClient(application(routes(MemoryReader(run(service, *events)["scoring"]))))


def items(path: str, *events: Data) -> list[dict[str, Any]]:
    response = client(*events).get(path)
    assert response.status_code == 200
    found: list[dict[str, Any]] = response.json()["items"]
    return found


# -- blind -----------------------------------------------------------------------------------------------------------------


def test_council_does_not_see_whose_product_it_scores_where_the_set_is_blind() -> None:
    text = client(BLIND, OPENED, APPOINTED, NAMED, conflict("chi")).get("/rounds/2021/dossiers?as=council").text
    assert [secret in text for secret in (*SECRETS, "recused")] == [False] * 4
    (shown,) = items("/rounds/2021/dossiers?as=council", BLIND, OPENED, APPOINTED, NAMED)
    assert (shown["application_id"], shown["industry"], shown["blind"], shown["criteria_id"], shown["state"]) == (
        "A1",
        "information-technology",
        True,
        "set-2021",
        "scoring",
    )


def test_opening_of_a_blind_assessment_names_nothing() -> None:
    city = run(service, BLIND, OPENED, APPOINTED, NAMED)
    assert [e.product_name for e in city.of_type(AssessmentOpened)] == [None]
    assert [[s for s in SECRETS if s.encode() in e.to_json()] for e in city.published] == [[]]


@pytest.mark.parametrize(
    ("path", "events"),
    [
        ("/rounds/2021/dossiers?as=council", (*BASE, NAMED)),
        ("/rounds/2021/dossiers?as=department", (BLIND, *BASE[1:], NAMED)),
        ("/rounds/2021/dossiers", (BLIND, *BASE[1:], NAMED)),
    ],
)
def test_others_see_everything(path: str, events: tuple[Data, ...]) -> None:
    (shown,) = items(path, *events)
    assert (shown["enterprise_name"], shown["tax_code"], shown["product_name"]) == (
        "Công ty Rạng Đông",
        "0101243150",
        "Đèn Rạng Đông",
    )


def test_department_sees_who_is_recused_and_what_was_withdrawn() -> None:
    one, two = items("/rounds/2021/dossiers", *BASE, accepted("A1"), accepted("A2"), conflict("chi"), withdrawal("A2"))
    assert (one["recused"], one["state"]) == ([{"member_id": "chi", "why": "declared"}], "scoring")
    assert (two["state"], two["withdrawn_on"]) == ("withdrawn", "2021-11-05")


def test_dossiers_come_in_pages() -> None:
    asked = client(*BASE, *(accepted(f"A{n}") for n in range(1, 4)), accepted("B1", round_id="2022"))
    first = asked.get("/rounds/2021/dossiers?limit=2").json()
    second = asked.get(f"/rounds/2021/dossiers?limit=2&after={first['next']}").json()
    assert [[d["application_id"] for d in page["items"]] for page in (first, second)] == [["A1", "A2"], ["A3"]]
    assert (first["next"], second["next"]) == ("2021/A2", None)


# -- sealed ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/rounds",
        "/rounds/2021",
        "/rounds/2021/missing",
        "/rounds/2021/dossiers",
        "/rounds/2021/dossiers?as=council",
        "/rounds/2021/scores?dossier=A1",
        "/rounds/2021/ranking",
        "/rounds/2021/ranking?version=1",
        "/criteria",
        "/criteria/set-2021",
    ],
)
def test_no_score_is_shown_before_closing(path: str) -> None:
    text = client(*SEALED, withdrawal("A1", tax_code="0300588569")).get(path).text
    assert [points in text for points in ("51.234", "48.321")] == [False, False]


def test_points_computed_from_figures_are_sealed_too() -> None:
    computed = {"figure": "revenue", "growth_over_years": None, "bands": [{"points": "37.125"}]}
    criteria = (ISSUED.criteria[0], ISSUED.criteria[1].model_validate({**ISSUED.criteria[1].model_dump(), "computed": computed}))
    figures = ({"year": 2020, "revenue": 5, "exports_usd": 0},)
    events = (ISSUED.model_copy(update={"criteria": criteria}), *BASE[1:], accepted(figures=figures))
    for asked in ("council", "department"):
        response = client(*events).get(f"/rounds/2021/dossiers?as={asked}")
        assert (response.json()["items"][0]["figures"][0]["revenue"], "37.125" in response.text) == (5, False)


def test_nothing_published_before_closing_holds_a_score() -> None:
    city = run(service, *SEALED, conflict("chi"), waiver("export"), DayStarted(date=date(2021, 12, 1)))
    assert [e.type for e in city.published if b"51.234" in e.to_json() or b"48.321" in e.to_json()] == []


def test_scores_asked_for_before_closing_are_refused() -> None:
    response = client(*SEALED).get("/rounds/2021/scores?dossier=A1")
    assert (response.status_code, response.json()["slug"]) == (409, "scores-sealed")


def test_every_change_of_a_score_is_shown_after_closing() -> None:
    change = score("A1", "an", "growth", "50", reason="Cộng nhầm")
    events = (*SEALED, change, score("A1", "binh", "export", "30"), closed("A1"))
    shown = items("/rounds/2021/scores?dossier=A1", *events)
    assert [(s["member_id"], s["before"], s["after"], s["reason"], s["filed_at"][:10]) for s in shown] == [
        ("an", None, "51.234", None, "2021-01-01"),
        ("chi", None, "48.321", None, "2021-01-01"),
        ("an", "51.234", "50", "Cộng nhầm", "2021-01-01"),
        ("binh", None, "30", None, "2021-01-01"),
    ]
    page = client(*events).get("/rounds/2021/scores?dossier=A1&limit=2&after=000001").json()
    assert ([s["id"] for s in page["items"]], page["next"]) == (["000002", "000003"], "000003")


# -- missing ---------------------------------------------------------------------------------------------------------------

TIMED = APPOINTED.model_copy(update={"scoring_due": date(2021, 9, 30)})


@pytest.mark.parametrize(
    ("days", "late"),
    [((), None), ((date(2021, 9, 30),), 0), ((date(2021, 10, 1),), 1), ((date(2021, 10, 3),), 1), ((date(2021, 10, 8),), 6)],
)
def test_gap_says_from_whom_and_how_many_business_days_late(days: tuple[date, ...], late: int | None) -> None:
    started = [DayStarted(date=day) for day in days]
    shown = items("/rounds/2021/missing", ISSUED, OPENED, TIMED, accepted(), score("A1", "an", "growth", "1"), *started)
    assert [(m["id"], m["owner"], m["from_members"], m["due"], m["days_late"]) for m in shown] == [
        ("A1/export", "trade", ["binh"], "2021-09-30", late),
        ("A1/growth", "council", ["binh", "chi"], "2021-09-30", late),
    ]


def test_round_without_a_due_day_is_never_late() -> None:
    shown = items("/rounds/2021/missing", *BASE, accepted(), DayStarted(date=date(2021, 12, 1)))
    assert {(m["due"], m["days_late"]) for m in shown} == {(None, None)}


def test_gaps_come_in_pages_and_end_with_closing() -> None:
    asked = client(*BASE, accepted("A1"), accepted("A2"))
    first = asked.get("/rounds/2021/missing?limit=3").json()
    rest = asked.get("/rounds/2021/missing", params={"after": first["next"]}).json()
    assert ([m["id"] for m in first["items"]], first["next"]) == (["A1/export", "A1/growth", "A2/export"], "A2/export")
    assert ([m["id"] for m in rest["items"]], rest["next"]) == (["A2/growth"], None)
    assert items("/rounds/2021/missing", *BASE, accepted(), *scores("A1", ("50", "50"), "30"), closed("A1")) == []


def test_interests_of_members_are_not_shown() -> None:
    member = APPOINTED.members[0].model_copy(update={"interests": ("0300588569",)})
    events = (ISSUED, OPENED, APPOINTED.model_copy(update={"members": (member, *APPOINTED.members[1:])}))
    response = client(*events).get("/rounds/2021")
    assert (len(response.json()["council"]), "0300588569" in response.text) == (3, False)


# -- ranking and criteria ----------------------------------------------------------------------------------------------------


def test_earlier_version_of_a_ranking_is_shown_by_its_number() -> None:
    two = (accepted("A1"), accepted("A2"), *scores("A1", ("50", "50"), "30"), *scores("A2", ("40", "40"), "30"))
    asked = client(*BASE, *two, closed("A1", "A2"), withdrawal("A1"))
    versions = [asked.get(f"/rounds/2021/ranking{query}").json() for query in ("", "?version=1", "?version=2")]
    assert [(v["version"], v["top10"]) for v in versions] == [(2, ["A2"]), (1, ["A1", "A2"]), (2, ["A2"])]
    assert asked.get("/rounds/2021/ranking?version=3").status_code == 404


def test_criteria_and_what_changed_between_two_versions_are_public() -> None:
    later = ISSUED.model_copy(update={"criteria_id": "2022/set", "pass_mark": ISSUED.pass_mark + 1})
    asked = client(ISSUED, later)
    assert (asked.get("/criteria/set-2021").json()["maximum"], asked.get("/criteria/2022/set").json()["id"]) == (
        "100",
        "2022/set",
    )
    body = asked.get("/criteria/set-2021/changes/2022/set").json()
    assert (body["from"], body["to"], [(c["field"], c["vi"], c["en"]) for c in body["changes"]]) == (
        "set-2021",
        "2022/set",
        [("pass_mark", "điểm đạt: 65 → 66.", "pass mark: 65 → 66.")],
    )


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("/rounds/2030/missing", 404, "not-found"),
        ("/rounds/2030/dossiers", 404, "not-found"),
        ("/rounds/2030/scores?dossier=A1", 404, "not-found"),
        ("/rounds/2021/scores", 404, "not-found"),
        ("/rounds/2021/scores?dossier=A9", 404, "not-found"),
        ("/rounds/2021/dossiers?as=press", 400, "as-not-valid"),
        ("/rounds/2021/dossiers?limit=0", 400, "limit-not-valid"),
        ("/rounds/2021/missing?limit=501", 400, "limit-not-valid"),
        ("/rounds/2021/ranking?version=x", 400, "version-not-valid"),
        ("/criteria/none", 404, "not-found"),
        ("/criteria/set-2021/changes/none", 404, "not-found"),
        ("/criteria/none/changes/set-2021", 404, "not-found"),
    ],
)
def test_wrong_question_is_answered_in_both_languages(path: str, status: int, slug: str) -> None:
    response = client(*BASE, accepted(), *scores("A1", ("50", "50"), "30"), closed("A1"), decided((1, "A1"))).get(path)
    body = response.json()
    assert (response.status_code, body["slug"], sorted(body)) == (status, slug, ["en", "slug", "status", "vi"])
