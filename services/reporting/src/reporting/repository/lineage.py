"""What the rows of an indicator are about, where that has a name of its own, and what took a row away."""

from collections.abc import Iterable
from datetime import date as Date
from typing import NamedTuple

from shared.messaging.reader import Reader

from reporting.domain.activities import Activity
from reporting.domain.enterprise import Succession
from reporting.domain.programme import Scheme
from reporting.domain.register import RecognisedProduct
from reporting.domain.rows import OF_ENTERPRISES, Contribution, Measure, row_id
from reporting.domain.support import MONEY, Grant
from reporting.domain.supporting_industry import Cluster, Supplier
from reporting.repository import ledger, standings
from reporting.repository.activities import activities_of

LEARNERS = frozenset({Measure.CRAFT_LEARNERS, Measure.COURSE_LEARNERS})
CLUSTERS = frozenset({Measure.CLUSTERS_STARTED, Measure.CLUSTERS_AREA})
SUPPLIERS = frozenset({Measure.SUPPORTING_ENTERPRISES, Measure.SUPPORTING_INTERNATIONAL})
REPORTED = frozenset({Measure.PRODUCTION_VALUE, Measure.EXPORTS})
# What can take away what a certificate counts for.
TAKING = {
    Measure.FIRST_TIME: frozenset({"first-time-corrected"}),
    Measure.ENTERPRISES_IN_FORCE: frozenset({"revoked", "suspended", "transferred"}),
    Measure.ENTERPRISES_RECOGNISED: frozenset({"transferred"}),
}


async def things_of(reader: Reader, rows: Iterable[Contribution]) -> dict[str, Activity | Scheme]:
    """The activity or the scheme (of a budget line) a row is about, by row; the rest have the names of `names_of`."""
    asked = tuple(rows)
    activity = {row.id: activity_of(row) for row in asked}
    scheme = {row.id: row.about.partition("/")[2] for row in asked if row.measure in MONEY}
    known = await activities_of(reader, activity.values())
    schemes = await ledger.schemes(reader) if scheme else {}
    found: dict[str, Activity | Scheme] = {id: known[of] for id, of in activity.items() if of in known}
    return {**found, **{id: schemes[of] for id, of in scheme.items() if of in schemes}}


def activity_of(row: Contribution) -> str | None:
    """The activity a row is about, or took place in."""
    if row.measure is Measure.PARTICIPATIONS:
        return row.about.rpartition("/")[0]
    return row.about if row.measure in LEARNERS else None


class Gone(NamedTuple):
    """Why a row counts no more: the day from which, the event that took it away, or the code its enterprise went on under.

    Each is None where it is not known.
    """

    day: Date | None = None
    event_id: str | None = None
    onward: str | None = None


async def gone(reader: Reader, since: Date, row: Contribution, year: int) -> Gone:
    """What took a row of an indicator of a year away that still counted at the end of the day `since`.

    Looked for in what it rested on; of what an enterprise reported, in what made its report count: a recognition in force.
    """
    past, today = reader.as_of(since), await standings.today(reader) or since
    if row.measure in REPORTED:
        row = await past.get(Contribution, row_id(Measure.ENTERPRISES_IN_FORCE.value, year, row.about)) or row
    changed = await reader.days_changed(Contribution, {"id": row.id})
    # The last change of a row that is not there is that it went.
    day = max((day for day in changed if since < day <= today), default=None)
    onward = await reader.get(Succession, row.about) if row.measure in OF_ENTERPRISES else None
    if onward and await past.get(Succession, row.about) is None:
        return Gone(day, None, onward.tax_code)
    news = [event for ground in row.grounds for event in await _news(reader, past, row.measure, ground.about)]
    return Gone(day, news[-1] if news else None)


async def _news(reader: Reader, past: Reader, measure: Measure, about: str) -> list[str]:
    """The events said of what a ground is about that were not known then, and can have taken it away."""
    now, then = await _told(reader, measure, about), await _told(past, measure, about)
    return [event for event in now if event not in then]


async def _told(reader: Reader, measure: Measure, about: str) -> list[str]:
    if measure in TAKING:
        certificate = await reader.get(RecognisedProduct, about)
        facts = certificate.facts if certificate else ()
        return [fact.event_id for fact in facts if fact.kind in TAKING[measure]]
    if measure is Measure.ENTERPRISES_SUPPORTED:
        grant = await reader.get(Grant, about)
        return [fact.event_id for fact in grant.facts] if grant else []
    if measure in SUPPLIERS:
        supplier = await reader.get(Supplier, about)
        return [listing.event_id for listing in supplier.listings] if supplier else []
    if measure in CLUSTERS:
        cluster = await reader.get(Cluster, about)
        return [state.event_id for state in cluster.states] if cluster else []
    return []
