"""The yearly report: a plan year whole on one page, to be printed and handed in."""

from dataclasses import dataclass

from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import Response

from reporting.domain.tasks import groups_of
from reporting.pages.language import language_of
from reporting.pages.rendering import is_year, missing, render
from reporting.pages.support import of_lines
from reporting.pages.tasks import GROUPS
from reporting.pages.year import summary
from reporting.repository import activities, cnht, ledger, standings
from reporting.repository.activities import Coverage, Joined, activities_of
from reporting.repository.cnht import Publication
from reporting.repository.ledger import Ledger
from reporting.repository.tasks import TaskLine, task_lines
from reporting.repository.years import YearTable, year_table


@dataclass(frozen=True, slots=True)
class YearReport:
    """Everything about a year, each part as its own page has it."""

    table: YearTable
    ledger: Ledger
    coverage: Coverage
    tasks: tuple[TaskLine, ...]
    activities: tuple[Joined, ...]
    cnht: Publication

    @property
    def empty(self) -> bool:
        """Whether nothing is known of the year at all."""
        return self.table.empty and not (self.coverage.enterprises or self.tasks or self.activities) and self.cnht.empty

    @property
    def made(self) -> bool:
        """Whether any of it was made for a scenario."""
        parts = (self.table.made, self.coverage.made, self.cnht.made)
        said = (*(line.task.any_made for line in self.tasks), *(joined.made for joined in self.activities))
        return any(parts) or any(said)

    @property
    def late(self) -> tuple[TaskLine, ...]:
        """The tasks someone has to act on."""
        return tuple(line for line in self.tasks if line.late)


async def year_report(reader: Reader, year: int) -> YearReport:
    """The report of a year."""
    return YearReport(
        table=await year_table(reader, year),
        ledger=await ledger.ledger(reader, year),
        coverage=await activities.coverage(reader, year),
        tasks=tuple(await task_lines(reader, year)),
        activities=tuple(await activities.activities(reader, year)),
        cnht=await cnht.publication(reader, year),
    )


async def print_report(request: Request, reader: Reader) -> Response:
    """GET /pages/{year}/report: the whole year as a document, with every row of every table."""
    text = request.path_params["year"]
    if not is_year(text):
        return await missing(request)
    year, language = int(text), language_of(request)
    report = await year_report(reader, year)
    rest = {line.task.id: line for line in report.tasks if not line.late}
    groups = groups_of([line.task for line in rest.values()], GROUPS)
    return render(
        "report.html",
        language,
        path=f"/pages/{year}/report",
        year=year,
        years=sorted({*await standings.plan_years(reader), year}, reverse=True),
        report=report,
        whole=True,
        shown=None,
        schemes=report.ledger.schemes,
        by_scheme=ledger.by_scheme(report.ledger.grants),
        task_groups=[(group, [rest[task.id] for task in tasks]) for group, tasks in groups],
        task_activities=await activities_of(reader, (line.task.activity_id for line in report.tasks)),
        **summary(report.table),
        **of_lines(report.table.lines, report.ledger.grants, language),
    )
