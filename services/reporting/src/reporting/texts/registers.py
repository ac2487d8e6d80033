"""Labels of the pages of recognised products: the list, a product, a certificate, and the charts of them."""

from shared.words import Words

PAGE = {
    "register": Words("Sản phẩm được công nhận", "Recognised products"),
    "products_of_year": Words(
        "Các sản phẩm được công nhận trong năm, kể cả sản phẩm nay không còn hiệu lực; tình trạng là tình trạng đến ngày ghi "
        "trên trang.",
        "The products recognised in the year, also those no longer in force; the state is that of the day shown.",
    ),
    "all_in_force": Words("Xem mọi sản phẩm đang còn hiệu lực, của tất cả các năm", "See all in force now, of every year"),
    "products_of_all": Words("Các sản phẩm được công nhận của tất cả các năm.", "The products recognised in every year."),
    "year": Words("Năm", "Year"),
    "any": Words("Tất cả", "Any"),
    "district": Words("Quận, huyện", "District"),
    "no_products_of_year": Words(
        "Chưa có sản phẩm nào được công nhận trong năm này.", "No product has been recognised in this year."
    ),
    "left_out": Words(
        "Có nhiều giấy chứng nhận hơn số được xem trong một lần; hãy chọn năm hoặc ngành. Số được xem, từ năm mới nhất",
        "There are more certificates than are looked at in one go; choose a year or an industry. Looked at, newest year first",
    ),
    "list_as_json": Words("Dữ liệu của trang này dạng JSON", "The data of this page as JSON"),
    "product_id": Words("Mã sản phẩm", "Product code"),
    "recognised_times": Words("Số lần được công nhận", "Times recognised"),
    "certificates_over_years": Words("Các giấy chứng nhận qua các năm", "Certificates over the years"),
    "score": Words("Điểm được công bố", "Published score"),
    "certificate_one": Words("Giấy chứng nhận", "Certificate"),
    "certificate_as_json": Words("Giấy chứng nhận này dạng JSON", "This certificate as JSON"),
    "holder": Words("Doanh nghiệp giữ giấy", "Holder"),
    "former_holders": Words("Doanh nghiệp giữ trước đây", "Former holders"),
    "of_round": Words("của đợt xét chọn năm", "of the round of"),
    "granted_to": Words("quyết định ban đầu: đến hết ngày", "by the decision to the end of"),
    "honours": Words("Tôn vinh", "Honours"),
    "rank": Words("hạng", "place"),
    "no_honours": Words("Không thuộc Top 10", "Not in the Top 10"),
    "logo": Words("Biểu trưng của chương trình", "Logo of the programme"),
    "logo_now": Words("Được sử dụng khi công nhận còn hiệu lực.", "May be used while the recognition is in force."),
    "logo_not_now": Words(
        "Hiện không được sử dụng, vì công nhận không còn hoặc chưa có hiệu lực.",
        "May not be used now, as the recognition is not in force.",
    ),
    "logo_never": Words("Không có quyền sử dụng.", "No right to use it."),
    "district_as_of": Words("theo năm", "as of"),
    "district_unknown": Words("Chưa rõ quận, huyện", "District not known"),
    "dossier": Words("Hồ sơ", "Dossier"),
    "filed_by": Words("nộp theo mã số thuế", "filed under tax code"),
    "life": Words("Diễn biến của giấy chứng nhận", "Life of the certificate"),
    "no_day": Words("Không ghi ngày", "No day given"),
    "reason": Words("Lý do", "Reason"),
    "breakdown": Words("Sản phẩm được công nhận theo ngành và quận, huyện", "Recognised products by industry and district"),
    "by_industry": Words("Theo ngành, năm", "By industry,"),
    "by_district": Words("Theo quận, huyện, năm", "By district,"),
    "district_note": Words(
        "Quận, huyện của doanh nghiệp là nơi được ghi nhận sau cùng đến hết năm đó, theo tên gọi khi ấy; việc sắp xếp lại "
        "đơn vị hành chính từ 01/07/2025 không đổi số liệu các năm trước.",
        "The district of an enterprise is the one recorded last by the end of that year, by its name at the time; the new "
        "division of 1 July 2025 does not change the figures of earlier years.",
    ),
    "products_count": Words("Sản phẩm", "Products"),
    "enterprises_count": Words("Doanh nghiệp", "Enterprises"),
    "over_years": Words(
        "Sản phẩm và doanh nghiệp được công nhận qua các năm",
        "Products and enterprises recognised over the years",
    ),
    "industries_over_years": Words("Sản phẩm được công nhận theo ngành qua các năm", "Products by industry over the years"),
}

# What happened to a certificate, by the kind of fact; {…} are filled in with the words of the fact.
LIFE = {
    "granted": Words(
        "Được công nhận; có hiệu lực từ ngày {first} đến hết ngày {until}.",
        "Recognised; in force from {first} to the end of {until}.",
    ),
    "renewed": Words("Được gia hạn đến hết ngày {until}.", "Renewed to the end of {until}."),
    "suspended": Words("Bị đình chỉ từ ngày {on} đến hết ngày {until}.", "Suspended from {on} to the end of {until}."),
    "suspended-without-end": Words(
        "Bị đình chỉ từ ngày {on} cho đến khi có quyết định khác.", "Suspended from {on} until decided otherwise."
    ),
    "reinstated": Words("Có hiệu lực trở lại từ ngày {on}.", "In force again from {on}."),
    "revoked": Words("Bị thu hồi từ ngày {on}.", "Revoked from {on}."),
    "expired": Words("Hết hiệu lực sau ngày {on}.", "Expired after {on}."),
    "honours-changed": Words("Top 10: được xếp hạng {rank}.", "Top 10: given place {rank}."),
    "honours-taken": Words("Không còn trong Top 10.", "No longer in the Top 10."),
    "first-time-corrected": Words("Đính chính: là công nhận lại.", "Corrected: recognised again, not for the first time."),
    "first-time-after-all": Words("Đính chính: là công nhận lần đầu.", "Corrected: recognised for the first time."),
    "transferred": Words("Chuyển từ mã số thuế {formerly} sang mã số thuế {code}.", "Went from tax code {formerly} to {code}."),
}

# What a state means for the holder.
RIGHTS = {
    "in-force": Words("Doanh nghiệp có mọi quyền của người được công nhận.", "The holder has every right of a recognition."),
    "suspended": Words(
        "Trong thời gian đình chỉ không có quyền dùng biểu trưng và không được hỗ trợ theo công nhận này.",
        "While suspended it gives neither the right to the logo nor to support.",
    ),
    "revoked": Words("Công nhận đã bị thu hồi hẳn.", "The recognition was taken away for good."),
    "expired": Words("Thời hạn công nhận đã hết.", "The period of the recognition is over."),
}
