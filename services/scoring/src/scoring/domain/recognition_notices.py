"""What people are told from the publication of a result on, in both languages: what is asked of whom, by when."""

from collections.abc import Mapping
from datetime import date

from shared.contracts.notices import Addressee
from shared.contracts.scoring import CouncilNotified
from shared.words import Words

TEXTS: Mapping[str, Words] = {
    "result-published": Words(
        "Kết quả đợt {round_id} đã được công bố; có thể góp ý đến hết ngày {due:%d/%m/%Y}.",
        "The result of round {round_id} is published; comments are taken until {due}.",
    ),
    "objection-to-answer": Words(
        "Có góp ý {objection_id} của {by} về kết quả đợt {round_id}; phải trả lời trước khi trình quyết định.",
        "Objection {objection_id} by {by} to the result of round {round_id} has come; answer it before the decision is taken.",
    ),
    "objection-unanswered": Words(
        "Đã hết thời gian góp ý của đợt {round_id} mà góp ý {objection_id} chưa được trả lời; hãy trả lời để có thể quyết định.",
        "Comments on round {round_id} have ended and objection {objection_id} has no answer; there is no decision before it.",
    ),
    "assessment-reopened": Words(
        "Hồ sơ {application_id} của đợt {round_id} được mở lại để chấm theo {because}; mời các thành viên chấm lại, "
        "điểm cũ được giữ cho ai không chấm lại.",
        "Dossier {application_id} of round {round_id} is open for scoring again because of {because}; "
        "members may score it again, earlier scores count for those who do not.",
    ),
    "rescoring-closed": Words(
        "Hồ sơ {application_id} của đợt {round_id} đã chấm lại: {score} điểm, hạng {rank}; "
        "việc công nhận chỉ thay đổi khi Thành phố có quyết định.",
        "Dossier {application_id} of round {round_id} has been scored again: {score} points, rank {rank}; "
        "recognitions change only by a decision of the city.",
    ),
    "appeal-to-answer": Words(
        "Có khiếu nại {appeal_id} của {by} về hồ sơ {application_id}, đợt {round_id}; hãy thụ lý hoặc bác.",
        "Appeal {appeal_id} by {by} about dossier {application_id} of round {round_id} has come; admit or dismiss it.",
    ),
    "appeal-admitted": Words(
        "Khiếu nại {appeal_id} về hồ sơ {application_id} được thụ lý; hồ sơ được chấm lại theo cùng bộ tiêu chí.",
        "Appeal {appeal_id} about dossier {application_id} is admitted; it is scored again by the same criteria.",
    ),
    "appeal-dismissed": Words(
        "Khiếu nại {appeal_id} về hồ sơ {application_id} bị bác, lý do: {reason}",
        "Appeal {appeal_id} about dossier {application_id} is dismissed, the reason given: {reason}",
    ),
    "product-recognised": Words(
        "Sản phẩm {product_name} được công nhận theo quyết định {decision}: giấy chứng nhận {certificate}, "
        "hiệu lực từ {valid_from:%d/%m/%Y} đến {valid_to:%d/%m/%Y}.",
        "{product_name} is recognised by decision {decision}: certificate {certificate}, "
        "in force from {valid_from} to {valid_to}.",
    ),
    "product-not-recognised": Words(
        "Sản phẩm {product_name} (hồ sơ {application_id}) không được công nhận theo quyết định {decision}: {reasons_vi}",
        "{product_name} (dossier {application_id}) is not recognised by decision {decision}: {reasons_en}",
    ),
    "recognition-renewed": Words(
        "Giấy chứng nhận {certificate} được gia hạn theo quyết định {decision}, hiệu lực đến hết ngày {valid_to:%d/%m/%Y}.",
        "Certificate {certificate} is renewed by decision {decision}, in force until {valid_to}.",
    ),
    "review-failed": Words(
        "Đánh giá duy trì giấy chứng nhận {certificate} ngày {on:%d/%m/%Y} không đạt, lý do: {reason}",
        "The maintenance review of certificate {certificate} on {on} failed, the reason given: {reason}",
    ),
    "recognition-suspended": Words(
        "Giấy chứng nhận {certificate} bị đình chỉ từ ngày {on:%d/%m/%Y} theo quyết định {decision}, "
        "không dùng biểu trưng trong thời gian này; lý do: {reason}",
        "Certificate {certificate} is suspended from {on} by decision {decision}, "
        "the logo may not be used; the reason given: {reason}",
    ),
    "recognition-reinstated": Words(
        "Giấy chứng nhận {certificate} có hiệu lực trở lại từ ngày {on:%d/%m/%Y}.",
        "Certificate {certificate} is in force again from {on}.",
    ),
    "recognition-revoked": Words(
        "Giấy chứng nhận {certificate} bị thu hồi từ ngày {on:%d/%m/%Y} theo quyết định {decision}, lý do: {reason}",
        "Certificate {certificate} is revoked from {on} by decision {decision}, the reason given: {reason}",
    ),
    "recognition-expiring": Words(
        "Giấy chứng nhận {certificate} có hiệu lực đến hết ngày {due:%d/%m/%Y}; "
        "muốn gia hạn hãy liên hệ Sở Công Thương trước ngày đó.",
        "Certificate {certificate} is in force until {due}; "
        "to renew it, see the Department of Industry and Trade before that day.",
    ),
    "recognition-expired": Words(
        "Giấy chứng nhận {certificate} đã hết hiệu lực sau ngày {valid_to:%d/%m/%Y}; không dùng biểu trưng của Chương trình nữa.",
        "Certificate {certificate} expired after {valid_to}; the programme's logo may no longer be used.",
    ),
    "honours-changed": Words(
        "Quyết định {decision} sửa danh sách Top 10: giấy chứng nhận {certificate} {place_vi}.",
        "Decision {decision} amends the Top 10: certificate {certificate} {place_en}.",
    ),
}


def notice(
    slug: str, to: Addressee, addressee: str, about: str, facts: Mapping[str, object], *, due: date | None = None
) -> CouncilNotified:
    """A notice of this kind; the facts fill in its texts."""
    texts = TEXTS[slug]
    return CouncilNotified(
        to=to,
        addressee=addressee,
        slug=slug,
        about=about,
        vi=texts.vi.format(due=due, **facts),
        en=texts.en.format(due=due, **facts),
        due=due,
    )
