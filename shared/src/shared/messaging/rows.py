"""How what a batch changed becomes documents of the database, and how they are read back."""

from datetime import date
from itertools import zip_longest
from typing import Any

from shared.errors import Infrastructure
from shared.messaging.batch import Batch
from shared.messaging.document import Document
from shared.messaging.partition import Held, Rejection
from shared.messaging.versions import Version
from shared.mongo import DeleteOne, InsertOne, ReplaceOne, UpdateOne

ROW_BYTES = 4 * 1024 * 1024


def as_document(kind: type[Document], row: dict[str, Any]) -> Document:
    """A stored row as the document it was."""
    del row["_id"], row["p"]
    since, _ = row.pop("_since", None), row.pop("_until", None)
    try:
        document = kind.model_validate(row)
    except ValueError as error:
        raise Infrastructure(
            f"{kind.collection}/{row.get('id')} was written by a version this one cannot read: {error}"
        ) from error
    return document.kept_from(date.fromisoformat(since)) if since else document


def position_update(batch: Batch, *, fence: int, generation: int, published: int) -> UpdateOne:
    """The move of a partition, by compare-and-set on its fence, its generation, and the position the batch began at."""
    change = {
        "next": batch.next,
        "received": batch.received,
        "counter": batch.outbox.counter,
        "digest": batch.outbox.digest,
        "published": published,
        "day": batch.day.isoformat() if batch.day else None,
        "holidays": sorted(h.isoformat() for h in batch.calendar.holidays),
    }
    where = {"_id": batch.number, "fence": fence, "generation": generation, "next": batch.began_at}
    return UpdateOne(where, {"$set": change})


def document_place(number: int, id: str) -> str:
    """The _id of a document of a partition."""
    return f"{number:03d}/{id}"


def document_write(number: int, id: str, document: Document | None) -> Any:
    """A document as it is stored, or its removal."""
    where = {"_id": document_place(number, id)}
    if document is None:
        return DeleteOne(where)
    return ReplaceOne(where, stored(number, document), upsert=True)


def version_write(number: int, version: Version) -> Any:
    """What a document was until a day, as it is stored."""
    where, row = version_row(number, version)
    return ReplaceOne({"_id": where}, row, upsert=True)


def version_row(number: int, version: Version) -> tuple[str, dict[str, Any]]:
    """The _id and the rest of the row of what a document was until a day."""
    document, until = version.document, version.until.isoformat()
    return document_place(number, f"{document.id}/{document.kept_since}"), {**stored(number, document), "_until": until}


def stored(number: int, document: Document) -> dict[str, Any]:
    """A document of a partition as its row, without its _id."""
    since = {"_since": document.kept_since.isoformat()} if document.by_day else {}
    return {"p": number, **document.model_dump(mode="json"), **since}


def rows(batch: Batch, *, keep_log: bool) -> list[Any]:
    """What a batch sends and, where the log is kept, what it received: one row, more where it grows large."""
    events = _chunks([(len(e.value), [e.number, e.topic, e.key, e.type, e.value, e.broadcast]) for e in batch.outgoing])
    records = _chunks([(len(r.value), [r.value, r.content]) for r in batch.kept]) if keep_log else []
    return [
        InsertOne(
            {
                "_id": f"{batch.number:03d}/{batch.began_with:012d}/{n:03d}",
                "p": batch.number,
                "after": out[-1][0] + 1 if out else 0,
                "day": batch.day.isoformat() if batch.day else None,
                "events": out,
                "records": kept,
            }
        )
        for n, (out, kept) in enumerate(_pairs(events, records))
    ]


def _pairs(events: list[list[list[Any]]], records: list[list[list[Any]]]) -> list[tuple[list[list[Any]], list[list[Any]]]]:
    return [(out or [], kept or []) for out, kept in zip_longest(events, records)]


def _chunks(sized: list[tuple[int, list[Any]]]) -> list[list[list[Any]]]:
    """Runs of items that together stay well under the 16 MB a document may have."""
    chunks: list[list[list[Any]]] = []
    room = 0
    for size, item in sized:
        if size > room or not chunks:
            chunks.append([])
            room = ROW_BYTES
        chunks[-1].append(item)
        room -= size
    return chunks


def held_writes(batch: Batch) -> list[Any]:
    """What is held now and was not, or differs, and what is held no more."""
    before = {h.record.ordinal: h for queue in batch.held_before.values() for h in queue}
    after = {h.record.ordinal: h for queue in batch.held.values() for h in queue}
    writes: list[Any] = [DeleteOne({"_id": f"{batch.number:03d}/{o:012d}"}) for o in before if o not in after]
    for ordinal, held in after.items():
        if before.get(ordinal) != held:
            where = {"_id": f"{batch.number:03d}/{ordinal:012d}"}
            writes.append(ReplaceOne(where, held_row(batch.number, held), upsert=True))
    return writes


def held_row(number: int, held: Held) -> dict[str, Any]:
    """A held record of a partition as its row, without its _id."""
    return {
        "p": number,
        "ordinal": held.record.ordinal,
        "subject": held.subject,
        "why": held.why,
        "since": held.since.isoformat(),
        "awaited": list(held.awaited) if held.awaited else None,
        "value": held.record.value,
        "content": held.record.content,
    }


def rejection_write(batch: Batch, rejection: Rejection) -> Any:
    """A refusal as it is kept, to be found by the id that was refused."""
    row = {"p": batch.number, **rejection.notice.model_dump(mode="json"), "raw": rejection.raw}
    return ReplaceOne({"_id": f"{batch.number:03d}/{rejection.ordinal:012d}"}, row, upsert=True)
