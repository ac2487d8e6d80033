"""Support as tables: the story of each request, budget lines with their moves, coverage, and who joined each activity."""

from collections.abc import Sequence

from shared.messaging.reader import OneOf, Reader
from shared.words import Words

from reporting.domain.ledger import Fact
from reporting.domain.support import BudgetLine, Grant, LineMovement
from reporting.export.registers import EVENT, MADE, field
from reporting.export.table import Column, Table
from reporting.repository import activities
from reporting.repository.activities import Joined, Participant, Reached
from reporting.repository.standings import plan_years

Told = tuple[Grant, int, Fact]
InYear = tuple[int, Reached]
TookPart = tuple[Joined, Participant]


async def _years(reader: Reader, year: int | None) -> Sequence[int]:
    """The year asked for, or every year that has a plan."""
    return sorted(await plan_years(reader)) if year is None else [year]


def _of_year(year: int | None) -> dict[str, int] | None:
    return None if year is None else {"year": year}


async def _stories(reader: Reader, year: int | None) -> Sequence[Told]:
    found = await reader.list(Grant, _of_year(year))
    return [(grant, n, fact) for grant in found for n, fact in enumerate(grant.facts, 1)]


async def _lines(reader: Reader, year: int | None) -> Sequence[BudgetLine]:
    return await reader.list(BudgetLine, _of_year(year))


async def _movements(reader: Reader, year: int | None) -> Sequence[LineMovement]:
    lines = [line.id for line in await _lines(reader, year)]
    return await reader.list(LineMovement, {"line_id": OneOf(lines)}) if lines else []


async def _coverage(reader: Reader, year: int | None) -> Sequence[InYear]:
    years = await _years(reader, year)
    return [(each, one) for each in years for one in (await activities.coverage(reader, each)).enterprises]


async def _participations(reader: Reader, year: int | None) -> Sequence[TookPart]:
    years = await _years(reader, year)
    return [(j, p) for each in years for j in await activities.activities(reader, each) for p in j.participants]


def _attended(joined: TookPart, how: str) -> str:
    _, participant = joined
    there = participant.participation.attendances if participant.participation else ()
    return "; ".join(attendance.on.isoformat() for attendance in there if attendance.how == how)


def _criteria(joined: TookPart, language: str) -> str:
    _, participant = joined
    there = participant.participation.attendances if participant.participation else ()
    said = (getattr(attendance, f"criterion_{language}") for attendance in there)
    return "; ".join(dict.fromkeys(criterion for criterion in said if criterion))


STORIES: Table[Told] = Table(
    name="grant-stories",
    title=Words("Diễn biến của các đề nghị hỗ trợ", "What happened to requests for support"),
    about=Words(
        "Mỗi dòng là một sự kiện của một đề nghị, theo thứ tự; năm là năm ngân sách.",
        "One row an event of a request, in order; the year is the budget year.",
    ),
    key=("request_id", "number"),
    columns=(
        Column("request_id", "string", Words("Mã đề nghị", "Id of the request"), lambda t: t[0].id),
        Column("number", "integer", Words("Thứ tự trong đề nghị", "Its place in the story, from 1"), lambda t: t[1]),
        Column("tax_code", "string", Words("Mã số thuế", "Tax code"), lambda t: t[0].tax_code),
        Column("year", "integer", Words("Năm ngân sách", "Budget year"), lambda t: t[0].year),
        Column("on", "date", Words("Ngày", "Day"), lambda t: t[2].on),
        Column("kind", "string", Words("Loại sự kiện", "What the event is"), lambda t: t[2].action or t[2].kind),
        Column("stage", "string", Words("Tình trạng sau đó", "How far the grant came by it"), lambda t: t[2].stage),
        Column("text_vi", "string", Words("Nội dung, tiếng Việt", "What happened, Vietnamese"), lambda t: t[2].vi),
        Column("text_en", "string", Words("Nội dung, tiếng Anh", "What happened, English"), lambda t: t[2].en),
        Column("made", "boolean", Words("Số liệu giả định", "Whether the request was made for a scenario"), lambda t: t[0].made),
        Column("event_id", "string", Words("Sự kiện", "The event: source|id"), lambda t: t[2].event_id),
    ),
    things=_stories,
)

BUDGET_LINES: Table[BudgetLine] = Table(
    name="budget-lines",
    title=Words("Dòng ngân sách", "Budget lines"),
    about=Words(
        "Mỗi dòng là một dòng ngân sách; được cấp = giữ chỗ + cam kết + đang chi + đã chi + còn lại.",
        "One row a budget line; allocated = reserved + committed + paying + paid + available.",
    ),
    key=("line_id",),
    columns=(
        Column("line_id", "string", Words("Dòng ngân sách", "Id of the line"), lambda line: line.id),
        field("year", "integer", "Năm ngân sách", "Budget year"),
        field("scheme_id", "string", "Chính sách hỗ trợ", "Scheme it pays for"),
        field("plan_id", "string", "Kế hoạch", "Plan: number@date"),
        field("allocated", "integer", "Được cấp", "At its disposal", "VND"),
        field("reserved", "integer", "Giữ chỗ", "Granted, no agreement yet", "VND"),
        field("committed", "integer", "Đã cam kết", "Under an agreement", "VND"),
        field("paying", "integer", "Đang chi", "A payment order is out", "VND"),
        field("paid", "integer", "Đã chi", "Paid out", "VND"),
        field("available", "integer", "Còn lại", "What can still be granted", "VND"),
        field("released", "integer", "Trả lại, cộng dồn", "Given back by requests in all; in no other column", "VND"),
        field("carried", "integer", "Chuyển nguồn, cộng dồn", "Carried over in all; in no other column", "VND"),
        field("exhausted", "boolean", "Không đủ cho đề nghị kế tiếp", "Whether it cannot pay the next request"),
        MADE,
    ),
    things=_lines,
)

LINE_MOVEMENTS: Table[LineMovement] = Table(
    name="line-movements",
    title=Words("Biến động của các dòng ngân sách", "Moves of budget lines"),
    about=Words(
        "Mỗi dòng là một lần tiền của một dòng ngân sách thay đổi, theo thứ tự.", "One row a move of a line's money, in order."
    ),
    key=("line_id", "number"),
    columns=(
        field("line_id", "string", "Dòng ngân sách", "Id of the line"),
        field("number", "integer", "Thứ tự trên dòng", "Its number on the line, from 1"),
        field("on", "date", "Ngày", "Day"),
        field("kind", "string", "Loại biến động", "reserved, committed, ordered, paid, order-failed, repaid, released, …"),
        field(
            "amount",
            "integer",
            "Số tiền; âm là lấy đi",
            "Moved; negative: taken away; exhausted: what was asked",
            "VND",
        ),
        field("request_id", "string", "Mã đề nghị", "Request it was moved for"),
        field("cause", "string", "Lý do điều chỉnh", "Why the line was adjusted"),
        field("other_line", "string", "Dòng kia", "The line it went to or came from"),
        field("legal_text", "string", "Căn cứ pháp lý", "Legal text"),
        field("allocated", "integer", "Được cấp sau đó", "At its disposal after it", "VND"),
        field("reserved", "integer", "Giữ chỗ sau đó", "Reserved after it", "VND"),
        field("committed", "integer", "Đã cam kết sau đó", "Committed after it", "VND"),
        field("paying", "integer", "Đang chi sau đó", "Being paid after it", "VND"),
        field("paid", "integer", "Đã chi sau đó", "Paid after it", "VND"),
        field("available", "integer", "Còn lại sau đó", "Available after it", "VND"),
        EVENT,
    ),
    things=_movements,
)

COVERAGE: Table[InYear] = Table(
    name="coverage",
    title=Words("Độ bao phủ của hỗ trợ", "Coverage of support"),
    about=Words(
        "Mỗi dòng là một doanh nghiệp có công nhận còn hiệu lực trong năm và những hỗ trợ đã đến với nó.",
        "One row an enterprise with a recognition in force in the year, and what reached it.",
    ),
    key=("year", "tax_code"),
    columns=(
        Column("year", "integer", Words("Năm", "Year"), lambda c: c[0]),
        Column("tax_code", "string", Words("Mã số thuế", "Tax code"), lambda c: c[1].tax_code),
        Column("enterprise_name", "string", Words("Doanh nghiệp", "Enterprise"), lambda c: c[1].name),
        Column("covered", "boolean", Words("Có tiền hoặc lớp học", "Reached by money or a class"), lambda c: c[1].covered),
        Column("granted_vnd", "integer", Words("Được hỗ trợ", "Granted in the year"), lambda c: c[1].received, "VND"),
        Column("classes", "integer", Words("Số lớp học", "Classes its workers learned in"), lambda c: len(c[1].classes)),
        Column("in_kind", "integer", Words("Hoạt động bằng hiện vật", "Activities it took part in"), lambda c: len(c[1].in_kind)),
        Column(
            "told_on",
            "string",
            Words("Các ngày được nhắc là chưa được hỗ trợ", "Days on which it was named as not reached"),
            lambda c: "; ".join(day.isoformat() for day in c[1].told),
        ),
        Column("made", "boolean", Words("Có số liệu giả định", "Whether any row behind it was made"), lambda c: c[1].made),
    ),
    things=_coverage,
)

PARTICIPATIONS: Table[TookPart] = Table(
    name="participations",
    title=Words("Doanh nghiệp tham gia các hoạt động", "Who joined the activities"),
    about=Words(
        "Mỗi dòng là một doanh nghiệp trong một hoạt động, với tiêu chí được chọn; năm là năm công bố của hoạt động.",
        "One row an enterprise in an activity, with the criteria it was chosen by; the year is that of the announcement.",
    ),
    key=("activity_id", "tax_code"),
    columns=(
        Column("activity_id", "string", Words("Mã hoạt động", "Id of the activity"), lambda t: t[0].activity.id),
        Column("year", "integer", Words("Năm", "Year"), lambda t: t[0].activity.year),
        Column("kind", "string", Words("Loại hoạt động", "Kind of activity"), lambda t: t[0].activity.kind),
        Column("name_vi", "string", Words("Tên hoạt động", "Name, Vietnamese"), lambda t: t[0].activity.name_vi),
        Column("name_en", "string", Words("Tên tiếng Anh", "Name, English"), lambda t: t[0].activity.name_en),
        Column("tax_code", "string", Words("Mã số thuế", "Tax code"), lambda t: t[1].tax_code),
        Column("enterprise_name", "string", Words("Doanh nghiệp", "Enterprise"), lambda t: t[1].name),
        Column("joined_on", "string", Words("Ngày được chọn", "Days it was chosen"), lambda t: _attended(t, "joined")),
        Column("attended_on", "string", Words("Ngày có mặt", "Days it was there"), lambda t: _attended(t, "attended")),
        Column("learned_on", "string", Words("Ngày có người học", "Days its workers learned"), lambda t: _attended(t, "class")),
        Column("criteria_vi", "string", Words("Tiêu chí", "Criteria, Vietnamese"), lambda t: _criteria(t, "vi")),
        Column("criteria_en", "string", Words("Tiêu chí, tiếng Anh", "Criteria, English"), lambda t: _criteria(t, "en")),
        Column(
            "requests",
            "string",
            Words("Đề nghị có kinh phí", "Requests with money for it"),
            lambda t: "; ".join(grant.id for grant in t[1].grants),
        ),
        Column("made", "boolean", Words("Có số liệu giả định", "Whether any of it was made"), lambda t: t[1].made),
    ),
    things=_participations,
)
