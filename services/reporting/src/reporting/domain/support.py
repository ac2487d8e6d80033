"""Requests for support as they stand, and the budget lines they are paid from."""

import re
from datetime import date as Date
from decimal import Decimal
from typing import Literal, Self

from shared.contracts.applications import Reason
from shared.contracts.reporting import GrantStage, GrantState, Ground
from shared.contracts.support import AmountStep, LineState
from shared.messaging.document import Document

from reporting.domain.ledger import DECISIONS, Fact, Money, in_order
from reporting.domain.rows import Contribution, Measure, shortened

# The figures of a line that support says after every move.
FIGURES = ("allocated", "reserved", "committed", "paying", "paid", "available", "released", "carried")
MovementKind = Literal["reserved", "committed", "ordered", "paid", "order-failed", "repaid", "released", "exhausted", "adjusted"]


class Grant(Document, collection="grants", by_day=True, found_by=("id", "year", "tax_code", "activity_id")):
    """A request for support as it stands now, by all that support said of it; id is the request's.

    `amount` is what was granted; `money` is what became of it, after the last event that says so; `facts` are its story, in
    order. `on_hold` says that an overlap is found and not decided on: no payment is ordered until it is.
    """

    tax_code: str
    enterprise_name: str | None
    scheme_id: str
    scheme_version: str
    activity_id: str
    year: int
    requested_on: Date
    state: Literal["granted", "declined", "queued"]
    stage: GrantStage
    line_id: str | None = None
    amount: int = 0
    money: Money = Money()
    on_hold: bool = False
    steps: tuple[AmountStep, ...] = ()
    legal_text: str | None = None
    reasons: tuple[Reason, ...] = ()
    facts: tuple[Fact, ...] = ()
    made: bool
    event_id: str

    @property
    def to_recover(self) -> int:
        """To be paid back in all, đồng."""
        return self.money.due_back

    @property
    def recovered(self) -> int:
        """Paid back in all, đồng."""
        return self.money.repaid

    @property
    def balance(self) -> int:
        """Still to be paid back, đồng."""
        return self.money.due_back - self.money.repaid

    @property
    def received(self) -> int:
        """What the enterprise has of it: paid and not paid back, đồng."""
        return self.money.paid - self.money.repaid

    @property
    def reaches(self) -> bool:
        """Whether money of it reaches its enterprise: it was granted, and not all of it was taken back."""
        return self.state == "granted" and self.money.held > 0

    def joined(self, news: Self) -> Self:
        """This request and the news of it: the decision said last stands, and every fact is kept."""
        decisions = [fact for fact in in_order((*self.facts, *news.facts)) if fact.kind in DECISIONS]
        standing = news if decisions[-1] in news.facts else self
        return standing.with_facts(*self.facts, *news.facts)

    def with_facts(self, *facts: Fact) -> Self:
        """The request as it stands by these facts and those it has."""
        known = {fact.event_id: fact for fact in (*self.facts, *facts)}
        told = in_order(known.values())
        stages = [fact.stage for fact in told if fact.stage]
        moneys = [fact.money for fact in told if fact.money]
        granted = Money(entitled=self.amount, held=self.amount) if self.state == "granted" else Money()
        held = {fact.overlap_id for fact in told if fact.kind == "overlap"}
        decided = {fact.overlap_id for fact in told if fact.kind == "resolved"}
        return self.but(
            facts=told,
            stage=stages[-1] if stages else self.state,
            money=moneys[-1] if moneys else granted,
            on_hold=bool(held - decided),
        )

    def published_state(self) -> GrantState:
        same = {name: getattr(self, name) for name in GrantState.model_fields if hasattr(self, name)}
        money = {name: getattr(self.money, name) for name in ("entitled", "paying", "paid")}
        return GrantState(request_id=self.id, **same, **money)


class BudgetLine(Document, collection="budget-lines", by_day=True):
    """A budget line, đồng: what support says of it, allocated = reserved + committed + paying + paid + available.

    `released` and `carried` add up over time and are in no other figure. What the line is for is in its allocation, which
    comes on another topic, and in its id (year/scheme, year/scheme@source): a line may live on money of another alone.
    `movements` is how many there were.
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
    released: int = 0
    carried: int = 0
    exhausted: bool = False
    movements: int = 0
    made: bool = False
    event_id: str | None = None

    @classmethod
    def named(cls, id: str) -> Self:
        """A line of which nothing but its id is known."""
        match = re.fullmatch(r"(\d{4})/([^@]+)(?:@.+)?", id)
        return cls(id=id, year=int(match[1]), scheme_id=match[2]) if match else cls(id=id)

    @property
    def used(self) -> int:
        """What requests have of it: reserved, under an agreement, being paid, or paid."""
        return self.reserved + self.committed + self.paying + self.paid

    def after(self, said: LineState, *, event_id: str, exhausted: bool | None) -> Self:
        """The line after a move: every event of a line carries its whole state."""
        figures = {name: getattr(said, name) for name in FIGURES}
        known = self.exhausted if exhausted is None else exhausted
        return self.but(**figures, exhausted=known, movements=self.movements + 1, event_id=event_id)

    def money(self, measure: Measure) -> Contribution:
        """The row of the line in a measure of money; its event is the last one that said something of the line."""
        amounts = {
            Measure.MONEY_ALLOCATED: self.allocated,
            Measure.MONEY_USED: self.used,
            Measure.MONEY_PAID: self.paid,
        }
        ground = Ground(
            measure=measure.value,
            year=self.year or 0,
            about=shortened(self.id),
            event_id=self.event_id or self.id,
            value=Decimal(amounts[measure]),
            made=self.made,
        )
        return Contribution.of(ground, ground.about)


MONEY = frozenset({Measure.MONEY_ALLOCATED, Measure.MONEY_USED, Measure.MONEY_PAID})
"""What is read from the budget lines as they stand: rows of their own would be written with every grant."""


class LineMovement(Document, collection="line-movements", by_day=True, found_by=("line_id id",)):
    """One move of a line's money, with the line after it, đồng; id is line/number, numbers have 9 digits.

    `amount` is what was moved, negative where it was taken away; of a line that cannot pay, what was asked of it.
    """

    line_id: str
    number: int
    kind: MovementKind
    on: Date
    amount: int
    request_id: str | None = None
    cause: str | None = None
    other_line: str | None = None
    carried_over: bool = False
    legal_text: str | None = None
    allocated: int
    reserved: int
    committed: int
    paying: int
    paid: int
    available: int
    event_id: str
