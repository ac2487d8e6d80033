"""What a service keeps in MongoDB: one document a partition that fences everything, and what batches wrote.

    positions   {_id: partition, fence, next, received, counter, digest, published, day, holidays, epoch, session,
                 generation, republish}                                      for these two see generations.py
    inbox       {_id: "ppp|source|id", content, outcome}                    every event of the log, once
    outbox      {_id: "ppp/first ordinal/n", after, events, records}        what a batch sends, packed; and what it received,
                                                                            where the broker may lose the log
    held        {_id: "ppp/ordinal", subject, why, ...}                      waiting, failed, and those behind them
    rejections  {_id: "ppp/ordinal", notice, raw}                            what was refused, and why
    intake      {_id: "intake", fence, epoch, positions}                    how far the input topics are read
    <documents> {_id: "ppp/id", p, ..., _since}                             the state; by day, since when it is so
    <d>.earlier {_id: "ppp/id/since", p, ..., _since, _until}               by day: what it was, from a day to the eve of another

Every write of a batch is in one transaction with the compare-and-set on `positions`: a zombie's fails on it.
"""

from collections import defaultdict, deque
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from shared import faultpoints
from shared.business_days import Calendar
from shared.errors import Fenced
from shared.messaging.batch import Batch
from shared.messaging.codec import read_log
from shared.messaging.document import Document
from shared.messaging.generations import BURIED, current, found_by, named, parsed
from shared.messaging.partition import Held, Outgoing, Partition
from shared.messaging.rows import (
    as_document,
    document_place,
    document_write,
    held_writes,
    position_update,
    rejection_write,
    rows,
    version_write,
)
from shared.messaging.service import Service
from shared.messaging.unit import Key
from shared.messaging.versions import earlier
from shared.mongo import Database, InsertOne, Session, UpdateOne, infrastructure

RUNTIME = ("positions", "inbox", "outbox", "held", "rejections", "intake")


@dataclass(slots=True)
class Owned:
    """A partition we own: its memory, the fence that every write of ours carries, the generation of its documents.

    `republish` is whether all its compacted states have to be sent again, as a rebuild changed what they say.
    """

    partition: Partition
    fence: int
    epoch: str
    published: int
    marked: int
    lost_log: bool = False
    generation: int = 0
    republish: bool = False

    @property
    def number(self) -> int:
        return self.partition.number

    def follow(self, partition: Partition, generation: int) -> None:
        """Go on with the documents of another generation, as they were loaded."""
        self.partition, self.generation = partition, generation


@dataclass(frozen=True, slots=True)
class Row:
    """One packed row of the outbox."""

    partition: int
    events: list[Outgoing]

    @property
    def after(self) -> int:
        return self.events[-1].number + 1


Work = list[tuple[Owned, Batch]]


@dataclass(frozen=True, slots=True)
class Writes:
    """One transaction: positions by compare-and-set, then rows by collection; and how far it says each is published."""

    positions: list[UpdateOne]
    collections: dict[str, list[Any]]
    published: list[tuple[Owned, int]]


class Store:
    """Loads and writes what the core works with."""

    def __init__(
        self, database: Database, service: Service, *, ids_per_find: int, retention_days: int | None, keep_log: bool
    ) -> None:
        self.keep_log = keep_log
        self.database = database
        self.service = service
        self.ids_per_find = ids_per_find
        self.retention_days = retention_days

    async def prepare(self) -> None:
        """Make what every service has; the collections of generation 0 are made when their first document is written.

        Those that are there get the indexes this version has and the one that wrote them did not.
        """
        kept = {name for name in await self.database.collections() if parsed(name)[0] in self.service.found_by}
        if generation := await current(self.database):
            kept |= {named(name, generation) for name in self.service.found_by}
        await self.database.make(found_by(self.service, {*RUNTIME, *kept}))

    # -- owning a partition ------------------------------------------------------------------------------------------

    async def claim(self, number: int, epoch: str) -> Owned:
        """Become the owner: end what the one before left open, raise the fence, load what has to be in memory."""
        session = await self.database.session_id()
        found = await self._position(number, epoch)
        if found.get("session") not in (None, session):
            await self.database.end_session(found["session"])
            found = await self._position(number, epoch)
        fence = found["fence"] + 1
        with infrastructure():
            where = {"_id": number, "fence": found["fence"]}
            # Written down for those that were made before there were generations: a batch's compare-and-set names it.
            change = {"fence": fence, "session": session, "generation": found.get("generation", 0)}
            done = await self.database["positions"].update_one(where, {"$set": change})
        if not done.matched_count:
            raise Fenced(f"partition {number} of {self.service.log} was claimed by another instance at the same moment")
        partition = await self._partition(found)
        generation, republish = found.get("generation", 0), found.get("republish", False)
        published, lost = found["published"], found["epoch"] != epoch
        return Owned(partition, fence, epoch, published, published, lost, generation, republish)

    async def follow(self, owned: Owned) -> None:
        """Load a partition of ours anew, where its documents are those of another generation now."""
        with infrastructure():
            found = await self.database["positions"].find_one({"_id": owned.number})
        if found["fence"] != owned.fence:
            raise Fenced(f"partition {owned.number} of {self.service.log} has another owner")
        if found["generation"] != owned.generation:
            owned.follow(await self._partition(found), found["generation"])
            owned.republish = found.get("republish", False)

    async def _partition(self, found: dict[str, Any]) -> Partition:
        return Partition(
            found["_id"],
            next=found["next"],
            received=found["received"],
            counter=found["counter"],
            digest=found["digest"],
            day=date.fromisoformat(found["day"]) if found["day"] else None,
            calendar=Calendar(frozenset(map(date.fromisoformat, found["holidays"]))),
            held=await self._load_held(found["_id"]),
        )

    async def _position(self, number: int, epoch: str) -> dict[str, Any]:
        fresh = {"fence": 0, "next": 0, "received": 0, "digest": "", "counter": 0, "published": 0}
        fresh |= {"day": None, "holidays": [], "epoch": epoch, "generation": 0}
        with infrastructure():
            positions = self.database["positions"]
            await positions.update_one({"_id": number}, {"$setOnInsert": fresh}, upsert=True)
            return dict(await positions.find_one({"_id": number}))

    async def start_over(self, owned: Owned) -> None:
        """The log has another epoch, so it is another log: it is read from its beginning, and everything is published
        again; the inboxes, ours and those of our readers, make that harmless."""
        with infrastructure():
            where = {"_id": owned.number, "fence": owned.fence}
            change = {"epoch": owned.epoch, "next": 0, "published": 0}
            await self.database["positions"].update_one(where, {"$set": change})
        owned.partition.next = owned.published = owned.marked = 0

    async def _load_held(self, number: int) -> dict[str, deque[Held]]:
        held: dict[str, deque[Held]] = {}
        with infrastructure():
            rows = await self.database["held"].find({"p": number}).sort("_id", 1).to_list(None)
        for row in rows:
            record = read_log(-1, row["value"], row["content"], 0.0).numbered(row["ordinal"])
            awaited = tuple(row["awaited"]) if row["awaited"] else None
            entry = Held(record, row["subject"], row["why"], date.fromisoformat(row["since"]), awaited)
            held.setdefault(row["subject"], deque()).append(entry)
        return held

    async def position(self, owned: Owned) -> tuple[int, int, int]:
        """Fence, next offset and generation as the database has them."""
        with infrastructure():
            found = await self.database["positions"].find_one({"_id": owned.number})
        return (found["fence"], found["next"], found.get("generation", 0)) if found else (0, 0, 0)

    # -- reading -----------------------------------------------------------------------------------------------------

    async def load(self, owned: Owned, keys: set[Key]) -> dict[Key, Document | None]:
        """The documents of these keys, None where there is none."""
        loaded: dict[Key, Document | None] = dict.fromkeys(keys)
        kinds: dict[str, list[str]] = defaultdict(list)
        for collection, id in sorted(keys):
            kinds[collection].append(document_place(owned.number, id))
        for collection, ids in kinds.items():
            kind = self.service.documents[collection]
            async for row in self._find(named(collection, owned.generation), ids):
                document = as_document(kind, row)
                loaded[(collection, document.id)] = document
        return loaded

    async def seen(self, number: int, identities: Iterable[str]) -> dict[str, str]:
        """Which of these events the inbox knows, with the hash of their content."""
        ids = [f"{number:03d}|{identity}" for identity in identities]
        return {row["_id"][4:]: row["content"] async for row in self._find("inbox", ids)}

    async def _find(self, collection: str, ids: list[str]) -> AsyncIterator[dict[str, Any]]:
        with infrastructure():
            for start in range(0, len(ids), self.ids_per_find):
                chunk = ids[start : start + self.ids_per_find]
                query = {"_id": chunk[0]} if len(chunk) == 1 else {"_id": {"$in": chunk}}
                for row in await self.database[collection].find(query).to_list(None):
                    yield row

    async def leftovers(self, owned: Owned) -> AsyncIterator[Row]:
        """Outbox rows not known to be published, in order; a partly published row is read whole."""
        with infrastructure():
            cursor = self.database["outbox"].find({"p": owned.number, "after": {"$gt": owned.published}}).sort("_id", 1)
            async for row in cursor:
                events = [Outgoing(*fields) for fields in row["events"]]
                yield Row(owned.number, [e for e in events if e.number >= owned.published])

    async def kept_log(self, number: int) -> AsyncIterator[list[tuple[bytes, str]]]:
        """What the log of a partition held, in order, a batch at a time; nothing where it is not kept."""
        with infrastructure():
            async for row in self.database["outbox"].find({"p": number}).sort("_id", 1):
                yield [(value, content) for value, content in row["records"]]

    async def states(self, owned: Owned) -> AsyncIterator[Document]:
        """Every document of a partition that is published as the state of its key."""
        for collection, kind in self.service.documents.items():
            if kind.published_state is not Document.published_state:
                with infrastructure():
                    rows = self.database[named(collection, owned.generation)]
                    async for row in rows.find({"p": owned.number}).sort("_id", 1):
                        yield as_document(kind, row)

    async def buried(self, owned: Owned) -> AsyncIterator[Outgoing]:
        """Tombstones for the compacted states that a rebuild left out of this generation."""
        with infrastructure():
            async for row in self.database[named(BURIED, owned.generation)].find({"p": owned.number}).sort("_id", 1):
                yield Outgoing(owned.partition.counter - 1, row["topic"], row["key"], row["type"], b"")

    # -- writing -----------------------------------------------------------------------------------------------------

    def writes(self, work: Work) -> Writes:
        """What a transaction over these batches writes."""
        collections: dict[str, list[Any]] = defaultdict(list)
        for owned, batch in work:
            for identity, (outcome, content, ordinal) in batch.outcomes.items():
                id = f"{batch.number:03d}|{identity}"
                if ordinal >= batch.began_with:
                    row = {"_id": id, "p": batch.number, "content": content, "outcome": outcome}
                    collections["inbox"].append(InsertOne(row))
                else:
                    collections["inbox"].append(UpdateOne({"_id": id}, {"$set": {"outcome": outcome}}))
            for (collection, id), document in batch.documents.items():
                collections[named(collection, owned.generation)].append(document_write(batch.number, id, document))
            for version in batch.versions:
                name = named(earlier(type(version.document)), owned.generation)
                collections[name].append(version_write(batch.number, version))
            collections["outbox"] += rows(batch, keep_log=self.keep_log)
            collections["held"] += held_writes(batch)
            collections["rejections"] += [rejection_write(batch, r) for r in batch.rejections]
        positions = [position_update(batch, fence=o.fence, generation=o.generation, published=o.published) for o, batch in work]
        published = [(owned, owned.published) for owned, _ in work]
        return Writes(positions, {name: operations for name, operations in collections.items() if operations}, published)

    async def commit(self, writes: Writes) -> None:
        """Write all batches in one transaction. Raises Duplicate for an event the inbox knows, Fenced, Infrastructure."""

        async def body(session: Session) -> None:
            done = await self.database["positions"].bulk_write(writes.positions, session=session)
            if done.matched_count != len(writes.positions):
                numbers = [owned.number for owned, _ in writes.published]
                raise Fenced(f"a partition of {self.service.log} among {numbers} is owned elsewhere")
            faultpoints.hit("in_transaction")
            for name, operations in writes.collections.items():
                await self.database[name].bulk_write(operations, ordered=False, session=session)

        # Those of a generation that was built are there; made here, they could come back after the next one dropped them.
        first = (name for name in writes.collections if not parsed(name)[1])
        await self.database.make(found_by(self.service, first))
        await self.database.transact(body)
        for owned, published in writes.published:
            owned.marked = published

    async def mark_republished(self, owned: Owned) -> None:
        """Remember that the compacted states were sent again."""
        with infrastructure():
            where = {"_id": owned.number, "fence": owned.fence, "generation": owned.generation}
            await self.database["positions"].update_one(where, {"$set": {"republish": False}})
        owned.republish = False

    async def mark_published(self, owned: Owned) -> None:
        """Remember how far the outbox is published, between batches; a batch writes it along."""
        with infrastructure():
            where = {"_id": owned.number, "fence": owned.fence}
            await self.database["positions"].update_one(where, {"$set": {"published": owned.published}})
        owned.marked = owned.published

    async def purge(self, owned: Owned) -> None:
        """Forget outbox rows that were published longer ago than the retention, in business time."""
        day = owned.partition.day
        if self.retention_days is not None and not self.keep_log and day is not None:
            before = (day - timedelta(days=self.retention_days)).isoformat()
            with infrastructure():
                where = {"p": owned.number, "after": {"$lte": owned.published}, "day": {"$lt": before}}
                await self.database["outbox"].delete_many(where)

    # -- intake ------------------------------------------------------------------------------------------------------

    async def claim_intake(self, owned: Owned) -> dict[tuple[str, int], int]:
        """Become the one that reads the input topics; the positions it goes on from, none for another epoch."""
        with infrastructure():
            intake = self.database["intake"]
            found = await intake.find_one({"_id": "intake"}) or {"epoch": owned.epoch, "positions": []}
            positions = found["positions"] if found["epoch"] == owned.epoch else []
            change = {"fence": owned.fence, "epoch": owned.epoch, "positions": positions}
            await intake.update_one({"_id": "intake"}, {"$setOnInsert": {**change, "fence": 0}}, upsert=True)
            # A zombie that wakes must not take back what a later owner has.
            done = await intake.update_one({"_id": "intake", "fence": {"$lte": owned.fence}}, {"$set": change})
        if not done.matched_count:
            raise Fenced(f"a later owner reads the input topics of {self.service.name}")
        return {(topic, number): next for topic, number, next in positions}

    async def save_intake(self, owned: Owned, positions: dict[tuple[str, int], int]) -> None:
        """Remember how far the input topics are in the log; raises Fenced where another instance reads them now."""
        rows = [[topic, number, next] for (topic, number), next in sorted(positions.items())]
        with infrastructure():
            where = {"_id": "intake", "fence": owned.fence}
            done = await self.database["intake"].update_one(where, {"$set": {"positions": rows}})
        if not done.matched_count:
            raise Fenced(f"another instance reads the input topics of {self.service.name}")
