"""A scarce thing under fire: 200 requests for a budget line that can pay 40, two instances, one killed.

The names after "Seen to fail with" are builds broken on purpose, see builds.py and mutants.py.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from harness.cluster import Cluster, Sent
from harness.engines import Broker, Store
from shared.contracts.activities import ActivityAnnounced
from shared.contracts.applications import EnterpriseRecorded
from shared.contracts.base import Data, make_event
from shared.contracts.department import DayStarted, SchemeIssued
from shared.contracts.finance import BudgetAllocated
from shared.contracts.portal import Evidence, SupportRequested

from .brokers import on_both_brokers

MILLION = 1_000_000
EACH, PAYS_FOR, REQUESTS = 90 * MILLION, 40, 200
DAY = date(2021, 12, 6)
LINE = "2021/fair-abroad"


@pytest.fixture
def support(broker: Broker, shared_store: Store, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Cluster]:
    """The support service, with the topics of the whole city."""
    made = Cluster(
        tmp_path,
        broker,
        shared_store,
        f"support_{broker.name.replace('-', '_')}",
        program=("-m", "support.cli"),
        provisioning=("-m", "shared.messaging.topics"),
        service="support",
    )
    made.provision()
    yield made
    made.close()


def sent(data: Data) -> Sent:
    """An event as its publisher sends it."""
    terms = data.contract
    event = make_event(data, id=f"{terms.subject_of(data)}", time=datetime(2021, 12, 6, 2, tzinfo=UTC))
    return Sent(terms.topic.name, terms.key_of(data).encode(), event.to_json())


def tax_code(number: int) -> str:
    return f"01{number:08d}"


def reference_data() -> list[Sent]:
    """A scheme that pays all of the cost, a fair with places for everybody, a line for 40, and 200 enterprises."""
    scheme = SchemeIssued(
        scheme_id="fair-abroad",
        version="TT29-2018",
        effective_from=date(2018, 5, 15),
        name_vi="Hội chợ ở nước ngoài",
        name_en="Fair abroad",
        activity="fair",
        rate_percent=100,
        cap=150 * MILLION,
        requires="supporting-industry",
        part_grants=False,
        wait_business_days=10,
        legal_text="TT 29/2018/TT-BTC",
    )
    fair = ActivityAnnounced(
        activity_id="hannover",
        kind="fair-abroad",
        name_vi="Hội chợ Hannover",
        name_en="Hannover fair",
        country="Đức",
        starts=date(2021, 12, 20),
        ends=date(2021, 12, 23),
        places=1_000,
        criteria_vi="Theo thứ tự đăng ký",
        criteria_en="First come, first served",
    )
    line = BudgetAllocated(
        line_id=LINE,
        plan_id="60/KH-UBND@2021",
        year=2021,
        scheme_id="fair-abroad",
        amount=EACH * PAYS_FOR + 1,
        legal_text="Phân bổ ngân sách",
    )
    enterprises = [
        EnterpriseRecorded(tax_code=tax_code(n), name=f"Công ty {n}", in_the_city=True, supporting_industry=True)
        for n in range(REQUESTS)
    ]
    return [sent(data) for data in (DayStarted(date=DAY), scheme, fair, line, *enterprises)]


def requested(number: int) -> Sent:
    """A request of 90 triệu for the fair, with an invoice of its own."""
    evidence = Evidence(seller_tax_code="0309999999", invoice=f"hd-{number}", amount=EACH)
    return sent(
        SupportRequested(
            request_id=f"r{number:03d}",
            tax_code=tax_code(number),
            scheme_id="fair-abroad",
            year=2021,
            activity_id="hannover",
            requested_on=DAY,
            asked=EACH,
            evidence=(evidence,),
        )
    )


def events(cluster: Cluster, topic: str, name: str) -> list[dict[str, Any]]:
    """The data of each event of a type on a topic, the first of each id, in order."""
    read = [json.loads(r.value) for r in cluster.read(topic)]
    wanted = [e for e in read if e["type"] == f"vn.gov.hanoi.industry.{name}.v1"]
    return [e["data"] for e in {e["id"]: e for e in reversed(wanted)}.values()][::-1]


@on_both_brokers
def test_first_forty_of_the_lines_log_are_granted_when_an_instance_is_killed(support: Cluster) -> None:
    """Never more than the line holds, and first in its log is first served, whoever owned the partition when.

    Seen to fail with: money-not-counted, last-come-first-served.
    """
    support.send(reference_data())
    support.start("one", FAULTPOINT="after_transaction:14")
    support.start("two")
    support.settle()
    for start in range(0, REQUESTS, 50):
        support.send([requested(n) for n in range(start, start + 50)])
    assert support.instances[0].wait_end() == -9
    support.settle()
    asked = [e["request_id"] for e in events(support, "support.log.v1", "ScarceThingAsked") if e["thing"] == f"line:{LINE}"]
    granted = events(support, "support.grant.v1", "SupportGranted")
    assert (len(asked), len(set(asked))) == (REQUESTS, REQUESTS)
    assert sorted(g["request_id"] for g in granted) == sorted(asked[:PAYS_FOR])
    assert {g["amount"] for g in granted} == {EACH}
    reserved = events(support, "support.budget.v1", "BudgetReserved")
    assert [r["request_id"] for r in reserved] == asked[:PAYS_FOR]
    assert [r["reserved"] for r in reserved] == [EACH * n for n in range(1, PAYS_FOR + 1)]
    queued = events(support, "support.grant.v1", "SupportQueued")
    assert sorted(q["request_id"] for q in queued) == sorted(asked[PAYS_FOR:])
    (two,) = support.running
    assert [f for f in two.json("/audit")["guarantees"] if not f["ok"]] == []
    live = two.json("/state-hash")
    assert two.stop() == 0
    replay = support.start("replay", MONGO__DATABASE=f"{support.database}_replay")
    support.settle()
    assert replay.json("/state-hash") == live
