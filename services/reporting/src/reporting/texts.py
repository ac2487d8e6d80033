"""Words for people, Vietnamese first: the status of a target, units, industries, and the labels of the page."""

from shared.words import INDUSTRIES, Words

from reporting.indicators import Status

__all__ = [
    "DOSSIER_STATES",
    "EXCEEDED",
    "GRANT_STATES",
    "INDUSTRIES",
    "MEASURES",
    "PAGE",
    "PUBLISHERS",
    "STATES",
    "STATUS",
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
    "unknown": Words("", ""),
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
    "applications": Words("Dịch vụ hồ sơ", "Service of dossiers"),
    "scoring": Words("Dịch vụ chấm điểm và công nhận", "Service of scoring and recognition"),
    "support": Words("Dịch vụ hỗ trợ", "Service of support"),
}

PAGE = {
    "programme": Words("Chương trình sản phẩm công nghiệp chủ lực", "Key industrial products programme"),
    "city": Words("Thành phố Hà Nội", "City of Hà Nội"),
    "year_of_plan": Words("Kết quả thực hiện kế hoạch năm", "Results against the plan of"),
    "plan": Words("Kế hoạch", "Plan"),
    "dated": Words("ngày", "of"),
    "decision": Words("Quyết định", "Decision"),
    "decision_of": Words(
        "công nhận sản phẩm công nghiệp chủ lực của Thành phố", "recognition of the City's key industrial products"
    ),
    "back": Words("Kết quả năm", "Results of"),
    "year_small": Words("năm", "year"),
    "events": Words("Các sự kiện tạo nên con số", "The events behind the figure"),
    "event": Words("Sự kiện", "Event"),
    "about": Words("Đối tượng", "About"),
    "measure": Words("Nội dung", "Measure"),
    "whole_city": Words("Toàn Thành phố", "The whole City"),
    "amount_counted": Words("Giá trị", "Value"),
    "rest_as_json": Words("Bảng chỉ hiện các dòng đầu; toàn bộ có ở bản JSON.", "Only the first rows are shown; JSON has all."),
    "source": Words("Nguồn", "Source"),
    "as_of": Words("Số liệu đến ngày", "Figures as of"),
    "skip": Words("Đến nội dung chính", "Skip to the main content"),
    "years": Words("Các năm", "Years"),
    "language": Words("Ngôn ngữ", "Language"),
    "targets": Words("Chỉ tiêu và kết quả", "Targets and results"),
    "targets_note": Words(
        "Trong biểu đồ: dải nhạt là mức kế hoạch (vạch đỏ: mức thấp nhất), thanh đậm là kết quả.",
        "In the chart, the pale band is what was planned (red line: the least) and the dark bar is the result.",
    ),
    "indicator": Words("Chỉ tiêu", "Indicator"),
    "planned": Words("Kế hoạch", "Planned"),
    "actual": Words("Kết quả", "Result"),
    "chart": Words("So với kế hoạch", "Against the plan"),
    "status": Words("Đánh giá", "Status"),
    "lineage": Words("Nguồn số liệu", "Lineage"),
    "see": Words("Xem", "View"),
    "formula": Words("Cách tính", "Formula"),
    "at_least": Words("từ", "at least"),
    "filed": Words("Hồ sơ đăng ký", "Filed"),
    "recognised": Words("Được công nhận", "Recognised"),
    "supported": Words("Doanh nghiệp được hỗ trợ", "Enterprises supported"),
    "money_granted": Words("Kinh phí đã bố trí cho hỗ trợ", "Money reserved for support"),
    "of_allocated": Words("trong tổng số", "of"),
    "allocated_short": Words("được cấp", "allocated"),
    "products_of": Words("sản phẩm của", "products of"),
    "enterprises": Words("doanh nghiệp", "enterprises"),
    "of_recognised": Words("số doanh nghiệp có công nhận còn hiệu lực", "of the enterprises with a recognition in force"),
    "top10": Words("Top 10 sản phẩm", "Top 10 products"),
    "product": Words("Sản phẩm", "Product"),
    "enterprise": Words("Doanh nghiệp", "Enterprise"),
    "money": Words("Kinh phí theo dòng ngân sách", "Money by budget line"),
    "line": Words("Dòng ngân sách", "Budget line"),
    "allocated": Words("Được cấp", "Allocated"),
    "reserved": Words("Đã bố trí", "Reserved"),
    "paying": Words("Đang chi", "Being paid"),
    "available": Words("Còn lại", "Available"),
    "use": Words("Mức sử dụng", "Use"),
    "exhausted": Words("không đủ cho đề nghị kế tiếp", "cannot pay the next request"),
    "total": Words("Tổng cộng", "Total"),
    "register": Words("Sản phẩm được công nhận", "Recognised products"),
    "search": Words("Tìm sản phẩm, doanh nghiệp hoặc số giấy chứng nhận", "Search product, enterprise or certificate"),
    "search_hint": Words("Không cần gõ dấu", "Diacritics may be left out"),
    "search_button": Words("Tìm", "Search"),
    "show_all": Words("Xem tất cả", "Show all"),
    "found": Words("kết quả cho", "found for"),
    "nothing_found": Words("Không có sản phẩm nào khớp. Hãy thử ít từ hơn.", "No product matches. Try fewer words."),
    "certificate": Words("Số giấy chứng nhận", "Certificate"),
    "industry": Words("Ngành", "Industry"),
    "validity": Words("Thời hạn", "Valid"),
    "state": Words("Tình trạng", "State"),
    "from": Words("từ ngày", "from"),
    "first_time": Words("Lần đầu", "First time"),
    "again": Words("Công nhận lại", "Again"),
    "kind": Words("Lần công nhận", "First or again"),
    "turned_down": Words("Hồ sơ không được công nhận và lý do", "Dossiers turned down, and why"),
    "withdrawn": Words("Hồ sơ đã rút hoặc được thay thế", "Dossiers withdrawn or replaced"),
    "outcome": Words("Kết quả xét", "Outcome"),
    "reasons": Words("Lý do", "Reasons"),
    "grants": Words("Hỗ trợ doanh nghiệp", "Support for enterprises"),
    "granted": Words("Được hỗ trợ", "Granted"),
    "waiting": Words("Đang chờ", "Waiting"),
    "declined": Words("Không được hỗ trợ và lý do", "Declined, and why"),
    "scheme": Words("Chính sách hỗ trợ", "Scheme"),
    "activity": Words("Hoạt động", "Activity"),
    "amount": Words("Số tiền", "Amount"),
    "requested_on": Words("Ngày đề nghị", "Requested on"),
    "waits_for": Words("Chờ", "Waits for"),
    "download": Words("Tải về", "Download"),
    "made": Words("số liệu giả định", "assumed data"),
    "made_note": Words(
        "Con số mang dấu này được tính từ ít nhất một bản ghi giả định; bản thân con số có thể trùng với số đã công bố.",
        "A figure with this mark is computed from at least one assumed record; the figure itself may be the same as the "
        "published one.",
    ),
    "none_yet": Words("Chưa có.", "None yet."),
    "empty": Words(
        "Chưa có số liệu cho năm này: chưa có kế hoạch, hồ sơ, quyết định công nhận hay kinh phí nào được ghi nhận.",
        "There is no data for this year: no plan, dossier, decision or money has been recorded.",
    ),
    "no_plan": Words("Chưa có kế hoạch nào được ghi nhận cho năm này.", "No plan has been recorded for this year."),
    "no_plans": Words(
        "Chưa có kế hoạch nào được ghi nhận. Trang của một năm sẽ xuất hiện khi kế hoạch năm đó được ban hành.",
        "No plan has been recorded yet. The page of a year appears when its plan is issued.",
    ),
    "not_found": Words("Không tìm thấy trang", "Page not found"),
    "not_found_note": Words(
        "Địa chỉ này không có trang nào. Năm kế hoạch là một số từ 2006 đến 2100.",
        "There is no page at this address. A plan year is a number from 2006 to 2100.",
    ),
    "home": Words("Về năm kế hoạch mới nhất", "Go to the newest plan year"),
    "footer": Words(
        "Số liệu được tính từ các sự kiện đã công bố; mỗi con số dẫn về các sự kiện tạo ra nó.",
        "Figures are computed from published events; every number leads back to the events it comes from.",
    ),
    "as_json": Words("Toàn bộ bảng dạng JSON", "The whole table as JSON"),
}
