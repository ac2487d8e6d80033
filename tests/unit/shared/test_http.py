"""What every service answers over HTTP where it cannot answer: problems, pages, and engines that are away."""

from collections.abc import Callable
from typing import Any

import pytest
from applications.api import routes as applications
from applications.main import service as applications_service
from reporting.api import routes as reporting
from reporting.main import service as reporting_service
from scoring.api import routes as scoring
from scoring.main import service as scoring_service
from shared.errors import Infrastructure
from shared.http import application, one_of, page, page_asked, whole_number
from shared.messaging.reader import Reader
from shared.messaging.service import Service
from shared.testing.memory import City, MemoryReader
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.testclient import TestClient
from support.api import routes as support
from support.main import service as support_service

SERVICES: list[tuple[Service, Callable[[Reader], list[BaseRoute]]]] = [
    (applications_service, applications),
    (scoring_service, scoring),
    (support_service, support),
    (reporting_service, reporting),
]
LISTS = [
    (0, "/applications"), (0, "/enterprises"), (0, "/rounds"), (0, "/rules"),
    (1, "/rounds"), (1, "/recognitions"), (1, "/criteria"),
    (2, "/grants"), (2, "/lines"), (2, "/schemes"), (2, "/activities"),
    (3, "/plans"), (3, "/recognised-products"), (3, "/grants"), (3, "/indicators/output-share/2021"),
]  # fmt: skip


def serve(number: int) -> TestClient:
    service, routes = SERVICES[number]
    return TestClient(application(routes(MemoryReader(City.of(service)[service.name]))))


@pytest.mark.parametrize(("number", "path"), LISTS)
@pytest.mark.parametrize(("limit", "status"), [("1", 200), ("500", 200), ("501", 400), ("0", 400), ("-1", 400), ("²", 400)])
def test_every_list_takes_the_same_limits(number: int, path: str, limit: str, status: int) -> None:
    answer = serve(number).get(path, params={"limit": limit})
    assert answer.status_code == status
    if status == 400:
        assert answer.json() == {
            "status": 400,
            "slug": "limit-not-valid",
            "vi": f"limit={limit} không hợp lệ; hãy dùng số nguyên từ 1 đến 500.",
            "en": f"limit={limit} is not valid; use a whole number from 1 to 500.",
        }


@pytest.mark.parametrize(("number", "path"), LISTS)
def test_every_list_says_what_goes_on(number: int, path: str) -> None:
    body = serve(number).get(path).json()
    rows = body.get("rows", body)
    assert (rows["items"], rows["next"]) == ([], None)


@pytest.mark.parametrize("number", range(4))
def test_unknown_address_is_said_in_both_languages(number: int) -> None:
    answer = serve(number).get("/nowhere")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json() == {
        "status": 404,
        "slug": "address-not-known",
        "vi": "Không có gì tại địa chỉ /nowhere; hãy kiểm tra địa chỉ.",
        "en": "There is nothing at /nowhere; check the address.",
    }


def client(endpoint: Callable[[Request], Any]) -> TestClient:
    return TestClient(application([Route("/", endpoint)]), raise_server_exceptions=False)


@pytest.mark.parametrize(
    ("error", "status", "slug"),
    [
        (Infrastructure("database: away"), 503, "engine-away"),
        (TimeoutError(), 503, "engine-away"),
        (ZeroDivisionError("x"), 500, "fault"),
    ],
)
def test_error_becomes_a_problem_with_its_status(error: Exception, status: int, slug: str) -> None:
    async def endpoint(_: Request) -> Response:
        raise error

    answer = client(endpoint).get("/")
    assert (answer.status_code, answer.json()["slug"], sorted(answer.json())) == (status, slug, ["en", "slug", "status", "vi"])
    assert "away" not in answer.json()["vi"]


def test_wrong_method_is_a_problem() -> None:
    async def endpoint(_: Request) -> Response:
        return JSONResponse({})

    answer = client(endpoint).post("/")
    assert (answer.status_code, answer.json()["slug"]) == (405, "method-not-allowed")


@pytest.mark.parametrize(
    ("count", "shown", "after"), [(0, [], None), (1, ["0"], None), (2, ["0", "1"], None), (3, ["0", "1"], "1")]
)
def test_page_goes_on_only_where_there_is_more(count: int, shown: list[str], after: str | None) -> None:
    async def endpoint(request: Request) -> Response:
        limit, _ = page_asked(request)
        return page([{"id": str(n)} for n in range(count)][: limit + 1], limit)

    body = client(endpoint).get("/?limit=2").json()
    assert ([item["id"] for item in body["items"]], body["next"]) == (shown, after)


@pytest.mark.parametrize(
    ("query", "expected"),
    [("state=a&year=5", ["a", 5]), ("year=7", [None, 7]), ("state=c&year=5", "state-not-valid"), ("year=8", "year-not-valid")],
)
def test_parameter_is_one_of_those_known(query: str, expected: list[Any] | str) -> None:
    async def endpoint(request: Request) -> Response:
        year = whole_number(request.query_params["year"], "year", 5, 7)
        return JSONResponse([one_of(request, "state", ("a", "b")), year])

    answer = client(endpoint).get(f"/?{query}").json()
    assert (answer["slug"] if isinstance(answer, dict) else answer) == expected
