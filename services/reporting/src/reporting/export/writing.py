"""A filled table as a file: CSV, JSON and NDJSON for machines, XLSX for people."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from shared.words import Words

from reporting.export.table import Column, Filled, Value

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

HEAD = {"bold": True, "text_wrap": True, "valign": "top"}
CELLS = {"VND": {"num_format": "#,##0"}, "date": {"num_format": "dd/mm/yyyy"}, "number": {"num_format": "#,##0.00"}}
DICTIONARY = Words("Giải thích", "Dictionary")
YES, NO = Words("Có", "Yes"), Words("Không", "No")
NARROWEST, WIDEST = 10, 60  # characters


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its ending, its media type, and how it is written in a language (`vi` or `en`)."""

    ending: str
    media_type: str
    write: Callable[[Filled, str], bytes]


def to_csv(filled: Filled, language: str) -> bytes:
    """UTF-8, comma, ISO 8601 dates, whole đồng, decimals with a dot; the heads are the names of the columns."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in filled.table.columns])
    writer.writerows([_text(value) for value in row] for row in filled.rows)
    return text.getvalue().encode()


def to_json(filled: Filled, language: str) -> bytes:
    """One document: which table, year and day, and its rows by the names of the columns."""
    head = {"table": filled.table.name, "year": filled.year, "as_of": _plain(filled.as_of)}
    return _json({**head, "items": list(_objects(filled))}) + b"\n"


def to_ndjson(filled: Filled, language: str) -> bytes:
    """One row a line."""
    return b"".join(_json(row) + b"\n" for row in _objects(filled))


def to_xlsx(filled: Filled, language: str) -> bytes:
    """A sheet of the rows with heads in words, dates and numbers as such, and a sheet that explains the columns."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - no start waits for what only this needs

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        _rows_sheet(book, filled, language)
        _dictionary_sheet(book, filled, language)
    return file.getvalue()


FORMATS = {
    format.ending: format
    for format in (
        Format("csv", "text/csv; charset=utf-8", to_csv),
        Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx),
        Format("json", "application/json", to_json),
        Format("ndjson", "application/x-ndjson", to_ndjson),
    )
}


def _text(value: Value) -> str:
    """One value as text. A name that a spreadsheet would run as a formula is kept a text by an apostrophe."""
    text = str(_plain(value)) if value is not None else ""
    if isinstance(value, bool):
        return text.lower()
    return f"'{text}" if isinstance(value, str) and text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _plain(value: Value) -> Any:
    """A value for JSON: decimals as text without exponent, so that none is rounded; days in ISO 8601."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, Date) else value


def _objects(filled: Filled) -> Iterator[dict[str, Any]]:
    names = [column.name for column in filled.table.columns]
    return (dict(zip(names, map(_plain, row), strict=True)) for row in filled.rows)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _sheet_name(filled: Filled, language: str) -> str:
    """At most 31 characters, as a spreadsheet wants it."""
    return f"{filled.table.title.in_language(language)[:26].rstrip()} {filled.year or ''}".rstrip()


def _rows_sheet(book: "Workbook", filled: Filled, language: str) -> None:
    columns = filled.table.columns
    sheet = book.add_worksheet(_sheet_name(filled, language))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(filled.rows), len(columns) - 1)
    head = book.add_format(HEAD)
    for number, column in enumerate(columns):
        longest = max((len(_text(row[number])) for row in filled.rows), default=0)
        shown_as = CELLS.get(column.unit or "") or CELLS.get(column.kind, {})
        sheet.set_column(number, number, min(max(longest + 2, NARROWEST), WIDEST), book.add_format(shown_as))
        sheet.write_string(0, number, _title(column, language), head)
        for line, row in enumerate(filled.rows, 1):
            _write(sheet, line, number, row[number], language)


def _write(sheet: "Worksheet", line: int, number: int, value: Value, language: str) -> None:
    """Each value as what it is; a text stays one also where it begins with =."""
    if isinstance(value, bool):
        sheet.write_string(line, number, (YES if value else NO).in_language(language))
    elif isinstance(value, str):
        sheet.write_string(line, number, value)
    elif isinstance(value, Date):
        sheet.write_datetime(line, number, value)
    elif value is not None:
        sheet.write_number(line, number, value)


def _dictionary_sheet(book: "Workbook", filled: Filled, language: str) -> None:
    sheet, table = book.add_worksheet(DICTIONARY.in_language(language)), filled.table
    for number, width in enumerate((22, 12, 12, 80)):
        sheet.set_column(number, number, width)
    as_of = filled.as_of.isoformat() if filled.as_of else ""
    for line, said in enumerate((table.title.in_language(language), table.about.in_language(language), as_of)):
        sheet.write_string(line, 0, said)
    for line, column in enumerate(table.columns, 4):
        for number, word in enumerate((column.name, column.kind, column.unit or "", column.title.in_language(language))):
            sheet.write_string(line, number, word)


def _title(column: Column[Any], language: str) -> str:
    title = column.title.in_language(language)
    return f"{title} ({column.unit})" if column.unit else title
