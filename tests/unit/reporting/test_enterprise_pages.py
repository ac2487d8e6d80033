"""The page of an enterprise, and the search that finds it, as HTML and as JSON."""

import re
from html import unescape

import pytest
from reporting.api import routes
from reporting.domain.enterprise import DirectoryEntry
from reporting.main import service
from shared.contracts.applications import EnterpriseRecorded
from shared.contracts.base import Data
from shared.http import application
from shared.testing.memory import MemoryReader, run
from starlette.testclient import TestClient
from unit.reporting import lives, story, support_story
from unit.reporting.support_story import code
from unit.reporting.test_reporting_pages import Checker, serve, words


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(application(routes(MemoryReader(support_story.year_2021()["reporting"]))), follow_redirects=False)


def recorded(n: int, name: str) -> EnterpriseRecorded:
    return EnterpriseRecorded(tax_code=code(n), name=name, in_the_city=True, supporting_industry=False)


def found(client: TestClient, query: str) -> list[str]:
    return re.findall(r'href="/pages/enterprises/(\d{10})"', client.get("/pages/enterprises", params={"q": query}).text)


@pytest.mark.parametrize("path", ["", "?q=an&lang=en", f"/{code(3)}", f"/{code(7)}", f"/{code(22)}"])
def test_page_is_sound_html_and_every_link_of_it_leads_somewhere(client: TestClient, path: str) -> None:
    answer = client.get(f"/pages/enterprises{path}")
    checker = Checker()
    checker.feed(answer.text)
    assert (answer.status_code, checker.open, checker.forbidden) == (200, [], [])
    assert sorted(set(checker.ids)) == sorted(checker.ids)
    addresses = {unescape(a) for a in checker.addresses if a.startswith("/")}
    assert {a: client.get(a, follow_redirects=True).status_code for a in addresses} == dict.fromkeys(addresses, 200)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("dien quang", [1]),
        ("Điện Quang", [1]),
        ("QUANG  đien", [1]),
        ("bong qu", [1]),  # the beginnings of words
        ("ien", []),  # not their middle
        ("o cho dua", [8]),
        ("0100000007", [7]),
        ("0100000007-001", [7]),
        ("(tràng an)", [7]),
        ("bánh kẹo xyz", []),
        ("!!!", []),
    ],
)
def test_search_ignores_diacritics_and_finds_by_the_beginnings_of_words_or_the_code(
    client: TestClient, query: str, codes: list[int]
) -> None:
    assert found(client, query) == [code(n) for n in codes]
    json = client.get("/enterprises", params={"q": query}).json()
    assert [item["tax_code"] for item in json["items"]] == [code(n) for n in codes]


NAMES = ("Ý Yên", "Ắc quy", "Áo sơ mi", "Ân Thi", "Bút bi", "Đay", "Da giày", "Dệt", "An Phú", "Á Châu", "Êm", "3 Miền")
ORDER = ("3 Miền", "Á Châu", "An Phú", "Áo sơ mi", "Ắc quy", "Ân Thi", "Bút bi", "Da giày", "Dệt", "Đay", "Êm", "Ý Yên")


def test_enterprises_stand_in_vietnamese_order() -> None:
    client = serve(*(recorded(n, name) for n, name in enumerate(NAMES, 1)))
    shown = re.findall(r'class="firm"[^>]*>([^<]*)</a>', client.get("/pages/enterprises").text)
    assert tuple(map(unescape, shown)) == ORDER


def test_long_search_goes_on_where_the_page_before_ended() -> None:
    client = serve(*(recorded(n, f"Công ty số {n:03d}") for n in range(1, 121)), recorded(500, "Khác"))
    pages = [client.get("/pages/enterprises?q=cong+ty").text]
    while next := re.findall(r'rel="next" href="([^"]*)"', pages[-1]):
        pages.append(client.get(unescape(next[0])).text)
    shown = [re.findall(r'href="/pages/enterprises/(\d{10})"', page) for page in pages]
    assert [len(codes) for codes in shown] == [50, 50, 20]
    assert [c for codes in shown for c in codes] == [code(n) for n in range(1, 121)]
    assert "50+ kết quả cho “cong ty”. Còn nữa; hãy gõ thêm từ để thu hẹp." in words(pages[0])


class Counting(MemoryReader):
    """A reader that keeps how many documents it was asked for at most, and gave."""

    def __init__(self, *events: Data) -> None:
        super().__init__(run(service, *events)["reporting"])
        self.given: list[int] = []

    async def list(self, *asked, **how):  # type: ignore[no-untyped-def]
        answer = await super().list(*asked, **how)
        self.given.append(len(answer))
        return answer


@pytest.mark.parametrize("asked", ["", "?q=cong", f"?q=cong&after={code(99)}"])
def test_search_reads_no_more_than_a_page_however_many_enterprises_there_are(asked: str) -> None:
    reader = Counting(*(recorded(n, f"Công ty số {n:03d}") for n in range(1, 201)))
    assert TestClient(application(routes(reader))).get(f"/pages/enterprises{asked}").status_code == 200
    assert max(reader.given) == 51


def test_page_of_an_enterprise_shows_everything_that_was_done_for_it(client: TestClient) -> None:
    text = words(client.get(f"/pages/enterprises/{code(7)}").text)
    for expected in (
        "Công ty Cổ phần Bánh kẹo Tràng An Mã số thuế 0100000007 , Đống Đa",
        "Giấy chứng nhận 1 1 đang còn hiệu lực",
        "Tiền đã nhận 30.000.000 đồng 1 đề nghị",
        "Còn phải trả lại 5.000.000 đồng",
        "Thuộc danh sách doanh nghiệp CNHT",
        "2021-007 Bình nước nóng ROSSI",
        "2021 Bình nước nóng ROSSI ◆ số liệu giả định HS-007 Được công nhận",
        "HT-007 ◆ số liệu giả định 06/12/2021 Đổi mới công nghệ, thiết bị Hậu kiểm không đạt",
        "2021 ◆ số liệu giả định 45.000.000 đồng 40.000.000 đồng 10.000.000 đồng 5.000.000 đồng",
        "2021 8.400.000.000 đồng ◆ số liệu giả định 1.000 USD",
    ):
        assert expected in text
    json = client.get(f"/enterprises/{code(7)}").json()
    assert (json["balance"], [r["year"] for r in json["results"]]) == (5_000_000, [2021, 2020])
    assert [request["request_id"] for request in json["requests"]] == ["HT-007"]
    took_part = words(client.get(f"/pages/enterprises/{code(22)}").text)
    assert "Lớp truyền nghề mây tre đan ◆ số liệu giả định Lớp truyền nghề Có người học (2) 20/12/2021" in took_part


def test_former_code_leads_to_the_page_of_the_present_one(client: TestClient) -> None:
    for path, language in (("/pages/enterprises", ""), ("/pages/enterprises", "?lang=en"), ("/enterprises", "")):
        answer = client.get(f"{path}/{code(2)}{language}")
        assert (answer.status_code, answer.headers["location"]) == (308, f"{path}/{code(3)}{language}")
    text = words(client.get(f"/pages/enterprises/{code(3)}").text)
    assert "Mã số cũ 0100000002 Công ty Cổ phần Ánh Dương , đến ngày 30/12/2021, nhập vào 0100000003" in text
    assert {"HT-002", "HT-003", "HS-002", "2021-002"} <= set(text.split())
    listed = words(client.get("/pages/enterprises?q=anh+duong").text)
    assert "Công ty Cổ phần Ánh Dương ◆ số liệu giả định (nay là 0100000003 )" in listed


CHAIN: tuple[Data, ...] = (
    *(recorded(n, f"Công ty {n}") for n in (1, 2, 3)),
    story.granted(1, 1),
    lives.merged(1, 2, story.date(2022, 2, 1)),
    lives.merged(2, 3, story.date(2023, 2, 1)),
)


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4, 5), (5, 4, 3, 2, 1, 0), (4, 0, 5, 2, 1, 3)])
def test_code_that_went_on_twice_is_known_at_the_end_of_the_chain_in_any_order(order: tuple[int, ...]) -> None:
    client = serve(*(CHAIN[n] for n in order))
    json = client.get(f"/enterprises/{code(3)}").json()
    assert [(one["tax_code"], one["into"], one["name"]) for one in json["former_codes"]] == [
        (code(1), code(2), "Công ty 1"),
        (code(2), code(3), "Công ty 2"),
    ]
    assert [request["request_id"] for request in json["requests"]] == ["HT-001"]
    assert client.get(f"/pages/enterprises/{code(1)}").headers["location"] == f"/pages/enterprises/{code(3)}"


def test_former_name_finds_the_enterprise_and_is_shown() -> None:
    events = (recorded(1, "Xí nghiệp Sao Vàng"), recorded(1, "Công ty Cao su Sao Vàng"))
    client = serve(*events)
    assert found(client, "xi nghiep") == [code(1)]
    assert "Tên cũ Xí nghiệp Sao Vàng" in words(client.get(f"/pages/enterprises/{code(1)}").text)
    entries = run(service, *events)["reporting"].all(DirectoryEntry)
    assert [entry.name for entry in entries] == ["Công ty Cao su Sao Vàng"]


@pytest.mark.parametrize("path", ["/pages/enterprises/0999999999", "/pages/enterprises/x", "/enterprises/0999999999"])
def test_unknown_enterprise_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_enterprise_the_programme_did_nothing_for_says_so() -> None:
    text = words(serve(recorded(1, "Mới")).get(f"/pages/enterprises/{code(1)}").text)
    assert "Chưa có hồ sơ, công nhận hay đề nghị hỗ trợ nào của doanh nghiệp này." in text


EMPTY = {"": "Chưa có doanh nghiệp nào được ghi nhận.", "abc": "Không có doanh nghiệp nào khớp."}


@pytest.mark.parametrize(("query", "text"), EMPTY.items())
def test_empty_search_says_so(query: str, text: str) -> None:
    assert text in words(serve().get(f"/pages/enterprises?q={query}").text)


def test_tables_that_name_an_enterprise_lead_to_its_page(client: TestClient) -> None:
    for path in ("/pages/2021", "/pages/2021/support", "/pages/requests/HT-007", "/pages/2021/indicators/production-growth"):
        assert f'href="/pages/enterprises/{code(7)}"' in client.get(path).text, path
        assert f'href="/pages/enterprises/{code(7)}?lang=en"' in client.get(f"{path}?lang=en").text, path
