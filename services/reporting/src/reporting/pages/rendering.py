"""A page as HTML: from a template, in a language, with nothing loaded from outside and no scripts."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from shared.http import Problem
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from reporting.pages import navigation
from reporting.pages.day import asked
from reporting.pages.language import Language, language_of

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


def render(
    template: str,
    language: Language,
    *,
    path: str,
    status: int = 200,
    query: str = "",
    year: int | None = None,
    above: Iterable[tuple[str, str]] = (),
    **context: Any,
) -> Response:
    """The page of a template.

    `path` is its address without language, with what else it was asked for (`/pages/products?year=2021`); `query` are the
    words searched for; `year` is the one it shows, kept by the navigation; `above` are (title, path) of the pages between
    it and its place in the navigation. A template makes every link with `link(path, …)`, or `{{ suffix }}` where nothing
    else is asked; a form carries language and day in `hidden(kept)`. The layout says which day is shown and lets one be chosen.
    """
    bare, day = path.partition("?")[0], asked()
    present = address(path, language.code, query, on="")
    html = TEMPLATES.get_template(template).render(
        language=language,
        t=language.text,
        link=partial(address, language=language.code),
        in_vietnamese=address(path, "vi", query),
        in_english=address(path, "en", query),
        suffix=address("", language.code),
        kept=parse_qsl(address("", language.code).removeprefix("?")),
        day=day,
        present=present,
        day_form=[(name, value) for name, value in parse_qsl(present.partition("?")[2]) if name != "page"],
        places=navigation.navigation(language, bare, year),
        trail=navigation.trail(language, bare, year, above),
        query=query,
        year=year,
        bar=BAR,
        **context,
    )
    return HTMLResponse(html, status_code=status, headers={**HEADERS, "content-language": language.code})


async def missing(request: Request) -> Response:
    """What stands at an address where there is no page."""
    return render("not_found.html", language_of(request), path=request.url.path, status=404)


AWAY = Problem(
    503,
    "engine-away",
    "Cơ sở dữ liệu tạm thời không sẵn sàng nên trang này chưa hiện được; số liệu không bị mất. Hãy tải lại sau ít phút.",
    "The database is away for the moment, so this page cannot be shown; no figure is lost. Load it again in a few minutes.",
)


def refused(request: Request, why: Exception) -> Response:
    """A question that is not answered, said on a page: what was asked and what can be, or that the database is away."""
    problem = why if isinstance(why, Problem) else AWAY
    return render("problem.html", language_of(request), path=request.url.path, status=problem.status, problem=problem)


def address(path: str, language: str, query: str = "", **more: object) -> str:
    """The address of a page in a language, with the words searched for and whatever else is asked; what is empty is left out.

    It is about the day that is asked for now; `on=""` leads to the present.
    """
    path, _, anchor = path.partition("#")
    bare, _, already = path.partition("?")
    words = {"q": query} if query else {}
    on = asked().on
    wanted = {"on": on, **dict(parse_qsl(already)), **words, **more, "lang": "en" if language == "en" else ""}
    given = {name: value for name, value in wanted.items() if value not in ("", None)}
    return (f"{bare}?{urlencode(given)}" if given else bare) + (f"#{anchor}" if anchor else "")


def is_year(text: str) -> bool:
    """Whether a part of an address is the number of a plan year."""
    return text.isascii() and text.isdigit() and len(text) == 4 and YEARS[0] <= int(text) <= YEARS[1]
