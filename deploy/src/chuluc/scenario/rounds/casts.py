"""Who files in each of the eight rounds: the counts are those published, every name and figure is made.

The real names of 2021 stand in that round only: nothing is said of them in another. The made products of all rounds come
back when their recognition ends, which is what makes "again" and "first time" (rounds before 2018 are not in the story).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, cycle

from shared.contracts.department import Industry
from shared.contracts.portal import Path

from chuluc.scenario import cast2021
from chuluc.scenario.cast import Enterprise, Fate, Product
from chuluc.scenario.rounds.published import Published, published

KINDS: Mapping[Industry, tuple[str, ...]] = {
    "mechanical": ("Khuôn mẫu", "Máy công cụ", "Phụ tùng ô tô", "Kết cấu thép", "Van và khớp nối"),
    "electrical-electronics": ("Máy biến áp", "Tủ điện", "Bo mạch", "Thiết bị chiếu sáng", "Dây cáp điện"),
    "information-technology": ("Phần mềm quản lý", "Nền tảng số", "Thiết bị mạng", "Phần mềm kế toán", "Hệ thống giám sát"),
    "textiles-garments-footwear": ("Vải dệt", "Áo khoác", "Giày da", "Khăn bông", "Sợi"),
    "food-processing": ("Bánh kẹo", "Đồ uống", "Thực phẩm đóng hộp", "Sữa", "Gia vị"),
    "chemicals-rubber-plastics-pharma": ("Sơn", "Ống nhựa", "Săm lốp", "Dược phẩm", "Bao bì"),
    "building-materials": ("Gạch ốp lát", "Sứ vệ sinh", "Kính", "Cửa cuốn", "Vật liệu chịu lửa"),
    "handicraft": ("Gốm sứ", "Mây tre đan", "Sơn mài", "Thêu ren", "Khảm trai"),
}
PATHS: Mapping[Industry, Path] = {"information-technology": "high-tech", "handicraft": "handicraft"}
FAILING: tuple[Fate, ...] = ("low-score", "ineligible", "low-score", "late", "low-score", "two-reasons")
"""What becomes, in turn, of the enterprises none of whose products is recognised: the split is made."""
FAILING_INDUSTRIES: tuple[Industry, ...] = ("mechanical", "textiles-garments-footwear", "food-processing", "building-materials")
REAL_NAMES, LAST_OF_2021, FIRST_NUMBER = 10, 34, 101


@dataclass(frozen=True)
class Again:
    """So many products of so many enterprises come back from an earlier round; which ones is made."""

    source: int
    products: int
    enterprises: int


@dataclass(frozen=True)
class Casting:
    """What is made of a round: who comes back, and what was not published of how many applied and led the Top 10."""

    again: Again | None = None
    applied_products: int | None = None
    applied_enterprises: int | None = None
    top10_enterprises: int = 10

    def applied(self, said: Published) -> tuple[int, int]:
        """Products and enterprises that filed: as published, made where they were not."""
        products = said.applied.products or self.applied_products
        enterprises = said.applied.enterprises or self.applied_enterprises
        assert products and enterprises, f"round {said.year} has no counts"
        return products, enterprises


CASTINGS: Mapping[int, Casting] = {
    # What 2018 shares with 2021 lies in the cast of 2021, which was made first.
    2018: Casting(Again(2021, 12, 7), applied_products=70, applied_enterprises=42),
    2019: Casting(),
    2020: Casting(Again(2018, 8, 5), applied_products=58),
    2022: Casting(Again(2019, 16, 10)),
    2023: Casting(Again(2020, 18, 12)),
    2024: Casting(Again(2021, 24, 15), applied_products=44, applied_enterprises=30),
    2025: Casting(Again(2022, 21, 16), applied_products=42, applied_enterprises=32),
}


def casts() -> dict[int, tuple[Enterprise, ...]]:
    """The enterprises of each round with what they file in it, best first where they are recognised."""
    result: dict[int, tuple[Enterprise, ...]] = {2021: cast2021.enterprises()}
    for year, casting in CASTINGS.items():
        returning = _returning(casting.again, result) if casting.again else ()
        if year == 2018:  # recognised then for the first time, and again in 2021 under the same identity
            returning = tuple(replace(e, products=tuple(replace(p, first=2018) for p in e.products)) for e in returning)
            result[2021] = _known_since(returning, result[2021])
        result[year] = (*returning, *_newcomers(year, casting, returning))
    return dict(sorted(result.items()))


def top10_enterprises(year: int) -> int:
    """Of how many enterprises the Top 10 are: as published, otherwise made."""
    return published()[year].top10_enterprises or CASTINGS[year].top10_enterprises


def _returning(again: Again, earlier: Mapping[int, tuple[Enterprise, ...]]) -> tuple[Enterprise, ...]:
    """Recognised products of an earlier round: first of enterprises that bring two, then of those that bring one."""
    least = REAL_NAMES if again.source == 2021 else LAST_OF_2021
    found = [e for e in earlier[again.source] if e.recognised and e.number > least]
    pairs = [e for e in found if len(e.recognised_products) > 1][: again.products - again.enterprises]
    singles = [e for e in found if e not in pairs][: again.enterprises - len(pairs)]
    picked = [replace(e, products=e.recognised_products[:2]) for e in pairs]
    picked += [replace(e, products=e.recognised_products[:1]) for e in singles]
    assert (sum(len(e.products) for e in picked), len(picked)) == (again.products, again.enterprises), again
    return tuple(picked)


def _known_since(returning: Sequence[Enterprise], cast: Sequence[Enterprise]) -> tuple[Enterprise, ...]:
    """A cast with the identities its products had when they were filed before."""
    before = {(p.enterprise, p.number): p for e in returning for p in e.products}
    return tuple(replace(e, products=tuple(before.get((p.enterprise, p.number), p) for p in e.products)) for e in cast)


def _newcomers(year: int, casting: Casting, returning: Sequence[Enterprise]) -> Iterator[Enterprise]:
    """The enterprises that file for the first time: those recognised, then those that are not."""
    said = published()[year]
    assert said.recognised.products and said.recognised.enterprises
    filed, filing = casting.applied(said)
    back = sum(len(e.products) for e in returning)
    products, enterprises = said.recognised.products - back, said.recognised.enterprises - len(returning)
    failing = filing - said.recognised.enterprises
    low = filed - said.recognised.products - failing  # failing products beside recognised ones of the same enterprise
    sizes = [1 + (n < products - enterprises) for n in range(enterprises)]
    assert (sum(sizes), low <= enterprises) == (products, True), f"round {year} does not come out"
    first, numbers = year % 100 * 100 + 1, count(FIRST_NUMBER)
    industries = iter(_industries(said, returning, sizes))
    for enterprise, size in enumerate(sizes, first):
        lines = [_product(year, next(numbers), next(industries), enterprise, "recognised") for _ in range(size)]
        if enterprise >= first + enterprises - low:
            lines.append(_product(year, next(numbers), lines[0].industry, enterprise, "low-score"))
        yield _enterprise(enterprise, lines)
    failed = range(first + enterprises, first + enterprises + failing)
    for enterprise, fate, industry in zip(failed, cycle(FAILING), cycle(FAILING_INDUSTRIES), strict=False):
        yield _enterprise(enterprise, [_product(year, next(numbers), industry, enterprise, fate)])


def _industries(said: Published, returning: Sequence[Enterprise], sizes: Sequence[int]) -> list[Industry]:
    """The industry of each new product: what is left of the published counts, otherwise enterprise by enterprise in turn."""
    if said.industries is None:
        return [industry for industry, size in zip(cycle(KINDS), sizes, strict=False) for _ in range(size)]
    left = Counter(said.industries)
    left.subtract(Counter(p.industry for e in returning for p in e.products))
    assert min(left.values()) >= 0, f"round {said.year}: too many come back of one industry"
    return list(left.elements())


def _product(year: int, number: int, industry: Industry, enterprise: int, fate: Fate) -> Product:
    kinds = KINDS[industry]
    name = f"{kinds[number % len(kinds)]} (giả định {year}/{number})"
    return Product(number, enterprise, name, industry, PATHS.get(industry, "other"), fate, year)


def _enterprise(number: int, lines: Sequence[Product]) -> Enterprise:
    return Enterprise(number, f"Công ty Mẫu {number} (giả định)", tuple(lines))
