"""Whether two generations of a partition say the same: a hash for each collection, and the ids where they differ."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from shared.messaging.document import Document
from shared.messaging.partition import Held
from shared.messaging.rows import as_document
from shared.messaging.service import Service
from shared.rebuild.shelf import Row, Shelf

SHOWN = 5
MODULUS = 1 << 128


@dataclass(frozen=True)
class Sum:
    """How many rows, and a hash over them that does not depend on their order: the sum of theirs."""

    rows: int = 0
    hash: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.rows + other.rows, (self.hash + other.hash) % MODULUS)

    @classmethod
    def of(cls, said: Iterable[bytes | memoryview]) -> "Sum":
        """The sum over rows, each as its bytes."""
        rows = total = 0
        for row in said:
            rows += 1
            total += int.from_bytes(hashlib.blake2b(row, digest_size=16).digest())
        return cls(rows, total % MODULUS)


@dataclass
class Finding:
    """What a comparison of one collection gave: both sums, how many documents differ, the first of their ids.

    `gone` are compacted states that the new generation has no more: topic, key and type.
    """

    collection: str
    old: Sum = Sum()
    new: Sum = Sum()
    differ: int = 0
    ids: list[str] = field(default_factory=list)
    gone: list[tuple[str, str, str]] = field(default_factory=list)

    def __add__(self, other: "Finding") -> "Finding":
        return Finding(
            self.collection,
            self.old + other.old,
            self.new + other.new,
            self.differ + other.differ,
            (self.ids + other.ids)[:SHOWN],
            self.gone + other.gone,
        )


def compared(service: Service, collection: str, old: Shelf, new: Shelf, session: Any) -> Finding:
    """Both generations of one collection of a partition; `session` sees the old one as it was at one position."""
    finding = Finding(
        collection,
        Sum.of(row.raw for row in old.raw(collection, session)),
        Sum.of(row.raw for row in new.raw(collection)),
    )
    if finding.old != finding.new:
        for before, after in _pairs(old.sorted(collection, session), new.sorted(collection)):
            _note(finding, service.documents.get(collection), before, after)
    return finding


def _pairs(old: Iterator[Row], new: Iterator[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Rows of one _id beside each other, where they are not the same."""
    before, after = next(old, None), next(new, None)
    while before is not None or after is not None:
        if after is None or (before is not None and before["_id"] < after["_id"]):
            yield before, None
            before = next(old, None)
        elif before is None or after["_id"] < before["_id"]:
            yield None, after
            after = next(new, None)
        else:
            if before != after:
                yield before, after
            before, after = next(old, None), next(new, None)


def _note(finding: Finding, kind: type[Document] | None, before: Row | None, after: Row | None) -> None:
    id = (before or after or {})["_id"].partition("/")[2]
    old, new = (as_document(kind, dict(row)) if kind and row else None for row in (before, after))
    if old and new and (old, old.kept_since) == (new, new.kept_since):
        return  # the row was written by an earlier version, which left out what is the default now
    finding.differ += 1
    if len(finding.ids) < SHOWN:
        finding.ids.append(id)
    state = old.published_state() if old else None
    if state is not None and (new is None or new.published_state() is None):
        terms = state.contract
        finding.gone.append((terms.topic.name, terms.key_of(state), terms.type))


def held_as_rows(held: Iterable[Held]) -> dict[int, tuple[Any, ...]]:
    """What is held, by ordinal, as far as it is a function of the log."""
    return {
        h.record.ordinal: (h.subject, h.why, h.since.isoformat(), list(h.awaited) if h.awaited else None, h.record.value)
        for h in held
    }


def compared_held(rows: Iterable[Row], held: Iterable[Held]) -> Finding:
    """What waits or failed in both."""
    old = {r["ordinal"]: (r["subject"], r["why"], r["since"], r["awaited"], bytes(r["value"])) for r in rows}
    new = held_as_rows(held)
    differ = sorted(o for o in old.keys() | new.keys() if old.get(o) != new.get(o))
    before, after = (Sum.of(repr((o, *said[o])).encode() for o in said) for said in (old, new))
    return Finding("held", before, after, len(differ), [str(o) for o in differ[:SHOWN]])
