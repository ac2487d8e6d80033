"""Labels of the page of an indicator: its value, its forecast, and how it went over the years."""

from shared.words import Words

FORECAST_RULE = Words(
    "Ước tính theo ngày: kết quả đến nay ÷ số ngày đã qua × số ngày của cả kỳ; chỉ có nghĩa nếu tiến độ giữ nguyên",
    "By days: the result so far ÷ days gone by × days of the whole period; it holds only if things go on as they have",
)

PAGE = {
    "year_small": Words("năm", "year"),
    "events": Words("Các sự kiện tạo nên con số", "The events behind the figure"),
    "event": Words("Sự kiện", "Event"),
    "about": Words("Đối tượng", "About"),
    "measure": Words("Nội dung", "Measure"),
    "whole_city": Words("Toàn Thành phố", "The whole City"),
    "amount_counted": Words("Giá trị", "Value"),
    "rest_as_json": Words("Bảng chỉ hiện các dòng đầu; toàn bộ có ở bản JSON.", "Only the first rows are shown; JSON has all."),
    "changes": Words("Thay đổi sau ngày", "Changed after"),
    "changed_since": Words("Xem thay đổi kể từ hết ngày", "Show what changed after the end of"),
    "nothing_changed": Words("Không có thay đổi nào từ ngày này.", "Nothing has changed since then."),
    "change": Words("Thay đổi", "Change"),
    "came": Words("Thêm mới", "Came"),
    "went": Words("Không còn tính", "No longer counts"),
    "gone_since": Words("Không còn tính", "No longer counted"),
    "gone_onward": Words("doanh nghiệp nay tính dưới mã số thuế", "the enterprise now counts under tax code"),
    "changed": Words("Thay số liệu", "Changed"),
    "value_then": Words("Trước đó", "Before"),
    "value_now": Words("Sau khi thay đổi", "After"),
    "corrected": Words("Số liệu được báo cáo lại; trước đó:", "Reported again; before that:"),
    "known_on": Words("biết từ ngày", "known on"),
    "forecast": Words("Ước cả kỳ", "Forecast"),
    "phase": Words("giai đoạn", "phase"),
    "phase_so_far": Words("Cả giai đoạn đến nay", "The phase so far"),
    "law": Words("Văn bản", "Legal text"),
    "made_from": Words("Tính từ các sự kiện", "Made from the events"),
    "history": Words("Qua các năm", "Over the years"),
    "history_empty": Words(
        "Chưa có số liệu của năm nào cho chỉ tiêu này.", "There is no figure of any year for this indicator yet."
    ),
    "no_value": Words(
        "Chưa có số liệu của năm này cho chỉ tiêu: không có sự kiện nào để tính.",
        "There is no figure of this year for the indicator: there are no events to compute it from.",
    ),
    "planned_least": Words("Kế hoạch, mức thấp nhất", "Planned, at least"),
    "planned_most": Words("Kế hoạch, mức cao nhất", "Planned, at most"),
    "in_billions": Words("tỷ đồng", "billion đồng"),
}
