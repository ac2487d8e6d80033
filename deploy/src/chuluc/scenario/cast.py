"""Who takes part in a round: enterprises with the products they file, and what becomes of each product."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from shared.contracts.department import Industry
from shared.contracts.portal import Path

from chuluc.scenario.made import drawn, tax_code

Fate = Literal["recognised", "low-score", "late", "ineligible", "two-reasons"]
TOP = 10
DISTRICTS = (
    "Hoàng Mai",
    "Long Biên",
    "Đông Anh",
    "Gia Lâm",
    "Thạch Thất",
    "Quốc Oai",
    "Hoài Đức",
    "Thường Tín",
    "Chương Mỹ",
    "Sóc Sơn",
)


@dataclass(frozen=True)
class Product:
    """A dossier's product. Its identity is the year it was `first` filed in and its number there: it keeps it for good."""

    number: int
    enterprise: int
    name: str
    industry: Industry
    path: Path
    fate: Fate
    first: int

    @property
    def id(self) -> str:
        return f"SP-{self.first}-{self.number:03d}"


@dataclass(frozen=True)
class Enterprise:
    """An enterprise with what it files in one round. One lies outside the city: neither head office nor factory is in it."""

    number: int
    name: str
    products: tuple[Product, ...]

    @cached_property
    def tax_code(self) -> str:
        return tax_code(self.number)

    @property
    def recognised_products(self) -> tuple[Product, ...]:
        return tuple(p for p in self.products if p.fate == "recognised")

    @property
    def recognised(self) -> bool:
        return bool(self.recognised_products)

    @property
    def outside(self) -> bool:
        return any(p.fate == "two-reasons" for p in self.products)

    @property
    def district(self) -> str | None:
        return None if self.outside else DISTRICTS[drawn(len(DISTRICTS), "district", self.number)]


def best_first(cast: Iterable[Enterprise], top10_enterprises: int) -> list[Product]:
    """The recognised products in the order they shall be ranked in: the first ten are of so many enterprises.

    With ten enterprises each leads with one product; with fewer, those with most products have several among the ten.
    """
    recognised = [e for e in cast if e.recognised]
    more = TOP - top10_enterprises
    leaders = sorted(recognised, key=lambda e: -len(e.recognised_products) if more else 0)[:top10_enterprises]
    first = [e.recognised_products[0] for e in leaders]
    second = [p for e in leaders for p in e.recognised_products[1:]][:more]
    top = [*first, *second]
    return [*top, *(p for e in recognised for p in e.recognised_products if p not in top)]
