"""What a portal reads: versions of a dossier and of the rules with their differences, rounds with what they ask for, flags."""

from datetime import date
from typing import Any

import pytest
from applications.api import routes
from applications.main import service
from shared.contracts.portal import SupplementFiled
from shared.contracts.registers import AnnualResultReported
from shared.http import application
from shared.testing.memory import MemoryReader, run
from starlette.testclient import TestClient
from unit.applications.facts import MISA, RULES, figures, filed, opened, papers, registered
from unit.applications.test_rounds import extended

NEWER = RULES.model_copy(
    update={
        "rules_id": "2022/QĐ-UBND",
        "effective_from": date(2023, 4, 7),
        "other_revenue": 120_000_000_000,
        "required_documents": ("form", "certificates"),
        "figures_tolerance_percent": 5,
    }
)
FILED = date(2021, 8, 20)
ANSWERED = date(2021, 8, 25)


@pytest.fixture(name="http", scope="module")
def _http() -> TestClient:
    lacking = filed(received=FILED, documents=papers(("form", "description"), FILED))
    answer = SupplementFiled(
        application_id="A1",
        tax_code=MISA,
        received=ANSWERED,
        documents=papers(("business-registration",), ANSWERED),
        figures=figures((2020, 150_000_000_000, 0)),
    )
    later = opened(round_id="2022", year=2022, rules_id=NEWER.rules_id, opens=date(2022, 6, 1), closes=date(2022, 8, 31))
    again = filed(
        "A2",
        round_id="2022",
        product_name="AMIS 2022",
        received=date(2022, 7, 1),
        figures=figures((2020, 150_000_000_000, 0), (2021, 10**12, 5)),
        documents=papers(("form", "certificates"), date(2022, 7, 1)),
    )
    city = run(
        service,
        RULES,
        NEWER,
        opened(supplement_business_days=5),
        extended(),
        later,
        registered(),
        lacking,
        answer,
        again,
        filed("A3", product_id="sme", received=FILED),
        AnnualResultReported(tax_code=MISA, year=2021, production_value=10**11, exports_usd=10),
    )
    return TestClient(application(routes(MemoryReader(city["applications"]))))


def get(http: TestClient, path: str) -> Any:
    response = http.get(path)
    assert response.status_code == 200, response.text
    return response.json()


@pytest.mark.parametrize("path", ["/applications/A1/versions", f"/applications/{MISA}/A1/versions", "/applications/A2/versions"])
def test_versions_of_a_product_are_a_chain_over_the_years(http: TestClient, path: str) -> None:
    body = get(http, path)
    assert [(v["id"], v["predecessor"], v["kind"], v["round_id"], v["received"]) for v in body["items"]] == [
        ("A1/1", None, "filing", "2021", "2021-08-20"),
        ("A1/2", "A1/1", "supplement", "2021", "2021-08-25"),
        ("A2/1", "A1/2", "filing", "2022", "2022-07-01"),
    ]
    assert body["next"] is None


def test_versions_come_in_pages(http: TestClient) -> None:
    first = get(http, "/applications/A1/versions?limit=2")
    second = get(http, f"/applications/A1/versions?limit=2&after={first['next']}")
    assert [v["id"] for v in first["items"] + second["items"]] == ["A1/1", "A1/2", "A2/1"]
    assert (first["next"], second["next"]) == ("A1/2", None)


def test_changes_of_a_supplement_are_named_field_by_field(http: TestClient) -> None:
    body = get(http, "/applications/A1/changes")
    assert (body["from"], body["to"]) == ("A1/1", "A1/2")
    assert [change["field"] for change in body["changes"]] == [
        "received",
        "figures.2020.revenue",
        "documents.business-registration",
    ]
    received, revenue, document = body["changes"]
    assert (revenue["before"], revenue["after"]) == (100_000_000_000, 150_000_000_000)
    assert revenue["label"] == {"vi": "Doanh thu năm 2020", "en": "Revenue of 2020"}
    assert revenue["vi"].replace("\u00a0", " ") == "Doanh thu năm 2020: 100.000.000.000 đồng → 150.000.000.000 đồng"
    assert revenue["en"] == "Revenue of 2020: VND 100,000,000,000 → VND 150,000,000,000"
    assert (received["vi"], received["en"]) == ("Ngày nhận: 20/08/2021 → 25/08/2021", "Received: 2021-08-20 → 2021-08-25")
    assert (document["before"], document["after"][0]["sha256"]) == (None, "0" * 64)
    assert document["en"] == "business registration: none → business-registration.pdf"


def test_any_two_versions_can_be_compared(http: TestClient) -> None:
    body = get(http, "/applications/A2/changes?from=A1/1&to=A2/1")
    said = {change["field"]: (change["before"], change["after"]) for change in body["changes"]}
    assert said["product_name"] == ("Phần mềm MISA AMIS", "AMIS 2022")
    assert said["figures.2019.revenue"] == (100_000_000_000, None)
    assert said["figures.2021.exports_usd"] == (None, 5)
    assert (said["documents.description"][1], "industry" in said) == (None, False)


def test_first_version_differs_from_nothing(http: TestClient) -> None:
    assert get(http, "/applications/A3/changes") == {"from": "A3/1", "to": "A3/1", "changes": []}


def test_what_changed_between_two_versions_of_the_rules_is_said_in_both_languages(http: TestClient) -> None:
    body = get(http, "/rules/1520/HD-SCT/changes/2022/QĐ-UBND")
    lines = {change["field"]: (change["vi"].replace("\u00a0", " "), change["en"]) for change in body["changes"]}
    assert (body["from"], body["to"]) == ("1520/HD-SCT", "2022/QĐ-UBND")
    assert lines == {
        "effective_from": ("Có hiệu lực từ: 10/04/2019 → 07/04/2023", "In force from: 2019-04-10 → 2023-04-07"),
        "other_revenue": (
            "Doanh thu tối thiểu, sản phẩm khác: 100.000.000.000 đồng → 120.000.000.000 đồng",
            "Least revenue, other product: VND 100,000,000,000 → VND 120,000,000,000",
        ),
        "required_documents": (
            "Giấy tờ phải có: đơn đăng ký, giấy chứng nhận đăng ký doanh nghiệp, description → "
            "đơn đăng ký, các giấy chứng nhận của sản phẩm",
            "Papers asked for: application form, business registration, description → "
            "application form, certificates of the product",
        ),
        "figures_tolerance_percent": (
            "Chênh lệch số liệu cho phép: không có → 5 %",
            "Tolerance of figures: none → 5 %",
        ),
    }


def test_version_of_the_rules_is_found_by_its_id(http: TestClient) -> None:
    assert get(http, "/rules/1520/HD-SCT")["other_revenue"] == 100_000_000_000


def test_round_says_what_it_asks_for(http: TestClient) -> None:
    body = get(http, "/rounds/2021")
    assert (body["closes"], body["supplement_business_days"], body["second_dossier"]) == ("2021-09-15", 5, "refused")
    assert body["extensions"] == [{"before": "2021-08-31", "closes": "2021-09-15", "legal_text": "Thông báo gia hạn"}]
    assert body["asks"]["documents"][0] == {"code": "form", "vi": "đơn đăng ký", "en": "application form"}
    assert (body["asks"]["years_of_figures"], body["asks"]["other_revenue"]) == ([2019, 2020], 100_000_000_000)


@pytest.mark.parametrize(("query", "expected"), [("", ["A2"]), ("?round=2022", ["A2"]), ("?round=2021", [])])
def test_flags_are_listed_by_round(http: TestClient, query: str, expected: list[str]) -> None:
    assert [flag["application_id"] for flag in get(http, f"/flags{query}")["items"]] == expected


def test_flags_of_a_dossier_are_shown_under_it(http: TestClient) -> None:
    body = get(http, "/applications/A2")
    assert [flag["contradiction"]["slug"] for flag in body["flags"]] == ["above-annual-result"]
    assert (body["state"], body["product_name"], body["versions"]) == ("accepted", "AMIS 2022", 1)
    assert get(http, "/applications/A1")["flags"] == []


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("/applications/A9/versions", 404, "not-found"),
        ("/applications/A9/changes", 404, "not-found"),
        ("/applications/A1/changes?from=A3/1", 400, "from-not-valid"),
        ("/applications/A1/changes?to=2", 400, "to-not-valid"),
        ("/applications/A1/versions?after=A9/1", 400, "after-not-valid"),
        ("/applications/A1/versions?limit=0", 400, "limit-not-valid"),
        ("/rounds/1999", 404, "not-found"),
        ("/rules/1999", 404, "not-found"),
        ("/rules/1520/HD-SCT/changes/1999", 404, "not-found"),
        ("/flags?limit=0", 400, "limit-not-valid"),
    ],
)
def test_wrong_question_is_answered_in_both_languages(http: TestClient, path: str, status: int, slug: str) -> None:
    response = http.get(path)
    body = response.json()
    assert (response.status_code, body["slug"], sorted(body)) == (status, slug, ["en", "slug", "status", "vi"])
