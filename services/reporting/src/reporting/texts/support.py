"""Words of the support ledger, budget lines, coverage and activities."""

from shared.words import Words

STAGES = {
    "queued": Words("Đang chờ", "Waiting"),
    "declined": Words("Không được hỗ trợ", "Declined"),
    "granted": Words("Đã quyết định, chưa ký hợp đồng", "Granted, no agreement yet"),
    "agreed": Words("Đã ký hợp đồng", "Agreement signed"),
    "advanced": Words("Đã cho tạm ứng", "Advance ordered"),
    "claimed": Words("Đã kê khai chi phí", "Costs claimed"),
    "accepted": Words("Đã nghiệm thu", "Work accepted"),
    "settled": Words("Đã quyết toán", "Settled"),
    "checked": Words("Hậu kiểm đạt", "Checked and passed"),
    "failed": Words("Hậu kiểm không đạt", "Checked and failed"),
    "cancelled": Words("Đã hủy", "Cancelled"),
    "withdrawn": Words("Doanh nghiệp đã rút", "Withdrawn"),
}

# What an event of a request is: by the action of a step of its grant, otherwise by the kind of its fact.
FACTS = {
    "queued": Words("Xếp hàng chờ", "Waits"),
    "granted": Words("Quyết định hỗ trợ", "Granted"),
    "declined": Words("Từ chối", "Declined"),
    "settled": Words("Quyết toán", "Settlement"),
    "cancelled": Words("Kết thúc sớm", "Ended early"),
    "recovery": Words("Yêu cầu thu hồi", "Recovery ordered"),
    "recovered": Words("Thu hồi xong", "Recovery completed"),
    "awaits": Words("Chưa ra lệnh chi", "Payment awaits"),
    "dropped": Words("Bỏ lệnh chi", "Payment dropped"),
    "overlap": Words("Phát hiện trùng lắp", "Overlap found"),
    "resolved": Words("Kết luận về trùng lắp", "Overlap decided on"),
    "payment-order": Words("Ra lệnh chi", "Payment ordered"),
    "claim-answer": Words("Trả lời kê khai", "Claim answered"),
    "change-answer": Words("Trả lời thay đổi", "Change answered"),
    "agree": Words("Ký hợp đồng", "Agreement"),
    "order": Words("Đề nghị chi", "Payment asked for"),
    "pay": Words("Đã chi", "Paid"),
    "return": Words("Chi không thành", "Payment failed"),
    "claim": Words("Kê khai chi phí", "Costs claimed"),
    "accept": Words("Nghiệm thu", "Accepted"),
    "settle": Words("Chi đủ", "Paid in full"),
    "pass": Words("Hậu kiểm đạt", "Checked and passed"),
    "fail": Words("Hậu kiểm không đạt", "Checked and failed"),
    "delay": Words("Gia hạn", "More time"),
    "reduce": Words("Thu hẹp quy mô", "Smaller scope"),
    "move": Words("Đổi hoạt động", "Another activity"),
    "cancel": Words("Hủy", "Cancelled"),
    "withdraw": Words("Doanh nghiệp rút", "Withdrawn"),
    "resolve": Words("Giải quyết trùng lắp", "Overlap resolved"),
    "repay": Words("Hoàn trả", "Paid back"),
}

# A step of the arithmetic of an amount, by its rule.
STEPS = {
    "asked": Words("Đề nghị", "Asked for"),
    "not-eligible": Words("Chi phí không được tính", "Costs left out"),
    "rate": Words("Tỷ lệ hỗ trợ", "Rate"),
    "cap": Words("Mức trần", "Cap"),
    "budget": Words("Dòng ngân sách", "Budget line"),
}

MOVEMENTS = {
    "reserved": Words("Giữ chỗ", "Reserved"),
    "committed": Words("Cam kết", "Committed"),
    "ordered": Words("Ra lệnh chi", "Payment ordered"),
    "paid": Words("Đã chi", "Paid"),
    "order-failed": Words("Chi không thành", "Payment failed"),
    "repaid": Words("Thu hồi", "Paid back"),
    "released": Words("Trả lại dòng", "Released"),
    "exhausted": Words("Không đủ tiền", "Short of money"),
    "adjusted": Words("Điều chỉnh", "Adjusted"),
}

CAUSES = {
    "allocated": Words("được cấp", "allocated"),
    "changed": Words("Thành phố điều chỉnh", "changed by the City"),
    "sent": Words("chuyển đi", "sent to another line"),
    "received": Words("nhận về", "received from another line"),
    "returned": Words("được trả lại", "returned by another line"),
}

ACTIVITY_KINDS = {
    "fair-abroad": Words("Hội chợ ở nước ngoài", "Fair abroad"),
    "fair-at-home": Words("Hội chợ trong nước", "Fair at home"),
    "city-fair": Words("Hội chợ của Thành phố", "Fair of the City"),
    "online-fair": Words("Hội chợ trực tuyến", "Online fair"),
    "trade-mission": Words("Đoàn giao thương", "Trade mission"),
    "investment-project": Words("Dự án đầu tư", "Investment project"),
    "craft-class": Words("Lớp truyền nghề", "Craft class"),
    "training-course": Words("Khóa đào tạo", "Training course"),
    "connection-meeting": Words("Kết nối cung cầu", "Connection meeting"),
    "publicity": Words("Tuyên truyền, quảng bá", "Publicity"),
}

ATTENDANCES = {
    "joined": Words("Được chọn", "Chosen"),
    "attended": Words("Có mặt", "Was there"),
    "class": Words("Có người học", "Sent learners"),
}

PAGE = {
    "support_pages": Words("Các trang về hỗ trợ", "Pages on support"),
    "ledger": Words("Sổ hỗ trợ", "Support ledger"),
    "ledger_of": Words("Sổ hỗ trợ năm", "Support ledger of"),
    "lines": Words("Dòng ngân sách", "Budget lines"),
    "lines_of": Words("Dòng ngân sách năm", "Budget lines of"),
    "coverage": Words("Độ bao phủ", "Coverage"),
    "coverage_of": Words("Độ bao phủ của hỗ trợ năm", "Coverage of support in"),
    "activities": Words("Hoạt động", "Activities"),
    "activities_of": Words("Hoạt động năm", "Activities of"),
    "any_stage": Words("Mọi tình trạng", "Any state"),
    "any_scheme": Words("Mọi chính sách", "Any scheme"),
    "filter": Words("Lọc", "Filter"),
    "search_enterprise": Words("Doanh nghiệp, mã số thuế hoặc mã đề nghị", "Enterprise, tax code or request"),
    "request": Words("Đề nghị hỗ trợ", "Request"),
    "requests": Words("Đề nghị", "Requests"),
    "of_requests": Words("trong số", "of"),
    "amount_granted": Words("Được hỗ trợ", "Granted"),
    "amount_paying": Words("Đang chi", "Being paid"),
    "amount_paid": Words("Đã chi", "Paid"),
    "to_recover": Words("Phải thu hồi", "To be recovered"),
    "amount_recovered": Words("Đã thu hồi", "Recovered"),
    "balance": Words("Còn phải thu", "Still due"),
    "in_dong": Words("Đơn vị: đồng.", "In VND."),
    "on_hold": Words("tạm giữ vì trùng lắp", "on hold for an overlap"),
    "no_request_found": Words(
        "Không có đề nghị nào khớp. Hãy bỏ bớt điều kiện lọc.", "No request matches. Leave out some of the conditions."
    ),
    "no_support": Words(
        "Chưa có đề nghị hỗ trợ nào của năm này được ghi nhận.", "No request for support of this year has been recorded."
    ),
    "total_shown": Words("Tổng của mọi trang", "Total of all pages"),
    "how_amount": Words("Số tiền được tính như thế nào", "How the amount came about"),
    "step": Words("Bước", "Step"),
    "explanation": Words("Diễn giải", "Explanation"),
    "clause": Words("Căn cứ", "Clause"),
    "legal_text": Words("Căn cứ pháp lý", "Legal text"),
    "story": Words("Diễn biến", "Story"),
    "day": Words("Ngày", "Day"),
    "what_happened": Words("Nội dung", "What happened"),
    "scheme_version": Words("phiên bản", "version"),
    "entitled": Words("Mức hỗ trợ hiện nay", "Entitled now"),
    "activity_was_cancelled": Words("Hoạt động đã bị hủy", "The activity was cancelled"),
    "committed": Words("Đã cam kết", "Committed"),
    "on_reserve": Words("Giữ chỗ", "Reserved"),
    "released": Words("Trả lại", "Released"),
    "carried": Words("Chuyển nguồn", "Carried over"),
    "lines_note": Words(
        "Được cấp = giữ chỗ + đã cam kết + đang chi + đã chi + còn lại. Số trả lại và chuyển nguồn là số cộng dồn, "
        "không nằm trong các cột khác.",
        "Allocated = reserved + committed + being paid + paid + available. Released and carried over add up over time and "
        "are in no other column.",
    ),
    "parts_of_line": Words("Phần của số được cấp", "Parts of what is allocated"),
    "movements": Words("Biến động", "Moves"),
    "movements_of": Words("Biến động của dòng", "Moves of line"),
    "movement": Words("Loại", "Move"),
    "amount_moved": Words("Số tiền", "Amount"),
    "after_it": Words("Còn lại sau đó", "Available after it"),
    "other_line": Words("dòng", "line"),
    "next_moves": Words("Biến động tiếp theo", "Next moves"),
    "first_moves": Words("Từ đầu", "From the beginning"),
    "no_lines": Words("Chưa có dòng ngân sách nào của năm này.", "There is no budget line of this year."),
    "differs": Words("Sổ hỗ trợ và dòng ngân sách chưa khớp", "Ledger and budget line do not agree yet"),
    "differs_note": Words(
        "các đề nghị cộng lại đang giữ {ledger}, dòng ngân sách ghi {line}; sự kiện có thể còn đang trên đường.",
        "its requests together hold {ledger}, the line says {line}; events may still be on their way.",
    ),
    "covered": Words("Được hỗ trợ bằng tiền hoặc lớp học", "Reached by money or a class"),
    "missed": Words("Chưa được hỗ trợ", "Not reached"),
    "reached_in_kind": Words("Được hỗ trợ bằng hiện vật", "Reached in kind"),
    "coverage_note": Words(
        "Tính trên các doanh nghiệp có sản phẩm được công nhận còn hiệu lực vào bất kỳ ngày nào của năm. Tiền và lớp học "
        "được tính là hỗ trợ; hỗ trợ bằng hiện vật ghi riêng và không được tính (mục tiêu: 100 %).",
        "Of the enterprises with a recognition in force at any day of the year. Money and classes count; support in kind is "
        "shown apart and does not (target: 100%).",
    ),
    "enterprises_missed": Words("Doanh nghiệp chưa được hỗ trợ", "Enterprises not reached"),
    "enterprises_covered": Words("Doanh nghiệp đã được hỗ trợ", "Enterprises reached"),
    "all_reached": Words("Mọi doanh nghiệp đều đã được hỗ trợ.", "Every enterprise was reached."),
    "none_in_force": Words(
        "Không có doanh nghiệp nào có công nhận còn hiệu lực trong năm này.",
        "No enterprise has a recognition in force in this year.",
    ),
    "in_kind": Words("Bằng hiện vật", "In kind"),
    "in_class": Words("Lớp học", "Classes"),
    "in_money": Words("Bằng tiền", "In money"),
    "told_on": Words("Đã nhắc ngày", "Named on"),
    "which": Words("Xem", "Show"),
    "no_activities": Words("Chưa có hoạt động nào của năm này được công bố.", "No activity of this year has been announced."),
    "criteria": Words("Tiêu chí chọn", "Criteria"),
    "no_limit": Words("không giới hạn số chỗ", "no limit of places"),
    "kind_of_activity": Words("Loại hoạt động", "Kind"),
    "how_joined": Words("Tham gia", "Took part"),
    "by_criterion": Words("Theo tiêu chí", "By criterion"),
    "with_money": Words("Có kinh phí hỗ trợ", "With money"),
    "was_changed": Words("Đã thay đổi", "Changed"),
    "was_cancelled": Words("Bị hủy ngày", "Cancelled on"),
    "nobody_joined": Words("Chưa có doanh nghiệp nào tham gia.", "No enterprise has taken part yet."),
}
