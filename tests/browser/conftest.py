"""One browser for each module of tests."""

from collections.abc import Iterator

import pytest
from browser.browser import CHROMIUM, Browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine: the pages are not looked at in a browser")
    opened = Browser(tmp_path_factory.mktemp("profile"))
    yield opened
    opened.close()
