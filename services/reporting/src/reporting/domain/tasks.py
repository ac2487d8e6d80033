"""Tasks of the plans: what is asked of which agency, what was changed, what was reported, and which are late or overlap."""

from collections.abc import Iterable, Sequence
from datetime import date as Date
from datetime import timedelta
from decimal import Decimal
from itertools import combinations
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict
from shared.contracts.tasks import (
    TaskAdjusted,
    TaskCancelled,
    TaskCompleted,
    TaskFor,
    TaskGroup,
    TaskProgressReported,
    TaskReport,
)
from shared.errors import Refusal
from shared.messaging.document import Document

DAY = timedelta(days=1)
Standing = Literal["done", "cancelled", "late", "report-due", "running", "not-begun"]


class TaskKnown(Refusal):
    slug = "task-known"
    vi = "Nhiệm vụ {task_id} đã được giao ({name}); hãy gửi thay đổi bằng TaskAdjusted, hoặc dùng mã khác."
    en = "Task {task_id} was issued already ({name}); send a change as TaskAdjusted, or use another id."


class TaskUnknown(Refusal):
    slug = "task-unknown"
    vi = "Không có nhiệm vụ {task_id} để điều chỉnh hay hủy; hãy kiểm tra mã, hoặc giao nhiệm vụ trước."
    en = "There is no task {task_id} to adjust or cancel; check its id, or issue the task first."


class TaskEndsFirst(Refusal):
    slug = "task-ends-before-it-starts"
    vi = "Nhiệm vụ {task_id} kết thúc ngày {ends:%d/%m/%Y}, trước ngày bắt đầu {starts:%d/%m/%Y}; hãy kiểm tra hai ngày."
    en = "Task {task_id} ends on {ends}, before it starts on {starts}; check both days."


class AdjustmentEmpty(Refusal):
    slug = "task-adjustment-empty"
    vi = "Điều chỉnh nhiệm vụ {task_id} không nêu ngày hay mục tiêu mới; hãy nêu ít nhất một điều thay đổi."
    en = "The adjustment of task {task_id} names neither days nor a target; name at least one thing that changes."


class TaskIsOver(Refusal):
    slug = "task-is-over"
    vi = "Nhiệm vụ {task_id} đã {how_vi} ngày {on:%d/%m/%Y}; không nhận thêm. Nếu nhầm, hãy kiểm tra mã nhiệm vụ."
    en = "Task {task_id} was {how_en} on {on}; nothing more is taken. If that is wrong, check the id of the task."


class AgencyMayNotReport(Refusal):
    slug = "agency-may-not-report"
    vi = "Cơ quan {agency} không chủ trì hay phối hợp nhiệm vụ {task_id}; chỉ nhận báo cáo từ: {known}."
    en = "Agency {agency} neither leads task {task_id} nor takes part in it; it is reported on by: {known}."


class ProgressPeriodEndsFirst(Refusal):
    slug = "progress-ends-before-it-starts"
    vi = "Kỳ báo cáo của nhiệm vụ {task_id} kết thúc ngày {ends:%d/%m/%Y}, trước ngày đầu {starts:%d/%m/%Y}; hãy kiểm tra."
    en = "The period reported of task {task_id} ends on {ends}, before its first day {starts}; check both days."


class ProgressOutsideTask(Refusal):
    slug = "progress-outside-task"
    vi = (
        "Kỳ báo cáo {starts:%d/%m/%Y} – {ends:%d/%m/%Y} của nhiệm vụ {task_id} bắt đầu trước ngày nhiệm vụ bắt đầu "
        "({first:%d/%m/%Y}) hoặc chưa kết thúc vào ngày báo cáo ({told:%d/%m/%Y}); hãy kiểm tra kỳ."
    )
    en = (
        "The period {starts} to {ends} reported of task {task_id} begins before the task does ({first}), or has not ended "
        "on the day of the report ({told}); check the period."
    )


class ProgressOverlaps(Refusal):
    slug = "progress-overlaps"
    vi = (
        "Kỳ báo cáo {starts:%d/%m/%Y} – {ends:%d/%m/%Y} của nhiệm vụ {task_id} chồng lên kỳ {known_starts:%d/%m/%Y} – "
        "{known_ends:%d/%m/%Y} mà {agency} đã báo cáo; hãy gửi đúng kỳ đó để thay."
    )
    en = (
        "The period {starts} to {ends} of task {task_id} overlaps {known_starts} to {known_ends}, which {agency} reported "
        "already; send that period to replace it."
    )


class Progress(BaseModel):
    """What an agency reported of a period; `earlier` are the events it replaced, oldest first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    agency: str
    starts: Date
    ends: Date
    result_vi: str
    result_en: str | None
    figure: Decimal | None
    made: bool
    event_id: str
    told_on: Date
    earlier: tuple[str, ...] = ()


class Change(BaseModel):
    """What the department changed, on which day and why: from what it was to what it is; nothing where it stayed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: Date
    reason: str
    legal_text: str
    event_id: str
    made: bool
    starts: tuple[Date, Date] | None = None
    ends: tuple[Date, Date] | None = None
    target_vi: tuple[str, str] | None = None
    target_en: tuple[str, str] | None = None
    target: tuple[Decimal | None, Decimal] | None = None


class End(BaseModel):
    """How a task ended: done, with its result, or cancelled, with the reason."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    how: Literal["done", "cancelled"]
    on: Date
    text_vi: str
    text_en: str | None
    figure: Decimal | None
    made: bool
    event_id: str


class Task(Document, collection="tasks", by_day=True, found_by=("id", "year")):
    """A task of a plan as it stands, with everything that was changed and reported; id is the task's."""

    plan_id: str
    year: int
    group: TaskGroup
    name_vi: str
    name_en: str
    lead: str
    joint: tuple[str, ...]
    starts: Date
    ends: Date
    target_vi: str
    target_en: str
    target: Decimal | None
    for_whom: TaskFor
    activity_kind: str | None
    activity_id: str | None
    reported_every: int | None
    made: bool
    event_id: str
    changes: tuple[Change, ...] = ()
    reports: tuple[Progress, ...] = ()
    end: End | None = None

    @property
    def agencies(self) -> tuple[str, ...]:
        """Who may report on it: its lead first."""
        return (self.lead, *(agency for agency in self.joint if agency != self.lead))

    @property
    def any_made(self) -> bool:
        """Whether anything said of it was made for a scenario."""
        return self.made or any(said.made for said in (*self.changes, *self.reports, *((self.end,) if self.end else ())))

    def check_days(self) -> Self:
        """Raises TaskEndsFirst where its last day comes before its first."""
        if self.ends < self.starts:
            raise TaskEndsFirst(field="data.ends", task_id=self.id, starts=self.starts, ends=self.ends)
        return self

    def adjusted(self, said: TaskAdjusted, event_id: str) -> Self:
        """The task with other days or another target; raises where nothing changes, or it is over."""
        self._check_open()
        names = ("starts", "ends", "target_vi", "target_en", "target")
        news = {name: value for name in names if (value := getattr(said, name)) not in (None, getattr(self, name))}
        if not news:
            raise AdjustmentEmpty(field="data.task_id", task_id=self.id)
        change = Change(
            on=said.adjusted_on,
            reason=said.reason,
            legal_text=said.legal_text,
            event_id=event_id,
            made=said.made,
            **{name: (getattr(self, name), value) for name, value in news.items()},
        )
        return self.but(**news, changes=(*self.changes, change)).check_days()

    def reported(self, said: TaskProgressReported, event_id: str, told_on: Date) -> Self:
        """The task with a report of a period; one of the same period replaces it. Raises where it may not be taken."""
        self._check_open()
        self._check_agency(said)
        facts = {"task_id": self.id, "starts": said.period_starts, "ends": said.period_ends}
        if said.period_ends < said.period_starts:
            raise ProgressPeriodEndsFirst(field="data.period_ends", **facts)
        if said.period_starts < self.first_day or said.period_ends > told_on:
            raise ProgressOutsideTask(field="data.period_starts", first=self.first_day, told=told_on, **facts)
        same = None
        for known in self.reports:
            if known.agency != said.agency or said.period_starts > known.ends or known.starts > said.period_ends:
                continue
            if (known.starts, known.ends) != (said.period_starts, said.period_ends):
                days = {"known_starts": known.starts, "known_ends": known.ends}
                raise ProgressOverlaps(field="data.period_starts", agency=said.agency, **facts, **days)
            same = known
        progress = Progress(
            agency=said.agency,
            starts=said.period_starts,
            ends=said.period_ends,
            result_vi=said.result_vi,
            result_en=said.result_en,
            figure=said.figure,
            made=said.made,
            event_id=event_id,
            told_on=told_on,
            earlier=(*same.earlier, same.event_id) if same else (),
        )
        others = (known for known in self.reports if known is not same)
        return self.but(reports=tuple(sorted((*others, progress), key=lambda p: (p.ends, p.agency))))

    def completed(self, said: TaskCompleted, event_id: str) -> Self:
        """The task when it is done; raises where it is over, or the agency has no part in it."""
        self._check_open()
        self._check_agency(said)
        return self.but(
            end=End(
                how="done",
                on=said.completed_on,
                text_vi=said.result_vi,
                text_en=said.result_en,
                figure=said.figure,
                made=said.made,
                event_id=event_id,
            )
        )

    def cancelled(self, said: TaskCancelled, event_id: str) -> Self:
        """The task when it is not carried out; raises where it is over."""
        self._check_open()
        text = f"{said.reason} ({said.legal_text})"
        return self.but(
            end=End(
                how="cancelled", on=said.cancelled_on, text_vi=text, text_en=None, figure=None, made=said.made, event_id=event_id
            )
        )

    @property
    def first_day(self) -> Date:
        """The earliest day it was ever to begin: what was done before a postponement counts."""
        return min([self.starts, *(change.starts[0] for change in self.changes if change.starts)])

    def report_due(self, today: Date) -> Date | None:
        """The last day of the latest reporting period that is over and of which no agency has reported; None where none is.

        Periods are `reported_every` months long and are counted from the first day; the last ends with the task.
        """
        if self.reported_every is None:
            return None
        due, number = None, 1
        while (ends := min(_months_after(self.starts, self.reported_every * number) - DAY, self.ends)) < today:
            due, number = ends, number + 1
            if ends == self.ends:
                break
        return due if due and all(report.ends < due for report in self.reports) else None

    def stands(self, today: Date | None) -> Standing:
        """How it stands on a day: late from the day after its last; where no day is known, as on its first."""
        day = today or self.starts
        if self.end is not None:
            return self.end.how
        if day > self.ends:
            return "late"
        if self.report_due(day):
            return "report-due"
        return "running" if day >= self.starts else "not-begun"

    def overlaps(self, other: "Task") -> bool:
        """Whether two agencies do the same for the same people at the same time: one activity, or one kind of it."""
        if self.lead == other.lead or self.for_whom != other.for_whom or "cancelled" in (_how(self), _how(other)):
            return False
        same_activity = self.activity_id is not None and self.activity_id == other.activity_id
        same_kind = self.activity_kind is not None and self.activity_kind == other.activity_kind
        apart = self.activity_id is not None and other.activity_id is not None and not same_activity
        return (same_activity or (same_kind and not apart)) and self.starts <= other.ends and other.starts <= self.ends

    def _check_open(self) -> None:
        if self.end is not None:
            how_vi, how_en = {"done": ("hoàn thành", "completed"), "cancelled": ("bị hủy", "cancelled")}[self.end.how]
            raise TaskIsOver(field="data.task_id", task_id=self.id, on=self.end.on, how_vi=how_vi, how_en=how_en)

    def _check_agency(self, said: TaskReport) -> None:
        if said.agency not in self.agencies:
            known = ", ".join(self.agencies)
            raise AgencyMayNotReport(field="data.agency", task_id=self.id, agency=said.agency, known=known)


def overlapping(tasks: Iterable[Task]) -> dict[str, tuple[str, ...]]:
    """The tasks that overlap, by id, each with the ids of those it overlaps, in order."""
    found: dict[str, list[str]] = {}
    alike: dict[str, list[Task]] = {}
    for task in tasks:
        alike.setdefault(task.for_whom, []).append(task)
    for group in alike.values():
        for one, other in combinations(group, 2):
            if one.overlaps(other):
                found.setdefault(one.id, []).append(other.id)
                found.setdefault(other.id, []).append(one.id)
    return {id: tuple(sorted(others)) for id, others in found.items()}


def groups_of(tasks: Sequence[Task], groups: Sequence[str]) -> tuple[tuple[str, tuple[Task, ...]], ...]:
    """The tasks by group, in the order of the groups; those without a task are left out."""
    parts = ((group, tuple(task for task in tasks if task.group == group)) for group in groups)
    return tuple((group, found) for group, found in parts if found)


def _how(task: Task) -> str | None:
    return task.end.how if task.end else None


def _months_after(day: Date, months: int) -> Date:
    """The same day so many months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = Date(year + month // 11, (month + 1) % 12 + 1, 1)
    return min(Date(year, month + 1, 1) + timedelta(days=day.day - 1), first_of_next - DAY)
