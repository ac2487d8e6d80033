"""What can be had, for machines that look for it: a data package (Frictionless) and a DCAT catalogue entry."""

from datetime import date as Date
from typing import Any
from urllib.parse import urlencode

from reporting.export.table import Column, Table
from reporting.export.tables import TABLES
from reporting.export.writing import FORMATS

Json = dict[str, Any]
PUBLISHER_VI, PUBLISHER_EN = "Sở Công Thương Hà Nội", "Hà Nội Department of Industry and Trade"
TITLE_VI, TITLE_EN = "Chương trình sản phẩm công nghiệp chủ lực", "Key industrial products programme"


def data_package(year: int | None, on: Date | None = None) -> Json:
    """The data package: every table as CSV of a year (or all), as known on a day (or now), with the dictionary of its columns.

    Its paths are relative to where it lies, so a copy of the folder is a data package too.
    """
    asked = _asked(year, on)
    return {
        "profile": "tabular-data-package",
        "name": "chuluc",
        "title": TITLE_VI,
        "description": TITLE_EN,
        "resources": [_resource(table, asked) for table in TABLES.values()],
    }


def dcat(year: int | None = None, on: Date | None = None) -> Json:
    """The catalogue entry (DCAT 3, JSON-LD): each table a dataset with its files, of the year and the day that are asked for;
    addresses are relative to this one."""
    asked = _asked(year, on)
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
        },
        "@id": "catalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _in_both(TITLE_VI, TITLE_EN),
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": _in_both(PUBLISHER_VI, PUBLISHER_EN)},
        "dct:language": ["vi", "en"],
        "dcat:dataset": [_dataset(table, asked) for table in TABLES.values()],
    }


def _asked(year: int | None, on: Date | None) -> str:
    """What addresses of files end in."""
    said = urlencode({name: value for name, value in (("year", year), ("on", on)) if value is not None})
    return f"?{said}" if said else ""


def _resource(table: Table[Any], asked: str) -> Json:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title.vi,
        "description": f"{table.about.vi} / {table.about.en}",
        "path": f"{table.name}.csv{asked}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n"},
        "schema": {
            "fields": [_field(column, required=column.name in table.key) for column in table.columns],
            "primaryKey": list(table.key),
            "missingValues": [""],
        },
    }


def _field(column: Column[Any], *, required: bool) -> Json:
    described = {
        "name": column.name,
        "type": column.kind,
        "title": column.title.vi,
        "description": column.title.en,
        "constraints": {"required": required},
    }
    return described if column.unit is None else {**described, "unit": column.unit}


def _dataset(table: Table[Any], asked: str) -> Json:
    return {
        "@id": f"datapackage.json#{table.name}",
        "@type": "dcat:Dataset",
        "dct:identifier": table.name,
        "dct:title": _in_both(table.title.vi, table.title.en),
        "dct:description": _in_both(table.about.vi, table.about.en),
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dcat:downloadURL": {"@id": f"{table.name}.{format.ending}{asked}"},
                "dcat:mediaType": format.media_type.partition(";")[0],
            }
            for format in FORMATS.values()
        ],
    }


def _in_both(vi: str, en: str) -> list[Json]:
    return [{"@value": vi, "@language": "vi"}, {"@value": en, "@language": "en"}]
