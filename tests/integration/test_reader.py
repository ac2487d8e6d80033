"""Reading as of a past day over a real database and in memory: what was read at the end of each day, read again later."""

from collections.abc import AsyncIterator, Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from harness.engines import Secantus
from harness.engines import Store as Server
from harness.machine import Line, allocation, service, tick
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr
from shared.contracts.base import Event
from shared.messaging.batch import Batch
from shared.messaging.codec import content_hash, read_log
from shared.messaging.document import Document
from shared.messaging.generations import Following
from shared.messaging.reader import AllOf, Between, DatabaseReader, OneOf, Reader
from shared.messaging.routing import partition_of
from shared.messaging.service import Service
from shared.messaging.store import Owned, Store
from shared.messaging.unit import NeedDocuments
from shared.mongo import Database
from shared.settings import MongoSettings
from shared.testing.memory import PARTITIONS, MemoryReader, Running

pytestmark = pytest.mark.anyio
LINES = "abcdefg"
ASKED: list[dict[str, Any]] = [
    {},
    {"where": {"id": "b"}},
    {"where": {"total": 2}},
    {"where": {"total": 2}, "limit": 1},
    {"limit": 2},
    {"limit": 2, "after": "b"},
    {"where": {"count": 1}, "limit": 2, "after": "a"},
]


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Secantus(tmp_path_factory.mktemp("store")) as running:
        yield running


@pytest.fixture(scope="module")
async def engine(server: Server) -> AsyncIterator[Database]:
    database = Database(MongoSettings(uri=SecretStr(server.uri), timeout_ms=2_000), "unused")
    yield database
    database.close()


class City:
    """One service over a database, and the same in memory: every event goes to both, a batch of its own."""

    def __init__(self, database: Database) -> None:
        self.store = Store(database, service, ids_per_find=100, retention_days=None, keep_log=False)
        self.memory = Running(service)
        self.owned: list[Owned] = []
        self.readers: tuple[Reader, Reader] = (
            DatabaseReader(database, Following(database, rebuilt=False)),
            MemoryReader(self.memory),
        )

    async def publish(self, event: Event[Any]) -> None:
        if not self.owned:
            self.owned = [await self.store.claim(number, "epoch") for number in range(PARTITIONS)]
        line = getattr(event.data, "line_id", None)
        self.memory.append(line, event.to_json(), content_hash(event.to_json()))
        self.memory.step()
        for owned in self.owned:
            if line is None or partition_of(line, PARTITIONS) == owned.number:
                await self._handle(owned, event)

    async def _handle(self, owned: Owned, event: Event[Any]) -> None:
        record = read_log(owned.partition.next, event.to_json(), content_hash(event.to_json()), 0.0)
        while True:
            batch = Batch(service, owned.partition)
            try:
                batch.play([record])
                break
            except NeedDocuments as needed:
                owned.partition.documents.update(await self.store.load(owned, needed.keys))
        await self.store.commit(self.store.writes([(owned, batch)]))
        # Nothing stays in memory, so that everything has to be as it was written.
        batch.keep(documents=0)


HISTORIES = st.lists(
    st.lists(
        st.tuples(st.sampled_from(LINES), st.sampled_from(["plain", "plain", "plain", "close"])),
        max_size=4,
    ),
    min_size=3,
    max_size=5,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HISTORIES)
async def test_day_is_read_later_as_it_was_at_its_end(engine: Database, days: list[list[tuple[str, str]]]) -> None:
    engine.name = f"reader_{uuid4().hex[:8]}"
    engine._made.clear()
    city, number, seen = City(engine), 0, {}
    for n, changes in enumerate(days, 1):
        await city.publish(tick(date(2021, 3, n * 2)))
        for line, says in changes:
            number += 1
            await city.publish(allocation(str(number), line, says=says))
        seen[n * 2] = [await read(reader, Line) for reader in city.readers]
        assert seen[n * 2][0] == seen[n * 2][1]
    for day, there in seen.items():
        for passed_over in (0, 1):
            then = date(2021, 3, day + passed_over)
            assert [await read(reader.as_of(then), Line) for reader in city.readers] == there
    assert [await read(reader.as_of(date(2021, 3, 1)), Line) for reader in city.readers] == [[[]] * len(ASKED)] * 2
    changed = [await reader.days_changed(Line) for reader in city.readers]
    assert changed[0] == changed[1]
    for reader in (city.readers, tuple(reader.as_of(date(2021, 3, 4)) for reader in city.readers)):
        of_database, of_memory = [[(d, d.kept_since) for d in await each.history(Line, ("b", "a"))] for each in reader]
        assert of_database == of_memory
    differing = [day for day, before in zip([4, 6, 8, 10], seen.values(), strict=False) if seen.get(day, before) != before]
    assert {date(2021, 3, day) for day in differing} <= set(changed[0])


async def read(reader: Reader, kind: type[Line]) -> list[list[Line]]:
    return [await reader.list(kind, **asked) for asked in ASKED]


async def test_kind_without_a_past_is_a_mistake(engine: Database) -> None:
    class Plain(Document, collection="plain"):
        pass

    for reader in (DatabaseReader(engine, Following(engine, rebuilt=False)), MemoryReader(Running(service))):
        with pytest.raises(TypeError, match="Plain is not kept by day"):
            await reader.as_of(date(2021, 3, 1)).list(Plain)
        with pytest.raises(TypeError, match="Plain is not kept by day"):
            await reader.days_changed(Plain)


class Word(Document, collection="words-of-reader", found_by=("id", "words")):
    """A document with a list, to ask for what is in it."""

    words: tuple[str, ...] = ()


HELD = {"a": ("an", "anh"), "b": ("an", "bình"), "c": ("anh",), "d": ()}


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ({"id": OneOf(("a", "c", "x"))}, "ac"),
        ({"id": OneOf(())}, ""),
        ({"id": Between("b", "d")}, "bc"),
        ({"id": Between("a", "b"), "words": AllOf(("anh",))}, "a"),
        ({"words": AllOf(("an",))}, "ab"),
        ({"words": AllOf(("anh", "an"))}, "a"),
        ({"words": AllOf(("an",)), "id": OneOf(("b", "c"))}, "b"),
    ],
)
async def test_documents_are_found_by_one_of_several_ids_and_by_all_words_of_a_list(
    engine: Database, where: dict[str, Any], found: str
) -> None:
    rows = [{"_id": id, "p": 0, "id": id, "words": list(words)} for id, words in HELD.items()]
    await engine[Word.collection].delete_many({})
    await engine[Word.collection].insert_many(rows)
    running = Running(service)
    running.documents[0] = {(Word.collection, id): Word(id=id, words=words) for id, words in HELD.items()}
    for reader in (DatabaseReader(engine, Following(engine, rebuilt=False)), MemoryReader(running)):
        assert "".join(one.id for one in await reader.list(Word, where)) == found


async def test_documents_of_a_version_without_indexes_get_those_of_this_one(engine: Database) -> None:
    engine.name = f"reader_{uuid4().hex[:8]}"
    engine._made.clear()
    names = (Word.collection, f"g2.{Word.collection}")
    for name in names:
        await engine[name].insert_one({"_id": "000/a", "p": 0, "id": "a", "words": ["an"]})
    asked = Service("words", {}, {Word.collection: Word})
    await Store(engine, asked, ids_per_find=100, retention_days=None, keep_log=False).prepare()
    made = [set(await engine[name].index_information()) for name in names]
    assert made == [{"_id_", "id_1_p_1", "words_1"}] * 2
