"""Any past day: pages, files and answers as they were at its end, what changed since, and what was corrected."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any

import pytest
from reporting.api import API, OF_THE_MOMENT, routes
from reporting.main import service
from reporting.pages import PAGES
from shared.contracts.base import Data, Event
from shared.contracts.department import DayStarted
from shared.errors import Infrastructure
from shared.http import application
from shared.messaging.document import Document
from shared.testing.memory import City, MemoryReader, in_order, run
from starlette.testclient import TestClient
from unit.reporting import facts, lives, registers_story, story
from unit.reporting.test_reporting_pages import words

MON, TUE, WED, THU, FRI = (date(2022, 3, day) for day in (7, 8, 9, 10, 11))
ADDRESSES = (
    "/plans",
    "/plans/2021",
    "/indicators",
    "/indicators/output-share",
    "/tasks?year=2021",
    "/tasks/T1",
    *(f"/indicators/{code}/2021" for code in ("products-recognised", "supported-share", "output-share", "production-growth")),
    "/recognised-products?state=in-force",
    "/recognised-products?limit=1",
    "/recognised-products/2021-002",
    "/products/SP-001",
    "/cnht/2021",
    "/grants?year=2021",
    "/years/2021",
    "/files/recognised-products.csv?year=2021",
    "/files/grants.ndjson",
    "/files/tasks.csv",
    "/files/indicator-values.csv?year=2021",
    "/files/recognised-by-district.csv",
    "/files/cnht-suppliers.csv?year=2021",
    "/pages/files",
    "/pages/2021/tasks",
    "/pages/2021",
    "/pages/2021/report",
    "/pages/products?q=led",
    "/pages/products/SP-001",
    "/pages/certificates/2021-002",
    "/pages/2021/charts",
    "/pages/2021/cnht",
    "/pages/2021/cnht/print",
    "/pages/2021/indicators/output-share?lang=en",
    "/grants/HT-001",
    "/lines/2021/fair-abroad/movements",
    "/enterprises?q=cong+ty",
    f"/enterprises/{story.tax_code(1)}",
    *(f"/{room}/2021/{subject}" for room in ("years", "pages") for subject in ("support", "lines", "coverage", "activities")),
    "/pages/requests/HT-001",
    "/pages/2021/lines/fair-abroad",
    "/pages/enterprises?q=cong+ty",
    f"/pages/enterprises/{story.tax_code(1)}",
)


def days() -> Iterator[Data]:
    """What is known before the first day; then a day of news, one of corrections, one without anything, and one of losses."""
    yield story.PLAN_60
    yield story.round_opened()
    yield DayStarted(date=MON)
    for n in (1, 2, 3):
        yield story.received(n, n)
        yield story.recognised(n, n, story.product_name(n), valid_to=date(2024, 11, 25))
        yield story.result(n, 2020, 900)
    yield story.allocated()
    yield facts.task(starts=date(2021, 10, 1), ends=date(2022, 3, 9))
    yield DayStarted(date=TUE)
    yield lives.recorded(1)
    yield facts.adjusted(ends=date(2022, 3, 31), target_vi="20 doanh nghiệp")
    yield story.granted(1, 1)
    yield story.reserved("2021/fair-abroad", 150_000_000, 5_000_000_000)
    yield story.result(1, 2021, 1_000)
    yield story.figure("city-industrial-output", 8_000)
    yield story.figure("city-industrial-output", 9_000)
    yield registers_story.supplier(1)
    yield registers_story.recorded(1, "Quận Long Biên")
    yield DayStarted(date=WED)
    yield registers_story.delisted(1, date(2021, 12, 1))
    yield story.figure("city-industrial-output", 10_000)
    yield story.result(1, 2021, 2_000)
    yield story.result(2, 2021, 500)
    yield lives.recorded(1, "Công ty tên mới")
    yield DayStarted(date=THU)
    yield DayStarted(date=FRI)
    yield lives.revoked(date(2021, 11, 26), holder=2, certificate="2021-002")
    yield lives.merged(3, 1, on=date(2021, 6, 1))


EVENTS = in_order(days())


def parts() -> Iterator[tuple[date | None, list[Event[Any]]]]:
    """The events of each day, those before the first day under None."""
    day: date | None = None
    found: list[Event[Any]] = []
    for event in EVENTS:
        if isinstance(event.data, DayStarted):
            yield day, found
            day, found = event.data.date, []
        found.append(event)
    yield day, found


@pytest.fixture(scope="module")
def told() -> tuple[TestClient, dict[date, dict[str, str]]]:
    """The service after all days, and what every address answered at the end of each."""
    city = City.of(service)
    client = TestClient(application(routes(MemoryReader(city["reporting"]))), follow_redirects=False)
    seen = {}
    for day, events in parts():
        city.publish(*events)
        if day is not None:
            seen[day] = {address: answered(client, address) for address in ADDRESSES}
    return client, seen


@pytest.fixture(scope="module")
def client(told: tuple[TestClient, dict[date, dict[str, str]]]) -> TestClient:
    return told[0]


def answered(client: TestClient, address: str, on: date | None = None) -> str:
    """What stands there, without what says that it is of a past day: the day in links, the banner, the bounds of the form."""
    mark = "&" if "?" in address else "?"
    answer = client.get(address if on is None else f"{address}{mark}on={on}")
    assert answer.status_code in (200, 404), answer.text
    text = unescape(answer.text)
    text = re.sub(r"[?&]on=[0-9-]+", lambda found: "?" if found[0][0] == "?" else "", text)
    text = re.sub(r'\?(?=&|["#])&?', lambda found: "?" if found[0].endswith("&") else "", text)
    text = re.sub(r'<p class="notice past".*?</p>\n?|<form class="day".*?</form>\n?', "", text, flags=re.DOTALL)
    text = re.sub(r'<input type="hidden" name="on"[^>]*>', "", text)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


@pytest.mark.parametrize("day", [MON, TUE, WED, THU, FRI])
@pytest.mark.parametrize("address", ADDRESSES)
def test_past_day_is_answered_as_it_was_at_its_end(
    told: tuple[TestClient, dict[date, dict[str, str]]], address: str, day: date
) -> None:
    client, seen = told
    assert answered(client, address, day) == seen[day][address]


def test_days_differ(told: tuple[TestClient, dict[date, dict[str, str]]]) -> None:
    """Else the test above would compare nothing."""
    _, seen = told
    values = {day: re.findall(r'"value":"?([^",]*)"?,"exact"', seen[day]["/indicators/output-share/2021"])[0] for day in seen}
    assert values == {MON: "null", TUE: "11.11", WED: "25", THU: "25", FRI: "20"}


def test_every_endpoint_is_tried() -> None:
    """A new address is added above, or it is not known to answer for a past day."""
    tried = {re.sub(r"\?.*", "", address) for address in ADDRESSES}
    rules = {path: re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path) + "$") for path in (*API, *PAGES)}
    missed = {path for path, rule in rules.items() if not any(rule.match(address) for address in tried)}
    assert missed == {
        "/",
        "/pages",
        "/pages/charts",
        "/pages/cnht",
        "/pages/support",
        "/pages/tasks",
        "/files/datapackage.json",
        "/files/catalog.jsonld",
        *OF_THE_MOMENT,
    }


def test_what_pages_read_is_kept_by_day() -> None:
    """The others are never read by a page: how a partition works, what waits for more, what was told, and the day itself."""
    kinds: list[type[Document]] = list(service.documents.values())
    others = {"Agenda", "BusinessDay", "DueDay", "GrantNews", "Overlap", "ValueOfYear"}
    assert {kind.__name__ for kind in kinds if not kind.by_day} == others


@pytest.mark.parametrize(
    ("query", "status", "slug", "said"),
    [
        ("on=2022-02-30", 400, "on-not-valid", "on=2022-02-30 không phải là một ngày; hãy viết như 2021-12-31"),
        ("on=11/03/2022", 400, "on-not-valid", "on=11/03/2022 không phải là một ngày"),
        ("on=20220311", 400, "on-not-valid", "on=20220311 không phải là một ngày"),
        ("on=2022-03-12", 400, "day-to-come", "Ngày 12/03/2022 chưa đến; số liệu hiện có đến ngày 11/03/2022"),
        (
            "on=2022-03-06",
            404,
            "nothing-known-yet",
            "Đến hết ngày 06/03/2022 chưa có gì được ghi nhận; số liệu có từ ngày 07/03/2022",
        ),
    ],
)
def test_day_without_figures_is_refused_in_words(client: TestClient, query: str, status: int, slug: str, said: str) -> None:
    answer = client.get(f"/years/2021?{query}")
    assert (answer.status_code, answer.json()["slug"]) == (status, slug)
    assert answer.json()["vi"].startswith(said)
    page = client.get(f"/pages/2021?{query}")
    assert page.status_code == status
    assert said in words(page.text)
    english = words(client.get(f"/pages/2021?{query}&lang=en").text)
    assert "This cannot be answered" in english
    assert answer.json()["en"] in english


def test_before_any_day_nothing_is_known() -> None:
    served = TestClient(application(routes(MemoryReader(run(service, story.PLAN_60)["reporting"]))))
    answer = served.get("/years/2021?on=2022-03-07")
    assert (answer.status_code, answer.json()["slug"]) == (404, "nothing-known-yet")
    assert 'name="on"' not in served.get("/pages/2021").text


def test_empty_field_asks_for_the_present(client: TestClient) -> None:
    assert client.get("/years/2021?on=").json()["as_of"] == "2022-03-11"


def test_status_is_that_of_the_day() -> None:
    """Also on one that never began here: a year that is over by then is over."""
    plan = story.plan(story.target("products-recognised", 2))
    events = (plan, DayStarted(date=date(2021, 5, 3)), story.recognised(1, 1), DayStarted(date=date(2022, 1, 3)))
    served = TestClient(application(routes(MemoryReader(run(service, *events)["reporting"]))))
    days = ("2021-05-03", "2021-12-30", "2021-12-31", "2022-01-03")
    shown = [served.get(f"/years/2021?on={on}").json() for on in days]
    assert [(year["as_of"], year["targets"][0]["status"]) for year in shown] == list(
        zip(days, ("on-track", "behind", "missed", "missed"), strict=True)
    )


def test_page_of_a_past_day_says_so_and_leads_to_the_same_day(client: TestClient) -> None:
    html = client.get("/pages/2021?on=2022-03-08&lang=en").text
    text = words(html)
    assert "Figures as known at the end of 8 March 2022 . What was recorded or corrected after that day does not count." in text
    assert "See today's figures (11 March 2022)" in text
    assert '<input id="on" name="on" type="date" value="2022-03-08" min="2022-03-07" max="2022-03-11" required>' in html
    links = [unescape(a) for a in re.findall(r'<a [^>]*href="(/[^"#]*)', html)]
    assert len(links) > 10
    assert [a for a in links if "on=2022-03-08" not in a] == ["/pages/2021?lang=en"]
    assert 'class="notice past"' not in client.get("/pages/2021").text


def test_forms_of_a_past_day_keep_it(client: TestClient) -> None:
    html = client.get("/pages/products?on=2022-03-08&q=khoa").text
    search, choose = (html[html.index(f'class="{name}') :].partition("</form>")[0] for name in ("search filters", "day"))
    assert '<input type="hidden" name="on" value="2022-03-08">' in search
    assert '<input type="hidden" name="q" value="khoa">' in choose
    assert choose.count('name="on"') == 1


def test_files_of_a_past_day_say_which(client: TestClient) -> None:
    assert (
        'filename="grants-2021-as-of-2022-03-08.csv"'
        in client.get("/files/grants.csv?year=2021&on=2022-03-08").headers["content-disposition"]
    )
    resources = client.get("/files/datapackage.json?year=2021&on=2022-03-08").json()["resources"]
    assert {r["path"].partition("?")[2] for r in resources} == {"year=2021&on=2022-03-08"}


@pytest.mark.parametrize(
    ("query", "since", "expected"),
    [
        ("", "2022-03-10", [("went", "production-value/2021")]),
        ("?on=2022-03-10", "2022-03-09", []),
        (
            "?on=2022-03-09",
            "2022-03-08",
            [("changed", "city-industrial-output/2021"), ("changed", "production-value/2021"), ("came", "production-value/2021")],
        ),
        ("?on=2022-03-07", "2022-03-06", []),
        ("?on=2022-03-09&since=2022-03-09", None, []),
    ],
)
def test_indicator_says_what_changed(client: TestClient, query: str, since: str | None, expected: list[tuple[str, str]]) -> None:
    answer = client.get(f"/indicators/output-share/2021{query}")
    if since is None:
        assert (answer.status_code, answer.json()["slug"]) == (400, "since-not-valid")
        return
    changes = answer.json()["changes"]
    rows = [(c["kind"], (c["now"] or c["then"])["row_id"].rpartition("/")[0]) for c in changes["rows"]]
    assert (changes["since"], rows) == (since, expected)


def test_page_of_an_indicator_says_what_changed_and_what_was_corrected(client: TestClient) -> None:
    html = client.get("/pages/2021/indicators/output-share?on=2022-03-09").text
    changes = words(html[html.index('id="changes"') :])
    for expected in (
        "Thay đổi sau ngày 08/03/2022 (3)",
        "Trước đó: 11,11 % ; sau khi thay đổi: 25 %",
        "Giá trị sản xuất công nghiệp toàn Thành phố, 2021 Thay số liệu 9.000 đồng 10.000 đồng Cục Thống kê",
        f"{story.tax_code(1)} ◆ số liệu giả định Giá trị sản xuất, 2021 Thay số liệu 1.000 đồng 2.000 đồng",
        f"{story.tax_code(2)} ◆ số liệu giả định Giá trị sản xuất, 2021 Thêm mới – 500 đồng",
    ):
        assert expected in changes
    figures = words(html[: html.index('id="changes"')])
    was = "Số liệu được báo cáo lại; trước đó: 8.000 đồng (biết từ ngày 08/03/2022), 9.000 đồng (biết từ ngày 08/03/2022)."
    assert was in figures
    assert figures.count("Số liệu được báo cáo lại") == 2
    assert "báo cáo lại" not in client.get("/pages/2021/indicators/output-share?on=2022-03-07").text


def test_page_says_in_words_that_nothing_changed_and_that_something_went(client: TestClient) -> None:
    quiet = words(client.get("/pages/2021/indicators/output-share?on=2022-03-10").text)
    assert "Thay đổi sau ngày 09/03/2022 (0)" in quiet
    assert "Không có thay đổi nào từ ngày này." in quiet
    lost = words(client.get("/pages/2021/indicators/output-share").text)
    assert "Giá trị sản xuất, 2021 Không còn tính 500 đồng – Dịch vụ chấm điểm và công nhận" in lost
    assert "(từ ngày 11/03/2022)" in lost
    longer = words(client.get("/pages/2021/indicators/output-share?since=2022-03-07").text)
    assert "Thay đổi sau ngày 07/03/2022 (2)" in longer
    assert "Trước đó: – ; sau khi thay đổi: 20 %" in longer


def test_how_services_run_is_shown_when_nothing_can_be_read() -> None:
    class Away(MemoryReader):
        async def get(self, kind: type[Any], id: str) -> Any:
            raise Infrastructure("away")

    served = TestClient(application(routes(Away(City.of(service)["reporting"]))))
    asked = ("/pages/operations?on=2022-03-08", "/operations", "/years/2021", "/pages/2021", "/pages/nowhere", "/")
    answers = {path: served.get(path) for path in asked}
    assert [answer.status_code for answer in answers.values()] == [200, 200, 503, 503, 503, 503]
    assert answers["/years/2021"].headers["content-type"] == "application/problem+json"
    assert "Cơ sở dữ liệu tạm thời không sẵn sàng" in words(answers["/pages/2021"].text)


def test_page_asked_while_the_database_goes_away_is_a_page_of_the_layout() -> None:
    """The day is read before it goes, what the page shows no more."""

    class Going(MemoryReader):
        async def list(self, kind: type[Any], *args: Any, **more: Any) -> Any:
            raise Infrastructure("away")

    served = TestClient(application(routes(Going(run(service, *EVENTS)["reporting"]))))
    answer = served.get("/pages/2021/report?lang=en")
    assert (answer.status_code, answer.headers["content-type"]) == (503, "text/html; charset=utf-8")
    text = words(answer.text)
    assert "Away for the moment The database is away for the moment" in text and "Load the page again" in text
    assert '<a href="/pages/2021/report?lang=en">' in answer.text
    assert served.get("/plans").headers["content-type"] == "application/problem+json"
