"""The pages of the registers in a real browser: content, language, search, narrow screens, downloads, nothing from outside."""

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from urllib.request import urlopen

import pytest
from browser.browser import CHROMIUM, NARROW, Browser, serving
from unit.reporting import registers_story

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: the pages are not looked at in a browser")

PAGES = {
    "/pages/2021": ("Kết quả thực hiện kế hoạch năm 2021", "Results against the plan of 2021"),
    "/pages/products?year=2021": ("46 giấy chứng nhận", "46 certificates"),
    "/pages/products/SP-001": ("Các giấy chứng nhận qua các năm", "Certificates over the years"),
    "/pages/certificates/2021-001": ("Diễn biến của giấy chứng nhận", "Life of the certificate"),
    "/pages/2021/charts": ("Sản phẩm được công nhận theo ngành qua các năm", "Products by industry over the years"),
    "/pages/2021/cnht": ("Danh mục doanh nghiệp (60)", "List of enterprises (60)"),
    "/pages/2021/cnht/print": ("Danh mục doanh nghiệp (60)", "List of enterprises (60)"),
    "/pages/products/nothing": ("Không trả lời được", "This cannot be answered"),
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(*registers_story.everything()) as served:
        yield served


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    opened = Browser(tmp_path_factory.mktemp("profile"))
    yield opened
    opened.close()


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ").split())


@pytest.mark.parametrize("path", PAGES)
def test_page_is_read_in_both_languages_without_scripts_and_asks_nobody_else(browser: Browser, address: str, path: str) -> None:
    vietnamese, english = PAGES[path]
    seen = browser.open(f"{address}{path}", scripts=False)
    assert '<html lang="vi">' in seen.html and vietnamese in text(seen.html)
    switch = re.search(r'<a href="([^"]+)" lang="en" hreflang="en"', seen.html)
    assert switch is not None
    other = browser.open(f"{address}{unescape(switch[1])}")
    assert '<html lang="en">' in other.html and english in text(other.html)
    missing = [complaint for complaint in (*seen.complaints, *other.complaints) if "404" not in complaint]
    assert missing == []
    assert [url for url in (*seen.requests, *other.requests) if not url.startswith(f"{address}/")] == []
    assert "/pages/static/page.css" in {url.removeprefix(address) for url in seen.requests}


@pytest.mark.parametrize("path", PAGES)
def test_page_fits_a_narrow_screen(browser: Browser, address: str, path: str) -> None:
    browser.open(f"{address}{path}", width=NARROW)
    assert browser.overflow() <= 0


def test_search_without_diacritics_finds_the_product(browser: Browser, address: str) -> None:
    seen = browser.open(f"{address}/pages/products?q=dien%20quang")
    assert re.findall(r'href="/pages/certificates/([^"]+)"', seen.html) == ["2022-060"]
    assert "Bóng đèn Điện Quang tiết kiệm điện" in seen.html


@pytest.mark.parametrize(
    ("path", "table", "column", "pattern"),
    [
        ("/pages/2020/charts", "recognised-by-district", "district", r'district=[^"]*">([^<]+)</a></th>'),
        ("/pages/products?year=2022", "recognised-products", "certificate", r'href="/pages/certificates/([^"]+)"'),
        ("/pages/2021/cnht/print", "cnht-suppliers", "tax_code", r'<span class="quiet code">(01\d{8})</span></th>'),
        ("/pages/2021/cnht", "clusters", "cluster_id", r'<span class="quiet code">(CCN-\d+)</span></th>'),
    ],
)
def test_download_has_the_rows_of_the_table(
    browser: Browser, address: str, path: str, table: str, column: str, pattern: str
) -> None:
    html = browser.open(f"{address}{path}").html
    link = re.search(rf'href="(/files/{table}\.csv[^"]*)"', html)
    assert link is not None
    with urlopen(address + unescape(link[1])) as answer:
        lines = list(csv.DictReader(io.StringIO(answer.read().decode("utf-8-sig"))))
    shown = [unescape(found) for found in re.findall(pattern, html)]
    assert shown == [line[column] for line in lines]
    assert shown != []
