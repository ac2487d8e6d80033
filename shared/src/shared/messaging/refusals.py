"""What the runtime itself refuses, in the words a publisher reads; the rules of the domain have their own."""

from shared.errors import Refusal

# pydantic's own messages are English; these are the kinds a publisher meets, by pydantic's name of the kind.
PROBLEMS_VI = {
    "missing": "bắt buộc phải có",
    "string_type": "phải là chuỗi",
    "string_too_short": "phải có ít nhất {min_length} ký tự",
    "string_too_long": "không được dài quá {max_length} ký tự",
    "string_pattern_mismatch": "phải có dạng {pattern}",
    "int_type": "phải là số nguyên",
    "decimal_parsing": "phải là số thập phân",
    "greater_than": "phải lớn hơn {gt}",
    "greater_than_equal": "phải lớn hơn hoặc bằng {ge}",
    "less_than": "phải nhỏ hơn {lt}",
    "less_than_equal": "phải nhỏ hơn hoặc bằng {le}",
    "literal_error": "phải là một trong {expected}",
    "date_from_datetime_parsing": "phải là ngày dạng năm-tháng-ngày",
    "date_parsing": "phải là ngày dạng năm-tháng-ngày",
    "datetime_from_date_parsing": "phải là thời điểm ISO 8601 có múi giờ",
    "timezone_aware": "phải có múi giờ",
    "too_short": "phải có ít nhất {min_length} phần tử",
    "too_long": "không được quá {max_length} phần tử",
}


class NotUtf8(Refusal):
    slug = "not-utf8"
    vi = "Bản ghi không phải văn bản UTF-8 (byte thứ {position}); hãy mã hoá lại bằng UTF-8 rồi gửi lại."
    en = "The record is not UTF-8 text (byte {position}); encode it in UTF-8 and send it again."


class NotJson(Refusal):
    slug = "not-json"
    vi = "Bản ghi không phải JSON: {problem}; hãy gửi một CloudEvent dạng JSON."
    en = "The record is not JSON: {problem}; send one CloudEvent in JSON."


class NotCloudEvent(Refusal):
    slug = "not-a-cloudevent"
    vi = "Bản ghi không phải CloudEvent 1.0: {attribute} phải là {wanted_vi}; hãy bổ sung rồi gửi lại."
    en = "The record is not a CloudEvent 1.0: {attribute} must be {wanted_en}; add it and send it again."


class UnknownType(Refusal):
    slug = "unknown-type"
    vi = "Không có loại sự kiện {type} trên chủ đề {topic}; xem danh mục sự kiện để biết các loại được nhận."
    en = "There is no event type {type} on topic {topic}; see the event catalogue for the types it takes."


class WrongTopic(Refusal):
    slug = "wrong-topic"
    vi = "Loại {type} thuộc chủ đề {right}, không phải {topic}; hãy gửi lại vào đúng chủ đề."
    en = "Type {type} belongs on topic {right}, not {topic}; send it there."


class PublisherMayNot(Refusal):
    slug = "publisher-may-not"
    vi = "Nguồn {source} không được gửi vào chủ đề {topic}; chỉ {owner} được gửi."
    en = "Source {source} may not publish on topic {topic}; only {owner} may."


class InvalidData(Refusal):
    slug = "invalid-data"
    vi = "Trường {path} của sự kiện {id} không hợp lệ: {problem_vi}; hãy sửa rồi gửi lại với id mới."
    en = "Field {path} of event {id} is not valid: {problem}; correct it and send it again with a new id."


class Unreadable(Refusal):
    slug = "unreadable"
    vi = "Không đọc được bản ghi ({problem}); bản ghi được giữ nguyên từng byte, hãy kiểm tra rồi gửi lại với id mới."
    en = "The record could not be read ({problem}); its bytes are kept, check it and send it again with a new id."


class AwaitedNeverCame(Refusal):
    slug = "awaited-never-came"
    vi = "Đã chờ {days} ngày làm việc nhưng {awaited} vẫn chưa có; hãy gửi {awaited} trước rồi gửi lại sự kiện này với id mới."
    en = (
        "Waited {days} business days and {awaited} never came; publish {awaited} first, then send this event again with a new id."
    )


class IdReused(Refusal):
    slug = "id-reused"
    vi = "Id {id} đã được nguồn {source} dùng cho một nội dung khác; bản đến trước được giữ, hãy gửi lại với id mới."
    en = "Id {id} was already used by {source} for other content; the first one stands, send this one again with a new id."
