"""Recognised products for people: the list with its search, a product, a certificate with its life, and the charts."""

import asyncio
import csv
import io
import re
from datetime import date

import pytest
from reporting.api import routes
from reporting.domain.enterprise import Enterprise
from reporting.domain.register import RecognisedProduct
from reporting.main import service
from reporting.repository import products
from reporting.repository.products import Wanted
from shared.contracts.base import Data
from shared.contracts.department import DayStarted
from shared.contracts.reporting import CertificateLocated
from shared.http import application
from shared.testing.memory import MemoryReader, run
from starlette.testclient import TestClient
from unit.reporting import lives, registers_story, story
from unit.reporting.registers_story import of_year, on, recorded
from unit.reporting.test_reporting_pages import Checker, serve, words

PAGES = (
    "/pages/products",
    "/pages/products?year=2021&lang=en",
    "/pages/products?q=xyz",
    "/pages/products?year=2030",
    "/pages/products?state=gone",
    "/pages/products/SP-001",
    "/pages/products/SP-999",
    "/pages/certificates/2021-001",
    "/pages/certificates/2021-002?lang=en",
    "/pages/certificates/nowhere",
    "/pages/2021/charts",
    "/pages/2030/charts?lang=en",
    "/pages/2021/cnht",
    "/pages/2021/cnht/print",
    "/pages/2030/cnht",
)


@pytest.fixture(scope="module")
def client() -> TestClient:
    return serve(*registers_story.everything())


def certificates(html: str) -> list[str]:
    """The numbers of the certificates in the table of a list, in its order."""
    return re.findall(r'href="/pages/certificates/([^"?]+)', html)


@pytest.mark.parametrize(
    "query",
    ["dien quang", "Điện Quang", "ĐIỆN  quang", "quang dien tiet kiem", "2022-060", f"dien {story.name(31)}"],
)
def test_search_ignores_diacritics_capitals_and_order(client: TestClient, query: str) -> None:
    html = client.get("/pages/products", params={"q": query}).text
    assert certificates(html) == ["2022-060"]
    assert "Bóng đèn Điện Quang tiết kiệm điện" in html


@pytest.mark.parametrize("query", ["quảng cáo", "dien quang 2021", "2022-06O"])
def test_search_that_finds_nothing_says_so(client: TestClient, query: str) -> None:
    html = client.get("/pages/products", params={"q": query}).text
    assert certificates(html) == []
    assert "Không có sản phẩm nào khớp." in words(html)
    assert 'href="/pages/products">Xem tất cả' in html


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("year=2022", ["2022-060", "2022-013", "2022-012"]),
        ("year=2021&state=revoked", ["2021-009"]),
        ("year=2020&industry=mechanical", ["2020-001", "2020-006"]),
        ("year=2022&district=Quận Long Biên", ["2022-012"]),
        ("year=2018&q=led", ["2018-001"]),
        ("year=2019&state=", ["2019-003", "2019-011"]),
    ],
)
def test_list_is_narrowed_and_in_vietnamese_order(client: TestClient, asked: str, expected: list[str]) -> None:
    found = certificates(client.get(f"/pages/products?{asked}").text)
    assert sorted(found) == sorted(expected)
    listed = client.get(f"/recognised-products?{asked}").json()
    assert [item["certificate"] for item in listed["items"]] == found


def test_names_are_in_vietnamese_order() -> None:
    reader = serve(*(of_year(n, n, 2021, name) for n, name in enumerate(reversed(registers_story.ORDERED), 1)))
    items = reader.get("/recognised-products?year=2021").json()["items"]
    assert [item["product_name"] for item in items] == list(registers_story.ORDERED)


def test_list_has_a_second_page_and_counts_all(client: TestClient) -> None:
    first = client.get("/pages/products").text
    second = client.get("/pages/products?page=2").text
    total = client.get("/recognised-products").json()["total"]
    assert (total, len(certificates(first)), len(certificates(second))) == (56, 50, 6)
    assert set(certificates(first)) & set(certificates(second)) == set()
    assert "56 giấy chứng nhận" in words(first) and "51–56 / 56" in words(second)
    assert 'rel="next" href="/pages/products?page=2"' in first and 'rel="prev" href="/pages/products"' in second


def test_second_page_keeps_search_and_language(client: TestClient) -> None:
    html = client.get("/pages/products?q=cong+ty&lang=en").text
    assert 'rel="next" href="/pages/products?q=cong+ty&amp;page=2&amp;lang=en"' in html
    assert len(certificates(client.get("/pages/products?q=cong+ty&page=2&lang=en").text)) == 6


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        (
            "/pages/products?state=gone",
            400,
            "state=gone không hợp lệ; hãy dùng một trong: in-force, suspended, revoked, expired.",
        ),
        ("/pages/products?year=1900", 400, "year=1900 không hợp lệ; hãy dùng số nguyên từ 2006 đến 2100."),
        ("/pages/products?page=9", 400, "page=9 không hợp lệ; hãy dùng số nguyên từ 1 đến 2."),
        ("/pages/products/SP-999", 404, "Không có sản phẩm SP-999 nào được công nhận; xem /recognised-products."),
        ("/pages/certificates/nowhere", 404, "Không có giấy chứng nhận nowhere; xem /recognised-products."),
    ],
)
def test_question_that_cannot_be_answered_is_a_page_that_says_why(
    client: TestClient, path: str, status: int, sentence: str
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert sentence in words(answer.text) and 'aria-label="Các trang chính"' in answer.text


def test_year_without_products_says_so(client: TestClient) -> None:
    assert "Chưa có sản phẩm nào được công nhận trong năm này." in words(client.get("/pages/products?year=2030").text)
    assert "No product has been recognised in this year." in words(client.get("/pages/2030/charts?lang=en").text)


def test_search_looks_at_no_more_than_its_bound_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(products, "LOOKED_AT", 4)
    rounds = [registers_story.round_opened(year) for year in (2020, 2021, 2022)]
    events = [of_year(n, n, year, f"Sản phẩm {n}") for year in (2020, 2021, 2022) for n in (1, 2, 3)]
    running = run(service, *rounds, *events)["reporting"]
    found = asyncio.run(products.find(MemoryReader(running), Wanted()))
    assert (sorted(p.id for p in found.products), found.left_out) == (["2021-001", "2022-001", "2022-002", "2022-003"], True)
    one_year = asyncio.run(products.find(MemoryReader(running), Wanted(year=2020)))
    assert (len(one_year.products), one_year.left_out) == (3, False)
    page = TestClient(application(routes(MemoryReader(running))))
    assert "hãy chọn năm hoặc ngành" in words(page.get("/pages/products").text)
    assert page.get("/recognised-products").json()["left_out"] is True


# -- a product, a certificate -----------------------------------------------------------------------------------------------


def test_product_shows_its_certificates_over_the_years(client: TestClient) -> None:
    html = client.get("/pages/products/SP-001").text
    assert certificates(html) == ["2018-001", "2020-001", "2021-001"]
    assert "Số lần được công nhận 3" in words(html)
    told = client.get("/products/SP-001").json()
    assert [item["certificate"] for item in told["items"]] == ["2018-001", "2020-001", "2021-001"]
    assert (client.get("/products/SP-999").status_code, client.get("/products/SP-999").json()["slug"]) == (404, "not-found")


def test_certificate_shows_its_life_by_day(client: TestClient) -> None:
    text = words(client.get("/pages/certificates/2021-001").text)
    for expected in (
        "Giấy chứng nhận 2021-001",
        "Thời hạn 26/11/2021 – 25/11/2027 (quyết định ban đầu: đến hết ngày 25/11/2024)",
        "Tôn vinh Top 10, hạng 1",
        "Biểu trưng của chương trình Được sử dụng khi công nhận còn hiệu lực.",
        "Quận, huyện Huyện Đông Anh (theo năm 2021)",
        "Hồ sơ HS-001",
    ):
        assert expected in text
    order = [
        text.index(moment)
        for moment in (
            "26/11/2021 Được công nhận; có hiệu lực từ ngày 26/11/2021 đến hết ngày 25/11/2024. Quyết định 5012/QĐ-UBND.",
            "01/03/2022 Bị đình chỉ từ ngày 01/03/2022 đến hết ngày 30/04/2022. Lý do: Không nộp báo cáo kết quả.",
            "01/10/2024 Được gia hạn đến hết ngày 25/11/2027. Quyết định 4100/QĐ-UBND.",
        )
    ]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("fact", "vi", "en"),
    [
        (
            lives.suspended(date(2022, 1, 1)),
            "Bị đình chỉ từ ngày 01/01/2022 cho đến khi có quyết định khác.",
            "until decided otherwise.",
        ),
        (lives.reinstated(date(2022, 2, 1)), "Có hiệu lực trở lại từ ngày 01/02/2022.", "In force again from 1 February 2022."),
        (lives.revoked(date(2022, 2, 1)), "Bị thu hồi từ ngày 01/02/2022. Lý do: Hàng giả.", "Revoked from 1 February 2022."),
        (lives.expired(date(2024, 11, 25)), "Hết hiệu lực sau ngày 25/11/2024.", "Expired after 25 November 2024."),
        (lives.honoured(4), "Top 10: được xếp hạng 4.", "Top 10: given place 4."),
        (lives.honoured(None), "Không còn trong Top 10.", "No longer in the Top 10."),
        (lives.corrected(False), "Không ghi ngày Đính chính: là công nhận lại.", "Corrected: recognised again"),
        (lives.corrected(True), "Không ghi ngày Đính chính: là công nhận lần đầu.", "Corrected: recognised for the first time."),
        (
            lives.transferred(1, 2),
            f"Chuyển từ mã số thuế {story.tax_code(1)} sang mã số thuế {story.tax_code(2)}.",
            f"Went from tax code {story.tax_code(1)} to {story.tax_code(2)}.",
        ),
    ],
)
def test_every_kind_of_fact_is_said_in_words(fact: Data, vi: str, en: str) -> None:
    client = serve(story.recognised(1, 1), fact, DayStarted(date=date(2022, 3, 1)))
    assert vi in words(client.get("/pages/certificates/2021-001").text)
    assert en in words(client.get("/pages/certificates/2021-001?lang=en").text)


def test_certificate_names_its_holders_before(client: TestClient) -> None:
    text = words(client.get("/pages/certificates/2021-002").text)
    assert f"Doanh nghiệp giữ giấy {story.name(3)} {story.tax_code(3)}" in text
    assert f"Doanh nghiệp giữ trước đây {story.name(2)} {story.tax_code(2)}" in text
    assert f"Hồ sơ HS-002 (nộp theo mã số thuế {story.tax_code(2)})" in text


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        ((), "Được sử dụng khi công nhận còn hiệu lực."),
        ((lives.revoked(date(2022, 1, 1)), DayStarted(date=date(2022, 2, 1))), "Hiện không được sử dụng"),
    ],
)
def test_right_to_the_logo_goes_with_the_state(events: tuple[Data, ...], sentence: str) -> None:
    assert sentence in words(serve(story.recognised(1, 1), *events).get("/pages/certificates/2021-001").text)


def test_certificate_without_the_right_to_the_logo_says_so() -> None:
    text = words(serve(story.recognised(1, 1, logo_right=False)).get("/pages/certificates/2021-001").text)
    assert "Biểu trưng của chương trình Không có quyền sử dụng." in text


# -- districts are dated data ------------------------------------------------------------------------------------------------

MOVES = (
    on(date(2021, 3, 1), recorded(1, "Huyện Đông Anh"), "e1"),
    on(date(2023, 3, 1), recorded(1, "Quận Long Biên"), "e2"),
    on(date(2025, 7, 2), recorded(1, "Phường Bồ Đề"), "e3"),
)


@pytest.mark.parametrize(
    ("year", "district"),
    [
        (2019, "Huyện Đông Anh"),
        (2021, "Huyện Đông Anh"),
        (2022, "Huyện Đông Anh"),
        (2023, "Quận Long Biên"),
        (2024, "Quận Long Biên"),
        (2025, "Phường Bồ Đề"),
        (2026, "Phường Bồ Đề"),
    ],
)
@pytest.mark.parametrize("late", [False, True])
def test_district_of_a_certificate_is_that_of_its_year(year: int, district: str, late: bool) -> None:
    decided = of_year(1, 1, year, "Sản phẩm")
    events = (*MOVES, decided) if late else (decided, *MOVES)
    kept = run(service, *events)["reporting"].find(RecognisedProduct, f"{year}-001")
    assert kept is not None and kept.district == district


def test_district_is_not_known_before_the_enterprise_is() -> None:
    html = serve(of_year(1, 1, 2021, "Sản phẩm")).get("/pages/certificates/2021-001").text
    assert "Quận, huyện Chưa rõ quận, huyện" in words(html)


def test_enterprise_that_says_the_same_again_tells_nobody() -> None:
    again = on(date(2022, 3, 1), recorded(1, "Huyện Đông Anh", "Tên mới"), "e4")
    city = run(service, MOVES[0], of_year(1, 1, 2021, "Sản phẩm"), again)
    told = [value for log in city["reporting"].log for value, _ in log if CertificateLocated.contract.type.encode() in value]
    assert len(told) == 1
    kept = city["reporting"].find(Enterprise, story.tax_code(1))
    assert kept is not None and [entry.name for entry in kept.districts] == ["Huyện Đông Anh"]


def test_certificate_of_a_merged_enterprise_stays_where_it_was_that_year() -> None:
    events = (
        recorded(1, "Huyện Đông Anh"),
        recorded(2, "Quận Hoàng Mai"),
        of_year(1, 1, 2021, "Sản phẩm"),
        of_year(2, 1, 2023, "Sản phẩm"),
        lives.merged(1, 2, date(2023, 3, 1)),
    )
    running = run(service, *events)["reporting"]
    found = [running.find(RecognisedProduct, id) for id in ("2021-001", "2023-002")]
    assert [kept.district for kept in found if kept] == ["Huyện Đông Anh", "Quận Hoàng Mai"]


# -- charts -------------------------------------------------------------------------------------------------------------------


def rows(client: TestClient, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(path).content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("table", "column", "heading"),
    [("recognised-by-industry", "industry", "Theo ngành"), ("recognised-by-district", "district", "Theo quận")],
)
def test_chart_shows_what_its_download_has(client: TestClient, table: str, column: str, heading: str) -> None:
    html = client.get("/pages/2021/charts").text
    figure = html[html.index(f"<h2>{heading}") :]
    figure = figure[: figure.index("</figure>")]
    given = rows(client, f"/files/{table}.csv?year=2021")
    shown = re.findall(r'>([^<>]+)</a></th>\s*<td class="amount">(\d+)', figure)
    assert [int(count) for _, count in shown] == [int(row["products"]) for row in given]
    assert sum(int(row["products"]) for row in given) == 46
    if column == "district":
        assert [label for label, _ in shown] == [row["district"] for row in given]


def test_charts_go_over_the_years_up_to_the_one_shown(client: TestClient) -> None:
    text = words(client.get("/pages/2021/charts").text)
    assert "Sản phẩm, 2018: 2, 2019: 2, 2020: 3, 2021: 46" in text
    assert ", 2022: " not in text
    over_years = rows(client, "/files/recognised-by-industry.csv")
    assert {int(row["year"]) for row in over_years} == {2018, 2019, 2020, 2021, 2022}
    assert sum(int(row["products"]) for row in over_years) == 56


# -- every page -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_page_is_sound_and_its_links_lead_somewhere(client: TestClient, path: str) -> None:
    checker = Checker()
    checker.feed(client.get(path).text)
    assert checker.open == []
    assert sorted(set(checker.ids)) == sorted(checker.ids)
    assert checker.forbidden == []
    outside = [a for a in checker.addresses if not a.startswith(("/", "#")) or a.startswith("//")]
    assert outside == []
    addresses = {a for a in checker.addresses if a.startswith("/") and not a.startswith(path.partition("?")[0])}
    broken = {a for a in addresses if client.get(a, follow_redirects=True).status_code != 200}
    assert broken == set()


def test_year_page_shows_the_first_and_leads_to_all(client: TestClient) -> None:
    html = client.get("/pages/2021").text
    register = html[html.index('id="register"') : html.index('id="turned-down"')]
    assert len(certificates(register)) == 20
    assert 'href="/pages/products?year=2021">Xem tất cả và tìm kiếm (46)' in register
    assert len(client.get("/files/recognised-products.json?year=2021").json()) >= 1
