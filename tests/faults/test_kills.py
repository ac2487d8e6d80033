"""kill -9 of a service at every place where a record is between two hands, and of one of two instances.

The names after "Seen to fail with" are builds broken on purpose, see builds.py and mutants.py.
"""

import time

import pytest
from harness.checker import check
from harness.cluster import Cluster, Instance
from harness.engines import until
from harness.journal import Journal, Posting, postings, waves, with_transfers

from .brokers import on_both_brokers

KILLED = -9


def publish_until_it_dies(cluster: Cluster, journal: Journal, instance: Instance, plain: list[Posting]) -> None:
    """Publish in portions, each worked off before the next, until the instance is killed; the rest without one."""
    for wave in waves(plain, 60):
        cluster.send(journal.note(wave))
        if not instance.ended:
            until(lambda: instance.ended or at_rest(instance), 60, "a wave worked off, or the kill", instance.said)
    assert instance.wait_end() == KILLED


def at_rest(instance: Instance) -> bool:
    status = instance.status()
    return status is not None and status["handled"] > 0 and not (status["lag"] or status["outbox"] or status["intake"]["lag"])


@on_both_brokers
@pytest.mark.parametrize("place", ["before_transaction", "after_transaction", "before_publishing", "in_publishing"])
def test_events_take_effect_once_when_the_core_is_killed(cluster: Cluster, journal: Journal, place: str) -> None:
    """Handled and not committed, committed and not published, published in part: nothing is lost, nothing is done twice.

    Seen to fail with: published-before-it-is-sent, leftovers-not-sent.
    """
    killed = cluster.start("killed", FAULTPOINT=f"{place}:3")
    publish_until_it_dies(cluster, journal, killed, with_transfers(postings(300)))
    cluster.start("successor")
    check(cluster, journal)


@pytest.mark.parametrize("place", ["after_publishing", "before_append", "after_append"])
def test_events_take_effect_once_when_intake_or_relay_is_killed(cluster: Cluster, journal: Journal, place: str) -> None:
    """Appended to the log and not noted, published and not marked: it happens again, and the inbox drops it.

    Seen to fail with: intake-notes-before-it-appends, ids-by-chance.
    """
    killed = cluster.start("killed", FAULTPOINT=f"{place}:3")
    publish_until_it_dies(cluster, journal, killed, with_transfers(postings(300)))
    cluster.start("successor")
    check(cluster, journal)


@on_both_brokers
def test_successor_goes_on_within_seconds_when_killed_inside_the_transaction(cluster: Cluster, journal: Journal) -> None:
    """The transaction left open would block its documents for 60 s; the successor ends the session of the dead one.

    Seen to fail with: kill-sessions-off, position-outside-the-transaction.
    """
    killed = cluster.start("killed", FAULTPOINT="in_transaction:3")
    ordinary_start = time.monotonic() - killed.started
    publish_until_it_dies(cluster, journal, killed, with_transfers(postings(300)))
    cluster.start("successor")
    cluster.settle()
    # Far from both: a successor that goes on at once, on a machine at work on other things, and one that waits the 60 s.
    assert time.monotonic() - cluster.instances[-1].started < 30 + ordinary_start
    check(cluster, journal)


@on_both_brokers
def test_the_other_instance_goes_on_when_one_of_two_is_killed(cluster: Cluster, journal: Journal) -> None:
    """The partitions of the dead one go to the other, with what it had decided and not published.

    Seen to fail with: nothing-sent-for-the-dead-one.
    """
    cluster.start("one", FAULTPOINT="after_transaction:4")
    cluster.start("two")
    for wave in waves(with_transfers(postings(400)), 80):
        cluster.send(journal.note(wave))
    assert cluster.instances[0].wait_end() == KILLED
    check(cluster, journal)
