"""A scarce thing under fire: 500 requests at once for a line that can pay 100, two instances, one killed in the middle.

The names after "Seen to fail with" are builds broken on purpose, see builds.py and mutants.py.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from harness.cluster import Cluster, Instance, Sent
from harness.engines import Broker, Store
from shared.contracts.applications import EnterpriseRecorded
from shared.contracts.base import Data, make_event
from shared.contracts.department import DayStarted, SchemeIssued
from shared.contracts.finance import BudgetAllocated
from shared.contracts.portal import Evidence, SupportRequested
from shared.contracts.scoring import ProductRecognised

from .brokers import on_both_brokers

MILLION = 1_000_000
EACH, PAYS_FOR, REQUESTS, ENTERPRISES = 90 * MILLION, 100, 500, 100
MONDAY, TUESDAY = date(2021, 12, 6), date(2021, 12, 7)
NOON = datetime(2021, 12, 6, 5, tzinfo=UTC)
LINE = "2021/machinery"
HOLDERS = range(0, ENTERPRISES, 9)  # their 60 requests are first where money goes by rank


@pytest.fixture
def support(broker: Broker, shared_store: Store, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Cluster]:
    """The support service, with the topics of the whole city."""
    made = Cluster(
        tmp_path,
        broker,
        shared_store,
        f"support_{broker.name.replace('-', '_')}_{'day' if 'day' in request.node.name else 'request'}",
        program=("-m", "support.cli"),
        provisioning=("-m", "shared.messaging.topics"),
        service="support",
        # Larger batches than the other tests of faults have: it is the number of requests that makes this race.
        settings={"KAFKA__BATCH_RECORDS": "250"},
    )
    made.provision()
    yield made
    made.close()


def sent(data: Data, at: datetime = NOON) -> Sent:
    """An event as its publisher sends it."""
    terms = data.contract
    event = make_event(data, id=f"{terms.model.__name__}-{terms.subject_of(data)}", time=at)
    return Sent(terms.topic.name, terms.key_of(data).encode(), event.to_json())


def tax_code(number: int) -> str:
    return f"01{number:08d}"


def reference_data(allocates_on: date | None) -> list[Sent]:
    """A scheme that pays all of the cost of a project, a line for 100 of them, and 100 enterprises."""
    scheme = SchemeIssued(
        scheme_id="machinery",
        version="KC-2018",
        effective_from=date(2018, 5, 15),
        name_vi="Máy móc",
        name_en="Machinery",
        activity="project",
        rate_percent=100,
        cap=150 * MILLION,
        requires="supporting-industry",
        part_grants=False,
        wait_business_days=10,
        legal_text="NĐ 45/2012/NĐ-CP",
    )
    line = BudgetAllocated(
        line_id=LINE,
        plan_id="60/KH-UBND@2021",
        year=2021,
        scheme_id="machinery",
        amount=EACH * PAYS_FOR + 1,
        allocates_on=allocates_on,
        legal_text="Phân bổ ngân sách",
    )
    enterprises = [
        EnterpriseRecorded(tax_code=tax_code(n), name=f"Công ty {n}", in_the_city=True, supporting_industry=True)
        for n in range(ENTERPRISES)
    ]
    return [sent(data) for data in (DayStarted(date=MONDAY), scheme, line, *enterprises)]


def recognised(number: int) -> Sent:
    """An enterprise holds a recognition."""
    facts = {
        "certificate": f"2021-{number:03d}",
        "application_id": f"hs-{number}",
        "round_id": "2021",
        "year": 2021,
        "tax_code": tax_code(number),
        "enterprise_name": f"Công ty {number}",
        "product_id": f"sp-{number}",
        "product_name": "Đèn LED",
        "industry": "electrical-electronics",
        "decision": "5012/QĐ-UBND",
        "decided_on": date(2021, 11, 26),
        "valid_from": date(2021, 11, 26),
        "valid_to": date(2024, 11, 25),
        "logo_right": True,
        "first_time": True,
        "top10_rank": None,
        "score": "80.00",
    }
    return sent(ProductRecognised.model_validate(facts))


def time_of(number: int) -> tuple[date, datetime]:
    """The day a request names and the time of its event: neither in the order in which requests are sent, some alike."""
    return MONDAY - timedelta(days=number * 7 % 3), NOON + timedelta(seconds=number * 11 % 60)


def requested(number: int) -> Sent:
    """A request of 90 triệu for a project, with an invoice of its own."""
    day, at = time_of(number)
    asked = SupportRequested(
        request_id=f"r{number:03d}",
        tax_code=tax_code(number % ENTERPRISES),
        scheme_id="machinery",
        year=2021,
        activity_id=f"lathe-{number}",
        requested_on=day,
        asked=EACH,
        evidence=(Evidence(seller_tax_code="0309999999", invoice=f"hd-{number}", amount=EACH),),
    )
    return sent(asked, at)


def by_rank() -> list[str]:
    """Every request by (priority, time of request, id)."""
    ranked = ((number % ENTERPRISES not in HOLDERS, *time_of(number), f"r{number:03d}") for number in range(REQUESTS))
    return [id for *_, id in sorted(ranked)]


def race(support: Cluster, allocates_on: date | None, news: list[Sent]) -> Instance:
    """All requests in one go to two instances, one of which is killed in the middle; gives the other, at rest."""
    support.send(reference_data(allocates_on))
    support.start("one", wait=False, FAULTPOINT="after_transaction:9")
    two = support.start("two")
    support.settle()
    support.send([*map(requested, range(REQUESTS)), *news])
    assert support.instances[0].wait_end() == -9
    support.settle()
    return two


def events(cluster: Cluster, topic: str, name: str) -> list[dict[str, Any]]:
    """The data of each event of a type on a topic, the first of each id, in order."""
    read = [json.loads(r.value) for r in cluster.read(topic)]
    found: dict[str, dict[str, Any]] = {}
    for event in read:
        if event["type"] == f"vn.gov.hanoi.industry.{name}.v1":
            found.setdefault(event["id"], event["data"])
    return list(found.values())


def check(support: Cluster, two: Instance, served: list[str]) -> None:
    """Exactly these have money, in this order, all the others wait; and the log says the same to an empty database."""
    reserved = events(support, "support.budget.v1", "BudgetReserved")
    assert [r["request_id"] for r in reserved] == served
    assert [r["reserved"] for r in reserved] == [EACH * n for n in range(1, PAYS_FOR + 1)]
    granted = events(support, "support.grant.v1", "SupportGranted")
    assert (sorted(g["request_id"] for g in granted), {g["amount"] for g in granted}) == (sorted(served), {EACH})
    line = two.json(f"/lines/{LINE}")
    assert (line["reserved"], line["available"], line["allocates_on"]) == (EACH * PAYS_FOR, 1, None)
    assert len({*served, *(c["request_id"] for c in line["queue"])}) == REQUESTS == PAYS_FOR + len(line["queue"])
    assert [f for f in two.json("/audit")["guarantees"] if not f["ok"]] == []
    live = two.json("/state-hash")
    assert two.stop() == 0
    replay = support.start("replay", MONGO__DATABASE=f"{support.database}_replay")
    support.settle()
    assert replay.json("/state-hash") == live


@on_both_brokers
def test_first_hundred_of_the_lines_log_are_granted_when_an_instance_is_killed(support: Cluster) -> None:
    """Never more than the line holds, and first in its log is first served, whoever owned the partition when.

    Seen to fail with: money-not-counted, last-come-first-served.
    """
    two = race(support, None, [])
    asked = [e["request_id"] for e in events(support, "support.log.v1", "ScarceThingAsked") if e["thing"] == f"line:{LINE}"]
    assert (len(asked), len(set(asked))) == (REQUESTS, REQUESTS)
    check(support, two, asked[:PAYS_FOR])


@on_both_brokers
def test_first_hundred_by_rank_are_granted_at_the_day_when_an_instance_is_killed(support: Cluster) -> None:
    """Nobody has money before the tick; then it goes by (priority, time, id), whatever came first in the line's log.

    Seen to fail with: money-before-its-day, order-of-arrival-at-the-day.
    """
    two = race(support, TUESDAY, [recognised(number) for number in HOLDERS])
    assert events(support, "support.budget.v1", "BudgetReserved") == []
    support.send([sent(DayStarted(date=TUESDAY))])
    support.settle()
    check(support, two, by_rank()[:PAYS_FOR])
