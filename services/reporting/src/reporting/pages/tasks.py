"""The page of the tasks of a plan year: who does what until when, what came of it, and which slip or overlap."""

from shared.http import one_of
from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import Response

from reporting import texts
from reporting.domain.tasks import groups_of
from reporting.pages.language import language_of
from reporting.pages.paging import page_of
from reporting.pages.rendering import address, is_year, missing, render
from reporting.repository import standings
from reporting.repository.activities import activities_of
from reporting.repository.tasks import asked_for, task_lines

GROUPS = tuple(texts.GROUPS)


async def show_tasks(request: Request, reader: Reader) -> Response:
    """GET /pages/{year}/tasks?group=&agency=&late=1: the tasks of a plan year by group."""
    text = request.path_params["year"]
    if not is_year(text):
        return await missing(request)
    year = int(text)
    group, agency = one_of(request, "group", ("", *GROUPS)) or None, request.query_params.get("agency") or None
    late = request.query_params.get("late") == "1"
    every = await task_lines(reader, year)
    path = address(f"/pages/{year}/tasks", "vi", group=group, agency=agency, late="1" if late else None)
    lines, paging = page_of(request, asked_for(every, group=group, agency=agency, late=late), path)
    by_id = {line.task.id: line for line in lines}
    return render(
        "tasks.html",
        language_of(request),
        path=path,
        year=year,
        years=sorted({*await standings.plan_years(reader), year}, reverse=True),
        groups=[(of, [by_id[task.id] for task in tasks]) for of, tasks in groups_of([line.task for line in lines], GROUPS)],
        every=every,
        activities=await activities_of(reader, (line.task.activity_id for line in lines)),
        paging=paging,
        asked={"group": group, "agency": agency, "late": late},
        known_groups=GROUPS,
        agencies=sorted({agency for line in every for agency in line.task.agencies}),
        late=sum(line.late for line in every),
    )
