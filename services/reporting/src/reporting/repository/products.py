"""Recognised products as people look for them: found by words, by year, state, industry and district, within a bound.

Names are put in Vietnamese order here, so a list is read before it is shown. No question reads more than `LOOKED_AT`
certificates: the newest years first, each narrowed by the database, compared with words that were folded when the certificate
was kept. Where that leaves some out, the answer says so.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from shared.messaging.reader import Reader

from reporting.domain.programme import Plan, Round
from reporting.domain.register import RecognisedProduct
from shared import vietnamese

LOOKED_AT = 5_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; None and no words where it does not matter. `district` is as of the year of each certificate."""

    year: int | None = None
    state: str | None = None
    industry: str | None = None
    district: str | None = None
    query: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Certificates in Vietnamese order of the product. `left_out` says that there are more than were looked at.

    `districts` are those of everything looked at whatever the district asked for, to choose from.
    """

    products: tuple[RecognisedProduct, ...]
    districts: tuple[str, ...]
    left_out: bool

    @property
    def states(self) -> dict[str, int]:
        """How many there are in each state."""
        return Counter(product.state for product in self.products)


async def find(reader: Reader, wanted: Wanted) -> Found:
    """The certificates wanted, of a year or of all."""
    fields = {"year": wanted.year, "state": wanted.state, "industry": wanted.industry}
    seen, left_out = await _look(reader, {name: value for name, value in fields.items() if value is not None})
    words = vietnamese.search_form(wanted.query).split()
    matching = [p for p in seen if wanted.district in (None, p.district) and p.is_about(words)]
    districts = sorted({p.district for p in seen if p.district}, key=vietnamese.natural_key)
    return Found(in_order(matching), tuple(districts), left_out)


async def _look(reader: Reader, where: dict[str, Any]) -> tuple[list[RecognisedProduct], bool]:
    """What lies in the bound, and whether more does: then the newest years go first."""
    seen = await reader.list(RecognisedProduct, where, limit=LOOKED_AT + 1)
    if len(seen) <= LOOKED_AT:
        return seen, False
    if "year" not in where:
        seen = []
        for year in await years(reader):
            if len(seen) < LOOKED_AT:
                seen += await reader.list(RecognisedProduct, {**where, "year": year}, limit=LOOKED_AT - len(seen))
    return seen[:LOOKED_AT], True


async def of_product(reader: Reader, product_id: str) -> tuple[RecognisedProduct, ...]:
    """All certificates of a product, earliest first."""
    found = await reader.list(RecognisedProduct, {"product_id": product_id}, limit=LOOKED_AT)
    return tuple(sorted(found, key=lambda p: (p.valid_from, p.id)))


async def years(reader: Reader) -> list[int]:
    """The years with a plan or a round, newest first: few, whatever lies in them."""
    issued, opened = await reader.list(Plan), await reader.list(Round)
    return sorted({plan.year for plan in issued} | {opening.year for opening in opened}, reverse=True)


def in_order(products: Iterable[RecognisedProduct]) -> tuple[RecognisedProduct, ...]:
    """In Vietnamese order of the product's name."""
    return tuple(sorted(products, key=lambda p: (vietnamese.natural_key(p.product_name), p.id)))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many certificates of a year there are of one industry or district (None: not known), and whether any is made."""

    year: int
    of: str | None
    products: int
    enterprises: int
    made: bool


def tally(products: Sequence[RecognisedProduct], field: str) -> tuple[Tally, ...]:
    """Certificates of one year by industry or district: most first, then in Vietnamese order, what is not known last.

    Enterprises are those recognised, by the code of the decision.
    """
    groups: dict[str | None, list[RecognisedProduct]] = {}
    for product in products:
        groups.setdefault(getattr(product, field), []).append(product)
    tallies = [
        Tally(group[0].year, of, len(group), len({p.granted.tax_code for p in group}), any(p.made for p in group))
        for of, group in groups.items()
    ]
    return tuple(sorted(tallies, key=lambda t: (t.of is None, -t.products, vietnamese.natural_key(t.of or ""))))


async def tallies(reader: Reader, year: int | None, field: str) -> tuple[Tally, ...]:
    """The same of a year, or of every year, newest first."""
    asked = await years(reader) if year is None else [year]
    found = [tally((await find(reader, Wanted(year=one))).products, field) for one in asked]
    return tuple(row for rows in found for row in rows)
