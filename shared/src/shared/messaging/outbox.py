"""The events a batch sends: numbered by their partition, with ids that follow from what caused them."""

import hashlib
import json
from datetime import UTC, date, datetime, time
from typing import Any

from shared.contracts.base import SOURCE_PREFIX, Data, Event, attributes_of, derived_id, make_event, structured
from shared.messaging.document import Document
from shared.messaging.partition import LogRecord, Outgoing
from shared.messaging.service import Service
from shared.messaging.unit import Unit


class Outbox:
    """What goes out, in order. `digest` is over all the partition ever sent, each event with the one before it."""

    def __init__(self, service: Service, number: int, counter: int, digest: str) -> None:
        self._service = service
        self._number = number
        self.counter = counter
        self.digest = digest
        self.events: list[Outgoing] = []

    def reaction_id(self, cause: Event[Any], place: object) -> str:
        """The id of an event that a cause brings about here: a repeat makes the same."""
        return derived_id(cause.identity, self._service.name, self._number, place)

    def send(self, cause: Event[Any], data: Data, id: str, *, topic: str | None = None) -> None:
        """Send an event to the topic of its contract; one of our own log goes where its route says."""
        terms = data.contract
        topic = topic or terms.topic.name
        attributes = attributes_of(data, id=id, time=cause.time, source=SOURCE_PREFIX + self._service.name)
        attributes |= {
            "sequence": self._place(self.counter),
            "correlationid": cause.correlationid or cause.id,
            "causationid": cause.id,
            "traceparent": cause.traceparent,
        }
        route = self._service.routes.get(terms.type) if topic == self._service.log else None
        key = terms.key_of(data) if route is None else route.key_of(data) or ""
        broadcast = route is not None and route.broadcast
        self._add(Outgoing(self.counter, topic, key, terms.type, structured(attributes, data), broadcast=broadcast))

    def forward(self, record: LogRecord, key: str) -> None:
        """A record of our own log goes to another key of it: as it came, marked with the key it is handled at."""
        said = json.loads(record.value) | {"forwardedto": key}
        value = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
        self._add(Outgoing(self.counter, self._service.log, key, record.type, value))

    def state_changed(self, unit: Unit, document: Document | None, before: Document | None) -> None:
        """A document is other than it was: where its state is published, the new one is, or a tombstone for its key."""
        state, state_before = (d.published_state() if d else None for d in (document, before))
        if state is not None and state != state_before:
            unit.publish(state)
        elif state is None and state_before is not None:
            self._bury(state_before)

    def _bury(self, state: Data) -> None:
        terms = state.contract
        self._add(Outgoing(self.counter, terms.topic.name, terms.key_of(state), terms.type, b""))

    def state_again(self, document: Document, state: Data, day: date | None, generation: int) -> Outgoing:
        """A document's state as it is published again, by the log's next owner or after a rebuild; not numbered.

        Its place is behind the last event and before the next: with the number of either, who keeps the highest `sequence`
        would drop this one or that. What a later generation says of the same moment is newer.
        """
        terms = state.contract
        id = derived_id("state", document.collection, document.id, self.counter, generation)
        when = datetime.combine(day or date(1970, 1, 1), time(), UTC)
        source = SOURCE_PREFIX + self._service.name
        event = make_event(state, id=id, time=when, source=source, sequence=f"{self._place(self.counter - 1)}.{generation:06d}")
        return Outgoing(self.counter - 1, terms.topic.name, terms.key_of(state), terms.type, event.to_json())

    def _place(self, counter: int) -> str:
        return f"{self._number:03d}-{counter:012d}"

    def _add(self, event: Outgoing) -> None:
        said = f"{self.digest}|{event.topic}|{event.key}|".encode() + event.value
        self.digest = hashlib.blake2b(said, digest_size=16).hexdigest()
        self.events.append(event)
        self.counter += 1


class Muted(Outbox):
    """Of a batch that is played again for its documents alone: what it sends was sent when it was handled."""

    def reaction_id(self, cause: Event[Any], place: object) -> str:
        """See Outbox; nobody reads it."""
        return ""

    def send(self, cause: Event[Any], data: Data, id: str, *, topic: str | None = None) -> None:
        """See Outbox."""

    def forward(self, record: LogRecord, key: str) -> None:
        """See Outbox."""

    def state_changed(self, unit: Unit, document: Document | None, before: Document | None) -> None:
        """See Outbox."""
