"""MongoDB through motor: the only file that imports it, so that its successor is one file away.

motor's own `with_transaction` never retries a commit (its commit loop is dead code), so transactions are run here.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

from bson.errors import BSONError
from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorClientSession, AsyncIOMotorDatabase
from pymongo import DeleteOne, InsertOne, ReplaceOne, UpdateOne
from pymongo.errors import BulkWriteError, DuplicateKeyError, OperationFailure, PyMongoError
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from shared.errors import Infrastructure
from shared.settings import MongoSettings

__all__ = ["Database", "DeleteOne", "Duplicate", "InsertOne", "ReplaceOne", "Session", "UpdateOne"]

Session = AsyncIOMotorClientSession
R = TypeVar("R")

# Longer than the 60 s for which a transaction of a killed client can block the documents it wrote.
TRANSACTION_DEADLINE = 75.0
MAJORITY = WriteConcern(w="majority", j=True)


class Duplicate(Exception):
    """A unique key is taken; inside a transaction the whole transaction is gone with it."""


class Database:
    """One database and one session, whose transactions run one after the other."""

    def __init__(self, settings: MongoSettings, name: str, **options: Any) -> None:
        self._client: AsyncIOMotorClient[dict[str, Any]] = AsyncIOMotorClient(
            settings.uri.get_secret_value(),
            serverSelectionTimeoutMS=settings.timeout_ms,
            connectTimeoutMS=settings.timeout_ms,
            socketTimeoutMS=30_000,
            heartbeatFrequencyMS=2_000,
            **options,
        )
        self.name = name
        self._session: Session | None = None
        self._made: set[str] = set()

    @property
    def _database(self) -> AsyncIOMotorDatabase[dict[str, Any]]:
        return self._client.get_database(self.name, write_concern=MAJORITY)

    def __getitem__(self, collection: str) -> Any:
        return self._database[collection]

    async def session_id(self) -> Any:
        """The id of this client's session, which a successor may end."""
        with infrastructure():
            return (await self._open_session()).session_id

    async def _open_session(self) -> Session:
        if self._session is None:
            self._session = await self._client.start_session(causal_consistency=False)
        return self._session

    async def collections(self) -> set[str]:
        """The names of those there are."""
        with infrastructure():
            return set(await self._database.list_collection_names())

    async def make(self, found_by: Mapping[str, Iterable[str]]) -> None:
        """Make the collections and indexes that are missing: not all servers can do so inside a transaction.

        `found_by` has the indexes of each collection, as their fields with a space between them.
        """
        if missing := found_by.keys() - self._made:
            there = await self.collections()
            with infrastructure():
                for collection in sorted(missing):
                    # Another service or instance may make it at the same moment.
                    with suppress(PyMongoError):
                        if collection not in there:
                            await self._database.create_collection(collection)
                    for fields in found_by[collection]:
                        # One that is there already costs nothing; without one, all is found, later.
                        with suppress(OperationFailure):
                            await self._database[collection].create_index(index_of(fields))
            self._made |= missing

    async def end_session(self, id: Any) -> None:
        """End another client's session, and with it the transaction it may have left open."""
        with infrastructure():
            await self._client.admin.command({"killSessions": [id]})

    async def ping(self) -> None:
        with infrastructure():
            await self._client.admin.command("ping")

    async def drop(self) -> None:
        """Drop the whole database."""
        with infrastructure():
            await self._client.drop_database(self.name)
        self._made.clear()

    def close(self) -> None:
        self._client.close()

    async def transact(self, body: Callable[[Session], Awaitable[R]]) -> R:
        """Run `body` in one transaction; it may run several times, so it only writes what was computed before.

        Raises Duplicate for a taken key and Infrastructure when the outcome is not known or the database is away.
        """
        with infrastructure():
            return await self._transact(body)

    async def _transact(self, body: Callable[[Session], Awaitable[R]]) -> R:
        clock = asyncio.get_running_loop().time
        deadline, attempt = clock() + TRANSACTION_DEADLINE, 0
        while True:
            session = await self._open_session()
            session.start_transaction(read_concern=ReadConcern("snapshot"), write_concern=MAJORITY)
            try:
                result = await body(session)
                await self._commit(session, deadline)
                return result
            except BaseException as error:
                await self._abandon(session)
                transient = isinstance(error, PyMongoError) and error.has_error_label("TransientTransactionError")
                if not transient or clock() > deadline:
                    raise
            attempt += 1
            await asyncio.sleep(random.uniform(0, min(0.5, 0.005 * 2**attempt)))

    async def _commit(self, session: Session, deadline: float) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            try:
                return await session.commit_transaction()
            except PyMongoError as error:
                if not error.has_error_label("UnknownTransactionCommitResult") or clock() > deadline:
                    raise
                await asyncio.sleep(0.05)

    async def _abandon(self, session: Session) -> None:
        # Nothing is left to abort where the error itself ended the transaction.
        with suppress(PyMongoError):
            await session.abort_transaction()


def index_of(fields: str) -> list[tuple[str, int]]:
    """The index over fields with a space between them. Ids are unique in a partition, and lists are in the order of both."""
    return [(field, 1) for field in (("id", "p") if fields == "id" else fields.split())]


class infrastructure:  # noqa: N801 - reads as a block: with infrastructure(): ...
    """Turn the driver's errors into ours: a taken key is Duplicate, all else means the database cannot be used now."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, DuplicateKeyError) or (isinstance(error, BulkWriteError) and _is_duplicate(error)):
            raise Duplicate(str(error)) from error
        # What cannot be written as BSON (a document over 16 MB, an integer over 8 bytes) is no PyMongoError.
        if isinstance(error, PyMongoError | BSONError | OverflowError):
            raise Infrastructure(f"database: {type(error).__name__}: {error}") from error


def _is_duplicate(error: BulkWriteError) -> bool:
    return any(e.get("code") == 11000 for e in (error.details or {}).get("writeErrors", []))


@asynccontextmanager
async def opened(settings: MongoSettings, name: str) -> AsyncIterator[Database]:
    """A database for the length of a block."""
    database = Database(settings, name)
    try:
        yield database
    finally:
        database.close()
