"""State is a function of the log: however a log is cut into batches and whatever memory forgets, the end is the same."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from harness.machine import Machine, allocation, decided, records, tick
from hypothesis import example, given
from hypothesis import strategies as st
from shared.contracts.base import Event

LINES = st.sampled_from("abcd")
DAYS = st.integers(0, 40).map(lambda n: date(2021, 5, 3) + timedelta(days=n))
NEEDS = st.lists(LINES, min_size=1, max_size=2).map(lambda lines: f"needs {'+'.join(lines)}")
SAYS = st.one_of(st.sampled_from(["plain", "plain", "forbidden", "poison", "back thing", "close"]), NEEDS)
EVENTS = st.lists(
    st.one_of(
        # Few ids and amounts, so that events come again, with the same and with other content.
        st.builds(allocation, st.integers(0, 12).map(str), LINES, st.integers(1, 2), SAYS),
        st.builds(tick, DAYS),
        st.builds(decided, st.integers(1, 20).map(lambda n: f"7/{n}"), st.sampled_from(["redrive", "discard"])),
    ),
    max_size=30,
)
CUTS = st.sets(st.integers(1, 30))


def played(events: list[Event[Any]], cuts: set[int], memory: int = 50_000, seen: int = 20_000) -> Machine:
    """The events as a log cut before each of these offsets."""
    machine, log = Machine(memory=memory, seen=seen), records(events)
    edges = [0, *sorted(c for c in cuts if c < len(log)), len(log)]
    for start, end in pairwise(edges):
        machine.play(log[start:end])
    return machine


# Two on one line in two batches; a repeat that comes while the first is held; an id used again, and that again.
@example([allocation("0"), allocation("1")], {1})
@example([allocation("0", says="needs a"), allocation("0")], {1})
@example([allocation("0"), allocation("0", amount=2), allocation("0", amount=2)], {2})
@given(EVENTS, CUTS)
def test_any_split_into_batches_gives_the_same_documents_events_and_outcomes(events: list[Event[Any]], cuts: set[int]) -> None:
    assert played(events, cuts).everything == played(events, set()).everything


@example([allocation("0", says="needs a"), *[allocation("0")] * 3], {1}, 0, 0)
@given(EVENTS, CUTS, st.integers(0, 3), st.integers(0, 3))
def test_forgetting_between_batches_changes_nothing(events: list[Event[Any]], cuts: set[int], memory: int, seen: int) -> None:
    """Documents are loaded again and handlers run again; identities are asked of the database again."""
    assert played(events, cuts, memory, seen).everything == played(events, set()).everything


@given(EVENTS, CUTS, CUTS)
def test_batches_read_again_from_an_older_position_change_nothing(
    events: list[Event[Any]], cuts: set[int], back: set[int]
) -> None:
    """A redelivery: after each batch the log is offered again from its beginning."""
    once, log, machine = played(events, cuts), records(events), Machine()
    for end in [*sorted(c for c in cuts | back if c < len(log)), len(log)]:
        machine.play(log[:end])
    assert machine.everything == once.everything


@given(EVENTS)
def test_every_record_has_an_outcome_and_what_is_held_is_in_a_queue(events: list[Event[Any]]) -> None:
    machine = played(events, set())
    assert machine.outcomes.keys() == {e.id for e in events}
    held = {identity for identity, (outcome, _) in machine.inbox.items() if outcome == "held"}
    assert held == {h.record.identity for queue in machine.partition.held.values() for h in queue}
    assert [o.number for o in machine.outgoing] == list(range(len(machine.outgoing)))


def test_handlers_run_again_for_documents_that_were_not_in_memory() -> None:
    """Else the tests above would not have tried it."""
    log = records([allocation("1", "a"), allocation("2", "b"), allocation("3", "a")])
    assert Machine().play(log).reruns == 1


def test_all_that_is_needed_is_loaded_in_one_rerun() -> None:
    log = records([*[allocation(n, n) for n in "abc"], allocation("4", "d", says="needs a+b+c")])
    machine = Machine(memory=0).play(log[:3])
    reruns = machine.reruns
    assert machine.play(log[3:]).lines["d"] == (1, 1)
    assert machine.reruns - reruns == 2, "one for the three that are needed, one for the line itself"
