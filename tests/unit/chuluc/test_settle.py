"""Waiting for rest, and control of a running `up`: over real connections, against a service that says what it is told."""

import asyncio
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from chuluc.control import Order, ask, listen
from chuluc.directory import OperatorError, Run
from chuluc.services import Services
from chuluc.settle import Stuck, describe, held, settle

REST = {
    "service": "scoring",
    "ready": True,
    "intake": {"owner": True, "lag": 0},
    "lag": 0,
    "outbox": 0,
    "held": 0,
    "dead": 0,
    "handled": 5,
}
ITEM = {"id": "2/17", "subject": "HS-1", "why": "waits for rounds/2022", "since": "2021-04-12", "behind": 3, "dead": False}

DEAD = {"id": "3/1", "subject": "HS-2", "why": "error: KeyError", "since": "2021-04-13", "behind": 0, "dead": True}


@contextmanager
def service(*statuses: dict[str, Any]) -> Iterator[tuple[Run, list[str]]]:
    """A service whose /status says one after the other, the last for ever; and the paths it was asked."""
    asked: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place = min(asked.count("/status"), len(statuses) - 1)
            asked.append(self.path)
            pages = {"/held": {"items": [ITEM], "next": "2/17"}, "/held?after=2/17": {"items": [DEAD], "next": None}}
            body = json.dumps(pages.get(self.path, statuses[place])).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield run_of(f"http://127.0.0.1:{server.server_port}"), asked
    finally:
        server.shutdown()


def run_of(address: str, control: int = 0, **pids: int) -> Run:
    return Run(
        pid=1,
        profile="embedded",
        kafka="127.0.0.1:1",
        mongo="mongodb://127.0.0.1:1/",
        http={"scoring": address},
        pids=pids,
        logs="/data/logs",
        control=control,
        ready_seconds=1,
        own_engines=True,
    )


async def settled(run: Run, seconds: float, *, days_told: bool = False) -> None:
    async with Services(run) as services:
        await settle(services, seconds=seconds, days_told=days_told)


@pytest.mark.parametrize(
    "busy",
    [
        {"ready": False},
        {"intake": {"owner": True, "lag": 2}},
        {"lag": 1},
        {"outbox": 4},
        {"partitions": [{"partition": 0, "next": 3, "end": None, "published": 0, "counter": 0}]},
    ],
)
def test_wait_lasts_while_a_service_is_busy(busy: dict[str, Any]) -> None:
    with service({**REST, **busy}, {**REST, **busy, "handled": 6}, REST) as (run, asked):
        asyncio.run(settled(run, 20))
    assert asked.count("/status") >= 3


def test_wait_starts_again_when_something_changes_at_rest() -> None:
    with service(REST, {**REST, "handled": 6}) as (run, asked):
        asyncio.run(settled(run, 20))
    assert asked.count("/status") >= 3


def test_wait_lasts_until_days_are_told_where_that_is_asked() -> None:
    with service({**REST, "untold": True}, {**REST, "untold": True}, REST) as (run, asked):
        asyncio.run(settled(run, 20, days_told=True))
    assert asked.count("/status") >= 4
    with service({**REST, "untold": True}) as (run, _):
        asyncio.run(settled(run, 0.3))
        with pytest.raises(Stuck) as stuck:
            asyncio.run(settled(run, 0.3, days_told=True))
    assert "  scoring: a day that is over is not told to its log; see /data/logs/scoring.log" in str(stuck.value)


def test_wait_says_what_is_stuck_and_what_is_held() -> None:
    with service({**REST, "lag": 7}) as (run, _), pytest.raises(Stuck) as stuck:
        asyncio.run(settled(run, 0.3))
    assert str(stuck.value).splitlines()[1:3] == [
        "  scoring: 7 unhandled; see /data/logs/scoring.log",
        "  scoring:2/17 waiting HS-1 since 2021-04-12: waits for rounds/2022, 3 behind it",
    ]


def test_wait_says_how_to_start_a_service_that_was_stopped() -> None:
    with pytest.raises(Stuck) as stuck:
        asyncio.run(settled(run_of("http://127.0.0.1:9"), 0.3))
    assert str(stuck.value).splitlines()[1:] == ["  scoring: is stopped; start it: chuluc start scoring"]


def test_wait_names_the_log_of_a_service_that_runs_and_does_not_answer() -> None:
    with pytest.raises(Stuck) as stuck:
        asyncio.run(settled(run_of("http://127.0.0.1:9", scoring=os.getpid()), 0.3))
    assert str(stuck.value).splitlines()[1:] == ["  scoring: does not answer; see /data/logs/scoring.log"]


def test_held_records_of_all_pages_name_their_service() -> None:
    async def story(run: Run) -> list[str]:
        async with Services(run) as services:
            return [describe(name, item) for name, item in await held(services)]

    with service(REST) as (run, _):
        assert asyncio.run(story(run)) == [
            "scoring:2/17 waiting HS-1 since 2021-04-12: waits for rounds/2022, 3 behind it",
            "scoring:3/1 dead letter HS-2 since 2021-04-13: error: KeyError",
        ]


@pytest.mark.parametrize(
    ("token", "name", "problem"),
    [
        ("right", "scoring", None),
        ("wrong", "scoring", "The token is not the operator's."),
        ("right", "nobody", "There is no nobody."),
    ],
)
def test_order_is_carried_out_or_answered(token: str, name: str, problem: str | None) -> None:
    obeyed: list[Order] = []

    async def obey(order: Order) -> None:
        if order.service != "scoring":
            raise OperatorError(f"There is no {order.service}.")
        obeyed.append(order)

    async def story() -> str | None:
        server, port = await listen("right", obey)
        try:
            await ask(run_of("", port), Order(token=token, do="stop", service=name))
        except OperatorError as error:
            return str(error)
        finally:
            server.close()
        return None

    assert asyncio.run(story()) == problem
    assert [o.service for o in obeyed] == ([] if problem else ["scoring"])
