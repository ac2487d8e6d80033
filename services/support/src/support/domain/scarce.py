"""What there is not enough of: evidence, places, caps that all share, money. Each is decided at its own key.

An evidence belongs to one request. Places, caps and money have modules of their own.
"""

from pydantic import BaseModel, ConfigDict
from shared.messaging.document import Document


def evidence_thing(evidence_id: str) -> str:
    """The key of a cost: its seller and invoice, or the hash of its document."""
    return f"evidence:{evidence_id}"


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


class Claim(BaseModel):
    """What a request wants of a thing. `amount` is đồng of a line or a cap; `part`: less is welcome."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    request_id: str
    tax_code: str
    amount: int
    part: bool
