"""The rules of reporting as tables of cases: status of a target, formulas, ids of rows, what is refused."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from reporting.domain.rows import Contribution, Measure, row_id
from reporting.indicators import INDICATORS, Input, exceeds, status
from shared.contracts.reporting import Ground
from unit.reporting.story import target

RANGE = target("products-recognised", 25, 30)
FLOOR = target("exports-share", 15)


@pytest.mark.parametrize(
    ("value", "bounds", "today", "grows", "expected", "above"),
    [
        (None, RANGE, date(2022, 1, 1), True, "no-data", False),
        (25, RANGE, date(2021, 6, 1), True, "met", False),
        (30, RANGE, date(2022, 1, 1), True, "met", False),
        (31, RANGE, date(2022, 1, 1), True, "met", True),
        (24, RANGE, date(2021, 12, 31), True, "missed", False),
        (24, RANGE, None, True, "missed", False),
        (24, RANGE, date(2021, 12, 30), True, "behind", False),  # 364/365 of 25 are due
        (24, RANGE, date(2021, 12, 16), True, "on-track", False),  # 350/365 of 25 = 23.97
        (24, RANGE, date(2021, 12, 17), True, "behind", False),  # 351/365 of 25 = 24.04
        (0, RANGE, date(2020, 12, 31), True, "on-track", False),  # the year has not begun
        (Fraction(1499, 100), FLOOR, date(2021, 1, 1), False, "behind", False),
        (Fraction(15), FLOOR, date(2021, 1, 1), False, "met", False),
        (Fraction(10**9), FLOOR, date(2021, 1, 1), False, "met", False),
        (Fraction(15 * 10**30 - 1, 10**30), FLOOR, date(2022, 1, 1), False, "missed", False),  # shown as 15 %, still below
    ],
)
def test_status_of_a_target(value: object, bounds: object, today: date | None, grows: bool, expected: str, above: bool) -> None:
    exact = None if value is None else Fraction(value)  # type: ignore[call-overload]
    assert status(exact, bounds, year=2021, today=today, grows=grows).value == expected  # type: ignore[arg-type]
    assert exceeds(exact, bounds) is above  # type: ignore[arg-type]


def row(measure: Measure, year: int, about: str, value: int | str = 1, *, made: bool = False) -> Contribution:
    event_id = f"s|{measure}-{year}-{about}"
    ground = Ground(measure=measure.value, year=year, about=about, event_id=event_id, value=Decimal(value), made=made)
    return Contribution.of(ground, about)


M = Measure
A, B, C = "0100000001", "0100000002", "0100000003"
FORCE_AB = (row(M.ENTERPRISES_IN_FORCE, 2021, A), row(M.ENTERPRISES_IN_FORCE, 2021, B))


@pytest.mark.parametrize(
    ("code", "rows", "expected"),
    [
        ("products-recognised", (), None),
        ("products-recognised", (row(M.PRODUCTS_FILED, 2021, "H1"),), 0),
        ("products-recognised", (row(M.PRODUCTS_RECOGNISED, 2021, "1"), row(M.PRODUCTS_RECOGNISED, 2021, "2")), 2),
        ("products-recognised", (row(M.PRODUCTS_RECOGNISED, 2020, "1"),), None),
        ("enterprises-recognised", (row(M.ENTERPRISES_RECOGNISED, 2021, A),), 1),
        ("supported-share", (), None),
        ("supported-share", (row(M.ENTERPRISES_SUPPORTED, 2021, A),), None),
        ("supported-share", FORCE_AB, 0),
        ("supported-share", (*FORCE_AB, row(M.ENTERPRISES_SUPPORTED, 2021, A), row(M.ENTERPRISES_SUPPORTED, 2021, C)), 50),
        # only enterprises that reported both years, and that are in force
        (
            "production-growth",
            (
                *FORCE_AB,
                row(M.PRODUCTION_VALUE, 2020, A, 300),
                row(M.PRODUCTION_VALUE, 2021, A, 333),
                row(M.PRODUCTION_VALUE, 2021, B, 10**9),
                row(M.PRODUCTION_VALUE, 2020, C, 10**9),
                row(M.PRODUCTION_VALUE, 2021, C, 10**10),
            ),
            11,
        ),
        (
            "production-growth",
            (*FORCE_AB, row(M.PRODUCTION_VALUE, 2020, A, 300), row(M.PRODUCTION_VALUE, 2021, A, 100)),
            "-200/3",
        ),
        ("production-growth", (*FORCE_AB, row(M.PRODUCTION_VALUE, 2020, A, 0), row(M.PRODUCTION_VALUE, 2021, A, 5)), None),
        ("production-growth", (*FORCE_AB, row(M.PRODUCTION_VALUE, 2021, A, 5)), None),
        (
            "output-share",
            (
                *FORCE_AB,
                row(M.PRODUCTION_VALUE, 2021, A, 250),
                row(M.PRODUCTION_VALUE, 2021, B, 100),
                row(M.PRODUCTION_VALUE, 2021, C, 650),
                row(M.CITY_OUTPUT, 2021, "city-industrial-output", 1000),
            ),
            35,
        ),
        ("output-share", (*FORCE_AB, row(M.PRODUCTION_VALUE, 2021, A, 250)), None),
        ("output-share", (*FORCE_AB, row(M.CITY_OUTPUT, 2021, "city-industrial-output", 1000)), None),
        (
            "exports-share",
            (*FORCE_AB, row(M.EXPORTS, 2021, A, 1), row(M.CITY_EXPORTS, 2021, "city-exports", 0)),
            None,
        ),
        (
            "exports-share",
            (*FORCE_AB, row(M.EXPORTS, 2021, A, 1), row(M.CITY_EXPORTS, 2021, "city-exports", "3")),
            "100/3",
        ),
    ],
)
def test_indicator_value_from_its_rows(code: str, rows: tuple[Contribution, ...], expected: int | str | None) -> None:
    indicator = INDICATORS[code]
    given: dict[Input, list[Contribution]] = {
        (measure, offset): [r for r in rows if r.measure == measure and r.year == 2021 + offset]
        for measure, offset in indicator.inputs
    }
    assert indicator.compute(given).value == (None if expected is None else Fraction(expected))


def test_indicator_made_is_that_of_the_rows_it_rests_on() -> None:
    growth = INDICATORS["production-growth"]
    used = [row(M.PRODUCTION_VALUE, 2021, A, 11), row(M.PRODUCTION_VALUE, 2020, A, 10)]
    unused = row(M.PRODUCTION_VALUE, 2021, B, 11, made=True)

    def made(now: Contribution) -> bool:
        force = [row(M.ENTERPRISES_IN_FORCE, 2021, A)]
        given = {(M.ENTERPRISES_IN_FORCE, 0): force, (M.PRODUCTION_VALUE, 0): [now, unused], (M.PRODUCTION_VALUE, -1): used[1:]}
        return growth.compute(given).made

    assert made(used[0]) is False
    assert made(row(M.PRODUCTION_VALUE, 2021, A, 11, made=True)) is True


def test_row_id_names_the_measure_the_year_and_what_it_is_about() -> None:
    assert row_id(Measure.PRODUCTS_RECOGNISED, 2021, "2021-001") == "products-recognised/2021/2021-001"
    assert row_id(Measure.PRODUCTS_RECOGNISED, 2021, "x" * 95) == "products-recognised/2021/" + "x" * 95


def test_row_id_of_a_long_name_is_an_identifier_and_its_own() -> None:
    long, other = (row_id(Measure.PRODUCTS_RECOGNISED, 2021, "x" * 100 + end) for end in "yz")
    assert long != other
    assert (len(long), len(other)) == (89, 89)
