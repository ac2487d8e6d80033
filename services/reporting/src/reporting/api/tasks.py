"""Tasks of the plans as JSON."""

from shared.http import not_found, one_of, part_of
from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import Response

from reporting import texts
from reporting.api.asked import Answer, Json, year_asked
from reporting.domain.tasks import Task
from reporting.repository.standings import plan_years, today
from reporting.repository.tasks import TaskLine, asked_for, task_line, task_lines


async def list_tasks(request: Request, reader: Reader) -> Response:
    """GET /tasks?year=&group=&agency=&late=: the tasks of a plan year (or of all) with how they stand."""
    year = year_asked(request)
    group, late = one_of(request, "group", tuple(texts.GROUPS)), one_of(request, "late", ("true", "false")) == "true"
    years = [year] if year is not None else sorted(await plan_years(reader))
    lines = [line for each in years for line in await task_lines(reader, each)]
    found = asked_for(lines, group=group, agency=request.query_params.get("agency"), late=late)
    by_id = {line.task.id: line for line in found}
    return Answer(part_of(request, [line.task for line in found], lambda task: line_json(by_id[task.id])))


async def show_task(request: Request, reader: Reader) -> Response:
    """GET /tasks/{task_id}: a task with everything that was changed and reported."""
    id = request.path_params["task_id"]
    task = await reader.get(Task, id)
    if task is None:
        raise not_found(f"Không có nhiệm vụ {id}; xem /tasks.", f"There is no task {id}; see /tasks.")
    lines = {line.task.id: line for line in await task_lines(reader, task.year)}
    return Answer(line_json(lines.get(id) or task_line(task, (), await today(reader))))


def line_json(line: TaskLine) -> Json:
    """A task as it stands, with its changes and reports; `report_due` is the last day of a period nobody reported."""
    task, words = line.task, texts.TASK_STATES[line.stands]
    return {
        "task_id": task.id,
        **task.model_dump(mode="json", exclude={"id", "made"}),
        "made": task.any_made,
        "state": line.stands,
        "state_text": {"vi": words.vi, "en": words.en},
        "late": line.late,
        "report_due": line.report_due.isoformat() if line.report_due else None,
        "overlaps": list(line.overlaps),
    }
