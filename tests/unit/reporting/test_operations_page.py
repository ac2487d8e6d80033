"""The operators' page: every instance as it is, also one that does not answer."""

import asyncio
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from reporting.api import routes
from reporting.main import service
from reporting.pages import flow
from shared.http import application
from shared.testing.memory import MemoryReader, run
from starlette.testclient import TestClient

WELL: dict[str, Any] = {
    "service": "scoring", "instance": "scoring-1", "version": "0.1.0", "ready": True, "day": "2021-11-26",
    "partitions": [{"partition": 0, "next": 12, "end": 15, "published": 7, "counter": 9, "held": 2, "dead": 1}],
    "intake": {"owner": True, "lag": 5}, "lag": 3, "outbox": 2, "held": 2, "dead": 1, "refused": 4, "handled": 1234,
    "duplicates": 0,
}  # fmt: skip


def answers(request: httpx.Request) -> httpx.Response:
    if request.url.host == "away":
        raise httpx.ConnectError("refused", request=request)
    if request.url.host == "broken":
        return httpx.Response(503)
    if request.url.host == "other":
        return httpx.Response(200, text="<html>")
    if request.url.host == "failing":
        return httpx.Response(200, json={**WELL, "dead": 0, "held": 0, "failing": "ZeroDivisionError('of a formula')"})
    return httpx.Response(200, json={**WELL, "dead": 0, "held": 0} if request.url.host == "well" else WELL)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    real = httpx.AsyncClient
    monkeypatch.setattr(flow.httpx, "AsyncClient", lambda timeout: real(timeout=timeout, transport=httpx.MockTransport(answers)))
    return TestClient(application(routes(MemoryReader(run(service)["reporting"]))))


def watch(client: TestClient, services: dict[str, list[str]]) -> None:
    client.app.state.settings = SimpleNamespace(services=services)  # type: ignore[attr-defined]


def test_without_addresses_the_page_says_what_to_set(client: TestClient) -> None:
    page = client.get("/pages/operations")
    assert (page.status_code, "SERVICES" in page.text) == (200, True)
    assert client.get("/operations").json() == {"items": [], "next": None}


@pytest.mark.parametrize(
    ("address", "state", "why"),
    [
        ("http://well", "ready", ""),
        ("http://sick/", "ready", ""),
        ("http://failing", "ready", "ZeroDivisionError('of a formula')"),
        ("http://away", "silent", "ConnectError: refused"),
        ("http://broken", "silent", "HTTPStatusError"),
        ("http://other", "silent", "JSONDecodeError"),
    ],
)
def test_instance_is_shown_as_it_is(client: TestClient, address: str, state: str, why: str) -> None:
    watch(client, {"scoring": [address]})
    (item,) = client.get("/operations").json()["items"]
    assert (item["service"], item["state"], item["why"].startswith(why)) == ("scoring", state, True)
    assert ("Mọi tiến trình đều sẵn sàng" in client.get("/pages/operations").text) is (address == "http://well")


def test_figures_are_those_the_instance_says(client: TestClient) -> None:
    watch(client, {"scoring": ["http://sick"]})
    (item,) = client.get("/operations").json()["items"]
    figures = {name: item[name] for name in ("unread", "lag", "unsent", "waiting", "dead", "refused", "handled")}
    assert figures == {"unread": 5, "lag": 3, "unsent": 2, "waiting": 1, "dead": 1, "refused": 4, "handled": 1234}
    html = client.get("/pages/operations?lang=en").text
    assert "26 November 2021" in html
    assert "1,234" in html
    assert "To be looked at now" in html


def test_instances_are_asked_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that hangs holds the page no longer than one that hangs alone would: every request is sent before any is answered."""
    sent: list[str] = []

    async def slow(request: httpx.Request) -> httpx.Response:
        sent.append(request.url.host)
        while len(sent) < 3:
            await asyncio.sleep(0)
        return httpx.Response(200, json=WELL)

    real = httpx.AsyncClient
    monkeypatch.setattr(flow.httpx, "AsyncClient", lambda timeout: real(timeout=timeout, transport=httpx.MockTransport(slow)))
    found = asyncio.run(asyncio.wait_for(flow.flow_of({"scoring": ["http://a", "http://b", "http://c"]}), 10))
    assert [i.state for i in found.instances] == ["ready"] * 3
