"""The pages of support and of enterprises in a real browser: content, language, search, narrow screens, downloads."""

import re
from collections.abc import Iterator

import pytest
from browser.browser import Browser, serving
from browser.checks import assert_same, file_of, read_in_both_languages, rows, text
from unit.reporting import support_story

PAGES = {
    "/pages/2021/support": ("Sổ hỗ trợ năm 2021", "Support ledger of 2021"),
    "/pages/requests/HT-007": ("Số tiền được tính như thế nào", "How the amount came about"),
    "/pages/2021/lines": ("Phần của số được cấp", "Parts of what is allocated"),
    "/pages/2021/lines/renewal": ("Biến động của dòng 2021/renewal", "Moves of line 2021/renewal"),
    "/pages/2021/coverage": ("Doanh nghiệp chưa được hỗ trợ (1)", "Enterprises not reached (1)"),
    "/pages/2021/activities": ("Tiêu chí chọn:", "Criteria:"),
    "/pages/enterprises": ("Tìm doanh nghiệp", "Find an enterprise"),
    f"/pages/enterprises/{support_story.code(3)}": ("Tên và mã số thuế đã dùng", "Names and codes it had"),
    "/pages/support": ("Sổ hỗ trợ năm 2021", "Support ledger of 2021"),
    "/pages/enterprises?q=cong+ty": ("32 kết quả cho “cong ty”", "32 found for “cong ty”"),
    "/pages/2021/coverage?which=covered": ("Doanh nghiệp đã được hỗ trợ (22)", "Enterprises reached (22)"),
    "/pages/2021/support?state=settled": ("2 trong số 26 đề nghị", "2 of 26 requests"),
    "/pages/2030/lines": ("Chưa có dòng ngân sách nào của năm này", "There is no budget line of this year"),
    "/pages/2030/coverage": ("Không có doanh nghiệp nào có công nhận", "No enterprise has a recognition"),
    "/pages/2030/activities": ("Chưa có hoạt động nào của năm này", "No activity of this year"),
    "/pages/2030/support": ("Chưa có đề nghị hỗ trợ nào của năm này", "No request for support of this year"),
}

GRANTS = {
    **{"request_id": 0, "enterprise_name": 0, "requested_on": 0, "stage": 2, "amount_vnd": 3, "paying_vnd": 4, "paid_vnd": 5},
    **{"to_recover_vnd": 6, "recovered_vnd": 7, "balance_vnd": 8},
}
ASKED = {"request_id": 0, "enterprise_name": 0, "requested_on": 3, "amount_vnd": 4}
LINES = {
    **{"line_id": 0, "allocated": 1, "reserved": 2, "committed": 3, "paying": 4, "paid": 5, "available": 6},
    **{"released": 7, "carried": 8},
}
MOVES = {"on": 0, "request_id": 2, "amount": 3, "available": 4}
REACHED = {"tax_code": 0, "enterprise_name": 0}
JOINED = {"enterprise_name": 0, "attended_on": 1, "learned_on": 1, "criteria_vi": 2, "requests": 3}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(*support_story.heard_2021()) as served:
        yield served


@pytest.mark.parametrize("path", PAGES)
def test_page_is_read_in_both_languages(browser: Browser, address: str, path: str) -> None:
    read_in_both_languages(browser, address, path, PAGES[path])


def test_search_without_diacritics_finds_the_enterprise(browser: Browser, address: str) -> None:
    seen = browser.open(f"{address}/pages/enterprises?q=dien%20quang")
    assert re.findall(r'class="firm"[^>]*>([^<]*)<', seen.html) == ["Công ty Cổ phần Bóng đèn Điện Quang"]


def test_former_code_opens_the_page_of_the_present_one(browser: Browser, address: str) -> None:
    seen = browser.open(f"{address}/pages/enterprises/{support_story.code(2)}")
    assert "Công ty TNHH Cơ khí Đông Anh" in text(seen.html)


@pytest.mark.parametrize(
    ("path", "heading", "file", "columns", "of"),
    [
        ("/pages/2021/support", "ledger", "grants", GRANTS, {}),
        ("/pages/2021/lines", "lines", "budget-lines", LINES, {}),
        ("/pages/2021/report", "lines", "budget-lines", LINES, {}),
        (
            "/pages/2021/report",
            "grants",
            "grants",
            {"request_id": 0, "enterprise_name": 0, "requested_on": 3, "amount_vnd": 4},
            {},
        ),
        ("/pages/2021/lines/fair-abroad", "movements", "line-movements", MOVES, {"line_id": "2021/fair-abroad"}),
        ("/pages/2021/coverage?which=covered", "list", "coverage", {**REACHED, "granted_vnd": 1}, {"covered": "true"}),
        ("/pages/2021/coverage", "list", "coverage", {**REACHED, "told_on": 1}, {"covered": "false"}),
        ("/pages/2021/activities", None, "participations", JOINED, {}),
        ("/pages/2021/report", "targets", "indicators", {"name_vi": 0, "lower": 1, "value": 2}, {}),
        ("/pages/2021", "targets", "indicators", {"name_vi": 0, "lower": 1, "value": 2}, {}),
    ],
)
def test_download_has_the_rows_of_the_table(
    browser: Browser, address: str, path: str, heading: str | None, file: str, columns: dict[str, int], of: dict[str, str]
) -> None:
    html = browser.open(f"{address}{path}").html
    assert_same(rows(html, heading), [line for line in file_of(address, html, file) if of.items() <= line.items()], columns)
