"""Playing ahead of the transaction under way: whatever it meets, the end is that of one batch after the other."""

import asyncio
from collections.abc import Iterator
from datetime import date
from itertools import islice
from types import SimpleNamespace
from typing import Any

import pytest
from harness.machine import Line, Machine, allocation, records, service, tick
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shared.errors import Fenced, Infrastructure
from shared.messaging.backoff import Backoff
from shared.messaging.batch import Batch
from shared.messaging.commits import Commits
from shared.messaging.document import Document
from shared.messaging.partition import LogRecord, Outgoing, Partition
from shared.messaging.store import Owned
from shared.messaging.unit import Key
from shared.messaging.versions import Version
from shared.mongo import Duplicate


class Remembered:
    """A database as dictionaries: compare-and-set, taken keys, answers that get lost, rebuilds, and turns given to others."""

    def __init__(self, turns: list[int], troubles: list[str]) -> None:
        self.service = service
        self.documents: dict[Key, Document | None] = {}
        self.versions: list[Version] = []
        self.inbox: dict[str, tuple[str, str]] = {}
        self.next = 1
        self.generation = 0
        self.largest = 0
        self._open = 0
        self._turns = turns
        self._troubles = troubles

    async def _wait(self) -> None:
        for _ in range(self._turns.pop() if self._turns else 1):
            await asyncio.sleep(0)

    async def load(self, owned: Owned, keys: set[Key]) -> dict[Key, Document | None]:
        found = {key: self.documents.get(key) for key in keys}
        await self._wait()
        return found

    async def seen(self, number: int, identities: set[str]) -> dict[str, str]:
        await self._wait()
        return {i: self.inbox[i][1] for i in identities if i in self.inbox}

    def writes(self, work: list[tuple[Owned, Batch]]) -> list[tuple[Owned, Batch]]:
        return work

    async def commit(self, work: list[tuple[Owned, Batch]]) -> None:
        self._open += 1
        self.largest = max(self.largest, self._open)
        try:
            await self._wait()
            trouble = self._troubles.pop() if self._troubles else ""
            if trouble == "away":
                raise Infrastructure("away")
            self.generation += trouble == "rebuilt"
            ((owned, batch),) = work
            if batch.began_at != self.next or owned.generation != self.generation:
                raise Fenced("the position or the generation differs")
            fresh = {i for i, (_, _, ordinal) in batch.outcomes.items() if ordinal >= batch.began_with}
            if fresh & self.inbox.keys():
                raise Duplicate("taken")
            self.documents.update(batch.documents)
            self.versions += batch.versions
            self.inbox.update({i: (outcome, content) for i, (outcome, content, _) in batch.outcomes.items()})
            self.next = batch.next
            if trouble == "answer lost":
                raise Infrastructure("the answer is lost")
        finally:
            self._open -= 1

    async def position(self, owned: Owned) -> tuple[int, int, int]:
        return owned.fence, self.next, self.generation

    async def follow(self, owned: Owned) -> None:
        await self._wait()
        was = owned.partition
        where = {"next": was.next, "received": was.received, "counter": was.counter, "digest": was.digest}
        owned.follow(Partition(7, **where, day=was.day, calendar=was.calendar, held=was.held), self.generation)


async def at_once(_: Backoff) -> None:
    await asyncio.sleep(0)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Backoff, "wait", at_once)


def story(batches: list[list[LogRecord]], store: Remembered, *, memory: int, seen: int) -> tuple[Owned, list[Outgoing], Commits]:
    """The batches one after the other, as the core hands them over; memory forgets what the database knows."""
    sent: list[Outgoing] = []

    async def told() -> tuple[Owned, list[Outgoing], Commits]:
        relay: Any = SimpleNamespace(add=lambda owned, row: sent.extend(row.events))
        metrics: Any = SimpleNamespace(batch=lambda batch: None, took=lambda seconds: None)
        commits = Commits(store, relay, metrics, asyncio.Event(), memory=memory)  # type: ignore[arg-type]
        owned = Owned(Partition(7, next=1, received=1), 1, "epoch", 0, 0)
        for batch in batches:
            while len(owned.partition.seen) > seen:
                owned.partition.seen.popitem(last=False)
            await commits.add([(owned, batch)])
        await commits.settled()
        return owned, sent, commits

    return asyncio.run(told())


EVENTS = st.lists(
    st.builds(
        allocation,
        st.integers(0, 6).map(str),
        st.sampled_from("ab"),
        st.integers(1, 2),
        st.sampled_from(["plain", "plain", "plain", "forbidden", "needs a", "needs b"]),
    )
    | st.integers(1, 5).map(lambda n: tick(date(2021, 3, n))),
    min_size=6,
    max_size=24,
)
TURNS = st.lists(st.integers(0, 6), max_size=40)
TROUBLES = st.lists(st.sampled_from(["", "", "away", "answer lost", "rebuilt"]), max_size=20)
REPEATED = [allocation("1"), allocation("2"), allocation("1"), allocation("3"), allocation("4")]


@settings(deadline=None)
# The third batch holds what memory has forgotten and the inbox knows; the fourth was played on top of it.
@example(REPEATED, [1, 1, 2, 1], [], [], 9, 0)
@given(EVENTS, st.lists(st.integers(1, 3), max_size=24), TURNS, TROUBLES, st.integers(0, 2), st.integers(0, 1))
def test_playing_ahead_ends_as_one_batch_after_the_other(
    events: list[Any], sizes: list[int], turns: list[int], troubles: list[str], memory: int, seen: int
) -> None:
    log = records(events)
    alone, store = Machine().play(log), Remembered(turns, troubles)
    owned, sent, _ = story(list(cut(log, sizes)), store, memory=memory, seen=seen)
    assert [(o.number, o.topic, o.key, o.value) for o in sent] == alone.sent
    assert Machine(documents=store.documents, versions=store.versions).history == alone.history
    assert {k: d for k, d in store.documents.items() if d} == {k: d for k, d in alone.documents.items() if d}
    assert (store.inbox, owned.partition.held, owned.partition.next) == (alone.inbox, alone.partition.held, alone.partition.next)
    assert store.largest == 1


def cut(log: list[LogRecord], sizes: list[int]) -> Iterator[list[LogRecord]]:
    """The log in batches of these sizes, and one for the rest."""
    rest = iter(log)
    for size in [*sizes, len(log)]:
        if batch := list(islice(rest, size)):
            yield batch


def test_what_was_loaded_before_a_commit_does_not_replace_what_memory_has_after_it() -> None:
    """A batch played again may change a document that the one on top of it is just loading."""
    partition = Partition(7, next=1, received=1)
    newer = Line(id="a", total=7, count=1)

    class Overtaken(Remembered):
        async def load(self, owned: Owned, keys: set[Key]) -> dict[Key, Document | None]:
            if partition.next == 1:
                partition.next, partition.documents[("lines", "a")] = 2, newer
                return {("lines", "a"): None}
            return await super().load(owned, keys)

    async def told() -> Batch:
        none: Any = None
        commits = Commits(Overtaken([], []), none, none, asyncio.Event(), memory=10)  # type: ignore[arg-type]
        return await commits._play_one(Owned(partition, 1, "epoch", 0, 0), records([allocation("0"), allocation("1")])[1:], {})

    assert asyncio.run(told()).documents[("lines", "a")] == newer.but(total=8, count=2)


def test_next_batch_is_played_while_the_transaction_before_is_under_way() -> None:
    """Else nothing above would have been tried."""
    played: list[int] = []

    class Watched(Remembered):
        def writes(self, work: list[tuple[Owned, Batch]]) -> list[tuple[Owned, Batch]]:
            played.append(self.next)
            return super().writes(work)

    log = records([allocation("1"), allocation("2")])
    store = Watched([50, 50, 50], [])
    store.documents[("lines", "a")] = None
    story([log[:1], log[1:]], store, memory=10, seen=10)
    assert played == [1, 1]


def test_nothing_is_sent_or_kept_when_the_partitions_go_before_the_commit() -> None:
    sent: list[Any] = []

    async def told() -> tuple[int, int]:
        relay: Any = SimpleNamespace(add=lambda owned, row: sent.append(row))
        metrics: Any = SimpleNamespace(batch=lambda batch: None, took=lambda seconds: None)
        store = Remembered([], ["away"] * 1000)
        commits = Commits(store, relay, metrics, asyncio.Event(), memory=10)  # type: ignore[arg-type]
        owned = Owned(Partition(7, next=1, received=1), 1, "epoch", 0, 0)
        await commits.add([(owned, records([allocation("1")]))])
        assert commits.next(owned) == 2
        await asyncio.sleep(0.01)
        await commits.give_up()
        return owned.partition.next, commits.next(owned)

    assert asyncio.run(told()) == (1, 1)
    assert sent == []


def test_another_owner_ends_it() -> None:
    store = Remembered([], [])
    store.next = 5
    owned, sent, commits = story([records([allocation("1")])], store, memory=10, seen=10)
    assert commits.over
    assert (owned.partition.next, sent, store.inbox) == (1, [], {})
