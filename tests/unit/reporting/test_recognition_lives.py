"""A certificate in the register after the decision, and the years its enterprise counts in."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reporting.domain.programme import TODAY, BusinessDay
from reporting.domain.register import Fact, Granted, RecognisedProduct
from reporting.domain.rows import Contribution, Measure
from reporting.main import service
from shared.contracts.base import Data, Event
from shared.contracts.department import DayStarted
from shared.contracts.reporting import RecognisedProductState
from shared.testing.memory import City, Running, in_order, run
from unit.reporting import story
from unit.reporting.lives import (
    CERTIFICATE,
    corrected,
    expired,
    honoured,
    merged,
    recorded,
    reinstated,
    renewed,
    revoked,
    suspended,
    transferred,
)

RECOGNISED = story.recognised(1, 1, "Đèn LED", top10_rank=2, first_time=True)  # in force 26/11/2021 to 25/11/2024
FORCE = "enterprises-in-force"


def day(*ymd: int) -> DayStarted:
    return DayStarted(date=date(*ymd))


def product(reporting: Running, certificate: str = CERTIFICATE) -> RecognisedProduct:
    """The one document of the certificate, in whichever partition it lies."""
    kept = [d for p in reporting.documents for k, d in p.items() if k == (RecognisedProduct.collection, certificate) and d]
    assert len(kept) == 1
    assert isinstance(kept[0], RecognisedProduct)
    return kept[0]


def counted(reporting: Running, measure: str = FORCE) -> dict[int, set[str]]:
    """Who counts in which year, as last digits of tax codes."""
    found: dict[int, set[str]] = {}
    for row in reporting.all(Contribution):
        if row.measure == measure:
            found.setdefault(row.year, set()).add(row.about.lstrip("0")[-2:].lstrip("0"))
    return found


def latest(city: City) -> dict[str, bytes]:
    """What the compacted topics hold in the end: the last record of each key, without those that were taken away."""
    last: dict[str, bytes] = {}
    for out in city["reporting"].outgoing:
        if out.topic.startswith(("reporting.recognised-product", "reporting.indicator")):
            last[f"{out.topic} {out.key}"] = out.value
    return {key: value for key, value in last.items() if value}


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ([], "in-force"),
        ([day(2024, 11, 25)], "in-force"),
        ([day(2024, 11, 26)], "expired"),
        ([expired(date(2024, 11, 25))], "expired"),
        ([renewed(date(2027, 11, 25)), day(2024, 11, 26)], "in-force"),
        ([day(2024, 11, 26), renewed(date(2027, 11, 25))], "in-force"),
        ([expired(date(2024, 11, 25)), renewed(date(2027, 11, 25))], "in-force"),
        ([suspended(date(2022, 6, 1))], "suspended"),
        ([day(2022, 5, 31), suspended(date(2022, 6, 1))], "in-force"),
        ([suspended(date(2022, 6, 1)), day(2022, 5, 31)], "in-force"),
        ([day(2022, 5, 31), suspended(date(2022, 6, 1)), day(2022, 6, 1)], "suspended"),
        ([day(2022, 5, 31), suspended(date(2022, 6, 1)), day(2022, 8, 1)], "suspended"),
        ([suspended(date(2022, 6, 1), date(2022, 8, 31)), day(2022, 8, 31)], "suspended"),
        ([suspended(date(2022, 6, 1), date(2022, 8, 31)), day(2022, 9, 1)], "in-force"),
        ([suspended(date(2022, 6, 1)), reinstated(date(2022, 7, 1))], "in-force"),
        ([day(2022, 6, 15), suspended(date(2022, 6, 1)), reinstated(date(2022, 7, 1))], "suspended"),
        ([day(2022, 6, 15), suspended(date(2022, 6, 1)), reinstated(date(2022, 7, 1)), day(2022, 7, 1)], "in-force"),
        ([suspended(date(2022, 6, 1)), reinstated(date(2022, 7, 1)), suspended(date(2023, 1, 1))], "suspended"),
        ([suspended(date(2022, 6, 1)), day(2024, 11, 26)], "expired"),
        ([revoked(date(2023, 1, 13))], "revoked"),
        ([day(2023, 1, 12), revoked(date(2023, 1, 13))], "in-force"),
        ([day(2023, 1, 12), revoked(date(2023, 1, 13)), day(2023, 1, 13)], "revoked"),
        ([suspended(date(2022, 6, 1)), revoked(date(2023, 1, 13)), day(2024, 11, 26)], "revoked"),
    ],
)
def test_state_of_a_certificate_on_the_day_that_has_begun(said: list[Data], state: str) -> None:
    city = run(service, RECOGNISED, *said)
    assert (city.refusals, city["reporting"].held) == ([], {})
    assert product(city["reporting"]).state == state
    assert city.of_type(RecognisedProductState)[-1].state == state


def test_state_that_a_day_brings_is_published_with_that_day() -> None:
    said = (RECOGNISED, day(2022, 5, 31), suspended(date(2022, 6, 1), date(2022, 8, 31)))
    days = (day(2022, 6, 1), day(2022, 8, 31), day(2022, 9, 1), day(2024, 12, 1))
    states = run(service, *said, *days).of_type(RecognisedProductState)
    assert [s.state for s in states] == ["in-force", "suspended", "in-force", "expired"]


@pytest.mark.parametrize(
    ("said", "rank"),
    [
        ([], 2),
        ([honoured(1)], 1),
        ([honoured(None)], None),
        ([honoured(3, date(2022, 2, 1)), honoured(1, date(2022, 1, 10))], 3),  # by the day of the decision
        ([honoured(3), honoured(4)], 4),
    ],
)
def test_top10_is_as_amended_last(said: list[Data], rank: int | None) -> None:
    assert product(run(service, RECOGNISED, *said)["reporting"]).top10_rank == rank


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ([], True),
        ([corrected(False)], False),
        ([corrected(False), corrected(True)], True),
        ([corrected(False), transferred(1, 2), corrected(True, holder=2)], False),
        ([corrected(True, holder=2), transferred(1, 2), corrected(False)], False),
    ],
)
def test_first_time_is_as_corrected(said: list[Data], first: bool) -> None:
    assert product(run(service, RECOGNISED, *said)["reporting"]).first_time is first


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ([], {2021, 2022, 2023, 2024}),
        ([renewed(date(2027, 11, 25))], {2021, 2022, 2023, 2024, 2025, 2026, 2027}),
        ([revoked(date(2023, 1, 2))], {2021, 2022, 2023}),
        ([revoked(date(2023, 1, 1))], {2021, 2022}),  # the eve is in 2022
        ([revoked(date(2021, 11, 26))], set()),  # never in force
        ([renewed(date(2027, 11, 25)), revoked(date(2026, 5, 5))], {2021, 2022, 2023, 2024, 2025, 2026}),
        ([suspended(date(2022, 6, 1), date(2022, 8, 31))], {2021, 2022, 2023, 2024}),
        ([suspended(date(2021, 12, 1), date(2022, 12, 31))], {2021, 2023, 2024}),  # no day of 2022 in force
        ([suspended(date(2021, 12, 1), date(2022, 12, 30))], {2021, 2022, 2023, 2024}),
        ([suspended(date(2022, 6, 1))], {2021, 2022}),  # nothing is in force until it is lifted
        ([suspended(date(2022, 6, 1)), reinstated(date(2024, 3, 1))], {2021, 2022, 2024}),
        (
            [suspended(date(2022, 1, 1), date(2022, 6, 30)), suspended(date(2022, 7, 1), date(2023, 1, 31))],
            {2021, 2023, 2024},
        ),
        ([expired(date(2024, 11, 25))], {2021, 2022, 2023, 2024}),
    ],
)
def test_enterprise_counts_in_each_year_with_a_day_in_force(said: list[Data], years: set[int]) -> None:
    reporting = run(service, RECOGNISED, *said)["reporting"]
    assert counted(reporting) == {year: {"1"} for year in years}
    assert counted(reporting, "enterprises-recognised") == {2021: {"1"}}
    assert counted(reporting, "products-recognised") == {2021: {"1"}}


def test_revoked_certificate_leaves_the_years_of_another_and_its_lineage_there() -> None:
    city = run(service, RECOGNISED, story.recognised(2, 1, valid_to=date(2023, 6, 30)), revoked(date(2022, 2, 1)))
    rows = {row.year: row for row in city["reporting"].all(Contribution) if row.measure == FORCE}
    assert {year: [g.about for g in row.grounds] for year, row in rows.items()} == {
        2021: ["2021-001", "2021-002"],
        2022: ["2021-001", "2021-002"],
        2023: ["2021-002"],
    }
    assert [rows[year].event_id.rpartition("|")[2] for year in (2021, 2022, 2023)] == ["test-0", "test-0", "test-1"]
    kept = {key.rpartition(" ")[2] for key in latest(city) if FORCE in key}
    assert kept == {f"{FORCE}/{year}/{story.tax_code(1)}" for year in (2021, 2022, 2023)}


def test_year_a_renewal_reaches_into_rests_on_the_first_renewal_that_does() -> None:
    reporting = run(service, RECOGNISED, renewed(date(2030, 11, 25)), renewed(date(2027, 11, 25)))["reporting"]
    rows = {row.year: row.event_id.rpartition("|")[2] for row in reporting.all(Contribution) if row.measure == FORCE}
    assert (rows[2024], rows[2027], rows[2028]) == ("test-0", "test-2", "test-1")


# -- mergers -----------------------------------------------------------------------------------------------------------


def test_certificate_goes_to_the_surviving_code_once_and_keeps_its_key() -> None:
    said = (recorded(2, "Công ty Hợp nhất"), RECOGNISED, merged(1, 2), transferred(1, 2))
    city = run(service, *said)
    kept = product(city["reporting"])
    assert (kept.tax_code, kept.enterprise_name, kept.granted.tax_code) == (
        story.tax_code(2),
        "Công ty Hợp nhất",
        story.tax_code(1),
    )
    states = [out for out in city["reporting"].outgoing if out.topic == "reporting.recognised-product.v1"]
    assert {out.key for out in states} == {CERTIFICATE}
    assert all(out.value for out in states)
    assert city.of_type(RecognisedProductState)[-1] == kept.published_state()
    partitions = {
        n for n, kept in enumerate(city["reporting"].documents) if kept.get((RecognisedProduct.collection, CERTIFICATE))
    }
    assert len(partitions) == 1


def test_name_of_the_new_holder_follows_its_register_and_nobody_elses() -> None:
    said: tuple[Data, ...] = (RECOGNISED, story.recognised(2, 2), transferred(1, 2))
    assert product(run(service, *said)["reporting"]).enterprise_name == story.name(1)  # until it is known
    later = (*said, recorded(2, "Tên một"), recorded(1, "Tên cũ"), recorded(2, "Tên hai"))
    reporting = run(service, *later)["reporting"]
    assert product(reporting).enterprise_name == "Tên hai"
    assert product(reporting, "2021-002").enterprise_name == story.name(2)  # what its decision says


def test_certificate_that_goes_on_twice_and_comes_back_is_where_its_moves_lead() -> None:
    there = (transferred(1, 2), transferred(2, 3, date(2023, 9, 1)))
    assert product(run(service, RECOGNISED, *there)["reporting"]).tax_code == story.tax_code(3)
    assert product(run(service, RECOGNISED, *reversed(there))["reporting"]).tax_code == story.tax_code(3)
    back = transferred(3, 1, date(2024, 1, 5))
    assert product(run(service, RECOGNISED, back, *there)["reporting"]).tax_code == story.tax_code(1)


def test_merged_enterprises_count_once_from_the_year_of_the_merger_on() -> None:
    reporting = run(service, RECOGNISED, story.recognised(2, 2), merged(1, 2, date(2023, 3, 1)))["reporting"]
    assert counted(reporting) == {2021: {"1", "2"}, 2022: {"1", "2"}, 2023: {"2"}, 2024: {"2"}}
    row = reporting.find(Contribution, f"{FORCE}/2023/{story.tax_code(2)}")
    assert row is not None
    assert [g.about for g in row.grounds] == ["2021-001", "2021-002"]


def test_what_comes_after_the_merger_counts_for_the_surviving_code() -> None:
    said = (
        merged(1, 2, date(2023, 3, 1)),
        RECOGNISED,
        renewed(date(2025, 11, 25)),
        story.granted(1, 1, year=2024),
        story.result(1, 2022, 70),
        story.result(1, 2023, 80),
    )
    reporting = run(service, *said)["reporting"]
    assert counted(reporting) == {2021: {"1"}, 2022: {"1"}, 2023: {"2"}, 2024: {"2"}, 2025: {"2"}}
    assert counted(reporting, "enterprises-supported") == {2024: {"2"}}
    assert counted(reporting, "production-value") == {2022: {"1"}, 2023: {"2"}}


def test_revocation_after_the_merger_is_taken_off_where_the_rows_have_gone() -> None:
    said = (RECOGNISED, merged(1, 2), transferred(1, 2), merged(2, 3, date(2024, 2, 1)), revoked(date(2023, 6, 1), holder=2))
    reporting = run(service, *said)["reporting"]
    assert counted(reporting) == {2021: {"1"}, 2022: {"1"}, 2023: {"2"}}


@pytest.mark.parametrize(
    ("results", "value", "events"),
    [
        ([(1, 700)], 700, ["test-1"]),
        ([(1, 700), (2, 900)], 900, ["test-2"]),
        ([(2, 900), (1, 700)], 900, ["test-1"]),
        ([(1, 700), (3, 50)], 750, ["test-1", "test-2"]),  # two former codes, nothing of its own yet
        ([(1, 700), (1, 750)], 750, ["test-2"]),
    ],
)
def test_result_of_a_former_code_counts_until_the_surviving_one_reports(
    results: list[tuple[int, int]], value: int, events: list[str]
) -> None:
    said = [merged(1, 2), *(story.result(enterprise, 2023, amount) for enterprise, amount in results), merged(3, 2)]
    reporting = run(service, *said)["reporting"]
    row = reporting.find(Contribution, f"production-value/2023/{story.tax_code(2)}")
    assert row is not None
    assert (row.value, [g.event_id.rpartition("|")[2] for g in row.counted]) == (value, events)


def test_codes_in_a_circle_do_not_send_rows_round_for_ever() -> None:
    reporting = run(service, merged(1, 2), merged(2, 1), RECOGNISED)["reporting"]
    assert sum(len(about) for year, about in counted(reporting).items() if year == 2023) == 1


def test_second_merger_of_a_code_and_one_into_itself_change_nothing() -> None:
    reporting = run(service, RECOGNISED, merged(1, 1), merged(1, 2), merged(1, 3))["reporting"]
    assert counted(reporting)[2024] == {"2"}


# -- order of arrival --------------------------------------------------------------------------------------------------

STORY: dict[str, list[Data]] = {
    "first holder": [
        RECOGNISED,
        honoured(1, date(2022, 1, 10)),
        suspended(date(2022, 2, 1), date(2022, 4, 30)),
    ],
    "another product": [story.recognised(2, 2), corrected(False, holder=2, certificate="2021-002")],
    "second holder": [
        transferred(1, 2, date(2022, 3, 1)),
        corrected(False, holder=2),
        renewed(date(2027, 11, 25), holder=2),
        honoured(None, date(2024, 5, 5), holder=2),
    ],
    "third holder": [
        transferred(2, 3, date(2023, 5, 1)),
        transferred(2, 3, date(2023, 5, 1), certificate="2021-002"),
        suspended(date(2025, 1, 1), None, holder=3),
        reinstated(date(2025, 2, 1), holder=3),
        revoked(date(2026, 1, 1), holder=3),
    ],
    "enterprises": [recorded(1), recorded(2), recorded(3, "Công ty Ba")],
    "first merger": [merged(1, 2, date(2022, 3, 1))],
    "second merger": [merged(2, 3, date(2023, 5, 1))],
    "results": [story.result(1, 2022, 10), story.result(2, 2023, 20), story.result(3, 2023, 30)],
    "days": [day(2021, 12, 1), day(2022, 3, 15), day(2024, 6, 1), day(2026, 2, 1)],
}


def events_of(stories: dict[str, list[Data]]) -> dict[str, list[Event[Any]]]:
    events = iter(in_order([said for line in stories.values() for said in line]))
    return {name: [next(events) for _ in line] for name, line in stories.items()}


def result_of(city: City) -> dict[str, Any]:
    reporting = city["reporting"]
    assert (reporting.held, city.refusals) == ({}, [])
    rows = {row.id: row.grounds for row in reporting.all(Contribution)}
    states = {p.id: p.published_state() for p in reporting.all(RecognisedProduct)}
    last = {key: json.loads(value)["data"] for key, value in latest(city).items()}
    return {"rows": rows, "states": states, "last": last}


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_register_and_rows_do_not_depend_on_the_order_of_arrival_between_keys(data: st.DataObject) -> None:
    stories = events_of(STORY)
    expected = result_of(City.of(service).publish(*(event for line in stories.values() for event in line)))
    waiting = {name: list(line) for name, line in stories.items()}
    mixed = []
    while waiting:
        name = data.draw(st.sampled_from(sorted(waiting)))
        mixed.append(waiting[name].pop(0))
        waiting = {name: line for name, line in waiting.items() if line}
    assert result_of(City.of(service).publish(*mixed)) == expected


def test_story_of_all_orders_ends_as_it_should() -> None:
    city = City.of(service).publish(*(event for line in events_of(STORY).values() for event in line))
    kept = product(city["reporting"])
    assert (kept.state, kept.revoked_on, kept.valid_to) == ("revoked", date(2026, 1, 1), date(2027, 11, 25))
    assert (kept.tax_code, kept.enterprise_name) == (story.tax_code(3), "Công ty Ba")
    assert (kept.top10_rank, kept.first_time) == (None, False)
    assert counted(city["reporting"]) == {2021: {"1", "2"}, 2022: {"2"}, 2023: {"3"}, 2024: {"3"}, 2025: {"3"}}
    assert [day_.date for day_ in city["reporting"].all(BusinessDay) if day_.id == TODAY] == [date(2026, 2, 1)]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["suspended", "reinstated", "renewed", "revoked"]), st.integers(0, 1500), st.integers(0, 700)),
        max_size=7,
    )
)
def test_years_in_force_are_those_with_a_day_whose_state_is_in_force(said: list[tuple[Any, int, int]]) -> None:
    start = date(2021, 11, 26).toordinal()
    facts = tuple(
        Fact(kind=k, event_id=f"e{n}", tax_code="1", on=date.fromordinal(start + on), until=date.fromordinal(start + on + long))
        for n, (k, on, long) in enumerate(said)
    )
    granted = Granted(tax_code="1", enterprise_name="A", valid_to=date(2023, 11, 25), first_time=True, top10_rank=None)
    fields = story.recognised(1, 1).model_dump(include=set(RecognisedProduct.model_fields) - {"granted"})
    kept = RecognisedProduct(id="1", event_id="e", granted=granted, facts=facts, **fields)
    last = kept.as_of(None).valid_to
    days = (date.fromordinal(n) for n in range(start, last.toordinal() + 1))
    assert set(kept.as_of(None).years_in_force()) == {d.year for d in days if kept.as_of(d).state == "in-force"}


def test_row_of_every_enterprise_measure_moves_with_it() -> None:
    said = (
        story.round_opened(),
        story.received(1, 1),
        RECOGNISED,
        story.granted(1, 1),
        story.result(1, 2021, 5, 6),
        merged(1, 2, date(2021, 12, 1)),
    )
    reporting = run(service, *said)["reporting"]
    of_enterprises = [m for m in Measure if m.startswith("enterprises-")] + [Measure.PRODUCTION_VALUE, Measure.EXPORTS]
    assert {m: counted(reporting, m)[2021] for m in of_enterprises} == {m: {"2"} for m in of_enterprises}
