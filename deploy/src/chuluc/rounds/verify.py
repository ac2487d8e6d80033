"""Whether the published ranking of a round is the one its log gives: every event, field by field."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from chuluc.rounds.rebuilt import Result

LABELS = ("application_id", "criterion", "slug")
"""Fields that name an item of a list, so that a difference names a dossier and not a place in a list."""


@dataclass(frozen=True)
class Difference:
    """One field of one event that is not the same; None where there is no such field or event."""

    event: str
    subject: str
    field: str
    published: Any
    rebuilt: Any

    def __str__(self) -> str:
        return f"{self.event} {self.subject} {self.field}: published {self.published!r}, the log gives {self.rebuilt!r}"


def differences(published: Iterable[Result], rebuilt: Iterable[Result]) -> list[Difference]:
    """Every field in which two lists of results differ; an event that is only in one differs in its id."""
    there, here = _by_name(published), _by_name(rebuilt)
    found: list[Difference] = []
    for name in sorted({*there, *here}):
        fields, wanted = there.get(name, {}), here.get(name, {})
        if not fields or not wanted:
            found.append(Difference(*name[:2], "id", fields.get("id"), wanted.get("id")))
            continue
        for key in dict.fromkeys((*wanted, *fields)):
            if fields.get(key) != wanted.get(key):
                found.append(Difference(*name[:2], key, fields.get(key), wanted.get(key)))
    return found


def _by_name(results: Iterable[Result]) -> dict[tuple[str, str, int], dict[str, Any]]:
    """The fields of each event by its type, what it is about, and which one of these it is."""
    seen: Counter[tuple[str, str]] = Counter()
    found: dict[tuple[str, str, int], dict[str, Any]] = {}
    for event in results:
        data = event.data
        name = (type(data).__name__, f"{data.round_id}/{getattr(data, 'application_id', '')}".rstrip("/"))
        seen[name] += 1
        found[*name, seen[name]] = {"id": event.id, **dict(_fields("", data.model_dump(mode="json")))}
    return found


def _fields(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Every plain value with its path; an item of a list under its label where it has one."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _fields(f"{path}.{key}" if path else key, inner)
    elif isinstance(value, list):
        yield f"{path}.count", len(value)
        for place, inner in enumerate(value):
            label = next((inner[key] for key in LABELS if isinstance(inner, dict) and key in inner), place)
            yield from _fields(f"{path}[{label}]", inner)
    else:
        yield path, value
