"""Random histories: whatever is asked in whatever order, no đồng is lost, none is given twice, the first are served first.

Events come in groups, so that several requests are on their way through the partitions at once; what must hold is checked
after every step, against a calculation of its own that reads nothing but the service's log and what it published.
"""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from math import floor
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from shared.contracts.activities import ActivityCancelled
from shared.contracts.base import REGISTER, Data, make_event
from shared.contracts.finance import BudgetAllocated
from shared.contracts.support import (
    BudgetExhausted,
    BudgetReleased,
    BudgetReserved,
    ScarceThingAsked,
    ScarceThingGivenBack,
    SupportDeclined,
    SupportGranted,
    SupportQueued,
)
from shared.contracts.support_activities import OverlapFound
from shared.messaging.codec import Received, envelope_of
from shared.testing.memory import PARTITIONS, Running
from support.domain.lines import Line
from support.domain.places import Places
from support.domain.reports import Report
from support.domain.requests import Request
from support.domain.scarce import CostEvidence, line_thing, name_of
from support.main import service
from unit.support.cases import (
    FAIR,
    LINE,
    MONDAY,
    NOON,
    RENEWAL,
    A,
    B,
    C,
    allocated,
    day,
    enterprise,
    fair,
    invoice,
    recognised,
    renewal,
    request,
    scheme,
)
from unit.support.test_activities import cancelled
from unit.support.test_overlap import by_invoice, cost_reported, reported

ENTERPRISES = (A, B, C, "0100000004", "0100000005")
OTHER = "fair-other"
RULES = {FAIR: (100, 150_000, "fair"), RENEWAL: (50, None, "project"), OTHER: (33, 40_000, "fair")}
PLACES = {"osaka": 2, "hannover": 4, "tokyo": 9}
INVOICES = {f"i{n}": 20_000 * n + 777 for n in range(1, 17)}
LINES = {f"2021/{scheme_id}" for scheme_id in RULES}
SET_UP: tuple[Data, ...] = (
    scheme(cap=150_000),
    scheme(OTHER, rate_percent=33, cap=40_000),
    renewal(part_grants=True),
    *(fair(name, places=places) for name, places in PLACES.items()),
    *map(enterprise, ENTERPRISES),
    *map(recognised, (A, B)),
    *(allocated(50_000, scheme_id) for scheme_id in RULES),
)


def cost_reported_of(number: str, tax_code: str) -> Data:
    """An agency paid an invoice; one report a cost."""
    return cost_reported(by_invoice(number), f"cost-{number}", tax_code)


def fair_reported_of(tax_code: str, fair_id: str) -> Data:
    """An agency paid a fair of an enterprise; one report a fair."""
    return reported(f"fair-{fair_id}", tax_code, activity_id=fair_id)


asks = st.fixed_dictionaries(
    {
        "tax_code": st.sampled_from(ENTERPRISES),
        "scheme_id": st.sampled_from([FAIR, FAIR, RENEWAL, OTHER]),
        "activity_id": st.sampled_from(sorted(PLACES)),
        "asked": st.one_of(st.just(300_000), st.integers(1, 60_000)),
        "numbers": st.lists(st.sampled_from(sorted(INVOICES)), min_size=1, max_size=2, unique=True),
    }
)
moves = st.one_of(
    asks,
    asks,
    asks,
    st.builds(allocated, st.integers(1, 120_000), st.sampled_from(sorted(RULES))),
    st.builds(recognised, st.sampled_from(ENTERPRISES)),
    st.integers(1, 6),  # business time goes on by so many days
    st.tuples(st.sampled_from(sorted(LINES)), st.integers(0, 9)),  # one that asked for money of the line gives it back
    st.builds(cost_reported_of, st.sampled_from(sorted(INVOICES)), st.sampled_from(ENTERPRISES)),
    st.builds(fair_reported_of, st.sampled_from(ENTERPRISES), st.sampled_from(sorted(PLACES))),
    st.just(cancelled("tokyo")),
)


@dataclass
class History:
    """A service in memory, what it published, and the events put in."""

    running: Running = field(default_factory=lambda: Running(service))
    published: list[Data] = field(default_factory=list)
    asked: dict[str, Any] = field(default_factory=dict)
    read: list[list[Data]] = field(default_factory=lambda: [[] for _ in range(PARTITIONS)])
    put_in: int = 0
    today: Any = MONDAY

    def put(self, data: Data) -> None:
        self.put_in += 1
        event = make_event(data, id=f"h{self.put_in}", time=NOON)
        topic = data.contract.topic.name
        if topic == service.log:
            self.running.append(data.contract.key_of(data), event.to_json())
        else:
            self.running.take_in(Received(topic, 0, self.put_in, None, event.to_json(), (), 0))

    def put_move(self, move: Any) -> None:
        if isinstance(move, dict):
            id = f"r{len(self.asked)}"
            evidence = [invoice(n, INVOICES[n]) for n in move["numbers"]]
            facts = {k: v for k, v in move.items() if k not in ("numbers", "tax_code")}
            self.asked[id] = request(id, move["tax_code"], *evidence, **facts)
            self.put(self.asked[id])
        elif isinstance(move, int):
            self.today += timedelta(days=move)
            self.put(day(self.today))
        elif isinstance(move, tuple):
            self.put_back(*move)
        else:
            self.put(move)

    def put_back(self, line: str, place: int) -> None:
        asks = [d for d in self.handled() if isinstance(d, ScarceThingAsked) and d.thing == line_thing(line)]
        for ask in asks[place : place + 1]:
            self.put(ScarceThingGivenBack(thing=ask.thing, request_id=ask.request_id, tax_code=ask.tax_code))

    def work_off(self) -> None:
        """Step by step until nothing moves, checking what must hold after every step."""
        while any(p.next < len(log) for p, log in zip(self.running.partitions, self.running.log, strict=True)):
            for out in self.running.step():
                self.published.append(envelope_of(REGISTER.by_type[out.type]).model_validate_json(out.value).data)
            self.check()

    def of(self, *kinds: type[Data]) -> list[Any]:
        return [data for data in self.published if isinstance(data, kinds)]

    def handled(self) -> list[Data]:
        """What the partitions have read of their logs; the events of one key are in their order."""
        for partition, log, read in zip(self.running.partitions, self.running.log, self.read, strict=True):
            for value, _ in log[len(read) : partition.next]:
                kind = REGISTER.by_type[json.loads(value)["type"]]
                read.append(envelope_of(kind).model_validate_json(value).data)
        return [data for read in self.read for data in read]

    def check(self) -> None:
        self.check_money()
        self.check_first_come_first_served()
        self.check_nothing_twice()
        self.check_amounts()

    def check_money(self) -> None:
        allocations, reserved = Counter(), Counter()
        for data in self.handled():
            if isinstance(data, BudgetAllocated):
                allocations[data.line_id] += data.amount
        for data in self.of(BudgetReserved, BudgetReleased, BudgetExhausted):
            sign = {BudgetReserved: 1, BudgetReleased: -1, BudgetExhausted: 0}[type(data)]
            reserved[data.line_id] += sign * getattr(data, "amount", 0)
            assert (data.reserved, data.allocated) == (reserved[data.line_id], data.reserved + data.available)
            assert data.available >= 0
        for line in self.running.all(Line):
            assert (line.allocated, line.reserved) == (allocations[line.line_id], reserved[line.line_id])
            assert line.allocated == line.reserved + line.available and line.available >= 0 <= line.reserved
        for places in self.running.all(Places):
            assert len({seat.who for seat in places.taken}) == len(places.taken) <= PLACES[name_of(places.id)]

    def check_first_come_first_served(self) -> None:
        """The line's log alone says who is served, with how much, and who still stands in line."""
        free, queue, held = Counter(), defaultdict(list), {}
        served: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for data in self.handled():
            if isinstance(data, BudgetAllocated):
                line = line_thing(data.line_id)
                free[line] += data.amount
            elif isinstance(data, ScarceThingAsked) and data.thing.startswith("line:"):
                line = data.thing
                queue[line].append(data)
            elif isinstance(data, ScarceThingGivenBack) and data.thing.startswith("line:"):
                line, who = data.thing, (data.tax_code, data.request_id)
                free[line] += held.pop((line, who), 0)
                queue[line] = [q for q in queue[line] if (q.tax_code, q.request_id) != who]
            else:
                continue
            while queue[line]:
                head = queue[line][0]
                amount = head.amount if head.amount <= free[line] else (free[line] if head.part else 0)
                if amount == 0:
                    break
                queue[line].pop(0)
                free[line] -= amount
                held[(line, (head.tax_code, head.request_id))] = amount
                served[line].append((head.request_id, amount))
        for line in LINES:
            published = [(e.request_id, e.amount) for e in self.of(BudgetReserved) if e.line_id == line]
            assert published == served[line_thing(line)]
            found = self.running.find(Line, line_thing(line))
            if found is not None:
                assert [c.request_id for c in found.queue] == [q.request_id for q in queue[line_thing(line)]]

    def check_nothing_twice(self) -> None:
        live = [r for r in self.running.all(Request) if r.state != "declined"]
        activities = Counter((r.tax_code, RULES[r.scheme_id][2], r.activity_id) for r in live)
        assert all(count == 1 for count in activities.values()), activities
        granted = [r for r in live if r.state == "granted"]
        invoices = Counter(e.id for r in granted for e in self.asked[r.request_id].evidence)
        assert all(count == 1 for count in invoices.values()), invoices
        outcomes = Counter(data.request_id for data in self.of(SupportGranted, SupportDeclined))
        assert all(count == 1 for count in outcomes.values()), outcomes

    def check_amounts(self) -> None:
        given = {e.request_id: e.amount for e in self.of(BudgetReserved)}
        for grant in self.of(SupportGranted):
            rate, cap, _ = RULES[grant.scheme_id]
            asked = self.asked[grant.request_id]
            cost = sum(Fraction(e.amount) for e in asked.evidence)
            by_rate = floor(cost * Fraction(rate, 100) / 1000) * 1000
            most = min(asked.asked, by_rate, *([cap] if cap else []))
            assert grant.amount == given[grant.request_id] == grant.steps[-1].amount
            assert grant.amount == most or (grant.scheme_id == RENEWAL and 0 < grant.amount < most)

    def check_end(self) -> None:
        """Nothing is on its way any more: every request is decided or waits for something that is not there."""
        assert self.running.held == {}
        states = {r.request_id: r.state for r in self.running.all(Request)}
        assert set(states) == set(self.asked)
        assert set(states.values()) <= {"granted", "declined", "queued"}
        told = {data.request_id: type(data) for data in self.of(SupportGranted, SupportDeclined, SupportQueued)}
        expected = {"granted": SupportGranted, "declined": SupportDeclined, "queued": SupportQueued}
        assert told == {id: expected[state] for id, state in states.items()}
        self.check_evidence_is_with_those_who_may_still_use_it()
        self.check_nothing_another_agency_paid_goes_unnoticed()
        queued = [c for s in (*self.running.all(Line), *self.running.all(Places)) for c in s.queue]
        waiting = [r for r in self.running.all(Request) if r.waits_for in ("place", "budget")]
        given_back = {d.request_id for d in self.handled() if isinstance(d, ScarceThingGivenBack) and d.thing.startswith("line:")}
        assert {c.request_id for c in queued} | given_back >= {r.request_id for r in waiting}

    def check_nothing_another_agency_paid_goes_unnoticed(self) -> None:
        """A grant that shares an activity or a cost with a report has an overlap; nobody has a place of what is cancelled."""
        found = {(o.request_id, o.report_id) for o in self.of(OverlapFound)}
        expected = set()
        for report in [r.reported for r in self.running.all(Report)]:
            costs = {(c.seller_tax_code, c.invoice) for c in report.costs}
            for r in self.running.all(Request):
                fair = (report.tax_code, report.activity_id) == (r.tax_code, r.activity_id) and r.scheme_id != RENEWAL
                shown = {(e.seller_tax_code, e.invoice) for e in self.asked[r.request_id].evidence}
                if fair or costs & shown:
                    # One that waits for a recognition has not shown its costs yet.
                    assert not r.under_way or (r.waits_for == "recognition" and not fair)
                    if r.state == "granted":
                        expected.add((r.request_id, report.report_id))
        assert found == expected
        assert len(found) == len(self.of(OverlapFound))
        if any(isinstance(d, ActivityCancelled) for d in self.handled()):
            places = self.running.find(Places, "place:tokyo")
            assert places is None or (places.taken, places.queue) == ((), ())

    def check_evidence_is_with_those_who_may_still_use_it(self) -> None:
        """A declined request keeps no invoice; one that was asked for its evidence and goes on keeps all of it."""
        held = {(e.request_id, e.id) for e in self.running.all(CostEvidence)}
        goes_on = [r for r in self.running.all(Request) if r.state == "granted" or r.waits_for in ("place", "budget")]
        assert held == {(r.request_id, f"evidence:{e.id}") for r in goes_on for e in self.asked[r.request_id].evidence}


@settings(max_examples=150, deadline=None)
@given(groups=st.lists(st.lists(moves, min_size=4, max_size=10), min_size=2, max_size=6))
def test_history_keeps_every_promise_after_every_step(groups):
    history = History()
    for data in SET_UP:
        history.put(data)
    history.work_off()
    for group in groups:
        for move in group:
            history.put_move(move)
        history.work_off()
    history.check_end()


def test_first_of_many_are_granted_and_the_rest_stand_in_line():
    """200 ask at once for a line that pays 40: the first 40 of the line's log have it."""
    history = History()
    codes = [f"02{n:08d}" for n in range(200)]
    events = [scheme(), fair(places=10_000), *map(enterprise, codes), allocated(40 * 90_000_000 + 89_999_999)]
    for data in events:
        history.put(data)
    for n, code in enumerate(codes):
        history.put(request(f"r{n}", code, invoice(f"hd-{n}", 90_000_000)))
    while any(p.next < len(log) for p, log in zip(history.running.partitions, history.running.log, strict=True)):
        for out in history.running.step():
            history.published.append(envelope_of(REGISTER.by_type[out.type]).model_validate_json(out.value).data)
    order = [d.request_id for d in history.handled() if isinstance(d, ScarceThingAsked) and d.thing == line_thing(LINE)]
    assert len(order) == 200
    assert [r.request_id for r in history.of(BudgetReserved)] == order[:40]
    assert sorted(g.request_id for g in history.of(SupportGranted)) == sorted(order[:40])
    line = history.running.find(Line, line_thing(LINE))
    assert line is not None
    assert ([c.request_id for c in line.queue], line.available) == (order[40:], 89_999_999)
