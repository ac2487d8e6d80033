"""Which documents the records of a batch will ask for, so that they are loaded at once instead of one by one.

Learned while building: where a document is missing whose id is the key of the record or ends in it (`<prefix>/<key>`), the
records of that type that follow will ask for theirs. A guess that is wrong costs a look into memory, or a load in vain.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator

from shared.messaging.partition import LogRecord
from shared.messaging.service import Service
from shared.messaging.unit import Key

MOST = 8


class Ahead:
    """What was learned of each event type: in which collections, and after which prefix of the id; the latest few."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._known: dict[str, OrderedDict[tuple[str, str], None]] = defaultdict(OrderedDict)
        self._keys: dict[str, dict[str, None]] = {}
        self._now: LogRecord | None = None

    def wanted(self, records: Iterable[LogRecord]) -> Iterator[Key]:
        """The documents that may be asked for by the records of a batch."""
        self._keys = defaultdict(dict)
        for record in records:
            if (key := self._key_of(record)) is not None:
                self._keys[record.type][key] = None
        for kind, keys in self._keys.items():
            for collection, prefix in self._known[kind]:
                yield from ((collection, prefix + key) for key in keys)

    def played(self, records: Iterable[LogRecord]) -> Iterator[LogRecord]:
        """The same records, while they are played."""
        for self._now in records:
            yield self._now
        self._now = None

    def missed(self, missing: Key) -> Iterator[Key]:
        """What is missing now, and what others of the batch will then ask for too."""
        yield missing
        key = self._key_of(self._now) if self._now is not None else None
        collection, id = missing
        if self._now is None or key is None or not (id == key or id.endswith(f"/{key}")):
            return
        kind, place = self._now.type, (collection, id.removesuffix(key))
        known = self._known[kind]
        if place not in known:
            yield from ((collection, place[1] + other) for other in self._keys[kind])
        known[place] = None
        known.move_to_end(place)
        if len(known) > MOST:
            known.popitem(last=False)

    def _key_of(self, record: LogRecord) -> str | None:
        """The key of the log at which a record is handled; None for a broadcast, and for what this version cannot read."""
        route = self._service.routes.get(record.type)
        if record.event is None or route is None or route.key is None:
            return None
        return record.event.forwardedto or route.key(record.event.data)
