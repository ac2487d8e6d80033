"""Words of the page of an enterprise and of the search for it."""

from shared.words import Words

PAGE = {
    "find_enterprise": Words("Tìm doanh nghiệp", "Find an enterprise"),
    "enterprise_search": Words("Tên doanh nghiệp hoặc mã số thuế", "Name of an enterprise, or tax code"),
    "enterprise_hint": Words(
        "Không cần gõ dấu; mỗi từ có thể gõ vài chữ cái đầu", "Diacritics may be left out; the first letters of a word are enough"
    ),
    "no_enterprise_found": Words(
        "Không có doanh nghiệp nào khớp. Hãy thử ít từ hơn, hoặc mã số thuế.",
        "No enterprise matches. Try fewer words, or the tax code.",
    ),
    "no_enterprises": Words("Chưa có doanh nghiệp nào được ghi nhận.", "No enterprise has been recorded."),
    "more_enterprises": Words("Doanh nghiệp tiếp theo", "More enterprises"),
    "first_enterprises": Words("Từ đầu danh sách", "From the beginning"),
    "refine": Words("Còn nữa; hãy gõ thêm từ để thu hẹp.", "There are more; add words to narrow the search."),
    "in_vietnamese_order": Words("Theo thứ tự chữ cái tiếng Việt.", "In Vietnamese order."),
    "tax_code": Words("Mã số thuế", "Tax code"),
    "now_under": Words("nay là", "now"),
    "names_and_codes": Words("Tên và mã số thuế đã dùng", "Names and codes it had"),
    "former_name": Words("Tên cũ", "Former name"),
    "former_code": Words("Mã số cũ", "Former code"),
    "until": Words("đến ngày", "until"),
    "gone_into": Words("nhập vào", "went on as"),
    "supporting_industry": Words("Công nghiệp hỗ trợ (CNHT)", "Supporting industry (CNHT)"),
    "is_supporting": Words("Thuộc danh sách doanh nghiệp CNHT", "On the list of supporting industries"),
    "not_supporting": Words("Không thuộc danh sách doanh nghiệp CNHT", "Not on the list of supporting industries"),
    "not_registered": Words("Chưa có trong sổ đăng ký doanh nghiệp", "Not in the register of enterprises yet"),
    "cnht_listing": Words("Thông tin đã công bố các năm", "As published in"),
    "certificates": Words("Giấy chứng nhận", "Certificates"),
    "in_force_now": Words("đang còn hiệu lực", "in force now"),
    "dossiers": Words("Hồ sơ đăng ký các năm", "Dossiers of all years"),
    "money_received": Words("Tiền đã nhận", "Money received"),
    "money_by_year": Words("Tiền hỗ trợ theo năm", "Support in money by year"),
    "requests_and_grants": Words("Đề nghị hỗ trợ và kết quả", "Requests for support and grants"),
    "debts": Words("Còn phải trả lại", "Still to be paid back"),
    "no_debts": Words("Không nợ khoản nào.", "Nothing is owed."),
    "took_part": Words("Tham gia hoạt động, lớp học", "Activities and classes"),
    "results_by_year": Words("Kết quả doanh nghiệp báo cáo", "Results it reported"),
    "under_code": Words("báo cáo dưới mã", "reported under"),
    "earlier_said": Words("trước đó báo", "said before"),
    "enterprise_empty": Words(
        "Chưa có hồ sơ, công nhận hay đề nghị hỗ trợ nào của doanh nghiệp này.",
        "There is no dossier, recognition or request of this enterprise.",
    ),
    "all_for_it": Words("Những gì Chương trình đã làm cho doanh nghiệp này", "What the programme did for this enterprise"),
}
