"""The one checker every fault test ends in: the guarantees of architecture.md section 4, seen from outside the service."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from .cluster import PARTITIONS, Cluster
from .journal import SOURCE, Journal


def check(
    cluster: Cluster,
    journal: Journal,
    *,
    without: Iterable[str] = (),
    refused_at_intake: int = 0,
    replay: bool = True,
    days: int = 0,
    zombie_published: bool = False,
) -> None:
    """Check guarantees 1, 2, 3 and 5 on a running ledger; with `replay` all instances are stopped and one reads the log anew.

    `without` are postings that were refused or are held; `refused_at_intake` counts records that were no valid event;
    `days` the ticks published. `zombie_published`: an instance sent what it had decided long before, after its successor
    had; then the latest state of a key is the one with the highest running number, not the last record. Guarantee 4 is
    checked where there is something scarce (test_support_race.py).
    """
    left_out = frozenset(without)
    cluster.settle()
    _effects_once(cluster, journal, left_out)
    _published_in_order(cluster, journal, left_out)
    _nothing_dropped(cluster, journal, refused_at_intake, days)
    _latest_state_published(cluster, by_number=zombie_published)
    _own_audit(cluster)
    if replay:
        _state_follows_from_the_log(cluster)


def _effects_once(cluster: Cluster, journal: Journal, left_out: frozenset[str]) -> None:
    """Guarantee 1: each account holds the sum of what was posted to it, each posting counted once."""
    assert {r["id"]: (r["balance"], r["count"]) for r in cluster.documents("accounts")} == journal.balances(left_out)


def balanced(cluster: Cluster) -> dict[str, list[dict[str, Any]]]:
    """By account, the data of what was published about it, in order, repeats of the same event left out."""
    seen: dict[str, bytes] = {}
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in cluster.read("ledger.balance.v1"):
        event = json.loads(record.value)
        assert seen.setdefault(event["id"], record.value) == record.value, "one id was published with two contents"
        if seen[event["id"]] is record.value:
            found[event["data"]["account"]].append(event["data"])
    return dict(found)


def _published_in_order(cluster: Cluster, journal: Journal, left_out: frozenset[str]) -> None:
    """Guarantee 2: for each account 1, 2, 3 … without a gap, running balances, and postings in the order they were sent."""
    sent, wanted = journal.effective(left_out), journal.balances(left_out)
    told = balanced(cluster)
    assert told.keys() == wanted.keys()
    for account, events in told.items():
        assert [e["n"] for e in events] == list(range(1, wanted[account][1] + 1))
        sums = [sum(e["amount"] for e in events[: n + 1]) for n in range(len(events))]
        assert [e["balance"] for e in events] == sums
        assert [e["posting"] for e in events if not e["transferred"]] == sent.get(account, [])


def _nothing_dropped(cluster: Cluster, journal: Journal, refused_at_intake: int, days: int) -> None:
    """Guarantee 3: everything published is in the inbox with an outcome, and what is held or refused can be looked at."""
    inbox = cluster.rows("inbox")
    outcomes = {row["_id"][4:]: row["outcome"] for row in inbox}
    # Source and id; a third part is the answer to an id used again for other content.
    from_outside = {i for i in outcomes if i.startswith((f"{SOURCE}portal|", f"{SOURCE}partner|")) and i.count("|") == 1}
    assert from_outside == {p.identity for p in journal.postings.values()}
    assert sum(outcomes[i] == "refused" for i in from_outside) <= len(cluster.rows("rejections"))
    assert Counter(row["outcome"] for row in inbox)["held"] == len(cluster.rows("held"))
    notices = [r for r in cluster.rows("rejections") if r["raw"] is not None]
    assert len({(r["topic"], r["partition"], r["offset"]) for r in notices}) == refused_at_intake
    assert Counter(row["p"] for row in inbox if "/department|day-" in row["_id"]) == Counter(
        dict.fromkeys(range(PARTITIONS), days)
    )


def _latest_state_published(cluster: Cluster, *, by_number: bool) -> None:
    """The compacted topic ends, for each account, with the state the account has."""
    events = [json.loads(r.value) for r in cluster.read("ledger.account.v1")]
    if by_number:
        events.sort(key=lambda event: event["sequence"])
    latest = {event["data"]["account"]: event["data"] for event in events}
    stored = [{"account": r["id"], "count": r["count"], "balance": r["balance"]} for r in cluster.documents("accounts")]
    assert latest == {r["account"]: r for r in stored}


def _own_audit(cluster: Cluster) -> None:
    """What each instance says of itself."""
    for instance in cluster.running:
        findings = instance.json("/audit")["guarantees"]
        assert [f for f in findings if not f["ok"]] == []


def _state_follows_from_the_log(cluster: Cluster) -> None:
    """Guarantee 5: an instance with an empty database reads the log and ends with the same state and the same events."""
    live = cluster.running[0].json("/state-hash")
    for instance in cluster.running:
        assert instance.stop() == 0, instance.said()
    replay = cluster.start("replay", MONGO__DATABASE=f"{cluster.database}_replay")
    cluster.settle()
    assert replay.json("/state-hash") == live
    replay.stop()
