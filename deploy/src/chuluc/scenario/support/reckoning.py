"""The year reckoned apart from the service: from the rows and the plain rules, one day after the other, as on paper.

A second, slow and simple way to the same figures. It knows nothing of events, partitions, or the order of arrival.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from chuluc.scenario.support import plain
from chuluc.scenario.support.case import Case, Line
from chuluc.scenario.support.rows import (
    Act,
    Cancelled,
    Entry,
    Money,
    Offer,
    Report,
    Resolved,
    Row,
    Standing,
    Year,
    change_of,
)


@dataclass
class Book:
    """All that is written down while the days go by."""

    offers: dict[str, Offer]
    today: date = date.min
    cases: dict[str, Case] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    places: dict[str, list[str]] = field(default_factory=dict)
    in_line: dict[str, list[str]] = field(default_factory=dict)
    reports: list[Report] = field(default_factory=list)
    revoked: set[str] = field(default_factory=set)
    suspended: set[str] = field(default_factory=set)
    cancelled: set[str] = field(default_factory=set)

    def line(self, id: str) -> Line:
        return self.lines.setdefault(id, Line())

    def used(self, id: str) -> int:
        """What the grants have of a line."""
        return sum(case.held for case in self.cases.values() if case.row.line == id)

    def available(self, id: str) -> int:
        return self.line(id).allocated - self.used(id)

    # -- a day begins ----------------------------------------------------------------------------------------------------

    def begin(self, day: date) -> None:
        """What falls due: waits that end, places that are allocated, activities that are over."""
        self.today = day
        for case in self.cases.values():
            if case.waits_for == "recognition" and _business_days(case.row.on, day) > plain.WAIT_BUSINESS_DAYS:
                case.decline("no-recognition")
        for id, ids in self.in_line.items():
            offer = self.offers[id]
            if offer.allocates_on == day:
                ids.sort(key=lambda i: (not self._recognised(self.cases[i].row), self.cases[i].row.on))
            if offer.ends < day:
                for late in ids:
                    self.cases[late].decline("no-place-left")
                ids.clear()
            self._seat(id)

    def _recognised(self, row: Row) -> bool:
        in_force = plain.RECOGNISED_FROM <= row.on <= plain.RECOGNISED_UNTIL
        return in_force and row.who in plain.RECOGNISED and row.who not in self.revoked

    # -- a request -------------------------------------------------------------------------------------------------------

    def ask(self, row: Row) -> None:
        """A request comes: it is declined, waits, or goes on to its costs, its place and its money."""
        rule = plain.rule_on(row.scheme, row.on)
        case = Case(row, rule, wanted=self._worth(row, rule))
        listed = ("cnht" in rule.who and row.who in plain.CNHT_LIST) or ("rural" in rule.who and row.who in plain.RURAL_LIST)
        case.rests = not listed and "recognised" in rule.who
        why = [slug for slug, true in self._against(case, listed).items() if true]
        self.cases[row.id] = case
        if why:
            case.decline(*why)
        elif case.rests and not self._recognised(row):
            case.waits_for = "recognition"
        elif self._costs_taken(case, row.invoices(), [c.document for c in row.costs if c.document]):
            case.decline("cost-already-supported")
        else:
            case.invoices |= {*row.invoices(), *(c.document for c in row.costs if c.document)}
            self._take_place(case)

    def _worth(self, row: Row, rule: plain.Rule) -> int:
        """The least of what is asked, the share of the costs, and what is left of the caps of the enterprise."""
        bounds = [row.asked, plain.share(rule.percent, sum(cost.amount for cost in row.costs))]
        same = [c for c in self.cases.values() if (c.row.who, c.row.scheme) == (row.who, row.scheme)]
        for unit, cap in rule.caps.items():
            if unit == "establishment":
                factor = max([100, *(rule.trait_factor.get(trait, 100) for trait in row.traits)])
                bounds.append(cap * factor // 100 - sum(c.takes for c in same))
            elif unit in ("activity", "learner"):
                most = cap * (row.learners or 1) if unit == "learner" else cap
                bounds.append(most - sum(c.takes for c in same if c.activity == row.activity))
        if rule.regions:
            bounds.append(rule.regions.get(self.offers[row.activity].region, rule.regions[""]))
        return max(min(bounds), 0)

    def _against(self, case: Case, listed: bool) -> dict[str, bool]:
        row, rule = case.row, case.rule
        kind = plain.KIND_OF_SCHEME.get(row.scheme, "project")
        reported = [r for r in self.reports if r.who == row.who]
        overlaps = any(
            c.live and (c.row.who, c.activity, c.kind) == (row.who, row.activity, kind) for c in self.cases.values()
        ) or any(r.activity == row.activity for r in reported)
        only_capped = min(row.asked, plain.share(rule.percent, sum(cost.amount for cost in row.costs))) > 0
        return {
            "not-supporting-industry": rule.who == plain.CNHT and not listed,
            "not-a-beneficiary": rule.who == plain.RURAL and not listed,
            "activity-cancelled": row.activity in self.cancelled,
            "papers-missing": not set(rule.papers) <= set(row.papers),
            "overlap": overlaps,
            "programmes-exclude-each-other": row.scheme in plain.EXCLUDED
            and any(r.programme in plain.EXCLUDED for r in reported),
            "nothing-to-pay": case.wanted == 0 and not (overlaps and only_capped),
            "debt-outstanding": any(c.row.who == row.who and c.balance for c in self.cases.values()),
        }

    def _costs_taken(self, case: Case, invoices: Iterable[str], documents: Iterable[str]) -> bool:
        shown = {*invoices, *documents}
        return any(c.live and c is not case and c.invoices & shown for c in self.cases.values()) or any(
            r.invoice in shown for r in self.reports
        )

    def _take_place(self, case: Case) -> None:
        offer = self.offers.get(case.activity)
        if offer is None:
            self._take_money(case)
            return
        case.waits_for = "place"
        self.in_line.setdefault(offer.id, []).append(case.row.id)
        self._seat(offer.id)

    def _seat(self, id: str) -> None:
        """Who stands in line gets what places there are."""
        offer, line, taken = self.offers[id], self.in_line.setdefault(id, []), self.places.setdefault(id, [])
        if offer.allocates_on and self.today < offer.allocates_on:
            return
        while line and (offer.places is None or len(taken) < offer.places):
            taken.append(line.pop(0))
            self._take_money(self.cases[taken[-1]])

    def _take_money(self, case: Case) -> None:
        """What all enterprises share of a cap in a year bounds it; then it stands in line for the money."""
        if limit := case.rule.caps.get("year-of-all"):
            others = [
                c for c in self.cases.values() if c.row.line == case.row.line and "year-of-all" in c.rule.caps and c is not case
            ]
            case.wanted = min(case.wanted, limit - sum(c.takes for c in others))
            if case.wanted <= 0:
                case.decline("cap-used-up")
                return
        case.waits_for = "budget"
        self.line(case.row.line).queue.append(case)
        self.serve(case.row.line)

    def serve(self, id: str) -> None:
        """The head of the queue is served as long as there is enough; a part where its scheme allows it."""
        line = self.line(id)
        while line.queue:
            head, left = line.queue[0], self.available(id)
            if left < head.wanted and not (head.rule.part and left > 0):
                return
            line.queue.pop(0).grant(min(left, head.wanted))

    # -- a grant ---------------------------------------------------------------------------------------------------------

    def act(self, row: Row, act: Act) -> None:
        """Something is done about a grant; what is not possible changes nothing."""
        case = self.cases[row.id]
        self.after(case, case.held, lambda: self._do(case, act))

    def _do(self, case: Case, act: Act) -> None:
        if act.kind == "decide" and change_of(case.row, act.number).kind == "move":
            self._move(case, change_of(case.row, act.number).to)
        elif act.kind == "claim":
            if not self._costs_taken(case, [f"{act.number}-{case.row.id}"], []):
                case.invoices.add(f"{act.number}-{case.row.id}")
                case.claimed += act.amount
        else:
            case.do(act, held_back=case.stopped or (case.rests and case.row.who in self.suspended))

    def after(self, case: Case, had: int, do: Callable[[], None]) -> None:
        """Money that is not needed any more goes back to the line, and its queue is served; a place goes to the next."""
        ended = case.ended
        do()
        case.square()
        self.line(case.row.line).released += max(0, had - case.held)
        if case.ended and not ended and case.row.id in self.places.get(case.activity, []):
            self.places[case.activity].remove(case.row.id)
            self._seat(case.activity)
        self.serve(case.row.line)

    def _move(self, case: Case, to: str) -> None:
        offer, taken = self.offers[to], self.places.setdefault(to, [])
        if offer.places is None or len(taken) < offer.places:
            taken.append(case.row.id)
            self.places[case.activity].remove(case.row.id)
            case.activity, case.stopped = to, False

    # -- the others ------------------------------------------------------------------------------------------------------

    def money(self, said: Money) -> None:
        """Finance gives, takes, moves; never more than is available."""
        line, available = self.line(said.line), self.available(said.line)
        if said.kind == "allocate" or (said.kind == "change" and available + said.amount >= 0):
            line.allocated += said.amount
        elif said.kind in ("transfer", "carry"):
            amount = said.amount or available
            year, _, scheme = said.line.partition("/")
            to = said.to or f"{int(year) + 1}/{scheme}"
            if 0 < amount <= available:
                line.allocated -= amount
                line.carried += amount if said.kind == "carry" else 0
                self.line(to).allocated += amount
                self.serve(to)
        self.serve(said.line)

    def report(self, said: Report) -> None:
        """An agency supports something: what is granted for the same is stopped."""
        self.reports.append(said)
        for case in self.cases.values():
            same = (case.row.who, case.activity) == (said.who, said.activity) or said.invoice in case.invoices
            if case.live and case.granted and same:
                case.stopped = True

    def resolve(self, said: Resolved) -> None:
        case = self.cases[said.row]
        left = {"reduced": said.left, "cancelled": case.kept, "recovered": 0, "no-overlap": case.entitled}[said.outcome]

        def decided() -> None:
            case.stopped, case.entitled = False, min(left, case.entitled)
            case.ended = case.ended or said.outcome in ("cancelled", "recovered")

        self.after(case, case.held, decided)

    def stand(self, said: Standing) -> None:
        """A recognition is suspended, in force again, or gone: what rests on it waits, goes on, or ends."""
        resting = [c for c in self.cases.values() if c.row.who == said.who and c.rests and c.live]
        if said.kind == "suspend":
            self.suspended.add(said.who)
        elif said.kind == "reinstate":
            self.suspended.discard(said.who)
            for case in resting:
                case.go_on()
        else:
            self.revoked.add(said.who)
            for case in resting:
                self.after(case, case.held, case.cancel)

    def cancel_activity(self, said: Cancelled) -> None:
        """It does not take place: who is granted for it is stopped until he goes elsewhere."""
        self.cancelled.add(said.activity)
        for case in self.cases.values():
            case.stopped = case.stopped or (case.activity == said.activity and case.granted > 0)

    def enter(self, entry: Entry) -> None:
        """One entry of a day."""
        if isinstance(entry, tuple):
            self.act(*entry)
        elif isinstance(entry, Row):
            self.ask(entry)
        elif isinstance(entry, Money):
            self.money(entry)
        elif isinstance(entry, Report):
            self.report(entry)
        elif isinstance(entry, Resolved):
            self.resolve(entry)
        elif isinstance(entry, Standing):
            self.stand(entry)
        else:
            self.cancel_activity(entry)


def reckoned(year: Year, last: date) -> Book:
    """The book of a year, after its last day has begun."""
    book = Book({offer.id: offer for offer in year.offers})
    for day, entries in year.days().items():
        book.begin(day)
        for entry in entries:
            book.enter(entry)
    book.begin(last)
    return book


def uncovered(book: Book, year: int) -> list[str]:
    """Who held a recognition in the year and had no money of its budget, nor a worker in a class."""
    reached = {c.row.who for c in book.cases.values() if c.row.year == year and c.granted and c.held}
    reached |= {who for offer in book.offers.values() for who in offer.workers}
    held = plain.RECOGNISED if plain.RECOGNISED_FROM.year <= year <= plain.RECOGNISED_UNTIL.year else frozenset()
    return sorted(held - reached)


def equipped(book: Book, year: int) -> int:
    """Rural establishments with equipment: each that has money for machinery of the year's budget."""
    rows = [c for c in book.cases.values() if c.row.scheme == "rural-machinery" and c.row.year == year]
    return len({c.row.who for c in rows if c.granted and c.held})


def joined(book: Book) -> Counter[str]:
    """How often somebody took part, by scheme in kind."""
    return Counter({scheme: sum(len(o.joined) for o in book.offers.values() if o.scheme == scheme) for scheme in plain.IN_KIND})


def _business_days(after: date, until: date) -> int:
    """Business days after one day, up to another."""
    days = (after + timedelta(days=n + 1) for n in range((until - after).days))
    return sum(day.weekday() < 5 and day not in plain.HOLIDAYS for day in days)
