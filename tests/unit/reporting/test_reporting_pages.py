"""The page of a plan year, as HTML."""

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from reporting import pages, texts
from reporting.api import routes
from reporting.domain.rows import Measure
from reporting.indicators import Status
from reporting.main import service
from reporting.pages.year import share_of
from shared.contracts.base import Data
from shared.http import application
from shared.testing.memory import MemoryReader, run
from starlette.testclient import TestClient
from unit.reporting import story


def serve(*events: Data) -> TestClient:
    return TestClient(application(routes(MemoryReader(run(service, *events)["reporting"]))), follow_redirects=False)


@pytest.fixture(scope="module")
def client() -> TestClient:
    return serve(*story.year_2021())


def words(html: str) -> str:
    """What a person reads, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ").split())


class Checker(HTMLParser):
    """Tags opened and closed in order, ids, and everything that is loaded or linked."""

    VOID = frozenset({"meta", "link", "img", "input", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.forbidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src", "action"):
                self.addresses.append(value or "")
            if name == "style" or name.startswith("on"):
                self.forbidden.append(f"{tag} {name}")
        if tag in ("script", "style", "iframe"):
            self.forbidden.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("products-filed", "54 sản phẩm"),
        ("enterprises-filed", "34 doanh nghiệp"),
        ("supported-share", "%"),
        ("support-money", "đồng"),
    ],
)
def test_figures_at_the_head_of_a_year_lead_to_the_rows_behind_them(client: TestClient, code: str, said: str) -> None:
    head = client.get("/pages/2021?on=2021-12-31").text.partition('id="targets"')[0]
    (link,) = re.findall(rf'href="(/pages/2021/indicators/{code}[^"]*)"', head)
    page = client.get(unescape(link))
    assert (page.status_code, "on=2021-12-31" in link, said in words(page.text)) == (200, True, True)


def test_page_shows_the_year_in_vietnamese(client: TestClient) -> None:
    answer = client.get("/pages/2021")
    assert (answer.status_code, answer.headers["content-language"]) == (200, "vi")
    text = words(answer.text)
    for expected in (
        "Kết quả thực hiện kế hoạch năm 2021",
        "Số liệu đến ngày 31/12/2021",
        "Hồ sơ đăng ký 54 sản phẩm của 34 doanh nghiệp",
        "Được công nhận 46 sản phẩm của 30 doanh nghiệp",
        "14.500.000.000 đồng trong tổng số 47.000.000.000 đồng được cấp",
        "20–25 doanh nghiệp 30 doanh nghiệp ◆ số liệu giả định Đạt, vượt kế hoạch Xem",
        "35–40 % 38,42 % ◆ số liệu giả định Đạt Xem",
        "từ 15 % 13,33 % ◆ số liệu giả định Chưa đạt Xem",
        "1 Đèn LED Rạng Đông",
        "10 Tôn mạ VNSTEEL Thăng Long",
        "Hội chợ này của doanh nghiệp đã được hỗ trợ theo đề nghị hỗ trợ HT-001.",
        "Doanh thu 80.000.000.000 đồng, thấp hơn mức 100 tỷ đồng.",
        "Con số mang dấu này được tính từ ít nhất một bản ghi giả định; bản thân con số có thể trùng với số đã công bố.",
        "Quyết định 5012/QĐ-UBND ngày 26/11/2021",
        "26/11/2021 – 25/11/2024",
    ):
        assert expected in text


def test_page_shows_the_year_in_english(client: TestClient) -> None:
    answer = client.get("/pages/2021?lang=en")
    assert '<html lang="en">' in answer.text
    text = words(answer.text)
    for expected in (
        "Results against the plan of 2021",
        "Figures as of 31 December 2021",
        "54 products of 34 enterprises",
        "20–25 enterprises 30 enterprises ◆ assumed data Met, above plan View",
        "at least 15% 13.33% ◆ assumed data Missed View",
        "This fair of the enterprise is already supported by request HT-001.",
        "VND 14,500,000,000 of VND 47,000,000,000 allocated",
    ):
        assert expected in text


@pytest.mark.parametrize(
    ("asked", "vi", "en"),
    [
        ("/pages/2021", "/pages/2021", "/pages/2021?lang=en"),
        ("/pages/2021?lang=en", "/pages/2021", "/pages/2021?lang=en"),
        (
            "/pages/products?q=%C4%91%C3%A8n+led",
            "/pages/products?q=%C4%91%C3%A8n+led",
            "/pages/products?q=%C4%91%C3%A8n+led&lang=en",
        ),
        (
            "/pages/products?lang=en&year=2021&q=a%26b%22",
            "/pages/products?year=2021&q=a%26b%22",
            "/pages/products?year=2021&q=a%26b%22&lang=en",
        ),
        (
            "/pages/2021/indicators/output-share",
            "/pages/2021/indicators/output-share",
            "/pages/2021/indicators/output-share?lang=en",
        ),
    ],
)
def test_language_switch_keeps_the_page_and_the_search(client: TestClient, asked: str, vi: str, en: str) -> None:
    html = client.get(asked).text
    assert [unescape(a) for a in re.findall(r'<a href="([^"]*)" lang="(?:vi|en)" hreflang', html)] == [vi, en]


def test_lineage_of_an_indicator_is_a_page_with_its_events(client: TestClient) -> None:
    assert 'href="/pages/2021/indicators/exports-share"' in client.get("/pages/2021").text
    assert 'href="/pages/2021/indicators/exports-share?lang=en"' in client.get("/pages/2021?lang=en").text
    html = client.get("/pages/2021/indicators/exports-share").text
    assert 'href="/indicators/exports-share/2021"' in html and '<li><a href="/pages/2021">Năm kế hoạch 2021</a></li>' in html
    text = words(html)
    for expected in (
        "Tỷ trọng trong kim ngạch xuất khẩu của Thành phố, năm 2021",
        "Kết quả 13,33 % ◆ số liệu giả định",
        "Kế hoạch: từ 15 % Chưa đạt Kế hoạch 60/KH-UBND",
        "Các sự kiện tạo nên con số (31)",
        f"{story.name(1)} {story.tax_code(1)} ◆ số liệu giả định Xuất khẩu, 2021 60.000.000 USD",
        "Toàn Thành phố Niên giám thống kê ◆ số liệu giả định Kim ngạch xuất khẩu toàn Thành phố, 2021 13.500.000.000 USD "
        "Cục Thống kê test-",
    ):
        assert expected in text
    english = words(client.get("/pages/2021/indicators/exports-share?lang=en").text)
    assert "Exports, 2021 USD 60,000,000 Registers of enterprises test-" in english


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("products-recognised", "Đèn LED Rạng Đông 2021-001 ◆ số liệu giả định Sản phẩm được công nhận, 2021 1 "),
        ("production-growth", "Giá trị sản xuất, 2020 9.000.000.000.000 đồng"),
        ("supported-share", "Doanh nghiệp được hỗ trợ, 2021 1 Dịch vụ hỗ trợ test-"),
    ],
)
def test_rows_of_an_indicator_are_in_words(client: TestClient, code: str, sentence: str) -> None:
    assert sentence in words(client.get(f"/pages/2021/indicators/{code}").text)


def test_indicator_without_rows_says_so() -> None:
    text = words(serve(story.PLAN_60).get("/pages/2021/indicators/output-share").text)
    assert "Kết quả –" in text and "Các sự kiện tạo nên con số (0)" in text and "Chưa có." in text


@pytest.mark.parametrize(
    "path", ["/pages/2021", "/pages/2021?lang=en&q=d", "/pages/2021/indicators/output-share", "/pages/2019", "/pages/nowhere"]
)
def test_page_is_sound_html_without_outside_assets_or_scripts(client: TestClient, path: str) -> None:
    answer = client.get(path)
    checker = Checker()
    checker.feed(answer.text)
    assert checker.open == []
    assert sorted(set(checker.ids)) == sorted(checker.ids)
    assert [a for a in checker.addresses if not a.startswith(("/", "#")) or a.startswith("//")] == []
    assert checker.forbidden == []
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self';") and "unsafe" not in policy


def test_every_link_of_the_page_leads_somewhere(client: TestClient) -> None:
    checker = Checker()
    checker.feed(client.get("/pages/2021").text)
    addresses = {a for a in checker.addresses if a.startswith("/")}
    assert {a: client.get(a, follow_redirects=True).status_code for a in addresses} == dict.fromkeys(addresses, 200)
    assert {a[1:] for a in checker.addresses if a.startswith("#")} <= set(checker.ids)


def test_markup_in_a_name_stays_text() -> None:
    bad = "<script>alert(1)</script>"
    html = serve(story.recognised(1, 1, bad)).get(f"/pages/products?q={bad}").text
    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 3  # in the search field, what was searched, the product


def test_root_goes_to_the_newest_plan_year() -> None:
    client = serve(story.plan(year=2021), story.plan(year=2022, plan_id="267/KH-UBND@2022-01-01"))
    assert client.get("/").headers["location"] == "/pages/2022"
    assert client.get("/?lang=en").headers["location"] == "/pages/2022?lang=en"
    assert [w for w in ("2022", "2021") if f'<a href="/pages/{w}"' in client.get("/pages/2021").text] == ["2022", "2021"]


def test_root_without_any_plan_says_so() -> None:
    answer = serve().get("/")
    assert (answer.status_code, "Chưa có kế hoạch nào được ghi nhận." in words(answer.text)) == (200, True)


def test_year_without_data_says_so() -> None:
    answer = serve().get("/pages/2030")
    assert (answer.status_code, "Chưa có số liệu cho năm này" in words(answer.text)) == (200, True)


@pytest.mark.parametrize(
    "path",
    [
        "/pages/1999",
        "/pages/abcd",
        "/pages/²⁰²¹",
        "/pages/2021/more",
        "/pages/02021",
        "/pages/2021/indicators/joy",
        "/pages/x/indicators/output-share",
    ],
)
def test_address_without_a_page_is_a_404_page(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, "Không tìm thấy trang" in words(answer.text)) == (404, True)
    assert "Page not found" in words(client.get(f"{path}?lang=en").text)


def test_year_of_real_data_has_no_made_mark() -> None:
    html = serve(story.PLAN_60, story.recognised(1, 1, made=False)).get("/pages/2021").text
    assert "◆" not in html


@pytest.mark.parametrize(
    ("part", "whole", "units"),
    [(0, 0, 0), (0, 5, 0), (1, 10**12, 1), (10**12, 10**12, 240), (3, 2, 240), (1, 2, 120), (10**15 - 1, 10**15, 239)],
)
def test_bar_is_never_longer_than_its_picture(part: int, whole: int, units: int) -> None:
    assert share_of(part, whole) == units


def test_every_text_of_the_page_is_used() -> None:
    rooms = Path(pages.__file__).parent
    sources = [*rooms.parent.glob("templates/*.html"), *rooms.glob("*.py")]
    used = set(re.findall(r"(?:\bt|\.text)\(['\"](\w+)['\"]\)", "\n".join(source.read_text("utf-8") for source in sources)))
    assert used == set(texts.PAGE)


def test_every_measure_has_its_word() -> None:
    assert set(texts.MEASURES) == {measure.value for measure in Measure}


def test_every_word_has_both_languages() -> None:
    tables: list[dict[str, texts.Words]] = [
        texts.PAGE, texts.INDUSTRIES, texts.STATES, texts.GRANT_STATES, texts.DOSSIER_STATES, texts.MEASURES, texts.PUBLISHERS,
    ]  # fmt: skip
    assert [key for table in tables for key, word in table.items() if not (word.vi and word.en)] == []
    assert set(texts.STATUS) == set(Status)


def test_static_files_are_served(client: TestClient) -> None:
    kinds: Callable[[str], str] = lambda name: client.get(f"/pages/static/{name}").headers["content-type"]  # noqa: E731
    assert [kinds("page.css"), kinds("mark.svg")] == ["text/css; charset=utf-8", "image/svg+xml"]
