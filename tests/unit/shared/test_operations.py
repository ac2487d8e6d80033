"""What operators look at and decide, over a process that owns one of two partitions and has no engines."""

import asyncio
from collections import deque
from collections.abc import Iterator
from datetime import date

import pytest
from pydantic import SecretStr
from shared.audit import in_words
from shared.http import application
from shared.messaging.partition import Held, LogRecord, Partition
from shared.messaging.store import Owned
from shared.operations import routes
from shared.process import Process
from shared.settings import KafkaSettings, MongoSettings
from starlette.testclient import TestClient
from support.main import service
from support.settings import Settings

from shared import asyncapi

TOKEN = "token-of-an-operator"
SAID = {"reason": "lỗi đã sửa", "decided_by": "an"}
NOTHING = "127.0.0.1:1"


def held(ordinal: int, subject: str, why: str = "waits for rounds/2022") -> Held:
    record = LogRecord(0, f"portal|{ordinal}", "T", subject, b"{}", "hash", None, ordinal=ordinal)
    return Held(record, subject, why, date(2021, 4, 12))


@pytest.fixture(scope="module", name="http")
def _http() -> Iterator[TestClient]:
    async def made() -> Process:
        settings = Settings(
            kafka=KafkaSettings(bootstrap_servers=NOTHING, partitions=2),
            mongo=MongoSettings(uri=SecretStr(f"mongodb://{NOTHING}/"), timeout_ms=100),
            operator_token=SecretStr(TOKEN),
        )
        return Process(service, settings)

    process = asyncio.run(made())
    queues = {
        "HS-1": deque([held(7, "HS-1"), held(9, "HS-1")]),
        "HS-2": deque([held(12, "HS-2", "error: KeyError")]),
        "HS-3": deque([held(3, "HS-3")]),
    }
    process.core.owned[1] = Owned(Partition(1, held=queues), 1, "epoch", 0, 0)
    yield TestClient(application(routes(process, "1.0")), headers={"authorization": f"Bearer {TOKEN}"})
    process.database.close()


def test_held_heads_are_listed_in_order_with_what_stands_behind(http: TestClient) -> None:
    body = http.get("/held").json()
    assert [(item["id"], item["behind"], item["dead"]) for item in body["items"]] == [
        ("1/3", 0, False),
        ("1/7", 1, False),
        ("1/12", 0, True),
    ]
    assert body["next"] is None


def test_held_heads_are_paged(http: TestClient) -> None:
    first = http.get("/held?limit=2").json()
    second = http.get("/held", params={"limit": 2, "after": first["next"]}).json()
    assert (first["next"], [i["id"] for i in second["items"]], second["next"]) == ("1/7", ["1/12"], None)


@pytest.mark.parametrize("path", ["/held", "/rejections"])
@pytest.mark.parametrize("after", ["x", "1", "1/x", "/", "1/²"])
def test_page_after_something_that_is_no_place_is_refused(http: TestClient, path: str, after: str) -> None:
    answer = http.get(path, params={"after": after})
    assert (answer.status_code, answer.json()["slug"]) == (400, "after-not-valid")


@pytest.mark.parametrize(
    ("place", "body", "status", "slug", "en"),
    [
        ("1/7/redo", SAID, 400, "decision-not-known", "There is no decision redo; use redrive or discard."),
        ("1/7/redrive", [], 400, "body-not-valid", "The body must be a JSON object with reason and decided_by."),
        (
            "1/7/redrive",
            {"decided_by": "an"},
            400,
            "reason-needed",
            "reason is needed: why it is decided so, a text that is not empty, of at most 2000 characters.",
        ),
        (
            "1/7/discard",
            {"reason": "x", "decided_by": "  "},
            400,
            "decided-by-needed",
            "decided_by is needed: who decides, a text that is not empty, of at most 2000 characters.",
        ),
        ("1/9/redrive", SAID, 404, "not-found", "No record holds a queue at 1/9; see /held."),
        ("1/8/redrive", SAID, 404, "not-found", "No record holds a queue at 1/8; see /held."),
        ("2/7/redrive", SAID, 404, "not-found", "No record holds a queue at 2/7; see /held."),
        (
            "0/7/redrive",
            SAID,
            409,
            "owned-elsewhere",
            "Partition 0 is owned by another instance of the service; send the decision on 0/7 to that one.",
        ),
    ],
)
def test_decision_that_cannot_be_taken_says_why(
    http: TestClient, place: str, body: object, status: int, slug: str, en: str
) -> None:
    answer = http.post(f"/held/{place}", json=body)
    said = answer.json()
    assert (answer.status_code, said["status"], said["slug"], said["en"]) == (status, status, slug, en)
    assert said["vi"] and answer.headers["content-type"] == "application/problem+json"


def test_decision_in_words_that_are_no_json_is_refused(http: TestClient) -> None:
    answer = http.post("/held/1/7/redrive", content=b"\xff{")
    assert (answer.status_code, answer.json()["slug"]) == (400, "body-not-valid")


@pytest.mark.parametrize("sent", [{"authorization": "Bearer wrong"}, {"authorization": ""}])
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/held/1/7/redrive"), ("GET", "/audit"), ("GET", "/state-hash"), ("GET", "/held"), ("GET", "/rejections")],
)
def test_what_decides_or_reads_everything_needs_the_token(http: TestClient, sent: dict[str, str], method: str, path: str) -> None:
    answer = http.request(method, path, headers=sent)
    assert (answer.status_code, answer.json()["slug"], answer.headers["www-authenticate"]) == (401, "token-needed", "Bearer")


def test_database_that_is_away_is_said_and_named_no_fault_of_the_question(http: TestClient) -> None:
    answer = http.get("/rejections")
    assert (answer.status_code, answer.json()["slug"]) == (503, "engine-away")


def test_event_page_is_served_with_its_own_policy(http: TestClient) -> None:
    answer = http.get("/asyncapi")
    assert (answer.status_code, answer.headers["content-security-policy"]) == (200, asyncapi.CONTENT_SECURITY_POLICY)
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("outcomes", "words"),
    [({}, "nothing received"), ({"refused": 2, "handled": 5}, "5 handled, 2 refused"), ({"held": 1}, "1 held")],
)
def test_audit_says_outcomes_in_words(outcomes: dict[str, int], words: str) -> None:
    assert in_words(outcomes) == words
