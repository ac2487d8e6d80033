"""Contribution rows by what a formula asks for: of a year, of all years, or of the years of a phase as if they were one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from shared.messaging.reader import Between, OneOf, Reader

from reporting.domain.activities import Activity, Participation
from reporting.domain.enterprise import Succession
from reporting.domain.rows import FIGURES, Contribution, Measure
from reporting.domain.support import MONEY, BudgetLine
from reporting.indicators import INDICATORS, Input, Rows

# What a whole year is computed from.
ALL_INPUTS = tuple(dict.fromkeys(wanted for indicator in INDICATORS.values() for wanted in indicator.inputs))
ByYear = dict[int, dict[Input, list[Contribution]]]


async def rows_of(reader: Reader, inputs: Iterable[Input], year: int) -> dict[Input, list[Contribution]]:
    """The rows that formulas of a year need, by what was asked for."""
    return {(measure, offset): await rows_in(reader, measure, _only(year + offset)) for measure, offset in inputs}


async def rows_of_year(reader: Reader, year: int) -> dict[Input, list[Contribution]]:
    """The rows that the formulas of all indicators need in a year; those of the year itself are read at once."""
    found: dict[Input, list[Contribution]] = {wanted: [] for wanted in ALL_INPUTS}
    for row in await reader.list(Contribution, {"year": year}):
        found.setdefault((row.measure, 0), []).append(row)
    for measure, offset in ALL_INPUTS:
        if offset or measure in MONEY or measure is Measure.PARTICIPATIONS:
            found[measure, offset] = await rows_in(reader, measure, _only(year + offset))
    return found


async def rows_over(reader: Reader, inputs: Iterable[Input], years: range) -> dict[Input, list[Contribution]]:
    """The rows of several years together, each thing once: an enterprise that went on under another code is that one."""
    successors = await successors_known(reader)
    found: dict[Input, list[Contribution]] = {}
    for measure, offset in inputs:
        # One question a measure, not one a measure and year: a phase reaches over most years there are.
        rows = await rows_in(reader, measure, range(years.start + offset, years.stop + offset))
        rows.sort(key=lambda row: (row.year, row.id))
        found[measure, offset] = rows if measure in FIGURES else once(rows, successors)
    return found


async def successors_known(reader: Reader) -> dict[str, str]:
    """The code each enterprise that went on under another one has now, by the one it had."""
    return {gone.id: gone.tax_code for gone in await reader.list(Succession)}


def over_years(by_year: ByYear, inputs: Iterable[Input], years: range, successors: Mapping[str, str]) -> Rows:
    """What `rows_over` gives, from rows that were read already."""
    found: dict[Input, list[Contribution]] = {}
    for measure, offset in inputs:
        rows = [row for year in years if year in by_year for row in by_year[year][measure, offset]]
        found[measure, offset] = rows if measure in FIGURES else once(rows, successors)
    return found


def once(rows: Sequence[Contribution], successors: Mapping[str, str]) -> list[Contribution]:
    """The first row about each thing, under whichever code it goes on."""
    found: dict[str, Contribution] = {}
    for row in rows:
        found.setdefault(_in_the_end(row.about, successors), row)
    return list(found.values())


async def rows_by_year(reader: Reader, inputs: Iterable[Input]) -> ByYear:
    """The rows of every year that has any, by the year they count for."""
    wanted = tuple(inputs)
    measures = dict.fromkeys(measure for measure, _ in wanted)
    return _by_year([row for measure in measures for row in await rows_in(reader, measure)], wanted)


async def all_rows_by_year(reader: Reader) -> ByYear:
    """The same for the formulas of all indicators; each kind is read whole."""
    # Nearly every row is of a measure that some indicator needs: to ask for each of them apart takes three times as long.
    rows, lines = await reader.list(Contribution), await reader.list(BudgetLine)
    money = [line.money(measure) for line in lines if line.year is not None for measure in MONEY]
    return _by_year([*rows, *money, *await _participations(reader, {})], ALL_INPUTS)


def _by_year(rows: Iterable[Contribution], wanted: Iterable[Input]) -> ByYear:
    inputs, offsets = tuple(wanted), defaultdict[Measure, list[int]](list)
    for measure, offset in inputs:
        offsets[measure].append(offset)
    found = defaultdict[int, dict[Input, list[Contribution]]](lambda: {wanted: [] for wanted in inputs})
    for row in rows:
        for offset in offsets.get(row.measure, ()):
            found[row.year - offset][row.measure, offset].append(row)
    return dict(found)


async def rows_in(reader: Reader, measure: Measure, years: range | None = None) -> list[Contribution]:
    """The rows of a measure in years that follow each other, or in all, in the order of their ids; one question."""
    asked: dict[str, Any] = {} if years is None else {"year": OneOf(years) if len(years) > 1 else years.start}
    if measure in MONEY:
        return [line.money(measure) for line in await reader.list(BudgetLine, asked) if line.year is not None]
    if measure is Measure.PARTICIPATIONS:
        return await _participations(reader, asked)
    # By id, which is measure/year/about: one index less to keep up to date with every row that is written.
    if years is None:
        return await reader.list(Contribution, {"id": Between.below(measure)})
    ids = Between(f"{measure}/{years.start}/", Between.below(f"{measure}/{years.stop - 1}").last)
    return await reader.list(Contribution, {"id": ids})


def _only(year: int) -> range:
    return range(year, year + 1)


async def _participations(reader: Reader, of_year: dict[str, Any]) -> list[Contribution]:
    """Whether a participation fits its activity hangs on the days that has now, so its row is made on reading."""
    activities = {activity.id: activity for activity in await reader.list(Activity, of_year)}
    found = [(said, activities.get(said.activity_id)) for said in await reader.list(Participation, of_year)]
    counted = [said.counted(activity) for said, activity in found if activity]
    return [said.row() for said in counted if said and said.in_kind]


def _in_the_end(about: str, successors: Mapping[str, str]) -> str:
    seen = {about}
    while (onward := successors.get(about)) is not None and onward not in seen:
        about = onward
        seen.add(about)
    return about
