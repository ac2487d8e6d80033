"""What a request asks for, and how numbers are written in an answer."""

from decimal import Decimal
from typing import Any

from shared.http import whole_number
from starlette.requests import Request

from reporting.pages.asked import year_asked
from reporting.pages.rendering import YEARS

__all__ = ["Json", "plain", "year_asked", "year_of"]

Json = dict[str, Any]


def year_of(request: Request) -> int:
    """The plan year of the address."""
    return whole_number(request.path_params["year"], "year", *YEARS)


def plain(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros, in a string."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
