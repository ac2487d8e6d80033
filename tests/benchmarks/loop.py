"""Contender b: a batch loop as a good engineer writes it by hand with aiokafka and motor. Run as a process.

A batch of 250: inbox, tallies and outbox rows in one transaction, publish, mark, commit the offsets. An error ends the process;
its supervisor starts it again, and it goes on from the committed offsets with the inbox dropping what was done.
"""

import asyncio
import time
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.structs import ConsumerRecord
from motor.motor_asyncio import AsyncIOMotorClient
from pymongo import ReplaceOne
from shared.contracts.base import Event, derived_id, make_event

from tests.benchmarks.commands import count_when_asked
from tests.benchmarks.contracts import COUNTED, FILED, DossierFiled, Tally
from tests.benchmarks.environment import Engines

Filed = Event[DossierFiled]


class Loop:
    """One consumer, one producer, one database."""

    def __init__(self, engines: Engines) -> None:
        address = engines.kafka.bootstrap_servers
        self.records = engines.kafka.batch_records
        self.ids_per_find = engines.mongo.ids_per_find
        self.client: Any = AsyncIOMotorClient(engines.mongo.uri.get_secret_value())
        self.database = self.client[engines.mongo.database or "loop"]
        group = {"group_id": "loop", "enable_auto_commit": False, **engines.group}
        self.consumer = AIOKafkaConsumer(FILED.name, bootstrap_servers=address, **group)
        self.producer = AIOKafkaProducer(bootstrap_servers=address, acks="all")

    async def run(self) -> None:
        await self.producer.start()
        await self.publish_leftovers()
        await self.consumer.start()
        while True:
            batches = await self.consumer.getmany(timeout_ms=50, max_records=self.records)
            if batches:
                await self.handle([record for records in batches.values() for record in records])
                await self.consumer.commit({part: records[-1].offset + 1 for part, records in batches.items()})

    async def publish_leftovers(self) -> None:
        """What was committed and not published when the process before this one died."""
        rows = await self.database.outbox.find({"published": False}).sort("_id", 1).to_list(None)
        if rows:
            await self.publish(rows)

    async def handle(self, records: list[ConsumerRecord]) -> None:
        events = {event.identity: event for event in map(read, records)}
        seen = {row["_id"] for row in await self.find("inbox", list(events))}
        events = {identity: event for identity, event in events.items() if identity not in seen}
        if not events:
            return
        tallies = await self.tallies({event.data.tax_code for event in events.values()})
        batch, rows = f"{time.time_ns():020d}", []
        for number, event in enumerate(events.values()):
            tally = tallies[event.data.tax_code] = tallies[event.data.tax_code].after(event.data)
            rows.append(outbox_row(f"{batch}-{number:05d}", event, tally))
        changes = [ReplaceOne({"_id": tally.id}, tally.model_dump(exclude={"id"}), upsert=True) for tally in tallies.values()]
        async with await self.client.start_session() as session, session.start_transaction():
            await self.database.inbox.insert_many([{"_id": identity} for identity in events], session=session)
            await self.database.tallies.bulk_write(changes, ordered=False, session=session)
            await self.database.outbox.insert_many(rows, session=session)
        await self.publish(rows)

    async def tallies(self, codes: set[str]) -> dict[str, Tally]:
        """The tallies of these enterprises, new where there is none."""
        found = {row.pop("_id"): row for row in await self.find("tallies", list(codes))}
        return {code: Tally(id=code, **found.get(code, {})) for code in codes}

    async def find(self, collection: str, ids: list[str]) -> list[dict[str, Any]]:
        """Documents by id, in finds of the size the server likes best."""
        found = []
        for start in range(0, len(ids), self.ids_per_find):
            found += await self.database[collection].find({"_id": {"$in": ids[start : start + self.ids_per_find]}}).to_list(None)
        return found

    async def publish(self, rows: list[dict[str, Any]]) -> None:
        """Publish rows in order and mark them."""
        sent = [await self.producer.send(COUNTED.name, row["value"], key=row["key"].encode()) for row in rows]
        await asyncio.gather(*sent)
        marked = {"_id": {"$gte": rows[0]["_id"], "$lte": rows[-1]["_id"]}}
        await self.database.outbox.update_many(marked, {"$set": {"published": True}})


def read(record: ConsumerRecord) -> Filed:
    """The typed, checked event of a record."""
    return Filed.model_validate_json(record.value)


def outbox_row(id: str, event: Filed, tally: Tally) -> dict[str, Any]:
    """The answer to one event, as it waits to be published."""
    identity = derived_id(event.identity, "counted")
    answer = make_event(
        tally.answer(event.data), id=identity, time=event.time, correlationid=event.correlationid, causationid=event.id
    )
    return {"_id": id, "key": tally.id, "value": answer.to_json(), "published": False}


async def main() -> None:
    await Loop(Engines()).run()


if __name__ == "__main__":
    count_when_asked()
    asyncio.run(main())
