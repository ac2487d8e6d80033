"""A partition built anew from what was kept ends as it was when its records were handled, in however little memory."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from multiprocessing import Pipe
from threading import Thread
from typing import Any

import pytest
from harness.machine import Machine, allocation, decided, records, service, tick
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.messaging.document import Document
from shared.messaging.unit import Key
from shared.messaging.versions import Version
from shared.rebuild import building as module
from shared.rebuild import worker
from shared.rebuild.building import Building, Kept, LogIncomplete
from shared.rebuild.spill import Change, Spill, Written


class Rows:
    """The rows of a partition in the database, as a dictionary."""

    number = 7

    def __init__(self) -> None:
        self.rows: dict[Key, dict[str, Any]] = {}
        self.versions: list[Version] = []

    def write(self, changes: Iterable[Change]) -> Iterator[int]:
        for collection, place, row, known in changes:
            assert ((collection, place) in self.rows) == known
            self.rows.pop((collection, place), None)
            if row is not None:
                self.rows[collection, place] = dict(row)
            yield 1

    def write_versions(self, versions: list[Version]) -> None:
        self.versions += versions


def counted(load: Callable[..., Any], loads: list[int]) -> Callable[..., Any]:
    """The same, and how many documents each call asked for."""

    def of(spill: Spill, keys: Iterable[Key]) -> Any:
        found = load(spill, keys)
        loads.append(len(found))
        return found

    return of


def kept(machine_log: list[Any]) -> list[Kept]:
    """The records as the runtime keeps them: repeats left out, numbered from 0."""
    return [(n, record.value, record.content) for n, record in enumerate(machine_log)]


def built(log: list[Kept], *, memory: int, skip: frozenset[int] = frozenset(), first: int = 0) -> tuple[Rows, Building]:
    shelf: Any = Rows()
    building = Building(service, shelf, memory=memory)
    played = sum(building.play(log, skip=set(skip), until=min(first, len(log))))
    list(building.put_away())
    played += sum(building.play(log, skip=set(skip), until=len(log)))
    assert played == len(log) == building.received
    list(building.put_away())
    return shelf, building


def stored(documents: dict[Key, Document | None]) -> dict[Key, dict[str, Any]]:
    """The rows of these documents."""
    return {
        (collection, f"007/{id}"): {
            "_id": f"007/{id}",
            "p": 7,
            **document.model_dump(mode="json"),
            "_since": document.kept_since.isoformat(),
        }
        for (collection, id), document in documents.items()
        if document is not None
    }


EVENTS = st.lists(
    st.tuples(
        st.sampled_from("abcde"),
        st.sampled_from(["plain", "plain", "forbidden", "poison", "needs a", "needs b+c", "back a", "close"]),
    ),
    max_size=30,
)


@settings(deadline=None)
@given(EVENTS, st.integers(0, 4), st.integers(1, 7), st.integers(0, 30))
def test_built_in_little_memory_ends_as_played(said: list[tuple[str, str]], memory: int, batch: int, first: int) -> None:
    """Also where it is written, goes on, and is written again.

    Seen to fail with: spilled-document-told-once.
    """
    events = [allocation(f"{n}", line, n + 1, says) for n, (line, says) in enumerate(said)]
    events += [tick(date(2021, 7, 1)), decided("7/1", "redrive")]
    machine = Machine(seen=10**6)
    machine.partition.next = machine.partition.received = 0
    log = [record._replace(offset=n) for n, record in enumerate(records(events))]
    machine.play(log)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "RECORDS", batch)
        shelf, building = built(kept(log), memory=memory, first=first)
    assert shelf.rows == stored(machine.documents)
    assert shelf.versions == machine.versions
    assert {s: [(h.record.ordinal, h.why, h.since, h.awaited) for h in q] for s, q in building.held.items()} == {
        s: [(h.record.ordinal, h.why, h.since, h.awaited) for h in q] for s, q in machine.partition.held.items()
    }
    assert (building.day, building.calendar) == (machine.partition.day, machine.partition.calendar)


def test_other_content_under_a_known_id_has_no_effect_when_built() -> None:
    """It is kept, as it was answered; the answers say which it is."""
    log = kept(records([allocation("1"), allocation("2"), allocation("1", amount=9), allocation("3")]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "RECORDS", 2)
        shelf, _ = built(log, memory=10, skip=frozenset({2}))
    assert [(row["id"], row["total"]) for row in shelf.rows.values()] == [("a", 3)]


def test_what_one_record_lacks_is_loaded_for_all_that_follow() -> None:
    """Else a rebuild in bounded memory asks its file for one document after the other."""
    loads: list[int] = []
    lines = [f"line-{n}" for n in range(100)]
    log = kept(records([allocation(f"{place}-{line}", line) for place in range(3) for line in lines]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "RECORDS", 50)
        patch.setattr(Spill, "load", counted(Spill.load, loads))
        shelf, _ = built(log, memory=0)
    assert [row["total"] for row in shelf.rows.values()] == [3] * 100
    assert len(loads) == 4  # one for each batch in which a line comes again


def test_log_with_a_gap_is_not_built_from() -> None:
    log = kept(records([allocation("1"), allocation("2"), allocation("3")]))
    shelf: Any = Rows()
    with pytest.raises(LogIncomplete, match="partition 7: record 1 was not kept, the next is 2"):
        list(Building(service, shelf, memory=10).play([log[0], log[2]], skip=set(), until=3))


def test_what_was_written_is_remembered_and_little_else() -> None:
    """A no is certain; so few are wrongly taken for written that hardly any is asked for in vain."""
    written, keys = Written(), [("lines", str(n)) for n in range(20_000)]
    for key in keys[:10_000]:
        written.add(key)
    assert all(key in written for key in keys[:10_000])
    assert sum(key in written for key in keys[10_000:]) < 100


def test_full_disk_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no fault of the log: the operator makes room, or says where there is."""

    class Full:
        def __init__(self, *given: Any) -> None:
            pass

        def play(self, targets: dict[int, int]) -> None:
            raise sqlite3.OperationalError("database or disk is full")

    settings: Any = None
    monkeypatch.setattr(worker, "Worker", Full)
    monkeypatch.setattr(worker.gc, "freeze", lambda: None)
    monkeypatch.setattr(worker.gc, "set_threshold", lambda *numbers: None)
    ours, theirs = Pipe()
    ours.send(("play", ({0: 1},)))
    thread = Thread(target=worker.run, args=(theirs, [], service, settings))
    thread.start()
    kind, said = ours.recv()
    ours.close()
    thread.join(10)
    assert (kind, thread.is_alive()) == ("failed", False)
    assert "database or disk is full" in said
    assert "set TMPDIR" in said
