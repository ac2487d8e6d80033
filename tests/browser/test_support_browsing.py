"""The pages of support and of enterprises in a real browser: content, language, search, narrow screens, downloads."""

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from urllib.request import urlopen

import pytest
from browser.browser import CHROMIUM, NARROW, Browser, serving
from unit.reporting import support_story

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: the pages are not looked at in a browser")

PAGES = {
    "/pages/2021/support": ("Sổ hỗ trợ năm 2021", "Support ledger of 2021"),
    "/pages/requests/HT-007": ("Số tiền được tính như thế nào", "How the amount came about"),
    "/pages/2021/lines": ("Phần của số được cấp", "Parts of what is allocated"),
    "/pages/2021/lines/renewal": ("Biến động của dòng 2021/renewal", "Moves of line 2021/renewal"),
    "/pages/2021/coverage": ("Doanh nghiệp chưa được hỗ trợ (1)", "Enterprises not reached (1)"),
    "/pages/2021/activities": ("Tiêu chí chọn:", "Criteria:"),
    "/pages/enterprises": ("Tìm doanh nghiệp", "Find an enterprise"),
    f"/pages/enterprises/{support_story.code(3)}": ("Tên và mã số thuế đã dùng", "Names and codes it had"),
    "/pages/2030/support": ("Chưa có đề nghị hỗ trợ nào của năm này", "No request for support of this year"),
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(*support_story.heard_2021()) as served:
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
    assert [*seen.complaints, *other.complaints] == []
    # What begins with "data:" the browser draws itself, as the sign of a field for a day.
    assert [url for url in (*seen.requests, *other.requests) if not url.startswith((f"{address}/", "data:"))] == []
    assert "/pages/static/page.css" in {url.removeprefix(address) for url in seen.requests}


@pytest.mark.parametrize("path", PAGES)
def test_page_fits_a_narrow_screen(browser: Browser, address: str, path: str) -> None:
    browser.open(f"{address}{path}", width=NARROW)
    assert browser.overflow() <= 0


def test_search_without_diacritics_finds_the_enterprise(browser: Browser, address: str) -> None:
    seen = browser.open(f"{address}/pages/enterprises?q=dien%20quang")
    assert re.findall(r'class="firm"[^>]*>([^<]*)<', seen.html) == ["Công ty Cổ phần Bóng đèn Điện Quang"]


def test_former_code_opens_the_page_of_the_present_one(browser: Browser, address: str) -> None:
    seen = browser.open(f"{address}/pages/enterprises/{support_story.code(2)}")
    assert "Công ty TNHH Cơ khí Đông Anh" in text(seen.html)


@pytest.mark.parametrize(
    ("path", "file", "rows"),
    [
        ("/pages/2021/support", "grants", r"HT-\d{3}(?=</a>)"),
        ("/pages/2021/lines", "budget-lines", r"2021/[a-z-]+(?=</a>)"),
        ("/pages/2021/coverage?which=covered", "coverage", r'class="firm"'),
        ("/pages/2021/activities", "participations", r'class="firm"'),
    ],
)
def test_download_has_the_rows_of_the_table(browser: Browser, address: str, path: str, file: str, rows: str) -> None:
    html = browser.open(f"{address}{path}").html
    link = re.search(rf'href="(/files/{file}\.csv[^"]*)"', html)
    assert link is not None
    with urlopen(f"{address}{unescape(link[1])}") as answer:
        found = list(csv.DictReader(io.StringIO(answer.read().decode())))
    missed = 1 if file == "coverage" else 0  # who was not reached is on the other part of the page
    assert len(re.findall(rows, html)) == len(found) - missed > 0
