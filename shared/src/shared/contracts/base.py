"""The form of every contract: a topic, the data of an event, its envelope, and the register of all of them.

A contract says where an event is published, who may publish it, by which field it is keyed, whom it is about, who may
read it, and which service answers when it is refused. Schemas, samples, AsyncAPI, access rights and the documents are
all made from here.
"""

import hashlib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar

import pydantic_core
from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from shared.business_days import FIRST_DAY, LAST_DAY

TYPE_PREFIX = "vn.gov.hanoi.industry."
SOURCE_PREFIX = "//industry.hanoi.gov.vn/"

# Vietnamese can be written with composed or decomposed letters; two spellings of one name must be one name.
MOST_TEXT = 2000
Text = Annotated[
    str,
    StringConstraints(min_length=1, max_length=MOST_TEXT),
    AfterValidator(partial(unicodedata.normalize, "NFC")),
]


def _cut(text: object) -> object:
    return text[: MOST_TEXT - 1] + "…" if isinstance(text, str) and len(text) > MOST_TEXT else text


# What we say to people is put together from texts of any length; too long for one text it is cut, never a fault of a handler.
Sentence = Annotated[Text, BeforeValidator(_cut)]
Identifier = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\s|]+$")]
# Bounded on both sides, so that no deadline counted from it falls out of the calendar and makes a handler fail.
Date = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY, description="a day in Hà Nội, ISO 8601")]
Dong = Annotated[int, Field(strict=True, ge=0, le=10**15, description="whole đồng (VND)")]
Currency = Annotated[Literal["VND"], Field(description="money is đồng, and nothing else")]
Source = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$"), Field(description="whose money it is, for example city")]


@dataclass(frozen=True, slots=True)
class Topic:
    """A Kafka topic with one kind of publisher, so that access rights can be real.

    `publisher` is the CloudEvents source (or its first path segments) that may write here; `answered_by` is the
    service that answers what is refused; `partitions` is None where the deployment decides.
    """

    name: str
    publisher: str
    answered_by: str | None = None
    audience: Literal["public", "internal"] = "internal"
    partitions: int | None = None
    compacted: bool = False

    @property
    def source(self) -> str:
        return SOURCE_PREFIX + self.publisher

    def may_publish(self, source: str) -> bool:
        return source == self.source or source.startswith(self.source + "/")


class Data(BaseModel):
    """The data of one event: facts, not questions. Unknown fields of a newer publisher are ignored."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="ignore", ser_json_inf_nan="null", allow_inf_nan=False)

    contract: ClassVar["Contract"]


@dataclass(frozen=True, slots=True)
class Contract:
    """What is promised about one event type."""

    model: type[Data]
    topic: Topic
    key: str
    subject: str
    major: int = 1
    behind_all: bool = False

    @property
    def type(self) -> str:
        return f"{TYPE_PREFIX}{self.model.__name__}.v{self.major}"

    def key_of(self, data: Data) -> str:
        return str(getattr(data, self.key))

    def subject_of(self, data: Data) -> str:
        return str(getattr(data, self.subject))


@dataclass(slots=True)
class Register:
    """Every contract by type, every topic by name."""

    by_type: dict[str, Contract] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)

    def add(self, contract: Contract) -> None:
        if contract.type in self.by_type:
            raise ValueError(f"{contract.type} is declared twice")
        self.by_type[contract.type] = contract
        self.topics[contract.topic.name] = contract.topic

    def topics_compacted(self, name: str) -> bool:
        """Whether a topic keeps the latest state per key only."""
        return name in self.topics and self.topics[name].compacted


REGISTER = Register()
D = TypeVar("D", bound=Data)


def contract(
    topic: Topic, *, key: str, subject: str | None = None, major: int = 1, behind_all: bool = False
) -> Callable[[type[D]], type[D]]:
    """Declare an event: its topic, the field it is keyed by, and the field that names what it is about.

    One that is `behind_all` is sent once all that its partition published before has arrived: it hands over what a key has to
    another key, which may then speak to a third before a slower record of the first is there.
    """

    def declare(model: type[D]) -> type[D]:
        model.contract = Contract(model, topic, key, subject or key, major, behind_all)
        REGISTER.add(model.contract)
        return model

    return declare


def _in_words(time: object) -> object:
    # pydantic would take a number for seconds since 1970, which CloudEvents does not know.
    if not isinstance(time, (str, datetime)):
        raise ValueError("must be a text, ISO 8601 with an offset")
    return time


class Event(BaseModel, Generic[D]):
    """A CloudEvents 1.0 envelope around the data of one event."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="ignore")

    specversion: Literal["1.0"]
    id: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    source: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    type: str
    subject: str | None = None
    time: Annotated[AwareDatetime, BeforeValidator(_in_words)]
    datacontenttype: str = "application/json"
    partitionkey: str | None = None
    sequence: str | None = None
    correlationid: str | None = None
    causationid: str | None = None
    traceparent: str | None = None
    forwardedto: str | None = None
    data: D

    @property
    def identity(self) -> str:
        """Source and id together: CloudEvents makes an id unique only within its source."""
        return identity(self.source, self.id, self.forwardedto)

    def to_json(self) -> bytes:
        """Structured CloudEvents JSON, one line, absent attributes left out."""
        return structured({name: getattr(self, name) for name in ATTRIBUTES}, self.data)


def identity(source: str, id: str, forwardedto: str | None) -> str:
    """By what an inbox knows an event; one that was forwarded to another key of a log is handled there once more."""
    return f"{source}|{id}" if forwardedto is None else f"{source}|{id}||{forwardedto}"


ATTRIBUTES = tuple(name for name in Event.model_fields if name != "data")


def structured(attributes: dict[str, Any], data: Data) -> bytes:
    """Structured CloudEvents JSON of attributes and data, one line; every event published passes here."""
    said = {name: value for name, value in attributes.items() if value is not None}
    return pydantic_core.to_json(said | {"data": data})


def make_event(
    data: D,
    *,
    id: str,
    time: datetime,
    source: str | None = None,
    correlationid: str | None = None,
    causationid: str | None = None,
    traceparent: str | None = None,
    sequence: str | None = None,
) -> Event[D]:
    """Put data in its envelope; type, source, subject and key come from the contract."""
    return Event[Any].model_construct(
        **attributes_of(data, id=id, time=time, source=source),
        sequence=sequence,
        correlationid=correlationid or id,
        causationid=causationid,
        traceparent=traceparent,
        data=data,
    )


def attributes_of(data: Data, *, id: str, time: datetime, source: str | None = None) -> dict[str, Any]:
    """The attributes of an event that follow from its data's contract, with its id and time."""
    terms = data.contract
    return {
        "specversion": "1.0",
        "id": id,
        "source": source or terms.topic.source,
        "type": terms.type,
        "subject": terms.subject_of(data),
        "time": time.astimezone(UTC),
        "datacontenttype": "application/json",
        "partitionkey": terms.key_of(data),
    }


def derived_id(cause: str, *place: object) -> str:
    """The id of a reaction, made from its cause and place: a repeat makes the same id."""
    return hashlib.blake2b("|".join([cause, *map(str, place)]).encode(), digest_size=16).hexdigest()
