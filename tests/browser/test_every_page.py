"""No page is left out: every address of the service is one that the other tests of this folder look at in a browser."""

import pytest
from browser import test_files_and_operations, test_register_pages, test_report_page, test_support_browsing, test_targets_pages
from reporting.pages import PAGES
from starlette.routing import compile_path

VISITED = {
    path.partition("?")[0]
    for module in (test_files_and_operations, test_register_pages, test_report_page, test_support_browsing, test_targets_pages)
    for path in module.PAGES
}
TRIED = [(page, compile_path(page)[0]) for page in PAGES]  # in this order, as by the service


@pytest.mark.parametrize("page", PAGES)
def test_page_is_looked_at_in_a_browser(page: str) -> None:
    assert page in {next(known for known, pattern in TRIED if pattern.match(path)) for path in VISITED}
