"""Plans, and how the indicators of a year stand against their targets."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date

from shared.contracts.department import Target
from shared.messaging.reader import Reader

from reporting.domain.programme import TODAY, BusinessDay, Plan
from reporting.domain.rows import Contribution
from reporting.indicators import INDICATORS, Indicator, Input, Result, Rows, Status, exceeds, status, unknown

# What a whole year is computed from; each is read once.
ALL_INPUTS = tuple(dict.fromkeys(wanted for indicator in INDICATORS.values() for wanted in indicator.inputs))


@dataclass(frozen=True, slots=True)
class Standing:
    """An indicator of a year against the target of a plan."""

    plan: Plan
    target: Target
    indicator: Indicator
    result: Result
    status: Status

    @property
    def exceeded(self) -> bool:
        """Whether the value is above the upper bound of the target."""
        return exceeds(self.result.value, self.target)


async def today(reader: Reader) -> Date | None:
    """The day the figures are as of; None before the first day was heard of."""
    day = await reader.get(BusinessDay, TODAY)
    return day.date if day else None


async def plans(reader: Reader, year: int | None = None) -> list[Plan]:
    """Plans, of one year or all, newest first."""
    found = await reader.list(Plan, None if year is None else {"year": year})
    return sorted(found, key=lambda plan: (plan.year, plan.date, plan.id), reverse=True)


async def result_of(reader: Reader, indicator: Indicator, year: int) -> Result:
    """The value of one indicator in a year and the rows it rests on, in the order of their ids."""
    result = indicator.compute(await rows_of(reader, indicator.inputs, year))
    return Result(result.value, tuple(sorted(result.rows, key=lambda row: row.id)))


async def standings(reader: Reader, year: int) -> list[Standing]:
    """Every target of every plan of the year with its value and status, in the order of the plans' words."""
    return standings_of(await plans(reader, year), await rows_of(reader, ALL_INPUTS, year), year, await today(reader))


def standings_of(issued: Iterable[Plan], rows: Rows, year: int, day: Date | None) -> list[Standing]:
    """Every target of the plans, held against the rows of a year on a day."""
    found: list[Standing] = []
    for plan in issued:
        for target in plan.targets:
            indicator = INDICATORS.get(target.indicator) or unknown(target)
            result = indicator.compute(rows)
            how = status(result.value, target, year=year, today=day, grows=indicator.grows)
            found.append(Standing(plan, target, indicator, result, how))
    return found


async def rows_of(reader: Reader, inputs: Iterable[Input], year: int) -> dict[Input, list[Contribution]]:
    """The rows that formulas of a year need, by what was asked for."""
    return {
        (measure, offset): await reader.list(Contribution, {"measure": measure.value, "year": year + offset})
        for measure, offset in inputs
    }
