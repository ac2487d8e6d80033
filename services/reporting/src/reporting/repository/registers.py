"""Registers: certificates, requests for support, and the names of what rows are about."""

from collections.abc import Iterable
from typing import get_args

from shared.contracts.reporting import RecognitionState
from shared.messaging.reader import OneOf, Reader

from reporting.domain.enterprise import Enterprise, enterprise_key
from reporting.domain.register import RecognisedProduct
from reporting.domain.rows import Contribution, Measure
from reporting.domain.support import Grant
from shared import vietnamese

STATES: tuple[RecognitionState, ...] = get_args(RecognitionState)

CERTIFICATES = frozenset({Measure.PRODUCTS_RECOGNISED, Measure.FIRST_TIME})  # measures whose rows are about a certificate


async def recognised_products(reader: Reader, year: int | None) -> list[RecognisedProduct]:
    """Certificates of a year (or all) in Vietnamese order of the product's name; see `products.find` for a search."""
    found = await reader.list(RecognisedProduct, None if year is None else {"year": year})
    return sorted(found, key=lambda p: (vietnamese.natural_key(p.product_name), p.id))


async def grants(reader: Reader, year: int | None) -> list[Grant]:
    """Requests for support of a year (or all), in Vietnamese order of the enterprise's name, then by request."""
    found = await reader.list(Grant, None if year is None else {"year": year})
    return sorted(found, key=lambda g: (vietnamese.natural_key(g.enterprise_name or g.tax_code), g.id))


def name_of(names: dict[str, str], tax_code: str) -> str | None:
    """The name of the enterprise behind a tax code, where it is known."""
    return names.get(enterprise_key(tax_code))


async def names_of_enterprises(reader: Reader, tax_codes: Iterable[str]) -> dict[str, str]:
    """The names of these enterprises, by tax code without a branch; one question, whatever their number."""
    wanted = sorted({enterprise_key(code) for code in tax_codes})
    found = await reader.list(Enterprise, {"id": OneOf(wanted)}) if wanted else []
    return {enterprise.id: enterprise.name for enterprise in found}


async def names_of(reader: Reader, rows: Iterable[Contribution]) -> dict[str, str]:
    """What rows are about, for people: the name of an enterprise, or of the product of a certificate or dossier."""
    asked = tuple(rows)
    # What a row is about can be activity/enterprise.
    codes = {row.id: row.about.rpartition("/")[2] for row in asked if row.measure not in CERTIFICATES}
    enterprises = await names_of_enterprises(reader, codes.values())
    years = {row.year for row in asked if row.measure in CERTIFICATES}
    products = {p.id: p.product_name for year in sorted(years) for p in await reader.list(RecognisedProduct, {"year": year})}
    found: dict[str, str] = {}
    for row in asked:
        name = name_of(enterprises, codes[row.id]) if row.id in codes else products.get(row.about)
        if name is not None:
            found[row.id] = name
    return found
