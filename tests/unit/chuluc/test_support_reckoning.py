"""The reckoning apart of a year of support, by cases worked out by hand; and that the comparison sees a changed figure."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from chuluc.scenario.schemes import EVERY_SCHEME
from chuluc.scenario.support import case, figures, plain
from chuluc.scenario.support.case import OF_LINES, Case
from chuluc.scenario.support.figures import differences, reckoned_figures
from chuluc.scenario.support.reckoning import Book, reckoned
from chuluc.scenario.support.rows import (
    Act,
    Cost,
    Money,
    Offer,
    Report,
    Resolved,
    Row,
    Standing,
    Year,
    accept,
    agree,
    approve,
    check,
    claim,
    costs,
    dong,
    fail,
    order,
    pay,
    reduce,
    repay,
    withdraw,
)
from chuluc.scenario.support.year import YEAR

START = date(2022, 3, 1)
RENEWAL, RESEARCH, SYSTEMS = "cnht-technology-renewal", "research", "management-systems"


def day(number: int) -> date:
    return START + timedelta(days=number)


def asks(id: str, scheme: str, cost: float, *acts: Act, who: str = "S1", on: int = 1, asked: float = 10_000, **more: Any) -> Row:
    """A request for a project of its own, for all that the scheme gives."""
    facts = {"activity": f"DA-{id}", "costs": costs(cost)} | more
    return Row(id, who, scheme, facts.pop("activity"), day(on), dong(asked), facts.pop("costs"), acts, **facts)


def book(*entries: Row | Report | Resolved | Standing | Money, offers: tuple[Offer, ...] = (), **lines: float) -> Book:
    """A book of these rows, with so many triệu đồng in the lines of 2022 by scheme, - being written _."""
    rows = tuple(e for e in entries if isinstance(e, Row))
    money = [Money(START, "allocate", f"2022/{scheme.replace('_', '-')}", dong(amount)) for scheme, amount in lines.items()]
    money += [e for e in entries if isinstance(e, Money)]
    others = tuple(e for e in entries if not isinstance(e, Row | Money))
    return reckoned(Year(rows, tuple(money), others, offers), date(2023, 1, 9))


def stands(of: Case) -> tuple[str, int, int, int, int]:
    """Outcome, granted, paid, due back, balance."""
    return of.outcome, of.granted, of.paid, of.due, of.balance


# A life of 80 triệu under a scheme that pays all: 50 in advance, 30 at the end.
LIFE = (
    agree(day(2), 80, day(300)),
    order(day(3), "C1", 50),
    pay(day(4), "C1", 50),
    claim(day(5), "KK1", 80),
    accept(day(6), 80),
    order(day(7), "C2", 30),
    pay(day(8), "C2", 30),
)


@pytest.mark.parametrize(
    ("row", "granted"),
    [
        (asks("a", RENEWAL, 80), 40_000_000),  # half
        (asks("a", RENEWAL, 80, asked=30), 30_000_000),  # what was asked is less
        (asks("a", "training", 33.333333, activity="x"), 23_333_000),  # 70 % is 23,333,333.1
        (asks("a", "cnht-fair-at-home", 20, activity="x"), 12_000_000),  # the cap is less than 14
        (asks("a", "cnht-mission-abroad", 90, activity="asia"), 28_000_000),
        (asks("a", "cnht-mission-abroad", 90, activity="x"), 70_000_000),
        (asks("a", "craft-class", 100, who="V1", activity="x", learners=30), 60_000_000),  # 2 a learner
        (asks("a", "rural-machinery", 2_000, who="V1"), 300_000_000),
        (asks("a", "rural-machinery", 2_000, who="V1", traits=("technology-line",)), 450_000_000),  # 1.5 times
        (replace(asks("a", "rural-machinery", 2_000, who="V1"), on=date(2018, 5, 14)), 200_000_000),  # before the change
        (replace(asks("a", "rural-model", 10_000, who="V1"), on=date(2018, 5, 14)), 500_000_000),
        (replace(asks("a", "rural-model", 10_000, who="V1"), on=date(2018, 5, 15)), 1_000_000_000),
    ],
)
def test_amount_is_the_least_of_asked_share_and_cap(row, granted):
    offers = (Offer("asia", "", "", day(0), day(90), region="asia"), Offer("x", "", "", day(0), day(90)))
    year = Year((row,), (Money(date(2018, 1, 1), "allocate", row.line, dong(5_000)),), (), offers)
    assert reckoned(year, day(200)).cases["a"].granted == granted


@pytest.mark.parametrize(
    ("acts", "expected", "left"),
    [
        (LIFE, ("granted", 80, 80, 0, 0), 20),
        (LIFE[:4], ("granted", 80, 50, 0, 0), 20),
        ((*LIFE[:4], accept(day(6), 60)), ("granted", 80, 50, 0, 0), 40),  # 10 are still to come
        ((*LIFE[:4], accept(day(6), 40)), ("granted", 80, 50, 10, 10), 50),  # 10 too much was advanced
        ((*LIFE, check(day(9), 30), repay(day(10), "P", 10)), ("granted", 80, 80, 30, 20), 30),
        ((*LIFE[:3], withdraw(day(5))), ("cancelled", 80, 50, 50, 50), 50),
        ((*LIFE[:3], withdraw(day(5)), repay(day(6), "P", 50)), ("cancelled", 80, 50, 50, 0), 100),
        ((LIFE[0], order(day(3), "C1", 57)), ("granted", 80, 0, 0, 0), 20),  # more than 70 %: refused
        ((*LIFE[:2], fail(day(4), "C1"), order(day(5), "C3", 56), pay(day(6), "C3", 56)), ("granted", 80, 56, 0, 0), 20),
        ((LIFE[0], *reduce(day(3), day(4), 25)), ("granted", 80, 0, 0, 0), 75),
        ((withdraw(day(2)),), ("cancelled", 80, 0, 0, 0), 100),
    ],
)
def test_life_of_a_grant_of_80_from_a_line_of_100(acts, expected, left):
    found = book(asks("a", SYSTEMS, 80, *acts), management_systems=100)
    outcome, *money = expected
    assert stands(found.cases["a"]) == (outcome, *(million * 10**6 for million in money))
    assert found.available(f"2022/{SYSTEMS}") == left * 10**6


def test_large_payment_goes_out_once_a_second_person_approves():
    acts = (agree(day(2), 4_000, day(300)), order(day(3), "C1", 1_000))
    waiting = book(asks("a", RENEWAL, 4_000, *acts), cnht_technology_renewal=3_000).cases["a"]
    out = book(asks("a", RENEWAL, 4_000, *acts, approve(day(4), "C1")), cnht_technology_renewal=3_000).cases["a"]
    assert (waiting.paying, out.paying) == (0, dong(1_000))


def test_queue_is_served_in_order_and_in_part_where_the_scheme_allows():
    rows = (asks("a", RENEWAL, 1_600), asks("b", RENEWAL, 800, who="S2", on=2), asks("c", RENEWAL, 800, who="S3", on=3))
    found = book(*rows, Money(day(4), "change", f"2022/{RENEWAL}", dong(300)), cnht_technology_renewal=1_000)
    assert [found.cases[id].granted for id in "abc"] == [dong(800), dong(200), dong(300)]
    whole = book(*(replace(row, scheme=SYSTEMS) for row in rows), management_systems=2_000)
    assert [whole.cases[id].outcome for id in "abc"] == ["granted", "queued", "queued"]
    assert whole.available(f"2022/{SYSTEMS}") == dong(400)


def test_payment_after_a_revocation_comes_back_and_the_queue_has_the_rest():
    """700 of 1,000 granted, 300 ordered; revoked: 400 go back, which with the 300 left serve 500; the 300 paid are due."""
    acts = (agree(day(2), 1_000, day(300)), order(day(3), "C1", 300), pay(day(6), "C1", 300), repay(day(7), "P", 100))
    rows = (asks("a", RESEARCH, 1_000, *acts, who="K5"), asks("b", RESEARCH, 800, who="K6", on=2, asked=500))
    found = book(*rows, Standing(day(5), "revoke", "K5"), research=1_000)
    assert stands(found.cases["a"]) == ("cancelled", dong(700), dong(300), dong(300), dong(200))
    assert found.cases["b"].granted == dong(500)
    line = found.line("2022/research")
    assert (found.available("2022/research"), line.released) == (dong(300), dong(500))


def test_suspension_holds_an_order_until_it_is_over():
    row = asks("a", RESEARCH, 100, agree(day(2), 100, day(300)), order(day(4), "C1", 40), pay(day(9), "C1", 40), who="K5")
    held = book(row, Standing(day(3), "suspend", "K5"), research=100)
    paid = book(row, Standing(day(3), "suspend", "K5"), Standing(day(8), "reinstate", "K5"), research=100)
    assert (held.cases["a"].paid, paid.cases["a"].paid) == (0, dong(40))


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (asks("b", SYSTEMS, 10, on=5, activity="DA-a"), {"overlap"}),
        (asks("b", SYSTEMS, 10, on=5, costs=(Cost(dong(10), invoice="HD-a-1"),)), {"cost-already-supported"}),
        (asks("b", SYSTEMS, 10, on=5, who="S2", costs=(Cost(dong(10), document="x"),)), {"cost-already-supported"}),
        (asks("b", SYSTEMS, 10, on=5, who="N1"), {"not-supporting-industry"}),
        (asks("b", "rural-model", 10, on=5), {"not-a-beneficiary"}),
        (asks("b", RESEARCH, 10, on=5, who="V1"), {"no-recognition"}),
        (asks("b", "software", 10, on=100), {"papers-missing"}),
        (asks("b", RENEWAL, 10, on=5, who="S8"), {"programmes-exclude-each-other"}),
        (asks("b", SYSTEMS, 10, on=5, who="S7", activity="DA-x"), {"overlap"}),
        (asks("b", SYSTEMS, 10, on=5), set()),
    ],
)
def test_reasons_against_a_request(second, why):
    first = asks("a", SYSTEMS, 80, costs=(Cost(dong(80), document="x"),))
    reports = (Report(day(1), "r1", "S8", 1, programme="khuyen-cong-quoc-gia"), Report(day(1), "r2", "S7", 1, activity="DA-x"))
    assert book(first, second, *reports).cases["b"].why == why


def test_debt_blocks_until_it_is_paid():
    debtor = asks("a", SYSTEMS, 80, *LIFE, check(day(9), 30), repay(day(20), "P", 30))
    blocked, free = asks("b", SYSTEMS, 10, on=12), asks("c", SYSTEMS, 10, on=22)
    found = book(debtor, blocked, free, management_systems=200)
    assert (found.cases["b"].why, found.cases["c"].granted) == ({"debt-outstanding"}, dong(10))


def test_places_go_to_holders_of_a_recognition_then_by_day():
    offer = Offer("x", "", "", day(20), day(30), places=2, region="asia", allocates_on=day(10))
    mission = {"scheme": "cnht-mission-abroad", "activity": "x"}
    rows = (asks("a", cost=10, who="S1", **mission), asks("b", cost=10, who="S2", on=2, **mission))
    found = book(*rows, asks("c", cost=10, who="K1", on=3, **mission), Money(day(10), "change", "2022/research", 0),
                 offers=(offer,), cnht_mission_abroad=300)  # fmt: skip
    assert [found.cases[id].granted for id in "abc"] == [dong(10), 0, dong(10)]
    assert found.cases["b"].why == {"no-place-left"}


def test_lines_never_give_what_they_have_not():
    said = (
        Money(day(2), "change", "2022/research", -dong(31)),
        Money(day(3), "transfer", "2022/research", dong(10), "2022/software"),
        Money(day(4), "carry", "2022/research"),
    )
    found = book(asks("a", RESEARCH, 100, who="K5"), *said, research=100)
    sums = {id: (line.allocated, line.carried) for id, line in found.lines.items()}
    million = {id: (allocated // 10**6, carried // 10**6) for id, (allocated, carried) in sums.items()}
    assert million == {"2022/research": (70, 20), "2022/software": (10, 0), "2023/research": (20, 0)}


@pytest.mark.parametrize("shown", [OF_LINES, (*OF_LINES, "paying")], ids=["paying-in-committed", "paying-apart"])
def test_every_line_of_the_year_sums_to_what_it_was_given(shown, monkeypatch):
    monkeypatch.setattr(case, "OF_LINES", shown)
    monkeypatch.setattr(figures, "OF_LINES", shown)
    lines = reckoned_figures(YEAR).lines
    parts = {
        id: sum(row.get(name, 0) for name in ("reserved", "committed", "paying", "paid", "available"))
        for id, row in lines.items()
    }
    assert parts == {id: row["allocated"] for id, row in lines.items()}
    assert sum(row.get("paying", 0) for row in lines.values()) == (dong(40) if "paying" in shown else 0)


def test_overlap_found_later_lowers_or_takes_back():
    acts = (agree(day(2), 80, day(300)), order(day(3), "C1", 50), pay(day(4), "C1", 50))
    report = Report(day(5), "r", "S1", dong(20), invoice="HD-a-1")
    for outcome, left, due in (("reduced", 60, 0), ("reduced", 30, 20), ("cancelled", 0, 0), ("recovered", 0, 50)):
        found = book(
            asks("a", SYSTEMS, 80, *acts), report, Resolved(day(6), "a", "r", outcome, dong(left)), management_systems=80
        )
        assert (found.cases["a"].due, found.cases["a"].ended) == (dong(due), outcome != "reduced")


def test_plain_rules_are_those_of_every_scheme_that_pays():
    found = {(s.scheme_id, s.rate_percent, s.effective_from) for s in EVERY_SCHEME if not s.in_kind}
    made = {("software", 70, plain.JUNE), ("foreign-experts", 70, plain.JUNE)}
    assert {(id, rule.percent, rule.since) for id, rules in plain.RULES.items() for rule in rules} == found | made
    assert set(plain.IN_KIND) == {s.scheme_id for s in EVERY_SCHEME if s.in_kind}


@pytest.mark.parametrize(
    ("of", "id", "name", "value"),
    [
        ("requests", "F1", "paid", 1),
        ("requests", "W2", "why", ["overlap"]),
        ("schemes", "research", "granted", 9),
        ("lines", "2022/research", "available", 0),
        ("lines", "2022/research", "carried", None),
        ("in_kind", "ceremony", "joined", 0),
        ("counts", "learners", "count", 1_299),
    ],
)
def test_comparison_names_a_figure_that_was_changed(of, id, name, value):
    apart = reckoned_figures(YEAR)
    rows = dict(getattr(apart, of))
    known = rows[id][name]
    rows[id] = {**rows[id], name: value}
    assert differences(apart, apart) == []
    assert differences(replace(apart, **{of: rows}), apart) == [
        f"{of} {id}: {name} is {value} by the services, {known} reckoned apart"
    ]


def test_comparison_names_what_is_missing_and_what_is_too_much():
    apart = reckoned_figures(YEAR)
    fewer = replace(apart, in_kind={id: row for id, row in apart.in_kind.items() if id != "ceremony"})
    assert differences(fewer, apart) == ["in_kind ceremony: joined is None by the services, 3 reckoned apart"]
    assert differences(apart, fewer) == ["in_kind ceremony: joined is 3 by the services, None reckoned apart"]
