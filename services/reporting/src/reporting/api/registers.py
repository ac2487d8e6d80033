"""Certificates and requests for support as JSON."""

from shared.http import part_of
from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import Response

from reporting import texts
from reporting.api.asked import Answer, Json, year_asked
from reporting.api.support import grant_json
from reporting.domain.register import RecognisedProduct
from reporting.pages.asked import no_certificate, no_product, wanted
from reporting.repository import products, registers


async def list_products(request: Request, reader: Reader) -> Response:
    """GET /recognised-products?year=&state=&industry=&district=&q=: in Vietnamese order; q ignores diacritics.

    `left_out` is true where there are more certificates than one question looks at (see repository.products).
    """
    found = await products.find(reader, wanted(request))
    return Answer({**part_of(request, found.products, product_json), "left_out": found.left_out})


async def show_history(request: Request, reader: Reader) -> Response:
    """GET /products/{product_id}: every certificate of a product over the years, earliest first."""
    product_id = request.path_params["product_id"]
    found = await products.of_product(reader, product_id)
    if not found:
        raise no_product(product_id)
    return Answer({"product_id": product_id, "items": [product_json(product) for product in found]})


async def show_product(request: Request, reader: Reader) -> Response:
    """GET /recognised-products/{certificate}."""
    number = request.path_params["certificate"]
    found = await reader.get(RecognisedProduct, number)
    if found is None:
        raise no_certificate(number)
    return Answer(product_json(found))


async def list_grants(request: Request, reader: Reader) -> Response:
    """GET /grants?year=: requests for support and what became of them, with every reason."""
    return Answer(part_of(request, await registers.grants(reader, year_asked(request)), grant_json))


def product_json(product: RecognisedProduct) -> Json:
    """A certificate as it stands, with what the decision granted and every fact that came after, by day."""
    words = texts.STATES[product.state]
    fields = product.model_dump(mode="json", exclude={"id", "facts", "holder_names", "search_text"})
    facts = sorted(product.facts, key=lambda fact: (str(fact.on or ""), fact.event_id))
    return {
        "certificate": product.id,
        **fields,
        "state_text": {"vi": words.vi, "en": words.en},
        "facts": [fact.model_dump(mode="json", exclude_none=True) for fact in facts],
    }
