"""Labels of the yearly publication of the supporting industries (CNHT)."""

from shared.words import Words

PAGE = {
    "cnht": Words("Thông tin công nghiệp hỗ trợ", "Supporting industries"),
    "cnht_about": Words(
        "Doanh nghiệp công nghiệp hỗ trợ được Sở Công Thương xác nhận, năng lực và tiêu chuẩn của họ, nhu cầu của bên mua và "
        "các cụm công nghiệp, như vào ngày cuối năm (năm nay: đến ngày ghi trên trang).",
        "Enterprises confirmed as supporting industries, what they can make and the standards they hold, what buyers ask for, "
        "and the industrial clusters, as of the end of the year (this year: as of the day shown).",
    ),
    "cnht_empty": Words(
        "Chưa có thông tin công nghiệp hỗ trợ nào được ghi nhận cho năm này.",
        "Nothing about the supporting industries has been recorded for this year.",
    ),
    "cnht_print": Words("Toàn bộ thông tin trên một trang để in", "The whole publication on one page, for printing"),
    "cnht_enterprises": Words("Doanh nghiệp công nghiệp hỗ trợ", "Supporting-industry enterprises"),
    "cnht_listed_at_end": Words("trong danh mục năm", "on the list of"),
    "cnht_international": Words("Đạt tiêu chuẩn quốc tế", "At international standard"),
    "cnht_international_tag": Words("Tiêu chuẩn quốc tế", "International standard"),
    "cnht_by_list": Words("theo", "by"),
    "cnht_demands": Words("Nhu cầu của bên mua", "Demands of buyers"),
    "cnht_clusters": Words("Cụm công nghiệp", "Industrial clusters"),
    "cnht_suppliers": Words("Danh mục doanh nghiệp", "List of enterprises"),
    "cnht_sector": Words("Lĩnh vực", "Sector"),
    "cnht_capability": Words("Năng lực", "Capability"),
    "cnht_standards": Words("Tiêu chuẩn", "Standards"),
    "a_year": Words("/năm", " a year"),
    "to_day": Words("đến", "to"),
    "cnht_no_suppliers": Words("Chưa có doanh nghiệp nào trong danh mục năm này.", "No enterprise was on the list in this year."),
    "cnht_buyer": Words("Bên mua", "Buyer"),
    "cnht_asked": Words("Cần mua", "Asked for"),
    "cnht_stands": Words("Thời gian", "Stands"),
    "cnht_closed": Words("bên mua đã đóng", "closed by the buyer"),
    "cnht_matched": Words("Doanh nghiệp phù hợp", "Suppliers matched"),
    "cnht_none_matched": Words("Chưa có", "None yet"),
    "cnht_no_demands": Words("Không có nhu cầu nào trong năm này.", "There was no demand in this year."),
    "cnht_cluster": Words("Cụm", "Cluster"),
    "cnht_since": Words("Từ ngày", "Since"),
    "cnht_building": Words("Khởi công", "Building began"),
    "cnht_no_clusters": Words("Chưa có cụm công nghiệp nào được ghi nhận.", "No cluster has been recorded."),
}

CLUSTER_STATES = {
    "planned": Words("Trong quy hoạch", "Planned"),
    "established": Words("Đã thành lập", "Established"),
    "started": Words("Đã khởi công", "Building has begun"),
    "operating": Words("Đang hoạt động", "Operating"),
}
