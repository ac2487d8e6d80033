"""The page of files and that of the event flow in a real browser: content, language, downloads, narrow screens, no scripts."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from urllib.request import urlopen

import pytest
from browser.browser import Browser, serving
from browser.checks import read_in_both_languages
from reporting.export.tables import TABLES
from reporting.export.writing import FORMATS
from reporting.pages import flow as flows
from reporting.pages.flow import Flow, Instance
from unit.reporting import story
from unit.reporting.test_operations_page import WELL

PAGES = {
    "/pages/files": ("Mỗi dòng là một giấy chứng nhận", "One row a certificate"),
    "/pages/operations": ("scoring (Bị lỗi: 1); support (Không trả lời)", "scoring (Dead letters: 1); support (No answer)"),
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The pages over the year 2021, with one instance that has a dead letter, and one that does not answer."""

    async def flow(services: Mapping[str, Sequence[str]]) -> Flow:
        away = Instance("support", "http://support:8000", None, "ConnectError: refused")
        return Flow((Instance("scoring", "http://scoring:8000", WELL), away))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(flows, "flow_of", flow)
        with serving(*story.year_2021()) as served:
            yield served


@pytest.mark.parametrize("path", PAGES)
def test_page_is_read_in_both_languages(browser: Browser, address: str, path: str) -> None:
    read_in_both_languages(browser, address, path, PAGES[path])


def test_every_file_of_a_year_is_there_with_the_columns_the_page_explains(browser: Browser, address: str) -> None:
    seen = browser.open(f"{address}/pages/files")
    links = {unescape(link) for link in re.findall(r'href="(/files/[^"]+year=2021)"', seen.html)}
    assert links == {f"/files/{name}.{ending}?year=2021" for name in TABLES for ending in FORMATS}
    for name in TABLES:
        section = seen.html[seen.html.index(f'id="{name}"') :]
        explained = re.findall(r'<th scope="row" class="code">(\w+)', section[: section.index("</section>")])
        with urlopen(f"{address}/files/{name}.csv?year=2021") as file:
            assert next(csv.reader(io.StringIO(file.read().decode("utf-8")))) == explained
