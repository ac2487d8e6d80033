"""Stopping in order, and instances that wake up after others have taken their place.

The names after "Seen to fail with" are builds broken on purpose, see builds.py and mutants.py.
"""

from collections import Counter

import pytest
from harness.checker import check
from harness.cluster import Cluster
from harness.engines import until
from harness.journal import Journal, postings, with_transfers

from .brokers import on_both_brokers

LOST_OWNERSHIP = 75


@on_both_brokers
def test_nothing_is_published_again_when_an_instance_is_asked_to_stop(cluster: Cluster, journal: Journal) -> None:
    """SIGTERM in the middle of a batch: it is finished and sent, the exit code is 0, the successor repeats no effect.

    Seen to fail with: stop-does-not-drain.
    """
    one = cluster.start()
    cluster.send(journal.note(with_transfers(postings(2_000))))
    until(lambda: (one.status() or {"handled": 0})["handled"] >= 50, 60, "the first batches", one.said)
    assert one.stop() == 0
    assert 0 < len(cluster.rows("inbox")) < len(journal.postings)
    two = cluster.start("two")
    cluster.settle()
    assert two.json("/status")["duplicates"] == 0
    published = Counter(r.value for r in cluster.read("ledger.balance.v1", "ledger.account.v1"))
    assert [value for value, times in published.items() if times > 1] == []
    check(cluster, journal)


@pytest.mark.parametrize("place", ["before_transaction", "in_transaction"])
def test_zombie_is_fenced_when_it_wakes_after_a_takeover(cluster: Cluster, journal: Journal, place: str) -> None:
    """SIGSTOP with a batch decided and not written: woken, it finds another owner, writes nothing, and ends with 75. A third
    one, which knows only what the database says, goes on from there.

    Seen to fail with: compare-and-set-off.
    """
    zombie = cluster.start("zombie", FREEZEPOINT=f"{place}:3")
    plain = with_transfers(postings(300))
    cluster.send(journal.note(plain[:200]))
    until(lambda: zombie.frozen, 60, "the freeze", zombie.said)
    two = cluster.start("two")
    cluster.settle()
    zombie.thaw()
    assert zombie.wait_end() == LOST_OWNERSHIP
    assert two.stop() == 0
    cluster.start("three")
    cluster.send(journal.note(plain[200:]))
    check(cluster, journal)


def test_order_is_kept_when_a_zombie_publishes_what_its_successor_published(cluster: Cluster, journal: Journal) -> None:
    """SIGSTOP between commit and publishing: what the woken one still sends are repeats of what was sent for it.

    Seen to fail with: sent-backwards.
    """
    zombie = cluster.start("zombie", FREEZEPOINT="in_publishing:3")
    plain = with_transfers(postings(300))
    cluster.send(journal.note(plain[:200]))
    until(lambda: zombie.frozen, 60, "the freeze", zombie.said)
    cluster.start("two")
    cluster.settle()
    cluster.send(journal.note(plain[200:]))
    cluster.settle()
    zombie.thaw()
    until(lambda: zombie.ended or zombie.ready(), 60, "the zombie back in the group or ended", zombie.said)
    check(cluster, journal, zombie_published=True)
