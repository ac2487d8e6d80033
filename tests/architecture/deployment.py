"""What the deployment files say, read for the tests that keep them true."""

import json
import re
from pathlib import Path

import yaml
from pydantic import BaseModel
from shared.settings import ServiceSettings

ROOT = Path(__file__).parents[2]
SERVICES = ("applications", "scoring", "support", "reporting")
ENGINES = ("kafka", "mongo-applications", "mongo-scoring", "mongo-support", "mongo-reporting")


def compose():
    """docker-compose.yml as Docker reads it, but for the variables."""
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))


def variables(settings=ServiceSettings, prefix=""):
    """Every environment variable the settings know, with its field."""
    found = {}
    for name, field in settings.model_fields.items():
        variable = f"{prefix}{name}".upper()
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            found |= variables(field.annotation, f"{variable}__")
        else:
            found[variable] = field
    return found


def interpolated(text):
    """The variables a compose file takes from .env, each with its default (None where it must be set)."""
    found = re.findall(r"(?<!\$)\$\{([A-Z_]+)(?::-([^}]*)|:\?[^}]*)?\}", text)
    return {name: default or None for name, default in found}


def env_example():
    """The variables of .env.example with the values shown, commented out or not."""
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    return dict(re.fullmatch(r"#?([A-Z_]+)=(.*)", line).groups() for line in lines if re.match(r"#?[A-Z_]+=", line))


def instructions(service):
    """The Dockerfile of a service: (instruction, argument) with continued lines joined and comments left out."""
    text = (ROOT / "services" / service / "Dockerfile").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [tuple(line.split(None, 1)) for line in joined.splitlines() if line.strip()]


def arguments(service, instruction):
    """The arguments of all instructions of a kind, in order."""
    return [argument for name, argument in instructions(service) if name == instruction]


def alerts():
    """Every alert of Prometheus."""
    files = sorted((ROOT / "deploy" / "prometheus" / "rules").glob("*.yml"))
    return [rule for file in files for group in yaml.safe_load(file.read_text("utf-8"))["groups"] for rule in group["rules"]]


def dashboard():
    """The dashboard of Grafana."""
    return json.loads((ROOT / "deploy" / "grafana" / "dashboards" / "chuluc.json").read_text("utf-8"))
