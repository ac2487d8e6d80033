"""Transactions against a database that fails on command: each writes its document exactly once.

motor's own `with_transaction` fails the cases of the commit (its commit loop is never entered twice).
"""

from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import uuid4

import pymongo
import pytest
from harness.engines import Secantus, Store
from pydantic import SecretStr
from shared.errors import Infrastructure
from shared.mongo import Database, Duplicate, Session
from shared.settings import MongoSettings

pytestmark = pytest.mark.anyio
TRANSIENT, UNKNOWN = "TransientTransactionError", "UnknownTransactionCommitResult"


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Secantus(tmp_path_factory.mktemp("store")) as running:
        yield running


@pytest.fixture
async def database(store: Store) -> AsyncIterator[Database]:
    settings = MongoSettings(uri=SecretStr(store.uri), timeout_ms=2_000)
    found = Database(settings, f"transactions_{uuid4().hex[:8]}")
    await found.make({"things": ()})
    yield found
    fail(store, {"mode": "off"})
    found.close()


def fail(store: Store, how: dict[str, Any]) -> None:
    """Tell the server to fail commands."""
    with pymongo.MongoClient[dict[str, Any]](store.uri) as client:
        client.admin.command({"configureFailPoint": "failCommand", **how})


def failing(command: str, times: int, **how: Any) -> dict[str, Any]:
    """The next so many commands of a name fail."""
    return {"mode": {"times": times}, "data": {"failCommands": [command], **how}}


async def write(database: Database, id: str) -> int:
    """One document in a transaction; how often its body ran."""
    runs = 0

    async def body(session: Session) -> None:
        nonlocal runs
        runs += 1
        await database["things"].insert_one({"_id": id}, session=session)

    await database.transact(body)
    return runs


async def ids(database: Database) -> list[str]:
    return [row["_id"] for row in await database["things"].find({}).sort("_id", 1).to_list(None)]


@pytest.mark.parametrize(
    ("how", "runs"),
    [
        pytest.param(failing("commitTransaction", 2, errorCode=251, errorLabels=[TRANSIENT]), 3, id="commit-transient"),
        pytest.param(failing("commitTransaction", 2, errorCode=91, errorLabels=[UNKNOWN]), 1, id="commit-unknown"),
        pytest.param(failing("commitTransaction", 3, closeConnection=True), 1, id="commit-connection-closed"),
        pytest.param(failing("insert", 2, errorCode=112, errorLabels=[TRANSIENT]), 3, id="insert-transient"),
    ],
)
async def test_transaction_writes_once_when_the_server_fails(
    database: Database, store: Store, how: dict[str, Any], runs: int
) -> None:
    """A transient error runs the body again; an unknown commit is committed again, and never the body."""
    fail(store, how)
    assert await write(database, "one") == runs
    assert await ids(database) == ["one"]


async def test_transaction_of_a_taken_key_is_gone_as_a_whole(database: Database) -> None:
    await write(database, "taken")

    async def body(session: Session) -> None:
        await database["things"].insert_one({"_id": "before"}, session=session)
        await database["things"].insert_one({"_id": "taken"}, session=session)

    with pytest.raises(Duplicate):
        await database.transact(body)
    assert await ids(database) == ["taken"]


async def test_transaction_whose_body_raises_is_gone_as_a_whole_and_the_next_one_works(database: Database) -> None:
    async def body(session: Session) -> None:
        await database["things"].insert_one({"_id": "before"}, session=session)
        raise LookupError

    with pytest.raises(LookupError):
        await database.transact(body)
    assert await write(database, "after") == 1
    assert await ids(database) == ["after"]


async def test_error_that_is_not_transient_is_told_as_infrastructure(database: Database, store: Store) -> None:
    fail(store, failing("insert", 1, errorCode=13))
    with pytest.raises(Infrastructure):
        await write(database, "one")
    assert await ids(database) == []


async def test_transaction_left_open_by_another_client_ends_with_its_session(database: Database, store: Store) -> None:
    """What blocks its documents for 60 s otherwise."""
    await write(database, "counter")
    dead = Database(MongoSettings(uri=SecretStr(store.uri)), database.name)

    async def left_open(session: Session) -> None:
        await dead["things"].update_one({"_id": "counter"}, {"$set": {"by": "dead"}}, session=session)
        await database.end_session(await dead.session_id())
        await database["things"].update_one({"_id": "counter"}, {"$set": {"by": "alive"}})
        raise LookupError

    with pytest.raises(LookupError):
        await dead.transact(left_open)
    assert await database["things"].find_one({"_id": "counter"}) == {"_id": "counter", "by": "alive"}
    dead.close()


async def test_collections_are_found_by_what_is_said_also_where_they_were_made_before_it_was(
    database: Database, store: Store
) -> None:
    await write(database, "there before")
    found_by = {"things": ("id", "year measure"), "others": ("year",)}
    later = Database(MongoSettings(uri=SecretStr(store.uri)), database.name)
    for _ in range(2):
        await later.make(found_by)
        later._made.clear()
    made = {name: await later[name].index_information() for name in found_by}
    keys = {name: sorted(tuple(field for field, _ in index["key"]) for index in of.values()) for name, of in made.items()}
    assert keys == {"things": [("_id",), ("id", "p"), ("year", "measure")], "others": [("_id",), ("year",)]}
    explained = await later["things"].find({"year": 2021, "measure": "a"}).explain()
    assert "IXSCAN" in str(explained["queryPlanner"]["winningPlan"])
    later.close()
