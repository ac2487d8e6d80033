"""Tables as files, with the data package and the catalogue entry that describe them."""

from shared.http import not_found
from shared.messaging.reader import Reader
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from reporting.api.asked import year_asked
from reporting.export.catalogue import data_package, dcat
from reporting.export.table import Filled
from reporting.export.tables import TABLES
from reporting.export.writing import FORMATS
from reporting.pages.day import asked
from reporting.pages.language import language_of
from reporting.repository import standings


async def give_file(request: Request, reader: Reader) -> Response:
    """GET /files/{table}.{csv|xlsx|json|ndjson}?year=: the table of a year or of all; XLSX in English with ?lang=en."""
    name, _, ending = request.path_params["file"].rpartition(".")
    table, format = TABLES.get(name), FORMATS.get(ending)
    if table is None or format is None:
        known, endings = ", ".join(TABLES), ", ".join(FORMATS)
        vi = f"Không có tệp {name}.{ending}; các bảng: {known}; các dạng: {endings}."
        raise not_found(vi, f"There is no file {name}.{ending}; tables: {known}; formats: {endings}.")
    year = year_asked(request)
    filled = Filled(table, year, await standings.today(reader), await table.rows(reader, year))
    headers = {"content-disposition": f'attachment; filename="{filled.name}.{format.ending}"'}
    return Response(format.write(filled, language_of(request).code), media_type=format.media_type, headers=headers)


async def give_data_package(request: Request, reader: Reader) -> Response:
    """GET /files/datapackage.json?year=: every table with the dictionary of its columns."""
    return JSONResponse(data_package(year_asked(request), asked().on))


async def give_catalogue(request: Request, reader: Reader) -> Response:
    """GET /files/catalog.jsonld?year=: the catalogue entry."""
    return JSONResponse(dcat(year_asked(request), asked().on), media_type="application/ld+json")
