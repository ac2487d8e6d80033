"""Why an event about a dossier is refused."""

from shared.errors import Refusal
from shared.words import Words, word

STATES = {
    "supplement-asked": Words("đang chờ bổ sung", "waiting for what it lacks"),
    "overdue": Words("đã quá hạn bổ sung", "past the deadline for what it lacks"),
    "accepted": Words("đã được chấp nhận", "accepted"),
    "rejected": Words("đã bị loại", "rejected"),
    "withdrawal-asked": Words("đang chờ Hội đồng xét việc rút", "waiting for its round to decide on the withdrawal"),
    "withdrawn": Words("đã rút", "withdrawn"),
    "replaced": Words("đã được thay bằng hồ sơ khác", "replaced by another dossier"),
}


def state_in(state: str) -> dict[str, str]:
    """A state as facts of a refusal, in both languages."""
    said = word(STATES, state)
    return {"state_vi": said.vi, "state_en": said.en}


class ApplicationIdReused(Refusal):
    slug = "application-id-reused"
    vi = "Mã hồ sơ {application_id} của doanh nghiệp {tax_code} đã dùng cho nội dung khác; bản trước được giữ, hãy nộp mã mới."
    en = "Application id {application_id} of {tax_code} was used for other content; the first one stands, file under a new id."


class ProductAlreadyFiled(Refusal):
    slug = "product-already-filed"
    vi = (
        "Sản phẩm {product_id} của {tax_code} đã có hồ sơ {first} trong đợt {round_id}; "
        "hãy rút hồ sơ đó trước khi nộp hồ sơ {application_id}."
    )
    en = (
        "Product {product_id} of {tax_code} has dossier {first} in round {round_id}; "
        "withdraw that one before you file dossier {application_id}."
    )


class SupplementNotAsked(Refusal):
    slug = "supplement-not-asked"
    vi = "Hồ sơ {application_id} không chờ bổ sung ({state_vi}) nên bản bổ sung không được nhận; hãy xem lại trạng thái hồ sơ."
    en = "Dossier {application_id} does not wait for a supplement (it is {state_en}), so none is taken; look up its state."


class SupplementLate(Refusal):
    slug = "supplement-late"
    vi = (
        "Bổ sung của hồ sơ {application_id} nhận ngày {received:%d/%m/%Y}, sau hạn {due:%d/%m/%Y}; "
        "hãy nộp lại hồ sơ với mã mới khi đợt còn mở."
    )
    en = (
        "The supplement of dossier {application_id} was received on {received}, after {due}; "
        "file the product again under a new id while the round is open."
    )


class SupplementAfterRefiling(Refusal):
    slug = "supplement-after-refiling"
    vi = (
        "Hồ sơ {application_id} đã bị loại và sản phẩm đã được nộp lại bằng hồ sơ {other}; "
        "bản bổ sung không được nhận, hãy tiếp tục với hồ sơ {other}."
    )
    en = (
        "Dossier {application_id} was rejected and its product filed again as dossier {other}; "
        "the supplement is not taken, go on with dossier {other}."
    )


class NothingToWithdraw(Refusal):
    slug = "nothing-to-withdraw"
    vi = "Hồ sơ {application_id} {state_vi} nên không có gì để rút; hãy xem lại trạng thái hồ sơ."
    en = "Dossier {application_id} is {state_en}: there is nothing to withdraw; look up its state."
