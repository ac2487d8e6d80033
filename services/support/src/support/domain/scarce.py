"""What there is not enough of: evidence, places, caps that all share, money. Each is decided at its own key.

An evidence belongs to one request. Places, caps and money have modules of their own.
"""

from datetime import UTC, date, datetime
from typing import Self, TypeVar
from unicodedata import normalize

from pydantic import BaseModel, ConfigDict
from shared.contracts.support import ScarceThingAsked
from shared.messaging.document import Document


def evidence_thing(evidence_id: str) -> str:
    """The key of a cost: its seller and invoice, or the hash of its document.

    Whoever types the number of an invoice in other letters means the same invoice: 1C21TAA/7 is 1c21taa/7.
    """
    return f"evidence:{normalize('NFC', evidence_id).casefold()}"


def place_thing(activity_id: str) -> str:
    """The key of the places of an activity."""
    return f"place:{activity_id}"


def line_thing(line_id: str) -> str:
    """The key of the money of a budget line."""
    return f"line:{line_id}"


def kind_of(thing: str) -> str:
    """evidence, place, cap or line."""
    return thing.partition(":")[0]


def name_of(thing: str) -> str:
    """The thing without its kind: seller/invoice, activity, or line id."""
    return thing.partition(":")[2]


class CostEvidence(Document, collection="cost_evidence"):
    """An invoice of a seller that a request holds: one cost is supported once. The id is the thing."""

    request_id: str
    tax_code: str

    def held_by(self, tax_code: str, request_id: str) -> bool:
        return (self.tax_code, self.request_id) == (tax_code, request_id)


class Asker(BaseModel):
    """A request that asks for a thing. `priority` 0: holder of a recognition in force on its day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    request_id: str
    tax_code: str
    priority: int = 1
    requested_on: date | None = None
    asked_at: datetime | None = None

    @classmethod
    def of(cls, asked: ScarceThingAsked) -> Self:
        return cls.model_validate(asked.model_dump(include=set(cls.model_fields)))

    @property
    def who(self) -> tuple[str, str]:
        return self.tax_code, self.request_id

    @property
    def rank(self) -> tuple[int, date, datetime, str, str]:
        """Its place in an allocation: priority, then time of request (its day, then the time of its event), then id.

        Two enterprises may use one id, so the tax code makes the order total.
        """
        at = self.asked_at or datetime.min.replace(tzinfo=UTC)
        return self.priority, self.requested_on or date.min, at, self.request_id, self.tax_code


class Claim(Asker):
    """What a request wants of a thing. `amount` is đồng of a line or a cap; `part`: less is welcome."""

    amount: int
    part: bool


A = TypeVar("A", bound=Asker)


def in_rank_order(queue: tuple[A, ...]) -> tuple[A, ...]:
    """The line as it is served at the start of its day of allocation."""
    return tuple(sorted(queue, key=lambda asker: asker.rank))


def with_newer(queue: tuple[A, ...], asker: A) -> tuple[A, ...]:
    """The line with what is known of a request now in the place of what was known."""
    return tuple(asker if known.who == asker.who else known for known in queue)
