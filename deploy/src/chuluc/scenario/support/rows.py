"""How a year of support is written down: one row a request, with what becomes of it; and what finance and others do.

The rows are all that the player and the independent reckoning have in common. Money is whole đồng.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

MILLION = 1_000_000


def dong(million: float) -> int:
    """Triệu đồng as đồng."""
    return round(million * MILLION)


ActKind = Literal[
    "agree",
    "order",
    "approve",
    "pay",
    "fail",
    "claim",
    "accept",
    "check",
    "repay",
    "withdraw",
    "delay",
    "reduce",
    "move",
    "decide",
]


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does about one grant on a day. `number` is that of the order, claim, receipt or change."""

    on: date
    kind: ActKind
    amount: int = 0
    number: str = ""
    until: date | None = None
    to: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost of a request; without an invoice of its own number it is the request's. `document` stands for its file."""

    amount: int
    invoice: str = ""
    document: str = ""


@dataclass(frozen=True)
class Row:
    """A request: who asks, under which scheme, for what, how much, on which costs; then what is done, in order of days."""

    id: str
    who: str
    scheme: str
    activity: str
    on: date
    asked: int
    costs: tuple[Cost, ...]
    acts: tuple[Act, ...] = ()
    year: int = 2022
    traits: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    learners: int | None = None

    @property
    def line(self) -> str:
        return f"{self.year}/{self.scheme}"

    def invoices(self) -> tuple[str, ...]:
        """The numbers of its invoices, in their order."""
        return tuple(cost.invoice or f"HD-{self.id}-{n}" for n, cost in enumerate(self.costs, 1))


@dataclass(frozen=True, slots=True)
class Money:
    """What finance does with a budget line; `to` is the line that receives. A carry-over of 0 takes all that is available."""

    on: date
    kind: Literal["allocate", "change", "transfer", "carry"]
    line: str
    amount: int = 0
    to: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Another agency's support of an enterprise: of an activity, of an invoice, or under a programme."""

    on: date
    id: str
    who: str
    amount: int
    activity: str = ""
    activity_kind: str = ""
    invoice: str = ""
    programme: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The department decides what an overlap means for a request; `left` is what remains of it, where it is reduced."""

    on: date
    row: str
    report: str
    outcome: Literal["reduced", "cancelled", "recovered", "no-overlap"]
    left: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """The Council's decision on the recognition of an enterprise, in effect the same day."""

    on: date
    kind: Literal["suspend", "reinstate", "revoke"]
    who: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    """An activity does not take place."""

    on: date
    activity: str


@dataclass(frozen=True)
class Offer:
    """An activity of the plan. In kind, `scheme` says under which and `joined` who took part; of a class, `learners` how many.

    `workers` are enterprises of which one learner each works there. `places` None: as many as want.
    """

    id: str
    kind: str
    name: str
    starts: date
    ends: date
    places: int | None = None
    region: str = ""
    allocates_on: date | None = None
    scheme: str = ""
    joined: tuple[str, ...] = ()
    learners: int = 0
    workers: tuple[str, ...] = ()


Entry = Row | tuple[Row, Act] | Money | Report | Resolved | Standing | Cancelled


@dataclass(frozen=True)
class Year:
    """Everything of a year. Within a day no two entries depend on each other, but for the acts of one grant in their order."""

    rows: tuple[Row, ...]
    money: tuple[Money, ...]
    others: tuple[Report | Resolved | Standing | Cancelled, ...]
    offers: tuple[Offer, ...]

    def days(self) -> dict[date, list[Entry]]:
        """What is done by day, in order of days: finance, others, requests, then acts."""
        entries: list[tuple[date, Entry]] = [(entry.on, entry) for entry in (*self.money, *self.others, *self.rows)]
        entries += [(act.on, (row, act)) for row in self.rows for act in row.acts]
        found: dict[date, list[Entry]] = {}
        for day, entry in sorted(entries, key=lambda pair: pair[0]):
            found.setdefault(day, []).append(entry)
        return found

    def row(self, id: str) -> Row:
        return next(row for row in self.rows if row.id == id)


# -- the acts, in the words of the field ---------------------------------------------------------------------------------


def agree(on: date, cost: float, until: date) -> Act:
    """The agreement is signed on an eligible cost, triệu đồng; claims may be filed `until`."""
    return Act(on, "agree", dong(cost), until=until)


def order(on: date, number: str, amount: float) -> Act:
    """The department asks for a payment, triệu đồng: an advance, or after acceptance the rest."""
    return Act(on, "order", dong(amount), number)


def approve(on: date, number: str) -> Act:
    """A second person approves it."""
    return Act(on, "approve", number=number)


def pay(on: date, number: str, amount: float) -> Act:
    """Finance has paid an order."""
    return Act(on, "pay", dong(amount), number)


def fail(on: date, number: str) -> Act:
    """Finance could not pay an order."""
    return Act(on, "fail", number=number)


def claim(on: date, number: str, cost: float) -> Act:
    """The enterprise claims actual costs, triệu đồng."""
    return Act(on, "claim", dong(cost), number)


def accept(on: date, cost: float) -> Act:
    """The work is accepted with so much cost, triệu đồng."""
    return Act(on, "accept", dong(cost))


def check(on: date, recover: float = 0) -> Act:
    """Checked afterwards: passed, or failed with so much to be paid back, triệu đồng."""
    return Act(on, "check", dong(recover))


def repay(on: date, number: str, amount: float) -> Act:
    """The enterprise pays back a part, triệu đồng."""
    return Act(on, "repay", dong(amount), number)


def withdraw(on: date) -> Act:
    """The enterprise gives up."""
    return Act(on, "withdraw")


def delay(on: date, decided: date, until: date) -> tuple[Act, Act]:
    """More time is asked for, and given."""
    return Act(on, "delay", number="D1", until=until), Act(decided, "decide", number="D1")


def reduce(on: date, decided: date, cost: float) -> tuple[Act, Act]:
    """A smaller scope is asked for, and granted: so much eligible cost is left, triệu đồng."""
    return Act(on, "reduce", dong(cost), "D1"), Act(decided, "decide", number="D1")


def move(on: date, decided: date, to: str) -> tuple[Act, Act]:
    """Another fair is asked for, and granted."""
    return Act(on, "move", number="D1", to=to), Act(decided, "decide", number="D1")


def costs(*amounts: float) -> tuple[Cost, ...]:
    """Costs by their amounts, triệu đồng, each on an invoice of its own."""
    return tuple(Cost(dong(amount)) for amount in amounts)


def change_of(row: Row, number: str) -> Act:
    """The change of a grant that is decided under this number."""
    return next(act for act in row.acts if act.number == number and act.kind in ("delay", "reduce", "move"))
