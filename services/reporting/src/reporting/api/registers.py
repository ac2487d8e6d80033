"""Certificates and requests for support as JSON."""

from shared.http import not_found, one_of, part_of
from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import Response

from reporting import texts
from reporting.api.asked import Answer, Json, year_asked
from reporting.domain.register import RecognisedProduct
from reporting.domain.support import Grant
from reporting.repository import registers


async def list_products(request: Request, reader: Reader) -> Response:
    """GET /recognised-products?year=&state=&q=: in Vietnamese order; q ignores diacritics."""
    year, query = year_asked(request), request.query_params.get("q", "")
    state = one_of(request, "state", registers.STATES)
    return Answer(part_of(request, await registers.recognised_products(reader, year, query, state), product_json))


async def show_product(request: Request, reader: Reader) -> Response:
    """GET /recognised-products/{certificate}."""
    number = request.path_params["certificate"]
    found = await reader.get(RecognisedProduct, number)
    if found is None:
        vi = f"Không có giấy chứng nhận {number}; xem /recognised-products."
        raise not_found(vi, f"There is no certificate {number}; see /recognised-products.")
    return Answer(product_json(found))


async def list_grants(request: Request, reader: Reader) -> Response:
    """GET /grants?year=: requests for support and what became of them, with every reason."""
    return Answer(part_of(request, await registers.grants(reader, year_asked(request)), grant_json))


def product_json(product: RecognisedProduct) -> Json:
    """A certificate as it stands, with what the decision granted and every fact that came after, by day."""
    words = texts.STATES[product.state]
    fields = product.model_dump(mode="json", exclude={"id", "facts", "holder_names"})
    facts = sorted(product.facts, key=lambda fact: (str(fact.on or ""), fact.event_id))
    return {
        "certificate": product.id,
        **fields,
        "state_text": {"vi": words.vi, "en": words.en},
        "facts": [fact.model_dump(mode="json", exclude_none=True) for fact in facts],
    }


def grant_json(grant: Grant) -> Json:
    """A request with its amount step by step, or every reason."""
    return {"request_id": grant.id, **grant.model_dump(mode="json", exclude={"id"})}
