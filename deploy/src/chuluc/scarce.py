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
    allocated: int
    reserved: int
    available: int


@dataclass(frozen=True, slots=True)
class Grant:
    """A granted request (`enterprise/request`): its money, the activity it is for, the invoices it showed."""

    id: str
    line_id: str
    amount: int
    activity: str
    invoices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity: places announced (none: as many as want one), and places taken as support shows them."""

    id: str
    places: int | None
    taken: int


def unbalanced_lines(lines: Iterable[Line], grants: Iterable[Grant], allocated: Mapping[str, int]) -> list[str]:
    """Lines on which Σ granted = reserved ≤ allocated = Σ of the allocations in the topic does not hold."""
    granted: Counter[str] = Counter()
    for grant in grants:
        granted[grant.line_id] += grant.amount
    shown = {line.id: line for line in lines}
    breaches: list[str] = []
    for id in sorted({*shown, *granted, *allocated}):
        line, budget = shown.get(id, Line(id, 0, 0, 0)), allocated.get(id, 0)
        if line.allocated != budget:
            breaches.append(f"line {id}: {line.allocated} allocated, the allocations in the topic sum to {budget}")
        if line.reserved != granted[id]:
            breaches.append(f"line {id}: {line.reserved} reserved, its granted requests sum to {granted[id]}")
        if line.allocated != line.reserved + line.available:
            breaches.append(f"line {id}: {line.allocated} allocated, but {line.reserved} reserved + {line.available} available")
        # By the allocations of the topic: a service that believes in more money than there is must not pass.
        if max(line.reserved, granted[id]) > budget:
            breaches.append(f"line {id}: {max(line.reserved, granted[id])} reserved of only {budget} allocated")
    return breaches


def unlike_published(grants: Iterable[Grant], published: Mapping[str, int]) -> list[str]:
    """Requests whose granted amount is not the one that was published; `published` is request → đồng."""
    shown = {grant.id: grant.amount for grant in grants}
    return [
        f"request {id}: {shown.get(id, 'nothing')} granted, {published.get(id, 'nothing')} published"
        for id in sorted({*shown, *published})
        if shown.get(id) != published.get(id)
    ]


def granted_twice(grants: Iterable[Grant]) -> list[str]:
    """Activities of an enterprise, and invoices, that more than one granted request rests on."""
    held = tuple(grants)
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
