"""The grant ledger: the story and the money of a request by what support published of it, in whatever order it is heard."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from reporting import texts
from reporting.domain.ledger import TOLD, Fact, GrantNews, in_order
from reporting.domain.rows import Contribution, Measure
from reporting.domain.support import BudgetLine, Grant, LineMovement
from reporting.main import service as reporting
from shared.contracts.base import Event, make_event
from shared.contracts.reporting import GrantState
from shared.testing.memory import City
from support.domain.grants import Grant as SupportGrant
from support.main import service as support
from unit.reporting import support_story
from unit.reporting.support_story import said_by_support
from unit.support.cases import MILLION
from unit.support.grant_cases import SET_UP, TO_STATE

SHUFFLES = 4


@pytest.fixture(scope="module")
def city() -> City:
    return support_story.year_2021()


def heard(events: list[Event[Any]]) -> City:
    return City.of(reporting).publish(*events)


def grant(city: City, id: str) -> Grant:
    found = city["reporting"].find(Grant, id)
    assert found is not None
    return found


@pytest.mark.parametrize("request_id", ["HT-002", "HT-006", "HT-007", "HT-008", "HT-010", "HT-021"])
def test_facts_in_any_order_of_arrival_give_the_same_document(city: City, request_id: str) -> None:
    wanted = grant(city, request_id)
    said = [e for e in said_by_support(city) if getattr(e.data, "request_id", None) == request_id]
    for seed in range(SHUFFLES):
        mixed = random.Random(seed).sample(said, len(said))
        again = heard(mixed)
        assert grant(again, request_id) == wanted, seed
        assert again["reporting"].all(GrantNews) == []
        assert again.of_type(GrantState)[-1] == wanted.published_state()


def test_money_and_stage_are_those_of_support(city: City) -> None:
    decided = city["support"].all(SupportGrant)
    assert len(decided) > 20
    for theirs in decided:
        ours = grant(city, theirs.request_id)
        assert (ours.stage, ours.money.paid, ours.to_recover, ours.recovered, ours.balance) == (
            theirs.state,
            theirs.money.paid,
            theirs.due_back,
            theirs.repaid,
            theirs.balance,
        )
        assert ours.money.held == theirs.on_line.held


def test_every_public_event_of_a_request_is_a_line_of_its_story_in_the_order_of_support(city: City) -> None:
    said = [e for e in said_by_support(city) if type(e.data) in TOLD and e.data.request_id == "HT-007"]
    kept = grant(city, "HT-007").facts
    assert [fact.event_id for fact in kept] == [e.identity for e in sorted(said, key=lambda e: e.sequence or "")]
    assert [fact.action or fact.kind for fact in kept] == [
        "granted", "agree", "order", "payment-order", "pay", "claim", "claim-answer", "accept", "settled", "order",
        "payment-order", "pay", "settle", "fail", "recovery", "repay",
    ]  # fmt: skip


def test_failed_post_check_is_told_with_its_money(city: City) -> None:
    failed = grant(city, "HT-007")
    assert (failed.stage, failed.amount // MILLION, failed.money.paid // MILLION) == ("failed", 45, 40)
    assert (failed.to_recover // MILLION, failed.recovered // MILLION, failed.balance // MILLION) == (15, 10, 5)
    told = {fact.action or fact.kind: fact for fact in failed.facts}
    assert told["recovery"].vi == "Phải thu hồi 15.000.000\u00a0đồng; tổng số còn phải thu 15.000.000\u00a0đồng."
    assert told["settled"].en == "Settled at VND\u00a040,000,000; VND\u00a030,000,000 still to be paid."
    assert told["repay"].on == date(2022, 10, 1)


def test_compacted_state_says_how_far_a_request_came(city: City) -> None:
    last = {state.request_id: state for state in city.of_type(GrantState)}
    failed = last["HT-007"]
    assert (failed.state, failed.stage, failed.paid, failed.to_recover, failed.recovered, failed.balance) == (
        "granted",
        "failed",
        40 * MILLION,
        15 * MILLION,
        10 * MILLION,
        5 * MILLION,
    )


def test_what_comes_before_the_decision_is_kept_aside_and_shown_nowhere(city: City) -> None:
    said = [e for e in said_by_support(city) if getattr(e.data, "request_id", None) == "HT-002"]
    late = [e for e in said if type(e.data) in TOLD and e.data.contract.model.__name__ != "SupportGranted"]
    before = heard(late)
    assert before["reporting"].all(Grant) == []
    assert len(before["reporting"].all(GrantNews)[0].facts) == len(late)
    assert before["reporting"].held == {}


def test_overlap_holds_a_grant_until_the_department_has_decided() -> None:
    city = City.of(support, reporting)
    start = datetime(2021, 12, 6, 2, tzinfo=UTC)
    events = [*support_story.set_up(2), support_story.certificate(1), support_story.asked(1), support_story.overlapping(1)]
    city.publish(*(make_event(e, id=f"o-{n}", time=start) for n, e in enumerate(events)))
    held = grant(city, "HT-001")
    overlap = next(fact.overlap_id for fact in held.facts if fact.kind == "overlap")
    assert held.on_hold and overlap
    city.publish(make_event(support_story.resolved(1, overlap), id="o-resolved", time=start))
    freed = grant(city, "HT-001")
    assert not freed.on_hold
    assert freed.facts[-1].vi == f"Sở Công Thương kết luận về trùng lắp {overlap}: không trùng lắp. Hai phần việc khác nhau."


def fact(id: str, sequence: str | None, minute: int) -> Fact:
    when = datetime(2021, 12, 6, 2, minute, tzinfo=UTC)
    return Fact(kind="moved", event_id=id, sequence=sequence, time=when, on=when.date(), vi=id, en=id)


@pytest.mark.parametrize(
    ("facts", "order"),
    [
        ([fact("b", "000-2", 1), fact("a", "000-1", 5)], "ab"),  # support knew of a before b, whenever they were reported
        ([fact("x", None, 3), fact("b", "000-2", 4), fact("a", "000-1", 2)], "axb"),
        ([fact("x", None, 9), fact("b", "000-2", 4), fact("a", "000-1", 2)], "abx"),
        ([fact("x", None, 1), fact("a", "000-1", 2)], "xa"),
        ([fact("y", None, 3), fact("x", None, 3), fact("a", "000-1", 3)], "axy"),
        ([], ""),
    ],
)
def test_order_of_a_story_is_that_of_its_publisher(facts: list[Fact], order: str) -> None:
    assert "".join(one.event_id for one in in_order(facts)) == order
    assert "".join(one.event_id for one in in_order(reversed(facts))) == order


def test_enterprise_whose_whole_grant_was_taken_back_counts_as_supported_no_more() -> None:
    start = datetime(2021, 12, 6, 2, tzinfo=UTC)
    ways = {"agreed": 1, "withdrawn": 0}
    for way, counted in ways.items():
        city = City.of(support, reporting)
        steps = TO_STATE["agreed"] if way == "agreed" else (TO_STATE[way][0], TO_STATE[way][-1])
        events = [*SET_UP, support_story.cases.project(), *steps]
        city.publish(*(make_event(e, id=f"w-{n}", time=start) for n, e in enumerate(events)))
        rows = [r for r in city["reporting"].all(Contribution) if r.measure is Measure.ENTERPRISES_SUPPORTED]
        assert len(rows) == counted, way


def test_moves_of_a_line_add_up_to_how_it_stands(city: City) -> None:
    for line in city["reporting"].all(BudgetLine):
        moves = [m for m in city["reporting"].all(LineMovement) if m.line_id == line.id]
        assert [m.number for m in moves] == list(range(1, line.movements + 1))
        last = moves[-1]
        assert (last.allocated, last.available, last.paid) == (line.allocated, line.available, line.paid)
        assert all(m.allocated == m.reserved + m.committed + m.paying + m.paid + m.available for m in moves)


def test_ledger_and_lines_agree(city: City) -> None:
    held: dict[str | None, int] = {}
    for one in city["reporting"].all(Grant):
        held[one.line_id] = held.get(one.line_id, 0) + one.money.held
    assert {line.id: held[line.id] for line in city["reporting"].all(BudgetLine)} == {
        line.id: line.used for line in city["reporting"].all(BudgetLine)
    }


def test_every_event_of_a_story_has_a_word() -> None:
    kinds = {kind for kind, _ in TOLD.values()} - {"moved"}
    assert kinds <= set(texts.FACTS)
    assert {f.action or f.kind for g in support_story.year_2021()["reporting"].all(Grant) for f in g.facts} <= set(texts.FACTS)


def test_story_goes_on_after_its_enterprise_went_on_under_another_code() -> None:
    start = datetime(2021, 12, 6, 2, tzinfo=UTC)
    events = [
        *support_story.set_up(3),
        support_story.certificate(1),
        support_story.asked(1),
        *support_story.act(1, *TO_STATE["advanced"]),
        support_story.merged(1, 3),
        *support_story.act(1, *TO_STATE["settled"][3:]),
    ]
    city = City.of(support, reporting)
    city.publish(*(make_event(e, id=f"m-{n}", time=start + timedelta(seconds=n)) for n, e in enumerate(events)))
    (kept,) = city["reporting"].all(Grant)
    assert (kept.id, kept.tax_code, kept.stage, kept.money.paid) == ("HT-001", support_story.code(1), "settled", 40 * MILLION)
    assert [f.action or f.kind for f in kept.facts if f.action != "order"][-6:] == [
        "claim-answer", "accept", "settled", "payment-order", "pay", "settle",
    ]  # fmt: skip
    said = [e for e in said_by_support(city) if getattr(e.data, "request_id", None) == "HT-001"]
    assert len({(e.sequence or "").partition("-")[0] for e in said}) == 2  # of two partitions, each with a counter of its own
    assert grant(heard(random.Random(1).sample(said, len(said))), "HT-001") == kept
