"""The targets of plans with what came about, as a table."""

from collections.abc import Sequence
from decimal import Decimal

from shared.messaging.reader import Reader
from shared.words import Words

from reporting.export.table import Column, Table
from reporting.repository import standings
from reporting.repository.standings import Standing
from shared import vietnamese


async def _standings(reader: Reader, year: int | None) -> Sequence[Standing]:
    """Every target of the year, or of every year that has a plan, newest first."""
    if year is None:
        return await standings.standings_of_years(reader, await standings.plan_years(reader))
    return await standings.standings(reader, year)


def _rounded(standing: Standing) -> Decimal | None:
    value = standing.result.value
    return None if value is None else vietnamese.rounded(value, 2)


INDICATORS: Table[Standing] = Table(
    name="indicators",
    title=Words("Chỉ tiêu của các kế hoạch và kết quả", "Targets of the plans and results"),
    about=Words(
        "Mỗi dòng là một chỉ tiêu của một kế hoạch; đánh giá theo giá trị chính xác, không theo giá trị làm tròn.",
        "One row a target of a plan; the status is decided on the exact value, not on the rounded one.",
    ),
    key=("plan", "indicator", "year"),
    columns=(
        Column("plan", "string", Words("Kế hoạch: số@ngày", "Plan: number@date"), lambda s: s.plan.id),
        Column("year", "integer", Words("Năm", "Year"), lambda s: s.year),
        Column("indicator", "string", Words("Mã chỉ tiêu", "Code of the indicator"), lambda s: s.indicator.code),
        Column("name_vi", "string", Words("Tên chỉ tiêu", "Name, Vietnamese"), lambda s: s.indicator.name_vi),
        Column("name_en", "string", Words("Tên tiếng Anh", "Name, English"), lambda s: s.indicator.name_en),
        Column("unit", "string", Words("Đơn vị của các giá trị", "Unit of the values"), lambda s: s.indicator.unit),
        Column("lower", "number", Words("Mức thấp nhất của kế hoạch", "Lower bound planned"), lambda s: s.target.lower),
        Column("upper", "number", Words("Mức cao nhất, nếu có", "Upper bound, where there is one"), lambda s: s.target.upper),
        Column("value", "number", Words("Kết quả, làm tròn 0,01", "Result, rounded half up to 0.01"), _rounded),
        Column(
            "exact",
            "string",
            Words("Kết quả chính xác, dạng phân số", "Exact result as a fraction"),
            lambda s: None if s.result.value is None else str(s.result.value),
        ),
        Column(
            "status",
            "string",
            Words("Đánh giá: met, missed, on-track, behind, no-data", "met, missed, on-track, behind or no-data"),
            lambda s: s.status.value,
        ),
        Column("exceeded", "boolean", Words("Vượt mức cao nhất", "Whether it is above the upper bound"), lambda s: s.exceeded),
        Column("made", "boolean", Words("Có số liệu giả định", "Whether any row behind it was made"), lambda s: s.result.made),
        Column(
            "lineage",
            "string",
            Words("Địa chỉ của các sự kiện tạo nên con số", "Address of the events behind the figure"),
            lambda s: f"/indicators/{s.indicator.code}/{s.year}",
        ),
    ),
    things=_standings,
)
