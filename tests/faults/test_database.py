"""The database killed, frozen, put back to an older copy, and lost.

The names after "Seen to fail with" are builds broken on purpose, see builds.py and mutants.py.
"""

import shutil
import time
from pathlib import Path

from harness.checker import check
from harness.cluster import Cluster
from harness.engines import Secantus, until
from harness.journal import Journal, postings, with_transfers


def test_events_take_effect_once_when_the_database_is_killed(cluster: Cluster, own_store: Secantus, journal: Journal) -> None:
    """kill -9 of the database in the middle of the work: the service waits, and goes on when it is back.

    Seen to fail with: transient-error-taken-for-success.
    """
    one = cluster.start()
    plain = with_transfers(postings(400))
    cluster.send(journal.note(plain[:240]))
    until(lambda: (one.status() or {"handled": 0})["handled"] > 40, 60, "the first batches", one.said)
    own_store.kill()
    cluster.send(journal.note(plain[240:]))
    until(lambda: not one.ready(), 30, "readiness red while the database is away")
    own_store.start()
    check(cluster, journal)


def test_service_waits_when_the_database_is_frozen(cluster: Cluster, own_store: Secantus, journal: Journal) -> None:
    """15 s without an answer: readiness says so, no record becomes a dead letter, and the same process goes on after it.

    Seen to fail with: readiness-blind.
    """
    one = cluster.start()
    cluster.send(journal.note(postings(100)))
    cluster.settle()
    own_store.freeze()
    frozen_at = time.monotonic()
    try:
        cluster.send(journal.note(postings(200, start=100)))
        until(lambda: not one.ready(), 10, "readiness red while the database is frozen")
        until(
            lambda: time.monotonic() - frozen_at >= 15 and not one.ready(),
            30,
            "15 s of a frozen database, readiness red to their end",
        )
    finally:
        own_store.thaw()
    cluster.settle()
    assert [r.value for r in cluster.read("ledger.dead-letter")] == []
    check(cluster, journal)


def test_state_is_reached_again_when_the_database_is_put_back(
    cluster: Cluster, own_store: Secantus, journal: Journal, tmp_path: Path
) -> None:
    """Positions, inbox and state are of one moment: the service reads on from there and decides the same once more.

    Seen to fail with: committed-offset-instead-of-position.
    """
    one = cluster.start()
    plain = with_transfers(postings(400))
    cluster.send(journal.note(plain[:160]))
    cluster.settle()
    assert one.stop() == 0
    own_store.stop()
    shutil.copytree(own_store.data, tmp_path / "copy")
    own_store.start()
    cluster.send(journal.note(plain[160:]))
    two = cluster.start("two")
    cluster.settle()
    before = two.json("/state-hash")
    assert two.stop() == 0
    own_store.stop()
    shutil.rmtree(own_store.data)
    shutil.copytree(tmp_path / "copy", own_store.data)
    own_store.start()
    three = cluster.start("three")
    cluster.settle()
    assert three.json("/state-hash") == before
    check(cluster, journal)


def test_state_is_reached_again_from_an_empty_database(cluster: Cluster, journal: Journal) -> None:
    """The database is gone while instances run elsewhere: the log alone gives the state, the ids and the outcomes again.

    Seen to fail with: time-from-the-clock.
    """
    one = cluster.start()
    cluster.send(journal.note(with_transfers(postings(300))))
    cluster.settle()
    before = one.json("/state-hash")
    assert one.stop() == 0
    cluster.database = f"{cluster.database}_b"
    two = cluster.start("two")
    cluster.settle()
    assert two.json("/state-hash") == before
    assert two.json("/status")["handled"] >= len(journal.postings)
    check(cluster, journal, replay=False)
