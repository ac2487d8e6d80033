"""The guarantees of the system, checked while it runs: those each service shows of itself, and those between them."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass

import pydantic_core
from aiokafka import TopicPartition
from shared.messaging.kafka import Publisher, ends, plain_consumer
from shared.messaging.topics import every_topic

from chuluc.directory import Directory, Run
from chuluc.journal import Journal
from chuluc.services import Services


@dataclass(frozen=True, slots=True)
class Finding:
    """One guarantee at one place: kept or not, and what was counted."""

    where: str
    guarantee: int
    ok: bool
    detail: str


async def audit(directory: Directory, run: Run, services: Services) -> list[Finding]:
    """Every finding; the system should be at rest, or what is on its way looks missing."""
    findings = [
        Finding(service, said["guarantee"], said["ok"], said["detail"])
        for service in services.names
        for said in (await services.get(service, "/audit"))["guarantees"]
    ]
    public = {name for name in every_topic() if not name.endswith((".log.v1", ".dead-letter"))}
    publisher = Publisher(run.kafka_settings())
    try:
        topics = {name: await _read(run, publisher, name) for name in sorted(public)}
    finally:
        await publisher.stop()
    findings += [_journal_is_there(directory, topics), _one_id_one_content(topics), await _same_day(services)]
    return findings


def _journal_is_there(directory: Directory, topics: dict[str, list[bytes]]) -> Finding:
    """Guarantee 3: what was accepted into the journal lies in its topic."""
    journal = Counter((entry.topic, entry.value) for entry in Journal(directory.journal).read())
    there = Counter((topic, value) for topic, values in topics.items() for value in values)
    missing = sum(count > there[record] for record, count in journal.items())
    return Finding("journal", 3, not missing, f"{journal.total()} records accepted, {missing} not in their topic")


def _one_id_one_content(topics: dict[str, list[bytes]]) -> Finding:
    """Guarantee 5: an event of a service that was published again is the same event."""
    contents: dict[str, set[str]] = defaultdict(set)
    for topic, values in topics.items():
        if topic.startswith("city."):
            continue
        for value in values:
            event = pydantic_core.from_json(value)
            contents[f"{event['source']}|{event['id']}"].add(json.dumps([event["type"], event["data"]], sort_keys=True))
    changed = sum(len(found) > 1 for found in contents.values())
    return Finding("topics", 5, not changed, f"{len(contents)} events published by services, {changed} with two contents")


async def _same_day(services: Services) -> Finding:
    """Guarantee 2: the day's tick has passed every service and none is ahead."""
    days = {name: status.day if status else None for name, status in (await services.statuses()).items()}
    return Finding("days", 2, len(set(days.values())) == 1, ", ".join(f"{name} {day}" for name, day in days.items()))


async def _read(run: Run, publisher: Publisher, topic: str) -> list[bytes]:
    """Every value of a topic up to its end."""
    partitions = [TopicPartition(topic, n) for n in range(await publisher.partitions(topic))]
    consumer = plain_consumer(run.kafka_settings())
    await consumer.start()
    try:
        consumer.assign(partitions)
        await consumer.seek_to_beginning(*partitions)
        values: list[bytes] = []
        while True:
            end = await ends(consumer, partitions)
            if all([await consumer.position(tp) >= end[tp] for tp in partitions]):
                return values
            for records in (await consumer.getmany(timeout_ms=200)).values():
                values += [record.value for record in records if record.value]
    finally:
        await consumer.stop()
