"""Events of the messaging runtime itself: what every service answers, and the marks in its own log."""

from typing import Literal

from pydantic import Field

from shared.contracts.base import Data, Date, Identifier, Text, Topic, contract

REJECTED = Topic("{service}.rejected.v1", "{service}", audience="public")
LOG = Topic("{service}.log.v1", "{service}")
DEAD_LETTER = Topic("{service}.dead-letter", "{service}")


@contract(REJECTED, key="rejected_source", subject="rejected_id")
class RecordRejected(Data):
    """A record was refused: by whom, why, in both languages, and what to look at."""

    rejected_source: str = Field(description="source of the refused event; the input topic where it has none")
    rejected_id: str = Field(description="id of the refused event; topic/partition/offset where it has none")
    rejected_type: str | None = Field(default=None, description="its type, where it could be read")
    slug: Identifier = Field(description="machine-readable reason")
    vi: Text
    en: Text
    field: str | None = Field(default=None, description="path of the offending field, where there is one")
    topic: str | None = Field(default=None, description="input topic")
    partition: int | None = Field(default=None, description="input partition")
    offset: int | None = Field(default=None, description="input offset")


@contract(LOG, key="epoch")
class LogOpened(Data):
    """First record of each log partition: a log with another epoch is another log."""

    epoch: str


@contract(LOG, key="place")
class RecordRefusedAtIntake(Data):
    """A record that is no valid event, or one its publisher may not send: kept with its bytes, answered, done."""

    place: str = Field(description="input topic, which keys it")
    notice: RecordRejected
    raw: str = Field(description="the bytes of the record, base64; the first million of a longer one")


@contract(LOG, key="held_id")
class HeldRecordDecided(Data):
    """An operator redrives or discards the record that holds a subject."""

    held_id: str = Field(description="partition/ordinal of the held record")
    decision: Literal["redrive", "discard"]
    reason: Text
    decided_by: Text


@contract(LOG, key="type")
class ContractLearned(Data):
    """This version of the service knows a type that records have been waiting for."""

    type: str


@contract(DEAD_LETTER, key="held_id")
class RecordDeadLettered(Data):
    """A valid event made a handler fail: it holds its subject until it is redriven or discarded."""

    held_id: str
    subject: str
    error: Text
    since: Date
    event: str = Field(description="the event as it lies in the log")
