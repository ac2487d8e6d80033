"""Lines to publish: each checked by its contract, with an answer for every one that cannot be sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from shared.contracts.base import REGISTER, Contract
from shared.errors import Refusal
from shared.messaging.codec import Received, check_attributes, decode, validate
from shared.messaging.refusals import PublisherMayNot
from shared.messaging.topics import every_topic

from chuluc.directory import OperatorError
from chuluc.journal import Entry


class NoSuchType(Refusal):
    slug = "unknown-type"
    vi = "Không có loại sự kiện {type}; xem danh mục sự kiện để biết các loại có thể gửi."
    en = "There is no event type {type}; see the event catalogue for the types that can be sent."


class PublishedByService(Refusal):
    slug = "published-by-service"
    vi = "Loại sự kiện {type} có thật nhưng chỉ do {publisher_vi} phát hành; không gửi loại này từ bên ngoài được."
    en = "Event type {type} exists and is published only by {publisher_en}; it cannot be sent from outside."

    @classmethod
    def of(cls, contract: Contract) -> Self:
        """The refusal of a type of ours; those of the runtime are every service's."""
        publisher, one = contract.topic.name.split(".")[0], "{" not in contract.topic.name
        return cls(
            field="type",
            type=contract.type,
            publisher_vi=f"dịch vụ {publisher}" if one else "chính các dịch vụ",
            publisher_en=f"the service {publisher}" if one else "the services themselves",
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What is wrong with one line: its number from 1, and the refusal with its texts."""

    line: int
    refusal: Refusal

    def __str__(self) -> str:
        return f"line {self.line}: {self.refusal.slug}: {self.refusal.text('en')} / {self.refusal.text('vi')}"


def checked(lines: Iterable[bytes]) -> tuple[list[Entry], list[Answer]]:
    """The records of the lines that are events as their contracts say, and an answer for each of the others."""
    every_topic()  # loads all contracts
    entries: list[Entry] = []
    answers: list[Answer] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entries.append(record_of(line.rstrip(b"\r\n")))
        except Refusal as refusal:
            answers.append(Answer(number, refusal))
    return entries, answers


def record_of(line: bytes) -> Entry:
    """The record of one structured CloudEvent; raises the refusal the services would answer with."""
    raw = decode(Received("", 0, 0, None, line, (), 0))
    check_attributes(raw)
    contract = REGISTER.by_type.get(raw["type"])
    if contract is None:
        raise NoSuchType(field="type", type=raw["type"])
    if contract.topic.answered_by is None:
        raise PublishedByService.of(contract)
    topic = contract.topic
    if not topic.may_publish(raw["source"]):
        raise PublisherMayNot(field="source", source=raw["source"], topic=topic.name, owner=topic.source)
    return Entry(topic.name, contract.key_of(validate(line, contract, str(raw["id"])).data), line)


def unchecked(lines: Iterable[bytes], topic: str) -> list[Entry]:
    """The lines as they are, for a topic that exists: a wrong name must not make a new topic."""
    known = every_topic()
    if topic not in known:
        raise OperatorError(f"There is no topic {topic}; the topics are:\n  " + "\n  ".join(sorted(known)))
    return [Entry(topic, None, line.rstrip(b"\r\n")) for line in lines]
