"""Labels of the yearly report."""

from shared.words import Words

PAGE = {
    "report_link": Words("Toàn bộ báo cáo năm trên một trang để in", "The whole yearly report on one page, for printing"),
    "report_of": Words("Báo cáo kết quả thực hiện Chương trình năm", "Report on the programme in"),
    "report_note": Words(
        "Trang này có mọi dòng của mọi bảng; khi in, mỗi phần có số liệu bắt đầu ở một trang mới.",
        "This page has every row of every table; on paper each part with data begins on a new page.",
    ),
    "report_empty": Words(
        "Chưa có số liệu cho năm này: chưa có kế hoạch, hồ sơ, công nhận, hỗ trợ, nhiệm vụ, hoạt động hay thông tin công "
        "nghiệp hỗ trợ nào được ghi nhận.",
        "There is no data for this year: no plan, dossier, recognition, support, task, activity or supporting industry has "
        "been recorded.",
    ),
    "report_back": Words("Về trang năm", "To the page of"),
    "contents": Words("Mục lục", "Contents"),
    "by_scheme": Words("Hỗ trợ theo chính sách", "Support by scheme"),
}
