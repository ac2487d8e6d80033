"""The generator of scenario 2021: published counts exact, everything else made, marked, and the same in every run."""

from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from chuluc.scenario.cast2021 import EXPORTS_USD, REVENUE, TOP10, enterprises, figures
from chuluc.scenario.made import BILLION, WEIGHTS, split, tax_code
from chuluc.scenario.round2021 import NOT_JSON, scenario
from chuluc.scenario.rules2021 import CLOSES, ISSUED_CRITERIA, ISSUED_RULES, PASS_MARK
from chuluc.scenario.steps import Publish, PublishRaw, Settle
from shared.contracts.base import Event
from shared.contracts.council import RecognitionDecided, ScoreFiled, ScoringClosed
from shared.contracts.department import DayStarted, RoundOpened
from shared.contracts.portal import ApplicationFiled, SupportRequested
from shared.contracts.registers import AnnualResultReported, EnterpriseRegistered

SCENARIO = scenario()
EVENTS: list[Event[Any]] = [step.event for step in SCENARIO.steps if isinstance(step, Publish)]


def data_of(model: type[Any]) -> list[Any]:
    return [event.data for event in EVENTS if isinstance(event.data, model)]


def dossiers() -> dict[str, ApplicationFiled]:
    return {filed.application_id: filed for filed in data_of(ApplicationFiled)}


def test_two_runs_make_the_same_bytes() -> None:
    assert [getattr(s, "value", s) for s in scenario().steps] == [getattr(s, "value", s) for s in SCENARIO.steps]


def test_counts_are_those_published() -> None:
    filed, decided = dossiers(), data_of(RecognitionDecided)[0]
    recognised = [filed[line.application_id] for line in decided.lines]
    assert (len(filed), len({f.tax_code for f in filed.values()})) == (54, 34)
    assert (len(recognised), len({f.tax_code for f in recognised})) == (46, 30)
    assert (decided.decision, decided.decided_on) == ("5012/QĐ-UBND", date(2021, 11, 26))
    assert [filed[line.application_id].product_name for line in decided.lines[:10]] == [name for name, _, _ in TOP10]


def test_revenue_and_exports_of_the_recognised_are_those_published() -> None:
    cast = enterprises()
    declared = figures(cast)
    last = [declared[p.number][1] for e in cast for p in e.products if p.fate == "recognised"]
    assert (sum(f.revenue for f in last), sum(f.exports_usd for f in last)) == (REVENUE, EXPORTS_USD)


def test_thirteen_enterprises_have_more_than_a_thousand_billion() -> None:
    cast = enterprises()
    declared = figures(cast)
    revenues = [sum(declared[p.number][1].revenue for p in e.products if p.fate == "recognised") for e in cast]
    assert sum(r > 1000 * BILLION for r in revenues) == 13


def test_every_recognised_product_is_eligible_in_both_years() -> None:
    least = {"high-tech": ISSUED_RULES.high_tech_revenue, "other": ISSUED_RULES.other_revenue, "handicraft": 0, "start-up": 0}
    cast = enterprises()
    declared = figures(cast)
    poor = [
        p.name
        for e in cast
        for p in e.products
        if p.fate not in ("ineligible", "two-reasons")
        for year in declared[p.number]
        if year.revenue < least[p.path] or (p.path == "handicraft" and year.exports_usd < ISSUED_RULES.handicraft_exports_usd)
    ]
    assert poor == []


def test_scores_lead_to_the_ranking_that_is_decided() -> None:
    """Totals counted here by the rule of the domain: the mean of each criterion's latest scores, summed exactly."""
    latest = {(s.application_id, s.criterion, s.member_id): s.points for s in data_of(ScoreFiled)}
    totals: Counter[str] = Counter()
    for application in {a for a, _, _ in latest}:
        for criterion in ISSUED_CRITERIA.criteria:
            points = [p for (a, c, _), p in latest.items() if (a, c) == (application, criterion.code)]
            assert max(points) <= criterion.maximum
            totals[application] += Fraction(sum(points)) / len(points)  # type: ignore[assignment]
    passed = [a for a, total in totals.items() if total >= PASS_MARK]
    lines = [line.application_id for line in data_of(RecognitionDecided)[0].lines]
    assert sorted(passed) == sorted(lines)
    assert [totals[a] for a in lines] == sorted((totals[a] for a in lines), reverse=True)
    assert len({totals[a] for a in lines}) == 45, "exactly one tie"
    assert set(totals) == set(data_of(ScoringClosed)[0].applications)


def test_every_event_says_that_it_is_made_where_its_contract_can() -> None:
    unmarked = {type(e.data).__name__ for e in EVENTS if "made" in type(e.data).model_fields and not e.data.made}
    assert unmarked == set()


def test_events_are_in_the_order_of_time_but_for_the_second_delivery() -> None:
    times = [event.time for n, event in enumerate(EVENTS) if event not in EVENTS[max(0, n - 60) : n]]
    assert times == sorted(times)


def test_only_the_second_delivery_repeats_an_id() -> None:
    repeated = {identity: n for identity, n in Counter(e.identity for e in EVENTS).items() if n > 1}
    assert len(repeated) == 1
    first, second = [e for e in EVENTS if e.identity in repeated]
    assert (first, type(first.data)) == (second, ApplicationFiled)


def test_one_dossier_comes_before_its_round() -> None:
    kinds = [type(e.data) for e in EVENTS]
    assert kinds[: kinds.index(RoundOpened)].count(ApplicationFiled) == 1


def test_one_dossier_is_late() -> None:
    assert [f.product_name for f in dossiers().values() if f.received > CLOSES] == ["Đồ hộp rau quả (giả định 39)"]


def test_one_message_is_no_json() -> None:
    assert [s for s in SCENARIO.steps if isinstance(s, PublishRaw)] == [PublishRaw("city.applications.v1", NOT_JSON)]


def test_one_request_asks_for_more_than_half() -> None:
    renewals = [r for r in data_of(SupportRequested) if r.scheme_id == "technology-renewal"]
    assert [r.request_id for r in renewals if r.asked * 2 > r.evidence[0].amount] == ["YC-D-03"]


def test_days_are_few() -> None:
    days = [d.date for d in data_of(DayStarted)]
    assert days == sorted(set(days))
    assert len(days) <= 60


def test_a_step_that_needs_another_service_comes_after_a_wait() -> None:
    """Between the facts one service makes and the events that rest on them everything is worked off."""
    needs = {"CouncilAppointed", "ScoreFiled", "ScoringClosed", "RecognitionDecided", "SupportRequested", "AnnualResultReported"}
    waited, rested = False, []
    for step in SCENARIO.steps:
        if isinstance(step, Settle):
            waited = True
        elif isinstance(step, Publish) and not isinstance(step.event.data, DayStarted):
            if waited:
                rested.append(type(step.event.data).__name__)
            waited = False
    assert needs <= set(rested)


def test_growth_lies_inside_the_target() -> None:
    by_year: Counter[int] = Counter()
    for result in data_of(AnnualResultReported):
        by_year[result.year] += result.production_value
    assert Decimal(by_year[2021]) / by_year[2020] == Decimal("1.11")


def test_tax_codes_are_valid_and_of_no_province() -> None:
    codes = [e.tax_code for e in data_of(EnterpriseRegistered)]
    assert len(set(codes)) == 34
    for code in codes:
        assert code[:2] == "99"
        assert (10 - sum(w * int(d) for w, d in zip(WEIGHTS, code[:9], strict=True)) % 11) == int(code[9])


def test_tax_code_check_digit_is_that_of_a_real_code() -> None:
    """0100109106 is Viettel's published tax code: the weights and the modulus give its last digit."""
    assert 10 - sum(w * int(d) for w, d in zip(WEIGHTS, "010010910", strict=True)) % 11 == 6


def test_two_numbers_never_share_a_tax_code() -> None:
    assert len({tax_code(n) for n in range(2000)}) == 2000


@pytest.mark.parametrize(
    ("total", "weights", "unit", "parts"),
    [
        (10, [1, 1, 1], 1, [4, 3, 3]),
        (100, [1, 3], 1, [25, 75]),
        (1_050, [1, 1], 100, [550, 500]),
        (7, [5], 2, [7]),
    ],
)
def test_split_gives_parts_that_sum_to_the_total(total: int, weights: list[int], unit: int, parts: list[int]) -> None:
    assert split(total, weights, unit=unit) == parts
    assert sum(parts) == total
