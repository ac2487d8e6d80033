"""The story of an event, request, certificate or dossier over all services: what brought it about, and what it brought about.

Each event names the one it answers (`causationid`) and the one that began the chain (`correlationid`). Where the cause is not
in the topics any more, the beginning of the chain stands for it. Only what an envelope says is shown, and the words an event
has for people: data that is sealed stays sealed.
"""

import json as jsonlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.text import Text
from rich.tree import Tree
from shared.contracts.base import SOURCE_PREFIX, TYPE_PREFIX
from shared.errors import Refusal
from shared.messaging.codec import Received, decode
from shared.messaging.topics import every_topic

from chuluc import settle
from chuluc.directory import Directory, OperatorError
from chuluc.services import Services
from chuluc.topics import Topics, read_all

console = Console()


@dataclass(frozen=True, slots=True)
class Told:
    """One event as a story tells it; `names` is all it can be found by, `place` where it stands in the order of the story."""

    identity: str
    id: str
    type: str
    source: str
    subject: str
    time: str
    topic: str
    names: frozenset[str]
    vi: str | None
    en: str | None
    answers: tuple[str, ...]
    place: tuple[int, str, int, int]

    @classmethod
    def of(cls, raw: dict[str, Any], record: Received) -> "Told":
        """An event of a record; `answers` are the ids to look for its cause under, the nearest first."""
        data = raw["data"] if isinstance(raw.get("data"), dict) else {}
        causes = (raw.get("causationid"), data.get("rejected_id"), raw.get("correlationid"))
        return cls(
            identity=f"{raw['source']}|{raw['id']}",
            id=raw["id"],
            type=raw["type"],
            source=raw["source"],
            subject=str(raw.get("subject") or ""),
            time=str(raw.get("time") or ""),
            topic=record.topic,
            names=frozenset({raw["id"], str(raw.get("subject") or ""), *(v for v in data.values() if isinstance(v, str))}),
            vi=data.get("vi") if isinstance(data.get("vi"), str) else None,
            en=data.get("en") if isinstance(data.get("en"), str) else None,
            answers=tuple(cause for cause in causes if isinstance(cause, str) and cause != raw["id"]),
            place=(record.timestamp, record.topic, record.partition, record.offset),
        )


@dataclass(frozen=True, slots=True)
class Node:
    """An event in the tree of a story; `asked` where it is one of those the story was asked for."""

    event: Told
    asked: bool
    children: tuple["Node", ...]


def read(topics: Topics) -> list[Told]:
    """Every event once, in the order it came: where it was published, before its copies in the logs of the services."""
    found: dict[str, Told] = {}
    for topic in sorted(topics, key=lambda name: (name.endswith(".log.v1"), name)):
        for record in topics[topic]:
            told = _told(record)
            if told is not None:
                found.setdefault(told.identity, told)
    return sorted(found.values(), key=lambda told: told.place)


def _told(record: Received) -> Told | None:
    """The event in a record; None where it is none, as a tombstone or what was refused on sight."""
    try:
        raw = decode(record)
    except Refusal:
        return None
    return Told.of(raw, record) if all(isinstance(raw.get(name), str) for name in ("id", "source", "type")) else None


def story(events: Iterable[Told], name: str) -> list[Node]:
    """The trees of what an id names: each from what began it, over the events asked for, to all that followed from them.

    An id names an event by its own id, or else every event that is about it: of that subject, or with it among its data.
    """
    events = list(events)
    asked = {e.identity for e in events if e.id == name} or {e.identity for e in events if name in e.names}
    parents = _parents(events)
    below: dict[str, list[Told]] = defaultdict(list)
    for event in events:
        if event.identity in parents:
            below[parents[event.identity]].append(event)
    above = {cause for identity in asked for cause in _above(identity, parents)}

    def node(event: Told, *, follows: bool) -> Node:
        follows = follows or event.identity in asked
        children = (e for e in below[event.identity] if follows or e.identity in above | asked)
        return Node(event, event.identity in asked, tuple(node(child, follows=follows) for child in children))

    return [node(e, follows=False) for e in events if e.identity in above | asked and e.identity not in parents]


def _parents(events: list[Told]) -> dict[str, str]:
    """The cause of each event, by identities; an id two publishers have used is taken for the earlier one."""
    by_id: dict[str, str] = {}
    for event in events:
        by_id.setdefault(event.id, event.identity)
    found: dict[str, str] = {}
    for event in events:
        cause = next((by_id[id] for id in event.answers if id in by_id), None)
        # A circle, which no publisher of ours makes, is cut where it would close.
        if cause is not None and event.identity not in {cause, *_above(cause, found)}:
            found[event.identity] = cause
    return found


def _above(identity: str, parents: dict[str, str]) -> Iterator[str]:
    """What brought an event about, from the nearest up."""
    while (cause := parents.get(identity)) is not None:
        yield cause
        identity = cause


# -- the command -----------------------------------------------------------------------------------------------------------


async def trace(directory: Directory, name: str, *, as_json: bool) -> int:
    """Print the story of an id, once everything is worked off."""
    run = directory.read_run()
    async with Services(run, directory.token()) as services:
        await settle.settle(services)
    topics = await read_all(run, sorted(topic for topic in every_topic() if not topic.endswith(".dead-letter")))
    return say(story(read(topics), name), name, as_json=as_json)


def say(trees: Sequence[Node], name: str, *, as_json: bool) -> int:
    """Print the trees; raises OperatorError where no event is about the name."""
    if not trees:
        raise OperatorError(f"No event is about {name}; give the id of an event, a request, a certificate or a dossier.")
    if as_json:
        print(jsonlib.dumps([_as_json(tree) for tree in trees], ensure_ascii=False, indent=2))
        return 0
    for tree in trees:
        root = Tree(_line(tree), guide_style="dim")
        _grow(root, tree)
        console.print(root, highlight=False, soft_wrap=True)
    return 0


def _grow(branch: Tree, node: Node) -> None:
    for child in node.children:
        _grow(branch.add(_line(child)), child)


def _line(node: Node) -> Text:
    """What happened, to what, said by whom and when; those asked for stand out."""
    event = node.event
    line = Text(f"{_short(event)} {event.subject}", style="bold" if node.asked else "")
    line.append(f"  {event.source.removeprefix(SOURCE_PREFIX)} {event.time} {event.id}", style="dim not bold")
    if event.vi:
        line.append(f"\n{event.vi}", style="italic not bold")
    return line


def _short(event: Told) -> str:
    """The name of the type without what all types have in common."""
    return event.type.removeprefix(TYPE_PREFIX).rpartition(".v")[0] or event.type


def _as_json(node: Node) -> dict[str, Any]:
    event = node.event
    attributes = {name: getattr(event, name) for name in ("id", "type", "source", "subject", "time", "topic")}
    words = {} if event.vi is None else {"vi": event.vi, "en": event.en}
    return {**attributes, **words, "asked": node.asked, "children": [_as_json(child) for child in node.children]}
