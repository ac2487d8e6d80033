"""`chuluc trace` on made topics: both ways, in order, over services, each event once."""

import json
from typing import Any

import pytest
from chuluc.directory import OperatorError
from chuluc.trace import Node, read, say, story
from shared.contracts.base import SOURCE_PREFIX, TYPE_PREFIX
from shared.messaging.codec import Received
from shared.testing.memory import City
from support.main import service as support
from unit.support.cases import MONDAY, day
from unit.support.grant_cases import SET_UP, agreed, granted, revoked

Topics = dict[str, list[Received]]


def event(id: str, cause: str | None = None, *, type: str = "Happened", root: str | None = None, **more: Any) -> dict[str, Any]:
    chain = {"causationid": cause, "correlationid": root or cause or id}
    facts = {"id": id, "source": f"{SOURCE_PREFIX}support", "type": f"{TYPE_PREFIX}{type}.v1", "subject": f"s-{id}", "data": {}}
    said = {**facts, "time": "2021-12-06T02:00:00Z", "specversion": "1.0", **chain, **more}
    return {name: value for name, value in said.items() if value is not None}


def topic(name: str, *events: dict[str, Any], start: int = 0) -> Topics:
    """A topic whose records came one millisecond after the other."""
    return {name: [Received(name, 0, n, None, json.dumps(e).encode(), (), start + n) for n, e in enumerate(events)]}


def outline(trees: list[Node], depth: int = 0) -> list[str]:
    """A tree as indented ids, * before those asked for."""
    lines: list[str] = []
    for tree in trees:
        lines += [f"{'  ' * depth}{'*' if tree.asked else ''}{tree.event.id}", *outline(list(tree.children), depth + 1)]
    return lines


def told(topics: Topics, name: str) -> list[str]:
    return outline(story(read(topics), name))


CHAIN = topic("a.x.v1", event("a"), event("b", "a"), event("c", "b", root="a"), event("d", "a"), event("e", "c", root="a"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a", ["*a", "  b", "    c", "      e", "  d"]),
        ("b", ["a", "  *b", "    c", "      e"]),
        ("c", ["a", "  b", "    *c", "      e"]),
        ("e", ["a", "  b", "    c", "      *e"]),
        ("s-d", ["a", "  *d"]),
        ("none", []),
    ],
)
def test_story_goes_both_ways_and_leaves_out_what_is_beside_it(name, expected):
    assert told(CHAIN, name) == expected


def test_events_of_several_topics_are_told_in_the_order_they_came():
    later = topic("b.y.v1", event("d", "a"), start=5)
    topics = topic("c.z.v1", event("a"), event("b", "a")) | later | topic("a.log.v1", event("c", "a"), start=4)
    assert told(topics, "a") == ["*a", "  b", "  c", "  d"]


def test_copies_of_an_event_in_logs_and_repeats_are_told_once():
    topics = topic("city.x.v1", event("a"), event("a")) | topic("support.log.v1", event("a"), event("b", "a"), event("b", "a"))
    assert told(topics, "a") == ["*a", "  b"]
    assert read(topics)[0].topic == "city.x.v1"


def test_cause_that_is_gone_is_replaced_by_the_beginning_of_the_chain():
    assert told(topic("a.x.v1", event("a"), event("c", "gone", root="a")), "c") == ["a", "  *c"]
    assert told(topic("a.x.v1", event("c", "gone", root="gone-too")), "c") == ["*c"]


def test_refusal_stands_below_what_was_refused():
    answer = event("n", type="RecordRejected", data={"rejected_id": "a", "vi": "Không nhận.", "en": "Refused."})
    assert told(topic("a.x.v1", event("a")) | topic("b.rejected.v1", answer), "a") == ["*a", "  n"]


def test_name_of_a_thing_finds_every_event_about_it():
    inside = event("a", data={"certificate": "2021-002"}), event("c", data={"n": ["2021-002"]})
    assert told(topic("a.x.v1", *inside, event("b", subject="2021-002")), "2021-002") == ["*a", "*b"]


def test_event_of_that_id_comes_before_things_of_that_name():
    assert told(topic("a.x.v1", event("x"), event("b", subject="x")), "x") == ["*x"]


def test_tombstones_and_what_is_no_event_are_passed_over():
    topics = topic("a.x.v1", event("a"))
    topics["a.x.v1"] += [Received("a.x.v1", 0, n, b"k", value, (), n) for n, value in enumerate([None, b"", b"{", b"[1]", b"{}"])]
    assert told(topics, "a") == ["*a"]


def test_circle_of_causes_is_cut():
    assert told(topic("a.x.v1", event("a", "b"), event("b", "a"), event("c", "b")), "a") == ["b", "  *a"]


def test_json_shows_attributes_and_words_and_no_data(capsys):
    trees = story(read(topic("a.x.v1", event("a", data={"score": "sealed", "vi": "Có.", "en": "Yes."}), event("b", "a"))), "a")
    assert say(trees, "a", as_json=True) == 0
    (said,) = json.loads(capsys.readouterr().out)
    assert (said["id"], said["topic"], said["asked"], said["vi"], said["en"]) == ("a", "a.x.v1", True, "Có.", "Yes.")
    assert [child["id"] for child in said["children"]] == ["b"]
    assert "sealed" not in json.dumps(said)


def test_tree_is_printed_for_people(capsys):
    say(story(read(CHAIN), "b"), "b", as_json=False)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:-3] for line in lines] == [
        ["Happened", "s-a"],
        ["└──", "Happened", "s-b"],
        ["└──", "Happened", "s-c"],
        ["└──", "Happened", "s-e"],
    ]


def test_name_no_event_is_about_is_said():
    with pytest.raises(OperatorError, match="No event is about nothing"):
        say([], "nothing", as_json=False)


def test_revocation_shows_all_it_brought_about():
    """From the revocation to the money that goes back to the line, over the service's own log."""
    city: City = granted(day(MONDAY), agreed(), revoked(), of=SET_UP)
    topics: Topics = {}
    for number, log in enumerate(city["support"].log):
        for offset, (value, _) in enumerate(log):
            topics.setdefault(support.log, []).append(Received(support.log, number, offset, None, value, (), 0))
    for offset, published in enumerate(city.published):
        name = published.data.contract.topic.name
        topics.setdefault(name, []).append(Received(name, 0, offset, None, published.to_json(), (), 0))
    (cause,) = [e for e in read(topics) if e.type.endswith("RecognitionRevoked.v1")]
    (tree,) = story(read(topics), cause.id)
    types = [child.event.type.removeprefix(TYPE_PREFIX) for child in tree.children]
    assert {"GrantMoved.v1", "SupportCancelled.v1", "LineMoved.v1", "ScarceThingGivenBack.v1"} <= set(types)
    upwards = story(read(topics), next(c.event.id for c in tree.children if c.event.type.endswith("LineMoved.v1")))
    assert [t.event.id for t in upwards] == [cause.id]
