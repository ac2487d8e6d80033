"""The HTTP interface over the year 2021 in memory: JSON, paging, refusals of questions, CSV."""

import csv
import io
from datetime import date
from html import unescape
from typing import Any

import pytest
from reporting.api import routes
from reporting.indicators import INDICATORS
from reporting.main import service
from shared.contracts.base import Data
from shared.contracts.department import DayStarted
from shared.http import application
from shared.testing.memory import MemoryReader, run
from starlette.testclient import TestClient
from unit.reporting import lives, story


def serve(*events: Data) -> TestClient:
    return TestClient(application(routes(MemoryReader(run(service, *events)["reporting"]))), follow_redirects=False)


@pytest.fixture(scope="module")
def client() -> TestClient:
    return serve(*story.year_2021())


def get(client: TestClient, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_year_in_one_table(client: TestClient) -> None:
    year = get(client, "/years/2021")
    assert (year["year"], year["as_of"], year["empty"], year["made"]) == (2021, "2021-12-31", False, True)
    assert year["filed"] == {"products": 54, "enterprises": 34}
    assert year["recognised"] == {"products": 46, "enterprises": 30}
    assert [p["product_name"] for p in year["top10"]] == list(story.TOP10)
    assert [p["rank"] for p in year["top10"]] == list(range(1, 11))
    assert year["supported_share"] == {"unit": "percent", "value": "100", "exact": "100", "made": True}
    assert [(m["line_id"], m["allocated"], m["reserved"], m["available"], m["exhausted"]) for m in year["money"]] == [
        ("2021/fair-abroad", 5_000_000_000, 4_500_000_000, 500_000_000, True),
        ("2021/technology-renewal", 42_000_000_000, 10_000_000_000, 32_000_000_000, False),
    ]
    assert year["grants"] == {"granted": 34, "declined": 1, "queued": 1}
    assert len(year["turned_down"]) == 8


def test_targets_of_the_plan_with_value_bounds_status_and_lineage(client: TestClient) -> None:
    (plan,) = get(client, "/plans/2021")["items"]
    shown = [
        (t["indicator"], t["lower"], t["upper"], t["value"], t["exact"], t["status"], t["exceeded"]) for t in plan["targets"]
    ]
    assert shown == [
        ("enterprises-recognised", "20", "25", "30", "30", "met", True),
        ("products-recognised", "25", "30", "46", "46", "met", True),
        ("supported-share", "100", None, "100", "100", "met", False),
        ("production-growth", "10", "12", "11", "11", "met", False),
        ("output-share", "35", "40", "38.42", "999/26", "met", False),
        ("exports-share", "15", None, "13.33", "40/3", "missed", False),
    ]
    assert {t["made"] for t in plan["targets"]} == {True}
    assert plan["targets"][0]["status_text"] == {"vi": "Đạt, vượt kế hoạch", "en": "Met, above plan"}
    assert get(client, plan["targets"][5]["lineage"])["value"] == "13.33"


def test_lineage_of_an_indicator_pages_through_the_events_behind_it(client: TestClient) -> None:
    first = get(client, "/indicators/exports-share/2021?limit=20")
    assert (first["formula"]["en"][:31], first["exact"], first["rows"]["total"]) == (
        "Σ exports of the enterprises wi",
        "40/3",
        31,
    )
    second = get(client, f"/indicators/exports-share/2021?limit=20&after={first['rows']['next']}")
    rows = [*first["rows"]["items"], *second["rows"]["items"]]
    assert second["rows"]["next"] is None
    assert len({row["row_id"] for row in rows}) == 31
    assert sum(int(row["value"]) for row in rows if row["measure"] == "exports") == 30 * 60_000_000
    (city,) = [row for row in rows if row["measure"] == "city-exports"]
    assert city["event_id"].startswith("//industry.hanoi.gov.vn/statistics|test-")
    assert (city["value"], city["note"], city["made"], city["earlier"]) == ("13500000000", "Niên giám thống kê", True, [])


def test_indicators_are_listed_with_their_events(client: TestClient) -> None:
    items = get(client, "/indicators")["items"]
    assert [i["code"] for i in items] == list(INDICATORS)
    (supported,) = [i for i in items if i["code"] == "supported-share"]
    assert supported["events"] == [
        f"vn.gov.hanoi.industry.{name}.v1"
        for name in (
            "ProductRecognised",
            "RecognitionRenewed",
            "RecognitionSuspended",
            "RecognitionReinstated",
            "RecognitionRevoked",
            "EnterpriseMerged",
            "SupportGranted",
            "LearnersCounted",
        )
    ]


@pytest.mark.parametrize(
    ("query", "certificates"),
    [
        ("year=2021&q=den%20led", ["2021-001"]),
        ("year=2021&q=%C4%90%C3%88N", ["2021-001"]),
        ("q=2021-010", ["2021-010"]),
        ("year=2021&q=day%20dien", ["2021-008", "2021-002"]),  # cáp before và
        ("year=2020", []),
    ],
)
def test_recognised_products_are_searched_without_diacritics(client: TestClient, query: str, certificates: list[str]) -> None:
    assert [p["certificate"] for p in get(client, f"/recognised-products?{query}")["items"]] == certificates


def test_recognised_products_are_paged_in_vietnamese_order(client: TestClient) -> None:
    names: list[str] = []
    path = "/recognised-products?year=2021&limit=7"
    while path:
        page = get(client, path)
        names += [p["product_name"] for p in page["items"]]
        path = f"/recognised-products?year=2021&limit=7&after={page['next']}" if page["next"] else ""
    assert len(names) == 46
    firsts = [name for name in names if name in story.TOP10]
    assert firsts == [
        "Bình nước nóng ROSSI",
        "Cửa nhôm Eurowindow",
        "Dây cáp điện SINO-VANLOCK",
        "Dây và cáp điện Cadisun",
        "Đá thạch anh Vicostone",
        "Đèn LED Rạng Đông",
        "Khóa thông minh Innoviti-s",
        "Ống thép inox Sơn Hà",
        "Phần mềm MISA AMIS",
        "Tôn mạ VNSTEEL Thăng Long",
    ]


def test_one_certificate_and_the_grants_of_a_year(client: TestClient) -> None:
    assert get(client, "/recognised-products/2021-001")["product_name"] == "Đèn LED Rạng Đông"
    grants = get(client, "/grants?year=2021")
    assert grants["total"] == 36
    (declined,) = [g for g in grants["items"] if g["state"] == "declined"]
    assert [r["slug"] for r in declined["reasons"]] == ["already-supported"]


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("/plans/2019", 404, "not-found"),
        ("/plans/last", 400, "year-not-valid"),
        ("/plans/²⁰²¹", 400, "year-not-valid"),
        ("/indicators/happiness/2021", 404, "not-found"),
        ("/indicators/output-share/99999999999999999999", 400, "year-not-valid"),
        ("/recognised-products/2021-999", 404, "not-found"),
        ("/recognised-products?limit=0", 400, "limit-not-valid"),
        ("/recognised-products?limit=501", 400, "limit-not-valid"),
        ("/recognised-products?after=nowhere", 400, "after-not-valid"),
        ("/grants?year=x", 400, "year-not-valid"),
        ("/recognised-products?state=lost", 400, "state-not-valid"),
    ],
)
def test_question_without_an_answer_is_told_why_in_both_languages(client: TestClient, path: str, status: int, slug: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()["slug"]) == (status, slug)
    assert answer.json()["vi"] and answer.json()["en"]
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.fixture(scope="module")
def later() -> TestClient:
    """Four certificates of 2021 on 13 January 2023, each in another state, and two dossiers that were let go."""
    certificates = [story.recognised(n, n, story.product_name(n), top10_rank=n) for n in (1, 2, 3)]
    return serve(
        story.PLAN_60,
        story.round_opened(),
        *(story.received(n, n, story.product_name(n)) for n in (7, 8)),
        lives.withdrawn(7, 7),
        lives.let_go(8, 8, "HS-009"),
        *certificates,
        story.recognised(4, 4, story.product_name(4), valid_to=date(2022, 11, 25)),
        DayStarted(date=date(2023, 1, 13)),
        lives.suspended(date(2022, 6, 1), holder=2, certificate="2021-002"),
        lives.revoked(date(2023, 1, 13), holder=3, certificate="2021-003"),
    )


@pytest.mark.parametrize(
    ("query", "certificates"),
    [
        ("state=in-force", ["2021-001"]),
        ("state=suspended", ["2021-002"]),
        ("state=revoked&year=2021", ["2021-003"]),
        ("state=expired", ["2021-004"]),
        ("state=expired&year=2020", []),
        ("state=revoked&q=xyz", []),
        ("year=2021", ["2021-002", "2021-001", "2021-004", "2021-003"]),
    ],
)
def test_recognised_products_are_filtered_by_state(later: TestClient, query: str, certificates: list[str]) -> None:
    assert [p["certificate"] for p in get(later, f"/recognised-products?{query}")["items"]] == certificates


def test_certificate_says_how_it_stands_and_by_which_facts(later: TestClient) -> None:
    shown = get(later, "/recognised-products/2021-003")
    assert (shown["state"], shown["state_text"], shown["revoked_on"], shown["valid_to"]) == (
        "revoked",
        {"vi": "Bị thu hồi", "en": "Revoked"},
        "2023-01-13",
        "2024-11-25",
    )
    (fact,) = shown["facts"]
    assert fact.pop("event_id").startswith("//industry.hanoi.gov.vn/scoring|test-")
    assert fact == {
        "kind": "revoked",
        "tax_code": story.tax_code(3),
        "on": "2023-01-13",
        "decision": "88/QĐ-UBND",
        "reason": "Hàng giả.",
    }


def test_year_counts_states_and_shows_dossiers_that_were_let_go(later: TestClient) -> None:
    year = get(later, "/years/2021")
    assert year["states"] == {"in-force": 1, "suspended": 1, "revoked": 1, "expired": 1}
    assert year["recognised"] == {"products": 4, "enterprises": 4}
    assert [(d["application_id"], d["state"]) for d in year["withdrawn"]] == [("HS-007", "withdrawn"), ("HS-008", "replaced")]
    assert year["turned_down"] == []
    lines = list(csv.DictReader(io.StringIO(later.get("/files/recognised-products.csv?year=2021").text)))
    assert {(line["certificate"], line["state"], line["revoked_on"]) for line in lines} == {
        ("2021-001", "in-force", ""),
        ("2021-002", "suspended", ""),
        ("2021-003", "revoked", "2023-01-13"),
        ("2021-004", "expired", ""),
    }


def test_page_shows_how_each_product_stands_in_both_languages(later: TestClient) -> None:
    for address, words in (
        ("/pages/2021", ("Còn hiệu lực", "Bị đình chỉ", "Bị thu hồi", "Hết hiệu lực", "từ ngày 13/01/2023", "Đã rút")),
        (
            "/pages/2021?lang=en",
            ("In force", "Suspended", "Revoked", "Expired", "from 13 January 2023", "Replaced by dossier"),
        ),
    ):
        html = unescape(later.get(address).text).replace("\u00a0", " ")
        assert [word for word in words if word not in html] == []


def test_page_shows_a_revocation_from_its_day_on() -> None:
    client = serve(story.recognised(1, 1), DayStarted(date=date(2023, 1, 12)), lives.revoked(date(2023, 1, 13)))
    html = client.get("/pages/2021").text
    assert ("Còn hiệu lực" in html, "13/01/2023" in html) == (True, False)


def test_row_names_every_event_it_rests_on() -> None:
    client = serve(story.recognised(1, 1), story.recognised(2, 1))
    (row,) = get(client, "/indicators/supported-share/2022")["rows"]["items"]
    assert [(g["about"], g["event_id"].rpartition("|")[2]) for g in row["grounds"]] == [
        ("2021-001", "test-0"),
        ("2021-002", "test-1"),
    ]


def test_year_without_data_is_empty() -> None:
    year = get(serve(), "/years/2021")
    assert (year["empty"], year["as_of"], year["targets"], year["filed"]) == (True, None, [], {"products": 0, "enterprises": 0})
    assert year["supported_share"]["value"] is None


def test_two_plans_of_a_year_stand_side_by_side() -> None:
    other = story.plan(story.target("exports-share", 14), plan_id="35/KH-UBND@2021-02-01")
    items = get(serve(story.PLAN_60, other), "/plans/2021")["items"]
    assert [(p["plan_id"], len(p["targets"])) for p in items] == [("60/KH-UBND@2021-03-01", 6), ("35/KH-UBND@2021-02-01", 1)]


def test_made_mark_is_absent_where_nothing_was_made() -> None:
    client = serve(story.PLAN_60, story.recognised(1, 1, made=False), story.result(2, 2021, 5, made=True))
    year = get(client, "/years/2021")
    assert (year["made"], [t["made"] for t in year["targets"]]) == (False, [False] * 6)
