"""The figures of scenario rounds computed apart: from what was published, and from what the scenario says it made.

Nothing here imports a service: the counts are those of the published file and of the hand-written table of rounds, who is
recognised is read from the cast, and the made figures are named where the scenario makes them. `rounds_sheet.csv` is what
comes out, kept so that a person can read it and a change is seen.
"""

import csv
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from chuluc.scenario import results2021, rules2021, support2021
from chuluc.scenario.rounds import beside, rules
from chuluc.scenario.rounds.casts import casts
from chuluc.scenario.rounds.expected import EXPECTED
from chuluc.scenario.rounds.published import published
from chuluc.scenario.rounds.story import LAST_DAY, scenario
from chuluc.scenario.steps import Publish
from shared.contracts.council import RevocationDecided

SHEET = Path(__file__).with_name("rounds_sheet.csv")
YEARS = range(2018, LAST_DAY.year + 1)
PHASE = range(2021, 2026)
CAST = casts()
RECOGNISED = {year: [e.tax_code for e in cast if e.recognised] for year, cast in CAST.items()}
STEPS = scenario().steps


class Line(NamedTuple):
    """One value: of which year, of a phase from 2021 to it or of the year alone, which indicator, and where it comes from."""

    year: int
    span: str
    indicator: str
    value: Fraction
    origin: str


def decided(year: int) -> date:
    """The day of the decision of a round."""
    return rules2021.DECIDED_ON if year == rules2021.YEAR else rules.DAYS[year].decided


def in_force(year: int) -> set[str]:
    """Enterprises with a recognition in force at any day of the year.

    A recognition lasts from the decision to the eve of the same day after its two or three years. One of 2023 was revoked
    in January 2025, on a day of that year before which it was in force.
    """
    found: set[str] = set()
    for round_year, codes in RECOGNISED.items():
        last = decided(round_year).year + rules.VALIDITY[round_year] // 12
        if round_year <= year <= last:
            gone = lost_its_only_one() if (round_year, year) == (2023, 2026) else set()
            found |= set(codes) - gone
    return found


def lost_its_only_one() -> set[str]:
    """The enterprise whose product of 2023 was revoked, where it had no other of that round."""
    (revocation,) = [s.event.data for s in STEPS if isinstance(s, Publish) and isinstance(s.event.data, RevocationDecided)]
    return {e.tax_code for e in CAST[2023] if e.tax_code == revocation.tax_code and len(e.recognised_products) == 1}


def lines() -> Iterator[Line]:
    """Every value, year by year."""
    yield from _counts()
    for year in YEARS:
        supported = len(RECOGNISED[2021]) if year == 2021 else 0
        yield Line(year, "year", "supported-share", Fraction(100 * supported, len(in_force(year))), "cast; all of 2021 asked")
    yield from _results()
    yield from _beside()
    yield from _phase()


def _counts() -> Iterator[Line]:
    for expected in EXPECTED:
        filed, said = published()[expected.year].applied, published()[expected.year].recognised
        assert said.products and said.enterprises
        both = (("products-filed", filed.products), ("enterprises-filed", filed.enterprises))
        for (indicator, known), kept in zip(both, expected.filed, strict=True):
            yield Line(expected.year, "year", indicator, Fraction(known or kept), "published" if known else "made")
        yield Line(expected.year, "year", "enterprises-recognised", Fraction(said.enterprises), "published")
        yield Line(expected.year, "year", "products-recognised", Fraction(said.products), "published")
        yield Line(expected.year, "year", "first-time-recognised", Fraction(expected.first_time), "made")


def _results() -> Iterator[Line]:
    before, exports = published()[2021].revenue_vnd, published()[2021].exports_usd
    assert before and exports
    produced = before + results2021.GROWTH
    abroad = exports + results2021.MORE_EXPORTS_USD
    yield Line(2021, "year", "production-growth", Fraction(100 * results2021.GROWTH, before), "published sum, made growth")
    yield Line(2021, "year", "output-share", Fraction(100 * produced, results2021.CITY_OUTPUT), "made city figure")
    yield Line(2021, "year", "exports-share", Fraction(100 * abroad, results2021.CITY_EXPORTS_USD), "made city figure")


def money() -> dict[int, tuple[int, int]]:
    """What the lines of a year have, and what requests have of it, đồng."""
    asked = support2021.requests([e for e in CAST[2021] if e.recognised])
    machines = beside.ESTABLISHMENTS * (beside.MACHINE // 2)
    return {
        2019: (2 * 10**9, machines),
        2021: (sum(asked.allocated.values()), sum(asked.granted.values())),
    }


def _beside() -> Iterator[Line]:
    yield Line(2019, "year", "craft-learners", Fraction(sum(beside.LEARNERS)), "made")
    yield Line(2019, "year", "rural-equipment", Fraction(beside.ESTABLISHMENTS), "made")
    for year, (allocated, used) in money().items():
        yield Line(year, "year", "support-money", Fraction(used), "made")
        yield Line(year, "year", "support-allocated", Fraction(allocated), "made")
        yield Line(year, "year", "support-paid", Fraction(0), "nothing was paid")
    for year in YEARS:
        if year >= 2021:
            international = beside.INTERNATIONAL if year >= 2022 else 0
            yield Line(year, "year", "supporting-enterprises", Fraction(len(RECOGNISED[2021])), "all recognised in 2021")
            yield Line(year, "year", "supporting-enterprises-international", Fraction(international), "made")
    share = Fraction(100 * beside.SUPPORTING_OUTPUT, beside.MANUFACTURING_OUTPUT)
    yield Line(2022, "year", "supporting-output-share", share, "made city figures")
    yield Line(2022, "year", "supporting-index-growth", Fraction(beside.INDEX) - 100, "made")
    yield Line(2022, "year", "clusters-started", Fraction(beside.CLUSTERS), "made")
    yield Line(2022, "year", "clusters-started-area", Fraction(beside.CLUSTERS * beside.CLUSTER_AREA), "made")
    yield Line(2024, "year", "activity-participations", Fraction(beside.JOINED), "made")
    yield Line(2024, "year", "trained-workers-rate", Fraction(beside.TRAINED_WORKERS), "made")
    yield Line(2024, "year", "clean-technology-share", Fraction(beside.CLEAN_TECHNOLOGY), "made")


def _phase() -> Iterator[Line]:
    for year in PHASE:
        so_far = range(PHASE.start, year + 1)
        products = sum(published()[y].recognised.products or 0 for y in so_far)
        enterprises = {code for y in so_far for code in RECOGNISED[y]}
        used = sum(money().get(y, (0, 0))[1] for y in so_far)
        yield Line(year, "phase", "products-recognised", Fraction(products), "published")
        yield Line(year, "phase", "enterprises-recognised", Fraction(len(enterprises)), "cast, each once")
        yield Line(year, "phase", "support-money", Fraction(used), "made")


def written() -> list[tuple[str, ...]]:
    """The lines as the file has them, in order."""
    return [tuple(map(str, line)) for line in sorted(lines())]


def kept() -> list[tuple[str, ...]]:
    """The lines of the committed file."""
    with SHEET.open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file)][1:]


def write() -> None:
    """Write the file anew, after a change of the scenario was looked at."""
    with SHEET.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([Line._fields, *written()])


if __name__ == "__main__":
    write()
