"""A year of 2021 as reporting hears it: the published counts and names, everything else made and marked as made."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from shared.contracts.applications import (
    ApplicationAccepted,
    ApplicationReceived,
    ApplicationRejected,
    EnterpriseRecorded,
    Reason,
)
from shared.contracts.base import Data
from shared.contracts.department import DayStarted, PlanIssued, RoundOpened, SchemeIssued, Target
from shared.contracts.finance import BudgetAllocated
from shared.contracts.portal import YearFigures
from shared.contracts.registers import AnnualResultReported
from shared.contracts.scoring import ProductNotRecognised, ProductRecognised
from shared.contracts.statistics import IndicatorReported
from shared.contracts.support import (
    AmountStep,
    BudgetAdjusted,
    BudgetExhausted,
    BudgetReleased,
    BudgetReserved,
    SupportDeclined,
    SupportGranted,
    SupportQueued,
)

TOP10 = (
    "Đèn LED Rạng Đông",
    "Dây và cáp điện Cadisun",
    "Ống thép inox Sơn Hà",
    "Khóa thông minh Innoviti-s",
    "Phần mềm MISA AMIS",
    "Đá thạch anh Vicostone",
    "Bình nước nóng ROSSI",
    "Dây cáp điện SINO-VANLOCK",
    "Cửa nhôm Eurowindow",
    "Tôn mạ VNSTEEL Thăng Long",
)
OTHERS = (
    "Máy biến áp phân phối",
    "Động cơ điện ba pha",
    "Khuôn ép nhựa chính xác",
    "Bánh kẹo hộp",
    "Giày da xuất khẩu",
    "Áo sơ mi nam",
    "Sơn tường",
    "Gạch ốp lát",
    "Thuốc bột pha tiêm",
    "Linh kiện ô tô",
    "Ắc quy khô",
    "Phần mềm quản lý bệnh viện",
)
INDUSTRIES = ("electrical-electronics", "mechanical", "information-technology", "building-materials", "food-processing")
PLAN = "60/KH-UBND@2021-03-01"


def target(indicator: str, lower: int | str, upper: int | str | None = None) -> Target:
    bound = None if upper is None else Decimal(upper)
    return Target(indicator=indicator, lower=Decimal(lower), upper=bound, clause=f"clause on {indicator}")


def plan(*targets: Target, year: int = 2021, plan_id: str = PLAN) -> PlanIssued:
    return PlanIssued(
        plan_id=plan_id,
        number=plan_id.partition("@")[0],
        date=date(year, 3, 1),
        year=year,
        title_vi=f"Phát triển sản phẩm công nghiệp chủ lực thành phố Hà Nội năm {year}",
        title_en=f"Development of the key industrial products of Hà Nội in {year}",
        targets=targets,
        source="báo chí",
    )


PLAN_60 = plan(
    target("enterprises-recognised", 20, 25),
    target("products-recognised", 25, 30),
    target("supported-share", 100),
    target("production-growth", 10, 12),
    target("output-share", 35, 40),
    target("exports-share", 15),
)


def tax_code(n: int) -> str:
    return f"{100000000 + n:010d}"


def name(n: int) -> str:
    return f"Công ty cổ phần {OTHERS[n % len(OTHERS)].split()[0]} số {n}"


def round_opened(year: int = 2021) -> RoundOpened:
    return RoundOpened(
        round_id=str(year),
        year=year,
        plan_id=PLAN,
        rules_id="1520-HD-SCT",
        criteria_id="2021",
        opens=date(year, 4, 1),
        closes=date(year, 8, 31),
        validity_months=36,
        legal_text="kế hoạch",
    )


def received(n: int, enterprise: int, product: str = "Sản phẩm") -> ApplicationReceived:
    return ApplicationReceived(
        application_id=f"HS-{n:03d}",
        round_id="2021",
        tax_code=tax_code(enterprise),
        product_name=product,
        received=date(2021, 5, 4),
    )


def accepted(n: int, enterprise: int, product: str = "Sản phẩm", *, made: bool = True) -> ApplicationAccepted:
    return ApplicationAccepted(
        application_id=f"HS-{n:03d}",
        round_id="2021",
        tax_code=tax_code(enterprise),
        enterprise_name=name(enterprise),
        product_id=f"SP-{n:03d}",
        product_name=product,
        industry="mechanical",
        received=date(2021, 5, 4),
        figures=(YearFigures(year=2020, revenue=10**11, exports_usd=0),),
        rules_id="1520-HD-SCT",
        made=made,
    )


def rejected(n: int, enterprise: int, product: str = "Sản phẩm", *, made: bool = True) -> ApplicationRejected:
    return ApplicationRejected(
        application_id=f"HS-{n:03d}",
        round_id="2021",
        tax_code=tax_code(enterprise),
        product_name=product,
        reasons=(
            Reason(
                slug="revenue-too-low",
                vi="Doanh thu 80.000.000.000 đồng, thấp hơn mức 100 tỷ đồng.",
                en="Revenue is 80,000,000,000 đồng, below 100 billion.",
            ),
            Reason(slug="document-missing", vi="Thiếu giấy đăng ký doanh nghiệp.", en="The business registration is missing."),
        ),
        rules_id="1520-HD-SCT",
        made=made,
    )


def recognised(n: int, enterprise: int, product: str = "Sản phẩm", **changes: Any) -> ProductRecognised:
    fields: dict[str, Any] = {
        "certificate": f"2021-{n:03d}",
        "application_id": f"HS-{n:03d}",
        "round_id": "2021",
        "year": 2021,
        "tax_code": tax_code(enterprise),
        "enterprise_name": name(enterprise),
        "product_id": f"SP-{n:03d}",
        "product_name": product,
        "industry": INDUSTRIES[n % len(INDUSTRIES)],
        "decision": "5012/QĐ-UBND",
        "decided_on": date(2021, 11, 26),
        "valid_from": date(2021, 11, 26),
        "valid_to": date(2024, 11, 25),
        "logo_right": True,
        "first_time": n % 3 != 0,
        "top10_rank": None,
        "score": Decimal("81.25"),
        "made": True,
    }
    return ProductRecognised(**{**fields, **changes})


def not_recognised(n: int, enterprise: int, product: str = "Sản phẩm") -> ProductNotRecognised:
    return ProductNotRecognised(
        application_id=f"HS-{n:03d}",
        round_id="2021",
        year=2021,
        tax_code=tax_code(enterprise),
        product_id=f"SP-{n:03d}",
        product_name=product,
        decision="5012/QĐ-UBND",
        score=Decimal("61.50"),
        reasons=(
            Reason(slug="below-pass-mark", vi="61,50 điểm, thấp hơn điểm đạt 65.", en="61.50 points, below the pass mark of 65."),
        ),
    )


def request(n: int, enterprise: int, **changes: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "request_id": f"HT-{n:03d}",
        "tax_code": tax_code(enterprise),
        "enterprise_name": name(enterprise),
        "scheme_id": "fair-abroad",
        "scheme_version": "TT29-2018",
        "activity_id": "hannover-messe-2021",
        "year": 2021,
        "requested_on": date(2021, 12, 1),
        "made": True,
    }
    return {**fields, **changes}


def granted(n: int, enterprise: int, **changes: Any) -> SupportGranted:
    fields: dict[str, Any] = {
        "line_id": "2021/fair-abroad",
        "amount": 150_000_000,
        "steps": (AmountStep(rule="cap", amount=150_000_000, vi="Mức trần mỗi đơn vị", en="Cap for each unit"),),
        "legal_text": "TT 29/2018/TT-BTC",
    }
    return SupportGranted(**{**request(n, enterprise), **fields, **changes})


def declined(n: int, enterprise: int) -> SupportDeclined:
    why = Reason(
        slug="already-supported",
        vi="Hội chợ này của doanh nghiệp đã được hỗ trợ theo đề nghị hỗ trợ HT-001.",
        en="This fair of the enterprise is already supported by request HT-001.",
    )
    return SupportDeclined(**request(n, enterprise), reasons=(why,))


def queued(n: int, enterprise: int) -> SupportQueued:
    vi, en = "Dòng ngân sách 2021/fair-abroad chưa đủ tiền.", "Budget line 2021/fair-abroad is short of money."
    return SupportQueued(**request(n, enterprise), waits_for="budget", vi=vi, en=en)


def allocated(line: str = "2021/fair-abroad", amount: int = 5_000_000_000, *, made: bool = True) -> BudgetAllocated:
    scheme = line.split("/")[1]
    return BudgetAllocated(
        line_id=line, plan_id=PLAN, year=2021, scheme_id=scheme, amount=amount, made=made, legal_text="dự toán 2021"
    )


def adjusted(line: str = "2021/fair-abroad", amount: int = 5_000_000_000) -> BudgetAdjusted:
    """What support says once the first allocation has reached the line."""
    return BudgetAdjusted(
        line_id=line, cause="allocated", by=amount, allocated=amount, reserved=0, available=amount, legal_text="dự toán 2021"
    )


def reserved(line: str, total: int, allocated: int) -> BudgetReserved:
    return BudgetReserved(
        line_id=line, request_id="HT-001", amount=total, allocated=allocated, reserved=total, available=allocated - total
    )


def released(line: str, back: int, total: int, allocated: int) -> BudgetReleased:
    return BudgetReleased(
        line_id=line, request_id="HT-001", amount=back, allocated=allocated, reserved=total, available=allocated - total
    )


def exhausted(line: str, total: int, allocated: int) -> BudgetExhausted:
    return BudgetExhausted(
        line_id=line, request_id="HT-099", asked=10**9, allocated=allocated, reserved=total, available=allocated - total
    )


def result(enterprise: int, year: int, production: int, exports: int = 0, *, made: bool = True) -> AnnualResultReported:
    return AnnualResultReported(
        tax_code=tax_code(enterprise), year=year, production_value=production, exports_usd=exports, made=made
    )


def figure(
    figure: str, value: int | str, unit: str = "VND", *, year: int = 2021, made: bool = False, source: str = "Niên giám thống kê"
) -> IndicatorReported:
    return IndicatorReported(figure=figure, year=year, value=Decimal(value), unit=unit, made=made, source_text=source)


def scheme(id: str, vi: str, en: str, effective: date = date(2018, 5, 1)) -> SchemeIssued:
    return SchemeIssued(
        scheme_id=id,
        version="TT29-2018",
        effective_from=effective,
        name_vi=vi,
        name_en=en,
        activity="fair",
        rate_percent=100,
        requires="recognition",
        part_grants=False,
        wait_business_days=10,
        legal_text="TT 29/2018/TT-BTC",
    )


def product_name(n: int) -> str:
    return TOP10[n - 1] if n <= len(TOP10) else f"{OTHERS[n % len(OTHERS)]} {n}"


def year_2021(day: date = date(2021, 12, 31)) -> Iterator[Data]:
    """54 products of 34 enterprises filed, 46 of 30 recognised; 46 dossiers are of the first 30 enterprises."""
    yield PLAN_60
    yield round_opened()
    yield scheme("fair-abroad", "Tham gia hội chợ, triển lãm ở nước ngoài", "Fairs abroad")
    yield scheme("technology-renewal", "Đổi mới công nghệ, thiết bị", "Technology renewal")
    for n in range(1, 35):
        yield EnterpriseRecorded(tax_code=tax_code(n), name=name(n), in_the_city=True, supporting_industry=True, made=True)
    for n in range(1, 55):
        enterprise = owner(n)
        yield received(n, enterprise, product_name(n))
        yield rejected(n, enterprise, product_name(n)) if n > 51 else accepted(n, enterprise, product_name(n))
    for n in range(1, 47):
        yield recognised(n, owner(n), product_name(n), top10_rank=n if n <= 10 else None)
    for n in range(47, 52):
        yield not_recognised(n, owner(n), product_name(n))
    yield from _support()
    yield from _results()
    yield DayStarted(date=day)


def owner(n: int) -> int:
    """The enterprise of dossier n: 1 to 30 for the 46 recognised, 31 to 34 for the last eight."""
    return (n - 1) % 30 + 1 if n <= 46 else (n - 47) % 4 + 31


def _support() -> Iterator[Data]:
    yield allocated("2021/fair-abroad", 5_000_000_000)
    yield allocated("2021/technology-renewal", 42_000_000_000)
    for n in range(1, 31):
        yield granted(n, n)
        yield reserved("2021/fair-abroad", n * 150_000_000, 5_000_000_000)
    for n in range(31, 35):
        technology = {"scheme_id": "technology-renewal", "activity_id": f"du-an-{n}", "line_id": "2021/technology-renewal"}
        yield granted(n, n - 30, amount=2_500_000_000, **technology)
        yield reserved("2021/technology-renewal", (n - 30) * 2_500_000_000, 42_000_000_000)
    yield declined(35, 1)
    yield queued(36, 31)
    yield exhausted("2021/fair-abroad", 4_500_000_000, 5_000_000_000)


def _results() -> Iterator[Data]:
    for n in range(1, 31):
        yield result(n, 2020, 9_000_000_000_000, 55_000_000)
        yield result(n, 2021, 9_990_000_000_000, 60_000_000)
    yield figure("city-industrial-output", 780_000_000_000_000, made=True)
    yield figure("city-exports", 13_500_000_000, "USD", made=True)
