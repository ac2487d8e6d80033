"""The yearly report in a real browser: both languages, contents, a narrow screen, and on paper."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from browser.browser import PAPER, Browser, serving
from browser.checks import read_in_both_languages
from shared.contracts.department import DayStarted
from unit.reporting import facts, support_story

PATH = "/pages/2021/report"
PAGES = {
    PATH: ("Hỗ trợ theo chính sách", "Support by scheme"),
    "/pages/2035/report": ("Chưa có số liệu cho năm này", "There is no data for this year"),
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(*support_story.heard_2021()) as served:
        yield served


@pytest.mark.parametrize("path", PAGES)
def test_report_is_read_in_both_languages(browser: Browser, address: str, path: str) -> None:
    read_in_both_languages(browser, address, path, PAGES[path])


def test_each_part_begins_on_a_sheet_of_its_own(browser: Browser, address: str) -> None:
    seen = browser.open(f"{address}{PATH}")
    parts = seen.html.count('<div class="chapter">')
    sheets = browser.paper().count(b"/Type /Page\n")
    assert parts >= 7
    assert sheets > parts


def test_report_fits_a4(browser: Browser, address: str) -> None:
    browser.open(f"{address}{PATH}", width=PAPER, media="print")
    assert browser.overflow() <= 0
    assert browser.style("tfoot", "display") == "table-row-group"  # as a footer it would stand below every sheet
    assert re.findall(rb"/MediaBox \[0 0 (\d+)[.\d]* (\d+)", browser.paper())[0] == (b"594", b"841")


def test_parts_without_anything_take_no_sheet_of_their_own(browser: Browser) -> None:
    with serving(facts.task(), DayStarted(date=date(2021, 5, 1))) as address:
        parts = browser.open(f"{address}{PATH}").html.count('<div class="chapter">')
        sheets = browser.paper().count(b"/Type /Page\n")
    assert parts >= 7
    assert sheets <= 4
