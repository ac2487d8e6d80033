"""The yearly report in a real browser: both languages, contents, a narrow screen, and on paper."""

from collections.abc import Iterator

import pytest
from browser.browser import CHROMIUM, NARROW, Browser, serving
from browser.test_register_pages import text
from unit.reporting import support_story

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: the pages are not looked at in a browser")

PATH = "/pages/2021/report"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(*support_story.heard_2021()) as served:
        yield served


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    opened = Browser(tmp_path_factory.mktemp("profile"))
    yield opened
    opened.close()


def test_report_is_read_in_both_languages_without_scripts_and_fits(browser: Browser, address: str) -> None:
    for query, expected in (("", "Hỗ trợ theo chính sách"), ("?lang=en", "Support by scheme")):
        seen = browser.open(f"{address}{PATH}{query}", width=NARROW, scripts=False)
        assert expected in text(seen.html)
        assert (seen.complaints, [url for url in seen.requests if not url.startswith(f"{address}/")]) == ([], [])
        assert browser.overflow() <= 0


def test_each_part_begins_on_a_sheet_of_its_own(browser: Browser, address: str) -> None:
    seen = browser.open(f"{address}{PATH}")
    parts = seen.html.count('<div class="chapter">')
    sheets = browser.paper().count(b"/Type /Page\n")
    assert parts >= 7
    assert sheets > parts
