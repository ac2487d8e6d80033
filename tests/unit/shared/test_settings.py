"""Settings from the environment: every mistake at once, the profile's defaults under what is said, nothing secret printed."""

import os
import subprocess
import sys
from typing import ClassVar

import pytest
from pydantic import ValidationError
from shared.settings import EMBEDDED, ServiceSettings

PASSWORD = "mat-khau-that-dai"
ENOUGH = {
    "KAFKA__BOOTSTRAP_SERVERS": "broker:9092",
    "MONGO__URI": f"mongodb://user:{PASSWORD}@store/",
    "OPERATOR_TOKEN": "operator-token-of-the-test",
}


class Settings(ServiceSettings):
    service: ClassVar[str] = "support"


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that says just what is needed."""
    for name in [n for n in os.environ if n.startswith(("KAFKA__", "MONGO__", "HTTP__")) or n in ("PROFILE", "INSTANCE")]:
        monkeypatch.delenv(name)
    for name, value in ENOUGH.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_defaults_are_those_of_production(environment: pytest.MonkeyPatch) -> None:
    settings = Settings()
    assert (settings.profile, settings.kafka.partitions, settings.kafka.idempotent) == ("production", 12, True)
    assert (settings.mongo.ids_per_find, settings.outbox_retention_days) == (1_000, 30)
    assert settings.database == "support"


def test_profile_lays_its_defaults_under_the_environment(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("PROFILE", "embedded")
    environment.setenv("KAFKA__PARTITIONS", "7")
    environment.setenv("MONGO__DATABASE", "support_replay")
    settings = Settings()
    told = settings.kafka.model_dump()
    assert {name: told[name] for name in EMBEDDED["kafka"]} == {**EMBEDDED["kafka"], "partitions": 7}
    assert (settings.mongo.ids_per_find, settings.outbox_retention_days) == (100, None)
    assert (settings.kafka.bootstrap_servers, settings.database) == ("broker:9092", "support_replay")


def test_profile_given_in_words_lays_its_defaults_too(environment: pytest.MonkeyPatch) -> None:
    assert Settings(profile="embedded").kafka.session_timeout_ms == EMBEDDED["kafka"]["session_timeout_ms"]


def test_every_mistake_is_told_at_once(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("KAFKA__BOOTSTRAP_SERVERS")
    environment.setenv("KAFKA__PARTITIONS", "0")
    environment.setenv("HTTP__PORT", "many")
    environment.setenv("OPERATOR_TOKEN", "short")
    environment.setenv("PROFILE", "testing")
    with pytest.raises(ValidationError) as error:
        Settings()
    assert sorted("__".join(map(str, e["loc"])).upper() for e in error.value.errors()) == [
        "HTTP__PORT",
        "KAFKA__BOOTSTRAP_SERVERS",
        "KAFKA__PARTITIONS",
        "OPERATOR_TOKEN",
        "PROFILE",
    ]


def test_misspelt_name_inside_a_section_is_a_mistake(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("KAFKA__PARTITION", "7")
    with pytest.raises(ValidationError) as error:
        Settings()
    assert [e["loc"] for e in error.value.errors()] == [("kafka", "partition")]


def test_secrets_are_not_printed(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("KAFKA__PASSWORD", PASSWORD)
    settings = Settings()
    for printed in (repr(settings), str(settings), settings.model_dump_json()):
        assert PASSWORD not in printed
        assert ENOUGH["OPERATOR_TOKEN"] not in printed


def command_of(asked: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line of a service under an environment that says nothing else."""
    bare = {n: v for n, v in os.environ.items() if not n.startswith(("KAFKA__", "MONGO__", "OPERATOR_TOKEN", "PROFILE"))}
    command = [sys.executable, "-m", "support.cli", asked]
    return subprocess.run(command, env={**bare, **environment}, capture_output=True, text=True, check=False)


def test_check_prints_the_settings_without_secrets() -> None:
    done = command_of("check", **ENOUGH)
    assert (done.returncode, PASSWORD in done.stdout, '"bootstrap_servers": "broker:9092"' in done.stdout) == (0, False, True)


def test_check_names_each_variable_that_is_wrong() -> None:
    done = command_of("check", OPERATOR_TOKEN="short", MONGO__URI=f"mongodb://user:{PASSWORD}@store/")
    named = [line.split(":")[0].strip() for line in done.stderr.splitlines()[1:]]
    assert (done.returncode, sorted(named)) == (1, ["KAFKA", "OPERATOR_TOKEN"])
    assert PASSWORD not in done.stderr
