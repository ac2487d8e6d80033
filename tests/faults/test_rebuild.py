"""Documents built anew beside the old ones: killed, frozen and overtaken at every step, with events coming in meanwhile.

The names after "Seen to fail with" are builds broken on purpose, see builds.py and mutants.py.
"""

import json
import signal
import time
from pathlib import Path
from typing import Any

import pymongo
from harness.checker import check
from harness.cluster import Cluster
from harness.engines import until
from harness.journal import Journal, Posting, postings, with_transfers

KILLED = -9
WORKERS = ("in_build", "in_proof")
PLACES = (*WORKERS, "before_change", "in_switch", "after_switch")


def waiting(n: int) -> Posting:
    """A posting that waits for an account which never comes, so that something is held."""
    return Posting(f"w{n}", f"patient-{n}", extra={"needs": f"nobody-{n}"})


def wave(cluster: Cluster, journal: Journal, start: int) -> None:
    cluster.send(journal.note(with_transfers(postings(60, start=start))))


def rebuild(cluster: Cluster, *options: str, **environment: str) -> tuple[int, str]:
    """Run the command to its end; its exit code and what it said."""
    process = cluster.command("rebuild", *options, **environment)
    said, _ = process.communicate(timeout=120)
    return process.returncode, said


def test_old_documents_or_new_ones_are_in_use_wherever_a_rebuild_is_killed(cluster: Cluster, journal: Journal) -> None:
    """The service goes on through all of it, what comes in meanwhile is in the documents, and the next rebuild cleans up.

    Seen to fail with: generation-outside-the-transaction.
    """
    one = cluster.start()
    wave(cluster, journal, 0)
    cluster.send(journal.note([waiting(1), waiting(2)]))
    cluster.settle()
    for n, place in enumerate(PLACES, 1):
        before = cluster.generation
        building = cluster.command("rebuild", FAULTPOINT=place)
        wave(cluster, journal, 60 * n)
        said, _ = building.communicate(timeout=120)
        assert building.returncode == (1 if place in WORKERS else KILLED), said
        assert (cluster.generation > before) == (place == "after_switch")
    code, said = rebuild(cluster)
    assert (code, "the same; generation" in said) == (0, True), said
    wave(cluster, journal, 60 * len(PLACES) + 60)
    check(cluster, journal, without=("w1", "w2"), replay=False)
    assert not one.ended
    with pymongo.MongoClient[dict[str, Any]](cluster.store.uri) as client:
        names = set(client[cluster.database].list_collection_names())
        indexes = client[cluster.database][f"g{cluster.generation}.accounts"].index_information()
    assert {name for name in names if name.endswith(("accounts", "days"))} == {
        f"g{cluster.generation}.accounts",
        f"g{cluster.generation}.days",
    }
    assert set(indexes) == {"_id_", "id_1_p_1", "balance_1"}
    check(cluster, journal, without=("w1", "w2"))


def test_readers_are_answered_all_through_a_rebuild(cluster: Cluster, journal: Journal) -> None:
    """Documents are built, changed to and dropped while somebody asks for them again and again: the answer is always whole.

    Seen to fail with: reader-of-what-was-dropped.
    """
    one = cluster.start()
    wave(cluster, journal, 0)
    cluster.settle()
    balances, asked = one.json("/accounts"), 0
    assert len(balances) == len(journal.balances())
    for generation in (1, 2, 3):
        building = cluster.command("rebuild")
        while building.poll() is None:
            assert one.json("/accounts") == balances
            asked += 1
        assert (building.returncode, cluster.generation) == (0, generation)
    assert asked > 30


def test_batch_that_was_played_over_the_old_documents_is_played_again(cluster: Cluster, journal: Journal) -> None:
    """An instance stands still just before its transaction, and the documents change under it.

    Seen to fail with: generation-not-compared.
    """
    one = cluster.start(FREEZEPOINT="before_transaction:6")
    sent = 0
    while not one.frozen:  # how many batches a wave is handled in hangs on what else the machine does
        assert sent < 60, "not frozen before a transaction"
        wave(cluster, journal, 60 * sent)
        sent += 1
        time.sleep(0.3)
    code, said = rebuild(cluster)
    assert code == 0, said
    one.thaw()
    wave(cluster, journal, 60 * sent)
    check(cluster, journal)
    assert cluster.generation > 0


def test_what_is_committed_before_the_change_is_in_the_new_documents(cluster: Cluster, journal: Journal) -> None:
    """A rebuild stands still with everything played, and more comes in.

    Seen to fail with: changed-over-without-looking-at-the-positions.
    """
    cluster.start()
    wave(cluster, journal, 0)
    cluster.settle()
    building = cluster.command("rebuild", FREEZEPOINT="before_change:1")
    frozen = Path(f"/proc/{building.pid}/stat")
    until(lambda: frozen.read_text().rpartition(")")[2].split()[0] == "T", 60, "frozen before the change")
    wave(cluster, journal, 60)
    cluster.settle()
    building.send_signal(signal.SIGCONT)
    said, _ = building.communicate(timeout=120)
    assert building.returncode == 0, said
    wave(cluster, journal, 120)
    check(cluster, journal)


def test_documents_that_differ_are_named_and_changed_over_only_where_accepted(cluster: Cluster, journal: Journal) -> None:
    """Behind the service's back an account was written over, one was put in, and a held record was taken away.

    Seen to fail with: differences-changed-over, held-not-changed-over, states-of-a-rebuild-not-sent, gone-states-not-buried.
    """
    one = cluster.start()
    wave(cluster, journal, 0)
    cluster.send(journal.note([waiting(1)]))
    cluster.settle()
    held = cluster.rows("held")
    with pymongo.MongoClient[dict[str, Any]](cluster.store.uri) as client:
        accounts = client[cluster.database]["accounts"]
        known = accounts.find_one({"id": "account-01"})
        assert known is not None
        accounts.update_one({"_id": known["_id"]}, {"$set": {"balance": 1_000_000}})
        accounts.insert_one({**known, "_id": f"{known['p']:03d}/ghost", "id": "ghost"})
        client[cluster.database]["held"].delete_many({})
        client[cluster.database]["inbox"].update_many({"outcome": "held"}, {"$set": {"outcome": "handled"}})
    code, said = rebuild(cluster)
    assert (code, cluster.generation, cluster.rows("held")) == (1, 0, [])
    assert "accounts: 2 differ: account-01, ghost" in said
    assert "NOT the same; nothing was changed" in said
    code, said = rebuild(cluster, "--accept")
    assert (code, cluster.generation > 0) == (0, True), said
    until(lambda: any(r.key == b"ghost" and r.value is None for r in cluster.read("ledger.account.v1")), 30, "a tombstone")
    until(lambda: not any(row["republish"] for row in cluster.rows("positions")), 30, "all states sent again")
    cluster.settle()
    told = [json.loads(r.value) for r in cluster.read("ledger.account.v1") if r.value]
    assert [t["data"]["account"] for t in told].count("account-01") > journal.balances()["account-01"][1]
    wave(cluster, journal, 60)
    cluster.settle()
    assert {r["id"]: (r["balance"], r["count"]) for r in cluster.documents("accounts")} == journal.balances(["w1"])
    assert cluster.rows("held") == held
    assert [f for f in one.json("/audit")["guarantees"] if not f["ok"]] == []
