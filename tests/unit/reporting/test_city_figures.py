"""Figures of the city: which are taken from whom, in which unit and for which period; what is refused changes nothing."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from reporting.domain.city_figures import CITY_FIGURES, Period
from reporting.domain.rows import FIGURES, Contribution
from reporting.main import service
from shared.contracts.base import SOURCE_PREFIX, Data, Event, make_event
from shared.contracts.statistics import IndicatorReported
from shared.testing.memory import City, Running
from unit.reporting import facts
from unit.reporting.facts import reported

OFFICE = SOURCE_PREFIX + "statistics"
Q1, Q2 = (date(2021, 1, 1), date(2021, 3, 31)), (date(2021, 4, 1), date(2021, 6, 30))
REST = (date(2021, 7, 1), date(2021, 12, 31))
OUTPUT = "city-industrial-output"


def told(said: Data, n: int = 0, source: str = OFFICE) -> Event[Data]:
    return make_event(said, id=f"f-{n}", time=datetime.fromisoformat(f"2022-01-10T0{n}:00:00+07:00"), source=source)


def play(*events: Event[Data]) -> City:
    return City.of(service).publish(*events)


def values(reporting: Running) -> dict[str, Decimal]:
    return {row.id: row.value for row in reporting.all(Contribution)}


@pytest.mark.parametrize(
    ("said", "source", "slug", "field", "english", "vietnamese"),
    [
        (
            reported("city-beer", 7),
            OFFICE,
            "unknown-figure",
            "data.figure",
            "There is no figure named city-beer (year 2021); send it again under one of these names: city-exports,",
            "Không có số liệu nào tên city-beer (năm 2021)",
        ),
        (reported("products-recognised", 7), OFFICE, "unknown-figure", "data.figure", "named products-recognised", "tên"),
        (
            reported("city-exports", 7, "VND"),
            OFFICE,
            "wrong-unit",
            "data.unit",
            "Figure city-exports of 2021 must be in USD, not VND; convert it and send it again.",
            "phải tính bằng USD, không phải VND",
        ),
        (
            reported(OUTPUT, 7),
            f"{OFFICE}/doit",
            "source-may-not-report",
            "source",
            f"Source {OFFICE}/doit may not report figure {OUTPUT} (year 2021); it is taken only from: {OFFICE}.",
            "không được báo cáo số liệu",
        ),
        (
            reported("clean-technology-share", 7, "percent"),
            OFFICE,
            "source-may-not-report",
            "source",
            f"it is taken only from: {OFFICE}/doit, {OFFICE}/dost.",
            "chỉ nhận từ",
        ),
        (
            reported("trained-workers-rate", "100.5", "percent"),
            OFFICE,
            "figure-too-high",
            "data.value",
            "is 100.5 per cent, more than the highest possible, 100",
            "là 100.5 %, cao hơn mức cao nhất có thể là 100 %",
        ),
        (
            reported(OUTPUT, 7, starts=date(2021, 6, 1), ends=date(2021, 5, 1)),
            OFFICE,
            "period-ends-before-it-starts",
            "data.ends",
            "ends on 2021-05-01, before its first day 2021-06-01",
            "kết thúc ngày 01/05/2021, trước ngày đầu 01/06/2021",
        ),
        (
            reported(OUTPUT, 7, starts=date(2020, 12, 31), ends=date(2021, 5, 1)),
            OFFICE,
            "period-outside-year",
            "data.starts",
            "The period 2020-12-31 to 2021-05-01 of figure city-industrial-output does not lie within 2021",
            "không nằm trong năm 2021",
        ),
        (
            reported("supporting-index", 111, "percent", *Q1),
            OFFICE,
            "whole-year-only",
            "data.starts",
            "it is taken for the whole of 2021, not for 2021-01-01 to 2021-03-31",
            "chỉ nhận cho cả năm 2021",
        ),
        (
            reported(OUTPUT, 7, "VND", date(2021, 3, 31), date(2021, 6, 30)),
            OFFICE,
            "period-overlaps",
            "data.starts",
            "overlaps 2021-01-01 – 2021-03-31, which was reported",
            "chồng lên kỳ 2021-01-01 – 2021-03-31 đã báo cáo",
        ),
    ],
)
def test_figure_that_may_not_be_taken_is_answered_and_changes_nothing(
    said: IndicatorReported, source: str, slug: str, field: str, english: str, vietnamese: str
) -> None:
    before = told(reported(OUTPUT, 5, "VND", *Q1))
    city = play(before, told(said, 1, source))
    (answer,) = city.refusals
    assert (answer.slug, answer.field, answer.rejected_id) == (slug, field, "f-1")
    assert english in answer.en
    assert vietnamese in answer.vi
    assert values(city["reporting"]) == values(play(before)["reporting"])


def test_figure_of_another_publisher_is_refused_at_the_door() -> None:
    city = play(told(reported(OUTPUT, 5), 1, SOURCE_PREFIX + "council"))
    assert [(r.slug, r.rejected_id) for r in city.refusals] == [("publisher-may-not", "f-1")]


@pytest.mark.parametrize("source", ["statistics/doit", "statistics/dost"])
def test_lead_agency_reports_what_is_its_own(source: str) -> None:
    city = play(told(reported("clean-technology-share", 30, "percent"), 1, SOURCE_PREFIX + source))
    assert (city.refusals, list(values(city["reporting"]).values())) == ([], [30])


@pytest.mark.parametrize(
    ("said", "expected", "whole"),
    [
        ([(5, Q1), (7, Q2)], 12, False),
        ([(5, Q1), (7, Q2), (11, REST)], 23, True),
        ([(5, Q1), (7, Q2), (6, Q1)], 13, False),  # the same period again replaces it
        ([(5, Q1), (7, Q2), (30, None)], 30, True),  # the whole year replaces its parts
        ([(30, None), (31, None)], 31, True),
    ],
)
def test_parts_add_up_until_the_whole_year_is_reported(
    said: list[tuple[int, tuple[date, date] | None]], expected: int, whole: bool
) -> None:
    events = [told(reported(OUTPUT, value, "VND", *(period or ())), n) for n, (value, period) in enumerate(said)]
    city = play(*events)
    (row,) = city["reporting"].all(Contribution)
    assert (city.refusals, row.value, row.whole_year) == ([], expected, whole)


def test_part_that_comes_after_the_whole_year_is_refused() -> None:
    city = play(told(reported(OUTPUT, 30)), told(reported(OUTPUT, 5, "VND", *Q1), 1))
    assert [r.slug for r in city.refusals] == ["period-overlaps"]
    assert list(values(city["reporting"]).values()) == [30]


def test_earlier_report_of_a_period_is_kept_with_its_event() -> None:
    city = play(told(reported(OUTPUT, 5, "VND", *Q1)), told(reported(OUTPUT, 6, "VND", *Q1), 1))
    (row,) = city["reporting"].all(Contribution)
    assert [(e.value, e.event_id) for e in row.earlier] == [(5, f"{OFFICE}|f-0")]


def test_every_figure_says_its_unit_and_who_may_report_it() -> None:
    for figure in CITY_FIGURES.values():
        assert (figure.unit, bool(figure.sources)) == (FIGURES[figure.measure], True)
        assert all(IndicatorReported.contract.topic.may_publish(SOURCE_PREFIX + source) for source in figure.sources)


def test_period_is_read_as_it_was_written() -> None:
    assert Period.written(str(Period(*Q1))) == Period(*Q1)
    assert (Period(*Q1).overlaps(Period(*Q2)), Period(*Q1).overlaps(Period(date(2021, 3, 31), date(2021, 4, 1)))) == (False, True)


def test_beneficiary_of_a_figure_nobody_declared_is_answered() -> None:
    city = City.of(service).publish(
        make_event(facts.beneficiary(1, "HT-1", figure="beer"), id="b", time=datetime.fromisoformat("2021-05-05T00:00:00+07:00"))
    )
    assert [(r.slug, r.field) for r in city.refusals] == [("unknown-figure", "data.counts_as")]
