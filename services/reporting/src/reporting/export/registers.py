"""The registers as tables: recognised products, and requests for support."""

from collections.abc import Callable, Sequence
from typing import Any

from shared.messaging.reader import Reader
from shared.words import Words

from reporting.domain.register import RecognisedProduct
from reporting.domain.support import Grant
from reporting.export.table import Column, Kind, Table, Unit, Value
from reporting.repository import ledger, registers


def field(name: str, kind: Kind, vi: str, en: str, unit: Unit | None = None) -> Column[Any]:
    """A column that is a field of its thing, by the same name."""
    of: Callable[[Any], Value] = lambda thing: getattr(thing, name)  # noqa: E731
    return Column(name, kind, Words(vi, en), of, unit)


MADE = field("made", "boolean", "Số liệu giả định cho kịch bản", "Whether it was made for a scenario and is not real")
EVENT = field("event_id", "string", "Sự kiện là nguồn của dòng này", "The event the row comes from: source|id")


async def _products(reader: Reader, year: int | None) -> Sequence[RecognisedProduct]:
    return await registers.recognised_products(reader, year)


RECOGNISED_PRODUCTS: Table[RecognisedProduct] = Table(
    name="recognised-products",
    title=Words("Sản phẩm công nghiệp chủ lực được công nhận", "Recognised key industrial products"),
    about=Words(
        "Mỗi dòng là một giấy chứng nhận, với tình trạng của nó vào ngày của tệp; năm là năm của đợt xét chọn.",
        "One row a certificate, as it stands on the day of the file; the year is that of its round.",
    ),
    key=("certificate",),
    columns=(
        Column("certificate", "string", Words("Số giấy chứng nhận", "Number of the certificate"), lambda p: p.id),
        field("year", "integer", "Năm của đợt xét chọn", "Year of the round"),
        field("product_id", "string", "Mã sản phẩm, không đổi qua các năm", "Identity of the product, the same over the years"),
        field("product_name", "string", "Sản phẩm", "Product"),
        field("enterprise_name", "string", "Doanh nghiệp", "Enterprise"),
        field("tax_code", "string", "Mã số thuế của doanh nghiệp hiện giữ", "Tax code of the present holder"),
        field("industry", "string", "Ngành", "Industry"),
        field("district", "string", "Quận, huyện, như vào năm đó", "District of the enterprise, as of that year"),
        field("decision", "string", "Quyết định công nhận", "Decision"),
        field("decided_on", "date", "Ngày quyết định", "Date of the decision"),
        field("valid_from", "date", "Có hiệu lực từ ngày", "First day in force"),
        field("valid_to", "date", "Đến hết ngày, kể cả gia hạn", "Last day in force, with every renewal"),
        field("state", "string", "Tình trạng: in-force, suspended, revoked, expired", "in-force, suspended, revoked or expired"),
        field("revoked_on", "date", "Ngày bị thu hồi", "First day without it, where it was revoked"),
        field("first_time", "boolean", "Công nhận lần đầu", "Whether it is recognised for the first time"),
        field("logo_right", "boolean", "Được dùng biểu trưng khi còn hiệu lực", "Whether the logo may be used while in force"),
        field("top10_rank", "integer", "Thứ hạng trong Top 10", "Rank in the Top 10, where it has one"),
        MADE,
        EVENT,
    ),
    things=_products,
)


async def _grants(reader: Reader, year: int | None) -> Sequence[Grant]:
    return await ledger.named(reader, await registers.grants(reader, year))


def _reasons(grant: Grant, language: str) -> str:
    return "; ".join(getattr(reason, language) for reason in grant.reasons)


GRANTS: Table[Grant] = Table(
    name="grants",
    title=Words("Đề nghị hỗ trợ và kết quả", "Requests for support and what became of them"),
    about=Words(
        "Mỗi dòng là một đề nghị, dù được hỗ trợ, bị từ chối hay đang chờ; năm là năm ngân sách.",
        "One row a request, whatever became of it; the year is the budget year.",
    ),
    key=("request_id",),
    columns=(
        Column("request_id", "string", Words("Mã đề nghị", "Id of the request"), lambda g: g.id),
        field("enterprise_name", "string", "Doanh nghiệp", "Enterprise"),
        field("tax_code", "string", "Mã số thuế", "Tax code"),
        field("scheme_id", "string", "Chính sách hỗ trợ", "Scheme"),
        field("scheme_version", "string", "Phiên bản của chính sách", "Version of the scheme it was decided by"),
        field("activity_id", "string", "Hoạt động", "Activity"),
        field("year", "integer", "Năm ngân sách", "Budget year"),
        field("requested_on", "date", "Ngày đề nghị", "Day of the request"),
        field("state", "string", "Kết quả: granted, declined, queued", "granted, declined or queued"),
        field("line_id", "string", "Dòng ngân sách", "Budget line"),
        Column("amount_vnd", "integer", Words("Số tiền được hỗ trợ", "Amount granted"), lambda g: g.amount, "VND"),
        field("stage", "string", "Đi đến đâu", "How far it came: queued, declined, granted, agreed … withdrawn"),
        Column("paying_vnd", "integer", Words("Đang chi", "Ordered, no answer yet"), lambda g: g.money.paying, "VND"),
        Column("paid_vnd", "integer", Words("Đã chi", "Paid out in all"), lambda g: g.money.paid, "VND"),
        Column("to_recover_vnd", "integer", Words("Phải thu hồi", "To be paid back in all"), lambda g: g.to_recover, "VND"),
        Column("recovered_vnd", "integer", Words("Đã thu hồi", "Paid back in all"), lambda g: g.recovered, "VND"),
        Column("balance_vnd", "integer", Words("Còn phải thu", "Still to be paid back"), lambda g: g.balance, "VND"),
        Column("reasons_vi", "string", Words("Lý do, tiếng Việt", "Reasons, Vietnamese"), lambda g: _reasons(g, "vi")),
        Column("reasons_en", "string", Words("Lý do, tiếng Anh", "Reasons, English"), lambda g: _reasons(g, "en")),
        MADE,
        EVENT,
    ),
    things=_grants,
)
