"""The page of a plan year: HTML made on the server, in Vietnamese or English, without scripts or outside assets."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from shared.contracts.department import Target
from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from reporting import repository, texts
from reporting.domain.rows import FIGURES, Contribution, Measure
from reporting.domain.support import Grant
from reporting.indicators import INDICATORS, Indicator
from reporting.repository import Standing, YearTable
from shared import vietnamese

YEARS = (2006, 2100)  # as the contract of a plan has it
LONGEST_TABLE = 500  # rows of a page; the JSON beside it has them all
BAR = 240  # width of a bar in the units of its picture
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
TEMPLATES = Environment(
    loader=PackageLoader("reporting", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Language:
    """How texts, numbers and dates are written in the language of the page: `vi` or `en`."""

    code: str

    def text(self, name: str) -> str:
        """A label of the page."""
        return texts.PAGE[name].in_language(self.code)

    def of(self, thing: Any, field: str) -> str:
        """A field that exists in both languages: `of(plan, "title")` is title_vi or title_en."""
        return str(getattr(thing, f"{field}_{self.code}"))

    def reason(self, reason: Any) -> str:
        """The words of a reason."""
        return str(getattr(reason, self.code))

    def number(self, value: int | Decimal | Fraction, places: int = 0) -> str:
        """42.000,5 in Vietnamese, 42,000.5 in English."""
        written = vietnamese.number(value, places)
        return written.translate(str.maketrans(".,", ",.")) if self.code == "en" else written

    def money(self, dong: int) -> str:
        """42.000 đồng in Vietnamese, VND 42,000 in English."""
        return f"VND{vietnamese.NO_BREAK}{self.number(dong)}" if self.code == "en" else vietnamese.money(dong)

    def date(self, day: Date) -> str:
        """26/11/2021 in Vietnamese; 26 November 2021 in English, where the order of day and month is not agreed on."""
        return f"{day.day} {day:%B} {day.year}" if self.code == "en" else vietnamese.date(day)

    def value(self, value: int | Decimal | Fraction | None, unit: str) -> str:
        """A value with its unit, or a dash where there is none."""
        if value is None:
            return "–"
        written = self.number(value, 2)
        if unit == "percent":
            return f"{written}%" if self.code == "en" else f"{written}{vietnamese.NO_BREAK}%"
        return f"{written} {texts.UNITS[unit].in_language(self.code)}".strip()

    def counted(self, row: Contribution) -> str:
        """What a row adds, in the unit of its measure: a presence counts 1."""
        if row.measure not in FIGURES:
            return self.number(row.value)
        if row.measure in (Measure.EXPORTS, Measure.CITY_EXPORTS):
            written = self.number(row.value, 3)
            return f"USD{vietnamese.NO_BREAK}{written}" if self.code == "en" else f"{written}{vietnamese.NO_BREAK}USD"
        return self.money(int(row.value))

    def planned(self, target: Target, unit: str) -> str:
        """The bounds of a target in words: 20–25 enterprises; at least 15 %."""
        if target.upper is not None:
            return f"{self.number(target.lower, 2)}–{self.value(target.upper, unit)}"
        lower = self.value(target.lower, unit)
        return lower if unit == "percent" and target.lower >= 100 else f"{self.text('at_least')} {lower}"

    def status(self, standing: Standing) -> str:
        """The status of a target in words."""
        words = texts.EXCEEDED if standing.exceeded else texts.STATUS[standing.status]
        return words.in_language(self.code)

    def word(self, table: str, code: str) -> str:
        """The word of an industry or a state; the code itself where a newer version added one."""
        words: dict[str, texts.Words] = getattr(texts, table)
        return words[code].in_language(self.code) if code in words else code


@dataclass(frozen=True, slots=True)
class Bar:
    """A target drawn: the band planned and the bar of the value, in units of the picture."""

    value: int
    band_start: int
    band_width: int

    @classmethod
    def of(cls, standing: Standing) -> "Bar":
        """The longest of value and bounds takes 9 tenths of the width; a value below 0 is drawn as none."""
        value = max(standing.result.value or Fraction(), Fraction())
        lower = max(Fraction(standing.target.lower), Fraction())
        upper = Fraction(standing.target.upper) if standing.target.upper is not None else lower
        scale = max(value, upper, lower) * 10 / 9 or Fraction(1)
        start, end = int(lower / scale * BAR), int(upper / scale * BAR)
        return cls(int(value / scale * BAR), start, max(end - start, 3))


def share_of(part: int, whole: int) -> int:
    """How much of a bar a part of a sum of money fills, in units of the picture; anything above 0 is seen."""
    return 0 if whole == 0 or part == 0 else max(1, min(BAR, part * BAR // whole))


def routes(reader: Reader) -> list[BaseRoute]:
    """The page, its style sheet, and what stands at addresses where there is no page."""

    async def newest(request: Request) -> Response:
        """GET /: the newest plan year."""
        plans = await repository.plans(reader)
        language = language_of(request)
        if not plans:
            return _render("no_plans.html", language, path="/")
        return RedirectResponse(address(f"/pages/{plans[0].year}", language.code), status_code=307)

    async def year(request: Request) -> Response:
        """GET /pages/{year}: the plan year, with ?lang=en and ?q= for the search."""
        text = request.path_params["year"]
        if not _is_year(text):
            return await missing(request)
        return await _year_page(request, reader, int(text))

    async def indicator(request: Request) -> Response:
        """GET /pages/{year}/indicators/{code}: how the figure of a year came about, event by event."""
        text, known = request.path_params["year"], INDICATORS.get(request.path_params["code"])
        if known is None or not _is_year(text):
            return await missing(request)
        return await _indicator_page(request, reader, known, int(text))

    async def missing(request: Request) -> Response:
        """Any other address below /pages."""
        return _render("not_found.html", language_of(request), path="/", status=404)

    pages: list[tuple[str, Callable[[Request], Awaitable[Response]]]] = [
        ("/", newest),
        ("/pages", newest),
        ("/pages/{year}", year),
        ("/pages/{year}/indicators/{code}", indicator),
        ("/pages/{rest:path}", missing),
    ]
    static = Mount("/pages/static", StaticFiles(packages=[("reporting", "static")]))
    return [static, *(Route(path, endpoint, methods=["GET"]) for path, endpoint in pages)]


def language_of(request: Request) -> Language:
    """English where it is asked for, otherwise Vietnamese."""
    return Language("en" if request.query_params.get("lang") == "en" else "vi")


def address(path: str, language: str, query: str = "") -> str:
    """The address of a page in a language, with the words searched for."""
    asked = {name: value for name, value in (("q", query), ("lang", "en" if language == "en" else "")) if value}
    return f"{path}?{urlencode(asked)}" if asked else path


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) == 4 and YEARS[0] <= int(text) <= YEARS[1]


async def _indicator_page(request: Request, reader: Reader, indicator: Indicator, year: int) -> Response:
    result = await repository.result_of(reader, indicator, year)
    return _render(
        "indicator.html",
        language_of(request),
        path=f"/pages/{year}/indicators/{indicator.code}",
        year=year,
        indicator=indicator,
        result=result,
        rows=result.rows[:LONGEST_TABLE],
        standings=[s for s in await repository.standings(reader, year) if s.indicator.code == indicator.code],
        names=await repository.names_of(reader, result.rows[:LONGEST_TABLE]),
    )


async def _year_page(request: Request, reader: Reader, year: int) -> Response:
    table = await repository.year_table(reader, year)
    query = request.query_params.get("q", "").strip()[:200]
    found = [p for p in table.products if vietnamese.found(query, p.product_name, p.enterprise_name, p.id)]
    years = sorted({plan.year for plan in await repository.plans(reader)} | {year}, reverse=True)
    return _render(
        "year.html",
        language_of(request),
        path=f"/pages/{year}",
        table=table,
        years=years,
        query=query,
        found=found,
        bars=[Bar.of(standing) for standing in table.standings],
        share_of=share_of,
        name_of=repository.name_of,
        grants_by_state=_by_state(table),
        used=sum(line.used for line in table.lines),
        allocated=sum(line.allocated for line in table.lines),
        paying=sum(line.paying for line in table.lines),
        available=sum(line.available for line in table.lines),
    )


def _by_state(table: YearTable) -> dict[str, list[Grant]]:
    return {state: [g for g in table.grants if g.state == state] for state in texts.GRANT_STATES}


def _render(template: str, language: Language, *, path: str, status: int = 200, query: str = "", **context: Any) -> Response:
    html = TEMPLATES.get_template(template).render(
        language=language,
        t=language.text,
        in_vietnamese=address(path, "vi", query),
        in_english=address(path, "en", query),
        suffix=address("", language.code),
        query=query,
        bar=BAR,
        **context,
    )
    return HTMLResponse(html, status_code=status, headers={**HEADERS, "content-language": language.code})
