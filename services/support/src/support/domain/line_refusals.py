"""Why an event about a budget line is refused, in both languages, with the figure that was broken."""

from shared.errors import Refusal


class LineMisnamed(Refusal):
    slug = "line-misnamed"
    vi = (
        "Dòng ngân sách {line_id} phải mang mã {expected} theo năm, chính sách và nguồn của nó, nếu không đề nghị hỗ trợ sẽ "
        "không tìm thấy tiền; hãy gửi lại với mã đó."
    )
    en = (
        "Budget line {line_id} must be named {expected} after its year, scheme and source, or no request finds its money; "
        "send it again under that name."
    )


class LineTooLarge(Refusal):
    slug = "line-too-large"
    vi = "Dòng ngân sách {line_id} sẽ thành {total_vi}, vượt mức {largest_vi}; hãy kiểm tra số tiền được cấp."
    en = "Budget line {line_id} would become {total_en}, more than {largest_en}; check the amount allocated."


class LineOfOtherPlan(Refusal):
    slug = "line-of-other-plan"
    vi = "Dòng ngân sách {line_id} thuộc kế hoạch {known}, không thuộc {plan_id}; hãy cấp tiền cho một dòng của kế hoạch đó."
    en = "Budget line {line_id} belongs to plan {known}, not to {plan_id}; allocate the money to a line of that plan."


class LineAllocatedTooLate(Refusal):
    slug = "line-allocated-too-late"
    vi = (
        "Tiền của dòng ngân sách {line_id} được phân bổ ngày {allocates_on:%d/%m/%Y}, sau năm {year} của dòng; "
        "hãy chọn ngày phân bổ sớm hơn."
    )
    en = "The money of budget line {line_id} is allocated on {allocates_on}, after {year}, its year; choose an earlier day."


class LineNotAllocated(Refusal):
    slug = "line-not-allocated"
    vi = "Dòng ngân sách {line_id} chưa được cấp tiền nên không thể điều chỉnh; hãy kiểm tra mã dòng ngân sách."
    en = "Budget line {line_id} was never allocated any money, so there is nothing to change; check the id of the line."


class LineUnderUsed(Refusal):
    slug = "line-under-used"
    vi = (
        "Dòng ngân sách {line_id} có {allocated_vi}, trong đó {used_vi} đã dành, đã cam kết, đang chi hoặc đã chi, nên không "
        "giảm {less_vi} được; có thể giảm nhiều nhất {available_vi}."
    )
    en = (
        "Budget line {line_id} has {allocated_en}, of which {used_en} are reserved, committed, being paid or paid, so {less_en} "
        "cannot be taken away; take away at most {available_en}."
    )


class NotEnoughAvailable(Refusal):
    slug = "line-not-enough-available"
    vi = "Dòng ngân sách {line_id} chỉ còn {available_vi}, không chuyển được {amount_vi}; hãy chuyển nhiều nhất số còn lại."
    en = "Budget line {line_id} has {available_en} available, so {amount_en} cannot leave it; send at most what is available."


class TransferToItself(Refusal):
    slug = "transfer-to-itself"
    vi = "Tiền không thể chuyển từ dòng ngân sách {line_id} sang chính nó; hãy nêu dòng nhận khác."
    en = "Money cannot go from budget line {line_id} to itself; name another line to receive it."


class TransferAcrossYears(Refusal):
    slug = "transfer-across-years"
    vi = (
        "Dòng ngân sách {to_line} không phải một dòng của năm {year}, năm của dòng {line_id}; hãy điều chuyển trong cùng năm, "
        "hoặc chuyển nguồn sang năm sau."
    )
    en = (
        "Budget line {to_line} is no line of {year}, the year of line {line_id}; transfer within one year, "
        "or carry the money over to the next."
    )


class NothingToCarryOver(Refusal):
    slug = "nothing-to-carry-over"
    vi = (
        "Dòng ngân sách {line_id} không còn tiền để chuyển nguồn sang năm sau; "
        "mọi khoản đã được dành, cam kết, đang chi hoặc đã chi."
    )
    en = "Budget line {line_id} has nothing left to carry over; all of it is reserved, committed, being paid or paid."
