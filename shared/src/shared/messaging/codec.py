"""From bytes to events: CloudEvents in structured or binary mode in, structured JSON on the log.

Each record is read on its own, so one that cannot be read costs itself and nothing else.
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import pydantic_core
from pydantic import ValidationError

from shared.contracts.base import REGISTER, SOURCE_PREFIX, Contract, Event, Topic, derived_id, identity, make_event
from shared.contracts.runtime import RecordRefusedAtIntake
from shared.errors import Refusal
from shared.messaging.partition import LogRecord
from shared.messaging.refusals import (
    AttributeOfLogs,
    InvalidData,
    NotCloudEvent,
    NotJson,
    NotUtf8,
    PublisherMayNot,
    UnknownType,
    Unreadable,
    WrongTopic,
    in_words,
    notice,
)
from shared.messaging.service import Service

STRUCTURED = "application/cloudevents+json"
MOST_RAW = 1_000_000
LAST_MOMENT = 253_402_300_799_000
# A guess at the type before anything is decoded; whoever uses it compares it with what the event says.
TYPE = re.compile(rb'"type":\s*"(vn\.gov\.hanoi\.industry\.\w+\.v\d+)"')

SORTED = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode


class Received(NamedTuple):
    """A record of an input topic as Kafka gave it."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]
    timestamp: int


class Entry(NamedTuple):
    """What is appended to the log: to the partition of `key`, or to every partition where it is None."""

    key: str | None
    type: str
    value: bytes
    content: str


@lru_cache(maxsize=512)
def envelope_of(contract: Contract) -> type[Event[Any]]:
    """The pydantic model of the whole event."""
    return Event[contract.model]  # type: ignore[name-defined]


def content_hash(value: bytes) -> str:
    """A short hash of the data as it was said, whatever this version understands of it and in any order of its fields."""
    said = SORTED(pydantic_core.from_json(value)["data"])
    return hashlib.blake2b(said.encode(), digest_size=12).hexdigest()


def read_input(received: Received, service: Service) -> Entry | None:
    """Decode, check and key one record: an entry for the log, or None where this service has nothing to do with it.

    What has to be refused becomes an entry too, so that the answer is given exactly once.
    """
    topic = REGISTER.topics[received.topic]
    raw: dict[str, Any] = {}
    try:
        if (entry := _read_at_once(received, topic, service)) is not None:
            return entry
        raw = decode(received)
        check_attributes(raw)
        return _accept(raw, received, topic, service)
    except Refusal as refusal:
        return _refuse(refusal, raw, received, topic, service)
    except Exception as error:  # noqa: BLE001 - a record nobody foresaw must not stop the records behind it
        return _refuse(Unreadable(problem=type(error).__name__), raw, received, topic, service)


def _read_at_once(received: Received, topic: Topic, service: Service) -> Entry | None:
    """The entry of a record in which nothing is wrong, read in one pass; None where it has to be looked at closely."""
    value = received.value or b""
    found = TYPE.search(value)
    route = service.routes.get(found.group(1).decode()) if found else None
    if route is None or route.contract.topic.name != topic.name or _is_binary(received):
        return None
    try:
        event = envelope_of(route.contract).model_validate_json(value)
    except ValidationError:
        return None
    # The text found may have been somewhere inside the data; the event itself says what it is.
    if event.type != route.contract.type or event.forwardedto is not None or not topic.may_publish(event.source):
        return None
    return Entry(route.key_of(event.data), event.type, value, content_hash(value))


def _accept(raw: dict[str, Any], received: Received, topic: Topic, service: Service) -> Entry | None:
    kind, source = str(raw["type"]), str(raw["source"])
    contract = REGISTER.by_type.get(kind)
    if contract is None:
        if topic.answered_by:
            raise UnknownType(type=kind, topic=topic.name)
        key = raw.get("partitionkey") or (received.key or b"").decode(errors="replace")
        return Entry(str(key), kind, in_one(raw, received), "")
    route = service.routes.get(kind)
    if route is None and topic.answered_by != service.name:
        return None
    if contract.topic.name != topic.name:
        raise WrongTopic(type=kind, right=contract.topic.name, topic=topic.name)
    if not topic.may_publish(source):
        raise PublisherMayNot(source=source, topic=topic.name, owner=topic.source)
    value = in_one(raw, received)
    event = validate(value, contract, str(raw["id"]))
    if route is None:
        return None
    return Entry(route.key_of(event.data), kind, value, content_hash(value))


def _refuse(refusal: Refusal, raw: dict[str, Any], received: Received, topic: Topic, service: Service) -> Entry | None:
    contract = REGISTER.by_type.get(str(raw.get("type")))
    answering = topic.answered_by or (contract.topic.answered_by if contract else None)
    if answering is not None and answering != service.name:
        return None
    value = received.value or b""
    answer = notice(
        refusal,
        source=str(raw.get("source") or received.topic),
        id=str(raw.get("id") or f"{received.topic}/{received.partition}/{received.offset}"),
        type=str(raw["type"]) if raw.get("type") else None,
        topic=received.topic,
        partition=received.partition,
        offset=received.offset,
    )
    # The whole record stays in the input topic; what is kept of a huge one has to fit into the log.
    kept = base64.b64encode(value[:MOST_RAW]).decode()
    data = RecordRefusedAtIntake(place=received.topic, notice=answer, raw=kept)
    # Not made from the offset: a journal published again after the broker's loss gives the same bytes at another one.
    said = b"".join([value, *(k.encode() + v for k, v in received.headers if k.lower().startswith("ce_"))])
    id = derived_id(received.topic, hashlib.blake2b(said, digest_size=16).hexdigest())
    event = make_event(data, id=id, time=_when(received), source=SOURCE_PREFIX + service.name)
    return Entry(received.topic, data.contract.type, event.to_json(), "")


def _when(received: Received) -> datetime:
    return datetime.fromtimestamp(min(max(received.timestamp, 0), LAST_MOMENT) / 1000, UTC)


def decode(received: Received) -> dict[str, Any]:
    """What the record says, before anything is asked of it, so that an answer can name the id it was able to read."""
    value = received.value or b""
    binary = {k.lower()[3:]: v for k, v in received.headers if k.lower().startswith("ce_")}
    try:
        text = value.decode()
        attributes = {k: v.decode() for k, v in binary.items()}
    except UnicodeDecodeError as error:
        raise NotUtf8(position=error.start) from None
    try:
        body = pydantic_core.from_json(text)
    except ValueError as error:
        raise NotJson(problem=error) from None
    raw: Any = {**attributes, "data": body} if attributes else body
    if not isinstance(raw, Mapping):
        raise NotCloudEvent(attribute="event", wanted_vi="một đối tượng JSON", wanted_en="a JSON object")
    return dict(raw)


def check_attributes(raw: Mapping[str, Any]) -> None:
    """Refuse what lacks an attribute every CloudEvent of ours has."""
    for attribute in ("id", "source", "type", "time"):
        if not isinstance(raw.get(attribute), str) or not raw[attribute]:
            raise NotCloudEvent(
                field=attribute, attribute=attribute, wanted_vi="một chuỗi không rỗng", wanted_en="a text, not empty"
            )
    if raw.get("specversion") != "1.0":
        raise NotCloudEvent(field="specversion", attribute="specversion", wanted_vi="1.0", wanted_en="1.0")
    if raw.get("forwardedto") is not None:
        raise AttributeOfLogs(field="forwardedto", attribute="forwardedto", id=raw["id"])


def validate(value: bytes, contract: Contract, id: str) -> Event[Any]:
    """The typed event; raises InvalidData with the path of the first offending field."""
    try:
        return envelope_of(contract).model_validate_json(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = ".".join(map(str, first["loc"]))
        problem_vi, problem = in_words(first["type"], first.get("ctx", {}), first["msg"], first["input"])
        raise InvalidData(field=path, path=path, id=id, problem=problem, problem_vi=problem_vi) from None


def _is_binary(received: Received) -> bool:
    return any(k.lower() == "ce_id" for k, _ in received.headers)


def in_one(raw: dict[str, Any], received: Received) -> bytes:
    """The event as structured JSON, whichever mode it came in."""
    if _is_binary(received):
        return json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode()
    return received.value or b""


def read_log(offset: int, value: bytes, content: str, timestamp: float) -> LogRecord:
    """One record of our own log. What lies there was checked at intake; what this version cannot read stays undecoded."""
    found = TYPE.search(value)
    contract = REGISTER.by_type.get(found.group(1).decode()) if found else None
    if contract is not None:
        with suppress(ValidationError):
            event = envelope_of(contract).model_validate_json(value)
            if event.type == contract.type:
                subject = contract.subject_of(event.data)
                return LogRecord(offset, event.identity, event.type, subject, value, content, event, timestamp)
    return _read_log_closely(offset, value, content, timestamp)


def _read_log_closely(offset: int, value: bytes, content: str, timestamp: float) -> LogRecord:
    raw = pydantic_core.from_json(value)
    kind = raw["type"]
    contract = REGISTER.by_type.get(kind)
    known_by = identity(raw["source"], raw["id"], raw.get("forwardedto"))
    try:
        event = envelope_of(contract).model_validate_json(value) if contract else None
    except ValidationError:
        event = None
    if contract is None or event is None:
        return LogRecord(offset, known_by, kind, f"type:{kind}", value, content, None, timestamp)
    return LogRecord(offset, known_by, kind, contract.subject_of(event.data), value, content, event, timestamp)
