"""Scenario 2021 played through the four services in memory: the published counts come out exactly."""

import asyncio
from collections import Counter
from decimal import Decimal

import pytest
from applications.main import service as applications
from chuluc.scenario.round2021 import scenario
from chuluc.scenario.steps import Settle
from reporting.api.years import year_json
from reporting.main import service as reporting
from reporting.repository.years import year_table
from scoring.main import service as scoring
from shared.contracts.applications import ApplicationAccepted, ApplicationReceived, ApplicationRejected
from shared.contracts.scoring import ProductNotRecognised, ProductRecognised
from shared.contracts.support import SupportDeclined, SupportGranted, SupportQueued
from shared.testing.memory import City, MemoryReader
from support.main import service as support

EXPECTED = scenario().expected
assert EXPECTED is not None


@pytest.fixture(scope="module")
def city() -> City:
    """The four services after the whole year."""
    played = City.of(applications, scoring, support, reporting)
    for step in scenario().steps:
        if not isinstance(step, Settle):
            played.send(step.topic, step.value)
    return played


def test_filed_counts_are_those_published(city: City) -> None:
    accepted, rejected = city.of_type(ApplicationAccepted), city.of_type(ApplicationRejected)
    filed = [*accepted, *rejected]
    assert (len(filed), len({a.tax_code for a in filed})) == EXPECTED.filed
    assert len({a.application_id for a in filed}) == 54


def test_recognised_counts_are_those_published(city: City) -> None:
    recognised = city.of_type(ProductRecognised)
    assert (len(recognised), len({p.tax_code for p in recognised})) == EXPECTED.recognised
    assert sorted(p.certificate for p in recognised) == [f"2021-{n:03d}" for n in range(1, 47)]
    assert {p.decision for p in recognised} == {"5012/QĐ-UBND"}


def test_top10_is_the_published_one_in_its_order(city: City) -> None:
    ranked = sorted((p for p in city.of_type(ProductRecognised) if p.top10_rank), key=lambda p: p.top10_rank or 0)
    assert tuple(p.product_name for p in ranked) == EXPECTED.top10
    assert [p.top10_rank for p in ranked] == list(range(1, 11))


def test_three_dossiers_are_rejected_each_for_its_reasons(city: City) -> None:
    reasons = {d.product_name.split(" (")[0]: len(d.reasons) for d in city.of_type(ApplicationRejected)}
    assert reasons == {"Đồ hộp rau quả": 1, "Thang nhôm": 1, "Nước chấm": 2}


def test_five_products_stay_under_the_pass_mark(city: City) -> None:
    assert len(city.of_type(ProductNotRecognised)) == 5


def test_message_that_is_no_json_is_the_only_refusal(city: City) -> None:
    assert [(r.slug, r.rejected_source) for r in city.refusals] == [("not-json", "city.applications.v1")]


def test_duplicate_delivery_changes_nothing(city: City) -> None:
    received = Counter(r.application_id for r in city.of_type(ApplicationReceived))
    assert set(received.values()) == {1}


def test_money_granted_by_line(city: City) -> None:
    by_line: Counter[str] = Counter()
    for grant in city.of_type(SupportGranted):
        by_line[grant.line_id] += grant.amount
    assert dict(by_line) == dict(EXPECTED.granted)


def test_every_recognised_enterprise_is_supported(city: City) -> None:
    recognised = {p.tax_code for p in city.of_type(ProductRecognised)}
    assert {g.tax_code for g in city.of_type(SupportGranted)} == recognised


def test_shares_of_the_city_are_those_of_the_story(city: City) -> None:
    year = year_json(asyncio.run(year_table(MemoryReader(city["reporting"]), EXPECTED.year)))
    said = {target["indicator"]: (Decimal(target["value"]), target["status"]) for target in year["targets"] if target["value"]}
    assert said["output-share"] == (EXPECTED.output_share, "met")
    assert said["exports-share"] == (EXPECTED.exports_share, "missed")


def test_second_request_for_the_same_fair_is_declined(city: City) -> None:
    assert [d.request_id for d in city.of_type(SupportDeclined)] == ["YC-F-again"]


def test_last_request_waits_for_the_budget(city: City) -> None:
    assert [(q.request_id, q.waits_for) for q in city.of_type(SupportQueued)] == [("YC-D-13", "budget")]


def test_request_above_the_rate_gets_half(city: City) -> None:
    request = next(s.event.data for s in scenario().steps if not isinstance(s, Settle) and b'"YC-D-03"' in s.value)
    grant = next(g for g in city.of_type(SupportGranted) if g.request_id == "YC-D-03")
    cost = request.evidence[0].amount
    assert (request.asked, grant.amount) == (cost * 7 // 10, cost // 2)


def test_nothing_is_held_in_the_end(city: City) -> None:
    assert {r.service.name: r.held for r in city.services} == {
        "applications": {},
        "scoring": {},
        "support": {},
        "reporting": {},
    }
