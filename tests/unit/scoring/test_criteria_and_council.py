"""Criteria sets, rounds and Councils: what is kept, and what contradicts itself or what stands."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from scoring.domain.council import Council
from scoring.domain.criteria import CriteriaSet
from scoring.domain.round import Round
from scoring.main import service
from shared.contracts.base import Data
from shared.contracts.council import Member
from shared.testing.memory import run
from unit.scoring.facts import APPOINTED, BASE, EXPORT, GROWTH, ISSUED, OPENED


@pytest.mark.parametrize(
    ("changes", "vi", "en"),
    [
        ({"criteria": (GROWTH, GROWTH, EXPORT)}, "tiêu chí growth ghi 2 lần", "criterion growth stands 2 times"),
        (
            {"tie_break": ("quality",)},
            "tiêu chí phân hạng quality không có trong bộ",
            "tie-break quality is no criterion of the set",
        ),
        ({"pass_mark": Decimal("100.001")}, "điểm đạt 100,001 cao hơn tổng 100", "the pass mark 100.001 is above the total 100"),
        (
            {"criteria": (GROWTH.model_copy(update={"minimum": Decimal(61)}), EXPORT)},
            "điểm tối thiểu của growth cao hơn điểm tối đa",
            "the minimum of growth is above its maximum",
        ),
    ],
)
def test_criteria_set_that_contradicts_itself_is_refused(changes: dict[str, Any], vi: str, en: str) -> None:
    city = run(service, ISSUED.model_copy(update=changes))
    assert {(r.slug, vi in r.vi, en in r.en) for r in city.refusals} == {("criteria-inconsistent", True, True)}
    assert city["scoring"].all(CriteriaSet) == []


def test_criteria_set_with_several_contradictions_names_all() -> None:
    city = run(service, ISSUED.model_copy(update={"tie_break": ("a", "b")}))
    assert {("tie-break a " in r.en, "tie-break b " in r.en) for r in city.refusals} == {(True, True)}


def test_pass_mark_equal_to_the_total_is_taken() -> None:
    assert run(service, ISSUED.model_copy(update={"pass_mark": Decimal(100)})).refusals == []


@pytest.mark.parametrize(
    ("event", "slug"),
    [
        (ISSUED.model_copy(update={"pass_mark": Decimal(50)}), "criteria-already-issued"),
        (APPOINTED.model_copy(update={"decision": "9/QĐ-UBND"}), "council-already-appointed"),
    ],
)
def test_what_stands_cannot_be_replaced(event: Data, slug: str) -> None:
    city = run(service, *BASE, event)
    assert {r.slug for r in city.refusals} == {slug}
    assert (city["scoring"].find(CriteriaSet, "set-2021"), city["scoring"].find(Council, "2021")) == (
        CriteriaSet.of(ISSUED),
        Council.of(APPOINTED),
    )


def test_what_stands_can_be_sent_again() -> None:
    assert run(service, *BASE, *BASE).refusals == []


def test_second_opening_of_a_round_leaves_its_criteria() -> None:
    """The applications service answers it: this topic is refused there."""
    city = run(service, *BASE, OPENED.model_copy(update={"criteria_id": "set-2022"}))
    assert city["scoring"].all(Round) == [Round(id="2021", year=2021, criteria_id="set-2021", validity_months=24)]
    assert city.refusals == []


def test_council_with_a_member_twice_is_refused() -> None:
    twice = (*APPOINTED.members, Member(member_id="an", name="An", agency="trade"))
    city = run(service, ISSUED, OPENED, APPOINTED.model_copy(update={"members": twice}))
    assert [(r.slug, r.field, " an " in r.vi, " an " in r.en) for r in city.refusals] == [
        ("council-member-twice", "members", True, True)
    ]
    assert city["scoring"].all(Council) == []


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "scoring"),
        ({"closed_on": date(2021, 11, 1)}, "ranked"),
        ({"closed_on": date(2021, 11, 1), "decision": "5012/QĐ-UBND"}, "decided"),
    ],
)
def test_round_status_follows_what_happened(changes: dict[str, Any], status: str) -> None:
    assert Round.of(OPENED).but(**changes).status == status
