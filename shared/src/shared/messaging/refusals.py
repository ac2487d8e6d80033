"""What the runtime itself refuses, in the words a publisher reads; the rules of the domain have their own."""

import json
import re
import traceback
from collections.abc import Mapping
from typing import Any

from shared.contracts.runtime import RecordDeadLettered, RecordRejected
from shared.errors import Refusal
from shared.messaging.partition import Held

# pydantic's own messages are English; these are the kinds a publisher meets, by pydantic's name of the kind.
PROBLEMS_VI = {
    "missing": "bắt buộc phải có",
    "string_type": "phải là chuỗi",
    "string_too_short": "phải có ít nhất {min_length} ký tự",
    "string_too_long": "không được dài quá {max_length} ký tự",
    "string_pattern_mismatch": "phải {form}",
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

# So much of a value that is not valid is shown, in characters.
MOST_SHOWN = 60

# The forms our contracts ask of a text, by their patterns.
FORMS = {
    r"^(\d{10}|\d{10}-\d{3}|\d{12})$": (
        "là mã số thuế: 10 chữ số, 10 chữ số kèm gạch nối và 3 chữ số của chi nhánh, hoặc 12 chữ số",
        "be a tax code: 10 digits, 10 digits with a hyphen and the 3 digits of a branch, or 12 digits",
    ),
    r"^[^\s|]+$": ("viết liền, không có dấu cách và dấu |", "have neither spaces nor |"),
}


def in_words(kind: str, context: Mapping[str, object], message: str, given: object) -> tuple[str, str]:
    """What is wrong with a field and what it says, in Vietnamese and English; the four are pydantic's."""
    pattern = str(context.get("pattern"))
    form_vi, form_en = FORMS.get(pattern, (f"có dạng {pattern}", ""))
    facts = {**context, "form": form_vi}
    if "expected" in context:
        facts["expected"] = str(context["expected"]).replace(" or ", " hoặc ")
    vi = PROBLEMS_VI.get(kind, "giá trị không đúng kiểu").format(**facts)
    en = f"must {form_en}" if kind == "string_pattern_mismatch" and form_en else message
    if kind == "missing" or not isinstance(given, str | int | float):
        return vi, en
    shown = json.dumps(given, ensure_ascii=False)
    shown = shown if len(shown) <= MOST_SHOWN else shown[: MOST_SHOWN - 1] + "…"
    return f"{vi}, không phải {shown}", f"{en}, not {shown}"


class NotUtf8(Refusal):
    slug = "not-utf8"
    vi = "Bản ghi không phải văn bản UTF-8 (byte thứ {position}); hãy mã hóa lại bằng UTF-8 rồi gửi lại."
    en = "The record is not UTF-8 text (byte {position}); encode it in UTF-8 and send it again."


class NotJson(Refusal):
    slug = "not-json"
    vi = "Bản ghi không phải JSON{place_vi}; hãy gửi một CloudEvent dạng JSON."
    en = "The record is not JSON: {problem}; send one CloudEvent in JSON."

    def __init__(self, *, problem: object) -> None:
        place = re.search(r"line (\d+) column (\d+)", str(problem))
        place_vi = f" (lỗi ở dòng {place[1]}, cột {place[2]})" if place else ""
        super().__init__(problem=problem, place_vi=place_vi)


class NotCloudEvent(Refusal):
    slug = "not-a-cloudevent"
    vi = "Bản ghi không phải CloudEvent 1.0: {attribute} phải là {wanted_vi}; hãy bổ sung rồi gửi lại."
    en = "The record is not a CloudEvent 1.0: {attribute} must be {wanted_en}; add it and send it again."


class AttributeOfLogs(Refusal):
    slug = "attribute-of-logs"
    vi = "Thuộc tính {attribute} của bản ghi {id} chỉ dùng trong nhật ký của dịch vụ; hãy bỏ thuộc tính đó rồi gửi lại."
    en = "The attribute {attribute} of record {id} is a mark of the services' own logs; leave it out and send the record again."


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
    vi = (
        "Sự kiện {id} đã chờ {days} ngày làm việc nhưng {awaited} vẫn chưa có; hãy kiểm tra mã đó, hoặc gửi {awaited} trước, "
        "rồi gửi lại sự kiện này với id mới."
    )
    en = (
        "Event {id} waited {days} business days and {awaited} never came; check that id, or publish {awaited} first, "
        "then send this event again with a new id."
    )

    def __init__(self, *, held: Held, days: int) -> None:
        assert held.record.event is not None and held.awaited is not None
        super().__init__(id=held.record.event.id, days=days, awaited="/".join(held.awaited))


class IdReused(Refusal):
    slug = "id-reused"
    vi = "Id {id} đã được nguồn {source} dùng cho một nội dung khác; bản đến trước được giữ, hãy gửi lại với id mới."
    en = "Id {id} was already used by {source} for other content; the first one stands, send this one again with a new id."


class Discarded(Refusal):
    slug = "discarded"
    vi = "Sự kiện {id} đã được {by} loại khỏi hàng chờ, lý do: {reason}; nếu vẫn cần, hãy gửi lại với id mới."
    en = "Event {id} was taken out of its queue by {by}, reason: {reason}; if it is still needed, send it again with a new id."


MOST_TEXT = 1_000
MOST_SHOWN = 500_000


def notice(refusal: Refusal, *, source: str, id: str, type: str | None, **place: Any) -> RecordRejected:
    """The answer to a publisher; the facts in it come from a record nobody may have checked yet, of any length."""
    return RecordRejected(
        rejected_source=_short(source, 200),
        rejected_id=_short(id, 200),
        rejected_type=_short(type, 200) if type else None,
        slug=refusal.slug,
        vi=_short(refusal.text("vi"), MOST_TEXT),
        en=_short(refusal.text("en"), MOST_TEXT),
        field=refusal.field,
        **place,
    )


def dead_letter(held: Held, held_id: str) -> RecordDeadLettered:
    """What operators are told of an event that made a handler fail."""
    return RecordDeadLettered(
        held_id=held_id,
        subject=held.subject,
        error=held.why,
        since=held.since,
        # The whole event stays in `held`; a notice of it must not outgrow what a broker takes.
        event=held.record.value[:MOST_SHOWN].decode(errors="replace"),
    )


def in_short(error: Exception) -> str:
    """An error with the place it was raised at."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"error: {type(error).__name__} in {where.name} line {where.lineno}: {str(error)[:500]}"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
