"""Labels that every page has in common: the layout, its navigation, lists page by page, and charts."""

from shared.words import Words

PAGE = {
    "programme": Words("Chương trình sản phẩm công nghiệp chủ lực", "Key industrial products programme"),
    "city": Words("Thành phố Hà Nội", "City of Hà Nội"),
    "skip": Words("Đến nội dung chính", "Skip to the main content"),
    "language": Words("Ngôn ngữ", "Language"),
    "places": Words("Các trang chính", "Main pages"),
    "trail": Words("Vị trí của trang", "Where this page is"),
    "years": Words("Các năm", "Years"),
    "pages": Words("Các trang của danh sách", "Pages of the list"),
    "page_before": Words("Trang trước", "Page before"),
    "page_next": Words("Trang sau", "Next page"),
    "download": Words("Tải về", "Download"),
    "made": Words("số liệu giả định", "assumed data"),
    "not_found": Words("Không tìm thấy trang", "Page not found"),
    "not_found_note": Words(
        "Địa chỉ này không có trang nào. Năm kế hoạch là một số từ 2006 đến 2100.",
        "There is no page at this address. A plan year is a number from 2006 to 2100.",
    ),
    "home": Words("Về năm kế hoạch mới nhất", "Go to the newest plan year"),
    "not_answered": Words("Không trả lời được", "This cannot be answered"),
    "away": Words("Tạm thời chưa hiện được", "Away for the moment"),
    "load_again": Words("Tải lại trang", "Load the page again"),
    "ask_again": Words("Mở trang này không kèm điều kiện nào", "Open this page without any condition"),
    "choose_day": Words("Số liệu như đã biết đến hết ngày", "Figures as known at the end of"),
    "show_day": Words("Xem", "Show"),
    "as_known_note": Words(
        "Những gì được ghi nhận hoặc sửa sau ngày này không được tính.",
        "What was recorded or corrected after that day does not count.",
    ),
    "to_present": Words("Xem số liệu hiện nay", "See today's figures"),
    "footer": Words(
        "Số liệu được tính từ các sự kiện đã công bố; mỗi con số dẫn về các sự kiện tạo ra nó.",
        "Figures are computed from published events; every number leads back to the events it comes from.",
    ),
}
