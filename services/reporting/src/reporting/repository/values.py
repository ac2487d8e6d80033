"""What has to be told of the values of the indicators when a day is over: those that were told otherwise before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date as Date

from shared.contracts.base import Data
from shared.contracts.reporting import IndicatorsValued, ValuedIndicator
from shared.messaging.reader import Reader

from reporting.domain.activities import Activity
from reporting.domain.rows import Contribution
from reporting.domain.support import BudgetLine
from reporting.domain.values import ValueOfYear
from reporting.indicators import INDICATORS, Rows
from reporting.repository.past import reader_on
from reporting.repository.rows import rows_of_year


async def values_to_tell(reader: Reader, day: Date) -> list[Data]:
    """For each year that has begun by a day, what its indicators came to at the end of it, where something else was told last.

    Computed as a page does it. Years come one after the other: no more than one is in memory.
    """
    past = await reader_on(reader, day)
    if past is None:
        return []
    told: dict[int, dict[str, ValueOfYear]] = defaultdict(dict)
    for value in await reader.list(ValueOfYear):
        told[value.year][value.code] = value
    first = min([*await _first_years(past), *told], default=day.year + 1)
    found: list[Data] = []
    for year in range(first, day.year + 1):
        if news := tuple(_news(await rows_of_year(past, year), told[year])):
            found.append(IndicatorsValued(year=year, as_of=day, values=news))
    return found


def _news(rows: Rows, told: Mapping[str, ValueOfYear]) -> Iterable[ValuedIndicator]:
    for code, indicator in INDICATORS.items():
        result, known = indicator.compute(rows), told.get(code)
        if result.value is not None:
            said = ValuedIndicator(indicator=code, exact=str(result.value), unit=indicator.unit, made=result.made)
            if known is None or known.said != said:
                yield said
        elif known is not None and known.exact is not None:
            yield _gone(known)
    yield from (_gone(known) for code, known in told.items() if code not in INDICATORS and known.exact is not None)


def _gone(known: ValueOfYear) -> ValuedIndicator:
    return ValuedIndicator(indicator=known.code, exact=None, unit=known.unit, made=False)


async def _first_years(reader: Reader) -> Iterable[int]:
    """The first year there is anything of, of each kind that has rows."""
    rows = await reader.list(Contribution, order="year", limit=1)
    activities = await reader.list(Activity, order="year", limit=1)
    lines = await reader.list(BudgetLine)
    years = (line.year for line in lines if line.year is not None)
    return [*(row.year for row in rows), *(activity.year for activity in activities), *years]
