"""From bytes to events: CloudEvents in structured or binary mode in, structured JSON on the log.

Each record is read on its own, so one that cannot be read costs itself and nothing else.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import pydantic_core
from pydantic import ValidationError

from shared.contracts.base import REGISTER, SOURCE_PREFIX, Contract, Event, Topic, derived_id, make_event
from shared.contracts.runtime import RecordRefusedAtIntake, RecordRejected
from shared.errors import Refusal
from shared.messaging.partition import LogRecord
from shared.messaging.service import Service

STRUCTURED = "application/cloudevents+json"


class NotUtf8(Refusal):
    slug = "not-utf8"
    vi = "Bản ghi không phải văn bản UTF-8 (byte thứ {position}); hãy mã hoá lại bằng UTF-8 rồi gửi lại."
    en = "The record is not UTF-8 text (byte {position}); encode it in UTF-8 and send it again."


class NotJson(Refusal):
    slug = "not-json"
    vi = "Bản ghi không phải JSON: {problem}; hãy gửi một CloudEvent dạng JSON."
    en = "The record is not JSON: {problem}; send one CloudEvent in JSON."


class NotCloudEvent(Refusal):
    slug = "not-a-cloudevent"
    vi = "Bản ghi không phải CloudEvent 1.0: thuộc tính {attribute} {problem}."
    en = "The record is not a CloudEvent 1.0: attribute {attribute} {problem}."


class UnknownType(Refusal):
    slug = "unknown-type"
    vi = "Không có loại sự kiện {type} trên chủ đề {topic}; xem danh mục sự kiện để biết các loại được nhận."
    en = "There is no event type {type} on topic {topic}; see the event catalogue for the types it takes."


class WrongTopic(Refusal):
    slug = "wrong-topic"
    vi = "Loại {type} thuộc chủ đề {right}, không phải {topic}; hãy gửi lại vào đúng chủ đề."
    en = "Type {type} belongs on topic {right}, not {topic}; send it there."


class PublisherMayNot(Refusal):
    slug = "publisher-may-not"
    vi = "Nguồn {source} không được gửi vào chủ đề {topic}; chỉ {owner} được gửi."
    en = "Source {source} may not publish on topic {topic}; only {owner} may."


class InvalidData(Refusal):
    slug = "invalid-data"
    vi = "Trường {path} của sự kiện {id} không hợp lệ: {problem}; hãy sửa rồi gửi lại với id mới."
    en = "Field {path} of event {id} is not valid: {problem}; correct it and send it again with a new id."


class Unreadable(Refusal):
    slug = "unreadable"
    vi = "Không đọc được bản ghi ({problem}); bản ghi được giữ nguyên từng byte, hãy kiểm tra rồi gửi lại với id mới."
    en = "The record could not be read ({problem}); its bytes are kept, check it and send it again with a new id."


@dataclass(frozen=True, slots=True)
class Received:
    """A record of an input topic as Kafka gave it."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]
    timestamp: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What is appended to the log: to the partition of `key`, or to every partition where it is None."""

    key: str | None
    type: str
    value: bytes
    content: str


@lru_cache(maxsize=512)
def envelope_of(contract: Contract) -> type[Event[Any]]:
    """The pydantic model of the whole event."""
    return Event[contract.model]  # type: ignore[name-defined]


def content_hash(data: object) -> str:
    """A short hash of the data, the same for any order of its fields."""
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(canonical.encode(), digest_size=12).hexdigest()


def read_input(received: Received, service: Service) -> Entry | None:
    """Decode, check and key one record: an entry for the log, or None where this service has nothing to do with it.

    What has to be refused becomes an entry too, so that the answer is given exactly once.
    """
    topic = REGISTER.topics[received.topic]
    raw: dict[str, Any] = {}
    try:
        raw = parse(received)
        return _accept(raw, received, topic, service)
    except Refusal as refusal:
        return _refuse(refusal, raw, received, topic, service)
    except Exception as error:  # noqa: BLE001 - a record nobody foresaw must not stop the records behind it
        return _refuse(Unreadable(problem=type(error).__name__), raw, received, topic, service)


def _accept(raw: dict[str, Any], received: Received, topic: Topic, service: Service) -> Entry | None:
    kind, source = str(raw["type"]), str(raw["source"])
    contract = REGISTER.by_type.get(kind)
    if contract is None:
        if topic.answered_by:
            raise UnknownType(type=kind, topic=topic.name)
        key = raw.get("partitionkey") or (received.key or b"").decode(errors="replace")
        return Entry(str(key), kind, _structured(raw, received), content_hash(raw.get("data")))
    route = service.routes.get(kind)
    if route is None and topic.answered_by != service.name:
        return None
    if contract.topic.name != topic.name:
        raise WrongTopic(type=kind, right=contract.topic.name, topic=topic.name)
    if not topic.may_publish(source):
        raise PublisherMayNot(source=source, topic=topic.name, owner=topic.source)
    event = validate(raw, contract)
    if route is None:
        return None
    return Entry(route.key_of(event.data), kind, _structured(raw, received), content_hash(raw.get("data")))


def _refuse(refusal: Refusal, raw: dict[str, Any], received: Received, topic: Topic, service: Service) -> Entry | None:
    contract = REGISTER.by_type.get(str(raw.get("type")))
    answering = topic.answered_by or (contract.topic.answered_by if contract else None)
    if answering is not None and answering != service.name:
        return None
    place = f"{received.topic}/{received.partition}"
    notice = RecordRejected(
        rejected_source=str(raw.get("source") or received.topic)[:200],
        rejected_id=str(raw.get("id") or f"{place}/{received.offset}")[:200],
        rejected_type=str(raw["type"])[:200] if raw.get("type") else None,
        slug=refusal.slug,
        vi=refusal.text("vi"),
        en=refusal.text("en"),
        field=refusal.field,
        topic=received.topic,
        partition=received.partition,
        offset=received.offset,
    )
    data = RecordRefusedAtIntake(place=place, notice=notice, raw=base64.b64encode(received.value or b"").decode())
    event = make_event(
        data,
        id=derived_id(place, received.offset, hashlib.blake2b(received.value or b"", digest_size=12).hexdigest()),
        time=_when(received),
        source=SOURCE_PREFIX + service.name,
    )
    return Entry(place, data.contract.type, event.to_json(), "")


def _when(received: Received) -> datetime:
    return datetime.fromtimestamp(max(received.timestamp, 0) / 1000, UTC)


def parse(received: Received) -> dict[str, Any]:
    """The attributes and data of a CloudEvent, from structured or binary mode; raises a Refusal."""
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
        raise NotCloudEvent(attribute="data", problem="must be a JSON object")
    for attribute in ("id", "source", "type", "time"):
        if not isinstance(raw.get(attribute), str) or not raw[attribute]:
            raise NotCloudEvent(field=attribute, attribute=attribute, problem="is missing or is not a text")
    if raw.get("specversion") != "1.0":
        raise NotCloudEvent(field="specversion", attribute="specversion", problem="must be 1.0")
    return dict(raw)


def validate(raw: dict[str, Any], contract: Contract) -> Event[Any]:
    """The typed event; raises InvalidData with the path of the first offending field."""
    try:
        return envelope_of(contract).model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        path = ".".join(map(str, first["loc"]))
        raise InvalidData(field=path, path=path, id=raw["id"], problem=first["msg"]) from None


def _structured(raw: dict[str, Any], received: Received) -> bytes:
    if any(k.lower() == "ce_id" for k, _ in received.headers):
        return json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode()
    return received.value or b""


def read_log(offset: int, value: bytes, content: str, timestamp: float) -> LogRecord:
    """One record of our own log. What lies there was checked at intake; what this version cannot read stays undecoded."""
    raw = pydantic_core.from_json(value)
    kind = raw["type"]
    contract = REGISTER.by_type.get(kind)
    identity = f"{raw['source']}|{raw['id']}"
    try:
        event = envelope_of(contract).model_validate(raw) if contract else None
    except ValidationError:
        event = None
    if contract is None or event is None:
        return LogRecord(offset, identity, kind, f"type:{kind}", value, content, None, timestamp)
    return LogRecord(offset, identity, kind, contract.subject_of(event.data), value, content, event, timestamp)
