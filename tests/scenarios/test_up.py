"""`chuluc up` with scenario 2021 on the embedded engines, as an operator sees it: one run, the tests in their order."""

import json
import os
import signal
from pathlib import Path

import pytest
from chuluc.scenario.round2021 import scenario
from chuluc.table import breaches

from .running import Up, chuluc, until

pytestmark = pytest.mark.timeout(600)
EXPECTED = scenario().expected
assert EXPECTED is not None


def test_table_is_what_was_published(up: Up) -> None:
    assert breaches(up.year(), EXPECTED) == []
    assert all(name in up.said for name in EXPECTED.top10)
    assert f"page: {up.run['http']['reporting']}/pages/2021" in up.said


def test_shares_of_the_city_are_those_of_the_story(up: Up) -> None:
    values = {target["indicator"]: target["value"] for target in up.year()["targets"]}
    assert (values["output-share"], values["exports-share"]) == (str(EXPECTED.output_share), str(EXPECTED.exports_share))


def test_run_file_lets_anyone_join(up: Up) -> None:
    services = {"applications", "scoring", "support", "reporting"}
    assert (set(up.run["http"]), set(up.run["pids"])) == (services, {*services, "kafka", "mongo"})
    assert up.run["ready_seconds"] > 0


def test_second_up_on_the_directory_is_refused(up: Up) -> None:
    refused = up.chuluc("up")
    assert refused.returncode == 1
    assert f"process {up.process.pid}" in refused.stderr


def test_everything_is_worked_off_and_nothing_is_held(up: Up) -> None:
    done = up.chuluc("wait")
    assert (done.returncode, done.stdout) == (0, "all worked off\n"), done.stderr


def test_killed_service_comes_back(up: Up) -> None:
    pid = up.run["pids"]["scoring"]
    os.kill(pid, signal.SIGKILL)
    until(lambda: up.run["pids"].get("scoring", pid) != pid and up.ready("scoring"))
    assert up.chuluc("wait").returncode == 0


def test_lost_broker_takes_nothing_with_it(up: Up) -> None:
    before, pid = up.year(), up.run["pids"]["kafka"]
    os.kill(pid, signal.SIGKILL)
    until(lambda: up.run["pids"].get("kafka", pid) != pid)
    until(lambda: all(up.ready(service) for service in up.run["http"]))
    done = up.chuluc("wait")
    assert done.returncode == 0, done.stderr
    assert up.year() == before


@pytest.mark.parametrize("service", ["scoring", "support"])
def test_replay_says_the_same_after_the_broker_was_lost(up: Up, service: str) -> None:
    """The order of the first log is kept in the database, see decision 0010."""
    done = up.chuluc("replay", service)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "the same"), done.stdout + done.stderr


def test_sigterm_ends_everything_and_a_later_up_goes_on(up: Up) -> None:
    pids, journal = up.run["pids"], (up.data / "journal.ndjson").read_bytes()
    up.process.terminate()
    assert up.process.wait(60) == 0
    assert [name for name, pid in pids.items() if Path(f"/proc/{pid}").exists()] == []
    assert not (up.data / "run.json").exists()
    again = chuluc(up.data, "up", "--scenario", "2021", "--exit")
    assert again.returncode == 0, again.stdout + again.stderr
    assert (up.data / "journal.ndjson").read_bytes() == journal
    assert json.loads((up.data / "played.json").read_text()) == {"2021": len(scenario().steps)}
