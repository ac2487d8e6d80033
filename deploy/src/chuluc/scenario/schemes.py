"""Every scheme of the city's plans, each with the rate, the caps and the text it was read in.

Rates, caps and texts are real. What no text gives is a setting and says so (giả định): days of effect, waiting, advance, the
amount a second approval is needed from, and a rate or cap where the text leaves it open.
"""

from datetime import date
from typing import Any

from shared.contracts.department import Beneficiary, SchemeIssued

MILLION = 1_000_000
CNHT: tuple[Beneficiary, ...] = ("supporting-industry",)
RURAL: tuple[Beneficiary, ...] = ("rural-establishment",)
RECOGNISED: tuple[Beneficiary, ...] = ("recognition", "supporting-industry")

TT29, TTLT26, TT28 = "TT29-2018", "TTLT26-2014", "TT28-2018"
KH35, PLANS, SOURCES = "KH35-2022", "KH-2018-2024", "ND111-2015"
EFFECTIVE = {
    TT29: date(2018, 5, 15),
    TTLT26: date(2014, 4, 4),
    TT28: date(2018, 5, 15),
    KH35: date(2022, 2, 1),
    PLANS: date(2018, 5, 15),
    SOURCES: date(2018, 5, 15),
}
TEXTS = {
    TT29: "Thông tư 29/2018/TT-BTC",
    TTLT26: "Thông tư liên tịch 26/2014/TTLT-BTC-BCT",
    TT28: "Thông tư 28/2018/TT-BTC",
    KH35: "Kế hoạch 35/KH-UBND năm 2022",
    PLANS: "các kế hoạch phát triển sản phẩm công nghiệp chủ lực và công nghiệp hỗ trợ của Thành phố",
    SOURCES: "Nghị định 111/2015/NĐ-CP và các kế hoạch của Thành phố",
}


def cap(unit: str, million: int, clause: str, **more: Any) -> dict[str, Any]:
    """The most for a unit, in triệu đồng, with the words of the text."""
    return {"unit": unit, "amount": million * MILLION, "clause": clause, **more}


def scheme(id: str, version: str, names: tuple[str, str], said: str, **rules: Any) -> SchemeIssued:
    """A version of a scheme by its rules; `said` is what of it stands in its text, or is assumed."""
    facts = {
        "scheme_id": id,
        "version": version,
        "effective_from": EFFECTIVE[version],
        "name_vi": names[0],
        "name_en": names[1],
        "part_grants": False,
        "wait_business_days": 20,
        "legal_text": f"{TEXTS[version]}: {said}; ngày hiệu lực, thời hạn chờ và tỷ lệ tạm ứng là giả định",
    }
    return SchemeIssued.model_validate(facts | rules)


def support(id: str, vi: str, en: str) -> SchemeIssued:
    """Technology support by a share of the cost, for the recognised and for supporting industries."""
    said = "hỗ trợ 50–70 % chi phí; mức 70 % là giả định"
    rules = {"activity": "project", "rate_percent": 70, "rate_clause": "50–70 %", "beneficiaries": RECOGNISED}
    return scheme(id, SOURCES, (vi, en), said, **rules)


def in_kind(id: str, activity: str, vi: str, en: str) -> SchemeIssued:
    """Support that the city organises and does not pay out."""
    said = "hỗ trợ bằng hiện vật"
    return scheme(id, PLANS, (vi, en), said, activity=activity, in_kind=True, beneficiaries=RECOGNISED, advance_percent=0)


LINE = {"trait": "technology-line", "factor": "1.5"}
MISSION_CAPS = (
    cap("mission", 28, "28 triệu đồng/đơn vị, châu Á", regions=("asia",)),
    cap(
        "mission",
        42,
        "42 triệu đồng/đơn vị, châu Âu, châu Phi, châu Úc, Bắc Mỹ, Tây Á",
        regions=("europe", "africa", "australia", "north-america", "west-asia"),
    ),
    cap("mission", 70, "70 triệu đồng/đơn vị; khu vực còn lại (giả định, nguồn không nêu hết)"),
)

PROMOTION = (
    scheme(
        "cnht-fair-abroad",
        TT29,
        ("Hội chợ, triển lãm quốc tế ở nước ngoài cho doanh nghiệp CNHT", "International fair abroad for supporting industries"),
        "tối đa 150 triệu đồng/đơn vị; tỷ lệ 100 % là giả định",
        activity="fair-abroad",
        rate_percent=100,
        caps=(cap("fair-edition", 150, "tối đa 150 triệu đồng/đơn vị"),),
        beneficiaries=CNHT,
    ),
    scheme(
        "cnht-fair-at-home",
        TT29,
        ("Hội chợ, triển lãm trong nước cho doanh nghiệp CNHT", "Fair at home for supporting industries"),
        "tối đa 70 %, 12 triệu đồng/đơn vị",
        activity="fair-at-home",
        rate_percent=70,
        rate_clause="tối đa 70 %",
        caps=(cap("fair-edition", 12, "tối đa 12 triệu đồng/đơn vị"),),
        beneficiaries=CNHT,
    ),
    scheme(
        "cnht-mission-abroad",
        TT29,
        ("Đoàn xúc tiến thương mại ở nước ngoài cho doanh nghiệp CNHT", "Trade mission abroad for supporting industries"),
        "tối đa 28, 42 hoặc 70 triệu đồng/đơn vị theo khu vực; tỷ lệ 100 % là giả định",
        activity="trade-mission",
        rate_percent=100,
        caps=MISSION_CAPS,
        beneficiaries=CNHT,
    ),
)
TECHNOLOGY = (
    scheme(
        "cnht-technology-renewal",
        KH35,
        ("Đổi mới công nghệ, thiết bị của doanh nghiệp CNHT", "Technology renewal of supporting industries"),
        "đến 50 % vốn đầu tư đổi mới công nghệ",
        activity="project",
        rate_percent=50,
        rate_clause="đến 50 % vốn đầu tư",
        beneficiaries=CNHT,
        part_grants=True,
        second_approval_from=1_000 * MILLION,
    ),
    support("research", "Nghiên cứu và phát triển", "Research and development"),
    support("technology-transfer", "Chuyển giao công nghệ", "Technology transfer"),
    support("licences-and-patents", "Bản quyền, sáng chế", "Licences and patents"),
    support("software", "Phần mềm và chuyển đổi số", "Software and digital transformation"),
    support("foreign-experts", "Chuyên gia nước ngoài", "Foreign experts"),
    support("trial-production", "Sản xuất thử nghiệm", "Trial production"),
)
MANAGEMENT = tuple(
    scheme(
        id,
        TT29,
        names,
        "tối đa 100 %",
        activity="project",
        rate_percent=100,
        rate_clause="tối đa 100 %",
        beneficiaries=CNHT,
    )
    for id, names in (
        ("management-systems", ("Hệ thống quản lý", "Management systems")),
        ("capability-assessment", ("Đánh giá năng lực, công nhận quốc tế", "Capability assessment, international recognition")),
    )
)
PEOPLE = (
    scheme(
        "training",
        TT29,
        ("Đào tạo nguồn nhân lực", "Training"),
        "tối đa 70 %",
        activity="training-course",
        rate_percent=70,
        rate_clause="tối đa 70 %",
        beneficiaries=CNHT,
    ),
    scheme(
        "craft-class",
        PLANS,
        ("Lớp truyền nghề", "Craft class"),
        "1.300 lao động nông thôn học nghề (kế hoạch 2019); tỷ lệ và mức theo học viên là giả định",
        activity="craft-class",
        rate_percent=100,
        caps=(cap("learner", 2, "2 triệu đồng/học viên (giả định)"),),
        beneficiaries=RURAL,
    ),
)
RURAL_NAMES = {
    "rural-machinery": ("Ứng dụng máy móc tiên tiến (khuyến công)", "Advanced machinery (industrial promotion)"),
    "rural-model": ("Mô hình trình diễn kỹ thuật (khuyến công)", "Demonstration model (industrial promotion)"),
}
INDUSTRIAL_PROMOTION = (
    scheme(
        "rural-machinery",
        TTLT26,
        RURAL_NAMES["rural-machinery"],
        "tối đa 50 %, 200 triệu đồng/cơ sở",
        activity="project",
        rate_percent=50,
        caps=(cap("establishment", 200, "tối đa 200 triệu đồng/cơ sở"),),
        beneficiaries=RURAL,
        counts_as="rural-equipment",
    ),
    scheme(
        "rural-machinery",
        TT28,
        RURAL_NAMES["rural-machinery"],
        "tối đa 50 %, 300 triệu đồng/cơ sở; dây chuyền công nghệ gấp 1,5 lần (Điều 8 khoản 4)",
        activity="project",
        rate_percent=50,
        rate_clause="Điều 8 khoản 4",
        caps=(cap("establishment", 300, "Điều 8 khoản 4", multipliers=(LINE,)),),
        beneficiaries=RURAL,
        counts_as="rural-equipment",
    ),
    scheme(
        "rural-model",
        TTLT26,
        RURAL_NAMES["rural-model"],
        "tối đa 30 %, 500 triệu đồng/mô hình",
        activity="project",
        rate_percent=30,
        caps=(cap("project", 500, "tối đa 500 triệu đồng/mô hình"),),
        beneficiaries=RURAL,
    ),
    scheme(
        "rural-model",
        TT28,
        RURAL_NAMES["rural-model"],
        "tối đa 30 %, 1.000 triệu đồng/mô hình (Điều 8 khoản 2)",
        activity="project",
        rate_percent=30,
        rate_clause="Điều 8 khoản 2",
        caps=(cap("project", 1_000, "Điều 8 khoản 2"),),
        beneficiaries=RURAL,
    ),
)
IN_KIND = (
    in_kind("supplier-connection", "connection-meeting", "Kết nối cung cầu", "Supplier connection"),
    in_kind("online-connection", "online-fair", "Kết nối trực tuyến, thực tế ảo", "Online and VR connection"),
    in_kind("city-cnht-fair", "city-fair", "Hội chợ CNHT của Thành phố", "The city's fair of supporting industries"),
    in_kind("publicity", "publicity", "Quảng bá sản phẩm", "Publicity"),
    in_kind("programme-logo", "publicity", "Sử dụng biểu trưng Chương trình", "Use of the programme's logo"),
    in_kind("ceremony", "publicity", "Lễ tôn vinh", "Ceremony of honours"),
)
EVERY_SCHEME = (*PROMOTION, *TECHNOLOGY, *MANAGEMENT, *PEOPLE, *INDUSTRIAL_PROMOTION, *IN_KIND)
"""Each version in effect at some time; machinery and models of khuyến công in two versions, whose caps changed by date."""
