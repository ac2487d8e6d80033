"""Tasks of the plans by year, how they stand, and which overlap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date

from shared.messaging.reader import Reader

from reporting.domain.tasks import Standing, Task, overlapping
from reporting.repository.standings import today


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task as it stands on the day the figures are as of, and the tasks of other agencies it overlaps."""

    task: Task
    stands: Standing
    report_due: Date | None
    overlaps: tuple[str, ...]

    @property
    def late(self) -> bool:
        """Whether someone has to act: past its last day and not done, or a report is due."""
        return self.stands in ("late", "report-due")


async def task_lines(reader: Reader, year: int) -> list[TaskLine]:
    """The tasks of a plan year, in the order of their first day, then of their ids."""
    day = await today(reader)
    tasks = await reader.list(Task, {"year": year})
    others = overlapping(tasks)
    ordered = sorted(tasks, key=lambda task: (task.starts, task.id))
    return [task_line(task, others.get(task.id, ()), day) for task in ordered]


def task_line(task: Task, overlaps: tuple[str, ...], day: Date | None) -> TaskLine:
    """How a task stands on a day."""
    stands = task.stands(day)
    due = task.report_due(day) if day and stands in ("late", "report-due") else None
    return TaskLine(task, stands, due, overlaps)


def asked_for(lines: Sequence[TaskLine], *, group: str | None, agency: str | None, late: bool) -> list[TaskLine]:
    """Those of a group, of an agency that leads or takes part, and where that is asked only those that are late."""
    return [
        line
        for line in lines
        if (group is None or line.task.group == group)
        and (agency is None or agency in line.task.agencies)
        and (line.late or not late)
    ]
