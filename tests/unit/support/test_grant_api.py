"""What a person or a system reads of a grant: its life in both languages, payments, recoveries, debts."""

from typing import Any

import pytest
from shared.http import application
from shared.testing.memory import MemoryReader
from starlette.testclient import TestClient
from support.api import routes
from unit.support.cases import MILLION, A, B, project, recognised
from unit.support.grant_cases import ID, SET_UP, TO_STATE, agreed, asked, granted, made, repaid, withdrawn

OTHER = {"grant_id": f"{B}/r2"}


@pytest.fixture(scope="module")
def client() -> TestClient:
    city = granted(
        *TO_STATE["failed"],
        repaid(),
        recognised(B),
        project("r2", B),
        agreed(**OTHER),
        asked(**OTHER),
        made(**OTHER),
        asked("o2", MILLION, **OTHER),
        withdrawn(**OTHER),
        repaid(**OTHER),
        of=SET_UP,
    )
    return TestClient(application(routes(MemoryReader(city["support"]))))


def get(client: TestClient, path: str) -> Any:
    answer = client.get(path)
    return answer.status_code, answer.json()


def test_grant_tells_its_life_with_its_money(client):
    status, body = get(client, "/grants/r1")
    assert status == 200
    assert body["explanation"]["vi"][-6:] == [
        "anna đề nghị chi 30.000.000 đồng, lệnh o9.",
        "Đã chi 30.000.000 đồng, lệnh o9.",
        "Đã chi đủ mức quyết toán 40.000.000 đồng.",
        "Hậu kiểm không đạt, phải thu hồi 15.000.000 đồng: Đã xem.",
        "Hoàn trả 10.000.000 đồng, chứng từ n1.",
        "Nay: hậu kiểm không đạt; được hưởng tối đa 25.000.000 đồng, đã chi 40.000.000 đồng, đang chi 0 đồng, "
        "còn phải hoàn trả 5.000.000 đồng.",
    ]
    assert body["grant"]["state_text"]["en"] == "checked afterwards and failed"
    assert body["grant"]["money"] == {
        "granted": 45 * MILLION,
        "entitled": 25 * MILLION,
        "paying": 0,
        "paid": 40 * MILLION,
        "due_back": 15 * MILLION,
        "repaid": 10 * MILLION,
        "held": 30 * MILLION,
        "payable": 0,
        "pending": 0,
        "balance": 5 * MILLION,
    }
    assert (body["state"], body["held"]) == ("granted", 30 * MILLION)
    assert [step["action"] for step in body["grant"]["history"]] == [
        "agree", "order", "pay", "claim", "accept", "order", "pay", "settle", "fail", "repay",
    ]  # fmt: skip


def test_withdrawn_grant_is_shown_as_cancelled(client):
    status, body = get(client, "/grants?state=cancelled")
    assert (status, [(i["request_id"], i["held"]) for i in body["items"]]) == (200, [("r2", MILLION)])


def test_payments_are_listed_with_their_state_and_paged(client):
    status, body = get(client, "/grants/r1/payments")
    assert (status, [(p["order_id"], p["kind"], p["state"]) for p in body["items"]]) == (
        200,
        [("o1", "advance", "paid"), ("o9", "final", "paid")],
    )
    first = get(client, f"/grants/{ID}/payments?limit=1")[1]
    assert ([p["id"] for p in first["items"]], first["next"]) == (["o1"], "o1")
    assert [p["id"] for p in get(client, f"/grants/{ID}/payments?limit=1&after=o1")[1]["items"]] == ["o9"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [("", [(ID, 5 * MILLION)]), ("?state=open", [(ID, 5 * MILLION)]), ("?state=repaid", [(f"{B}/r2", 0)])],
)
def test_recoveries_are_listed_by_state(client, query, expected):
    status, body = get(client, f"/recoveries{query}")
    assert (status, [(r["id"], r["balance"]) for r in body["items"]], body["next"]) == (200, expected, None)
    assert body["items"][0]["repayments"][0]["receipt_id"] == "n1"


def test_debts_of_an_enterprise_say_that_they_block_new_support(client):
    status, body = get(client, f"/debts/{A}-001")
    assert (status, body["tax_code"], body["balance"]) == (200, A, 5 * MILLION)
    assert body["debts"] == [{"grant_id": ID, "balance": 5 * MILLION}]
    assert ("5.000.000 đồng" in body["blocks"]["vi"], "VND 5,000,000" in body["blocks"]["en"]) == (True, True)
    for code in (B, "0999999999"):
        assert get(client, f"/debts/{code}") == (200, {"tax_code": code, "balance": 0, "debts": [], "blocks": None})


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("/grants/r99/payments", 404, "not-found"),
        ("/recoveries?state=closed", 400, "state-not-valid"),
        ("/recoveries?limit=0", 400, "limit-not-valid"),
        ("/debts/12", 400, "tax-code-not-valid"),
    ],
)
def test_question_without_an_answer_says_why(client, path, status, slug):
    answered, body = get(client, path)
    assert (answered, body["status"], body["slug"]) == (status, status, slug)
    assert body["vi"] and body["en"]
