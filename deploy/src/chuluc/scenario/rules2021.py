"""What was in force in 2021: calendar, plan, eligibility rules, criteria, round, schemes, budget, fairs, Council.

Texts and figures are of the plans and guidance named beside them. Where none is public the value is a setting of this
scenario, and the event's own legal text says so.
"""

from datetime import date
from decimal import Decimal

from shared.contracts.activities import ActivityAnnounced
from shared.contracts.base import Data
from shared.contracts.council import CouncilAppointed, Member
from shared.contracts.department import (
    CalendarIssued,
    CriteriaIssued,
    Criterion,
    EligibilityRulesIssued,
    PlanIssued,
    RoundOpened,
    SchemeIssued,
    Target,
)
from shared.contracts.finance import BudgetAllocated

ROUND, PLAN, RULES, CRITERIA = "2021", "60/KH-UBND@2021-03-10", "1520-HD-SCT-2019", "criteria-2021"
YEAR = 2021
DECISION, DECIDED_ON = "5012/QĐ-UBND", date(2021, 11, 26)
OPENS, CLOSES = date(2021, 4, 12), date(2021, 7, 30)
DOCUMENTS = ("form", "business-registration", "product-description", "figures", "certificates")
COMMITMENTS = ("environment", "quality", "intellectual-property")
FAIR_ABROAD, RENEWAL, VERSION = "fair-abroad", "technology-renewal", "TT29-2018"
FAIR_LINE, RENEWAL_LINE = f"{YEAR}/{FAIR_ABROAD}", f"{YEAR}/{RENEWAL}"
FAIR_CAP = 150_000_000
"""150 triệu đồng a unit at an international fair (TT 29/2018/TT-BTC; plan 35/KH-UBND 2022)."""
FAIRS = ("fair-2021-tokyo", "fair-2021-hannover")
PASS_MARK = Decimal("65")

CALENDAR = CalendarIssued(
    calendar_id="2021",
    holidays=(
        date(2021, 1, 1),
        *(date(2021, 2, day) for day in (10, 11, 12, 15, 16)),
        date(2021, 4, 21),
        date(2021, 4, 30),
        date(2021, 5, 3),
        date(2021, 9, 2),
        date(2021, 9, 3),
        date(2022, 1, 3),
    ),
    legal_text="Bộ luật Lao động 2019, Điều 112: các ngày nghỉ lễ, tết năm 2021 và Tết Dương lịch 2022 (nghỉ bù)",
)


def _target(indicator: str, lower: str, upper: str | None, clause: str) -> Target:
    return Target(indicator=indicator, lower=Decimal(lower), upper=Decimal(upper) if upper else None, clause=clause)


ISSUED_PLAN = PlanIssued(
    plan_id=PLAN,
    number="60/KH-UBND",
    date=date(2021, 3, 10),
    year=YEAR,
    title_vi="Kế hoạch thực hiện Đề án phát triển sản phẩm công nghiệp chủ lực thành phố Hà Nội năm 2021",
    title_en="Plan for the development of key industrial products of Hà Nội in 2021",
    targets=(
        _target("enterprises-recognised", "20", "25", "20 – 25 doanh nghiệp tham gia"),
        _target("products-recognised", "25", "30", "25 – 30 sản phẩm được công nhận"),
        _target("supported-share", "100", None, "100 % doanh nghiệp thụ hưởng các chính sách hỗ trợ"),
        _target("production-growth", "10", "12", "giá trị sản xuất tăng 10 – 12 % so với năm 2020"),
        _target("output-share", "35", "40", "đóng góp 35 – 40 % tổng giá trị sản xuất công nghiệp toàn Thành phố"),
        _target("exports-share", "15", None, "15 % tổng kim ngạch xuất khẩu Thành phố"),
    ),
    source="Báo chí về Kế hoạch 60/KH-UBND năm 2021; ngày ban hành không có trong bài báo nên là giả định",
)
ISSUED_RULES = EligibilityRulesIssued(
    rules_id=RULES,
    effective_from=date(2019, 4, 10),
    high_tech_revenue=10_000_000_000,
    other_revenue=100_000_000_000,
    handicraft_exports_usd=1_000_000,
    required_documents=DOCUMENTS,
    high_tech_commitments=COMMITMENTS,
    legal_text="Hướng dẫn 1520/HD-SCT (4/2019); danh mục giấy tờ là giả định",
)


def _criterion(code: str, vi: str, en: str, maximum: str, owner: str) -> Criterion:
    return Criterion(code=code, name_vi=vi, name_en=en, maximum=Decimal(maximum), owner=owner)


ISSUED_CRITERIA = CriteriaIssued(
    criteria_id=CRITERIA,
    criteria=(
        _criterion("production-growth", "Tăng trưởng sản xuất", "Growth of production", "20", "doit"),
        _criterion("production-scale", "Quy mô sản xuất", "Scale of production", "25", "dpi"),
        _criterion("labour-productivity", "Năng suất lao động", "Labour productivity", "15", "dolisa"),
        _criterion("export-ability", "Khả năng xuất khẩu", "Export ability", "20", "doit"),
        _criterion("quality-kept", "Duy trì chất lượng", "Quality kept", "20", "council"),
    ),
    pass_mark=PASS_MARK,
    quorum=3,
    tie_break=("export-ability", "production-scale"),
    legal_text="Năm tiêu chí được nêu năm 2021; điểm, điểm đạt và cơ quan chấm không công khai nên là giả định",
)
OPENED_ROUND = RoundOpened(
    round_id=ROUND,
    year=YEAR,
    plan_id=PLAN,
    rules_id=RULES,
    criteria_id=CRITERIA,
    opens=OPENS,
    closes=CLOSES,
    validity_months=36,
    legal_text="Kế hoạch 60/KH-UBND năm 2021; ngày mở, ngày đóng là giả định; hiệu lực ba năm theo thông tin năm 2019",
)
MEMBERS = tuple(
    Member(member_id=f"tv-{number}", name=f"Thành viên {number} (tên giả định)", agency=agency, chair=number == 1)
    for number, agency in enumerate(("doit", "doit", "dpi", "dolisa", "dost"), 1)
)
COUNCIL = CouncilAppointed(
    round_id=ROUND,
    decision="Quyết định thành lập Hội đồng theo 3211/QĐ-UBND ngày 26/06/2018; thành viên là giả định",
    members=MEMBERS,
    made=True,
)
SCHEMES: tuple[Data, ...] = (
    SchemeIssued(
        scheme_id=FAIR_ABROAD,
        version=VERSION,
        effective_from=date(2018, 5, 15),
        name_vi="Hội chợ, triển lãm quốc tế ở nước ngoài cho doanh nghiệp CNHT",
        name_en="International fair abroad for supporting industries",
        activity="fair",
        rate_percent=100,
        cap=FAIR_CAP,
        requires="supporting-industry",
        part_grants=False,
        wait_business_days=20,
        legal_text="TT 29/2018/TT-BTC: tối đa 150 triệu đồng một đơn vị; ngày hiệu lực và thời hạn chờ là giả định",
    ),
    SchemeIssued(
        scheme_id=RENEWAL,
        version=VERSION,
        effective_from=date(2018, 5, 15),
        name_vi="Đổi mới công nghệ, thiết bị của doanh nghiệp CNHT",
        name_en="Technology renewal of supporting industries",
        activity="project",
        rate_percent=50,
        cap=None,
        requires="supporting-industry",
        part_grants=False,
        wait_business_days=20,
        legal_text="Kế hoạch 35/KH-UBND 2022: đến 50 % vốn đầu tư đổi mới công nghệ; phiên bản và thời hạn chờ là giả định",
    ),
)


def fair(fair_id: str, country: str, starts: date, ends: date) -> ActivityAnnounced:
    """A made fair with places for twelve."""
    return ActivityAnnounced(
        activity_id=fair_id,
        kind="fair-abroad",
        name_vi=f"Hội chợ công nghiệp hỗ trợ tại {country} (giả định)",
        name_en=f"Fair of supporting industries, {country} (assumed)",
        country=country,
        starts=starts,
        ends=ends,
        places=12,
        criteria_vi="Doanh nghiệp CNHT có sản phẩm công nghiệp chủ lực; theo thứ tự đăng ký",
        criteria_en="Supporting industries with a key industrial product; first come, first served",
        made=True,
    )


ANNOUNCED_FAIRS: tuple[Data, ...] = (
    fair(FAIRS[0], "Nhật Bản", date(2021, 12, 15), date(2021, 12, 18)),
    fair(FAIRS[1], "Đức", date(2021, 12, 20), date(2021, 12, 23)),
)


def budget(line_id: str, scheme_id: str, amount: int) -> BudgetAllocated:
    """Money of a line, made: the allocations of 2021 are not public."""
    text = "Số tiền được cấp là giả định; số thật không công khai"
    return BudgetAllocated(
        line_id=line_id, plan_id=PLAN, year=YEAR, scheme_id=scheme_id, amount=amount, made=True, legal_text=text
    )
