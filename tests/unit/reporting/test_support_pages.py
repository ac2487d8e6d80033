"""The pages of support, as HTML, and the same as JSON: the ledger, a request, budget lines, coverage, activities."""

import csv
import io
import re
from html import unescape

import pytest
from reporting.api import routes
from reporting.domain.support import Grant, LineMovement
from shared.http import application
from shared.testing.memory import MemoryReader
from starlette.testclient import TestClient
from unit.reporting import story, support_story
from unit.reporting.test_reporting_pages import Checker, serve, words

PATHS = (
    "/pages/2021/support",
    "/pages/2021/support?state=failed&lang=en",
    "/pages/2021/support?q=zzz",
    "/pages/requests/HT-007",
    "/pages/requests/HT-010?lang=en",
    "/pages/2021/lines",
    "/pages/2021/lines?lang=en",
    "/pages/2021/lines/renewal?after=50",
    "/pages/2021/coverage",
    "/pages/2021/coverage?which=covered&lang=en",
    "/pages/2021/activities",
    "/pages/2021/activities?lang=en",
    "/pages/2030/support",
    "/pages/2030/lines",
    "/pages/2030/coverage",
    "/pages/2030/activities",
)


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(application(routes(MemoryReader(support_story.year_2021()["reporting"]))), follow_redirects=False)


@pytest.mark.parametrize("path", PATHS)
def test_page_is_sound_html_and_every_link_of_it_leads_somewhere(client: TestClient, path: str) -> None:
    answer = client.get(path)
    checker = Checker()
    checker.feed(answer.text)
    assert (answer.status_code, checker.open, checker.forbidden) == (200, [], [])
    assert sorted(set(checker.ids)) == sorted(checker.ids)
    addresses = {unescape(a) for a in checker.addresses if a.startswith("/")}
    assert {a: client.get(a, follow_redirects=True).status_code for a in addresses} == dict.fromkeys(addresses, 200)


def test_ledger_shows_requests_with_their_money_and_totals_that_close(client: TestClient) -> None:
    text = words(client.get("/pages/2021/support").text)
    assert "Công ty Cổ phần Bánh kẹo Tràng An ◆ số liệu giả định HT-007 06/12/2021" in text
    assert (
        "✕ Hậu kiểm không đạt" not in text
        and "Hậu kiểm không đạt 45.000.000 – 40.000.000 15.000.000 10.000.000 5.000.000" in text
    )
    assert "tạm giữ vì trùng lắp" in text
    json = client.get("/years/2021/support?limit=500").json()
    for total, of in (("granted", "amount"), ("to_recover", "to_recover"), ("recovered", "recovered"), ("balance", "balance")):
        assert json["totals"][total] == sum(item[of] for item in json["items"]) > 0
    assert json["totals"]["paid"] == sum(item["money"]["paid"] for item in json["items"])
    names = ("granted", "paying", "paid", "to_recover", "recovered", "balance")
    totals = " ".join(f"{json['totals'][name]:,}".replace(",", ".") for name in names)
    assert f"Tổng của mọi trang: {len(json['items'])} đề nghị ◆ số liệu giả định {totals}" in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("state=failed", ["HT-007", "HT-017"]),
        ("scheme=fair-abroad", ["HT-021", "HT-023", "HT-025", "HT-027", "HT-029", "HT-031"]),
        ("q=dien+quang", ["HT-001"]),
        ("q=0100000007", ["HT-007"]),
        ("q=ht-013", ["HT-013"]),
        ("state=failed&q=banh", ["HT-007"]),
        ("state=declined", []),
    ],
)
def test_ledger_is_filtered_by_state_scheme_and_enterprise_without_diacritics(
    client: TestClient, asked: str, found: list[str]
) -> None:
    html = client.get(f"/pages/2021/support?{asked}").text
    assert sorted(re.findall(r"HT-\d{3}(?=</a>)", html)) == found
    assert sorted(item["request_id"] for item in client.get(f"/years/2021/support?{asked}").json()["items"]) == found
    assert ("Không có đề nghị nào khớp." in html) is (not found)


def test_long_ledger_has_a_second_page_that_keeps_filter_and_search() -> None:
    client = serve(story.PLAN_60, *(story.granted(n, n) for n in range(1, 61)))
    first = client.get("/pages/2021/support?state=granted&q=cong").text
    next = unescape(re.findall(r'rel="next" href="([^"]*)"', first)[0])
    assert {"page=2", "state=granted", "q=cong"} <= set(next.partition("?")[2].split("&"))
    rows = [re.findall(r"HT-\d{3}(?=</a>)", page) for page in (first, client.get(next).text)]
    assert (len(rows[0]), len(rows[1])) == (50, 10)
    assert len({*rows[0], *rows[1]}) == 60


@pytest.mark.parametrize("path", ["/pages/2021/support?state=joy", "/pages/2021/support?page=9", "/pages/2021/coverage?which=x"])
def test_what_cannot_be_asked_is_said_on_a_page(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, "Không trả lời được" in words(answer.text)) == (400, True)


def test_request_shows_the_amount_step_by_step_and_the_story_with_its_events(client: TestClient) -> None:
    html = client.get("/pages/requests/HT-007").text
    text = words(html)
    for expected in (
        "Đề nghị hỗ trợ HT-007",
        "Được hỗ trợ 45.000.000 đồng Mức hỗ trợ hiện nay: 25.000.000 đồng",
        "Phải thu hồi 15.000.000 đồng Đã thu hồi: 10.000.000 đồng",
        "1. Đề nghị Số tiền đề nghị: 500.000.000 đồng.",
        "2. Tỷ lệ hỗ trợ 50 % × 90.000.000 đồng chi phí hợp lệ",
        "Căn cứ pháp lý TT 29/2018/TT-BTC",
        "10/12/2021 Ký hợp đồng Ký hợp đồng HD-1",
        "Hoàn trả Hoàn trả 10.000.000 đồng, chứng từ n7. Dịch vụ hỗ trợ",
    ):
        assert expected in text
    story = client.get("/grants/HT-007").json()["facts"]
    told = [fact["vi"].replace("\u00a0", " ") for fact in story]
    places = [text.index(sentence, text.index("Diễn biến")) for sentence in told]
    assert len(told) == 16 and places == sorted(places)
    assert all(fact["event_id"].rpartition("|")[2] in html for fact in story)
    assert "Payment order o1 sent to finance" in words(client.get("/pages/requests/HT-007?lang=en").text)


def test_declined_and_waiting_requests_say_why() -> None:
    client = serve(story.declined(35, 1), story.queued(36, 31))
    assert "đã được hỗ trợ theo đề nghị hỗ trợ HT-001." in words(client.get("/pages/requests/HT-035").text)
    assert "Dòng ngân sách 2021/fair-abroad chưa đủ tiền." in words(client.get("/pages/requests/HT-036").text)


@pytest.mark.parametrize("path", ["/pages/requests/HT-999", "/pages/2021/lines/none", "/pages/21/lines/x", "/pages/x/coverage"])
def test_what_is_not_there_is_a_404_page(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_lines_show_every_figure_and_close(client: TestClient) -> None:
    text = words(client.get("/pages/2021/lines").text)
    assert "Tham gia hội chợ, triển lãm ở nước ngoài ◆ số liệu giả định 2021/fair-abroad 3.000.000.000 540.000.000" in text
    json = client.get("/years/2021/lines").json()
    for line in (*json["items"], json["total"]):
        parts = ("reserved", "committed", "paying", "paid", "available")
        assert line["allocated"] == sum(line[part] for part in parts)
    assert json["total"]["allocated"] == 4_900_000_000
    assert "chưa khớp" not in text


def test_line_that_the_ledger_does_not_agree_with_says_so() -> None:
    client = serve(story.PLAN_60, story.allocated(), story.granted(1, 1))
    text = words(client.get("/pages/2021/lines").text)
    assert "các đề nghị cộng lại đang giữ 150.000.000 đồng, dòng ngân sách ghi 0 đồng" in text


def test_moves_of_a_line_come_page_by_page_in_their_order(client: TestClient) -> None:
    first = client.get("/pages/2021/lines/renewal").text
    assert "1. Điều chỉnh: được cấp Phân bổ ngân sách" in words(first)
    after = unescape(re.findall(r'rel="next" href="([^"]*)"', first)[0])
    second = client.get(after).text
    numbers = [int(n) for html in (first, second) for n in re.findall(r'<th scope="row">(\d+)\. ', html)]
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 50
    json = client.get("/lines/2021/renewal/movements?limit=3").json()
    assert ([item["number"] for item in json["items"]], json["next"]) == ([1, 2, 3], "3")
    assert client.get("/lines/2021/renewal/movements?limit=3&after=3").json()["items"][0]["number"] == 4


def test_coverage_shows_who_was_missed_and_in_kind_apart(client: TestClient) -> None:
    json = client.get("/years/2021/coverage").json()
    assert (json["enterprises"], json["covered"], json["missed"], json["in_kind"]) == (23, 22, 1, 2)
    (missed,) = [one for one in json["items"] if not one["covered"]]
    assert (missed["tax_code"], missed["in_kind"], missed["told"]) == (support_story.code(24), ["ket-noi"], ["2021-12-30"])
    text = words(client.get("/pages/2021/coverage").text)
    assert "Được hỗ trợ bằng tiền hoặc lớp học 22/23 95,65 %" in text
    assert f"{support_story.name(24)} 0100000024 ◆ số liệu giả định 30/12/2021 Kết nối cung cầu 2021" in text
    covered = words(client.get("/pages/2021/coverage?which=covered").text)
    assert f"{support_story.name(22)} 0100000022 ◆ số liệu giả định – Lớp truyền nghề mây tre đan" in covered


def test_merged_enterprise_is_covered_once_by_the_grants_of_both_codes(client: TestClient) -> None:
    (one,) = [item for item in client.get("/years/2021/coverage").json()["items"] if item["tax_code"] == support_story.code(3)]
    assert (one["covered"], sorted(one["requests"])) == (True, ["HT-002", "HT-003"])


def test_activities_show_who_joined_by_which_criteria(client: TestClient) -> None:
    text = words(client.get("/pages/2021/activities").text)
    for expected in (
        "Tiêu chí chọn: Theo thứ tự đăng ký",
        "16/12/2021 – 24/12/2021 ; không giới hạn số chỗ; 6 doanh nghiệp tham gia",
        "Đã thay đổi 06/12/2021: Thêm một ngày.",
        "Có mặt 17/12/2021 Có sản phẩm phù hợp nhu cầu",
        "Bị hủy ngày 03/12/2021: Dịch bệnh.",
        "3 người học",
        "Có người học (2) 20/12/2021",
        "HT-021 90.000.000 đồng",
    ):
        assert expected in text


def test_participation_outside_the_days_of_its_activity_counts_for_nobody() -> None:
    early = support_story.joined(1, on=story.date(2021, 12, 1))
    client = serve(*support_story.activities(), early, support_story.held("ket-noi", 2))
    (activity,) = [a for a in client.get("/years/2021/activities").json()["items"] if a["activity_id"] == "ket-noi"]
    assert activity["participants"] == []


def test_participation_is_the_same_whether_its_activity_is_announced_before_or_after() -> None:
    facts = [*support_story.activities(), support_story.joined(1), support_story.held("may-tre-dan", 2, 2)]
    answers = [serve(*told).get("/years/2021/activities").json()["items"] for told in (facts, facts[::-1])]
    seen = [[(a["activity_id"], [p["tax_code"] for p in a["participants"]]) for a in answer] for answer in answers]
    assert seen[0] == seen[1] and dict(seen[0])["may-tre-dan"] == [support_story.code(2)]


@pytest.mark.parametrize("page", ["support", "lines", "coverage", "activities"])
def test_year_without_data_says_so_in_words(client: TestClient, page: str) -> None:
    answer = client.get(f"/pages/2030/{page}")
    assert (answer.status_code, '<p class="empty">' in answer.text, "<table" in answer.text) == (200, True, False)


def test_files_of_the_tables_have_their_rows(client: TestClient) -> None:
    kept = support_story.year_2021()["reporting"]
    wanted = {
        "grants": len(kept.all(Grant)),
        "grant-stories": sum(len(grant.facts) for grant in kept.all(Grant)),
        "budget-lines": 2,
        "line-movements": len(kept.all(LineMovement)),
        "coverage": 23,
        "participations": 14,
    }
    read = lambda name: list(csv.DictReader(io.StringIO(client.get(f"/files/{name}.csv?year=2021").text)))  # noqa: E731
    assert {name: len(read(name)) for name in wanted} == wanted
    assert {row["request_id"]: row["balance_vnd"] for row in read("grants")}["HT-007"] == "5000000"
