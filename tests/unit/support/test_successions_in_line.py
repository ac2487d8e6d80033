"""Enterprises that change hands while their requests stand in line: for places, money and days of allocation, in any order."""

from collections import Counter
from datetime import timedelta
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from shared.contracts.applications import EnterpriseMerged
from shared.contracts.base import Data, make_event
from shared.messaging.codec import Received
from shared.testing.memory import Running
from support.domain.enterprises import Holder
from support.domain.grants import Grant
from support.domain.lines import PARTS, Line, RequestMoney
from support.domain.places import Places
from support.domain.requests import Request
from support.domain.scarce import CostEvidence
from support.domain.successions import FormerCode
from support.domain.waiting import DueRequests
from support.main import service
from unit.support.cases import (
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
from unit.support.grant_cases import agreed, asked, made, revoked, withdrawn
from unit.support.test_activities import cancelled
from unit.support.test_line_changes import changed, transferred
from unit.support.test_overlap import reported
from unit.support.test_successions import LAST, OTHER, SAME, kept

WORKS, FAIRS = "works", "fair-abroad"
WHO = (A, B, C)
CODES = (*WHO, OTHER, SAME)
THURSDAY, SATURDAY, YEAR_END = (MONDAY + timedelta(days=n) for n in (3, 5, 25))
LINES = tuple(f"2021/{name}" for name in (WORKS, FAIRS, RENEWAL))
# Who goes on under which code: no two codes lead in a circle, as the register keeps it.
MERGERS = ((B, A), (A, OTHER), (B, OTHER), (C, SAME), (SAME, A), (OTHER, LAST))
SET_UP: tuple[Data, ...] = (
    day(MONDAY),
    scheme(cap=None),
    scheme(WORKS, activity="project", rate_percent=50, cap=60_000, part_grants=True),
    renewal(wait_business_days=3),
    fair("osaka", places=1),
    fair("tokyo", places=2, allocates_on=THURSDAY),
    *map(enterprise, WHO),
    allocated(90_000, WORKS, allocates_on=SATURDAY),
    allocated(70_000),
    allocated(40_000, RENEWAL),
)


class Story:
    """The service in memory, where events come in while others are still on their way."""

    def __init__(self) -> None:
        self.running = Running(service)
        self.number = 0
        self.asked: list[tuple[str, str]] = []
        self.merged: set[str] = set()
        self.today = MONDAY

    def put(self, data: Data) -> None:
        self.number += 1
        event = make_event(data, id=f"s{self.number}", time=NOON)
        self.running.take_in(Received(data.contract.topic.name, 0, self.number, None, event.to_json(), (), 0))

    def work_off(self) -> None:
        while any(p.next < len(log) for p, log in zip(self.running.partitions, self.running.log, strict=True)):
            self.running.step()

    # -- what happens ------------------------------------------------------------------------------------------------------

    def asks(self, who: str, name: str, activity: str, cost: int, shared: bool) -> None:
        id = f"r{self.number:03d}"
        number = f"i{cost}" if shared else f"i-{id}"
        activity = activity if name == FAIRS else f"project-{activity}"
        self.asked.append((who, id))
        self.put(request(id, who, invoice(number, cost), scheme_id=name, activity_id=activity, asked=30_000))

    def merges(self, which: int) -> None:
        former, to = MERGERS[which]
        if former not in self.merged and to not in self.merged:
            self.merged.add(former)
            why = "duplicate" if which % 2 else "code-changed"
            self.put(EnterpriseMerged.model_validate({"tax_code": to, "formerly": former, "merged_on": self.today, "why": why}))

    def goes_on(self, days: int) -> None:
        self.today += timedelta(days=days)
        self.put(day(self.today))

    def lives(self, place: int, step: str) -> None:
        if self.asked:
            who, id = self.asked[place % len(self.asked)]
            of = f"{who}/{id}"
            said = {
                "agrees": lambda: agreed(grant_id=of, cost=20_000),
                "orders": lambda: asked(f"o{self.number}", 2_000, grant_id=of),
                "pays": lambda: made(f"o{self.number - 1}", 2_000, grant_id=of),
                "withdraws": lambda: withdrawn(grant_id=of),
            }
            self.put(said[step]())

    # -- what must hold at the end -----------------------------------------------------------------------------------------

    def check(self) -> None:
        running = self.running
        assert {why for why in running.held.values() if not why.startswith("waits for")} == set()
        requests = {r.id: r for r in running.all(Request)}
        assert "asking" not in {r.state for r in requests.values()}
        self.check_money(requests)
        self.check_lines_of_people(requests)
        live = [g for g in running.all(Grant) if not g.ended and not g.holds]
        merged = {f for m in running.all(FormerCode) for f in (m.id,)}
        assert not merged & {r.tax_code for r in requests.values()}
        activities = Counter(requests[g.id].activity for g in live)
        assert max(activities.values(), default=0) <= 1
        going = {r.id for r in requests.values() if r.state == "granted" or r.waits_for in ("place", "budget")}
        assert {f"{e.tax_code}/{e.request_id}" for e in running.all(CostEvidence)} <= {
            r.id for r in requests.values() if r.state != "declined"
        }
        for id in going:
            held = {e.id for e in running.all(CostEvidence) if f"{e.tax_code}/{e.request_id}" == id}
            assert held == {t for t in requests[id].things if t.startswith("evidence:")}

    def check_money(self, requests: dict[str, Request]) -> None:
        grants = {g.id: g for g in self.running.all(Grant)}
        money = self.running.all(RequestMoney)
        for line in self.running.all(Line):
            assert line.available >= 0
            own = {m.id.removeprefix(f"{line.id}|").replace("|", "/"): m for m in money if m.id.startswith(f"{line.id}|")}
            assert all(getattr(line, part) == sum(getattr(m, part) for m in own.values()) for part in PARTS)
            on_line = {g.id: g.on_line for g in grants.values() if f"line:{g.line_id}" == line.id and g.on_line.held}
            parts = {id: tuple(getattr(m, part) for part in PARTS) for id, m in own.items()}
            assert parts == {id: tuple(money) for id, money in on_line.items()}
            queue = [f"{c.tax_code}/{c.request_id}" for c in line.queue]
            waiting = {r.id for r in requests.values() if r.waits_for == "budget" and f"line:{r.line_id}" == line.id}
            assert (len(queue), set(queue)) == (len(waiting), waiting)

    def check_lines_of_people(self, requests: dict[str, Request]) -> None:
        for places in self.running.all(Places):
            queue = [f"{s.tax_code}/{s.request_id}" for s in places.queue]
            waiting = {r.id for r in requests.values() if r.waits_for == "place" and r.things[r.answered] == places.id}
            assert (len(queue), set(queue)) == (len(waiting), waiting)
            taken = {f"{s.tax_code}/{s.request_id}" for s in places.taken}
            has = {r.id for r in requests.values() if r.state not in ("declined", "cancelled") and places.id in r.taken}
            # What was granted for an activity that was cancelled since has no place of it, and is held.
            assert taken == has or (taken == set() and all(requests[id].state == "granted" for id in has))
        waiting = sorted(r.id for r in requests.values() if r.waits_for == "recognition")
        assert sorted(d.id for due in _each(self.running, DueRequests) for d in due.requests) == waiting
        assert sorted(id for holder in self.running.all(Holder) for id in holder.waiting) == waiting


def _each(running: Running, kind: Any) -> list[Any]:
    """The document of every partition, where each has one of the same id."""
    return [d for documents in running.documents for d in documents.values() if isinstance(d, kind)]


asks = st.tuples(
    st.just("asks"),
    st.sampled_from(WHO),
    st.sampled_from((WORKS, FAIRS, FAIRS, RENEWAL)),
    st.sampled_from(("osaka", "tokyo")),
    st.sampled_from((12_000, 24_000, 50_000)),
    st.booleans(),
)
# Two enterprises, who may turn out to be one, ask for the same.
twins = asks.map(lambda ask: [(ask[0], who, *ask[2:]) for who in (A, B)])
merges = st.tuples(st.just("merges"), st.integers(0, len(MERGERS) - 1))
acts = st.one_of(
    asks,
    asks,
    merges,
    merges,
    st.tuples(st.just("goes_on"), st.integers(1, 3)),
    st.tuples(st.just("lives"), st.integers(0, 9), st.sampled_from(("agrees", "orders", "pays", "withdraws"))),
    st.builds(recognised, st.sampled_from(CODES)),
    st.builds(lambda who: revoked(who, MONDAY), st.sampled_from(CODES)),
    st.builds(lambda n, a: changed(a, LINES[n]), st.integers(0, 2), st.integers(-30_000, 30_000)),
    st.builds(lambda n, a: transferred(a, LINES[(n + 1) % 3], LINES[n]), st.integers(0, 2), st.integers(1, 20_000)),
    st.builds(
        lambda who, a: reported(f"k-{who}-{a}", who, activity_id=a), st.sampled_from(WHO), st.sampled_from(("osaka", "tokyo"))
    ),
    st.just(cancelled("osaka")),
)


# Not shrunk: a history is long, and shrinking it takes minutes.
@settings(max_examples=60, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.lists(twins, min_size=1, max_size=3), st.lists(acts, min_size=4, max_size=12), merges, st.data())
def test_successions_in_the_midst_of_everything_lose_nothing_and_give_nothing_twice(asked, before, merger, data):
    story = Story()
    for said in SET_UP:
        story.put(said)
    story.work_off()
    after = data.draw(st.lists(acts, max_size=4))
    for act in (*(ask for pair in asked for ask in pair), *before, merger, *after):
        if isinstance(act, tuple):
            getattr(story, act[0])(*act[1:])
        else:
            story.put(act)
        for _ in range(data.draw(st.integers(0, 2))):
            story.running.step()
    for on in (SATURDAY, YEAR_END):
        story.put(day(max(on, story.today)))
        story.work_off()
    story.check()
    again = Running(service)
    again.log = [list(log) for log in story.running.log]
    while any(p.next < len(log) for p, log in zip(again.partitions, again.log, strict=True)):
        again.step()
    assert kept(again) == kept(story.running)
