"""The directory of one `chuluc up`: what lies in it, who holds it, and how other commands find what runs.

DIR/run.json         addresses and process ids, there only while `up` runs
DIR/up.lock          held by the running `up`, with its process id
DIR/operator-token   what the services ask of whoever decides, or reads a whole log or state; readable by its owner only
DIR/journal.ndjson   everything published from here, in order
DIR/played.json      how far each scenario has been played
DIR/mongo            the embedded database; DIR/mongo.toml its settings, empty
DIR/logs             what each process said
DIR/broker.lock      publishers share it; whoever makes the topics of a new broker has it alone
DIR/topics-made      there while the broker's topics are; the services wait for it
"""

import fcntl
import json
import os
import secrets
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict
from shared.settings import EMBEDDED, KafkaSettings

SERVICES = ("applications", "scoring", "support", "reporting")
Profile = Literal["embedded", "production"]


class OperatorError(Exception):
    """What an operator has to be told: what happened and what to do next. The command ends with 1."""


class Run(BaseModel):
    """What run.json says: how to reach everything, and which processes it is."""

    model_config = ConfigDict(frozen=True)

    pid: int
    profile: Profile
    kafka: str
    mongo: str
    http: dict[str, str]
    pids: dict[str, int]
    logs: str
    control: int
    ready_seconds: float
    own_engines: bool

    def kafka_settings(self) -> KafkaSettings:
        """How this run's broker is reached."""
        return kafka_settings(self.kafka, self.profile)


def kafka_settings(address: str, profile: Profile) -> KafkaSettings:
    """Kafka by address, with what the profile of the engine asks for."""
    defaults = EMBEDDED["kafka"] if profile == "embedded" else {}
    return KafkaSettings(**{**defaults, "bootstrap_servers": address})


class Directory:
    """The files of one run."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.run_file = self.path / "run.json"
        self.journal = self.path / "journal.ndjson"
        self.played = self.path / "played.json"
        self.mongo = self.path / "mongo"
        self.logs = self.path / "logs"
        self._lock = self.path / "up.lock"
        self._held: int | None = None

    def hold(self) -> None:
        """Take the directory for this process until it ends; refuses one that a running `up` has."""
        self.logs.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = self._lock.read_text().strip() or "unknown"
            os.close(handle)
            raise OperatorError(
                f"{self.path} is in use by a running `chuluc up` (process {holder}); stop it first, or name another directory."
            ) from None
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        self._held = handle

    def release(self) -> None:
        """Give the directory back: nothing runs from here any more."""
        self.run_file.unlink(missing_ok=True)
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def token(self) -> str:
        """The operator's token, made on the first run."""
        file = self.path / "operator-token"
        if not file.exists():
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as stream:
                stream.write(secrets.token_urlsafe(32))
        return file.read_text().strip()

    def write_run(self, run: Run) -> None:
        """Say what runs, in one step: a reader sees the old file or the new one."""
        write_whole(self.run_file, run.model_dump_json(indent=2) + "\n")

    def read_run(self) -> Run:
        """What runs from this directory; says so where nothing does."""
        try:
            run = Run.model_validate_json(self.run_file.read_bytes())
            os.kill(run.pid, 0)
        except (FileNotFoundError, ProcessLookupError):
            raise OperatorError(f"Nothing runs from {self.path}; start it with `chuluc up --data {self.path}`.") from None
        return run

    def steps_played(self, scenario: str) -> int:
        """How many steps of a scenario were published and worked off."""
        return int(self._all_played().get(scenario, 0))

    def note_played(self, scenario: str, steps: int) -> None:
        """Remember how far a scenario has come."""
        write_whole(self.played, json.dumps({**self._all_played(), scenario: steps}, ensure_ascii=False))

    def _all_played(self) -> dict[str, int]:
        return json.loads(self.played.read_text()) if self.played.exists() else {}


def write_whole(file: Path, text: str) -> None:
    """Write a file so that no reader ever sees half of it."""
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    beside.write_text(text)
    beside.replace(file)
