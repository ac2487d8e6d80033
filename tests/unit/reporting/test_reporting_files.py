"""Tables as files: CSV, XLSX, JSON and NDJSON say the same, and the data package describes them truly."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook
from reporting.api import routes
from reporting.export.tables import TABLES
from reporting.export.writing import FORMATS
from reporting.main import service
from shared.contracts.base import Data
from shared.contracts.department import DayStarted
from shared.http import application
from shared.testing.memory import MemoryReader, run
from starlette.testclient import TestClient
from unit.reporting import story

NAMES = sorted(TABLES)
PARSED: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": int,
    "number": Decimal,
    "date": date.fromisoformat,
    "boolean": {"true": True, "false": False}.__getitem__,
}


def serve(*events: Data) -> TestClient:
    return TestClient(application(routes(MemoryReader(run(service, *events)["reporting"]))))


@pytest.fixture(scope="module")
def client() -> TestClient:
    return serve(*story.year_2021())


def lines_of(client: TestClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).content.decode("utf-8"))))


@pytest.mark.parametrize("name", ["recognised-products", "grants", "indicators"])
def test_csv_is_utf8_with_iso_dates(client: TestClient, name: str) -> None:
    answer = client.get(f"/files/{name}.csv?year=2021")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(rf'attachment; filename="{name}-2021-as-of-20..-..-..\.csv"', answer.headers["content-disposition"])
    lines = lines_of(client, f"/files/{name}.csv?year=2021")
    expected: dict[str, dict[str, str]] = {
        "recognised-products": {"product_name": "Đèn LED Rạng Đông", "valid_to": "2024-11-25", "top10_rank": "1", "made": "true"},
        "grants": {"request_id": "HT-035", "state": "declined", "amount_vnd": "0", "requested_on": "2021-12-01", "line_id": ""},
        "indicators": {"indicator": "output-share", "value": "38.42", "exact": "999/26", "lower": "35", "status": "met"},
    }
    assert [line for line in lines if expected[name].items() <= line.items()] != []
    assert len(lines) == {"recognised-products": 46, "grants": 36, "indicators": 6}[name]


def test_name_that_looks_like_a_formula_stays_a_text_in_every_spreadsheet() -> None:
    client = serve(story.recognised(1, 1, '=HYPERLINK("x")'))
    (line,) = lines_of(client, "/files/recognised-products.csv?year=2021")
    assert line["product_name"] == '\'=HYPERLINK("x")'
    sheet = load_workbook(io.BytesIO(client.get("/files/recognised-products.xlsx").content)).worksheets[0]
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == '=HYPERLINK("x")']
    assert cell.data_type == "s"


@pytest.mark.parametrize("name", NAMES)
def test_every_format_says_the_same(client: TestClient, name: str) -> None:
    address = f"/files/{name}.{{}}?year=2021"
    items = client.get(address.format("json")).json()["items"]
    assert [json.loads(line) for line in client.get(address.format("ndjson")).text.splitlines()] == items
    as_text = [{name: _in_csv(value) for name, value in item.items()} for item in items]
    assert lines_of(client, address.format("csv")) == as_text
    sheet = load_workbook(io.BytesIO(client.get(address.format("xlsx")).content)).worksheets[0]
    kinds = [column.kind for column in TABLES[name].columns]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_col=len(kinds))]
    wanted = [[_in_a_sheet(value, kind) for value, kind in zip(item.values(), kinds, strict=True)] for item in items]
    assert rows == wanted


def _in_csv(value: Any) -> str:
    text = "" if value is None else str(value)
    return text.lower() if isinstance(value, bool) else text


def _in_a_sheet(value: Any, kind: str) -> Any:
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if kind == "date" and value:
        day = date.fromisoformat(value)
        return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a sheet knows no zones
    return pytest.approx(float(value)) if kind == "number" and value else value


def test_spreadsheet_is_read_by_people_in_their_language(client: TestClient) -> None:
    heads = {}
    for language in ("vi", "en"):
        book = load_workbook(io.BytesIO(client.get(f"/files/grants.xlsx?year=2021&lang={language}").content))
        heads[language] = [book.worksheets[0]["K1"].value, book.worksheets[0]["K2"].number_format, book.sheetnames[1]]
        assert book.worksheets[0].freeze_panes == "A2"
    assert heads == {
        "vi": ["Số tiền được hỗ trợ (VND)", "#,##0", "Giải thích"],
        "en": ["Amount granted (VND)", "#,##0", "Dictionary"],
    }


def test_data_package_describes_every_table_as_it_is(client: TestClient) -> None:
    package = client.get("/files/datapackage.json?year=2021").json()
    assert [resource["name"] for resource in package["resources"]] == list(TABLES)
    for resource in package["resources"]:
        schema, lines = resource["schema"], lines_of(client, f"/files/{resource['path']}")
        fields = {field["name"]: field for field in schema["fields"]}
        assert lines == [] or list(lines[0]) == list(fields)
        for line in lines:
            assert [name for name, field in fields.items() if not line[name] and field["constraints"]["required"]] == []
            for name, text in line.items():
                assert text == "" or PARSED[fields[name]["type"]](text) is not None
        keys = [tuple(line[name] for name in schema["primaryKey"]) for line in lines]
        assert len(set(keys)) == len(keys)


def test_catalogue_entry_leads_to_every_file(client: TestClient) -> None:
    catalogue = client.get("/files/catalog.jsonld")
    assert catalogue.headers["content-type"] == "application/ld+json"
    files = [file for dataset in catalogue.json()["dcat:dataset"] for file in dataset["dcat:distribution"]]
    assert len(files) == len(TABLES) * len(FORMATS)
    for file in files:
        answer = client.get(f"/files/{file['dcat:downloadURL']['@id']}")
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, file["dcat:mediaType"])


def test_catalogue_entry_of_a_past_day_leads_to_files_of_that_day(client: TestClient) -> None:
    catalogue = client.get("/files/catalog.jsonld?year=2021&on=2021-12-31").json()
    files = [file["dcat:downloadURL"]["@id"] for dataset in catalogue["dcat:dataset"] for file in dataset["dcat:distribution"]]
    assert {file.partition("?")[2] for file in files} == {"year=2021&on=2021-12-31"}
    assert client.get(f"/files/{files[0]}").status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_file_of_a_year_without_data_has_its_head(client: TestClient, name: str) -> None:
    text = client.get(f"/files/{name}.csv?year=2031").text
    assert text == ",".join(column.name for column in TABLES[name].columns) + "\r\n"


def test_file_of_all_years_has_every_row() -> None:
    client = serve(DayStarted(date=date(2022, 1, 4)), story.recognised(1, 1), story.recognised(2, 2))
    assert len(lines_of(client, "/files/recognised-products.csv")) == 2


@pytest.mark.parametrize("file", ["grants.pdf", "secrets.csv", "grants"])
def test_file_there_is_not_is_answered_with_what_there_is(client: TestClient, file: str) -> None:
    answer = client.get(f"/files/{file}")
    assert (answer.status_code, "recognised-products" in answer.json()["vi"], "xlsx" in answer.json()["en"]) == (404, True, True)
