"""What there is not enough of: cost evidence, places of a fair, money of a budget line. Each is decided at its own key.

An evidence belongs to one request. Places are a supply: first in the log of the fair is first served. Money is in lines.py.
"""

from pydantic import BaseModel, ConfigDict
from shared.messaging.document import Document


def evidence_thing(evidence_id: str) -> str:
    """The key of a cost: its seller and invoice."""
    return f"evidence:{evidence_id}"


def place_thing(fair_id: str) -> str:
    """The key of the places of a fair."""
    return f"place:{fair_id}"


def line_thing(line_id: str) -> str:
    """The key of the money of a budget line."""
    return f"line:{line_id}"


def kind_of(thing: str) -> str:
    """evidence, place, cap or line."""
    return thing.partition(":")[0]


def name_of(thing: str) -> str:
    """The thing without its kind: seller/invoice, fair id, or line id."""
    return thing.partition(":")[2]


class CostEvidence(Document, collection="cost_evidence"):
    """An invoice of a seller that a request holds: one cost is supported once. The id is the thing."""

    request_id: str
    tax_code: str

    def held_by(self, tax_code: str, request_id: str) -> bool:
        return (self.tax_code, self.request_id) == (tax_code, request_id)


class Claim(BaseModel):
    """A request that stands in line for a thing. `amount` is đồng of a line, or 1 place; `part`: less is welcome."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    request_id: str
    tax_code: str
    amount: int
    part: bool


class Supply(Document, collection="supplies"):
    """Places of a fair: how many there are, how many are taken, who stands in line."""

    total: int
    taken: int = 0
    queue: tuple[Claim, ...] = ()

    @property
    def left(self) -> int:
        return self.total - self.taken

    def joined(self, claim: Claim) -> "Supply":
        return self.but(queue=(*self.queue, claim))

    def served(self) -> "Supply":
        """The head of the queue gets a place."""
        return self.but(taken=self.taken + 1, queue=self.queue[1:])

    def given_back(self, tax_code: str, request_id: str, places: int) -> "Supply":
        """A request gives back the place it holds (0 where it only stands in line), and leaves the queue."""
        queue = tuple(c for c in self.queue if (c.tax_code, c.request_id) != (tax_code, request_id))
        return self.but(taken=self.taken - places, queue=queue)


class Holding(Document, collection="holdings"):
    """A request has a place of a supply, which it can give back."""

    @staticmethod
    def id_of(thing: str, tax_code: str, request_id: str) -> str:
        return f"{thing}|{tax_code}|{request_id}"


class CrowdedFairs(Document, collection="crowded_fairs"):
    """The fairs of this partition that have had a queue: at the day's tick those that are over send it home."""

    fairs: tuple[str, ...] = ()
