"""Where scenarios come from: those of this package by name, or a file of lines.

A line of a file is a CloudEvent, or ``{"wait": "why"}``, or ``{"topic": "...", "raw": "..."}`` for bytes nobody checks.
"""

import json
from pathlib import Path

from shared.errors import Refusal

from chuluc.directory import OperatorError
from chuluc.publish import record_of
from chuluc.scenario import round2021
from chuluc.scenario.rounds import story as rounds
from chuluc.scenario.steps import PublishRaw, Scenario, Settle, Step
from chuluc.scenario.support import story as support

NAMED = {"2021": round2021.scenario, "rounds": rounds.scenario, "support": support.scenario}


def find(name: str) -> Scenario:
    """The scenario of this name, or of this file."""
    if name in NAMED:
        return NAMED[name]()
    file = Path(name)
    if not file.is_file():
        raise OperatorError(f"There is no scenario {name} and no file of that name; the scenarios are {', '.join(NAMED)}.")
    steps = tuple(_step(file, number, line) for number, line in enumerate(file.read_bytes().splitlines(), 1) if line.strip())
    return Scenario(name=f"file:{file.resolve()}", title=file.name, steps=steps)


def _step(file: Path, number: int, line: bytes) -> Step:
    try:
        said = json.loads(line)
        if isinstance(said, dict) and "wait" in said:
            return Settle(str(said["wait"]))
        if isinstance(said, dict) and "raw" in said:
            return PublishRaw(said["topic"], said["raw"].encode())
        entry = record_of(line)
        return PublishRaw(entry.topic, entry.value, entry.key)
    except (ValueError, KeyError, AttributeError, Refusal) as problem:
        raise OperatorError(f"{file} line {number} is no step of a scenario: {problem}") from None
