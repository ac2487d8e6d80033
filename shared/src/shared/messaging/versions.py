"""What documents were before they changed: each version with the days on which it stood.

A version stands from the day it came (its `kept_since`) to the eve of `until`, counted in business days of the partition; what
changed several times on one day stands as that day left it. So the versions of a document never overlap, and those of all
documents that stand on a day are what was known at the end of it.
"""

from datetime import date
from typing import Any, NamedTuple

from shared.messaging.document import Document


class Version(NamedTuple):
    """A document as it was until a day, that day left out."""

    document: Document
    until: date

    def stood_on(self, day: date) -> bool:
        """Whether this is what the end of a day left."""
        return self.document.kept_since <= day < self.until


def earlier(kind: type[Document]) -> str:
    """The collection of what the documents of a kind were before."""
    return f"{kind.collection}.earlier"


def succeed(before: Document | None, after: Document | None, day: date | None, versions: list[Version]) -> Document | None:
    """The document to be kept after a change on a day; what it was before is added to the versions, where a day left it so.

    What came before the first day counts as known from the beginning: nothing says on which day it came.
    """
    known = after or before
    if known is None or not known.by_day:
        return after
    if after == before:
        return before
    today = day or date.min
    if before is not None and before.kept_since < today:
        versions.append(Version(before, today))
    return after.kept_from(today) if after is not None else None


def days_of(rows: list[dict[str, Any]]) -> list[date]:
    """The days on which stored versions came or went, in order; the beginning is no day."""
    said = {row[name] for row in rows for name in ("_since", "_until") if name in row}
    return sorted(day for day in map(date.fromisoformat, said) if day > date.min)
