"""Nominations by districts: kept with their day, shown with whether the enterprise has filed since."""

from datetime import date

import pytest
from applications.api import routes
from applications.domain.nomination import Nomination
from applications.main import service
from shared.contracts.base import Data
from shared.contracts.registers import SupportingIndustryConfirmed, SupportingIndustryNominated, TaxCodeChanged
from shared.http import application
from shared.testing.memory import MemoryReader, run
from starlette.testclient import TestClient
from unit.applications.facts import MISA, RULES, VINAMILK, filed, nominated, opened, registered

CONFIRMED = SupportingIndustryConfirmed(tax_code=VINAMILK, confirmed_on=date(2021, 5, 1), sector="electronics")
MERGED = TaxCodeChanged(former=MISA, tax_code=VINAMILK, changed_on=date(2021, 5, 1))
FOR_LIST = nominated(VINAMILK, programme="supporting-industry")


def http(*events: Data) -> TestClient:
    return TestClient(application(routes(MemoryReader(run(service, *events)["applications"]))))


def shown(client: TestClient, query: str = "") -> list[tuple[str, bool]]:
    return [(n["id"], n["filed"]) for n in client.get(f"/nominations{query}").json()["items"]]


def test_nomination_is_kept_before_the_enterprise_is_registered() -> None:
    (item,) = http(nominated(f"{MISA}-001")).get("/nominations").json()["items"]
    assert item == {
        "id": f"{MISA}/2021/key-product/Quận Cầu Giấy",
        "tax_code": MISA,
        "district": "Quận Cầu Giấy",
        "programme": "key-product",
        "year": 2021,
        "nominated_on": "2021-04-12",
        "reason": "Doanh thu tăng ba năm liền",
        "made": False,
        "filed": False,
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [(MISA, True), (MISA, False), (VINAMILK, False), (VINAMILK, True)]),
        ("?year=2021", [(MISA, True), (VINAMILK, False), (VINAMILK, True)]),
        ("?year=2021&filed=false", [(VINAMILK, False)]),
        ("?filed=true", [(MISA, True), (VINAMILK, True)]),
        ("?programme=supporting-industry", [(VINAMILK, True)]),
        ("?year=2023", []),
    ],
)
def test_department_sees_who_was_nominated_and_has_not_filed(query: str, expected: list[tuple[str, bool]]) -> None:
    client = http(
        *(RULES, opened(), registered(), registered(VINAMILK), filed(), CONFIRMED),
        *(nominated(), nominated(year=2022), nominated(VINAMILK), FOR_LIST),
    )
    assert [(id.split("/")[0], said) for id, said in shown(client, query)] == expected


def test_dossier_under_a_former_code_answers_the_nomination() -> None:
    client = http(RULES, opened(), registered(), nominated(), filed(), MERGED)
    assert shown(client) == [(f"{VINAMILK}/2021/key-product/Quận Cầu Giấy", True)]


def test_district_that_nominates_again_replaces_its_nomination() -> None:
    city = run(service, nominated(), nominated(reason="Có sản phẩm mới"), nominated(district="Quận Hà Đông"))
    assert [(n.district, n.reason) for n in city["applications"].all(Nomination)] == [
        ("Quận Cầu Giấy", "Có sản phẩm mới"),
        ("Quận Hà Đông", "Doanh thu tăng ba năm liền"),
    ]


def test_district_of_a_former_division_stays_what_it_was() -> None:
    later = nominated(district="Phường Cầu Giấy", year=2025, nominated_on=date(2025, 8, 1))
    city = run(service, registered(district="Quận Cầu Giấy"), nominated(), later)
    assert [(n.district, n.nominated_on.year) for n in city["applications"].all(Nomination)] == [
        ("Quận Cầu Giấy", 2021),
        ("Phường Cầu Giấy", 2025),
    ]


@pytest.mark.parametrize("order", [(nominated(), MERGED), (MERGED, nominated())])
def test_nomination_of_a_former_code_belongs_to_the_enterprise_that_goes_on(order: tuple[Data, ...]) -> None:
    own = nominated(VINAMILK, nominated_on=date(2021, 4, 1), reason="Trùng")
    city = run(service, own, *order)
    assert [(n.tax_code, n.reason) for n in city["applications"].all(Nomination)] == [(VINAMILK, "Doanh thu tăng ba năm liền")]


BY_DEPARTMENT = SupportingIndustryNominated(tax_code=MISA, year=2021, nominated_on=date(2021, 4, 20), reason="Đủ năng lực")


@pytest.mark.parametrize("order", [(BY_DEPARTMENT, MERGED), (MERGED, BY_DEPARTMENT)])
def test_department_nominates_for_the_supporting_industries_beside_a_district(order: tuple[Data, ...]) -> None:
    client = http(FOR_LIST, *order, CONFIRMED)
    items = client.get("/nominations?programme=supporting-industry").json()["items"]
    assert [(n["id"].rsplit("/", 1)[1], n["district"], n["tax_code"], n["filed"]) for n in items] == [
        ("Quận Cầu Giấy", "Quận Cầu Giấy", VINAMILK, True),
        ("Sở Công Thương", None, VINAMILK, True),
    ]


def test_nomination_with_a_wrong_check_digit_is_refused() -> None:
    assert [r.slug for r in run(service, nominated("0101243151")).refusals] == ["tax-code-check-digit"]


@pytest.mark.parametrize(("query", "slug"), [("year=x", "year-not-valid"), ("filed=yes", "filed-not-valid")])
def test_wrong_question_is_answered(query: str, slug: str) -> None:
    response = http().get(f"/nominations?{query}")
    assert (response.status_code, response.json()["slug"]) == (400, slug)


def test_nominations_come_in_pages() -> None:
    client = http(nominated(), nominated(VINAMILK))
    first = client.get("/nominations?limit=1").json()
    second = client.get("/nominations", params={"limit": 1, "after": first["next"]}).json()
    assert [n["tax_code"] for n in first["items"] + second["items"]] == [MISA, VINAMILK]
    assert second["next"] is None
