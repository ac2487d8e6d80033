"""The guarantees, checked on a running service: what its log, its inbox and its topics say must agree."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pydantic_core
from aiokafka import TopicPartition

from shared.contracts.base import REGISTER, identity
from shared.messaging.generations import current, named
from shared.messaging.kafka import ends, plain_consumer
from shared.mongo import infrastructure
from shared.process import Process


async def audit(process: Process) -> list[dict[str, Any]]:
    """The findings for the guarantees that one service can show by itself."""
    owned = sorted(process.core.owned)
    log = await _read(process, process.service.log)
    received: Counter[tuple[int, str]] = Counter()
    for number, offset, raw in log:
        if number in owned and offset < process.core.owned[number].partition.next and not raw["type"].endswith(".LogOpened.v1"):
            received[(number, identity(raw["source"], raw["id"], raw.get("forwardedto")))] += 1
    inbox: dict[tuple[int, str], str] = {}
    held = 0
    with infrastructure():
        async for row in process.database["inbox"].find({"p": {"$in": owned}}):
            inbox[(row["p"], row["_id"][4:])] = row["outcome"]
        async for _ in process.database["held"].find({"p": {"$in": owned}}):
            held += 1
    known = set(inbox)
    missing = [place for place in received if place not in known]
    outcomes = Counter(inbox.values())
    return [
        {
            "guarantee": 1,
            "ok": not missing,
            "detail": f"{len(received)} events in the log, {len(missing)} without an effect, "
            f"{received.total() - len(received)} repeats dropped",
        },
        _reused(process, log),
        await _order(process, owned),
        {
            "guarantee": 3,
            "ok": outcomes["held"] == held and not missing,
            "detail": f"{in_words(outcomes)}; {held} in the queues",
        },
    ]


def in_words(outcomes: Mapping[str, int]) -> str:
    """How many events had which outcome, for people: 5 handled, 2 refused."""
    return ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items())) or "nothing received"


def _reused(process: Process, log: list[tuple[int, int, dict[str, Any]]]) -> dict[str, Any]:
    """Ids a publisher used again under another key: two events to us (see decision 0008), a fault of the publisher's."""
    places: dict[str, set[int]] = {}
    for number, _, raw in log:
        route = process.service.routes.get(raw["type"])
        if route is not None and route.key is not None:
            places.setdefault(identity(raw["source"], raw["id"], raw.get("forwardedto")), set()).add(number)
    reused = sorted(id for id, numbers in places.items() if len(numbers) > 1)
    return {
        "guarantee": 1,
        "ok": True,
        "detail": f"{len(reused)} ids used for events of several keys" + (f": {', '.join(reused[:20])}" if reused else ""),
    }


async def _order(process: Process, owned: list[int]) -> dict[str, Any]:
    """Guarantee 2: what a partition published is there without a gap, and each topic shows its numbers rising.

    Topics of the latest state are left out: they may be compacted, or made again from the state.
    """
    published = {o.number: o.published for o in process.core.owned.values()}
    wanted: dict[int, set[int]] = {n: set() for n in owned}
    topics = set()
    with infrastructure():
        async for row in process.database["outbox"].find({"p": {"$in": owned}}):
            for counter, topic, *_ in row["events"]:
                if counter < published[row["p"]] and not REGISTER.topics_compacted(topic):
                    wanted[row["p"]].add(counter)
                    topics.add(topic)
    seen: dict[int, set[int]] = {n: set() for n in owned}
    disorder = 0
    for topic in sorted(topics):
        last: dict[tuple[int, str], int] = {}
        for _, _, raw in await _read(process, topic):
            number, counter = (int(part) for part in (raw.get("sequence") or "-1-0").rsplit("-", 1))
            if number not in seen or not raw["source"].endswith("/" + process.service.name):
                continue
            key = (number, str(raw.get("partitionkey")))
            if counter not in seen[number] and counter < last.get(key, -1):
                disorder += 1
            seen[number].add(counter)
            last[key] = max(counter, last.get(key, -1))
    gaps = sum(len(wanted[n] - seen[n]) for n in owned)
    return {
        "guarantee": 2,
        "ok": not disorder and not gaps,
        "detail": f"{sum(map(len, wanted.values()))} events published on {len(topics)} topics, "
        f"{gaps} missing, {disorder} out of order",
    }


async def _read(process: Process, topic: str) -> list[tuple[int, int, dict[str, Any]]]:
    """Every record of a topic up to its end: partition, offset, event."""
    consumer = plain_consumer(process.settings.kafka)
    await consumer.start()
    try:
        numbers = range(await process.publisher.partitions(topic))
        partitions = [TopicPartition(topic, n) for n in numbers]
        consumer.assign(partitions)
        await consumer.seek_to_beginning(*partitions)
        found = []
        while any([await consumer.position(tp) < end for tp, end in (await ends(consumer, partitions)).items()]):
            for tp, records in (await consumer.getmany(timeout_ms=200)).items():
                found += [(tp.partition, r.offset, pydantic_core.from_json(r.value)) for r in records if r.value]
        return found
    finally:
        await consumer.stop()


async def state_hash(process: Process) -> dict[str, Any]:
    """A hash over the whole state and one over all published events: equal states of equal logs give equal hashes.

    Where a record lies in the log does not count, so that a log made again from journals gives the same hash.
    """
    state, events, documents, published = hashlib.sha256(), hashlib.sha256(), 0, 0
    generation = await current(process.database)
    with infrastructure():
        for collection in process.service.collections:
            async for row in process.database[named(collection, generation)].find({}).sort("_id", 1):
                documents += 1
                _feed(state, [collection, row])
        async for row in process.database["inbox"].find({}).sort("_id", 1):
            _feed(state, [row["_id"], row["outcome"]])
        async for row in process.database["positions"].find({}).sort("_id", 1):
            _feed(state, [row["_id"], row["counter"], row["day"], row["holidays"]])
            _feed(events, [row["_id"], row["counter"], row["digest"]])
            published += row["counter"]
    return {"hash": state.hexdigest(), "events_hash": events.hexdigest(), "documents": documents, "events": published}


def _feed(digest: Any, row: Any) -> None:
    digest.update(json.dumps(row, sort_keys=True, ensure_ascii=False, default=str).encode())
