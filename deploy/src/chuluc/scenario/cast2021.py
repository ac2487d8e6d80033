"""Who and what took part in the round of 2021: the published counts and names exactly, everything else made.

Published (press on decision 5012/QĐ-UBND, see domain sources): 54 products of 34 enterprises filed, 46 products of 30
enterprises recognised, the Top 10 by name, about 40,000 tỷ đồng of revenue and 1 tỷ USD of exports of the recognised.
Not public, and therefore made here: every other name, every tax code, every figure of an enterprise or product.
"""

from shared.contracts.department import Industry
from shared.contracts.portal import Path, YearFigures

from chuluc.scenario.cast import Enterprise, Fate, Product
from chuluc.scenario.made import BILLION, drawn, split

REVENUE = 40_000 * BILLION
EXPORTS_USD = 1_000_000_000
YEAR = 2021

TOP10: tuple[tuple[str, Industry, Path], ...] = (
    ("Đèn LED Rạng Đông", "electrical-electronics", "other"),
    ("Dây và cáp điện Cadisun", "electrical-electronics", "other"),
    ("Ống thép inox Sơn Hà", "mechanical", "other"),
    ("Khóa thông minh Innoviti-s", "electrical-electronics", "high-tech"),
    ("Phần mềm MISA AMIS", "information-technology", "high-tech"),
    ("Đá thạch anh Vicostone", "building-materials", "other"),
    ("Bình nước nóng ROSSI", "electrical-electronics", "other"),
    ("Dây cáp điện SINO-VANLOCK", "electrical-electronics", "other"),
    ("Cửa nhôm Eurowindow", "building-materials", "other"),
    ("Tôn mạ VNSTEEL Thăng Long", "mechanical", "other"),
)
"""The Top 10 of 2021 in the order published; each of another enterprise."""

# Made enterprises: industry, and the kinds of product each files. The first of a line that fails says why.
OTHERS: tuple[tuple[Industry, tuple[tuple[str, Path, Fate], ...]], ...] = (
    ("mechanical", (("Khuôn dập chính xác", "other", "recognised"), ("Bánh răng truyền động", "other", "recognised"))),
    ("mechanical", (("Máy tiện CNC cỡ nhỏ", "high-tech", "recognised"), ("Máy ép nhựa", "other", "recognised"))),
    ("mechanical", (("Phụ tùng xe máy", "other", "recognised"), ("Van công nghiệp", "other", "recognised"))),
    ("mechanical", (("Kết cấu thép tiền chế", "other", "recognised"), ("Lan can thép", "other", "low-score"))),
    ("electrical-electronics", (("Máy biến áp phân phối", "other", "recognised"), ("Tủ điện trung thế", "other", "recognised"))),
    ("electrical-electronics", (("Công tơ điện tử", "high-tech", "recognised"), ("Bộ điều khiển", "high-tech", "recognised"))),
    ("electrical-electronics", (("Quạt tiết kiệm điện", "other", "recognised"), ("Ổ cắm điện", "other", "recognised"))),
    ("electrical-electronics", (("Bo mạch nhiều lớp", "high-tech", "recognised"), ("Bo mạch mềm", "high-tech", "recognised"))),
    (
        "information-technology",
        (("Phần mềm quản lý sản xuất", "high-tech", "recognised"), ("Phần mềm kho", "high-tech", "low-score")),
    ),
    ("information-technology", (("Nền tảng hóa đơn điện tử", "start-up", "recognised"),)),
    ("textiles-garments-footwear", (("Áo sơ mi", "other", "recognised"), ("Vải kỹ thuật", "other", "recognised"))),
    ("textiles-garments-footwear", (("Giày thể thao", "other", "recognised"), ("Khăn bông", "other", "recognised"))),
    ("textiles-garments-footwear", (("Sợi dệt kim", "other", "recognised"), ("Vải dệt kim", "other", "recognised"))),
    ("food-processing", (("Bánh hộp", "other", "recognised"), ("Kẹo mềm", "other", "recognised"))),
    ("food-processing", (("Sữa chua uống", "other", "recognised"), ("Đồ hộp rau quả", "other", "late"))),
    ("chemicals-rubber-plastics-pharma", (("Sơn công nghiệp", "other", "recognised"), ("Keo dán", "other", "recognised"))),
    ("chemicals-rubber-plastics-pharma", (("Ống nhựa PPR", "other", "recognised"), ("Bao bì nhựa", "other", "recognised"))),
    ("chemicals-rubber-plastics-pharma", (("Lốp xe máy", "other", "recognised"), ("Băng tải cao su", "other", "recognised"))),
    ("building-materials", (("Gạch ốp lát", "other", "recognised"), ("Kính an toàn", "other", "recognised"))),
    (
        "handicraft",
        (
            ("Gốm mỹ nghệ", "handicraft", "recognised"),
            ("Mây tre đan", "handicraft", "recognised"),
            ("Sơn mài", "handicraft", "low-score"),
        ),
    ),
    ("mechanical", (("Thang nhôm", "other", "ineligible"),)),
    ("food-processing", (("Nước chấm", "other", "two-reasons"),)),
    ("textiles-garments-footwear", (("Túi vải", "other", "low-score"),)),
    ("building-materials", (("Tấm trần", "other", "low-score"),)),
)
LARGE = frozenset({1, 2, 3, 5, 6, 8, 9, 10, 11, 15, 21, 24, 26})
"""Thirteen recognised enterprises had more than 1,000 tỷ đồng of revenue (press); which ones is made."""


def enterprises() -> tuple[Enterprise, ...]:
    """The 34 enterprises with their 54 products: the ten named first, then the made ones."""
    result: list[Enterprise] = []
    number = 0
    for place, (name, industry, path) in enumerate(TOP10, 1):
        number += 1
        product = Product(number, place, name, industry, path, "recognised", YEAR)
        result.append(Enterprise(place, f"Doanh nghiệp của sản phẩm {name}", (product,)))
    for place, (industry, lines) in enumerate(OTHERS, len(TOP10) + 1):
        products = []
        for kind, path, fate in lines:
            number += 1
            products.append(Product(number, place, f"{kind} (giả định {number:02d})", industry, path, fate, YEAR))
        result.append(Enterprise(place, f"Công ty Mẫu {place:02d} (giả định)", tuple(products)))
    return tuple(result)


def figures(cast: tuple[Enterprise, ...]) -> dict[int, tuple[YearFigures, YearFigures]]:
    """Declared figures of 2019 and 2020 by product number.

    Those of 2020 of the recognised sum to exactly 40,000 tỷ đồng and 1 tỷ USD; the split is made.
    """
    recognised = [p for e in cast for p in e.products if p.fate == "recognised"]
    revenues = split(REVENUE, [_weight(p) for p in recognised], unit=BILLION)
    exports = split(EXPORTS_USD, [1 + drawn(12, "exports", p.number) for p in recognised], unit=1000)
    made = {p.number: (r, x) for p, r, x in zip(recognised, revenues, exports, strict=True)}
    for product in (p for e in cast for p in e.products if p.fate != "recognised"):
        poor = product.fate in ("ineligible", "two-reasons")
        made[product.number] = ((60 if poor else 160) * BILLION + drawn(20, product.name) * BILLION, 1_500_000)
    return {number: _two_years(number, revenue, exports) for number, (revenue, exports) in made.items()}


def _weight(product: Product) -> int:
    """Share of the revenue: what an enterprise needs to be over or under 1,000 tỷ đồng, and over its path's least."""
    return (180 if product.enterprise in LARGE else 22) + drawn(20, "revenue", product.number)


def _two_years(number: int, revenue: int, exports_usd: int) -> tuple[YearFigures, YearFigures]:
    before = 88 + drawn(8, "2019", number)
    return (
        YearFigures(year=2019, revenue=revenue * before // 100, exports_usd=exports_usd * before // 100),
        YearFigures(year=2020, revenue=revenue, exports_usd=exports_usd),
    )
