"""Events in, registers and contribution rows out, in memory."""

import random
from datetime import date, datetime
from decimal import Decimal

import pytest
from reporting.domain.dossier import Dossier
from reporting.domain.enterprise import Enterprise
from reporting.domain.programme import Scheme
from reporting.domain.register import RecognisedProduct
from reporting.domain.rows import Contribution, Measure
from reporting.domain.support import BudgetLine, Grant
from reporting.main import service
from shared.contracts.base import Data, make_event
from shared.contracts.reporting import GrantState, IndicatorContribution, RecognisedProductState
from shared.contracts.runtime import RecordRejected
from shared.contracts.support import BudgetCommitted, BudgetOrdered, BudgetOrderFailed, BudgetPaid, BudgetRepaid
from shared.testing.memory import City, Running, in_order, run
from unit.reporting import lives, story


def play(*events: Data) -> Running:
    return run(service, *events)["reporting"]


def counted(reporting: Running, measure: Measure) -> dict[str, int]:
    """Rows of a measure by year."""
    rows = [row for row in reporting.all(Contribution) if row.measure == measure]
    return {str(year): sum(row.year == year for row in rows) for year in sorted({row.year for row in rows})}


def rows(reporting: Running) -> dict[str, Decimal]:
    return {row.id: row.value for row in reporting.all(Contribution)}


def test_recognised_product_enters_the_register_and_its_state_is_published() -> None:
    said = story.recognised(1, 7, "Đèn LED Rạng Đông", top10_rank=1)
    city = run(service, said)
    kept = city["reporting"].find(RecognisedProduct, "2021-001")
    assert kept is not None
    assert (kept.product_name, kept.top10_rank, kept.score, kept.event_id) == (
        "Đèn LED Rạng Đông",
        1,
        Decimal("81.25"),
        "//industry.hanoi.gov.vn/scoring|test-0",
    )
    assert city.of_type(RecognisedProductState) == [
        RecognisedProductState(
            certificate="2021-001",
            year=2021,
            tax_code="0100000007",
            enterprise_name=story.name(7),
            product_id="SP-001",
            product_name="Đèn LED Rạng Đông",
            industry="mechanical",
            decision="5012/QĐ-UBND",
            valid_from=date(2021, 11, 26),
            valid_to=date(2024, 11, 25),
            state="in-force",
            first_time=True,
            top10_rank=1,
            made=True,
        )
    ]


def test_recognitions_of_one_enterprise_count_it_once_in_each_year_in_force() -> None:
    reporting = play(story.recognised(1, 7), story.recognised(2, 7), story.recognised(3, 8))
    assert counted(reporting, Measure.PRODUCTS_RECOGNISED) == {"2021": 3}
    assert counted(reporting, Measure.ENTERPRISES_RECOGNISED) == {"2021": 2}
    assert counted(reporting, Measure.ENTERPRISES_IN_FORCE) == {"2021": 2, "2022": 2, "2023": 2, "2024": 2}


def test_contribution_row_names_the_event_it_comes_from() -> None:
    city = run(service, story.recognised(1, 7), story.recognised(2, 7))
    published = [row for row in city.of_type(IndicatorContribution) if row.indicator == "enterprises-recognised"]
    assert published == [
        IndicatorContribution(
            row_id="enterprises-recognised/2021/0100000007",
            indicator="enterprises-recognised",
            year=2021,
            value=Decimal(1),
            about="0100000007",
            event_id="//industry.hanoi.gov.vn/scoring|test-0",
            made=True,
        )
    ]


def test_dossiers_count_as_filed_whatever_becomes_of_them() -> None:
    reporting = play(
        story.round_opened(),
        story.received(1, 1),
        story.received(2, 1),
        story.received(3, 2),
        story.received(4, 3),
        story.accepted(1, 1, made=False),
        story.rejected(3, 2),
        story.recognised(1, 1),
        story.not_recognised(2, 1),
    )
    assert counted(reporting, Measure.PRODUCTS_FILED) == {"2021": 4}
    assert counted(reporting, Measure.ENTERPRISES_FILED) == {"2021": 3}
    states = {d.id: d.state for d in reporting.all(Dossier)}
    assert states == {"HS-001": "recognised", "HS-002": "not-recognised", "HS-003": "rejected", "HS-004": "received"}
    made = {row.id: row.made for row in reporting.all(Contribution) if row.measure == Measure.PRODUCTS_FILED}
    assert made == {
        "products-filed/2021/HS-001": False,
        "products-filed/2021/HS-002": False,
        "products-filed/2021/HS-003": True,
        "products-filed/2021/HS-004": False,
    }


def test_dossier_that_comes_before_its_round_waits_for_it() -> None:
    before = run(service, story.received(1, 1))
    assert list(before["reporting"].held) == ["HS-001"]
    reporting = play(story.received(1, 1), story.accepted(1, 1), story.round_opened())
    assert reporting.held == {}
    assert counted(reporting, Measure.PRODUCTS_FILED) == {"2021": 1}


@pytest.mark.parametrize(
    ("said", "state", "reason"),
    [
        (lives.withdrawn(1, 1), "withdrawn", "Doanh nghiệp rút hồ sơ ngày 20/05/2021: Chưa kịp chuẩn bị."),
        (lives.let_go(1, 1), "withdrawn", "Doanh nghiệp rút hồ sơ ngày 01/06/2021."),
        (lives.let_go(1, 1, "HS-009"), "replaced", "Được thay bằng hồ sơ HS-009 ngày 01/06/2021."),
    ],
)
@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 0, 1, 2), (3, 1, 2, 0), (1, 3, 0, 2), (3, 1, 0, 2)])
def test_dossier_that_was_withdrawn_or_replaced_says_so_whichever_topic_is_faster(
    said: Data, state: str, reason: str, order: tuple[int, ...]
) -> None:
    events = (story.round_opened(), story.received(1, 1), story.accepted(1, 1), said)
    reporting = play(*(events[n] for n in order))
    assert reporting.held == {}
    dossier = reporting.find(Dossier, "HS-001")
    assert dossier is not None
    assert (dossier.state, [r.vi for r in dossier.reasons], dossier.product_name) == (state, [reason], "Sản phẩm")
    assert counted(reporting, Measure.PRODUCTS_FILED) == {"2021": 1}
    assert counted(reporting, Measure.ENTERPRISES_FILED) == {"2021": 1}


def test_dossier_of_a_merged_enterprise_is_one_whatever_code_its_decision_names() -> None:
    filed = (story.round_opened(), story.received(1, 1), story.accepted(1, 1))
    reporting = play(*filed, lives.merged(1, 2), story.not_recognised(1, 2), story.recognised(1, 2))
    kept = [d for documents in reporting.documents for (kind, _), d in documents.items() if kind == Dossier.collection and d]
    assert [(d.id, d.state) for d in kept if isinstance(d, Dossier)] == [("HS-001", "recognised")]


def test_decision_that_comes_before_the_filing_is_not_taken_back() -> None:
    reporting = play(story.round_opened(), story.not_recognised(1, 1), story.received(1, 1), story.accepted(1, 1))
    dossier = reporting.find(Dossier, "HS-001")
    assert dossier is not None
    assert (dossier.state, [r.slug for r in dossier.reasons], dossier.made) == ("not-recognised", ["below-pass-mark"], True)
    assert counted(reporting, Measure.PRODUCTS_FILED) == {"2021": 1}


@pytest.mark.parametrize(
    ("said", "state", "amount", "line", "slugs"),
    [
        (story.granted(1, 1), "granted", 150_000_000, "2021/fair-abroad", []),
        (story.declined(1, 1), "declined", 0, None, ["already-supported"]),
        (story.queued(1, 1), "queued", 0, None, ["waits-for-budget"]),
    ],
)
def test_request_is_registered_and_its_state_published(
    said: Data, state: str, amount: int, line: str | None, slugs: list[str]
) -> None:
    city = run(service, said)
    grant = city["reporting"].find(Grant, "HT-001")
    assert grant is not None
    assert [reason.slug for reason in grant.reasons] == slugs
    (published,) = city.of_type(GrantState)
    assert (published.state, published.amount, published.line_id) == (state, amount, line)
    assert counted(city["reporting"], Measure.ENTERPRISES_SUPPORTED) == ({"2021": 1} if state == "granted" else {})


def test_queued_request_that_is_granted_later_counts_once() -> None:
    city = run(service, story.queued(1, 1), story.granted(1, 1), story.granted(2, 1))
    assert [g.state for g in city["reporting"].all(Grant)] == ["granted", "granted"]
    assert [s.state for s in city.of_type(GrantState)] == ["queued", "granted", "granted"]
    assert counted(city["reporting"], Measure.ENTERPRISES_SUPPORTED) == {"2021": 1}


def test_grant_without_a_name_takes_that_of_the_register() -> None:
    first = next(e for e in story.year_2021() if type(e).__name__ == "EnterpriseRecorded")
    reporting = play(first, story.granted(1, 1, enterprise_name=None))
    assert [g.enterprise_name for g in reporting.all(Grant)] == [story.name(1)]
    assert [e.name for e in reporting.all(Enterprise)] == [story.name(1)]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (1, 3, 0, 2), (0, 2, 1, 3), (1, 0, 3, 2)])
def test_budget_line_is_the_same_whichever_topic_is_faster(order: tuple[int, ...]) -> None:
    line = "2021/fair-abroad"
    events = [
        story.allocated(line, 300),
        story.reserved(line, 100, 300),
        story.allocated(line, 200, made=False),
        story.reserved(line, 450, 500),
    ]
    reporting = play(*(events[n] for n in order))
    kept = reporting.find(BudgetLine, line)
    assert kept is not None
    assert (kept.allocated, kept.reserved, kept.available, kept.made, kept.year) == (500, 450, 50, True, 2021)
    assert reporting.held == {}


def test_line_that_cannot_pay_is_exhausted_until_money_comes() -> None:
    line = "2021/fair-abroad"
    reporting = play(story.allocated(line, 300), story.exhausted(line, 300, 300))
    kept = reporting.find(BudgetLine, line)
    assert kept is not None and (kept.exhausted, kept.available) == (True, 0)
    more = story.adjusted(line, 350).model_copy(update={"by": 50, "reserved": 300, "available": 50})
    reporting = play(story.allocated(line, 300), story.exhausted(line, 300, 300), story.allocated(line, 50), more)
    kept = reporting.find(BudgetLine, line)
    assert kept is not None and (kept.allocated, kept.exhausted, kept.available) == (350, False, 50)


def test_money_given_back_is_no_longer_reserved() -> None:
    line = "2021/fair-abroad"
    said = [story.allocated(line, 300), story.reserved(line, 300, 300), story.exhausted(line, 300, 300)]
    kept = play(*said, story.released(line, 100, 200, 300)).find(BudgetLine, line)
    assert kept is not None and (kept.reserved, kept.available, kept.exhausted) == (200, 100, False)
    kept = play(*said, story.released(line, 100, 200, 300), story.exhausted(line, 200, 300)).find(BudgetLine, line)
    assert kept is not None and (kept.reserved, kept.available, kept.exhausted) == (200, 100, True)


def test_line_that_lives_on_money_of_another_alone_is_of_the_year_and_scheme_of_its_id() -> None:
    kept = play(story.reserved("2021/fair-abroad@central", 100, 300)).find(BudgetLine, "2021/fair-abroad@central")
    assert kept is not None and (kept.year, kept.scheme_id, kept.available) == (2021, "fair-abroad", 200)


def test_money_is_followed_from_the_allocation_to_the_payment_and_back() -> None:
    line = "2021/fair-abroad"
    state = {"line_id": line, "allocated": 300, "request_id": "HT-001"}
    said = [
        story.allocated(line, 300),
        story.reserved(line, 200, 300),
        BudgetCommitted(**state, amount=150, reserved=50, committed=150, available=100),
        BudgetOrdered(**state, amount=130, reserved=50, committed=20, paying=130, available=100),
        BudgetOrderFailed(**state, amount=5, reserved=50, committed=25, paying=125, available=100),
        BudgetPaid(**state, amount=120, reserved=50, committed=25, paying=5, paid=120, available=100),
        BudgetRepaid(**state, amount=20, reserved=50, committed=45, paying=5, paid=100, available=100),
    ]
    kept = play(*said).find(BudgetLine, line)
    assert kept is not None
    assert (kept.reserved, kept.committed, kept.paying, kept.paid, kept.used, kept.available) == (50, 45, 5, 100, 200, 100)


def test_annual_result_is_replaced_by_a_later_one_also_of_a_branch() -> None:
    branch = story.result(1, 2021, 900).model_copy(update={"tax_code": "0100000001-002"})
    reporting = play(story.result(1, 2021, 700, 5), branch)
    assert rows(reporting) == {"production-value/2021/0100000001": Decimal(900), "exports/2021/0100000001": Decimal(0)}
    kept = reporting.find(Contribution, "production-value/2021/0100000001")
    assert kept is not None
    assert [(e.value, e.event_id) for e in kept.earlier] == [(Decimal(700), "//industry.hanoi.gov.vn/registers|test-0")]


def test_city_figure_is_replaced_by_a_later_report_and_history_is_kept() -> None:
    city = run(
        service,
        story.figure("city-exports", "16.5", "USD", made=True),
        story.figure("city-exports", "17", "USD", source="Niên giám 2022"),
        story.figure("city-exports", "18", "USD", year=2022),
    )
    kept = city["reporting"].find(Contribution, "city-exports/2021/city-exports")
    assert kept is not None
    assert (kept.value, kept.made, kept.note, kept.event_id) == (
        Decimal(17),
        False,
        "Niên giám 2022",
        "//industry.hanoi.gov.vn/statistics|test-1",
    )
    assert [(e.value, e.made) for e in kept.earlier] == [(Decimal("16.5"), True)]
    assert [(r.row_id, r.value) for r in city.of_type(IndicatorContribution)] == [
        ("city-exports/2021/city-exports", Decimal("16.5")),
        ("city-exports/2021/city-exports", Decimal(17)),
        ("city-exports/2022/city-exports", Decimal(18)),
    ]


@pytest.mark.parametrize(
    ("said", "slug", "field"),
    [
        (story.figure("city-beer", 1), "unknown-figure", "data.figure"),
        (story.figure("city-exports", 1, "VND"), "wrong-unit", "data.unit"),
    ],
)
def test_city_figure_that_is_unknown_or_in_another_unit_is_refused(said: Data, slug: str, field: str) -> None:
    city = run(service, said, story.figure("city-exports", 1, "USD"))
    assert [(r.slug, r.rejected_id, r.field) for r in city.of_type(RecordRejected)] == [(slug, "test-0", field)]
    assert rows(city["reporting"]) == {"city-exports/2021/city-exports": Decimal(1)}


@pytest.mark.parametrize("value", ["1e999999999", "1e-999999", "-1", "NaN", "0.0001"])
def test_city_figure_out_of_range_is_refused_at_the_door(value: str) -> None:
    event = make_event(story.figure("city-exports", 7, "USD"), id="big", time=datetime.fromisoformat("2022-01-01T00:00:00+07:00"))
    city = City.of(service)
    city.send("city.indicators.v1", event.to_json().replace(b'"value":"7"', f'"value":"{value}"'.encode()))
    assert [(r.slug, r.rejected_id, r.field) for r in city.refusals] == [("invalid-data", "big", "data.value")]


def test_newest_version_names_a_scheme_in_whatever_order_versions_come() -> None:
    old, new = story.scheme("fair", "cũ", "old"), story.scheme("fair", "mới", "new", date(2021, 1, 1))
    assert [s.name_en for s in play(old, new).all(Scheme)] == ["new"]
    assert [s.name_en for s in play(new, old).all(Scheme)] == ["new"]


def test_year_of_2021_has_the_published_counts() -> None:
    reporting = play(*story.year_2021())
    assert reporting.held == {}
    assert {m: counted(reporting, m)["2021"] for m in list(Measure)[:6]} == {
        Measure.PRODUCTS_FILED: 54,
        Measure.ENTERPRISES_FILED: 34,
        Measure.PRODUCTS_RECOGNISED: 46,
        Measure.ENTERPRISES_RECOGNISED: 30,
        Measure.ENTERPRISES_IN_FORCE: 30,
        Measure.ENTERPRISES_SUPPORTED: 30,
    }


def test_rows_are_the_same_with_duplicates_and_with_topics_mixed() -> None:
    events = in_order(story.year_2021())
    expected = rows(City.of(service).publish(*events)["reporting"])
    by_topic: dict[str, list[int]] = {}
    for n, event in enumerate(events):
        by_topic.setdefault(event.data.contract.topic.name, []).append(n)
    chance = random.Random(60)
    mixed = [events[n] for n in _merged(list(by_topic.values()), chance)]
    again = City.of(service).publish(*mixed, *chance.sample(mixed, 100))["reporting"]
    assert rows(again) == expected
    assert again.held == {}


def _merged(queues: list[list[int]], chance: random.Random) -> list[int]:
    """All queues in one, each in its own order."""
    waiting, merged = [list(reversed(queue)) for queue in queues], []
    while waiting := [queue for queue in waiting if queue]:
        merged.append(chance.choice(waiting).pop())
    return merged
