"""The plans of the years and of the phase 2021–2025, with the targets that were found of each (domain section 2)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from shared.contracts.department import PlanIssued, Target

from chuluc.scenario.made import BILLION


def _plan(
    number: str,
    day: date,
    *,
    year: int,
    title: tuple[str, str],
    targets: tuple[Target, ...],
    source: str,
    to_year: int | None = None,
) -> PlanIssued:
    """A plan; its date stood in none of the texts."""
    return PlanIssued(
        plan_id=f"{number}@{day}",
        number=number,
        date=day,
        year=year,
        to_year=to_year,
        title_vi=title[0],
        title_en=title[1],
        targets=targets,
        source=f"{source}; ngày ban hành không có trong nguồn nên là giả định",
    )


def _target(indicator: str, lower: int, upper: int | None, clause: str) -> Target:
    return Target(indicator=indicator, lower=Decimal(lower), upper=None if upper is None else Decimal(upper), clause=clause)


def _title(year: int) -> tuple[str, str]:
    return (
        f"Kế hoạch phát triển sản phẩm công nghiệp chủ lực thành phố Hà Nội năm {year}",
        f"Plan for the development of key industrial products of Hà Nội in {year}",
    )


def _counted(lower: int, upper: int) -> tuple[Target, ...]:
    """The counts of the plans of 2022 and 2024; the bounds are those of products recognised for the first time."""
    return (
        _target("enterprises-recognised", 20, 25, "20 – 25 doanh nghiệp tham gia"),
        _target("products-recognised", 30, 35, "30 – 35 sản phẩm được công nhận"),
        _target("first-time-recognised", lower, upper, f"{lower} – {upper} sản phẩm được công nhận lần đầu"),
    )


PLANS: Mapping[int, tuple[PlanIssued, ...]] = {
    2019: (
        _plan(
            "KH-2019",
            date(2019, 2, 18),
            year=2019,
            title=_title(2019),
            targets=(
                _target("products-recognised", 70, None, "công nhận khoảng 70 sản phẩm"),
                _target("craft-learners", 1_300, None, "truyền nghề cho 1.300 lao động nông thôn"),
                _target("rural-equipment", 14, None, "hỗ trợ 14 cơ sở công nghiệp nông thôn ứng dụng máy móc mới"),
            ),
            source="Báo chí về kế hoạch năm 2019, không nêu số văn bản",
        ),
    ),
    2022: (
        _plan(
            "267/KH-UBND",
            date(2022, 1, 12),
            year=2022,
            title=_title(2022),
            targets=_counted(15, 20),
            source="Báo chí về Kế hoạch 267/KH-UBND năm 2022",
        ),
        _plan(
            "35/KH-UBND",
            date(2022, 1, 24),
            year=2022,
            title=(
                "Kế hoạch phát triển công nghiệp hỗ trợ thành phố Hà Nội năm 2022",
                "Plan for the development of supporting industries of Hà Nội in 2022",
            ),
            targets=(
                _target("supporting-enterprises", 920, None, "khoảng 920 doanh nghiệp công nghiệp hỗ trợ"),
                _target("supporting-enterprises-international", 300, None, "khoảng 300 doanh nghiệp đạt tiêu chuẩn quốc tế"),
                _target("supporting-output-share", 16, None, "16 % giá trị sản xuất công nghiệp chế biến, chế tạo"),
                _target("supporting-index-growth", 11, None, "chỉ số sản xuất công nghiệp hỗ trợ tăng trên 11 %"),
                _target("clusters-started", 43, None, "khởi công 43 cụm công nghiệp"),
            ),
            source="Báo chí về Kế hoạch 35/KH-UBND năm 2022",
        ),
    ),
    2024: (
        _plan(
            "302/KH-UBND",
            date(2024, 1, 15),
            year=2024,
            title=_title(2024),
            targets=(
                *_counted(10, 15),
                _target("supported-share", 100, None, "100 % doanh nghiệp thụ hưởng các chính sách hỗ trợ"),
            ),
            source="Báo chí về Kế hoạch 302/KH-UBND năm 2024",
        ),
    ),
}
"""Plans by the year they are of, each with all targets its source gives; that of 2021 is told with its round."""
PHASE = _plan(
    "2021-2025",
    date(2020, 12, 28),
    year=2021,
    to_year=2025,
    title=(
        "Mục tiêu giai đoạn 2021 – 2025 về sản phẩm công nghiệp chủ lực thành phố Hà Nội",
        "Targets of 2021 – 2025 for key industrial products of Hà Nội",
    ),
    targets=(
        _target("enterprises-recognised", 100, 120, "100 – 120 doanh nghiệp trong cả giai đoạn"),
        _target("products-recognised", 150, 180, "150 – 180 sản phẩm trong cả giai đoạn"),
        _target("support-money", 200 * BILLION, None, "kinh phí hỗ trợ khoảng 200 tỷ đồng trong cả giai đoạn"),
        _target("output-share", 40, 50, "mỗi năm đóng góp 40 – 50 % giá trị sản xuất công nghiệp toàn Thành phố"),
        _target("exports-share", 20, 22, "mỗi năm đóng góp 20 – 22 % kim ngạch xuất khẩu Thành phố"),
    ),
    source="Báo chí về mục tiêu giai đoạn 2021 – 2025, không nêu số văn bản",
)
"""Told before the first year of the phase begins."""
