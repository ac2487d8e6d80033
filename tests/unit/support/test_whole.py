"""Random histories of everything support does: nothing is dead-lettered, and every line, cap and place adds up."""

from collections import Counter
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from shared.contracts.base import Data
from shared.contracts.department import DayStarted
from shared.testing.memory import City, run
from support.domain.caps import SharedCap, SharedCapUse, UnitUse
from support.domain.grants import Grant
from support.domain.lines import PARTS, Line, RequestMoney
from support.domain.places import Places
from support.domain.requests import Request
from support.domain.scarce import CostEvidence
from support.main import service
from unit.support.cases import (
    MILLION,
    MONDAY,
    A,
    B,
    C,
    allocated,
    day,
    enterprise,
    fair,
    invoice,
    project,
    recognised,
    renewal,
    request,
    scheme,
)
from unit.support.grant_cases import (
    accepted,
    agreed,
    asked,
    change,
    checked,
    claimed,
    decided,
    failed,
    final,
    made,
    repaid,
    revoked,
    withdrawn,
)
from unit.support.test_activities import cancelled
from unit.support.test_overlap import by_invoice, cost_reported, reported, resolved

WHO = (A, B, C)
CAPS = tuple({"unit": unit, "amount": 150 * MILLION} for unit in ("enterprise-year", "fair-edition", "scheme-year"))
SET_UP: tuple[Data, ...] = (
    scheme(caps=CAPS, cap=None, part_grants=True),
    renewal(caps=({"unit": "project", "amount": 60 * MILLION},)),
    fair(places=2),
    fair("osaka", places=1, ends=date(2021, 12, 28), allocates_on=date(2021, 12, 8)),
    *map(enterprise, WHO),
    recognised(A),
    recognised(B),
    allocated(120 * MILLION),
    allocated(60 * MILLION, "renewal"),
    day(MONDAY),
)

numbers = st.sampled_from(("r1", "r2"))
shown = st.builds(invoice, st.sampled_from(("i1", "i2", "i3", "i4")), st.sampled_from((40 * MILLION, 90 * MILLION)))
amounts = st.sampled_from((5 * MILLION, 10 * MILLION, 20 * MILLION))
fairs = st.sampled_from(("hannover", "osaka"))


def life(first: Data, steps: int, twist: tuple[str, int], amount: int) -> list[Data]:
    """A request and so many steps of the life of its grant, with something that happens in between."""
    about = {"grant_id": f"{first.tax_code}/{first.request_id}"}
    own = invoice(f"kk-{about['grant_id'][-4:]}", 80 * MILLION)
    path = [
        agreed(**about),
        asked("o1", amount, **about),
        made("o1", amount, **about),
        claimed("k1", own, **about),
        accepted(2 * amount, **about),
        final("o9", amount, **about),
        made("o9", amount, paid_on=date(2022, 3, 4), **about),
        checked(amount, **about),
        repaid("n1", amount, **about),
    ]
    twists: dict[str, list[Data]] = {
        "nothing": [],
        "withdrawn": [withdrawn(**about)],
        "moved": [change("move", fair_id="osaka", **about), decided(**about)],
        "reduced": [change("reduce", cost=3 * amount, **about), decided(**about)],
        "failed": [failed("o1", **about)],
        "shared": [claimed("k2", invoice("i1", 5 * MILLION), **about)],
        "cleared": [resolved("cancelled", "F-hannover", first.tax_code, first.request_id)],
        "repaid": [repaid("n2", 5 * MILLION, **about)],
    }
    name, at = twist
    return [first, *path[:at], *twists[name], *path[at:steps]]


TWISTS = ("nothing", "withdrawn", "moved", "reduced", "failed", "shared", "cleared", "repaid")
at_a_fair = st.builds(
    lambda number, who, at, evidence: request(number, who, evidence, activity_id=at), numbers, st.sampled_from(WHO), fairs, shown
)
city_acts = st.one_of(
    at_a_fair,
    st.builds(project, numbers, st.sampled_from(WHO), shown),
    st.builds(revoked, st.sampled_from((A, B))),
    st.builds(recognised, st.just(C)),
    st.builds(lambda n: day(date(2021, 12, 6 + n)), st.integers(1, 24)),
    st.builds(allocated, amounts),
    st.just(cancelled("osaka")),
    st.builds(lambda who, at: reported(f"F-{at}", who, activity_id=at), st.sampled_from(WHO), fairs),
    st.builds(lambda number: cost_reported(by_invoice(number), f"C-{number}"), st.sampled_from(("i1", "i2"))),
    st.builds(
        lambda who, number, at, outcome: resolved(outcome, f"F-{at}", who, number),
        st.sampled_from(WHO),
        numbers,
        fairs,
        st.sampled_from(("cancelled", "recovered", "no-overlap")),
    ),
)


own_costs = st.builds(lambda number: invoice(f"own-{number}", 90 * MILLION), st.integers(1, 99))
firsts = st.one_of(
    st.builds(project, numbers, st.sampled_from(WHO), st.one_of(own_costs, shown)),
    st.builds(
        lambda number, who, at, cost: request(number, who, cost, activity_id=at), numbers, st.sampled_from(WHO), fairs, own_costs
    ),
)
lives = st.builds(life, firsts, st.integers(0, 9), st.tuples(st.sampled_from(TWISTS), st.integers(0, 9)), amounts)


@st.composite
def histories(draw: st.DrawFn) -> list[Data]:
    """Lives and acts of the city in any order between them, days in their own."""
    rows = [*draw(st.lists(lives, min_size=1, max_size=5)), *([act] for act in draw(st.lists(city_acts, max_size=8)))]
    turns = draw(st.permutations([number for number, row in enumerate(rows) for _ in row]))
    left = [iter(row) for row in rows]
    events = [next(left[number]) for number in turns]
    days = iter(sorted(event.date for event in events if isinstance(event, DayStarted)))
    return [day(next(days)) if isinstance(event, DayStarted) else event for event in events]


@settings(max_examples=60, deadline=None)
@given(histories())
def test_whatever_happens_nothing_is_dead_lettered_and_everything_adds_up(events):
    city = run(service, *SET_UP, *events)
    assert {why for why in city["support"].held.values() if not why.startswith("waits for")} == set()
    _check_lines(city)
    _check_caps(city)
    _check_what_is_held(city)


def _check_lines(city: City) -> None:
    """A line is what its requests have of it, and that is what their grants say they have."""
    support = city["support"]
    held: Counter[str] = Counter()
    for found in support.all(Request):
        held[found.line_id] += found.held
    money = support.all(RequestMoney)
    for line in support.all(Line):
        own = [m for m in money if m.id.startswith(f"{line.id}|")]
        sums = tuple(sum(getattr(m, part) for m in own) for part in PARTS)
        assert sums == tuple(getattr(line, part) for part in PARTS)
        assert line.allocated == line.used + line.available and min(*sums, line.available) >= 0
        assert line.used == held[line.line_id]
    for grant in support.all(Grant):
        id = RequestMoney.id_of(f"line:{grant.line_id}", grant.tax_code, grant.request_id)
        of_line = support.find(RequestMoney, id) or RequestMoney(id=id)
        assert tuple(getattr(of_line, part) for part in PARTS) == grant.on_line


def _check_caps(city: City) -> None:
    """A cap is used by what its requests take of it; a declined request and one without money take nothing."""
    support = city["support"]
    used: Counter[str] = Counter()
    for found in support.all(Request):
        for cap in found.caps:
            used[cap.unit] += cap.amount
            if found.state in ("declined", "cancelled") and not found.held:
                assert cap.amount == 0
    shown = {use.id: use.had for use in support.all(UnitUse)} | {cap.id: cap.used for cap in support.all(SharedCap)}
    assert +Counter(shown) == +used
    uses = support.all(SharedCapUse)
    assert all(cap.used == sum(u.amount for u in uses if u.id.startswith(f"{cap.id}|")) for cap in support.all(SharedCap))


def _check_what_is_held(city: City) -> None:
    """Places belong to grants and to requests that wait for money; nobody declined has a place or keeps a cost."""
    support = city["support"]
    requests = {(r.tax_code, r.request_id): r for r in support.all(Request)}
    for places in support.all(Places):
        seats = [*places.taken, *places.queue]
        assert len({seat.who for seat in seats}) == len(seats)
        assert all(requests[seat.who].state not in ("declined", "cancelled") for seat in seats)
        assert all(requests[seat.who].activity_id == places.id.partition(":")[2] for seat in places.taken)
    for line in support.all(Line):
        assert all(requests[c.tax_code, c.request_id].waits_for == "budget" for c in line.queue)
    for cost in support.all(CostEvidence):
        holder = requests[cost.tax_code, cost.request_id]
        assert holder.state != "declined" and (holder.state != "cancelled" or holder.held)
