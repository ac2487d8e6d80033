"""Recognised products: the list with its search, a product over the years, and a certificate with its life."""

from dataclasses import dataclass
from datetime import date as Date

from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import Response

from reporting.domain.dossier import Dossier
from reporting.domain.register import Fact, RecognisedProduct
from reporting.pages.asked import no_certificate, no_product, wanted
from reporting.pages.language import Language, language_of
from reporting.pages.paging import page_of
from reporting.pages.rendering import address, render
from reporting.repository import products, standings
from reporting.repository.products import LOOKED_AT, Wanted

PATH = "/pages/products"


async def show_products(request: Request, reader: Reader) -> Response:
    """GET /pages/products?year=&state=&industry=&district=&q=&page=: who is recognised."""
    asked, language = wanted(request), language_of(request)
    path = address(PATH, "vi", year=asked.year, state=asked.state, industry=asked.industry, district=asked.district)
    found = await products.find(reader, asked)
    rows, paging = page_of(request, found.products, address(path, "vi", asked.query))
    return render(
        "products.html",
        language,
        path=path,
        query=asked.query,
        year=asked.year,
        asked=asked,
        filtered=asked != Wanted(year=asked.year),
        found=found,
        rows=rows,
        paging=paging,
        years=await products.years(reader),
        as_of=await standings.today(reader),
        bound=LOOKED_AT,
    )


async def show_product(request: Request, reader: Reader) -> Response:
    """GET /pages/products/{product_id}: every recognition of a product over the years."""
    product_id = request.path_params["product_id"]
    found = await products.of_product(reader, product_id)
    if not found:
        raise no_product(product_id)
    return render("product.html", language_of(request), path=f"{PATH}/{product_id}", product=found[-1], certificates=found)


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing in the life of a certificate: its day (None where it has none), what happened, and the event that said so."""

    on: Date | None
    kind: str
    text: str
    reason: str | None
    decision: str | None
    event_id: str


async def show_certificate(request: Request, reader: Reader) -> Response:
    """GET /pages/certificates/{number}: a certificate as it stands, and everything that became of it."""
    number, language = request.path_params["number"], language_of(request)
    certificate = await reader.get(RecognisedProduct, number)
    if certificate is None:
        raise no_certificate(number)
    dossier = await reader.get(Dossier, certificate.application_id) if certificate.application_id else None
    return render(
        "certificate.html",
        language,
        path=f"/pages/certificates/{number}",
        above=[(certificate.product_name, f"{PATH}/{certificate.product_id}")],
        certificate=certificate,
        dossier=dossier,
        holders=holders(certificate),
        moments=moments(certificate, language),
        as_of=await standings.today(reader),
    )


def holders(certificate: RecognisedProduct) -> tuple[tuple[str, str | None], ...]:
    """Who held a certificate before its present holder, first one first: (tax code, name where it is known)."""
    moves = sorted((fact for fact in certificate.facts if fact.kind == "transferred"), key=lambda fact: fact.on or Date.min)
    codes = dict.fromkeys((certificate.granted.tax_code, *(move.formerly for move in moves if move.formerly)))
    names = {certificate.granted.tax_code: certificate.granted.enterprise_name, **certificate.holder_names}
    return tuple((code, names.get(code)) for code in codes if code != certificate.tax_code) if moves else ()


def moments(certificate: RecognisedProduct, language: Language) -> tuple[Moment, ...]:
    """The life of a certificate by day, from its decision on; what has no day of its own stands last."""
    granted = certificate.granted
    first = Moment(
        on=certificate.decided_on,
        kind="granted",
        text=language.word("LIFE", "granted").format(
            first=language.date(certificate.valid_from), until=language.date(granted.valid_to)
        ),
        reason=None,
        decision=certificate.decision,
        event_id=certificate.event_id,
    )
    facts = sorted(certificate.facts, key=lambda fact: (fact.on or Date.max, fact.event_id))
    return (first, *(_moment(fact, language) for fact in facts))


def _moment(fact: Fact, language: Language) -> Moment:
    kind: str = fact.kind
    if kind == "suspended" and fact.until is None:
        kind = "suspended-without-end"
    if kind == "honours-changed" and fact.top10_rank is None:
        kind = "honours-taken"
    if kind == "first-time-corrected" and fact.first_time:
        kind = "first-time-after-all"
    text = language.word("LIFE", kind).format(
        on=language.date(fact.on) if fact.on else "",
        until=language.date(fact.until) if fact.until else "",
        rank=fact.top10_rank,
        code=fact.tax_code,
        formerly=fact.formerly,
    )
    return Moment(fact.on, fact.kind, text, fact.reason, fact.decision, fact.event_id)
