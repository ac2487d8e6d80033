"""The yearly report: a whole year on one page, for printing."""

import re
from datetime import date

import pytest
from reporting.pages.language import Language
from shared.contracts.department import DayStarted
from starlette.testclient import TestClient
from unit.reporting import facts, lives, registers_story, story, support_story
from unit.reporting.test_reporting_pages import Checker, serve, words


@pytest.fixture(scope="module")
def client() -> TestClient:
    return serve(
        *story.year_2021(),
        lives.let_go(901, 9),
        facts.task(),
        facts.task("T2", lead="dost", ends=date(2021, 6, 30)),
        facts.task("T3", group="human-resources", starts=date(2021, 12, 1), ends=date(2022, 6, 30)),
        *registers_story.publication(),
    )


@pytest.fixture(scope="module")
def supported() -> TestClient:
    return serve(*support_story.heard_2021())


def test_report_has_every_part_of_the_year_and_every_row(client: TestClient) -> None:
    answer = client.get("/pages/2021/report")
    assert answer.status_code == 200
    text = words(answer.text)
    for expected in (
        "Báo cáo kết quả thực hiện Chương trình năm 2021",
        "Số liệu đến ngày 31/12/2021",
        "Kế hoạch 60/KH-UBND",
        "Con số mang dấu này được tính từ ít nhất một bản ghi giả định",
        "Cách tính Số doanh nghiệp",
        "20–25 doanh nghiệp 30 doanh nghiệp ◆ số liệu giả định Đạt, vượt kế hoạch",
        "1 Đèn LED Rạng Đông",
        "Doanh thu 80.000.000.000 đồng, thấp hơn mức 100 tỷ đồng.",
        "Hỗ trợ theo chính sách",
        "14.500.000.000",
        "Doanh nghiệp chưa được hỗ trợ",
        "3 nhiệm vụ, 2 cần đôn đốc.",
    ):
        assert expected in text
    assert len(re.findall(r'href="/pages/certificates/', answer.text)) == 46
    assert "Chỉ hiện" not in text


def test_late_tasks_come_first(client: TestClient) -> None:
    html = client.get("/pages/2021/report").text
    assert re.findall(r'<tr id="(T\d)">', html) == ["T1", "T2", "T3"]
    assert words(html).index("Cần đôn đốc (2)") < words(html).index("Nguồn nhân lực (1)")


def test_sums_by_scheme_are_those_of_the_ledger(supported: TestClient) -> None:
    html = supported.get("/pages/2021/report").text
    part = html[html.index('id="by-scheme"') : html.index('id="grants"')]
    total = words(part[part.index("<tfoot>") :])
    ledger = words(re.findall(r"<tfoot>.*?</tfoot>", supported.get("/pages/2021/support").text, re.DOTALL)[0])
    figures = re.findall(r"[\d.]{6,}", ledger)
    assert figures and [figure for figure in figures if figure not in total] == []


def test_activities_show_everybody_who_joined(supported: TestClient) -> None:
    html = supported.get("/pages/2021/report").text
    shown = [
        words(part) for part in re.findall(r"<h2 id=[^>]+>.*?</section>", supported.get("/pages/2021/activities").text, re.S)
    ]
    assert shown and [part for part in shown if part not in words(html)] == []
    assert "<details>" not in html  # nothing is folded away on paper


@pytest.mark.parametrize("path", ["/pages/2021/report", "/pages/2021/report?lang=en"])
@pytest.mark.parametrize("year", ["client", "supported"])
def test_contents_lead_to_every_part(path: str, year: str, request: pytest.FixtureRequest) -> None:
    served: TestClient = request.getfixturevalue(year)
    html = served.get(path).text
    checker = Checker()
    checker.feed(html)
    assert (checker.open, checker.forbidden) == ([], [])
    assert sorted(set(checker.ids)) == sorted(checker.ids)
    contents = re.search(r'<nav class="contents".*?</nav>', html, re.DOTALL)
    assert contents is not None
    anchors = re.findall(r'href="#([^"]+)"', contents[0])
    assert set(anchors) <= set(checker.ids) and len(anchors) >= 10
    assert {a[1:] for a in checker.addresses if a.startswith("#")} <= set(checker.ids)
    addresses = {a for a in checker.addresses if a.startswith("/pages")}
    assert {a: served.get(a, follow_redirects=True).status_code for a in addresses} == dict.fromkeys(addresses, 200)


def test_report_lies_below_its_year_and_the_year_leads_to_it(client: TestClient) -> None:
    assert '<a href="/pages/2021/report?lang=en">' in client.get("/pages/2021?lang=en").text
    html = client.get("/pages/2021/report?lang=en").text
    assert '<li><a href="/pages/2021?lang=en">Plan year 2021</a></li>' in html
    assert "Report on the programme in 2021" in words(html)


def test_year_without_data_says_so(client: TestClient) -> None:
    text = words(client.get("/pages/2035/report").text)
    assert "Chưa có số liệu cho năm này" in text and "Mục lục" not in text
    assert client.get("/pages/20x1/report").status_code == 404


def test_year_with_a_task_only_is_not_empty() -> None:
    text = words(serve(facts.task(), DayStarted(date=date(2021, 5, 1))).get("/pages/2021/report").text)
    assert "1 nhiệm vụ" in text and "Chưa có nhiệm vụ" not in text and "Chưa có hoạt động nào của năm này" in text


def test_decision_and_chart_are_said_in_words_once(client: TestClient) -> None:
    assert Language("vi").decision("5012/QĐ-UBND") == "Quyết định 5012/QĐ-UBND"
    assert Language("en").decision("Quyết định công nhận năm 2022") == "Quyết định công nhận năm 2022"
    html = client.get("/pages/2021/indicators/products-recognised?lang=en").text
    assert 'href="/files/indicator-values.csv?lang=en"' in html and "'CSV'" not in html


def test_enterprise_of_the_supporting_industries_leads_to_its_listing(client: TestClient) -> None:
    code = story.tax_code(60)
    assert f'href="/pages/2021/cnht?enterprise={code}"' in client.get(f"/pages/enterprises/{code}").text
    answer = client.get(f"/pages/2021/cnht?enterprise={code}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"].rpartition("#")[2]) == (307, code)
    assert f'<tr id="{code}">' in client.get(answer.headers["location"]).text
    assert client.get("/pages/2021/cnht?enterprise=0000000000").status_code == 200


def test_task_leads_to_the_activity_it_names(supported: TestClient) -> None:
    activity = supported.get("/years/2021/activities").json()["items"][0]["activity_id"]
    client = serve(*support_story.heard_2021(), facts.task(activity_id=activity))
    link = f'href="/pages/2021/activities#{activity}"'
    assert link in client.get("/pages/2021/tasks").text
    assert link in client.get("/pages/2021/report").text
    assert f'id="{activity}"' in client.get("/pages/2021/activities").text
    assert '<span class="code">khong-co</span>' in serve(facts.task(activity_id="khong-co")).get("/pages/2021/tasks").text
