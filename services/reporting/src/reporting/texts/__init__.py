"""Words for people, Vietnamese first: the status of a target, units, industries, and the labels of the page."""

from shared.words import INDUSTRIES, Words

from reporting.indicators import Status
from reporting.texts import cnht, enterprise, files, indicators, layout, operations, registers, report, support, tasks, year
from reporting.texts.cnht import CLUSTER_STATES
from reporting.texts.indicators import FORECAST_RULE
from reporting.texts.registers import LIFE, RIGHTS
from reporting.texts.support import ACTIVITY_KINDS, ATTENDANCES, CAUSES, FACTS, MOVEMENTS, STAGES, STEPS
from reporting.texts.tasks import AGENCIES, FOR_WHOM, GROUPS, TASK_STATES

__all__ = [
    "ACTIVITY_KINDS",
    "AGENCIES",
    "ATTENDANCES",
    "CAUSES",
    "CLUSTER_STATES",
    "DOSSIER_STATES",
    "EXCEEDED",
    "FACTS",
    "FORECAST_RULE",
    "FOR_WHOM",
    "GRANT_STATES",
    "GROUPS",
    "INDUSTRIES",
    "LIFE",
    "MEASURES",
    "MOVEMENTS",
    "PAGE",
    "PUBLISHERS",
    "RIGHTS",
    "STAGES",
    "STATES",
    "STATUS",
    "STEPS",
    "TASK_STATES",
    "UNITS",
    "Words",
]

STATUS = {
    Status.MET: Words("Đạt", "Met"),
    Status.MISSED: Words("Chưa đạt", "Missed"),
    Status.ON_TRACK: Words("Đúng tiến độ", "On track"),
    Status.BEHIND: Words("Chậm tiến độ", "Behind"),
    Status.NO_DATA: Words("Chưa có số liệu", "No data"),
}
EXCEEDED = Words("Đạt, vượt kế hoạch", "Met, above plan")

UNITS = {
    "enterprises": Words("doanh nghiệp", "enterprises"),
    "products": Words("sản phẩm", "products"),
    "percent": Words("%", "%"),
    "clusters": Words("cụm", "clusters"),
    "hectares": Words("ha", "hectares"),
    "learners": Words("học viên", "learners"),
    "establishments": Words("cơ sở", "establishments"),
    "participations": Words("lượt", "participations"),
    "VND": Words("đồng", "đồng"),
}

GRANT_STATES = {
    "granted": Words("Được hỗ trợ", "Granted"),
    "declined": Words("Không được hỗ trợ", "Declined"),
    "queued": Words("Đang chờ", "Waiting"),
}

STATES: dict[str, Words] = {
    "in-force": Words("Còn hiệu lực", "In force"),
    "suspended": Words("Bị đình chỉ", "Suspended"),
    "revoked": Words("Bị thu hồi", "Revoked"),
    "expired": Words("Hết hiệu lực", "Expired"),
}

DOSSIER_STATES = {
    "received": Words("Đã tiếp nhận", "Received"),
    "accepted": Words("Đủ điều kiện, đang xét", "Eligible, being assessed"),
    "recognised": Words("Được công nhận", "Recognised"),
    "rejected": Words("Không đủ điều kiện", "Not eligible"),
    "withdrawn": Words("Đã rút", "Withdrawn"),
    "replaced": Words("Được thay thế", "Replaced"),
    "not-recognised": Words("Không được công nhận", "Not recognised"),
}

MEASURES = {
    "products-filed": Words("Hồ sơ đăng ký", "Dossier filed"),
    "enterprises-filed": Words("Doanh nghiệp có hồ sơ", "Enterprise with a dossier"),
    "products-recognised": Words("Sản phẩm được công nhận", "Product recognised"),
    "enterprises-recognised": Words("Doanh nghiệp có sản phẩm được công nhận", "Enterprise with a recognised product"),
    "enterprises-in-force": Words("Công nhận còn hiệu lực", "Recognition in force"),
    "enterprises-supported": Words("Doanh nghiệp được hỗ trợ", "Enterprise supported"),
    "production-value": Words("Giá trị sản xuất", "Production"),
    "exports": Words("Xuất khẩu", "Exports"),
    "first-time-recognised": Words("Sản phẩm được công nhận lần đầu", "Product recognised for the first time"),
    "supporting-enterprises": Words("Doanh nghiệp trong danh sách CNHT", "Enterprise on the list of supporting industries"),
    "supporting-enterprises-international": Words("Đạt tiêu chuẩn quốc tế", "At international standard"),
    "clusters-started": Words("Cụm công nghiệp khởi công", "Industrial cluster started"),
    "clusters-started-area": Words("Diện tích cụm công nghiệp khởi công", "Area of an industrial cluster started"),
    "craft-learners": Words("Học viên lớp truyền nghề", "Learners of a craft class"),
    "course-learners": Words("Học viên khóa đào tạo", "Learners of a training course"),
    "rural-equipment": Words("Cơ sở được hỗ trợ máy móc, thiết bị", "Establishment with new equipment"),
    "participations": Words("Tham gia hoạt động", "Joined an activity"),
    "money-allocated": Words("Kinh phí được cấp", "Money allocated"),
    "money-used": Words("Kinh phí đã bố trí, đã ký hoặc đã chi", "Money reserved, committed or paid"),
    "money-paid": Words("Kinh phí đã chi", "Money paid"),
    "supporting-output": Words("Giá trị sản xuất CNHT", "Output of supporting industries"),
    "manufacturing-output": Words("Giá trị sản xuất công nghiệp chế biến, chế tạo", "Output of manufacturing"),
    "supporting-index": Words("Chỉ số sản xuất CNHT (năm trước = 100)", "Index of supporting industries (year before = 100)"),
    "trained-workers-rate": Words("Tỷ lệ lao động qua đào tạo", "Rate of trained workers"),
    "clean-technology-share": Words("Tỷ lệ doanh nghiệp dùng công nghệ sạch", "Share of enterprises with clean technology"),
    "city-industrial-output": Words("Giá trị sản xuất công nghiệp toàn Thành phố", "Industrial output of the City"),
    "city-exports": Words("Kim ngạch xuất khẩu toàn Thành phố", "Exports of the City"),
}

# Who published an event, by the last word of its source.
PUBLISHERS = {
    "department": Words("Sở Công Thương", "Department of Industry and Trade"),
    "finance": Words("Cơ quan tài chính", "Finance"),
    "registers": Words("Cơ quan đăng ký, thống kê doanh nghiệp", "Registers of enterprises"),
    "portal": Words("Cổng một cửa", "One-stop portal"),
    "council": Words("Thư ký Hội đồng", "Secretariat of the Council"),
    "statistics": Words("Cục Thống kê", "Statistics office"),
    "agencies": Words("Cơ quan chủ trì", "Lead agency"),
    **AGENCIES,
    "applications": Words("Dịch vụ hồ sơ", "Service of dossiers"),
    "scoring": Words("Dịch vụ chấm điểm và công nhận", "Service of scoring and recognition"),
    "support": Words("Dịch vụ hỗ trợ", "Service of support"),
}

# The labels of every page, each said once.
PAGE = {
    **layout.PAGE,
    **year.PAGE,
    **indicators.PAGE,
    **tasks.PAGE,
    **registers.PAGE,
    **cnht.PAGE,
    **support.PAGE,
    **enterprise.PAGE,
    **report.PAGE,
    **files.PAGE,
    **operations.PAGE,
}
