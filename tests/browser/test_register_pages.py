"""The pages of the registers in a real browser: content, language, search, narrow screens, downloads, nothing from outside."""

import re
from collections.abc import Iterator

import pytest
from browser.browser import PAPER, Browser, serving
from browser.checks import assert_same, file_of, read_in_both_languages, rows
from reporting.texts import INDUSTRIES
from unit.reporting import registers_story

PAGES = {
    "/pages/2021": ("Kết quả thực hiện kế hoạch năm 2021", "Results against the plan of 2021"),
    "/pages/products?year=2021": ("46 giấy chứng nhận", "46 certificates"),
    "/pages/products/SP-001": ("Các giấy chứng nhận qua các năm", "Certificates over the years"),
    "/pages/certificates/2021-001": ("Diễn biến của giấy chứng nhận", "Life of the certificate"),
    "/pages/2021/charts": ("Sản phẩm được công nhận theo ngành qua các năm", "Products by industry over the years"),
    "/pages/2021/cnht": ("Danh mục doanh nghiệp (60)", "List of enterprises (60)"),
    "/pages/2021/cnht/print": ("Danh mục doanh nghiệp (60)", "List of enterprises (60)"),
    "/pages/2017/charts": ("Chưa có sản phẩm nào được công nhận trong năm này", "No product has been recognised in this year"),
    "/pages/2017/cnht": ("Chưa có thông tin công nghiệp hỗ trợ nào", "Nothing about the supporting industries"),
    "/": ("Kết quả thực hiện kế hoạch năm 2021", "Results against the plan of 2021"),
    "/pages": ("Kết quả thực hiện kế hoạch năm 2021", "Results against the plan of 2021"),
    "/pages/charts": ("Theo ngành, năm 2021", "By industry, 2021"),
    "/pages/cnht": ("Danh mục doanh nghiệp (60)", "List of enterprises (60)"),
}

REGISTER = {
    **{"certificate": 0, "product_name": 1, "enterprise_name": 2, "industry": 3, "valid_from": 4, "valid_to": 4},
    **{"state": 5, "revoked_on": 5},
}
CLUSTERS = {"cluster_id": 0, "name": 0, "district": 1, "hectares": 2, "state": 3, "on": 4, "started_on": 5}
DEMANDS = {"demand_id": 0, "buyer": 0, "product": 1, "capacity": 1, "sector": 1, "posted_on": 3, "last_day": 3}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(*registers_story.everything()) as served:
        yield served


@pytest.mark.parametrize("path", PAGES)
def test_page_is_read_in_both_languages(browser: Browser, address: str, path: str) -> None:
    read_in_both_languages(browser, address, path, PAGES[path])


def test_search_without_diacritics_finds_the_product(browser: Browser, address: str) -> None:
    seen = browser.open(f"{address}/pages/products?q=dien%20quang")
    assert re.findall(r'href="/pages/certificates/([^"]+)"', seen.html) == ["2022-060"]
    assert "Bóng đèn Điện Quang tiết kiệm điện" in seen.html


NOT_THERE = {
    "/pages/products/nothing": ("Không trả lời được", "This cannot be answered"),
    "/pages/certificates/nothing": ("Không trả lời được", "This cannot be answered"),
    "/pages/nothing": ("Không tìm thấy trang", "Page not found"),
    "/pages/20x1/cnht": ("Không tìm thấy trang", "Page not found"),
}


@pytest.mark.parametrize("path", NOT_THERE)
def test_page_that_is_not_there_says_so_in_both_languages(browser: Browser, address: str, path: str) -> None:
    read_in_both_languages(browser, address, path, NOT_THERE[path], status=404)


@pytest.mark.parametrize(
    ("path", "heading", "file", "columns"),
    [
        ("/pages/products?year=2022", "found", "recognised-products", REGISTER),
        ("/pages/products?year=2021", "found", "recognised-products", REGISTER),
        ("/pages/2021/report", "register", "recognised-products", REGISTER),
        ("/pages/2021", "register", "recognised-products", REGISTER),
        ("/pages/2021/cnht", "clusters", "clusters", CLUSTERS),
        ("/pages/2021/cnht/print", "clusters", "clusters", CLUSTERS),
        ("/pages/2021/cnht", "demands", "cnht-demands", DEMANDS),
        ("/pages/2021/cnht/print", "demands", "cnht-demands", DEMANDS),
        ("/pages/2021/cnht", "suppliers", "cnht-suppliers", {"tax_code": 0, "name": 0, "sectors": 1}),
        ("/pages/2021/cnht/print", "suppliers", "cnht-suppliers", {"tax_code": 0, "name": 0, "sectors": 1}),
    ],
)
def test_download_has_the_rows_of_the_table(
    browser: Browser, address: str, path: str, heading: str, file: str, columns: dict[str, int]
) -> None:
    html = browser.open(f"{address}{path}").html
    table, lines = rows(html, heading), file_of(address, html, file)
    whole = len(lines) if path.endswith(("print", "report")) else {"/pages/2021": 20}.get(path, 50)
    assert_same(table, lines[:whole], columns)


@pytest.mark.parametrize(
    ("title", "file", "columns"),
    [
        ("Theo ngành, năm 2021", "recognised-by-industry", {"industry": 0, "products": 1}),
        ("Theo quận, huyện, năm 2021", "recognised-by-district", {"district": 0, "products": 1}),
    ],
)
def test_download_of_a_chart_is_its_table(browser: Browser, address: str, title: str, file: str, columns: dict[str, int]) -> None:
    html = browser.open(f"{address}/pages/2021/charts").html
    figure = next(part for part in html.split('<figure class="drawn">') if f"<h2>{title}</h2>" in part).split("</figure>")[0]
    assert_same(rows(figure), file_of(address, figure, file), columns)


def test_download_of_the_charts_over_years_is_their_tables(browser: Browser, address: str) -> None:
    html = browser.open(f"{address}/pages/2022/charts").html
    totals, by_industry = (part.split("</figure>")[0] for part in html.split('<figure class="drawn">')[3:])
    years = re.findall(r"<a[^>]*>(20\d\d)</a>", totals)
    assert years == ["2018", "2019", "2020", "2021", "2022"] == re.findall(r"<a[^>]*>(20\d\d)</a>", by_industry)
    lines = file_of(address, totals, "recognised-by-industry")
    assert lines == file_of(address, by_industry, "recognised-by-industry")
    found = {(label, year): int(cell) for label, *cells in rows(by_industry) for year, cell in zip(years, cells, strict=True)}
    said = {(INDUSTRIES[line["industry"]].vi, line["year"]): int(line["products"]) for line in lines}
    assert {key: products for key, products in found.items() if products} == said
    sums = [str(sum(products for (_, of), products in said.items() if of == year)) for year in years]
    assert rows(totals)[0] == ["Sản phẩm", *sums]


def test_publication_is_printed_on_a4_with_each_total_once(browser: Browser, address: str) -> None:
    browser.open(f"{address}/pages/2021/cnht/print", width=PAPER, media="print")
    assert browser.overflow() <= 0
    assert (browser.style("tfoot", "display"), browser.style("thead", "display")) == ("table-row-group", "table-header-group")
    assert re.findall(rb"/MediaBox \[0 0 (\d+)[.\d]* (\d+)", browser.paper())[0] == (b"594", b"841")
