"""One request on paper: what it asks, what was granted, what is paid, and what has to come back. Whole đồng."""

from dataclasses import dataclass, field
from typing import Literal

from chuluc.scenario.support.plain import ADVANCE_PERCENT, KIND_OF_SCHEME, Rule, share
from chuluc.scenario.support.rows import Act, Row, change_of

Outcome = Literal["asking", "queued", "granted", "declined", "cancelled"]
OF_LINES = ("allocated", "reserved", "committed", "paying", "paid", "available", "released", "carried")
"""The figures of a line, đồng."""


@dataclass
class Order:
    """A payment that was asked for; it is with finance until it is `paid` or `failed`."""

    amount: int
    state: Literal["waits", "held", "paying", "paid", "failed", "dropped"]


@dataclass(eq=False)
class Case:
    """A row and how it stands. `rests`: on a recognition; `stopped`: by an overlap, or because its fair was cancelled."""

    row: Row
    rule: Rule
    wanted: int
    rests: bool = False
    waits_for: str = ""
    why: frozenset[str] = frozenset()
    granted: int = 0
    entitled: int = 0
    signed: bool = False
    accepted: bool = False
    ended: bool = False
    stopped: bool = False
    claimed: int = 0
    orders: dict[str, Order] = field(default_factory=dict)
    due: int = 0
    repaid: int = 0
    invoices: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.activity = self.row.activity
        self.kind = KIND_OF_SCHEME.get(self.row.scheme, "project")

    # -- how it stands ---------------------------------------------------------------------------------------------------

    @property
    def outcome(self) -> Outcome:
        if self.why:
            return "declined"
        if self.ended:
            return "cancelled"
        return "granted" if self.granted else "queued" if self.waits_for else "asking"

    def _sum(self, *states: str) -> int:
        return sum(order.amount for order in self.orders.values() if order.state in states)

    @property
    def paid(self) -> int:
        return self._sum("paid")

    @property
    def paying(self) -> int:
        return self._sum("paying")

    @property
    def kept(self) -> int:
        """What was paid and may be kept."""
        return self.paid - self.due

    @property
    def balance(self) -> int:
        return self.due - self.repaid

    @property
    def unpaid(self) -> int:
        """What is set aside for it: what it may still get, and at least what finance was told to pay."""
        return max(self.entitled - self.kept, self.paying)

    @property
    def reserved(self) -> int:
        return 0 if self.signed else self.unpaid

    @property
    def committed(self) -> int:
        return self.unpaid - self.paying if self.signed else 0

    @property
    def out(self) -> int:
        """What is paid and has not come back."""
        return self.paid - self.repaid

    @property
    def held(self) -> int:
        return self.unpaid + self.out

    @property
    def live(self) -> bool:
        """Whether what it is for is its own: until it is declined, or has ended and left the enterprise no money."""
        return not self.why and not (self.ended and self.held == 0)

    @property
    def takes(self) -> int:
        """What it takes of a cap."""
        return 0 if self.why else self.held if self.granted else self.wanted

    # -- what happens to it ----------------------------------------------------------------------------------------------

    def decline(self, *why: str) -> None:
        self.why, self.waits_for = frozenset(why), ""

    def grant(self, amount: int) -> None:
        self.granted = self.entitled = amount
        self.waits_for = ""

    def cancel(self) -> None:
        """Nothing more is ordered; what finance was told to pay is not called back."""
        self.falls_to(self.kept)
        self.ended = True

    def falls_to(self, entitled: int) -> None:
        """Payments that finance was not told of are dropped."""
        self.entitled = min(self.entitled, entitled)
        for order in self.orders.values():
            order.state = "dropped" if order.state in ("waits", "held") else order.state

    def square(self) -> None:
        """What was paid above what it may come to has to come back."""
        self.due = max(self.due, self.paid - self.entitled)

    def go_on(self) -> None:
        """Payments that were held go to finance."""
        for order in self.orders.values():
            order.state = "paying" if order.state == "held" else order.state

    def do(self, act: Act, *, held_back: bool) -> None:
        """One act of its life, where it can be; a payment that is `held_back` does not go to finance yet."""
        if act.kind == "agree":
            self.signed = True
            self.falls_to(share(self.rule.percent, act.amount))
        elif act.kind == "order":
            self._order(act, held_back=held_back)
        elif act.kind in ("approve", "pay", "fail"):
            before, then = {"approve": ("waits", "paying"), "pay": ("paying", "paid"), "fail": ("paying", "failed")}[act.kind]
            order = self.orders.get(act.number)
            if order and order.state == before and act.amount in (0, order.amount):
                order.state = then  # type: ignore[assignment]
        elif act.kind == "accept" and act.amount <= self.claimed:
            self.accepted = True
            self.falls_to(share(self.rule.percent, act.amount))
        elif act.kind == "check" and act.amount:
            self.falls_to(self.kept - act.amount)
        elif act.kind == "repay" and act.amount <= self.balance:
            self.repaid += act.amount
        elif act.kind == "withdraw" and not self.accepted:
            self.falls_to(0)
            self.ended = True
        elif act.kind == "decide" and (change := change_of(self.row, act.number)).kind == "reduce":
            self.falls_to(share(self.rule.percent, change.amount))

    def _order(self, act: Act, *, held_back: bool) -> None:
        most = self.entitled if self.accepted else self.entitled * ADVANCE_PERCENT // 100
        if act.amount > most - self.kept - self.paying - self._sum("waits", "held"):
            return
        second = self.rule.second_person_from
        waits = second is not None and act.amount >= second
        self.orders[act.number] = Order(act.amount, "waits" if waits else "held" if held_back else "paying")


@dataclass
class Line:
    """A budget line on paper: what it was given, what came back to it, what went to the next year, and who waits."""

    allocated: int = 0
    released: int = 0
    carried: int = 0
    queue: list[Case] = field(default_factory=list)
