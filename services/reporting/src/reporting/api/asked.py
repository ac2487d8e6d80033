"""What a request asks for, and how numbers are written in an answer."""

from decimal import Decimal
from typing import Any

from shared.http import whole_number
from starlette.requests import Request

from reporting.pages.rendering import YEARS

Json = dict[str, Any]


def year_of(request: Request) -> int:
    """The plan year of the address."""
    return whole_number(request.path_params["year"], "year", *YEARS)


def year_asked(request: Request) -> int | None:
    """The plan year asked for, None for all."""
    asked = request.query_params.get("year")
    return None if asked is None else whole_number(asked, "year", *YEARS)


def plain(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros, in a string."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
