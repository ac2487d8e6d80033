"""What may happen to a recognition after it was granted; a fact is judged by how the recognition stands on its day."""

from collections.abc import Mapping
from datetime import date

from shared.contracts.council import (
    MaintenanceReviewed,
    RenewalDecided,
    RevocationDecided,
    SuspensionDecided,
    SuspensionLifted,
)
from shared.contracts.recognitions import RecognitionFact
from shared.errors import Refusal

from scoring.domain.recognition import DAY, Recognition, Status, ValidityRules


class RecognitionRevokedAlready(Refusal):
    slug = "recognition-revoked"
    vi = "Giấy chứng nhận {certificate} đã bị thu hồi, đến ngày {on:%d/%m/%Y} không còn hiệu lực; {what_vi} không được ghi nhận."
    en = "Certificate {certificate} was revoked and has no effect on {on}; the {what_en} is not recorded."


class RecognitionExpiredAlready(Refusal):
    slug = "recognition-expired"
    vi = (
        "Giấy chứng nhận {certificate} đã hết hiệu lực trước ngày {on:%d/%m/%Y}; {what_vi} không được ghi nhận, "
        "sản phẩm có thể dự đợt xét chọn mới."
    )
    en = "Certificate {certificate} expired before {on}; the {what_en} is not recorded, the product may enter a new round."


class RecognitionNotBegun(Refusal):
    slug = "recognition-not-begun"
    vi = "Giấy chứng nhận {certificate} ngày {on:%d/%m/%Y} chưa có hiệu lực; hãy sửa ngày của {what_vi} rồi gửi lại với id mới."
    en = "Certificate {certificate} is not in force yet on {on}; check the day of the {what_en}, send it with a new id."


class RecognitionSuspendedAlready(Refusal):
    slug = "recognition-suspended"
    vi = "Giấy chứng nhận {certificate} đang bị đình chỉ vào ngày {on:%d/%m/%Y}; {what_vi} không được ghi nhận."
    en = "Certificate {certificate} is suspended already on {on}; the {what_en} is not recorded."


class RecognitionNotSuspended(Refusal):
    slug = "recognition-not-suspended"
    vi = (
        "Giấy chứng nhận {certificate} không bị đình chỉ vào ngày {on:%d/%m/%Y} và ngày trước đó nên không có gì để khôi phục; "
        "hãy kiểm tra ngày rồi gửi lại với id mới."
    )
    en = (
        "Certificate {certificate} is not suspended on {on} and the day before, there is nothing to lift; "
        "check the day and send it with a new id."
    )


class SuspensionPeriodNotValid(Refusal):
    slug = "suspension-period-not-valid"
    vi = "Thời gian đình chỉ giấy chứng nhận {certificate} từ {first:%d/%m/%Y} đến {last:%d/%m/%Y} bị ngược; hãy sửa, gửi id mới."
    en = "The suspension of certificate {certificate} from {first} to {last} ends before it begins; send it with a new id."


class ReviewWithoutReason(Refusal):
    slug = "review-without-reason"
    vi = "Kết quả đánh giá duy trì giấy chứng nhận {certificate} không đạt mà không nêu lý do; hãy gửi lại kèm lý do, với id mới."
    en = "The failed maintenance review of certificate {certificate} gives no reason; send it again with one, and a new id."


class ValidityRulesNotYet(Refusal):
    slug = "validity-rules-not-in-force"
    vi = (
        "Quyết định gia hạn giấy chứng nhận {certificate} ngày {decided_on:%d/%m/%Y} dùng quy định {rules_id}, có hiệu lực từ "
        "{effective_from:%d/%m/%Y}; hãy dùng quy định đang có hiệu lực và gửi lại với id mới."
    )
    en = (
        "The renewal of certificate {certificate} decided on {decided_on} names rules {rules_id} of {effective_from}; "
        "use the rules in force and send it with a new id."
    )


WHAT: dict[str, tuple[str, str]] = {
    "renewed": ("quyết định gia hạn", "renewal"),
    "reviewed": ("kết quả đánh giá duy trì", "maintenance review"),
    "suspended": ("quyết định đình chỉ", "suspension"),
    "lifted": ("quyết định khôi phục", "lifting"),
    "revoked": ("quyết định thu hồi", "revocation"),
}
AGAINST: Mapping[Status, type[Refusal]] = {
    "not-begun": RecognitionNotBegun,
    "suspended": RecognitionSuspendedAlready,
    "expired": RecognitionExpiredAlready,
    "revoked": RecognitionRevokedAlready,
}


def check_fact(recognition: Recognition, fact: RecognitionFact) -> None:
    """Raise the refusal of a fact that cannot be on its day.

    Only what is in force can be suspended, only what is suspended lifted; a suspended one can be renewed, reviewed and
    revoked like one in force, a revoked or expired one cannot.
    """
    status = recognition.standing(fact.on).status
    allowed = {"in-force"} if fact.kind == "suspended" else {"in-force", "suspended"}
    if status not in allowed:
        vi, en = WHAT[fact.kind]
        raise AGAINST[status](certificate=recognition.id, on=fact.on, what_vi=vi, what_en=en)
    if fact.kind == "lifted" and {status, recognition.standing(fact.on - DAY).status} != {"suspended"}:
        raise RecognitionNotSuspended(field="lifted_on", certificate=recognition.id, on=fact.on)


def check_rules(renewal: RenewalDecided, rules: ValidityRules) -> None:
    """Raise ValidityRulesNotYet where a renewal was decided before its rules had effect."""
    if renewal.decided_on < rules.effective_from:
        raise ValidityRulesNotYet(
            field="rules_id",
            certificate=renewal.certificate,
            decided_on=renewal.decided_on,
            rules_id=rules.id,
            effective_from=rules.effective_from,
        )


def renewal(decided: RenewalDecided) -> RecognitionFact:
    """The fact of a renewal; its new last day follows from the recognition it reaches."""
    return RecognitionFact(kind="renewed", on=decided.decided_on, decision=decided.decision, rules_id=decided.rules_id)


def review(reviewed: MaintenanceReviewed) -> RecognitionFact:
    """The fact of a maintenance review; raises ReviewWithoutReason."""
    if not reviewed.passed and reviewed.reason is None:
        raise ReviewWithoutReason(field="reason", certificate=reviewed.certificate)
    return RecognitionFact(kind="reviewed", on=reviewed.reviewed_on, passed=reviewed.passed, reason=reviewed.reason)


def suspension(decided: SuspensionDecided) -> RecognitionFact:
    """The fact of a suspension; raises SuspensionPeriodNotValid."""
    first, last = decided.suspended_from, decided.suspended_until
    if last is not None and last < first:
        raise SuspensionPeriodNotValid(field="suspended_until", certificate=decided.certificate, first=first, last=last)
    return RecognitionFact(kind="suspended", on=first, until=last, decision=decided.decision, reason=decided.reason)


def lifting(lifted: SuspensionLifted) -> RecognitionFact:
    """The fact of a suspension lifted."""
    return RecognitionFact(kind="lifted", on=lifted.lifted_on, decision=lifted.decision)


def revocation(decided: RevocationDecided) -> RecognitionFact:
    """The fact of a revocation."""
    return RecognitionFact(kind="revoked", on=decided.revoked_on, decision=decided.decision, reason=decided.reason)


def begins_again(recognition: Recognition, day: date) -> bool:
    """Whether a recognition is in force on a day and was suspended on the eve."""
    return recognition.standing(day).in_force and recognition.standing(day - DAY).status == "suspended"
