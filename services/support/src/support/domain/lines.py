"""The money of a budget line: what is allocated, reserved, committed, being paid, paid, and who stands in line for it.

On request, first in the log of the line is first served. Where an allocation names a day, everybody stands in line until the
start of that day; then money goes by priority, time of request and id. The head of the queue is never passed by a smaller one.
At every moment
allocated = available + reserved + committed + paying + paid, in whole đồng (domain, section 5).
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal, Self

from shared.contracts.finance import BudgetAllocated
from shared.messaging.document import Document

from support.domain.amounts import in_words
from support.domain.line_refusals import (
    LineAllocatedTooLate,
    LineMisnamed,
    LineNotAllocated,
    LineOfOtherPlan,
    LineTooLarge,
    LineUnderUsed,
    NotEnoughAvailable,
    NothingToCarryOver,
    TransferAcrossYears,
    TransferToItself,
)
from support.domain.scarce import Claim, in_rank_order, name_of, with_newer

LARGEST_LINE = 10**15  # đồng; no contract carries more
CITY = "city"
PARTS = ("reserved", "committed", "paying", "paid")
SUMS = ("allocated", *PARTS, "available", "released", "carried")

Cause = Literal["allocated", "changed", "sent", "received", "returned"]
Move = Literal["reserve", "commit", "order", "pay", "fail", "unpay", "release"]


def line_id_of(year: int, scheme_id: str, source: str = CITY) -> str:
    """year/scheme of the city's money, year/scheme@source of any other."""
    return f"{year}/{scheme_id}" if source == CITY else f"{year}/{scheme_id}@{source}"


def next_year(line_id: str) -> str:
    """The line of the same scheme and source in the year after."""
    year, _, rest = line_id.partition("/")
    return f"{int(year) + 1}/{rest}"


# From where to where money goes that stays with its request.
WAYS: dict[Move, tuple[str, str]] = {
    "commit": ("reserved", "committed"),
    "order": ("committed", "paying"),
    "pay": ("paying", "paid"),
    "fail": ("paying", "committed"),
    "unpay": ("paid", "committed"),
}


class RequestMoney(Document, collection="line_money"):
    """What a request has of a line, đồng: all of it is reserved at first. The id is line|enterprise|request.

    `paying` is with finance: a payment order is out. It cannot be given back until finance has answered.
    """

    reserved: int = 0
    committed: int = 0
    paying: int = 0
    paid: int = 0

    @staticmethod
    def id_of(thing: str, tax_code: str, request_id: str) -> str:
        return f"{thing}|{tax_code}|{request_id}"

    @property
    def held(self) -> int:
        return self.reserved + self.committed + self.paying + self.paid

    @property
    def free(self) -> int:
        """What it can still give back."""
        return self.reserved + self.committed

    def moved(self, kind: Move, amount: int) -> Self:
        """Money goes on or back. Raises ValueError where it has less than that there: whoever asked has miscounted."""
        has = {name: getattr(self, name) for name in PARTS}
        if kind == "reserve":
            has["reserved"] += amount
        elif kind == "release":
            of_committed = min(amount, self.committed)
            has["committed"] -= of_committed
            has["reserved"] -= amount - of_committed
        else:
            source, to = WAYS[kind]
            has[source] -= amount
            has[to] += amount
        if amount < 0 or min(has.values()) < 0:
            raise ValueError(f"{kind} {amount} does not fit what {self.id} has: {[getattr(self, name) for name in PARTS]}")
        return self.but(**has)


class Line(Document, collection="lines", found_by=("id",)):
    """A budget line. `released` and `carried` add up over time; `unanswered` left for a line that has not answered yet.

    `allocates_on` is the day still to come at whose start its money is allocated; None: it is given to who asks.
    """

    plan_id: str | None = None
    allocated: int = 0
    reserved: int = 0
    committed: int = 0
    paying: int = 0
    paid: int = 0
    released: int = 0
    carried: int = 0
    unanswered: int = 0
    movements: int = 0
    allocates_on: date | None = None
    queue: tuple[Claim, ...] = ()

    @property
    def line_id(self) -> str:
        return name_of(self.id)

    @property
    def year(self) -> str:
        return self.line_id.partition("/")[0]

    @property
    def used(self) -> int:
        return self.reserved + self.committed + self.paying + self.paid

    @property
    def available(self) -> int:
        return self.allocated - self.used

    # -- the queue -----------------------------------------------------------------------------------------------------

    @property
    def next_amount(self) -> int | None:
        """What the head of the queue can be given now: all it wants, a part where that is welcome, or None."""
        if not self.queue or self.allocates_on:
            return None
        head = self.queue[0]
        if head.amount <= self.available:
            return head.amount
        return self.available if head.part and self.available > 0 else None

    @property
    def order(self) -> tuple[Claim, ...]:
        """The queue as it would be served now: until its day of allocation by rank."""
        return in_rank_order(self.queue) if self.allocates_on else self.queue

    def joined(self, claim: Claim) -> Self:
        return self.but(queue=(*self.queue, claim))

    def knows(self, claim: Claim) -> bool:
        """Whether the request stands in line."""
        return any(known.who == claim.who for known in self.queue)

    def ranked_anew(self, claim: Claim) -> Self:
        """A request in line has another priority now; once the money was allocated the order stands."""
        return self.but(queue=with_newer(self.queue, claim)) if self.allocates_on else self

    def on_day(self, today: date) -> Self:
        """Once its day of allocation has come the line is in the order of allocation; who comes later stands behind."""
        if self.allocates_on is None or today < self.allocates_on:
            return self
        return self.but(queue=in_rank_order(self.queue), allocates_on=None)

    def left_by(self, tax_code: str, request_id: str) -> Self:
        """A request stands in line no more."""
        return self.but(queue=tuple(c for c in self.queue if c.who != (tax_code, request_id)))

    def moved(self, before: RequestMoney, after: RequestMoney) -> Self:
        """What a request has of the line changed: the sums of the line follow it."""
        sums = {name: getattr(self, name) + getattr(after, name) - getattr(before, name) for name in PARTS}
        moved = self.but(**sums, movements=self.movements + 1)
        return moved.but(released=self.released + max(self.used - moved.used, 0))

    # -- what it has at its disposal -----------------------------------------------------------------------------------

    def allocated_more(self, news: BudgetAllocated) -> Self:
        """A further allocation adds to the line. The last day of allocation named is the one that counts."""
        expected = line_id_of(news.year, news.scheme_id, news.source)
        if news.line_id != expected:
            raise LineMisnamed(field="line_id", line_id=news.line_id, expected=expected)
        if self.plan_id not in (None, news.plan_id):
            raise LineOfOtherPlan(field="plan_id", line_id=news.line_id, known=self.plan_id, plan_id=news.plan_id)
        if (day := news.allocates_on) and day.year > news.year:
            raise LineAllocatedTooLate(field="allocates_on", line_id=news.line_id, allocates_on=day, year=news.year)
        more = self._fits(news.amount, "amount").but(plan_id=news.plan_id, allocated=self.allocated + news.amount)
        return more.but(allocates_on=day or self.allocates_on)

    def changed(self, by: int) -> Self:
        """The city gives it more or less; never less than requests have of it."""
        self._was_allocated("line_id")
        total = self.allocated + by
        if total < self.used:
            figures = in_words(allocated=self.allocated, used=self.used, less=-by, available=self.available)
            raise LineUnderUsed(field="by", line_id=self.line_id, **figures)
        return self._fits(by, "by").but(allocated=total)

    def transferred(self, to_line: str, amount: int) -> Self:
        """Money leaves for another line of the same year."""
        self._was_allocated("from_line")
        if to_line == self.line_id:
            raise TransferToItself(field="to_line", line_id=self.line_id)
        year, _, scheme = to_line.partition("/")
        if year != self.year or not scheme:
            raise TransferAcrossYears(field="to_line", to_line=to_line, year=self.year, line_id=self.line_id)
        return self._without(amount)

    def carried_over(self, amount: int) -> Self:
        """What is left of it leaves for the next year's line."""
        self._was_allocated("line_id")
        if amount == 0:
            raise NothingToCarryOver(field="line_id", line_id=self.line_id)
        sent = self._without(amount)
        return sent.but(carried=sent.carried + amount)

    def has_room_for(self, amount: int) -> bool:
        """Whether it stays within what a contract carries; what may come back to it counts."""
        return self.allocated + self.unanswered + amount <= LARGEST_LINE

    def received(self, amount: int) -> Self:
        return self.but(allocated=self.allocated + amount)

    def answered(self, amount: int) -> Self:
        """The other line has what was sent."""
        return self.but(unanswered=self.unanswered - amount)

    def returned(self, amount: int, *, carried_over: bool) -> Self:
        """The other line had no room: what was sent is here again."""
        carried = self.carried - amount if carried_over else self.carried
        return self.answered(amount).received(amount).but(carried=carried)

    def _without(self, amount: int) -> Self:
        if amount > self.available:
            figures = in_words(available=self.available, amount=amount)
            raise NotEnoughAvailable(field="amount", line_id=self.line_id, **figures)
        return self.but(allocated=self.allocated - amount, unanswered=self.unanswered + amount)

    def _fits(self, more: int, field: str) -> Self:
        if not self.has_room_for(more):
            figures = in_words(total=self.allocated + self.unanswered + more, largest=LARGEST_LINE)
            raise LineTooLarge(field=field, line_id=self.line_id, **figures)
        return self

    def _was_allocated(self, field: str) -> None:
        if self.movements == 0:
            raise LineNotAllocated(field=field, line_id=self.line_id)


class ClosedLines(Document, collection="closed_lines"):
    """The lines of this partition whose day of allocation is still to come."""

    lines: tuple[str, ...] = ()


class Movement(Document, collection="line_movements", found_by=("line_id id",)):
    """One move of a line's money, and the line after it, đồng; the id is line|number. `amount` is negative where it left."""

    line_id: str
    number: int
    day: date
    kind: Cause | Move
    amount: int
    request_id: str | None = None
    tax_code: str | None = None
    other_line: str | None = None
    legal_text: str | None = None
    allocated: int
    reserved: int
    committed: int
    paying: int = 0
    paid: int
    available: int

    @staticmethod
    def id_of(line_id: str, number: int) -> str:
        """Ids of one line sort by number."""
        return f"{line_id}|{number:09d}"

    @classmethod
    def of(cls, line: Line, day: date, kind: Cause | Move, amount: int, **about: str | None) -> Self:
        """The latest move of a line, which has counted it."""
        sums = {name: getattr(line, name) for name in ("allocated", *PARTS, "available")}
        number, id = line.movements, cls.id_of(line.line_id, line.movements)
        return cls(id=id, line_id=line.line_id, number=number, day=day, kind=kind, amount=amount, **about, **sums)


class Total(Document):
    """The sums of the lines of one plan and year, đồng; the id is year|plan, without a plan for what was never allocated."""

    year: str
    plan_id: str | None
    lines: int = 0
    allocated: int = 0
    reserved: int = 0
    committed: int = 0
    paying: int = 0
    paid: int = 0
    available: int = 0
    released: int = 0
    carried: int = 0

    def with_line(self, line: Line) -> Self:
        return self.but(lines=self.lines + 1, **{name: getattr(self, name) + getattr(line, name) for name in SUMS})


def totals_of(lines: Iterable[Line]) -> list[Total]:
    """The totals of lines, by year, then plan."""
    totals: dict[str, Total] = {}
    for line in lines:
        id = f"{line.year}|{line.plan_id or ''}"
        totals[id] = totals.get(id, Total(id=id, year=line.year, plan_id=line.plan_id)).with_line(line)
    return [totals[id] for id in sorted(totals)]
