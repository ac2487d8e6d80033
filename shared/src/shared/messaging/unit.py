"""What a handler works with: the documents of its partition, the business day, and the events it sends out."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from shared.business_days import Calendar
from shared.contracts.base import Data, Event
from shared.messaging.document import Document

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
Key = tuple[str, str]
T = TypeVar("T", bound=Document)


class NeedDocuments(Exception):
    """Documents not in memory yet: they are loaded in bulk and the handler, being pure, runs again."""

    def __init__(self, keys: set[Key]) -> None:
        super().__init__(f"{len(keys)} documents to load")
        self.keys = keys


class Wait(Exception):
    """The event needs a document that does not exist yet: it waits for it, followers of its subject behind it."""

    def __init__(self, key: Key) -> None:
        super().__init__(f"waits for {key[0]}/{key[1]}")
        self.key = key


class Forward(Exception):
    """The event belongs to another key now: it goes on to that key as it is, and nothing happens here."""

    def __init__(self, key: str) -> None:
        super().__init__(f"goes on to {key}")
        self.key = key


class Documents(Protocol):
    """The documents as they stand before a record: of the batch first, then of the partition."""

    def find(self, key: Key) -> Document | None:
        """The document, None where there is none; raises NeedDocuments where memory does not know."""

    def ready(self, keys: Iterable[Key]) -> None:
        """These are about to be asked for."""


class Unit:
    """The changes of one record, kept or dropped as a whole."""

    def __init__(self, documents: Documents, event: Event[Any], day: date | None, calendar: Calendar) -> None:
        self._documents = documents
        self.event = event
        self._day = day
        self.calendar = calendar
        self.changes: dict[Key, Document | None] = {}
        # What was read, as it stood before the record: asked for again by the handler, and where its changes are kept.
        self.read: dict[Key, Document | None] = {}
        self.published: list[Data] = []

    @property
    def today(self) -> date:
        """The business day of the partition; before the first DayStarted, the day of the event in Hà Nội."""
        return self._day or self.event.time.astimezone(HANOI).date()

    def get(self, kind: type[T], id: str) -> T | None:
        """The document of this id, or None."""
        key = (kind.collection, id)
        if key in self.changes:
            return self.changes[key]  # type: ignore[return-value]
        if key not in self.read:
            self.read[key] = self._documents.find(key)
        return self.read[key]  # type: ignore[return-value]

    def need(self, kind: type[T], id: str) -> T:
        """The document of this id; where it has not come yet, the event waits for it."""
        found = self.get(kind, id)
        if found is None:
            raise Wait((kind.collection, id))
        return found

    def get_all(self, kind: type[T], ids: Iterable[str]) -> list[T | None]:
        """The documents of these ids or None, in this order; what memory lacks is loaded at once, not one rerun for each."""
        wanted = list(ids)
        missing: set[Key] = set()
        self._documents.ready((kind.collection, id) for id in wanted)
        for id in wanted:
            try:
                self.get(kind, id)
            except NeedDocuments as needed:
                missing |= needed.keys
        if missing:
            raise NeedDocuments(missing)
        return [self.get(kind, id) for id in wanted]

    def need_all(self, kind: type[T], ids: Iterable[str]) -> list[T]:
        """The same; for the first that has not come yet the event waits."""
        wanted = list(ids)
        self.get_all(kind, wanted)
        return [self.need(kind, id) for id in wanted]

    def put(self, document: Document) -> None:
        """Keep a new or changed document."""
        if document.by_day or type(document).published_state is not Document.published_state:
            # Whether its state is published anew, or an earlier version kept, hangs on what it was; memory may have forgotten.
            self.get(type(document), document.id)
        self.changes[(document.collection, document.id)] = document

    def remove(self, document: Document) -> None:
        """Forget a document."""
        self.get(type(document), document.id)
        self.changes[(document.collection, document.id)] = None

    def publish(self, data: Data) -> None:
        """Send an event, to the topic of its contract; one of the own log goes to its own key."""
        self.published.append(data)
