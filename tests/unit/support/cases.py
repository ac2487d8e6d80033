"""Events of the support service's tests, with defaults that fit together."""

import json
from datetime import UTC, date, datetime
from typing import Any

from shared.contracts.activities import ActivityAnnounced
from shared.contracts.applications import EnterpriseRecorded
from shared.contracts.base import Data, Event, make_event
from shared.contracts.department import CalendarIssued, DayStarted, SchemeIssued
from shared.contracts.finance import BudgetAllocated
from shared.contracts.portal import Evidence, SupportRequested
from shared.contracts.runtime import RecordRejected
from shared.contracts.scoring import ProductRecognised
from shared.contracts.support import (
    BudgetExhausted,
    BudgetReleased,
    BudgetReserved,
    SupportDeclined,
    SupportGranted,
    SupportQueued,
)
from shared.messaging.routing import partition_of
from shared.testing.memory import PARTITIONS, City, run
from support.domain.lines import Line
from support.domain.places import Places
from support.domain.scarce import place_thing
from support.main import service

A, B, C = "0100000001", "0100000002", "0100000003"
SELLER = "0309999999"
FAIR, RENEWAL = "fair-abroad", "renewal"
LINE = f"2021/{FAIR}"
MILLION = 1_000_000
MONDAY = date(2021, 12, 6)
NOON = datetime(2021, 12, 6, 5, tzinfo=UTC)


def scheme(scheme_id: str = FAIR, **changes: Any) -> SchemeIssued:
    """Fair abroad: all of the cost up to 150 triệu, for supporting industries."""
    facts = {
        "scheme_id": scheme_id,
        "version": "TT29-2018",
        "effective_from": date(2018, 5, 15),
        "name_vi": "Hội chợ ở nước ngoài",
        "name_en": "Fair abroad",
        "activity": "fair",
        "rate_percent": 100,
        "cap": 150 * MILLION,
        "requires": "supporting-industry",
        "part_grants": False,
        "wait_business_days": 10,
        "legal_text": "TT 29/2018/TT-BTC",
    }
    return SchemeIssued.model_validate(facts | changes)


def renewal(**changes: Any) -> SchemeIssued:
    """Technology renewal: half of an investment, for holders of a recognition."""
    facts = {"activity": "project", "rate_percent": 50, "cap": None, "requires": "recognition", "version": "KH35-2022"}
    return scheme(RENEWAL, **(facts | changes))


def fair(
    fair_id: str = "hannover", places: int | None = 12, ends: date = date(2021, 12, 23), **changes: Any
) -> ActivityAnnounced:
    """A fair abroad, first come first served."""
    facts = {
        "activity_id": fair_id,
        "kind": "fair-abroad",
        "name_vi": "Hội chợ Hannover",
        "name_en": "Hannover fair",
        "country": "Đức",
        "starts": date(2021, 12, 16),
        "ends": ends,
        "places": places,
        "criteria_vi": "Theo thứ tự đăng ký",
        "criteria_en": "First come, first served",
    }
    return ActivityAnnounced.model_validate(facts | changes)


def enterprise(tax_code: str = A, supporting_industry: bool = True) -> EnterpriseRecorded:
    return EnterpriseRecorded(
        tax_code=tax_code, name=f"Công ty {tax_code[-1]}", in_the_city=True, supporting_industry=supporting_industry
    )


def recognised(
    tax_code: str = A, valid_from: date = date(2021, 11, 26), valid_to: date = date(2024, 11, 25)
) -> ProductRecognised:
    return ProductRecognised.model_validate(
        {
            "certificate": f"2021-{tax_code[-3:]}",
            "application_id": f"hs-{tax_code}",
            "round_id": "2021",
            "year": 2021,
            "tax_code": tax_code,
            "enterprise_name": f"Công ty {tax_code[-1]}",
            "product_id": f"sp-{tax_code}",
            "product_name": "Đèn LED",
            "industry": "electrical-electronics",
            "decision": "5012/QĐ-UBND",
            "decided_on": date(2021, 11, 26),
            "valid_from": valid_from,
            "valid_to": valid_to,
            "logo_right": True,
            "first_time": True,
            "top10_rank": None,
            "score": "80.00",
        }
    )


def invoice(number: str, amount: int) -> Evidence:
    return Evidence(seller_tax_code=SELLER, invoice=number, amount=amount)


def request(request_id: str = "r1", tax_code: str = A, *evidence: Evidence, **changes: Any) -> SupportRequested:
    """A request for the fair with one invoice of 90 triệu of its own, all of which is asked for."""
    facts = {
        "request_id": request_id,
        "tax_code": tax_code,
        "scheme_id": FAIR,
        "year": 2021,
        "activity_id": "hannover",
        "requested_on": MONDAY,
        "asked": 500 * MILLION,
        "evidence": evidence or (invoice(f"hd-{request_id}", 90 * MILLION),),
    }
    return SupportRequested.model_validate(facts | changes)


def project(request_id: str = "r1", tax_code: str = A, *evidence: Evidence, **changes: Any) -> SupportRequested:
    """A request for technology renewal, for the project `lathe`."""
    return request(request_id, tax_code, *evidence, **({"scheme_id": RENEWAL, "activity_id": "lathe"} | changes))


def allocated(amount: int, scheme_id: str = FAIR, **changes: Any) -> BudgetAllocated:
    facts = {"line_id": f"2021/{scheme_id}", "plan_id": "60/KH-UBND@2021", "year": 2021, "scheme_id": scheme_id, "amount": amount}
    return BudgetAllocated.model_validate(facts | {"legal_text": "Phân bổ ngân sách"} | changes)


def day(of: date) -> DayStarted:
    return DayStarted(date=of)


def play(*events: Data) -> City:
    """Both schemes, a fair and three supporting industries, then the events."""
    return run(service, scheme(), renewal(), fair(), *map(enterprise, (A, B, C)), *events)


def told(city: City) -> list[str]:
    """What the enterprises were told, in order: request and outcome."""
    lines = []
    for event in city.published:
        data = event.data
        if isinstance(data, SupportGranted):
            lines.append(f"{data.request_id} granted {data.amount // MILLION}")
        elif isinstance(data, SupportDeclined):
            lines.append(f"{data.request_id} declined {' '.join(r.slug for r in data.reasons)}")
        elif isinstance(data, SupportQueued):
            lines.append(f"{data.request_id} waits for {data.waits_for}")
    return lines


def line_events(city: City) -> list[Data]:
    """What was published of budget lines, in order."""
    return [e.data for e in city.published if isinstance(e.data, BudgetReserved | BudgetReleased | BudgetExhausted)]


def refused(city: City) -> set[tuple[str, str | None]]:
    """Slug and field of every refusal; a broadcast is refused in each partition alike."""
    return {(r.slug, r.field) for r in city.of_type(RecordRejected)}


def supply(city: City, thing: str) -> tuple[int, int, list[str]]:
    """Total, used and queue of a line."""
    line = city["support"].find(Line, thing)
    assert line is not None
    return line.allocated, line.used, [claim.request_id for claim in line.queue]


def places(city: City, activity_id: str) -> tuple[list[str], list[str]]:
    """The requests that have a place of an activity, and those in line, in order."""
    found = city["support"].find(Places, place_thing(activity_id))
    return ([], []) if found is None else ([s.request_id for s in found.taken], [s.request_id for s in found.queue])


def logged(city: City, kind: type[Data]) -> list[Data]:
    """What the service sent itself of a type: in its log, partition by partition."""
    found = [json.loads(value) for log in city["support"].log for value, _ in log]
    return [kind.model_validate(event["data"]) for event in found if event["type"] == kind.contract.type]


def later(*events: Data) -> list[Event[Any]]:
    """Envelopes for events that follow what was played already."""
    return [
        make_event(data, id=f"later-{data.contract.model.__name__}-{data.contract.subject_of(data)}", time=NOON)
        for data in events
    ]


def send_in(city: City, *events: Data) -> None:
    """Put events on the service's own log, as another key would send them, and work off what follows."""
    running = city["support"]
    for data in events:
        key = data.contract.key_of(data)
        place = f"{key}/{len(running.log[partition_of(key, PARTITIONS)])}"
        running.append(key, make_event(data, id=place, time=NOON).to_json())
    nudge = CalendarIssued(calendar_id="2021", holidays=(), legal_text="Lịch nghỉ")
    city.publish(make_event(nudge, id=f"nudge-{place}", time=NOON))
