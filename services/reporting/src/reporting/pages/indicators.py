"""The page of an indicator: its value in a year against the plans, its forecast, its history, and the events behind it."""

from collections.abc import Sequence
from fractions import Fraction
from urllib.parse import quote

from shared.contracts.department import Target
from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import Response

from reporting.domain.programme import Plan
from reporting.domain.rows import OF_ENTERPRISES, Contribution, Measure
from reporting.indicators import INDICATORS, Indicator, Result
from reporting.pages.charts import Series, Years, over_years
from reporting.pages.day import since_asked
from reporting.pages.language import Language, language_of
from reporting.pages.rendering import LONGEST_TABLE, is_year, missing, render
from reporting.repository import lineage, registers, standings
from reporting.repository.past import Change, Changes, changes, corrections

BILLION = 10**9


async def show_indicator(request: Request, reader: Reader) -> Response:
    """GET /pages/{year}/indicators/{code}: how the figure of a year came about, event by event, and how it
    went over the years; ?since= for what changed."""
    text, indicator = request.path_params["year"], INDICATORS.get(request.path_params["code"])
    if indicator is None or not is_year(text):
        return await missing(request)
    year, language = int(text), language_of(request)
    history = await standings.history_of(reader, indicator)  # the first: all that follows lies in what it reads
    result = await standings.result_of(reader, indicator, year)
    rows = result.rows[:LONGEST_TABLE]
    changed = await changes(reader, indicator, year, result, since_asked(request))
    shown = (*rows, *(change.row for change in changed.rows[:LONGEST_TABLE])) if changed else rows
    plans = await standings.plans(reader)
    return render(
        "indicator.html",
        language,
        path=f"/pages/{year}/indicators/{indicator.code}",
        year=year,
        indicator=indicator,
        result=result,
        rows=rows,
        corrected=await corrections(reader, rows),
        changed=changed,
        longest=LONGEST_TABLE,
        standings=await standings.standings_of_indicator(reader, indicator, year),
        of_enterprises=OF_ENTERPRISES,
        place_of=place_of,
        names=await registers.names_of(reader, shown),
        things=await lineage.things_of(reader, shown),
        gone={c.row.id: await lineage.gone(reader, changed.since, c.row, year) for c in _went(changed)} if changed else {},
        chart=history_chart(indicator, history, targets_by_year(plans, indicator), language),
        history_made=any(result.made for _, result in history),
    )


def _went(changed: Changes) -> list[Change]:
    return [change for change in changed.rows[:LONGEST_TABLE] if change.now is None]


def place_of(row: Contribution) -> str | None:
    """The page of what a row is about, None where it has none or its enterprise is linked by its name."""
    match row.measure:
        case measure if measure in registers.CERTIFICATES:
            return f"/pages/certificates/{quote(row.about)}"
        case Measure.MONEY_ALLOCATED | Measure.MONEY_USED | Measure.MONEY_PAID:
            return f"/pages/{row.about.replace('/', '/lines/', 1)}"
        case Measure.CRAFT_LEARNERS | Measure.COURSE_LEARNERS | Measure.PARTICIPATIONS:
            return f"/pages/{row.year}/activities#{quote(lineage.activity_of(row) or '')}"
        case Measure.CLUSTERS_STARTED | Measure.CLUSTERS_AREA:
            return f"/pages/{row.year}/cnht#clusters"
    return None


def targets_by_year(plans: Sequence[Plan], indicator: Indicator) -> dict[int, Target]:
    """The target of each year: that of a plan of the year, or one a phase holds every year; the newest plan's first.

    What a phase adds up over its years is no target of a single one.
    """
    found: dict[int, Target] = {}
    for plan in sorted(plans, key=lambda plan: (plan.is_phase, -plan.date.toordinal())):
        if plan.is_phase and indicator.adds_up:
            continue
        for target in plan.targets:
            if target.indicator == indicator.code:
                for year in range(plan.year, plan.last_year + 1):
                    found.setdefault(year, target)
    return found


def history_chart(
    indicator: Indicator, history: Sequence[tuple[int, Result]], targets: dict[int, Target], language: Language
) -> Years | None:
    """The values over the years with what was planned; None where no year has any. Money is drawn in tỷ đồng."""
    values = {year: result.value for year, result in history if result.value is not None}
    if not values:
        return None
    years = range(min(values), max(values) + 1)
    lower = {year: Fraction(targets[year].lower) for year in years if year in targets}
    bounds = {year: targets[year].upper for year in years if year in targets}
    upper = {year: Fraction(bound) for year, bound in bounds.items() if bound is not None}
    lines = ((language.text("actual"), values), (language.text("planned_least"), lower), (language.text("planned_most"), upper))
    return over_years(years, [_series(label, line, years, indicator, language) for label, line in lines if line])


def _series(label: str, line: dict[int, Fraction], years: Sequence[int], indicator: Indicator, language: Language) -> Series:
    scale = BILLION if indicator.unit == "VND" else 1
    label = f"{label} ({language.text('in_billions')})" if indicator.unit == "VND" else label
    written = {year: _written(value / scale, indicator.unit, language) for year, value in line.items()}
    return Series(label, tuple((line[year] / scale, written[year]) if year in line else None for year in years))


def _written(value: Fraction, unit: str, language: Language) -> str:
    return language.number(value, 2) if unit != "percent" else language.value(value, unit)
