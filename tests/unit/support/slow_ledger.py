"""A slow calculation of the same ledger, told apart from the service: it imports nothing of it.

It is told each event that was not refused, one after the other, and says what every grant has of its line and who waits.
Money is whole đồng.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from math import floor

PARTS = ("reserved", "committed", "paying", "paid")


def share(percent: int, cost: int) -> int:
    """Rate × cost, rounded down to 1,000 đồng."""
    return floor(Fraction(percent * cost, 100) / 1_000) * 1_000


@dataclass
class SlowGrant:
    """A grant by the sums of what happened to it."""

    id: str
    line: str
    percent: int
    granted: int
    certificate: str | None
    entitled: int = 0
    orders: dict[str, tuple[str, int]] = field(default_factory=dict)  # order → state, amount
    repaid: int = 0
    due_back: int = 0
    agreed: bool = False
    state: str = "open"  # accepted, settled, ended

    def sum_of(self, *states: str) -> int:
        return sum(amount for state, amount in self.orders.values() if state in states)

    @property
    def kept(self) -> int:
        return self.sum_of("paid") - self.due_back

    def falls_to(self, entitled: int) -> None:
        self.entitled = min(self.entitled, entitled)
        for order, (state, amount) in self.orders.items():
            if state == "held":
                self.orders[order] = ("dropped", amount)

    def square(self) -> None:
        self.due_back = max(self.due_back, self.sum_of("paid") - self.entitled)
        if self.state == "accepted" and self.entitled - self.kept + self.sum_of("ordered", "held") <= 0:
            self.state = "settled"

    @property
    def parts(self) -> dict[str, int]:
        """What it has of its line."""
        paying = self.sum_of("ordered")
        rest = max(self.entitled - self.kept - paying, 0)
        free = {"committed": rest} if self.agreed else {"reserved": rest}
        return dict.fromkeys(PARTS, 0) | free | {"paying": paying, "paid": self.sum_of("paid") - self.repaid}


@dataclass(frozen=True)
class Wish:
    """A request in line: what it comes to, and what ranks it."""

    id: str
    amount: int
    part: bool
    percent: int
    certificate: str | None
    requested_on: date
    at: datetime

    def rank(self, holders: dict[str, date]) -> tuple[bool, date, datetime, str]:
        tax_code, _, request_id = self.id.partition("/")
        return self.requested_on < holders.get(tax_code, date.max), self.requested_on, self.at, request_id


@dataclass
class SlowLine:
    allocated: int = 0
    day: date | None = None
    queue: list[Wish] = field(default_factory=list)


@dataclass
class SlowLedger:
    """Lines, grants and recognitions; `holders` is enterprise → first day of its recognition."""

    lines: dict[str, SlowLine] = field(default_factory=dict)
    grants: dict[str, SlowGrant] = field(default_factory=dict)
    holders: dict[str, date] = field(default_factory=dict)
    resting: list[str] = field(default_factory=list)

    def line(self, id: str) -> SlowLine:
        return self.lines.setdefault(id, SlowLine())

    def sums(self, id: str) -> dict[str, int]:
        """The parts of a line, and what is available."""
        own = [grant.parts for grant in self.grants.values() if grant.line == id]
        parts = {part: sum(has[part] for has in own) for part in PARTS}
        return parts | {"allocated": self.line(id).allocated, "available": self.line(id).allocated - sum(parts.values())}

    def gives(self, id: str, amount: int) -> None:
        """The line has so much more, or less, and serves who waits."""
        self.line(id).allocated += amount
        self.serve(id)

    def ask(self, id: str, wish: Wish) -> None:
        self.line(id).queue.append(wish)
        if wish.certificate:
            self.resting.append(wish.id)
        self.serve(id)

    def serve(self, id: str) -> None:
        line = self.line(id)
        while line.queue and line.day is None:
            head, left = line.queue[0], self.sums(id)["available"]
            amount = head.amount if head.amount <= left else left if head.part else 0
            if not amount:
                return
            line.queue.pop(0)
            self.grants[head.id] = SlowGrant(head.id, id, head.percent, amount, head.certificate, amount)

    def begin_day(self, today: date) -> None:
        for id, line in self.lines.items():
            if line.day and line.day <= today:
                line.queue.sort(key=lambda wish: wish.rank(self.holders))
                line.day = None
                self.serve(id)

    def revoke(self, certificate: str) -> None:
        """What rests on it and is not done ends, in the order it came; what is with finance stays there."""
        for id in list(self.resting):
            waits = [(name, w) for name, line in self.lines.items() for w in line.queue if w.id == id]
            for name, wish in waits:
                if wish.certificate == certificate:
                    self.line(name).queue.remove(wish)
                    self.serve(name)
            grant = self.grants.get(id)
            if grant and grant.certificate == certificate and grant.state in ("open", "accepted"):
                self.end(grant, grant.kept)

    def end(self, grant: SlowGrant, entitled: int) -> None:
        grant.falls_to(entitled)
        grant.state = "ended"
        self.settle(grant)

    def settle(self, grant: SlowGrant) -> None:
        """After anything that happened to a grant."""
        grant.square()
        self.serve(grant.line)
