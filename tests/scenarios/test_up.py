"""`chuluc up` with scenario 2021 on the embedded engines, as an operator sees it: one run, the tests in their order."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from chuluc.scenario.round2021 import scenario
from chuluc.table import breaches

pytestmark = pytest.mark.timeout(600)
CHULUC = [sys.executable, "-m", "chuluc.cli"]
EXPECTED = scenario().expected
assert EXPECTED is not None


def chuluc(data: Path, *words: str, given: str = "", seconds: float = 240) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    command = [*CHULUC, *words, "--data", str(data)]
    return subprocess.run(command, input=given, capture_output=True, text=True, timeout=seconds, check=False)


def until(true: Callable[[], Any], seconds: float = 120) -> None:
    """Wait for something to come true."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come true"
        time.sleep(0.1)


def run_of(data: Path) -> dict[str, Any]:
    return json.loads((data / "run.json").read_text())


def ready(data: Path, service: str) -> bool:
    try:
        return httpx.get(f"{run_of(data)['http'][service]}/readyz", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def year(data: Path) -> dict[str, Any]:
    return httpx.get(f"{run_of(data)['http']['reporting']}/years/2021", timeout=30).json()


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, "subprocess.Popen[str]"]]:
    """A running `up` that has played the scenario."""
    data = tmp_path_factory.mktemp("up") / "data"
    said = data.with_name("said.txt")
    with said.open("w") as output:
        process = subprocess.Popen(
            [*CHULUC, "up", "--data", str(data), "--scenario", "2021"], stdout=output, stderr=output, text=True
        )
    try:
        until(lambda: "serving" in said.read_text() or process.poll() is not None, 240)
        assert process.poll() is None, said.read_text()
        yield data, process
    finally:
        process.kill()
        process.wait()


def test_table_is_what_was_published(up: tuple[Path, Any]) -> None:
    assert breaches(year(up[0]), EXPECTED) == []
    said = up[0].with_name("said.txt").read_text()
    assert all(name in said for name in EXPECTED.top10)
    assert f"page: {run_of(up[0])['http']['reporting']}/pages/2021" in said


def test_run_file_lets_anyone_join(up: tuple[Path, Any]) -> None:
    run = run_of(up[0])
    services = {"applications", "scoring", "support", "reporting"}
    assert (set(run["http"]), set(run["pids"])) == (services, {*services, "kafka", "mongo"})
    assert run["ready_seconds"] > 0


def test_second_up_on_the_directory_is_refused(up: tuple[Path, "subprocess.Popen[str]"]) -> None:
    refused = chuluc(up[0], "up")
    assert refused.returncode == 1
    assert f"process {up[1].pid}" in refused.stderr


def test_everything_is_worked_off_and_nothing_is_held(up: tuple[Path, Any]) -> None:
    done = chuluc(up[0], "wait")
    assert (done.returncode, done.stdout) == (0, "all worked off\n"), done.stderr


def test_status_reports_services_and_costs(up: tuple[Path, Any]) -> None:
    said = json.loads(chuluc(up[0], "status", "--json").stdout)
    assert {name: s["ready"] for name, s in said["services"].items()} == dict.fromkeys(run_of(up[0])["http"], True)
    assert {s["day"] for s in said["services"].values()} == {"2022-01-10"}
    assert said["resident_mb"] > 100
    assert said["cpu_percent"] > 0


def test_publish_answers_each_line_and_sends_the_good_ones(up: tuple[Path, Any]) -> None:
    event = {
        "specversion": "1.0",
        "id": "calendar-2022",
        "source": "//industry.hanoi.gov.vn/department",
        "type": "vn.gov.hanoi.industry.CalendarIssued.v1",
        "time": "2022-01-10T09:00:00+07:00",
        "data": {"calendar_id": "2022", "holidays": ["2022-02-01"], "legal_text": "test"},
    }
    done = chuluc(up[0], "publish", "-", given=f"not json\n{json.dumps(event)}\n")
    assert (done.returncode, done.stdout) == (1, "1 published, 1 refused\n")
    assert done.stderr.startswith("line 1: not-json: ")
    assert json.loads((up[0] / "journal.ndjson").read_text().splitlines()[-1])["value"] == json.dumps(event)


def test_earlier_day_cannot_begin(up: tuple[Path, Any]) -> None:
    assert chuluc(up[0], "tick", "2022-01-10").returncode == 1


def test_service_is_stopped_and_started_alone(up: tuple[Path, Any]) -> None:
    pids = run_of(up[0])["pids"]
    assert chuluc(up[0], "stop", "support").returncode == 0
    assert "support" not in run_of(up[0])["pids"]
    assert chuluc(up[0], "start", "support").returncode == 0
    now = run_of(up[0])["pids"]
    assert {name for name in pids if now[name] != pids[name]} == {"support"}


def test_killed_service_comes_back(up: tuple[Path, Any]) -> None:
    pid = run_of(up[0])["pids"]["scoring"]
    os.kill(pid, signal.SIGKILL)
    until(lambda: run_of(up[0])["pids"].get("scoring", pid) != pid and ready(up[0], "scoring"))
    assert chuluc(up[0], "wait").returncode == 0


def test_lost_broker_takes_nothing_with_it(up: tuple[Path, Any]) -> None:
    before, pid = year(up[0]), run_of(up[0])["pids"]["kafka"]
    os.kill(pid, signal.SIGKILL)
    until(lambda: run_of(up[0])["pids"].get("kafka", pid) != pid)
    until(lambda: all(ready(up[0], service) for service in run_of(up[0])["http"]))
    done = chuluc(up[0], "wait")
    assert done.returncode == 0, done.stderr
    assert year(up[0]) == before


def test_sigterm_ends_everything_and_a_later_up_goes_on(up: tuple[Path, "subprocess.Popen[str]"]) -> None:
    data, process = up
    pids, journal = run_of(data)["pids"], (data / "journal.ndjson").read_bytes()
    process.terminate()
    assert process.wait(60) == 0
    assert [name for name, pid in pids.items() if Path(f"/proc/{pid}").exists()] == []
    assert not (data / "run.json").exists()
    again = chuluc(data, "up", "--scenario", "2021", "--exit")
    assert again.returncode == 0, again.stdout + again.stderr
    assert (data / "journal.ndjson").read_bytes() == journal
