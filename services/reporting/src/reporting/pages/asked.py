"""What a request looks for among the registers, the same for a page and for its JSON; and what is said where it is not there."""

from collections.abc import Sequence

from shared.http import Problem, not_found, one_of, whole_number
from starlette.requests import Request

from reporting import texts
from reporting.pages.rendering import YEARS
from reporting.repository.products import Wanted
from reporting.repository.registers import STATES

LONGEST_QUERY = 200


def year_asked(request: Request) -> int | None:
    """The plan year asked for, None for all; a form sends an empty one for all."""
    asked = request.query_params.get("year")
    return whole_number(asked, "year", *YEARS) if asked else None


def wanted(request: Request) -> Wanted:
    """What is looked for among the recognised products; 400 where a year, a state or an industry is none."""
    asked = request.query_params
    return Wanted(
        year=year_asked(request),
        state=_one_of(request, "state", STATES),
        industry=_one_of(request, "industry", tuple(texts.INDUSTRIES)),
        district=asked.get("district") or None,
        query=asked.get("q", "").strip()[:LONGEST_QUERY],
    )


def _one_of(request: Request, name: str, known: Sequence[str]) -> str | None:
    return one_of(request, name, known) if request.query_params.get(name) else None


def no_product(product_id: str) -> Problem:
    """404 for a product no certificate is of."""
    vi = f"Không có sản phẩm {product_id} nào được công nhận; xem /recognised-products."
    return not_found(vi, f"No product {product_id} was ever recognised; see /recognised-products.")


def no_certificate(number: str) -> Problem:
    """404 for a number no certificate has."""
    vi = f"Không có giấy chứng nhận {number}; xem /recognised-products."
    return not_found(vi, f"There is no certificate {number}; see /recognised-products.")
