"""/rejections over a real database: pages that follow each other, filters, and nothing of how it is stored."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from harness.engines import Secantus
from pydantic import SecretStr
from shared.http import application
from shared.operations import routes
from shared.process import Process
from shared.settings import KafkaSettings, MongoSettings
from support.main import service
from support.settings import Settings

pytestmark = pytest.mark.anyio
SLUGS = ("not-json", "overlap", "not-json", "not-json", "overlap")


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


def row(place: int, slug: str) -> dict[str, Any]:
    number, ordinal = divmod(place, 3)
    notice = {"rejected_id": f"e{place}", "slug": slug, "vi": "Sai.", "en": "Wrong.", "raw": None}
    return {"_id": f"{number:03d}/{ordinal + 9:012d}", "p": number, **notice}


@pytest.fixture(scope="module")
async def http(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    with Secantus(tmp_path_factory.mktemp("store")) as store:
        mongo = MongoSettings(uri=SecretStr(store.uri), database=f"rejections_{uuid4().hex[:8]}", timeout_ms=2_000)
        kafka = KafkaSettings(bootstrap_servers="127.0.0.1:1", partitions=2)
        process = Process(service, Settings(kafka=kafka, mongo=mongo, operator_token=SecretStr("x" * 16)))
        await process.database["rejections"].insert_many([row(n, slug) for n, slug in enumerate(SLUGS)])
        token = {"authorization": f"Bearer {'x' * 16}"}
        transport = httpx.ASGITransport(app=application(routes(process, "1.0")))
        async with httpx.AsyncClient(transport=transport, base_url="http://test", headers=token) as client:
            yield client
        process.database.close()


async def ids(http: httpx.AsyncClient, **query: Any) -> tuple[list[str], str | None]:
    body = (await http.get("/rejections", params=query)).json()
    return [item["rejected_id"] for item in body["items"]], body["next"]


async def test_pages_follow_each_other_without_a_gap(http: httpx.AsyncClient) -> None:
    assert await ids(http, limit=2) == (["e0", "e1"], "0/10")
    assert await ids(http, limit=2, after="0/10") == (["e2", "e3"], "1/9")
    assert await ids(http, limit=2, after="1/9") == (["e4"], None)
    assert await ids(http, limit=5) == (["e0", "e1", "e2", "e3", "e4"], None)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"slug": "overlap"}, ["e1", "e4"]),
        ({"id": "e2"}, ["e2"]),
        ({"id": "e2", "slug": "overlap"}, []),
        ({"slug": "not-json", "after": "0/9"}, ["e2", "e3"]),
        ({"slug": "nothing"}, []),
    ],
)
async def test_refusals_are_found_by_id_and_slug(http: httpx.AsyncClient, query: dict[str, str], expected: list[str]) -> None:
    assert await ids(http, **query) == (expected, None)


async def test_nothing_of_the_storage_is_shown(http: httpx.AsyncClient) -> None:
    (item,) = (await http.get("/rejections", params={"id": "e0"})).json()["items"]
    assert item == {"rejected_id": "e0", "slug": "not-json", "vi": "Sai.", "en": "Wrong.", "raw": None}
