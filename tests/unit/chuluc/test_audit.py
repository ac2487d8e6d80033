"""What `chuluc audit` compares between the services: tables of good cases and of every kind of breach."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from chuluc.scarce import (
    Activity,
    Grant,
    Line,
    granted_twice,
    lost_on_the_way,
    overfull_activities,
    unbalanced_lines,
    unlike_published,
)
from chuluc.states import latest, unlike_shown
from chuluc.topics import events, refused
from shared.contracts.base import make_event
from shared.contracts.finance import BudgetAllocated
from shared.contracts.runtime import RecordRejected
from shared.messaging.codec import Received

WHEN = datetime(2021, 3, 15, 2, tzinfo=UTC)
GRANTS = (Grant("01/a", "2021/fair", 30, "01/fair/x", ("s/1", "s/2")), Grant("02/b", "2021/fair", 50, "02/fair/x", ("s/3",)))


@pytest.mark.parametrize(
    ("lines", "grants", "given", "breaches"),
    [
        ((Line("2021/fair", 100, 80, 20),), GRANTS, {"2021/fair": 100}, []),
        ((Line("2021/fair", 100, 10, 20, 30, 15, 25),), GRANTS, {"2021/fair": 100}, []),
        ((Line("2021/fair", 80, 80, 0),), GRANTS, {"2021/fair": 80}, []),
        ((Line("2021/fair"),), (), {}, []),
        ((), (), {}, []),
        ((Line("2021/fair", 100, 60, 40),), (replace(GRANTS[0], given_back=20), GRANTS[1]), {"2021/fair": 100}, []),
        (
            (Line("2021/fair", 100, 81, 19),),
            GRANTS,
            {"2021/fair": 100},
            ["line 2021/fair: 81 reserved + 0 committed + 0 paying + 0 paid, its granted requests sum to 80"],
        ),
        (
            (Line("2021/fair", 100, 10, 20, 30, 15, 26),),
            GRANTS,
            {"2021/fair": 100},
            [
                "line 2021/fair: 10 reserved + 30 committed + 15 paying + 26 paid, its granted requests sum to 80",
                "line 2021/fair: 100 allocated, but 10 reserved + 30 committed + 15 paying + 26 paid + 20 available",
            ],
        ),
        (
            (Line("2021/fair", 110, 80, 30),),
            GRANTS,
            {"2021/fair": 100},
            ["line 2021/fair: 110 allocated, what the topics give it sums to 100"],
        ),
        (
            (Line("2021/fair", 100, 80, 21),),
            GRANTS,
            {"2021/fair": 100},
            ["line 2021/fair: 100 allocated, but 80 reserved + 0 committed + 0 paying + 0 paid + 21 available"],
        ),
        ((Line("2021/fair", 70, 80, -10),), GRANTS, {"2021/fair": 70}, ["line 2021/fair: 80 used of only 70 allocated"]),
        (
            (Line("2021/fair", 80, 80, 0),),
            GRANTS,
            {"2021/fair": 70},
            [
                "line 2021/fair: 80 allocated, what the topics give it sums to 70",
                "line 2021/fair: 80 used of only 70 allocated",
            ],
        ),
        (
            (),
            (),
            {"2021/renewal": 7},
            ["line 2021/renewal: 0 allocated, what the topics give it sums to 7"],
        ),
        (
            (),
            GRANTS[:1],
            {},
            [
                "line 2021/fair: 0 reserved + 0 committed + 0 paying + 0 paid, its granted requests sum to 30",
                "line 2021/fair: 30 used of only 0 allocated",
            ],
        ),
    ],
)
def test_lines_balance(lines: tuple[Line, ...], grants: tuple[Grant, ...], given: Mapping[str, int], breaches: list[str]) -> None:
    assert unbalanced_lines(lines, grants, given) == breaches


@pytest.mark.parametrize(
    ("moved", "breaches"),
    [
        ({}, []),
        ({"2021/fair": -30, "2021/renewal": 20, "2022/fair": 10}, []),
        ({"2021/fair": -30, "2021/renewal": 20}, ["10 more was sent than received between lines"]),
        ({"2021/renewal": 20}, ["-20 more was sent than received between lines"]),
    ],
)
def test_what_leaves_a_line_arrives_at_another(moved: Mapping[str, int], breaches: list[str]) -> None:
    assert lost_on_the_way(moved) == breaches


@pytest.mark.parametrize(
    ("published", "breaches"),
    [
        ({"01/a": 30, "02/b": 50}, []),
        ({"01/a": 31, "02/b": 50}, ["request 01/a: 30 granted, 31 published"]),
        ({"01/a": 30}, ["request 02/b: 50 granted, nothing published"]),
        ({"01/a": 30, "02/b": 50, "03/c": 0}, ["request 03/c: nothing granted, 0 published"]),
    ],
)
def test_grants_are_those_published(published: Mapping[str, int], breaches: list[str]) -> None:
    assert unlike_published(GRANTS, published) == breaches


@pytest.mark.parametrize(
    ("other", "breaches"),
    [
        (Grant("03/c", "2021/fair", 1, "03/fair/x", ("s/4",)), []),
        (Grant("01/c", "2021/renewal", 1, "01/fair/x"), ["activity 01/fair/x: granted to 01/a, 01/c"]),
        (Grant("01/c", "2021/renewal", 1, "01/project/x"), []),
        (Grant("01/c", "2021/renewal", 1, "01/fair/x", ("s/1",), given_back=1), []),
        (Grant("03/c", "2021/fair", 1, "03/fair/x", ("s/4", "s/2")), ["invoice s/2: granted to 01/a, 03/c"]),
        (
            Grant("02/a", "2021/fair", 1, "02/fair/x", ("s/3",)),
            ["activity 02/fair/x: granted to 02/a, 02/b", "invoice s/3: granted to 02/a, 02/b"],
        ),
    ],
)
def test_activities_and_invoices_are_granted_once(other: Grant, breaches: list[str]) -> None:
    assert granted_twice((*GRANTS, other)) == breaches


@pytest.mark.parametrize(
    ("activities", "holding", "breaches"),
    [
        ((Activity("x", 2, 2), Activity("y", 3, 0)), {"x": 2}, []),
        ((Activity("x", None, 7),), {"x": 7}, []),
        ((Activity("x", None, 7),), {"x": 6}, ["activity x: 7 places taken, 6 requests hold one"]),
        ((Activity("x", 2, 3),), {"x": 3}, ["activity x: 3 places taken of 2 announced"]),
        ((Activity("x", 5, 3),), {"x": 2}, ["activity x: 3 places taken, 2 requests hold one"]),
        (
            (Activity("x", 2, 2),),
            {"x": 3},
            ["activity x: 3 places taken of 2 announced", "activity x: 2 places taken, 3 requests hold one"],
        ),
        ((), {"x": 1}, ["activity x: 1 places taken of 0 announced", "activity x: 0 places taken, 1 requests hold one"]),
    ],
)
def test_places_are_enough(activities: tuple[Activity, ...], holding: Mapping[str, int], breaches: list[str]) -> None:
    assert overfull_activities(activities, holding) == breaches


def state(number: int, **data: Any) -> dict[str, Any]:
    """A published state with its number in the log's first partition."""
    return {"sequence": f"000-{number:012d}", "data": data}


@pytest.mark.parametrize(
    ("published", "kept", "breaches"),
    [
        ([("a", state(1, n=1)), ("b", state(2, n=2)), ("a", state(3, n=3))], {"a": {"n": 3}, "b": {"n": 2}}, []),
        ([("a", state(1, n=1)), ("a", state(1, n=1))], {"a": {"n": 1}}, []),
        ([("a", state(1, n=1)), ("a", None)], {}, []),
        ([("a", state(9, n=9)), ("a", None), ("a", state(3, n=3))], {"a": {"n": 3}}, []),
        (
            [("a", state(3, n=3)), ("a", state(1, n=1))],
            {"a": {"n": 1}},
            ["a: the last state is number 000-000000000001, an earlier one 000-000000000003"],
        ),
    ],
)
def test_last_state_of_a_key_is_its_newest(
    published: list[tuple[str, dict[str, Any] | None]], kept: dict[str, Any], breaches: list[str]
) -> None:
    assert latest(published) == (kept, breaches)


@pytest.mark.parametrize(
    ("published", "shown", "breaches"),
    [
        ({"a": {"n": 1}}, {"a": {"n": 1, "more": 2}}, []),
        ({"a": {"n": 1, "m": 2}}, {"a": {"n": 3, "m": 2}}, ["a: n is 1 as published, 3 as shown"]),
        ({"a": {"n": 1}}, {"a": {}}, ["a: n is 1 as published, None as shown"]),
        ({"a": {}}, {}, ["a: published, not shown"]),
        ({}, {"a": {}}, ["a: shown, not published"]),
    ],
)
def test_registers_are_those_published(published: dict[str, Any], shown: dict[str, Any], breaches: list[str]) -> None:
    assert unlike_shown(published, shown) == breaches


def allocation(id: str, *, line: str = "2021/fair", amount: int = 5, **attributes: Any) -> Received:
    """A record of the budget topic; attributes given replace those of the event."""
    facts = {"line_id": line, "plan_id": "60", "year": 2021, "scheme_id": "fair", "amount": amount, "legal_text": "x"}
    event = make_event(BudgetAllocated.model_validate(facts), id=id, time=WHEN).model_copy(update=attributes)
    return Received("city.budget.v1", 0, 0, None, event.to_json(), (), 0)


def notice(id: str, slug: str, topic: str | None = None) -> Received:
    """A record of support's rejected topic."""
    source = "//industry.hanoi.gov.vn/finance"
    said = RecordRejected(rejected_source=source, rejected_id=id, slug=slug, vi="x", en="x", topic=topic)
    event = make_event(said, id=f"no-{id}", time=WHEN, source="//industry.hanoi.gov.vn/support")
    return Received("support.rejected.v1", 0, 0, None, event.to_json(), (), 0)


@pytest.mark.parametrize(
    ("records", "amounts"),
    [
        ([allocation("1"), allocation("2", amount=7)], [5, 7]),
        ([allocation("1"), allocation("1", amount=7)], [5]),
        ([allocation("1"), allocation("1", line="2021/other", amount=7)], [5, 7]),
        ([allocation("1", source="//industry.hanoi.gov.vn/portal")], []),
        ([allocation("1", type="vn.gov.hanoi.industry.SupportRequested.v1")], []),
        ([Received("city.budget.v1", 0, 0, None, b"not json", (), 0), allocation("2")], [5]),
        ([Received("city.budget.v1", 0, 0, None, None, (), 0)], []),
    ],
)
def test_only_valid_events_count_each_once(records: list[Received], amounts: list[int]) -> None:
    assert [event.data.amount for event in events(records, BudgetAllocated)] == amounts


@pytest.mark.parametrize(
    ("record", "identities"),
    [
        (notice("1", "line-misnamed"), {"//industry.hanoi.gov.vn/finance|1"}),
        (notice("1", "discarded"), {"//industry.hanoi.gov.vn/finance|1"}),
        (notice("1", "id-reused"), set()),
        (notice("1", "invalid-data", topic="city.budget.v1"), set()),
    ],
)
def test_only_the_refusal_of_a_valid_event_takes_it_away(record: Received, identities: set[str]) -> None:
    assert refused([record]) == identities
