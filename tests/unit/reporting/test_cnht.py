"""The yearly publication of the supporting industries: what is kept of its events, in any order, and what is shown."""

import csv
import io
import itertools
import re
from datetime import date
from typing import Any

import pytest
from reporting.domain.supporting_industry import Cluster, Demand, StandardsList, Supplier, list_of_year
from reporting.main import service
from shared.contracts.base import Event
from shared.contracts.demand import DemandEnded
from shared.contracts.department import DayStarted
from shared.testing.memory import run
from starlette.testclient import TestClient
from unit.reporting import registers_story
from unit.reporting.registers_story import closed, cluster, delisted, demand, matched, on, supplier
from unit.reporting.story import tax_code
from unit.reporting.test_reporting_pages import serve, words

SAID = (
    on(date(2021, 3, 1), supplier(1, international=False), "s1"),
    on(date(2022, 5, 1), supplier(1, international=True), "s2"),
    on(date(2023, 2, 1), delisted(1, date(2023, 2, 1)), "s3"),
    on(date(2024, 9, 1), supplier(1), "s4"),
)


def kept_supplier(*events: Event[Any]) -> Supplier:
    found = run(service, *events)["reporting"].find(Supplier, tax_code(1))
    assert found is not None
    return found


@pytest.mark.parametrize("order", list(itertools.permutations(SAID)))
def test_supplier_is_the_same_in_whatever_order_it_was_told(order: tuple[Event[Any], ...]) -> None:
    assert kept_supplier(*order) == kept_supplier(*SAID)


@pytest.mark.parametrize(
    ("year", "international"), [(2020, None), (2021, False), (2022, True), (2023, None), (2024, False), (2026, False)]
)
def test_supplier_stands_as_at_the_end_of_a_year(year: int, international: bool | None) -> None:
    entry = kept_supplier(*SAID).in_year(year)
    assert (entry.international if entry else None) == international


DEMANDED = (
    on(date(2021, 6, 1), demand(until=date(2022, 3, 31)), "d1"),
    on(date(2021, 6, 1), matched("NC-1", (1, True), (2, False)), "d2"),
    on(date(2021, 6, 1), matched("NC-1", (3, True)), "d3"),
    on(date(2022, 2, 1), closed("NC-1", date(2022, 2, 1)), "d4"),
)


@pytest.mark.parametrize("order", list(itertools.permutations(DEMANDED)))
def test_demand_is_shown_the_same_in_whatever_order_it_was_told(order: tuple[Event[Any], ...]) -> None:
    found = run(service, *order)["reporting"].find(Demand, "NC-1")
    assert found is not None
    assert (found.buyer, found.last_day) == ("Công ty ô tô Sao Mai", date(2022, 2, 1))
    assert [match.tax_code for match in found.matched] == [tax_code(1), tax_code(3), tax_code(2)]


@pytest.mark.parametrize(("year", "stands"), [(2020, False), (2021, True), (2022, True), (2023, False)])
def test_demand_stands_in_the_years_of_its_days(year: int, stands: bool) -> None:
    found = run(service, *DEMANDED)["reporting"].find(Demand, "NC-1")
    assert found is not None and found.stands_in(year) is stands


def test_demand_that_was_never_posted_stands_in_no_year() -> None:
    ended = DemandEnded(demand_id="NC-9", buyer="Sao Mai", until=date(2021, 9, 30))
    found = run(service, ended)["reporting"].find(Demand, "NC-9")
    assert found is not None and not found.stands_in(2021)


def test_demand_posted_again_under_its_id_changes_nothing() -> None:
    found = run(service, demand(), demand(buyer="Người khác"))["reporting"].find(Demand, "NC-1")
    assert found is not None and found.buyer == "Công ty ô tô Sao Mai"


GROWN = (
    on(date(2020, 5, 2), cluster("CCN-01", "planned", date(2020, 5, 1)), "c1"),
    on(date(2021, 4, 2), cluster("CCN-01", "established", date(2021, 4, 1)), "c2"),
    on(date(2021, 4, 3), cluster("CCN-01", "started", date(2022, 1, 10)), "c3"),
)


@pytest.mark.parametrize("order", list(itertools.permutations(GROWN)))
def test_cluster_is_the_same_in_whatever_order_it_was_told(order: tuple[Event[Any], ...]) -> None:
    found = run(service, *order)["reporting"].find(Cluster, "CCN-01")
    assert found is not None
    states = {year: state.state if (state := found.in_year(year)) else None for year in (2019, 2020, 2021, 2022, 2025)}
    assert states == {2019: None, 2020: "planned", 2021: "established", 2022: "started", 2025: "started"}


def test_list_of_standards_is_the_last_to_take_effect_by_the_end_of_the_year() -> None:
    known = [
        StandardsList(id=id, effective_from=day, standards=(), legal_text="", event_id="")
        for id, day in (("a", date(2020, 1, 1)), ("b", date(2022, 6, 1)), ("c", date(2022, 6, 1)))
    ]
    found = {year: list_of_year(known, year) for year in (2019, 2021, 2022)}
    assert {year: of.id if of else None for year, of in found.items()} == {2019: None, 2021: "a", 2022: "c"}


# -- the publication ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client() -> TestClient:
    return serve(*registers_story.everything())


def test_publication_shows_suppliers_demands_and_clusters(client: TestClient) -> None:
    text = words(client.get("/pages/2021/cnht").text)
    for expected in (
        "Thông tin công nghiệp hỗ trợ, năm 2021",
        "Doanh nghiệp công nghiệp hỗ trợ 60 trong danh mục năm 2021",
        "Đạt tiêu chuẩn quốc tế 20 theo kế hoạch 35/KH-UBND",
        "Cụm công nghiệp 3 75,625 ha; 2 cụm đã khởi công",
        "Trục thép: 120.000 chiếc/năm ISO 9001 – Quản lý chất lượng đến 30/06/2024",
        "Công ty ô tô Sao Mai ◆ số liệu giả định NC-1 Trục thép: 50.000 chiếc/năm Linh kiện cơ khí ISO 9001 – Quản lý chất lượng",
        "Nhà cung ứng 1 Nhà cung ứng 2 Năng lực thấp hơn yêu cầu.",
        "01/06/2021 – 01/08/2021 bên mua đã đóng Chưa có",
        "Cụm công nghiệp CCN-01 ◆ số liệu giả định CCN-01 Huyện Thường Tín 25,5 Đã khởi công 01/04/2021 01/04/2021",
        "Tổng cộng 75,625",
        "1–50 / 60",
    ):
        assert expected in text


def test_publication_is_in_english_too(client: TestClient) -> None:
    text = words(client.get("/pages/2021/cnht?lang=en").text)
    for expected in (
        "Supporting industries, year 2021",
        "ISO 9001 quality management to 30 June 2024",
        "The capacity is less than asked.",
        "25.5 Building has begun 1 April 2021",
    ):
        assert expected in text


def test_print_page_has_the_whole_list(client: TestClient) -> None:
    screen, paper = client.get("/pages/2021/cnht").text, client.get("/pages/2021/cnht/print").text
    assert [page.count("Công ty TNHH") for page in (screen, paper)] == [50, 60]
    assert 'rel="next"' in screen and 'rel="next"' not in paper


def test_publication_of_a_year_without_anything_says_so(client: TestClient) -> None:
    assert "Chưa có thông tin công nghiệp hỗ trợ nào được ghi nhận cho năm này." in words(client.get("/pages/2018/cnht").text)
    assert client.get("/cnht/2018").json()["empty"] is True


def test_json_and_files_say_what_the_page_says(client: TestClient) -> None:
    told = client.get("/cnht/2021").json()
    assert (told["enterprises"], told["international"], told["hectares"]) == (60, 20, "75.625")
    assert [d["demand_id"] for d in told["demands"]] == ["NC-1", "NC-2"]
    assert [(s["name"], s["missing"]) for s in told["demands"][0]["suppliers"]] == [("Nhà cung ứng 1", 0), ("Nhà cung ứng 2", 1)]
    for table, key, items in (
        ("cnht-suppliers", "tax_code", told["suppliers"]),
        ("cnht-demands", "demand_id", told["demands"]),
        ("clusters", "cluster_id", told["clusters"]),
    ):
        lines = csv.DictReader(io.StringIO(client.get(f"/files/{table}.csv?year=2021").content.decode("utf-8-sig")))
        assert [line[key] for line in lines] == [item[key] for item in items]


def test_clusters_suppliers_and_demands_stand_in_the_order_of_their_numbers() -> None:
    told = [*(cluster(f"CCN-{n}", "started", date(2021, 4, 1)) for n in (10, 1, 11, 2))]
    told += [cluster(f"X{n}", "started", date(2021, 4, 1), name="Cụm Phú Nghĩa") for n in (10, 9)]
    told += [supplier(n, name=f"Cơ khí {n}") for n in (17, 9, 26)]
    told += [demand(f"NC-{n}") for n in (10, 9)]
    client = serve(*told, DayStarted(date=date(2021, 12, 31)))
    expected = {
        "clusters": ["CCN-1", "CCN-2", "CCN-10", "CCN-11", "X9", "X10"],
        "cnht-suppliers": [tax_code(n) for n in (9, 17, 26)],
        "cnht-demands": ["NC-9", "NC-10"],
    }
    page = client.get("/pages/2021/cnht").text
    for file, ids in expected.items():
        lines = csv.reader(io.StringIO(client.get(f"/files/{file}.csv?year=2021").content.decode("utf-8-sig")))
        assert [line[1] for line in lines][1:] == ids == re.findall(f'<span class="quiet code">({"|".join(ids)})</span>', page)


def test_year_that_has_not_begun_has_no_publication() -> None:
    client = serve(*registers_story.publication(), DayStarted(date=date(2021, 12, 31)))
    assert "Chưa có thông tin công nghiệp hỗ trợ nào được ghi nhận cho năm này" in words(client.get("/pages/2022/cnht").text)
    assert "Danh mục doanh nghiệp (60)" in words(client.get("/pages/2021/cnht").text)
