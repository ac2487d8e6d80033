"""The operator's commands on a running `up`, each with what it is for; the tests in their order."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pymongo
import pytest
from chuluc.scenario.round2021 import scenario
from chuluc.scenario.steps import Publish
from shared.contracts.base import Data, make_event
from shared.contracts.department import CalendarIssued
from shared.contracts.finance import BudgetAllocated
from shared.contracts.portal import ApplicationFiled

from .running import Up

pytestmark = pytest.mark.timeout(600)
WHEN = datetime(2022, 1, 10, 2, tzinfo=UTC)
NEXT_DAY, DAY_BEFORE = "2022-01-11", "2022-01-10"
FOLLOW = Path(__file__).parents[2] / "deploy" / "consumers" / "follow.py"
HELD_ID = "HS-2031-001"


def line(data: Data, id: str, **attributes: Any) -> str:
    """One line for `publish`."""
    return make_event(data, id=id, time=WHEN).model_copy(update=attributes).to_json().decode()


def calendar(id: str) -> str:
    return line(CalendarIssued(calendar_id=id, holidays=(datetime(2022, 2, 1).date(),), legal_text="Lịch nghỉ"), id)  # noqa: DTZ001


def allocation(id: str, amount: int, *, line_id: str = "2022/fair-abroad", **attributes: Any) -> str:
    facts = {"line_id": line_id, "plan_id": "60/KH-UBND@2021", "year": 2022, "scheme_id": "fair-abroad", "amount": amount}
    return line(BudgetAllocated.model_validate({**facts, "legal_text": "Phân bổ"}), id, **attributes)


def for_a_round_never_opened() -> str:
    """A dossier of the scenario, filed again under a new number for a round that nobody opens."""
    filed = next(s.event.data for s in scenario().steps if isinstance(s, Publish) and isinstance(s.event.data, ApplicationFiled))
    return line(filed.model_copy(update={"application_id": HELD_ID, "round_id": "2031"}), "filed-2031")


def test_status_says_what_the_whole_costs(up: Up) -> None:
    said = json.loads(up.chuluc("status", "--json").stdout)
    assert {name: s["ready"] for name, s in said.pop("services").items()} == dict.fromkeys(up.run["http"], True)
    assert set(said) == {"ready_seconds", "resident_mb", "resident_mb_by_process", "cpu_percent"}
    assert said["ready_seconds"] == up.run["ready_seconds"]
    assert set(said["resident_mb_by_process"]) == {"up", *up.run["pids"]}
    assert said["resident_mb"] > max(said["resident_mb_by_process"].values()) > 10
    assert 0 <= said["cpu_percent"] < 200


def test_publish_answers_each_bad_line_and_sends_the_good_ones(up: Up, tmp_path: Path) -> None:
    lines = [
        calendar("calendar-2022"),
        "not json",
        calendar("x").replace("CalendarIssued", "CalendarForgotten"),
        allocation("y", 5, source="//industry.hanoi.gov.vn/portal"),
        allocation("z", 5).replace('"amount":5', '"amount":-5'),
        "",
        calendar("calendar-2022-again"),
    ]
    file = tmp_path / "events.ndjson"
    file.write_text("\n".join(lines))
    done = up.chuluc("publish", str(file))
    assert (done.returncode, done.stdout) == (1, "2 published, 4 refused\n")
    answers = [answer.split(": ")[:2] for answer in done.stderr.splitlines()]
    assert answers == [
        ["line 2", "not-json"],
        ["line 3", "unknown-type"],
        ["line 4", "publisher-may-not"],
        ["line 5", "invalid-data"],
    ]
    journal = (up.data / "journal.ndjson").read_text().splitlines()
    assert [json.loads(entry)["value"] for entry in journal[-2:]] == [lines[0], lines[-1]]


def test_refusal_is_logged_by_the_correlation_id_of_its_story(up: Up) -> None:
    done = up.chuluc("publish", "-", given=allocation("misnamed", 5, line_id="2022/fair", correlationid="story-7"))
    assert (done.returncode, done.stdout) == (0, "1 published, 0 refused\n")
    assert up.chuluc("wait").returncode == 0
    said = [entry for entry in up.logged("support") if entry.get("correlationid") == "story-7"]
    assert [(e["event"], e["reason"], e["causationid"], e["service"]) for e in said] == [
        ("support.record_refused", "line-misnamed", "misnamed", "support")
    ]


def test_raw_bytes_are_sent_and_answered_by_the_service(up: Up) -> None:
    before = len((up.data / "journal.ndjson").read_text().splitlines())
    done = up.chuluc("publish", "-", "--raw", "city.support.v1", given="xin hỗ trợ\n")
    assert (done.returncode, done.stdout) == (0, "1 published, 0 refused\n")
    assert up.chuluc("wait").returncode == 0
    (entry,) = (up.data / "journal.ndjson").read_text().splitlines()[before:]
    assert json.loads(entry) == {"topic": "city.support.v1", "key": None, "value": "xin hỗ trợ"}
    answers = [r for r in up.ask("support", "/rejections")["items"] if r["slug"] == "not-json"]
    assert [answer["rejected_source"] for answer in answers] == ["city.support.v1"]
    logged = [e for e in up.logged("support") if e.get("reason") == "not-json"]
    assert [(e["event"], bool(e["correlationid"])) for e in logged] == [("support.record_refused", True)]


def test_raw_bytes_need_a_topic_there_is(up: Up) -> None:
    done = up.chuluc("publish", "-", "--raw", "city.suport.v1", given="x\n")
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, "There is no topic city.suport.v1; the topics are:")


def test_day_begins_once(up: Up) -> None:
    done = up.chuluc("tick", NEXT_DAY)
    assert (done.returncode, done.stdout) == (0, f"{NEXT_DAY} has begun\n")
    assert up.chuluc("wait").returncode == 0
    assert {service: up.ask(service, "/status")["day"] for service in up.run["http"]} == dict.fromkeys(up.run["http"], NEXT_DAY)
    again = up.chuluc("tick", NEXT_DAY)
    assert (again.returncode, again.stderr.split(";")[0]) == (1, f"It is {NEXT_DAY} already")


def test_topic_of_values_says_what_the_file_of_the_day_before_says(up: Up) -> None:
    """Read by the consumer that others are given to copy."""
    follow = [sys.executable, str(FOLLOW), up.run["kafka"], "reporting.indicator-value.v1"]
    read = subprocess.run(follow, capture_output=True, text=True, check=True, timeout=60).stdout.splitlines()
    states = [json.loads(row)["state"] for row in read]
    file = httpx.get(f"{up.run['http']['reporting']}/files/indicator-values.ndjson?on={DAY_BEFORE}", timeout=30).text.splitlines()
    known = [json.loads(row) for row in file]
    told = {(state["indicator"], state["year"]): (state["exact"], state["unit"], state["made"]) for state in states}
    assert told == {(row["indicator"], row["year"]): (row["exact"], row["unit"], row["made"]) for row in known}
    assert len(told) > 10


def test_held_record_is_said_shown_redriven_and_discarded(up: Up) -> None:
    assert up.chuluc("publish", "-", given=for_a_round_never_opened()).returncode == 0
    waited = up.chuluc("wait")
    assert waited.returncode == 1
    place, kind, subject = waited.stderr.split()[:3]
    assert (place.split(":")[0], kind, subject) == ("applications", "waiting", HELD_ID)
    assert f"since {NEXT_DAY}: waits for rounds/2031" in waited.stderr
    assert place not in up.chuluc("deadletters", "list").stdout
    assert up.chuluc("deadletters", "list", "--all").stdout.splitlines()[0] == waited.stderr.strip()
    shown = json.loads(up.chuluc("deadletters", "show", place).stdout)
    assert (shown["service"], shown["dead"], json.loads(shown["event"])["id"]) == ("applications", False, "filed-2031")
    redriven = up.chuluc("deadletters", "redrive", place, "--reason", "once more", "--by", "test")
    assert (redriven.returncode, redriven.stdout) == (0, f"{place}: redrive written to the log of applications\n")
    assert up.chuluc("wait").stderr == waited.stderr
    discarded = up.chuluc("deadletters", "discard", place, "--reason", "no such round", "--by", "test")
    assert (discarded.returncode, discarded.stdout) == (0, f"{place}: discard written to the log of applications\n")
    assert (up.chuluc("wait").returncode, place in up.chuluc("deadletters", "list", "--all").stdout) == (0, False)
    assert up.chuluc("deadletters", "show", place).returncode == 1


def test_service_stopped_and_started_misses_nothing(up: Up) -> None:
    pids = up.run["pids"]
    assert up.chuluc("stop", "support").returncode == 0
    assert set(pids) - set(up.run["pids"]) == {"support"}
    published = up.chuluc("publish", "-", given="\n".join(allocation(f"part-{n}", 10**n) for n in range(6)))
    assert (published.returncode, published.stdout) == (0, "6 published, 0 refused\n")
    waited = up.chuluc("wait", "--seconds", "1")
    assert (waited.returncode, [row.split(":")[0] for row in waited.stderr.splitlines()][1:2]) == (1, ["  support"])
    assert up.chuluc("start", "support").returncode == 0
    assert {name for name, pid in up.run["pids"].items() if pid != pids[name]} == {"support"}
    assert up.chuluc("wait").returncode == 0
    lines = {item["id"]: item["allocated"] for item in up.ask("support", "/lines")["items"]}
    assert lines["2022/fair-abroad"] == 111_111


def test_reporting_is_built_anew_and_shows_the_same(up: Up) -> None:
    """The audit and the replay that follow find the new documents in use."""
    before, pid = up.year(), up.run["pids"]["reporting"]
    done = up.chuluc("rebuild", "reporting")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "reporting: the same; generation 1 is in use"), done.stdout
    assert (up.year(), up.run["pids"]["reporting"]) == (before, pid)
    other = up.chuluc("rebuild", "support")
    assert (other.returncode, other.stderr.split(";")[0]) == (1, "support does not keep its log for this")


def test_audit_finds_every_guarantee_kept(up: Up) -> None:
    done = up.chuluc("audit")
    rows = [row.split() for row in done.stdout.splitlines() if "kept" in row or "BROKEN" in row]
    assert (done.returncode, {row[2] for row in rows}) == (0, {"kept"}), done.stdout + done.stderr
    services = {(service, number) for service in up.run["http"] for number in "123"}
    between = {("journal", "3"), ("topics", "5"), ("days", "2"), ("registers", "2")}
    scarce = {("money", "4"), ("activities", "4"), ("places", "4")}
    assert {(row[0], row[1]) for row in rows} == services | between | scarce


def test_ranking_rebuilt_from_the_log_is_the_published_one(up: Up) -> None:
    done = up.chuluc("rounds", "verify", "2021")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "52 events rebuilt from the log: the same"), done.stderr
    said = json.loads(up.chuluc("rounds", "verify", "2021", "--json").stdout)
    assert said == {"year": 2021, "rounds": ["2021"], "events": 52, "differences": []}


def test_what_if_moves_a_product_and_publishes_nothing(up: Up) -> None:
    journal, before = (up.data / "journal.ndjson").read_bytes(), up.ask("scoring", "/rounds/2021/ranking")
    tenth = before["places"][9]["application_id"]
    done = up.chuluc("rounds", "what-if", "2021", "--score", f"{tenth}:tv-3:production-scale=18", "--json")
    assert done.returncode == 0, done.stderr
    moved = {m["application_id"]: (m["before"]["rank"], m["after"]["rank"]) for m in json.loads(done.stdout)["moved"]}
    assert (moved[tenth], len(moved)) == ((10, 13), 4)
    assert ((up.data / "journal.ndjson").read_bytes(), up.ask("scoring", "/rounds/2021/ranking")) == (journal, before)


@pytest.mark.parametrize(
    ("words", "vi", "en"),
    [
        (("verify", "2030"), "không có đợt nào của năm 2030 (có: 2021)", "has no round of 2030 (it has: 2021)"),
        (("what-if", "2021", "--score", "tv-3=18"), "tv-3=18 không đọc được", "tv-3=18 cannot be read"),
    ],
)
def test_what_rounds_cannot_answer_is_said_in_both_languages(up: Up, words: tuple[str, ...], vi: str, en: str) -> None:
    done = up.chuluc("rounds", *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert vi in done.stderr and en in done.stderr


@contextmanager
def changed(up: Up, collection: str, id: str, **fields: Any) -> Iterator[None]:
    """A row of support's database written over behind its back, and put back afterwards."""
    with pymongo.MongoClient[dict[str, Any]](up.run["mongo"]) as client:
        rows = client["support"][collection]
        before = rows.find_one({"id": id})
        assert before is not None
        rows.update_one({"_id": before["_id"]}, {"$set": fields})
        try:
            yield
        finally:
            rows.replace_one({"_id": before["_id"]}, before)


@pytest.mark.parametrize(
    ("collection", "id", "fields", "sentence"),
    [
        (
            "lines",
            "line:2021/fair-abroad",
            {"reserved": 3_000_000_001},
            "line 2021/fair-abroad: 3000000001 used of only 3000000000 allocated",
        ),
        ("requests", "9900000104/YC-F-01", {"granted": 1}, "request 9900000104/YC-F-01: 1 granted, 150000000 published"),
        (
            "places",
            "place:fair-2021-tokyo",
            {"taken": [{"request_id": f"YC-{n}", "tax_code": "9900000104"} for n in range(13)]},
            "activity fair-2021-tokyo: 13 places taken of 12 announced",
        ),
    ],
    ids=["money", "request", "place"],
)
def test_audit_names_what_was_tampered_with(up: Up, collection: str, id: str, fields: dict[str, Any], sentence: str) -> None:
    with changed(up, collection, id, **fields):
        done = up.chuluc("audit")
    broken = [row for row in done.stdout.splitlines() if "BROKEN" in row]
    assert (done.returncode, len(broken)) == (1, 1), done.stdout + done.stderr
    assert sentence in broken[0]


@pytest.mark.parametrize("service", ["applications", "reporting"])
def test_replay_says_the_same(up: Up, service: str) -> None:
    """The other two are replayed when the broker was lost, in test_up.py."""
    done = up.chuluc("replay", service)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "the same"), done.stdout + done.stderr
    assert up.ready(service)
