"""A service that has a year to catch up.

The names after "Seen to fail with" are builds broken on purpose, see builds.py and mutants.py.
"""

from dataclasses import replace
from datetime import date

from harness.checker import balanced, check
from harness.cluster import Cluster, Sent
from harness.journal import START, Journal, Posting, day_started, days

from .brokers import on_both_brokers

YEAR = days(date(2021, 1, 1), 365)


def a_year(journal: Journal) -> list[Sent]:
    """Each day a tick, a posting by the city and one by a partner to the same account; the partner's at the next tick's time."""
    records = []
    for n, day in enumerate(YEAR):
        account, morning = f"account-{n % 7}", int(START.timestamp() * 1000) + n * 1000
        city, partner = journal.note([Posting(f"{day}/city", account), Posting(f"{day}/partner", account, kind="PartnerPosted")])
        records.append(replace(day_started(day), timestamp=morning))
        records.append(replace(city, timestamp=morning + 500))
        records.append(replace(partner, timestamp=morning + 1000))
    return records


@on_both_brokers
def test_nothing_is_handled_after_a_later_tick_when_the_service_is_a_year_behind(cluster: Cluster, journal: Journal) -> None:
    """All is published before the service starts for the first time. Each posting is handled on its own day, and those of
    one account in the order of their times, although they lie on two topics. The production broker gives the times itself,
    so there each record is published a moment after the one before.

    Seen to fail with: merge-off, tick-first-on-equal-times, broadcast-to-one-partition.
    """
    cluster.send(a_year(journal), apart=cluster.broker.keeps_its_log)
    cluster.start(KAFKA__BATCH_RECORDS="500")
    cluster.settle()
    handled_on = {e["posting"]: e["day"] for events in balanced(cluster).values() for e in events}
    assert handled_on == {posting: posting.partition("/")[0] for posting in journal.postings}
    assert {(r["count"], r["last"]) for r in cluster.rows("days")} == {(365, YEAR[-1].isoformat())}
    check(cluster, journal, days=365)
