"""Every indicator in every year, and the tasks of the plans, as tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shared.messaging.reader import Reader
from shared.words import Words

from reporting.export.table import Column, Table, Value
from reporting.indicators import INDICATORS, Indicator, Result
from reporting.repository import standings
from reporting.repository.rows import rows_of_year
from reporting.repository.tasks import TaskLine, task_lines
from shared import vietnamese


@dataclass(frozen=True, slots=True)
class YearValue:
    """An indicator in a year."""

    indicator: Indicator
    year: int
    result: Result


async def _values(reader: Reader, year: int | None) -> Sequence[YearValue]:
    """Every indicator of the year, or of every year that has any figure of it; those without a figure are left out."""
    if year is None:
        return [YearValue(*value) for value in await standings.values_by_year(reader)]
    rows = await rows_of_year(reader, year)
    found = [YearValue(indicator, year, indicator.compute(rows)) for indicator in INDICATORS.values()]
    return [value for value in found if value.result.value is not None]


def _rounded(value: YearValue) -> Decimal | None:
    return None if value.result.value is None else vietnamese.rounded(value.result.value, 2)


INDICATOR_VALUES: Table[YearValue] = Table(
    name="indicator-values",
    title=Words("Giá trị các chỉ tiêu qua các năm", "Values of the indicators over the years"),
    about=Words(
        "Mỗi dòng là một chỉ tiêu trong một năm, có hay không có kế hoạch; chỉ tiêu chưa có số liệu thì không có dòng.",
        "One row an indicator in a year, planned or not; one without a figure has no row.",
    ),
    key=("indicator", "year"),
    columns=(
        Column("indicator", "string", Words("Mã chỉ tiêu", "Code of the indicator"), lambda v: v.indicator.code),
        Column("year", "integer", Words("Năm", "Year"), lambda v: v.year),
        Column("name_vi", "string", Words("Tên chỉ tiêu", "Name, Vietnamese"), lambda v: v.indicator.name_vi),
        Column("name_en", "string", Words("Tên tiếng Anh", "Name, English"), lambda v: v.indicator.name_en),
        Column("unit", "string", Words("Đơn vị", "Unit"), lambda v: v.indicator.unit),
        Column("value", "number", Words("Giá trị, làm tròn 0,01", "Value, rounded half up to 0.01"), _rounded),
        Column("exact", "string", Words("Giá trị chính xác, phân số", "Exact value, a fraction"), lambda v: str(v.result.value)),
        Column("rows", "integer", Words("Số dòng làm căn cứ", "How many rows it rests on"), lambda v: len(v.result.rows)),
        Column("made", "boolean", Words("Có số liệu giả định", "Whether any row behind it was made"), lambda v: v.result.made),
    ),
    things=_values,
)


async def _tasks(reader: Reader, year: int | None) -> Sequence[TaskLine]:
    years = sorted(await standings.plan_years(reader)) if year is None else [year]
    return [line for each in years for line in await task_lines(reader, each)]


def _latest(line: TaskLine, name: str) -> Value:
    """What was said last of what has come of it."""
    task = line.task
    if task.end is not None:
        return {"vi": task.end.text_vi, "en": task.end.text_en, "figure": task.end.figure}[name]
    last = task.reports[-1] if task.reports else None
    return {"vi": last.result_vi, "en": last.result_en, "figure": last.figure}[name] if last else None


TASKS: Table[TaskLine] = Table(
    name="tasks",
    title=Words("Nhiệm vụ của các kế hoạch", "Tasks of the plans"),
    about=Words(
        "Mỗi dòng là một nhiệm vụ, với tình trạng vào ngày của tệp; năm là năm kế hoạch.",
        "One row a task, as it stands on the day of the file; the year is the plan year.",
    ),
    key=("task_id",),
    columns=(
        Column("task_id", "string", Words("Mã nhiệm vụ", "Id of the task"), lambda line: line.task.id),
        Column("year", "integer", Words("Năm kế hoạch", "Plan year"), lambda line: line.task.year),
        Column("plan", "string", Words("Kế hoạch: số@ngày", "Plan: number@date"), lambda line: line.task.plan_id),
        Column("group", "string", Words("Nhóm nhiệm vụ", "Group of tasks"), lambda line: line.task.group),
        Column("name_vi", "string", Words("Tên nhiệm vụ", "Name, Vietnamese"), lambda line: line.task.name_vi),
        Column("name_en", "string", Words("Tên tiếng Anh", "Name, English"), lambda line: line.task.name_en),
        Column("lead", "string", Words("Cơ quan chủ trì", "Lead agency"), lambda line: line.task.lead),
        Column("joint", "string", Words("Cơ quan phối hợp", "Agencies that take part"), lambda line: "; ".join(line.task.joint)),
        Column("starts", "date", Words("Ngày bắt đầu", "First day"), lambda line: line.task.starts),
        Column("ends", "date", Words("Ngày kết thúc", "Last day"), lambda line: line.task.ends),
        Column("for_whom", "string", Words("Đối tượng", "Whom it is for"), lambda line: line.task.for_whom),
        Column("target_vi", "string", Words("Mục tiêu", "Target, Vietnamese"), lambda line: line.task.target_vi),
        Column("target_en", "string", Words("Mục tiêu, tiếng Anh", "Target, English"), lambda line: line.task.target_en),
        Column("target", "number", Words("Mục tiêu bằng số", "Target as a figure"), lambda line: line.task.target),
        Column("result_vi", "string", Words("Kết quả mới nhất", "Latest result, Vietnamese"), lambda line: _latest(line, "vi")),
        Column("result_en", "string", Words("Kết quả, tiếng Anh", "Latest result, English"), lambda line: _latest(line, "en")),
        Column("figure", "number", Words("Kết quả bằng số", "Latest result as a figure"), lambda line: _latest(line, "figure")),
        Column(
            "state",
            "string",
            Words("Tình trạng: not-begun, running, report-due, late, done, cancelled", "How it stands, by the same codes"),
            lambda line: line.stands,
        ),
        Column("report_due", "date", Words("Kỳ chưa báo cáo, ngày cuối", "Last day not reported"), lambda line: line.report_due),
        Column("overlaps", "string", Words("Trùng với nhiệm vụ", "Tasks it overlaps"), lambda line: "; ".join(line.overlaps)),
        Column("changes", "integer", Words("Số lần điều chỉnh", "Times it was adjusted"), lambda line: len(line.task.changes)),
        Column("made", "boolean", Words("Có dữ liệu giả định", "Whether anything was made"), lambda line: line.task.any_made),
        Column("event_id", "string", Words("Sự kiện giao nhiệm vụ", "Event that issued it"), lambda line: line.task.event_id),
    ),
    things=_tasks,
)
