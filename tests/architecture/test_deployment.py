"""docker-compose.yml, the Dockerfiles and .env.example name only what is there, and give each service what it needs."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
from importlib import import_module, util
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from architecture.deployment import (
    ENGINES,
    ROOT,
    SERVICES,
    arguments,
    compose,
    env_example,
    instructions,
    interpolated,
    variables,
)
from pydantic import ValidationError
from shared.settings import ServiceSettings

COMPOSE = compose()
TEXT = (ROOT / "docker-compose.yml").read_text("utf-8")
PLAIN = {name: service for name, service in COMPOSE["services"].items() if "profiles" not in service}
UV = ROOT / ".tools" / "bin" / "uv"
READY = "http://127.0.0.1:8000/readyz"


def project(service):
    """The pyproject.toml of a service."""
    return tomllib.loads((ROOT / "services" / service / "pyproject.toml").read_text("utf-8"))


def test_without_profiles_compose_runs_engines_topics_and_services():
    assert set(PLAIN) == {*ENGINES, "topics", *SERVICES}


def test_profiles_hold_the_tools_and_nothing_else():
    assert {name: s["profiles"] for name, s in COMPOSE["services"].items() if "profiles" in s} == {
        "kafka-ui": ["tools"],
        "prometheus": ["observe"],
        "grafana": ["observe"],
    }


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_image_has_a_tag_that_is_a_version(name):
    image = COMPOSE["services"][name]["image"]
    tag = image.rpartition(":")[2]
    ours = image.startswith("chuluc/")
    assert tag == "${CHULUC_VERSION" or (ours and tag == "-dev}") or re.fullmatch(r"v?\d+(\.\d+)+", tag), image


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_build_names_a_context_and_a_dockerfile_that_are_there(name):
    service = COMPOSE["services"][name]
    if "build" not in service:
        assert not service["image"].startswith("chuluc/")
        return
    context = (ROOT / service["build"]["context"]).resolve()
    assert (context, (context / service["build"]["dockerfile"]).is_file()) == (ROOT, True)


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_volume_is_declared_or_a_path_of_the_tree(name):
    for volume in COMPOSE["services"][name].get("volumes", []):
        source = volume.split(":")[0]
        assert (ROOT / source).is_dir() if source.startswith(".") else source in COMPOSE["volumes"], volume


def test_every_declared_volume_is_used():
    used = {volume.split(":")[0] for service in COMPOSE["services"].values() for volume in service.get("volumes", [])}
    assert set(COMPOSE["volumes"]) == {name for name in used if not name.startswith(".")}


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_what_a_service_waits_for_is_there_and_can_be_waited_for(name):
    waits = COMPOSE["services"][name].get("depends_on", {})
    conditions = waits if isinstance(waits, dict) else {other: {"condition": "service_started"} for other in waits}
    for other, how in conditions.items():
        assert other in COMPOSE["services"]
        if how["condition"] == "service_healthy":
            assert "test" in COMPOSE["services"][other]["healthcheck"]


def test_ports_are_opened_on_the_chosen_address_and_each_once():
    ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert [port for port in ports if not port.startswith("${BIND_ADDRESS:-127.0.0.1}:")] == []
    outside = [port.removeprefix("${BIND_ADDRESS:-127.0.0.1}:").split(":")[0] for port in ports]
    assert len(outside) == len(set(outside))


# -- variables --------------------------------------------------------------------------------------------------------


def test_every_variable_of_the_compose_file_stands_in_the_example_and_no_other():
    assert set(env_example()) == set(interpolated(TEXT))


def test_example_shows_the_defaults_of_the_compose_file():
    shown, defaults = env_example(), interpolated(TEXT)
    assert {name: shown[name] for name, default in defaults.items() if default and shown[name]} == {
        name: default for name, default in defaults.items() if default and shown[name]
    }


def test_token_has_no_default_so_that_nobody_runs_with_a_known_one():
    assert (env_example()["OPERATOR_TOKEN"], interpolated(TEXT)["OPERATOR_TOKEN"]) == ("", None)


@pytest.mark.parametrize("service", SERVICES)
def test_service_is_given_only_variables_its_settings_know(service):
    settings = import_module(f"{service}.settings").Settings
    assert set(COMPOSE["services"][service]["environment"]) - set(variables(settings)) == set()


@pytest.mark.parametrize("service", SERVICES)
def test_settings_are_whole_with_what_compose_gives(service, monkeypatch):
    for variable in variables():
        monkeypatch.delenv(variable, raising=False)
    settings = import_module(f"{service}.settings").Settings
    with pytest.raises(ValidationError):
        settings()
    for variable, value in COMPOSE["services"][service]["environment"].items():
        monkeypatch.setenv(variable, re.sub(r"\$\{[A-Z_]+:-([^}]*)\}|\$\{.*\}", lambda m: m[1] or "0123456789abcdef", str(value)))
    made = settings()
    assert (made.profile, made.http.host, made.http.port, made.database) == ("production", "0.0.0.0", 8000, service)
    assert (made.kafka.bootstrap_servers, made.kafka.partitions, made.kafka.replication) == ("kafka:9092", 12, 1)


@pytest.mark.parametrize(
    "variable",
    [
        "KAFKA__SECURITY_PROTOCOL",
        "KAFKA__SASL_MECHANISM",
        "KAFKA__USERNAME",
        "KAFKA__PASSWORD",
        "KAFKA__CA_FILE",
        "INSTANCE",
        "PROFILE",
    ],
)
def test_variable_named_in_the_operators_guide_is_a_setting(variable):
    assert variable in variables(ServiceSettings)


def test_operators_guide_names_only_variables_that_are_read():
    guide = (ROOT / "deploy" / "compose" / "README.md").read_text("utf-8")
    named = set(re.findall(r"`([A-Z]+__[A-Z_]+|[A-Z]+_[A-Z_]+)\b", guide))
    builder = set(re.findall(r"--build-arg ([A-Z_]+)=", guide))
    assert named - set(variables()) - set(env_example()) == set()
    assert builder == {argument for service in SERVICES for argument in arguments(service, "ARG")}


# -- engines ----------------------------------------------------------------------------------------------------------


def test_broker_makes_no_topics_and_keeps_its_log_in_a_volume():
    kafka = COMPOSE["services"]["kafka"]
    assert kafka["environment"]["KAFKA_AUTO_CREATE_TOPICS_ENABLE"] == "false"
    assert f"kafka-data:{kafka['environment']['KAFKA_LOG_DIRS']}" in kafka["volumes"]
    assert kafka["environment"]["KAFKA_PROCESS_ROLES"] == "broker,controller"


def test_broker_has_a_protocol_for_every_listener():
    settings = COMPOSE["services"]["kafka"]["environment"]
    listeners = {part.split("://")[0] for part in settings["KAFKA_LISTENERS"].split(",")}
    mapped = {part.split(":")[0] for part in settings["KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"].split(",")}
    advertised = {part.split("://")[0] for part in settings["KAFKA_ADVERTISED_LISTENERS"].split(",")}
    assert (mapped, advertised) == (listeners, listeners - {"CONTROLLER"})


@pytest.mark.parametrize("service", SERVICES)
def test_service_uses_the_replica_set_that_its_own_database_makes(service):
    uri = urlsplit(COMPOSE["services"][service]["environment"]["MONGO__URI"])
    host = f"mongo-{service}"
    mongo = COMPOSE["services"][host]
    name = mongo["command"][mongo["command"].index("--replSet") + 1]
    check = mongo["healthcheck"]["test"][-1]
    assert (uri.hostname, parse_qs(uri.query)["replicaSet"], parse_qs(uri.query)["w"]) == (host, [name], ["majority"])
    assert f"_id: '{name}'" in check
    assert f"host: '{host}:27017'" in check
    assert mongo["volumes"] == [f"{host}:/data/db"]
    assert "ports" not in mongo


def test_topics_are_made_before_services_start_by_a_module_that_is_there():
    topics = COMPOSE["services"]["topics"]
    assert topics["command"][:2] == ["python", "-m"]
    assert util.find_spec(topics["command"][2]) is not None
    assert set(topics["environment"]) <= set(variables())
    waits = {service: COMPOSE["services"][service]["depends_on"]["topics"]["condition"] for service in SERVICES}
    assert waits == dict.fromkeys(SERVICES, "service_completed_successfully")


# -- images -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("service", SERVICES)
class TestService:
    def test_is_kept_running_stops_in_peace_and_is_healthy_when_ready(self, service):
        said = COMPOSE["services"][service]
        assert (said["restart"], said["stop_grace_period"]) == ("unless-stopped", "60s")
        assert READY in said["healthcheck"]["test"][-1]
        assert said["build"]["dockerfile"] == f"services/{service}/Dockerfile"
        assert READY in arguments(service, "HEALTHCHECK")[0]

    def test_runs_the_command_its_package_installs(self, service):
        (command,) = arguments(service, "CMD")
        assert json.loads(command) == [service, "run"]
        module, function = project(service)["project"]["scripts"][service].split(":")
        assert callable(getattr(import_module(module), function))

    def test_runs_as_nobody_in_particular(self, service):
        order = [name for name, _ in instructions(service)]
        assert arguments(service, "USER") == ["chuluc"]
        assert order.index("USER") < order.index("CMD")
        assert any("useradd --system" in run and run.endswith("chuluc") for run in arguments(service, "RUN"))

    def test_is_made_from_a_pinned_image_of_the_right_python(self, service):
        bases = {argument.split()[0] for argument in arguments(service, "FROM")}
        assert bases == {"python:3.11-slim"}

    def test_copies_only_what_is_there_and_no_other_service(self, service):
        own = [a for a in arguments(service, "COPY") if not a.startswith("--from")]
        sources = [source for argument in own for source in argument.split()[:-1]]
        assert [source for source in sources if not (ROOT / source).exists()] == []
        assert {source.split("/")[1] for source in sources if source.startswith("services/")} == {service}

    def test_lets_the_builder_see_what_it_copies(self, service):
        seen = [line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")]
        own = [a for a in arguments(service, "COPY") if not a.startswith("--from")]
        sources = [source.rstrip("/") for argument in own for source in argument.split()[:-1]]
        assert [source for source in sources if source.split("/")[0] not in seen] == []

    def test_installs_the_lock_with_hashes_and_then_shared_and_itself_only(self, service):
        lock, own = arguments(service, "RUN")[2:4]
        assert "uv pip install --require-hashes --no-deps --requirement needed.txt --constraint requirements.lock" in lock
        assert f" shared/pyproject.toml services/{service}/pyproject.toml -o needed.txt" in lock
        assert own.startswith(f"uv pip install --no-deps --no-build-isolation ./shared ./services/{service} ")

    def test_uses_the_uv_of_the_makefile(self, service):
        wanted = re.search(r"uv==([\d.]+)", (ROOT / "Makefile").read_text("utf-8"))[0]
        assert arguments(service, "RUN")[0] == f"pip install --no-cache-dir {wanted}"

    def test_depends_on_no_other_service_and_not_on_the_operators_command(self, service):
        needs = {re.match(r"[\w-]+", need)[0] for need in project(service)["project"]["dependencies"]}
        assert {need for need in needs if need.startswith("chuluc")} == {"chuluc-shared"}

    def test_differs_from_other_dockerfiles_by_its_name_only(self, service):
        texts = {(ROOT / "services" / s / "Dockerfile").read_text("utf-8").replace(s, "NAME") for s in (service, SERVICES[0])}
        assert len(texts) == 1


def test_shared_depends_on_none_of_our_packages():
    needs = tomllib.loads((ROOT / "shared" / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert [need for need in needs if need.startswith("chuluc")] == []


def test_image_of_one_service_holds_that_service_and_no_other(tmp_path):
    """The last step of its Dockerfile, in a new environment that sees the locked packages but nothing of ours."""
    service = "scoring"
    subprocess.run([UV, "venv", "--quiet", "--python", sys.executable, tmp_path], check=True)
    (packages,) = (tmp_path / "lib").glob("python*/site-packages")
    # A path in a .pth file is searched, but its own .pth files, through which our editable packages are seen, are not read.
    (packages / "locked.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    sources = [ROOT / "shared", ROOT / "services" / service]
    flags = ["--quiet", "--python", tmp_path / "bin" / "python", "--no-deps", "--no-build-isolation", "--offline"]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # where the build backend finds its program
    subprocess.run([UV, "pip", "install", *flags, *sources], check=True, env={**os.environ, "PATH": path})
    look = "import importlib.util as u, sys; print(*[name for name in sys.argv[1:] if u.find_spec(name)])"
    names = ["shared", "chuluc", *SERVICES]
    seen = subprocess.run([tmp_path / "bin" / "python", "-c", look, *names], capture_output=True, text=True, check=True)
    assert seen.stdout.split() == ["shared", service]
    # It starts: the command it installs says which settings it lacks. And it can serve its AsyncAPI document.
    check = subprocess.run([tmp_path / "bin" / service, "check"], capture_output=True, text=True, check=False, env={})
    assert "KAFKA" in check.stderr
    asks = f"from {service}.main import service; from shared.asyncapi import *; print(page(document(service, '1'))[:15])"
    page = subprocess.run([tmp_path / "bin" / "python", "-c", asks], capture_output=True, text=True, check=True)
    assert page.stdout == "<!doctype html>\n"
