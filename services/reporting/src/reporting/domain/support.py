"""Requests for support as they stand, and the budget lines they are paid from."""

from datetime import date as Date
from typing import Literal

from shared.contracts.applications import Reason
from shared.contracts.reporting import GrantState
from shared.contracts.support import AmountStep
from shared.messaging.document import Document


class Grant(Document, collection="grants", by_day=True):
    """A request for support as it stands now; id is the request's."""

    tax_code: str
    enterprise_name: str | None
    scheme_id: str
    scheme_version: str
    activity_id: str
    year: int
    requested_on: Date
    state: Literal["granted", "declined", "queued"]
    line_id: str | None = None
    amount: int = 0
    steps: tuple[AmountStep, ...] = ()
    legal_text: str | None = None
    reasons: tuple[Reason, ...] = ()
    made: bool
    event_id: str

    def published_state(self) -> GrantState:
        fields = self.model_dump(exclude={"id", "requested_on", "steps", "legal_text", "reasons", "event_id"})
        return GrantState(request_id=self.id, **fields)


class BudgetLine(Document, collection="budget-lines", by_day=True):
    """A budget line, đồng: what support says of it, allocated = available + reserved + committed + paying + paid.

    What the line is for comes on another topic; a line of which that has not come yet has no year and is shown nowhere.
    """

    year: int | None = None
    plan_id: str | None = None
    scheme_id: str | None = None
    allocated: int = 0
    reserved: int = 0
    committed: int = 0
    paying: int = 0
    paid: int = 0
    available: int = 0
    exhausted: bool = False
    made: bool = False

    @property
    def used(self) -> int:
        """What requests have of it: reserved, under an agreement, being paid, or paid."""
        return self.reserved + self.committed + self.paying + self.paid
