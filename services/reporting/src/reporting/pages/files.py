"""The page of what can be had as files: every table, with its formats and the dictionary of its columns."""

from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import Response

from reporting.export.tables import TABLES
from reporting.export.writing import FORMATS
from reporting.pages.language import language_of
from reporting.pages.rendering import render
from reporting.repository import standings


async def show_files(request: Request, reader: Reader) -> Response:
    """GET /pages/files: of every year that has a plan, and of all years."""
    years = await standings.plan_years(reader)
    tables, endings = list(TABLES.values()), list(FORMATS)
    return render("files.html", language_of(request), path="/pages/files", tables=tables, endings=endings, years=years)
