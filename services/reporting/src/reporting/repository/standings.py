"""Plans, and how the indicators of a year stand against their targets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from fractions import Fraction

from shared.contracts.department import Target
from shared.messaging.reader import Reader

from reporting.domain.programme import TODAY, BusinessDay, Plan
from reporting.indicators import INDICATORS, Indicator, Input, Result, Rows, Status, exceeds, forecast, status
from reporting.repository.rows import (
    ALL_INPUTS,
    all_rows_by_year,
    over_years,
    rows_by_year,
    rows_of,
    rows_of_year,
    rows_over,
    successors_known,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """An indicator of a year against the target of a plan.

    Of a phase what adds up is that of its years up to this one, any other that of the year alone. `forecast` is where it
    comes to by the end of the year, or of the phase; None where that makes no sense.
    """

    plan: Plan
    target: Target
    indicator: Indicator
    year: int
    result: Result
    status: Status
    forecast: Fraction | None = None

    @property
    def exceeded(self) -> bool:
        """Whether the value is above the upper bound of the target."""
        return exceeds(self.result.value, self.target)

    @property
    def over_phase(self) -> bool:
        """Whether it is held against all years of a phase together."""
        return self.plan.is_phase and self.indicator.adds_up


async def today(reader: Reader) -> Date | None:
    """The day the figures are as of; None before the first day was heard of."""
    day = await reader.get(BusinessDay, TODAY)
    return day.date if day else None


async def plans(reader: Reader, year: int | None = None) -> list[Plan]:
    """Plans, of one year or all, newest first; a plan of a phase is one of each of its years."""
    found = [plan for plan in await reader.list(Plan) if year is None or plan.year <= year <= plan.last_year]
    return sorted(found, key=lambda plan: (plan.year, plan.date, plan.id), reverse=True)


async def plan_years(reader: Reader) -> list[int]:
    """The years that have a plan, newest first; of a phase those that have begun, or for which another plan was issued."""
    found, day = await plans(reader), await today(reader)
    last = max([plan.year for plan in found] + ([day.year] if day else []), default=0)
    return sorted({year for plan in found for year in range(plan.year, min(plan.last_year, last) + 1)}, reverse=True)


async def result_of(reader: Reader, indicator: Indicator, year: int) -> Result:
    """The value of one indicator in a year and the rows it rests on, in the order of their ids."""
    result = indicator.compute(await rows_of(reader, indicator.inputs, year))
    return Result(result.value, tuple(sorted(result.rows, key=lambda row: row.id)))


async def history_of(reader: Reader, indicator: Indicator) -> list[tuple[int, Result]]:
    """The value of one indicator in every year there is anything of it, oldest first; years to come are left out."""
    day = await today(reader)
    by_year = await rows_by_year(reader, indicator.inputs)
    results = [(year, indicator.compute(by_year[year])) for year in sorted(by_year) if day is None or year <= day.year]
    return [(year, result) for year, result in results if result.value is not None]


async def standings_of_indicator(reader: Reader, indicator: Indicator, year: int) -> list[Standing]:
    """The targets of every plan of the year for one indicator; only what its formula needs is read."""
    issued = [
        plan.but(targets=tuple(target for target in plan.targets if target.indicator == indicator.code))
        for plan in await plans(reader, year)
    ]
    rows = await rows_of(reader, indicator.inputs, year)
    return standings_of(issued, rows, await phases(reader, issued, year), year, await today(reader))


async def values_by_year(reader: Reader) -> list[tuple[Indicator, int, Result]]:
    """Every indicator in every year there is anything of it, by indicator, oldest first; years to come are left out."""
    day = await today(reader)
    by_year = await all_rows_by_year(reader)
    years = [year for year in sorted(by_year) if day is None or year <= day.year]
    found = [(indicator, year, indicator.compute(by_year[year])) for indicator in INDICATORS.values() for year in years]
    return [value for value in found if value[2].value is not None]


async def standings(reader: Reader, year: int) -> list[Standing]:
    """Every target of every plan of the year with its value and status, in the order of the plans' words."""
    issued, rows = await plans(reader, year), await rows_of_year(reader, year)
    return standings_of(issued, rows, await phases(reader, issued, year), year, await today(reader))


async def standings_of_years(reader: Reader, years: Sequence[int]) -> list[Standing]:
    """The same of every plan year, in the order of the years; what they rest on is read once for all of them."""
    issued, day, successors = await plans(reader), await today(reader), await successors_known(reader)
    by_year = await all_rows_by_year(reader)
    none: Rows = {wanted: [] for wanted in ALL_INPUTS}
    found: list[Standing] = []
    for year in years:
        of_year = [plan for plan in issued if plan.year <= year <= plan.last_year]
        phase_rows = {
            plan.id: over_years(by_year, _added_up(plan), range(plan.year, year + 1), successors)
            for plan in of_year
            if plan.is_phase
        }
        found += standings_of(of_year, by_year.get(year, none), phase_rows, year, day)
    return found


async def phases(reader: Reader, issued: Iterable[Plan], year: int) -> dict[str, Rows]:
    """For each plan of a phase its rows from its first year to this one, by its id; only what its targets add up."""
    found: dict[str, Rows] = {}
    for plan in issued:
        if plan.is_phase:
            found[plan.id] = await rows_over(reader, _added_up(plan), range(plan.year, year + 1))
    return found


def _added_up(plan: Plan) -> Iterable[Input]:
    known = (INDICATORS[target.indicator] for target in plan.targets if target.indicator in INDICATORS)
    return dict.fromkeys(wanted for indicator in known if indicator.adds_up for wanted in indicator.inputs)


def standings_of(
    issued: Iterable[Plan], rows: Rows, phase_rows: Mapping[str, Rows], year: int, day: Date | None
) -> list[Standing]:
    """Every target of the plans, held against the rows of a year, or of the years of a phase, on a day."""
    found: list[Standing] = []
    for plan in issued:
        for target in plan.targets:
            indicator = INDICATORS.get(target.indicator)
            if indicator is None:  # a later version took the plan in, and this one still answers while it is deployed
                continue
            if plan.is_phase and indicator.adds_up:
                found.append(_over_phase(plan, target, indicator, phase_rows[plan.id], year=year, day=day))
                continue
            result = indicator.compute(rows)
            how = status(result.value, target, year=year, today=day, grows=indicator.grows)
            ahead = forecast(result.value, year=year, today=day, steady=indicator.steady)
            found.append(Standing(plan, target, indicator, year, result, how, ahead))
    return found


def _over_phase(plan: Plan, target: Target, indicator: Indicator, rows: Rows, *, year: int, day: Date | None) -> Standing:
    """A year that is over is looked at as of its end, though the phase goes on; by then whole years came in, so evenly."""
    seen_on = min(day or Date.max, Date(year, 12, 31))
    result, last = indicator.compute(rows), plan.last_year
    how = status(result.value, target, year=last, today=seen_on, grows=indicator.grows, since=plan.year)
    ahead = forecast(result.value, year=last, today=seen_on, steady=True, since=plan.year)
    return Standing(plan, target, indicator, year, result, how, ahead)
