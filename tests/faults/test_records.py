"""Records nobody should send, and the good ones beside them.

The names after "Seen to fail with" are builds broken on purpose, see builds.py and mutants.py.
"""

import json
from dataclasses import replace
from datetime import date
from typing import Any
from zlib import crc32

import pytest
from harness.checker import balanced, check
from harness.cluster import PARTITIONS, Cluster, Instance, Sent
from harness.engines import until
from harness.journal import CITY, Journal, Posting, cloud_event, day_started, postings

from .brokers import on_both_brokers

CURED = date(2021, 6, 1)


def held(instance: Instance) -> list[dict[str, Any]]:
    """What the instance shows as held."""
    items: list[dict[str, Any]] = instance.json("/held")["items"]
    return items


def dead_letters(cluster: Cluster) -> list[str]:
    """Subjects of the dead letters published."""
    return [json.loads(r.value)["data"]["subject"] for r in cluster.read("ledger.dead-letter")]


def rejected(cluster: Cluster) -> list[tuple[str, str]]:
    """Id and slug of the notices published, each once, by id."""
    notices = {json.loads(r.value)["id"]: json.loads(r.value)["data"] for r in cluster.read("ledger.rejected.v1")}
    return sorted((n["rejected_id"], n["slug"]) for n in notices.values())


def poison(id: str, account: str) -> Posting:
    """A posting the handler fails on until the first of June."""
    return Posting(id, account, 5, extra={"poison_until": CURED.isoformat()})


def test_247_effects_when_a_batch_of_250_holds_three_bad_records(cluster: Cluster, journal: Journal) -> None:
    """Broken JSON and bytes that are no UTF-8 are answered, a poison record holds its own subject and nothing else.

    Seen to fail with: refusals-dropped, poison-not-isolated, poison-passed-over.
    """
    one = cluster.start(KAFKA__BATCH_RECORDS="500")
    good = journal.note(postings(247))
    bad = [Sent(CITY, b"x", b'{"id": "half'), Sent(CITY, b"x", b"\xff\xfe\x00")]
    poisoned = journal.note([poison("poison", "sick")])
    cluster.send([*good[:100], bad[0], *good[100:150], *poisoned, *good[150:200], bad[1], *good[200:]])
    check(cluster, journal, without=["poison"], refused_at_intake=2, replay=False)
    assert sum(len(events) for events in balanced(cluster).values()) == 247
    assert sorted(slug for _, slug in rejected(cluster)) == ["not-json", "not-utf8"]
    assert [(h["subject"], h["dead"], h["behind"]) for h in held(one)] == [("sick", True, 0)]
    assert dead_letters(cluster) == ["sick"]
    check(cluster, journal, without=["poison"], refused_at_intake=2)


@pytest.mark.parametrize("decision", ["redrive", "discard"])
def test_followers_of_a_poison_record_go_on_in_order_when_it_is_decided(
    cluster: Cluster, journal: Journal, decision: str
) -> None:
    """They queue behind it, whatever else is handled; redriven too early it stays; then all go on in order.

    Seen to fail with: followers-not-held.
    """
    one = cluster.start()
    sick = [poison("poison", "sick"), *(Posting(f"follower-{n}", "sick") for n in range(5))]
    cluster.send(journal.note([*postings(20), *sick, *postings(20, start=20)]))
    check(cluster, journal, without=[p.id for p in sick], replay=False)
    ((head),) = held(one)
    assert (head["subject"], head["behind"]) == ("sick", 5)
    if decision == "redrive":
        one.decide(head["id"], "redrive")
        check(cluster, journal, without=[p.id for p in sick], replay=False)
        assert held(one) == [head]
        cluster.send([day_started(CURED)])
        cluster.settle()
    one.decide(head["id"], decision)
    until(lambda: held(one) == [], 30, "nothing held", one.said)
    check(cluster, journal, without=["poison"] if decision == "discard" else [], days=int(decision == "redrive"))


def test_postings_wait_in_order_for_an_account_of_their_partition(cluster: Cluster, journal: Journal) -> None:
    """What waits is released when the awaited comes, its followers behind it, also by an instance started in between.

    Seen to fail with: waiting-never-released.
    """
    one = cluster.start()
    waiting = [Posting("w0", "pair-a", extra={"needs": "pair-a-5"}), *(Posting(f"w{n}", "pair-a") for n in range(1, 5))]
    cluster.send(journal.note([*waiting, *postings(40)]))
    check(cluster, journal, without=[p.id for p in waiting], replay=False)
    assert [(h["subject"], h["behind"], h["dead"]) for h in held(one)] == [("pair-a", 4, False)]
    assert one.stop() == 0
    cluster.start("two")
    cluster.send(journal.note([Posting("awaited", "pair-a-5")]))
    check(cluster, journal)


@on_both_brokers
def test_effects_are_single_when_everything_is_sent_ten_times(cluster: Cluster, journal: Journal) -> None:
    """Nine of ten copies are dropped by the inbox, in memory and, after a restart, by what the database knows.

    Seen to fail with: inbox-off.
    """
    one = cluster.start()
    plain = postings(60)
    for _ in range(5):
        cluster.send(journal.note(plain))
    cluster.settle()
    assert one.stop() == 0
    two = cluster.start("two")
    for _ in range(5):
        cluster.send(journal.note(plain))
    check(cluster, journal, replay=False)
    assert two.json("/status")["duplicates"] >= 5 * len(plain)
    check(cluster, journal)


def test_first_content_stands_when_an_id_is_used_again_for_other_content(cluster: Cluster, journal: Journal) -> None:
    """The second is answered, once, however often it comes; the first keeps its effect.

    Seen to fail with: content-of-duplicates-not-compared.
    """
    cluster.start()
    plain = postings(40)
    cluster.send(journal.note(plain))
    other = [replace(plain[3], amount=1_000), replace(plain[3], amount=1_000), replace(plain[4], amount=2_000)]
    cluster.send([p.sent() for p in other])
    cluster.settle()
    assert rejected(cluster) == [("p00003", "id-reused"), ("p00004", "id-reused")]
    check(cluster, journal)


def test_order_of_each_account_is_kept_when_the_publisher_partitions_by_crc32(cluster: Cluster, journal: Journal) -> None:
    """librdkafka places keys otherwise than the service does; and a key that is no account's does no harm either.

    Seen to fail with: key-of-the-publisher.
    """
    cluster.start()
    plain = postings(200)
    records = [replace(r, partition=crc32(r.key or b"") % PARTITIONS) for r in journal.note(plain)]
    cluster.send([replace(r, key=b"another-key" if n % 3 else None) for n, r in enumerate(records)])
    check(cluster, journal)


def test_readiness_tells_when_a_batch_cannot_be_written(cluster: Cluster) -> None:
    """A number no database takes makes the write fail, which no rule foresaw. FastStream passes over what its subscriber
    raises in silence; the service has to say that it stands still.

    Seen to fail with: subscriber-raises.
    """
    one = cluster.start()
    cluster.send([Posting("huge", "account-00", 2**70).sent()])
    until(lambda: not one.ready(), 20, "readiness red", one.said)
    assert "OverflowError" in str((one.get("/readyz") or pytest.fail("no answer")).json()["missing"])


def test_unknown_type_of_a_city_topic_is_answered_and_of_our_own_waits(cluster: Cluster, journal: Journal) -> None:
    """A service started in a version that knows the type releases what waited for it, in order; also after a way back.

    Seen to fail with: contract-learned-not-said.
    """
    one = cluster.start()
    paid = [Posting(f"interest-{n}", f"account-0{n % 3}", kind="InterestPaid") for n in range(9)]
    unknown = Sent(CITY, b"x", cloud_event("NeverHeardOf", "portal", "unknown-1", {"account": "x"}))
    cluster.send([unknown, *journal.note([*postings(30), *paid])])
    check(cluster, journal, without=[p.id for p in paid], refused_at_intake=1, replay=False)
    assert rejected(cluster) == [("unknown-1", "unknown-type")]
    assert {h["type"] for h in held(one)} == {"vn.gov.hanoi.industry.InterestPaid.v1"}
    assert one.stop() == 0
    two = cluster.start("two", LEDGER_VERSION="2")
    until(lambda: held(two) == [], 30, "nothing held", two.said)
    assert two.stop() == 0
    older = cluster.start("older")
    more = [Posting(f"interest-{n}", f"account-0{n % 3}", kind="InterestPaid") for n in range(9, 12)]
    cluster.send(journal.note(more))
    until(lambda: len(held(older)) > 0, 30, "held once more", older.said)
    assert older.stop() == 0
    newer = cluster.start("newer", LEDGER_VERSION="2")
    until(lambda: held(newer) == [], 30, "nothing held again", newer.said)
    # A log is played by one version: version 2 would not have waited, so there is nothing to compare a replay with.
    check(cluster, journal, refused_at_intake=1, replay=False)
