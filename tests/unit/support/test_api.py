"""The HTTP interface: requests with their arithmetic in both languages, lines, schemes and activities."""

from datetime import date
from typing import Any
from unittest.mock import ANY

import pytest
from shared.http import application
from shared.testing.memory import MemoryReader
from starlette.testclient import TestClient
from support.api import routes
from unit.support.cases import LINE, MILLION, A, B, C, allocated, enterprise, fair, play, project, recognised, request, scheme
from unit.support.test_activities import cancelled
from unit.support.test_coverage import held, joined
from unit.support.test_overlap import reported, resolved


@pytest.fixture(scope="module")
def client() -> TestClient:
    city = play(
        fair("osaka", places=1),
        recognised(B),
        allocated(200 * MILLION),
        request("r1", f"{A}-001", made=True),
        request("r2", B, activity_id="osaka"),
        request("r3", C, activity_id="osaka"),
        request("r4", C),
        project("r5", B, year=2022),
        project("r6", A),
        enterprise(C, supporting_industry=False),
        request("r7", C),
    )
    return TestClient(application(routes(MemoryReader(city["support"]))))


def get(client: TestClient, path: str) -> Any:
    answer = client.get(path)
    return answer.status_code, answer.json()


def ids(client: TestClient, path: str) -> tuple[list[str], str | None]:
    status, body = get(client, path)
    assert status == 200
    return [item["request_id"] for item in body["items"]], body["next"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["r1", "r6", "r2", "r5", "r3", "r4", "r7"]),
        ("?year=2022", ["r5"]),
        ("?state=granted", ["r1", "r2"]),
        ("?state=declined", ["r7"]),
        ("?state=queued&year=2021", ["r6", "r3", "r4"]),
        (f"?tax_code={C}", ["r3", "r4", "r7"]),
        (f"?tax_code={A}-009&state=granted", ["r1"]),
        ("?tax_code=0999999999", []),
    ],
)
def test_grants_are_listed_by_year_state_and_enterprise(client, query, expected):
    assert ids(client, f"/grants{query}") == (expected, None)


def test_grants_are_paged(client):
    assert ids(client, "/grants?limit=3") == (["r1", "r6", "r2"], f"{B}/r2")
    assert ids(client, f"/grants?limit=4&after={B}/r2") == (["r5", "r3", "r4", "r7"], None)


def test_grant_explains_its_amount_to_a_person(client):
    status, body = get(client, "/grants/r1")
    assert status == 200
    explanation, steps, grant = body.pop("explanation"), body.pop("steps"), body.pop("grant")
    assert (grant["state"], grant["money"]["granted"]) == ("granted", 90 * MILLION)
    assert body == {
        "id": f"{A}/r1",
        "state": "granted",
        "waits_for": None,
        "request_id": "r1",
        "tax_code": A,
        "enterprise_name": "Công ty 1",
        "scheme_id": "fair-abroad",
        "scheme_version": "TT29-2018",
        "legal_text": "TT 29/2018/TT-BTC",
        "line_id": LINE,
        "activity_id": "hannover",
        "year": 2021,
        "requested_on": "2021-12-06",
        "made": True,
        "wanted": 90 * MILLION,
        "granted": 90 * MILLION,
        "held": 90 * MILLION,
        "reasons": [],
        "eligible": {
            "kind": "supporting-industry",
            "certificate": None,
            "clause": None,
            "vi": "Ngày 06/12/2021 thuộc đối tượng được hỗ trợ: doanh nghiệp công nghiệp hỗ trợ.",
            "en": "Among those the scheme is for on 2021-12-06: supporting industries.",
        },
        "waits": None,
        "in_line": None,
    }
    assert [step["rule"] for step in steps] == ["asked", "rate", "cap", "budget"]
    assert explanation == {
        "vi": [
            "Áp dụng chính sách Hội chợ ở nước ngoài, phiên bản TT29-2018 (TT 29/2018/TT-BTC).",
            "Ngày 06/12/2021 thuộc đối tượng được hỗ trợ: doanh nghiệp công nghiệp hỗ trợ.",
            "Số tiền đề nghị: 500.000.000 đồng.",
            "100 % × 90.000.000 đồng chi phí hợp lệ, làm tròn xuống nghìn đồng: 90.000.000 đồng.",
            "Mức tối đa cho một hoạt động của một doanh nghiệp: 150.000.000 đồng.",
            "Mức thấp nhất là 90.000.000 đồng; dòng ngân sách 2021/fair-abroad chi đủ.",
            "Được hỗ trợ 90.000.000 đồng.",
            "Nay: đã quyết định, chưa ký hợp đồng; được hưởng tối đa 90.000.000 đồng, đã chi 0 đồng, đang chi 0 đồng, "
            "còn phải hoàn trả 0 đồng.",
        ],
        "en": [
            "Decided by scheme Fair abroad, version TT29-2018 (TT 29/2018/TT-BTC).",
            "Among those the scheme is for on 2021-12-06: supporting industries.",
            "Asked for: VND 500,000,000.",
            "100% × VND 90,000,000 of eligible cost, rounded down to a thousand: VND 90,000,000.",
            "Most for one activity of one enterprise: VND 150,000,000.",
            "The least is VND 90,000,000; budget line 2021/fair-abroad pays it in full.",
            "Granted VND 90,000,000.",
            "Now: granted, no agreement yet; entitled to VND 90,000,000, VND 0 paid, VND 0 being paid, "
            "VND 0 still to be paid back.",
        ],
    }


def test_grant_quotes_the_clause_of_each_step():
    city = play(scheme("fair-other", rate_clause="Điều 5"), request("r1", A, scheme_id="fair-other"))
    body = get(TestClient(application(routes(MemoryReader(city["support"])))), "/grants/r1")[1]
    assert body["explanation"]["en"][3] == (
        "100% × VND 90,000,000 of eligible cost, rounded down to a thousand: VND 90,000,000 (Điều 5)."
    )
    assert [sentence.endswith(" (Điều 5).") for sentence in body["explanation"]["vi"][2:5]] == [False, True, False]


@pytest.mark.parametrize(
    ("id", "vi", "en"),
    [
        (
            "r3",
            "Hoạt động osaka đã hết chỗ; đề nghị đứng trong hàng và nhận chỗ khi đến lượt.",
            "Activity osaka is full; the request stands in line and gets a place when its turn comes.",
        ),
        (
            f"{B}/r5",
            "Ngân sách năm 2022 của chính sách Hội chợ ở nước ngoài chưa chi được 45.000.000 đồng; "
            "đề nghị đứng trong hàng theo thứ tự đến.",
            "The budget of 2022 of the scheme Fair abroad cannot pay VND 45,000,000 yet; "
            "the request stands in line in order of arrival.",
        ),
        ("r7", "Không được hỗ trợ.", "Declined."),
    ],
)
def test_grant_says_in_its_last_sentence_where_it_stands(client, id, vi, en):
    status, body = get(client, f"/grants/{id}")
    last = -2 if body["in_line"] else -1
    assert (status, body["explanation"]["vi"][last], body["explanation"]["en"][last]) == (200, vi, en)


def test_request_in_line_says_its_turn(client):
    status, body = get(client, "/grants")
    assert {r["request_id"]: r["in_line"] for r in body["items"] if r["in_line"]} == {
        "r3": {"position": 1, "of": 1},  # a place
        "r4": {"position": 1, "of": 1},  # money
        "r5": {"position": 1, "of": 1},
    }
    status, body = get(client, "/grants/r3")
    assert (status, body["in_line"]) == (200, {"position": 1, "of": 1})
    said = body["explanation"]["vi"][-1], body["explanation"]["en"][-1]
    assert said == ("Nay đứng thứ 1 trong 1 đề nghị đang chờ.", "It is number 1 of 1 in line now.")


def test_turn_before_a_day_of_allocation_is_the_one_by_rank():
    on = date(2021, 12, 11)
    asked = [request(f"r{n}", who, requested_on=date(2021, 12, 7 - n)) for n, who in enumerate((A, B, C), 1)]
    city = play(allocated(90 * MILLION, allocates_on=on), *asked, recognised(B))
    found = TestClient(application(routes(MemoryReader(city["support"]))))
    turns = {r["request_id"]: r["in_line"] for r in get(found, "/grants")[1]["items"]}
    assert turns == {"r2": {"position": 1, "of": 3}, "r3": {"position": 2, "of": 3}, "r1": {"position": 3, "of": 3}}


def waiting(request_id: str, tax_code: str, amount: int, **rank: object) -> dict[str, object]:
    """A request as it is shown in the queue of a line."""
    shown = {"request_id": request_id, "tax_code": tax_code, "amount": amount, "part": False}
    return shown | {"priority": 1, "requested_on": "2021-12-06"} | rank


def test_lines_show_money_and_queue(client):
    full = {
        "id": LINE,
        "plan_id": "60/KH-UBND@2021",
        "allocated": 200 * MILLION,
        "reserved": 180 * MILLION,
        "committed": 0,
        "paying": 0,
        "paid": 0,
        "available": 20 * MILLION,
        "released": 0,
        "carried": 0,
        "unanswered": 0,
        "allocates_on": None,
        "queue": [waiting("r4", C, 90 * MILLION, asked_at="2021-01-01T00:00:12Z")],
    }
    empty = {
        "id": "2022/renewal",
        "plan_id": None,
        "allocated": 0,
        "reserved": 0,
        "committed": 0,
        "paying": 0,
        "paid": 0,
        "available": 0,
        "released": 0,
        "carried": 0,
        "unanswered": 0,
        "allocates_on": None,
        "queue": [waiting("r5", B, 45 * MILLION, priority=0, asked_at="2021-01-01T00:00:13Z")],
    }
    assert get(client, f"/lines/{LINE}") == (200, full)
    assert get(client, "/lines") == (200, {"items": [full, empty], "next": None})
    assert get(client, "/lines?limit=1") == (200, {"items": [full], "next": LINE})
    assert get(client, f"/lines?after={LINE}") == (200, {"items": [empty], "next": None})


def test_movements_of_a_line_are_paged_by_number(client):
    status, body = get(client, f"/lines/{LINE}/movements?limit=2")
    assert (status, body["next"], [m["number"] for m in body["items"]]) == (200, "2", [1, 2])
    assert body["items"][1] == {
        "id": "2",
        "line_id": LINE,
        "number": 2,
        "day": "2021-01-01",
        "kind": "reserve",
        "amount": 90 * MILLION,
        "request_id": "r1",
        "tax_code": A,
        "other_line": None,
        "legal_text": None,
        "allocated": 200 * MILLION,
        "reserved": 90 * MILLION,
        "committed": 0,
        "paying": 0,
        "paid": 0,
        "available": 110 * MILLION,
    }
    status, body = get(client, f"/lines/{LINE}/movements?limit=2&after=2")
    assert (status, body["next"], [m["request_id"] for m in body["items"]]) == (200, None, ["r2"])
    assert get(client, "/lines/2021/none/movements") == (200, {"items": [], "next": None})


def test_lines_are_summed_by_plan_and_year(client):
    sums = {"committed": 0, "paying": 0, "paid": 0, "released": 0, "carried": 0}
    first = {"allocated": 200 * MILLION, "reserved": 180 * MILLION, "available": 20 * MILLION, **sums}
    none = {"allocated": 0, "reserved": 0, "available": 0, **sums}
    plan = {"id": "2021|60/KH-UBND@2021", "year": "2021", "plan_id": "60/KH-UBND@2021", "lines": 1, **first}
    unplanned = {"id": "2022|", "year": "2022", "plan_id": None, "lines": 1, **none}
    assert get(client, "/lines/totals") == (200, {"items": [plan, unplanned], "next": None, "total": 2})
    assert get(client, "/lines/totals?limit=1&after=2021|60/KH-UBND@2021")[1]["items"] == [unplanned]
    assert get(client, "/lines/totals?plan_id=60/KH-UBND@2021") == (200, {"items": [plan], "next": None, "total": 1})


def test_schemes_show_their_versions_once(client):
    status, body = get(client, "/schemes")
    versions = [(item["id"], [v["version"] for v in item["versions"]]) for item in body["items"]]
    assert (status, versions) == (200, [("fair-abroad", ["TT29-2018"]), ("renewal", ["KH35-2022"])])


def test_scheme_shows_its_versions_and_what_changed_between_two(client):
    status, body = get(client, "/schemes/fair-abroad")
    assert (status, body["id"], [v["version"] for v in body["versions"]]) == (200, "fair-abroad", ["TT29-2018"])
    same = {"from": "TT29-2018", "to": "TT29-2018", "changes": []}
    assert get(client, "/schemes/fair-abroad/changes?from=TT29-2018&to=TT29-2018") == (200, same)


def seat(request_id: str, tax_code: str, priority: int) -> dict[str, Any]:
    return {
        "request_id": request_id,
        "tax_code": tax_code,
        "priority": priority,
        "requested_on": "2021-12-06",
        "asked_at": ANY,
    }


def test_activities_show_places_taken_left_and_line(client):
    status, body = get(client, "/activities")
    shown = [(i["id"], i["places"], i["taken"], i["left"], i["waiting"], i["cancelled"]) for i in body["items"]]
    assert (status, shown) == (200, [("hannover", 12, 2, 10, [], None), ("osaka", 1, 1, 0, [seat("r3", C, 1)], None)])
    assert get(client, "/activities?limit=1")[1]["next"] == "hannover"


def test_activity_shows_who_joined_and_by_which_criteria(client):
    status, body = get(client, "/activities/osaka")
    assert (status, body["joined"], body["waiting"]) == (200, [seat("r2", B, 0)], [seat("r3", C, 1)])
    assert (body["kind"], body["criteria_vi"], body["criteria_en"]) == (
        "fair-abroad",
        "Theo thứ tự đăng ký",
        "First come, first served",
    )


@pytest.fixture(scope="module")
def year() -> TestClient:
    """A year with a meeting, a class, an overlap that is open and one that is resolved."""
    city = play(
        allocated(10**9),
        fair("meeting", places=None, kind="connection-meeting"),
        fair("basketry", places=None, kind="craft-class"),
        *map(recognised, (A, B, C)),
        request("r1", A),
        request("r2", B),
        reported("KC-1", A),
        reported("KC-2", B),
        resolved(report_id="KC-2", tax_code=B, request_id="r2"),
        joined(A),
        joined(C),
        held("an", "bình"),
        cancelled("meeting"),
    )
    return TestClient(application(routes(MemoryReader(city["support"]))))


def listed(client: TestClient, path: str, field: str) -> tuple[list[str], str | None]:
    status, body = get(client, path)
    assert status == 200
    return [item[field] for item in body["items"]], body["next"]


def test_activity_shows_who_joined_in_kind_learners_and_that_it_was_cancelled(year):
    status, body = get(year, "/activities/meeting")
    assert (status, [p["tax_code"] for p in body["in_kind"]], body["learners"], body["left"]) == (200, [A, C], 0, None)
    assert body["in_kind"][0]["criterion_vi"] == "Có sản phẩm chủ lực"
    assert body["cancelled"] == {"cancelled_on": "2021-12-06", "reason": "Ban tổ chức hủy hội chợ"}
    assert get(year, "/activities/basketry")[1]["learners"] == 2


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ([f"{A}/meeting", f"{C}/meeting"], None)),
        (f"?tax_code={C}-001", ([f"{C}/meeting"], None)),
        ("?activity_id=basketry", ([], None)),
        ("?limit=1", ([f"{A}/meeting"], f"{A}/meeting")),
        (f"?after={A}/meeting", ([f"{C}/meeting"], None)),
    ],
)
def test_participations_are_listed_by_enterprise_and_activity(year, query, expected):
    assert listed(year, f"/participations{query}", "id") == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["r1", "r2"]),
        ("?state=open", ["r1"]),
        ("?state=resolved", ["r2"]),
        (f"?tax_code={B}&state=open", []),
        (f"?tax_code={B}", ["r2"]),
    ],
)
def test_overlaps_are_listed_by_state_and_enterprise(year, query, expected):
    assert listed(year, f"/overlaps{query}", "request_id") == (expected, None)


def test_overlap_says_what_was_found_and_how_it_was_resolved(year):
    (open_one,) = get(year, "/overlaps?state=open")[1]["items"]
    (resolved_one,) = get(year, "/overlaps?state=resolved")[1]["items"]
    assert (open_one["reported"], open_one["granted"], open_one["outcome"]) == (180 * MILLION, 90 * MILLION, None)
    assert open_one["vi"].startswith("Hoạt động hannover đã được cơ quan khuyen-cong hỗ trợ 180.000.000 đồng (báo cáo KC-1)")
    assert open_one["en"].startswith("Activity hannover was supported by agency khuyen-cong with VND 180,000,000 (report KC-1)")
    assert (resolved_one["outcome"], resolved_one["resolved_by"]) == ("no-overlap", "so-cong-thuong")


def test_overlaps_are_paged(year):
    first, next = listed(year, "/overlaps?limit=1", "request_id")
    assert (first, listed(year, f"/overlaps?after={next}", "request_id")) == (["r1"], (["r2"], None))


def test_coverage_shows_both_numbers_and_lists_who_was_missed_or_reached(year):
    numbers = {"year": 2021, "recognised": 3, "covered": 2, "uncovered": 1}
    status, body = get(year, "/coverage?year=2021")
    assert (status, [i["tax_code"] for i in body["items"]], body["total"], body["next"]) == (200, [C], 1, None)
    assert (body["items"][0]["in_kind"], {name: body[name] for name in numbers}) == (["meeting"], numbers)
    status, body = get(year, "/coverage?year=2021&state=covered&limit=1")
    assert ([i["tax_code"] for i in body["items"]], body["total"], body["next"]) == ([A], 2, f"2021/{A}")
    assert get(year, "/coverage?year=2020")[1]["recognised"] == 0


@pytest.mark.parametrize(
    ("path", "status", "slug", "vi", "en"),
    [
        (
            "/grants/r99",
            404,
            "not-found",
            "Không có đề nghị hỗ trợ r99; xem /grants.",
            "There is no request r99; see /grants.",
        ),
        (
            "/lines/2021/none",
            404,
            "not-found",
            "Không có dòng ngân sách 2021/none; xem /lines.",
            "There is no budget line 2021/none; see /lines.",
        ),
        (
            "/schemes/none",
            404,
            "not-found",
            "Không có chính sách none; xem /schemes.",
            "There is no scheme none; see /schemes.",
        ),
        (
            "/schemes/renewal/changes?from=KH35-2022&to=x",
            404,
            "not-found",
            "to=x: chính sách renewal không có phiên bản này; các phiên bản: KH35-2022.",
            "to=x: scheme renewal has no such version; its versions: KH35-2022.",
        ),
        (
            "/lines/2021/fair-abroad/movements?after=x",
            400,
            "after-not-valid",
            "after=x không hợp lệ; hãy dùng số nguyên từ 0 đến 999999999.",
            "after=x is not valid; use a whole number from 0 to 999999999.",
        ),
        (
            "/activities/none",
            404,
            "not-found",
            "Không có hoạt động none; xem /activities.",
            "There is no activity none; see /activities.",
        ),
        (
            "/grants?state=paid",
            400,
            "state-not-valid",
            "state=paid không hợp lệ; hãy dùng một trong: asking, queued, granted, declined, cancelled.",
            "state=paid is not valid; use one of: asking, queued, granted, declined, cancelled.",
        ),
        (
            "/grants?year=20x",
            400,
            "year-not-valid",
            "year=20x không hợp lệ; hãy dùng số nguyên từ 2006 đến 2100.",
            "year=20x is not valid; use a whole number from 2006 to 2100.",
        ),
        (
            "/coverage",
            400,
            "year-not-valid",
            "year= không hợp lệ; hãy dùng số nguyên từ 2006 đến 2100.",
            "year= is not valid; use a whole number from 2006 to 2100.",
        ),
        (
            "/coverage?year=2021&state=none",
            400,
            "state-not-valid",
            "state=none không hợp lệ; hãy dùng một trong: uncovered, covered.",
            "state=none is not valid; use one of: uncovered, covered.",
        ),
        (
            "/overlaps?state=held",
            400,
            "state-not-valid",
            "state=held không hợp lệ; hãy dùng một trong: open, resolved.",
            "state=held is not valid; use one of: open, resolved.",
        ),
        (
            "/lines?limit=501",
            400,
            "limit-not-valid",
            "limit=501 không hợp lệ; hãy dùng số nguyên từ 1 đến 500.",
            "limit=501 is not valid; use a whole number from 1 to 500.",
        ),
    ],
)
def test_question_without_an_answer_says_why(client, path, status, slug, vi, en):
    assert get(client, path) == (status, {"status": status, "slug": slug, "vi": vi, "en": en})
