"""What the pages of the registers show: products over the years, lives of certificates, districts, and the CNHT publication.

All of it is made for the tests and says so.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from shared.contracts.applications import EnterpriseRecorded
from shared.contracts.base import Data, Event, make_event
from shared.contracts.clusters import ClusterRecorded
from shared.contracts.demand import DemandClosed, DemandPosted, MatchReason, SupplierMatch, SuppliersMatched
from shared.contracts.department import DayStarted
from shared.contracts.registers import Capability, StandardHeld
from shared.contracts.supporting_industry import Standard, StandardsListed, SupplierDelisted, SupplierListed
from unit.reporting import lives, story
from unit.reporting.story import recognised, round_opened, tax_code

DISTRICTS = ("Quận Long Biên", "Huyện Đông Anh", "Quận Hoàng Mai", "Huyện Gia Lâm", "Quận Đống Đa", "Huyện Thường Tín")
ORDERED = ("An Phát", "Ánh Dương", "Bảo Tín", "Cát Tường", "Dân Sinh", "Đại Thành", "Điện Quang", "Ê Ban", "Gia Huy")


def recorded(n: int, district: str | None, name: str | None = None) -> EnterpriseRecorded:
    return EnterpriseRecorded(
        tax_code=tax_code(n),
        name=name or story.name(n),
        in_the_city=True,
        district=district,
        supporting_industry=True,
        made=True,
    )


def on(day: date, data: Data, id: str) -> Event[Any]:
    """An event of that day."""
    return make_event(data, id=id, time=datetime(day.year, day.month, day.day, 8, tzinfo=UTC))


def of_year(n: int, enterprise: int, year: int, product: str, **changes: Any) -> Data:
    """A certificate of a year, of the product `SP-{n}`."""
    fields: dict[str, Any] = {
        "certificate": f"{year}-{n:03d}",
        "application_id": f"HS-{year}-{n:03d}",
        "round_id": str(year),
        "year": year,
        "decided_on": date(year, 11, 20),
        "valid_from": date(year, 11, 20),
        "valid_to": date(year + 3, 11, 19),
        "decision": f"{5000 + n}/QĐ-UBND",
        **changes,
    }
    return recognised(n, enterprise, product, **fields)


def years() -> Iterator[Data]:
    """The year 2021 with districts, products of 2019 to 2022, and the life of certificate 2021-001."""
    for year in (2018, 2019, 2020, 2022):
        yield round_opened(year)
    yield from story.year_2021(date(2022, 12, 31))
    for n in range(1, 35):
        yield recorded(n, DISTRICTS[n * n % len(DISTRICTS)])
    for n, year in ((1, 2018), (2, 2018), (3, 2019), (11, 2019), (1, 2020), (5, 2020), (6, 2020), (12, 2022), (13, 2022)):
        yield of_year(n, n, year, story.product_name(n), first_time=year < 2020)
    yield of_year(60, 31, 2022, "Bóng đèn Điện Quang tiết kiệm điện", first_time=True)
    yield lives.suspended(date(2022, 3, 1), date(2022, 4, 30))
    yield lives.renewed(date(2027, 11, 25))
    yield lives.revoked(date(2022, 5, 1), 9, "2021-009")
    yield lives.transferred(2, 3, date(2022, 7, 1), "2021-002")


def supplier(n: int, **changes: Any) -> SupplierListed:
    fields: dict[str, Any] = {
        "tax_code": tax_code(n),
        "name": f"Công ty TNHH {ORDERED[n % len(ORDERED)]} {n}",
        "sectors": ("Linh kiện cơ khí",),
        "capabilities": (Capability(product="Trục thép", capacity=Decimal("120000"), unit="chiếc"),),
        "standards": (StandardHeld(standard="ISO-9001", certificate="Q-1", issuer="QUACERT", valid_until=date(2024, 6, 30)),),
        "international": n % 3 == 0,
        "confirmed_on": date(2021, 5, 4),
        "made": True,
    }
    return SupplierListed(**{**fields, **changes})


def delisted(n: int, left_on: date) -> SupplierDelisted:
    return SupplierDelisted(tax_code=tax_code(n), left_on=left_on, why="removed", reason="Ngừng sản xuất.")


def demand(id: str = "NC-1", **changes: Any) -> DemandPosted:
    fields: dict[str, Any] = {
        "demand_id": id,
        "buyer": "Công ty ô tô Sao Mai",
        "sector": "Linh kiện cơ khí",
        "product": "Trục thép",
        "standards": ("ISO-9001",),
        "capacity": Decimal("50000"),
        "unit": "chiếc",
        "posted_on": date(2021, 6, 1),
        "until": date(2021, 9, 30),
        "made": True,
    }
    return DemandPosted(**{**fields, **changes})


def matched(id: str, *suppliers: tuple[int, bool]) -> SuppliersMatched:
    """Suppliers with whether each meets the capacity asked."""
    reason = {"asked": "capacity", "vi": "Năng lực thấp hơn yêu cầu.", "en": "The capacity is less than asked."}
    return SuppliersMatched(
        demand_id=id,
        buyer="Công ty ô tô Sao Mai",
        matches=tuple(
            SupplierMatch(
                tax_code=tax_code(n),
                name=f"Nhà cung ứng {n}",
                capability=None,
                international=False,
                reasons=(MatchReason(met=met, **reason),),
            )
            for n, met in suppliers
        ),
    )


def closed(id: str, day: date) -> DemandClosed:
    return DemandClosed(demand_id=id, closed_on=day, reason="Đã ký hợp đồng.")


def cluster(id: str, state: str, day: date, **changes: Any) -> ClusterRecorded:
    fields: dict[str, Any] = {
        "cluster_id": id,
        "name": f"Cụm công nghiệp {id}",
        "district": "Huyện Thường Tín",
        "area": Decimal("25.5"),
        "state": state,
        "on": day,
        "started_on": day if state == "started" else None,
        "made": True,
    }
    return ClusterRecorded(**{**fields, **changes})


def standards() -> StandardsListed:
    return StandardsListed(
        list_id="2021",
        effective_from=date(2021, 1, 1),
        standards=(
            Standard(
                standard="ISO-9001",
                name_vi="ISO 9001 – Quản lý chất lượng",
                name_en="ISO 9001 quality management",
                international=True,
            ),
        ),
        notice_business_days=30,
        legal_text="kế hoạch 35/KH-UBND",
    )


def publication() -> Iterator[Data]:
    """The CNHT publication of 2021: 60 suppliers listed, two demands, three clusters."""
    yield standards()
    for n in range(1, 61):
        yield supplier(n)
    yield demand()
    yield demand("NC-2", buyer="Tập đoàn điện tử Hướng Dương", standards=(), product="Vỏ nhựa")
    yield matched("NC-1", (1, True), (2, False))
    yield closed("NC-2", date(2021, 8, 1))
    yield cluster("CCN-01", "planned", date(2020, 5, 1))
    yield cluster("CCN-01", "started", date(2021, 4, 1))
    yield cluster("CCN-02", "operating", date(2019, 4, 1), district="Huyện Đông Anh", area=Decimal(42))
    yield cluster("CCN-03", "established", date(2021, 12, 1), district="Huyện Gia Lâm", area=Decimal("8.125"))


def everything() -> Iterator[Data]:
    """All of it, up to the end of 2022."""
    yield from years()
    yield from publication()
    yield DayStarted(date=date(2022, 12, 31))
