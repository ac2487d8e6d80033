"""Why a request is refused on sight, and the reasons a decision declines it for."""

from shared.contracts.applications import Reason
from shared.errors import Refusal


class RequestIdTaken(Refusal):
    slug = "request-id-taken"
    vi = "Mã đề nghị hỗ trợ {request_id} đã được dùng cho một đề nghị trước; hãy gửi đề nghị này với mã mới."
    en = "Request id {request_id} was already used by an earlier request; send this one under a new id."


class InvoiceTwice(Refusal):
    slug = "invoice-twice"
    vi = "Đề nghị hỗ trợ {request_id} nêu hóa đơn {evidence_id} hai lần; hãy nêu mỗi hóa đơn một lần rồi gửi lại với id mới."
    en = "Request {request_id} names invoice {evidence_id} twice; name each invoice once and send it again under a new id."


class CostTooLarge(Refusal):
    slug = "cost-too-large"
    vi = "Tổng chi phí của đề nghị {request_id} là {cost_vi}, vượt mức {largest_vi}; hãy kiểm tra số tiền trên hóa đơn."
    en = "The costs of request {request_id} add up to {cost_en}, more than {largest_en}; check the amounts of its invoices."


class SchemeInKind(Refusal):
    slug = "scheme-in-kind"
    vi = "Chính sách {scheme_vi} hỗ trợ bằng hiện vật, không chi tiền theo đề nghị {request_id}; hãy đăng ký tham gia hoạt động."
    en = "The scheme {scheme_en} supports in kind and pays no money for request {request_id}; register for the activity instead."


# The reasons of a decision to decline. They are refusals in form, so that slug and texts are said the same way.


class NoRecognition(Refusal):
    slug = "no-recognition"
    vi = (
        "Doanh nghiệp {tax_code} không có công nhận sản phẩm chủ lực còn hiệu lực ngày {day:%d/%m/%Y}, và thời hạn chờ "
        "{wait} ngày làm việc kể từ ngày đó đã hết{clause}; hãy gửi đề nghị mới khi đã được công nhận."
    )
    en = (
        "Enterprise {tax_code} has no recognition in force on {day}, and the wait of {wait} business days from that day is over"
        "{clause}; send a new request once it is recognised."
    )


class PapersMissing(Refusal):
    slug = "papers-missing"
    vi = "Đề nghị {request_id} thiếu giấy tờ chính sách {scheme_vi} yêu cầu: {papers}; hãy gửi đề nghị mới kèm đủ giấy tờ."
    en = "Request {request_id} lacks papers the scheme {scheme_en} asks for: {papers}; send a new request with all of them."


class NothingToPay(Refusal):
    slug = "nothing-to-pay"
    vi = (
        "Mức hỗ trợ của đề nghị {request_id} là 0 đồng sau khi tính theo chính sách {scheme_vi}; "
        "hãy kiểm tra chi phí hợp lệ rồi gửi đề nghị mới."
    )
    en = (
        "Request {request_id} comes to VND 0 by the rules of the scheme {scheme_en}; "
        "check its eligible costs, then send a new request."
    )


class NoPlaceLeft(Refusal):
    slug = "no-place-left"
    vi = "Hoạt động {activity_id} đã kết thúc mà không còn chỗ cho đề nghị hỗ trợ {request_id}; hãy chọn một hoạt động khác."
    en = "Activity {activity_id} ended without a place left for request {request_id}; choose another activity."


def reason(no: Refusal) -> Reason:
    """A refusal as one reason of a decision."""
    return Reason(slug=no.slug, vi=no.text("vi"), en=no.text("en"), field=no.field)
