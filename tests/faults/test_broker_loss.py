"""The embedded broker keeps its log in memory: killed, it comes back empty.

The names after "Seen to fail with" are builds broken on purpose, see builds.py and mutants.py.
"""

from harness.checker import check
from harness.cluster import Cluster
from harness.journal import Journal, postings, with_transfers


def test_nothing_is_lost_or_done_twice_when_the_broker_has_lost_its_log(cluster: Cluster, journal: Journal) -> None:
    """Topics are made again, the journal and the outboxes are published again, compacted topics are made from the state.

    Seen to fail with: epoch-ignored, states-not-made-again.
    """
    one = cluster.start()
    cluster.send(journal.note(postings(200)))
    cluster.settle()
    before = one.json("/state-hash")
    cluster.broker.kill()
    assert one.stop() == 0
    cluster.broker.start()
    cluster.provision()
    two = cluster.start("two")
    cluster.settle()
    assert two.json("/state-hash") == before
    cluster.send([p.sent() for p in journal.postings.values()])
    check(cluster, journal, replay=False)
    assert two.json("/state-hash") == before
    cluster.send(journal.note(postings(100, start=200)))
    check(cluster, journal)


def test_what_was_on_its_way_arrives_when_the_broker_has_lost_its_log(cluster: Cluster, journal: Journal) -> None:
    """Postings that lay on the topic or in the log and were not handled come from the journal, transfers from the outbox;
    what was handled comes first in the new log, in the order it had in the old one, so that a replay ends the same.

    Seen to fail with: log-not-made-again.
    """
    killed = cluster.start("killed", FAULTPOINT="after_transaction:3")
    cluster.send(journal.note(with_transfers(postings(200))))
    assert killed.wait_end() == -9
    cluster.broker.kill()
    cluster.broker.start()
    cluster.provision()
    cluster.send([p.sent() for p in journal.postings.values()])
    cluster.start("successor")
    check(cluster, journal)
