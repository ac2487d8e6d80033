"""Words for people, Vietnamese first: the status of a target, units, industries, and the labels of the page."""

from typing import NamedTuple

from reporting.indicators import Status


class Words(NamedTuple):
    """One text in both languages."""

    vi: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language == "en" else self.vi


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

INDUSTRIES = {
    "mechanical": Words("Cơ khí", "Mechanical"),
    "electrical-electronics": Words("Điện, điện tử", "Electrical, electronics"),
    "information-technology": Words("Công nghệ thông tin", "Information technology"),
    "textiles-garments-footwear": Words("Dệt may, da giày", "Textiles, garments, footwear"),
    "food-processing": Words("Chế biến thực phẩm", "Food processing"),
    "chemicals-rubber-plastics-pharma": Words("Hóa chất, cao su, nhựa, dược", "Chemicals, rubber, plastics, pharma"),
    "building-materials": Words("Vật liệu xây dựng", "Building materials"),
    "handicraft": Words("Thủ công mỹ nghệ", "Handicraft"),
}

GRANT_STATES = {
    "granted": Words("Được hỗ trợ", "Granted"),
    "declined": Words("Không được hỗ trợ", "Declined"),
    "queued": Words("Đang chờ", "Waiting"),
}

DOSSIER_STATES = {
    "rejected": Words("Không đủ điều kiện", "Not eligible"),
    "not-recognised": Words("Không được công nhận", "Not recognised"),
}

PAGE = {
    "programme": Words("Chương trình sản phẩm công nghiệp chủ lực", "Key industrial products programme"),
    "city": Words("Thành phố Hà Nội", "City of Hà Nội"),
    "year": Words("Năm", "Year"),
    "year_of_plan": Words("Kết quả thực hiện kế hoạch năm", "Results against the plan of"),
    "plan": Words("Kế hoạch", "Plan"),
    "dated": Words("ngày", "of"),
    "source": Words("Nguồn", "Source"),
    "as_of": Words("Số liệu đến ngày", "Figures as of"),
    "skip": Words("Đến nội dung chính", "Skip to the main content"),
    "years": Words("Các năm", "Years"),
    "language": Words("Ngôn ngữ", "Language"),
    "contents": Words("Nội dung", "Contents"),
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
    "rank": Words("Hạng", "Rank"),
    "product": Words("Sản phẩm", "Product"),
    "enterprise": Words("Doanh nghiệp", "Enterprise"),
    "money": Words("Kinh phí theo dòng ngân sách", "Money by budget line"),
    "line": Words("Dòng ngân sách", "Budget line"),
    "allocated": Words("Được cấp", "Allocated"),
    "reserved": Words("Đã bố trí", "Reserved"),
    "available": Words("Còn lại", "Available"),
    "use": Words("Mức sử dụng", "Use"),
    "exhausted": Words("không đủ cho yêu cầu kế tiếp", "cannot pay the next request"),
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
    "validity": Words("Hiệu lực", "In force"),
    "first_time": Words("Lần đầu", "First time"),
    "again": Words("Công nhận lại", "Again"),
    "kind": Words("Lần công nhận", "First or again"),
    "turned_down": Words("Hồ sơ không được công nhận và lý do", "Dossiers turned down, and why"),
    "dossier": Words("Hồ sơ", "Dossier"),
    "outcome": Words("Kết quả xét", "Outcome"),
    "reasons": Words("Lý do", "Reasons"),
    "grants": Words("Hỗ trợ doanh nghiệp", "Support for enterprises"),
    "granted": Words("Được hỗ trợ", "Granted"),
    "waiting": Words("Đang chờ", "Waiting"),
    "declined": Words("Không được hỗ trợ và lý do", "Declined, and why"),
    "scheme": Words("Chính sách hỗ trợ", "Scheme"),
    "activity": Words("Hoạt động", "Activity"),
    "amount": Words("Số tiền", "Amount"),
    "request": Words("Yêu cầu", "Request"),
    "requested_on": Words("Ngày yêu cầu", "Requested on"),
    "waits_for": Words("Chờ", "Waits for"),
    "download": Words("Tải về", "Download"),
    "made": Words("số liệu giả định", "made data"),
    "made_note": Words(
        "Trang này có số liệu giả định. Con số mang dấu này dựa trên dữ liệu dựng cho kịch bản trình diễn, "
        "không phải số liệu thật của doanh nghiệp.",
        "This page holds made data. A figure with this mark rests on data composed for a demonstration, "
        "not on real figures of enterprises.",
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
