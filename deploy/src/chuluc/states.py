"""What reporting publishes as the latest state of each key, against what it answers over HTTP."""

from collections.abc import Iterable, Mapping
from typing import Any

Json = dict[str, Any]


def latest(events: Iterable[tuple[str, Json | None]]) -> tuple[dict[str, Json], list[str]]:
    """The data of each key's last event, and a sentence for each key whose last event is not its newest.

    `events` are key and event as they lie in the topic; None (a tombstone) takes the key away. A key belongs to one
    partition of the service's log, whose numbers rise; a state that was made again has the number of the one it repeats
    or a higher one.
    """
    last: dict[str, Json] = {}
    newest: dict[str, str] = {}
    for key, event in events:
        if event is None:
            last.pop(key, None)
            newest.pop(key, None)
        else:
            last[key] = event
            newest[key] = max(newest.get(key, ""), event["sequence"])
    breaches = [
        f"{key}: the last state is number {event['sequence']}, an earlier one {newest[key]}"
        for key, event in sorted(last.items())
        if event["sequence"] < newest[key]
    ]
    return {key: event["data"] for key, event in last.items()}, breaches


def unlike_shown(published: Mapping[str, Json], shown: Mapping[str, Json]) -> list[str]:
    """Keys whose published state is not what the service shows; what is shown may have more fields."""
    breaches: list[str] = []
    for key in sorted({*published, *shown}):
        if key not in shown:
            breaches.append(f"{key}: published, not shown")
        elif key not in published:
            breaches.append(f"{key}: shown, not published")
        else:
            breaches += [
                f"{key}: {field} is {value!r} as published, {shown[key].get(field)!r} as shown"
                for field, value in published[key].items()
                if shown[key].get(field) != value
            ]
    return breaches
