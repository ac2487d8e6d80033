"""Reading whole topics: every record up to the end, and the valid events among them."""

from collections.abc import Iterable, Mapping
from typing import Any

from aiokafka import TopicPartition
from shared.contracts.base import REGISTER, Event
from shared.contracts.runtime import RecordRejected
from shared.errors import Refusal
from shared.messaging.codec import Received, check_attributes, decode, in_one, validate
from shared.messaging.kafka import Publisher, ends, plain_consumer
from shared.messaging.refusals import IdReused

from chuluc.directory import Run

Topics = Mapping[str, list[Received]]


async def read_all(run: Run, names: Iterable[str]) -> Topics:
    """The records of each topic, in the order of their partitions."""
    publisher = Publisher(run.kafka_settings())
    try:
        return {name: await _read(run, publisher, name) for name in names}
    finally:
        await publisher.stop()


async def _read(run: Run, publisher: Publisher, topic: str) -> list[Received]:
    partitions = [TopicPartition(topic, n) for n in range(await publisher.partitions(topic))]
    consumer = plain_consumer(run.kafka_settings())
    await consumer.start()
    try:
        consumer.assign(partitions)
        await consumer.seek_to_beginning(*partitions)
        read: list[Received] = []
        while True:
            end = await ends(consumer, partitions)
            if all([await consumer.position(tp) >= end[tp] for tp in partitions]):
                return read
            for records in (await consumer.getmany(timeout_ms=200)).values():
                read += [Received(r.topic, r.partition, r.offset, r.key, r.value, tuple(r.headers), r.timestamp) for r in records]
    finally:
        await consumer.stop()


def events(records: Iterable[Received], model: type[Any]) -> list[Event[Any]]:
    """The valid events of a type, each once (an id is one within its key), in the order of the records."""
    found: dict[tuple[str, str], Event[Any]] = {}
    for record in records:
        event = _event(record)
        if event is not None and isinstance(event.data, model):
            found.setdefault((event.identity, event.data.contract.key_of(event.data)), event)
    return list(found.values())


def _event(record: Received) -> Event[Any] | None:
    """The event in a record; None where a service would refuse it on sight."""
    try:
        raw = decode(record)
        check_attributes(raw)
        contract = REGISTER.by_type.get(raw["type"])
        if contract is None or contract.topic.name != record.topic or not contract.topic.may_publish(raw["source"]):
            return None
        return validate(in_one(raw, record), contract, raw["id"])
    except Refusal:
        return None


def refused(notices: Iterable[Received]) -> set[str]:
    """Identities of the valid events that a rule of the service refused, from its rejected topic.

    Notices of the intake name their place: what they refuse is no valid event, and its id may be used for the right one.
    Nor does a second content under a known id say anything of the first.
    """
    found: set[str] = set()
    for record in notices:
        notice = RecordRejected.model_validate(decode(record)["data"])
        if notice.topic is None and notice.slug != IdReused.slug:
            found.add(f"{notice.rejected_source}|{notice.rejected_id}")
    return found
