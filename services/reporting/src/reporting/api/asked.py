"""What a request asks for, and how numbers are written in an answer."""

from decimal import Decimal
from typing import Any

from shared.http import whole_number
from starlette.requests import Request
from starlette.responses import JSONResponse

from reporting.pages.asked import year_asked
from reporting.pages.day import asked
from reporting.pages.rendering import YEARS, address

__all__ = ["Answer", "Json", "place", "plain", "year_asked", "year_of"]

Json = dict[str, Any]


class Answer(JSONResponse):
    """An answer in JSON, which says as of which day it is: the one asked for, or the newest that has begun."""

    def render(self, content: Json) -> bytes:
        day = asked().shown
        return super().render({"as_of": day.isoformat() if day else None, **content})


def place(path: str) -> str:
    """The address of another answer or page about the same day."""
    return address(path, "vi")


def year_of(request: Request) -> int:
    """The plan year of the address."""
    return whole_number(request.path_params["year"], "year", *YEARS)


def plain(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros, in a string."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
