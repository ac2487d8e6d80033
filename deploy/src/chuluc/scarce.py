"""Guarantee 4 seen from outside support: nothing scarce is given twice, and the money of its lines adds up.

Each function compares what support answers over HTTP with what lies in the topics, and gives a sentence for every breach,
with the line or request and the figures. Money is whole đồng.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A budget line as support shows it."""

    id: str
    allocated: int = 0
    reserved: int = 0
    available: int = 0
    committed: int = 0
    paying: int = 0
    paid: int = 0

    @property
    def used(self) -> int:
        return self.reserved + self.committed + self.paying + self.paid


@dataclass(frozen=True, slots=True)
class Grant:
    """A granted request (`enterprise/request`): its money, the activity it is for, the invoices it showed.

    `given_back` is what of its money the line has again: the grant was reduced, settled lower, cancelled, or paid back.
    """

    id: str
    line_id: str
    amount: int
    activity: str
    invoices: tuple[str, ...] = ()
    given_back: int = 0

    @property
    def held(self) -> int:
        return self.amount - self.given_back


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity: places announced (none: as many as want one), and places taken as support shows them."""

    id: str
    places: int | None
    taken: int


def unbalanced_lines(lines: Iterable[Line], grants: Iterable[Grant], given: Mapping[str, int]) -> list[str]:
    """Lines on which Σ granted = reserved + committed + paying + paid ≤ allocated = what the topics give the line does not hold.

    `given` is line → what was allocated and changed, sent and received, as it lies in the topics.
    """
    granted: Counter[str] = Counter()
    for grant in grants:
        granted[grant.line_id] += grant.held
    shown = {line.id: line for line in lines}
    breaches: list[str] = []
    for id in sorted({*shown, *granted, *given}):
        line, budget = shown.get(id, Line(id)), given.get(id, 0)
        parts = f"{line.reserved} reserved + {line.committed} committed + {line.paying} paying + {line.paid} paid"
        if line.allocated != budget:
            breaches.append(f"line {id}: {line.allocated} allocated, what the topics give it sums to {budget}")
        if line.used != granted[id]:
            breaches.append(f"line {id}: {parts}, its granted requests sum to {granted[id]}")
        if line.allocated != line.used + line.available:
            breaches.append(f"line {id}: {line.allocated} allocated, but {parts} + {line.available} available")
        # By the topics: a service that believes in more money than there is must not pass.
        if max(line.used, granted[id]) > budget:
            breaches.append(f"line {id}: {max(line.used, granted[id])} used of only {budget} allocated")
    return breaches


def lost_on_the_way(moved: Mapping[str, int]) -> list[str]:
    """What was sent from line to line sums to 0 đồng; `moved` is line → received less sent."""
    left = sum(moved.values())
    return [f"{-left} more was sent than received between lines"] if left else []


def unlike_published(grants: Iterable[Grant], published: Mapping[str, int]) -> list[str]:
    """Requests whose granted amount is not the one that was published; `published` is request → đồng."""
    shown = {grant.id: grant.amount for grant in grants}
    return [
        f"request {id}: {shown.get(id, 'nothing')} granted, {published.get(id, 'nothing')} published"
        for id in sorted({*shown, *published})
        if shown.get(id) != published.get(id)
    ]


def granted_twice(grants: Iterable[Grant]) -> list[str]:
    """Activities of an enterprise, and invoices, that more than one granted request rests on; one that gave all back has none."""
    held = tuple(grant for grant in grants if grant.held)
    return _shared("activity", held, lambda grant: (grant.activity,)) + _shared("invoice", held, lambda grant: grant.invoices)


def _shared(what: str, grants: Iterable[Grant], things: Callable[[Grant], tuple[str, ...]]) -> list[str]:
    holders: dict[str, list[str]] = defaultdict(list)
    for grant in grants:
        for thing in things(grant):
            holders[thing].append(grant.id)
    return [f"{what} {thing}: granted to {', '.join(sorted(ids))}" for thing, ids in sorted(holders.items()) if len(ids) > 1]


def overfull_activities(activities: Iterable[Activity], holding: Mapping[str, int]) -> list[str]:
    """Activities with more places taken than announced, or other than requests hold; `holding` is activity → requests."""
    shown = {activity.id: activity for activity in activities}
    breaches: list[str] = []
    for id in sorted({*shown, *holding}):
        activity, requests = shown.get(id, Activity(id, 0, 0)), holding.get(id, 0)
        if activity.places is not None and max(activity.taken, requests) > activity.places:
            breaches.append(f"activity {id}: {max(activity.taken, requests)} places taken of {activity.places} announced")
        if activity.taken != requests:
            breaches.append(f"activity {id}: {activity.taken} places taken, {requests} requests hold one")
    return breaches
