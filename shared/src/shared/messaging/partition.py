"""What a log partition is in memory: its records, what is held, what goes out, and where it stands."""

from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from shared.business_days import Calendar
from shared.contracts.base import Event
from shared.contracts.runtime import RecordRejected
from shared.messaging.document import Document
from shared.messaging.unit import Key, NeedDocuments


class LogRecord(NamedTuple):
    """One record of the log, decoded. `event` is None where no contract of this version knows the type.

    `content` is a hash of the data as it was received; `timestamp` is when the log took it, for measuring only.
    `ordinal` is its running number among the records the partition received, repeats left out: unlike the offset it
    stays what it was when a lost log is made again.
    """

    offset: int
    identity: str
    type: str
    subject: str
    value: bytes
    content: str
    event: Event[Any] | None
    timestamp: float = 0.0
    ordinal: int = -1

    def numbered(self, ordinal: int) -> "LogRecord":
        """The record with its running number."""
        return LogRecord(
            self.offset, self.identity, self.type, self.subject, self.value, self.content, self.event, self.timestamp, ordinal
        )

    @property
    def reuse(self) -> str:
        """The identity of the answer, where this record's id was used before for other content."""
        return f"{self.identity}|{self.content}"


@dataclass(frozen=True, slots=True)
class Held:
    """A record that stands in the queue of its subject: the head waits or failed, the others stand behind it."""

    record: LogRecord
    subject: str
    why: str
    since: date
    awaited: Key | None = None

    @property
    def dead(self) -> bool:
        return self.awaited is None and self.why.startswith("error:")


class Outgoing(NamedTuple):
    """An event on its way out: numbered by its partition, with the partition of the log where it goes to our own."""

    number: int
    topic: str
    key: str
    type: str
    value: bytes
    broadcast: bool = False


@dataclass(frozen=True, slots=True)
class Rejection:
    """A refusal as it is kept: what was answered, and the bytes where the record was no event."""

    ordinal: int
    notice: RecordRejected
    raw: str | None = None


@dataclass(slots=True)
class Partition:
    """What an owner keeps in memory of one log partition. `documents` may know that a document does not exist.

    `digest` is over every event published so far, each with the one before it, so that two histories can be compared
    when the events themselves are no longer kept.
    """

    number: int
    next: int = 0
    received: int = 0
    counter: int = 0
    digest: str = ""
    day: date | None = None
    calendar: Calendar = field(default_factory=Calendar)
    documents: "OrderedDict[Key, Document | None]" = field(default_factory=OrderedDict)
    held: dict[str, deque[Held]] = field(default_factory=dict)
    seen: "OrderedDict[str, str]" = field(default_factory=OrderedDict)

    def find(self, key: Key) -> Document | None:
        """The document as it was committed, None where there is none; raises NeedDocuments where memory does not know."""
        if key not in self.documents:
            raise NeedDocuments({key})
        self.documents.move_to_end(key)
        return self.documents[key]

    def knows(self, key: Key) -> bool:
        """Whether `find` has an answer."""
        return key in self.documents

    def ready(self, keys: Iterable[Key]) -> None:
        """These are about to be asked for: a partition that loads while it plays loads them at once."""

    def content_of(self, identity: str) -> str | None:
        """The hash of an event that was handled before, as far as memory goes back."""
        return self.seen.get(identity)
