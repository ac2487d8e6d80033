"""Contender a: a plain FastStream handler, correct, one transaction a message.

Manual acknowledgement; inbox, state and outbox in one transaction; then publish, mark, commit the offset. Run as a process.
"""

import asyncio
from typing import Any

from faststream import AckPolicy, FastStream
from faststream.kafka import KafkaBroker
from faststream.kafka.annotations import KafkaMessage
from motor.motor_asyncio import AsyncIOMotorClient
from shared.contracts.base import Event, derived_id, make_event

from tests.benchmarks.commands import count_when_asked
from tests.benchmarks.contracts import COUNTED, FILED, DossierFiled, Tally
from tests.benchmarks.environment import Engines

count_when_asked()
engines = Engines()
client: Any = AsyncIOMotorClient(engines.mongo.uri.get_secret_value())
database = client[engines.mongo.database or "plain"]
broker = KafkaBroker(engines.kafka.bootstrap_servers, acks="all", logger=None)
app = FastStream(broker, logger=None)


@app.after_startup
async def publish_leftovers() -> None:
    """What was committed and not published when the process before this one died."""
    async for row in database.outbox.find({"published": False}).sort("_id", 1):
        await publish(row)


async def publish(row: dict[str, str]) -> None:
    await broker.publish(row["value"].encode(), COUNTED.name, key=row["key"].encode())
    await database.outbox.update_one({"_id": row["_id"]}, {"$set": {"published": True}})


@broker.subscriber(FILED.name, group_id="plain", ack_policy=AckPolicy.MANUAL, **engines.group)  # type: ignore[untyped-decorator]
async def count(event: Event[DossierFiled], message: KafkaMessage) -> None:
    """A dossier was filed: it is counted and answered."""
    try:
        row = await transact(event)
        if row is not None:
            await publish(row)
        await message.ack()
    except Exception:
        await message.nack()
        raise


async def transact(event: Event[DossierFiled]) -> dict[str, str] | None:
    """The effect of one event in one transaction; None where it has been counted before."""
    async with await client.start_session() as session, session.start_transaction():
        if await database.inbox.find_one({"_id": event.identity}, session=session):
            return None
        await database.inbox.insert_one({"_id": event.identity}, session=session)
        found = await database.tallies.find_one({"_id": event.data.tax_code}, session=session)
        tally = read_tally(found, event.data.tax_code).after(event.data)
        await database.tallies.replace_one({"_id": tally.id}, tally.model_dump(exclude={"id"}), upsert=True, session=session)
        row = outbox_row(event, tally)
        await database.outbox.insert_one({**row, "published": False}, session=session)
        return row


def read_tally(found: dict[str, Any] | None, tax_code: str) -> Tally:
    """The document as it is stored, or the first one of an enterprise."""
    return Tally(id=tax_code) if found is None else Tally(id=tax_code, **{k: v for k, v in found.items() if k != "_id"})


def outbox_row(event: Event[DossierFiled], tally: Tally) -> dict[str, str]:
    """The answer to one event, as it waits to be published."""
    id = derived_id(event.identity, "counted")
    answer = make_event(tally.answer(event.data), id=id, time=event.time, correlationid=event.correlationid, causationid=event.id)
    return {"_id": id, "key": tally.id, "value": answer.to_json().decode()}


if __name__ == "__main__":
    asyncio.run(app.run())
