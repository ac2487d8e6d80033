"""Plans and indicators as JSON."""

from shared.http import LONGEST_PAGE, not_found, part_of
from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import Response

from reporting import texts
from reporting.api.asked import Answer, Json, place, plain, year_of
from reporting.domain.programme import Plan
from reporting.domain.rows import Contribution
from reporting.indicators import INDICATORS, Indicator, Result
from reporting.pages.day import since_asked
from reporting.repository import lineage, standings
from reporting.repository.past import Changes, changes
from reporting.repository.standings import Standing
from shared import vietnamese


async def list_plans(request: Request, reader: Reader) -> Response:
    """GET /plans: every plan, newest first."""
    found = await standings.plans(reader)
    return Answer(part_of(request, found, plan_json))


async def show_plans_of_year(request: Request, reader: Reader) -> Response:
    """GET /plans/{year}: the year's plans, each target with its value, bounds, status and lineage."""
    year = year_of(request)
    found = await standings.plans(reader, year)
    if not found:
        raise not_found(f"Không có kế hoạch nào của năm {year}; xem /plans.", f"There is no plan of {year}; see /plans.")
    targets = [standing_json(s) for s in await standings.standings(reader, year)]
    items = [{**plan_json(plan), "targets": [s for s in targets if s["plan_id"] == plan.id]} for plan in found]
    return Answer({"year": year, "items": items})


async def list_indicators(request: Request, reader: Reader) -> Response:
    """GET /indicators: every indicator with its formula in words and the events it is made from; few, so on one page."""
    return Answer({"items": [_indicator(indicator) for indicator in INDICATORS.values()], "next": None})


async def show_indicator(request: Request, reader: Reader) -> Response:
    """GET /indicators/{code}/{year}?since=: the value, its formula, the rows it rests on (lineage), paged, and what changed.

    `since` is a day before the one shown, by default the day before it.
    """
    year, indicator = year_of(request), _asked(request)
    result = await standings.result_of(reader, indicator, year)
    targets = [standing_json(s) for s in await standings.standings_of_indicator(reader, indicator, year)]
    rows = part_of(request, result.rows, _row)
    changed = await changes(reader, indicator, year, result, since_asked(request))
    changed_json = None if changed is None else await _changes(reader, changed, year)
    shown = {**_indicator(indicator), "year": year, **value_json(result), "targets": targets, "rows": rows}
    return Answer({**shown, "changes": changed_json})


async def show_history(request: Request, reader: Reader) -> Response:
    """GET /indicators/{code}: the formula, and the value of every year there is one of."""
    indicator = _asked(request)
    years = [{"year": year, **value_json(result)} for year, result in await standings.history_of(reader, indicator)]
    return Answer({**_indicator(indicator), "years": years})


def _asked(request: Request) -> Indicator:
    code = request.path_params["code"]
    indicator = INDICATORS.get(code)
    if indicator is None:
        raise not_found(f"Không có chỉ tiêu {code}; xem /indicators.", f"There is no indicator {code}; see /indicators.")
    return indicator


def plan_json(plan: Plan) -> Json:
    """A plan without its targets."""
    fields = plan.model_dump(mode="json", exclude={"id", "targets"})
    return {"plan_id": plan.id, **fields, "page": place(f"/pages/{plan.year}")}


def _indicator(indicator: Indicator) -> Json:
    return {
        "code": indicator.code,
        "name": {"vi": indicator.name_vi, "en": indicator.name_en},
        "unit": indicator.unit,
        "formula": {"vi": indicator.formula_vi, "en": indicator.formula_en},
        "events": [model.contract.type for model in indicator.events],
        "legal_text": indicator.legal_text,
        "in_a_phase": "adds-up" if indicator.adds_up else "every-year",
    }


def value_json(result: Result) -> Json:
    """The value rounded half up to 0.01 for people, and exact as a fraction: a status is decided on the exact one."""
    value = result.value
    return {
        "value": None if value is None else plain(vietnamese.rounded(value, 2)),
        "exact": None if value is None else str(value),
        "made": result.made,
    }


def standing_json(standing: Standing) -> Json:
    """A target with its value, bounds and status."""
    words = texts.EXCEEDED if standing.exceeded else texts.STATUS[standing.status]
    upper = standing.target.upper
    return {
        "plan_id": standing.plan.id,
        "indicator": standing.indicator.code,
        "name": {"vi": standing.indicator.name_vi, "en": standing.indicator.name_en},
        "unit": standing.indicator.unit,
        "lower": plain(standing.target.lower),
        "upper": None if upper is None else plain(upper),
        "year": standing.year,
        "over_phase": standing.over_phase,
        **value_json(standing.result),
        **_forecast(standing),
        "status": standing.status.value,
        "exceeded": standing.exceeded,
        "status_text": {"vi": words.vi, "en": words.en},
        "clause": standing.target.clause,
        "lineage": place(f"/indicators/{standing.indicator.code}/{standing.year}"),
        "page": place(f"/pages/{standing.year}/indicators/{standing.indicator.code}"),
    }


async def _changes(reader: Reader, changed: Changes, year: int) -> Json:
    """The value at the end of a day, and the rows that make the difference: `came`, `went` or `changed`.

    Of one that went `gone` says from which day, by which event, or under which code its enterprise went on, where known.
    """
    rows = [
        {
            "kind": c.kind,
            "then": None if c.then is None else _row(c.then),
            "now": None if c.now is None else _row(c.now),
            "gone": _gone(await lineage.gone(reader, changed.since, c.row, year)) if c.now is None else None,
        }
        for c in changed.rows[:LONGEST_PAGE]
    ]
    return {"since": changed.since.isoformat(), "then": value_json(changed.then), "rows": rows, "total": len(changed.rows)}


def _gone(gone: lineage.Gone) -> Json:
    return {"day": gone.day.isoformat() if gone.day else None, "event_id": gone.event_id, "onward": gone.onward}


def _forecast(standing: Standing) -> Json:
    """Where it comes to by the end of its year or phase, rounded, with the rule; null where that makes no sense."""
    if standing.forecast is None:
        return {"forecast": None, "forecast_rule": None}
    rule = texts.FORECAST_RULE
    return {"forecast": plain(vietnamese.rounded(standing.forecast, 2)), "forecast_rule": {"vi": rule.vi, "en": rule.en}}


def _row(row: Contribution) -> Json:
    """A row with the events it rests on; those of a figure with what it was before."""
    return {
        "row_id": row.id,
        "measure": row.measure.value,
        "year": row.year,
        "about": row.about,
        "event_id": row.event_id,
        "made": row.made,
        "note": row.note,
        "value": plain(row.value),
        "earlier": [{"value": plain(e.value), "event_id": e.event_id, "made": e.made} for e in row.earlier],
        "grounds": [{"about": g.about, "event_id": g.event_id, "value": plain(g.value), "made": g.made} for g in row.counted],
    }
