"""The HTTP interface of applications over a service in memory."""

from datetime import date

import pytest
from applications.api import routes
from applications.main import service
from shared.contracts.department import DayStarted
from shared.http import application
from shared.testing.memory import MemoryReader, run
from starlette.testclient import TestClient
from unit.applications.facts import MISA, RULES, filed, opened, registered


@pytest.fixture(name="http", scope="module")
def _http() -> TestClient:
    late = filed("A2", product_id="misa-sme", received=date(2021, 9, 1))
    city = run(
        service, RULES, opened(), registered(), filed(), DayStarted(date=date(2021, 9, 1)), late, filed("A3", product_id="cukcuk")
    )
    return TestClient(application(routes(MemoryReader(city["applications"]))))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/applications", [f"{MISA}/A1", f"{MISA}/A2", f"{MISA}/A3"]),
        ("/applications?state=accepted", [f"{MISA}/A1", f"{MISA}/A3"]),
        ("/applications?state=rejected&round=2021", [f"{MISA}/A2"]),
        ("/applications?round=2022", []),
        ("/enterprises", [MISA]),
        ("/rounds", ["2021"]),
        ("/rules", ["1520/HD-SCT"]),
    ],
)
def test_lists_hold_what_was_asked_for(http: TestClient, path: str, expected: list[str]) -> None:
    body = http.get(path).json()
    assert ([item["id"] for item in body["items"]], body["next"]) == (expected, None)


def test_pages_follow_each_other_without_a_gap(http: TestClient) -> None:
    first = http.get("/applications?limit=2").json()
    second = http.get("/applications", params={"limit": 2, "after": first["next"]}).json()
    assert [item["application_id"] for item in first["items"] + second["items"]] == ["A1", "A2", "A3"]
    assert (first["next"], second["next"]) == (f"{MISA}/A2", None)


def test_page_that_is_exactly_full_is_the_last(http: TestClient) -> None:
    assert http.get("/applications?limit=3").json()["next"] is None


def test_dossier_is_found_by_its_number_with_its_reasons(http: TestClient) -> None:
    body = http.get("/applications/A2").json()
    assert (body["state"], [reason["slug"] for reason in body["reasons"]]) == ("rejected", ["received-late"])


@pytest.mark.parametrize("code", [MISA, f"{MISA}-001"])
def test_enterprise_is_found_by_any_of_its_codes(http: TestClient, code: str) -> None:
    assert http.get(f"/enterprises/{code}").json()["name"] == "Công ty cổ phần MISA"


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("/applications/A9", 404, "not-found"),
        ("/enterprises/0300588569", 404, "not-found"),
        ("/applications?state=lost", 400, "state-not-valid"),
        ("/applications?limit=501", 400, "limit-not-valid"),
        ("/enterprises?limit=0", 400, "limit-not-valid"),
        ("/rounds?limit=-1", 400, "limit-not-valid"),
        ("/rules?limit=ten", 400, "limit-not-valid"),
    ],
)
def test_wrong_question_is_answered_in_both_languages(http: TestClient, path: str, status: int, slug: str) -> None:
    response = http.get(path)
    body = response.json()
    assert (response.status_code, body["slug"], sorted(body)) == (status, slug, ["en", "slug", "status", "vi"])
