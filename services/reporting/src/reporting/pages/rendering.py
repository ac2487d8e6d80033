"""A page as HTML: from a template, in a language, with nothing loaded from outside and no scripts."""

from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

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


def render(template: str, language: Language, *, path: str, status: int = 200, query: str = "", **context: Any) -> Response:
    """The page of a template; `path` is its address without language."""
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


async def missing(request: Request) -> Response:
    """What stands at an address where there is no page."""
    return render("not_found.html", language_of(request), path="/", status=404)


def address(path: str, language: str, query: str = "") -> str:
    """The address of a page in a language, with the words searched for."""
    asked = {name: value for name, value in (("q", query), ("lang", "en" if language == "en" else "")) if value}
    return f"{path}?{urlencode(asked)}" if asked else path


def is_year(text: str) -> bool:
    """Whether a part of an address is the number of a plan year."""
    return text.isascii() and text.isdigit() and len(text) == 4 and YEARS[0] <= int(text) <= YEARS[1]
