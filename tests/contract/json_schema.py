"""As much of JSON Schema as our schemas use, for checking samples without another dependency.

A keyword it does not know is an error, so a schema can never pass because part of it was skipped.
"""

import re
from datetime import date, datetime
from typing import Any

TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}
SILENT = {"$schema", "$id", "$defs", "title", "description", "default", "examples"}
FORMATS = {"date": date.fromisoformat, "date-time": datetime.fromisoformat}


def mistakes(value: Any, schema: dict[str, Any], definitions: dict[str, Any], path: str = "") -> list[str]:
    """What in the value is against the schema, each with its path; empty where it is valid."""
    found: list[str] = []
    for keyword, wanted in schema.items():
        if keyword not in SILENT:
            found += CHECKS[keyword](value, wanted, definitions, path)
    return found


def check(event: Any, schema: dict[str, Any]) -> list[str]:
    """Mistakes of a whole event against a whole schema."""
    return mistakes(event, schema, schema.get("$defs", {}))


def _ref(value: Any, wanted: str, definitions: dict[str, Any], path: str) -> list[str]:
    return mistakes(value, definitions[wanted.removeprefix("#/$defs/")], definitions, path)


def _type(value: Any, wanted: str, definitions: dict[str, Any], path: str) -> list[str]:
    right = isinstance(value, TYPES[wanted]) and (wanted == "boolean" or not isinstance(value, bool))
    return [] if right else [f"{path}: not of type {wanted}"]


def _any_of(value: Any, wanted: list[dict[str, Any]], definitions: dict[str, Any], path: str) -> list[str]:
    tried = [mistakes(value, choice, definitions, path) for choice in wanted]
    return [] if [] in tried else [f"{path}: none of the forms allowed"]


def _properties(value: Any, wanted: dict[str, Any], definitions: dict[str, Any], path: str) -> list[str]:
    fields = value if isinstance(value, dict) else {}
    return [
        m
        for name, schema in wanted.items()
        if name in fields
        for m in mistakes(fields[name], schema, definitions, f"{path}.{name}")
    ]


def _required(value: Any, wanted: list[str], definitions: dict[str, Any], path: str) -> list[str]:
    return [f"{path}.{name}: missing" for name in wanted if isinstance(value, dict) and name not in value]


def _items(value: Any, wanted: dict[str, Any], definitions: dict[str, Any], path: str) -> list[str]:
    entries = value if isinstance(value, list) else []
    return [m for n, entry in enumerate(entries) for m in mistakes(entry, wanted, definitions, f"{path}[{n}]")]


def _format(value: Any, wanted: str, definitions: dict[str, Any], path: str) -> list[str]:
    try:
        read = FORMATS[wanted](value)
    except (TypeError, ValueError):
        return [f"{path}: not a {wanted}"]
    return [f"{path}: without an offset"] if isinstance(read, datetime) and read.tzinfo is None else []


def _rule(kind: type | tuple[type, ...], holds: Any) -> Any:
    def rule(value: Any, wanted: Any, definitions: dict[str, Any], path: str) -> list[str]:
        applies = isinstance(value, kind) and not isinstance(value, bool)
        return [f"{path}: {value!r} against {wanted!r}"] if applies and not holds(value, wanted) else []

    return rule


CHECKS: dict[str, Any] = {
    "$ref": _ref,
    "type": _type,
    "anyOf": _any_of,
    "properties": _properties,
    "required": _required,
    "items": _items,
    "format": _format,
    "const": _rule(object, lambda value, wanted: value == wanted),
    "enum": _rule(object, lambda value, wanted: value in wanted),
    "pattern": _rule(
        str, lambda value, wanted: re.search(wanted.removesuffix("$") + r"\Z" if wanted.endswith("$") else wanted, value)
    ),
    "minLength": _rule(str, lambda value, wanted: len(value) >= wanted),
    "maxLength": _rule(str, lambda value, wanted: len(value) <= wanted),
    "minItems": _rule(list, lambda value, wanted: len(value) >= wanted),
    "maxItems": _rule(list, lambda value, wanted: len(value) <= wanted),
    "minimum": _rule((int, float), lambda value, wanted: value >= wanted),
    "maximum": _rule((int, float), lambda value, wanted: value <= wanted),
    "exclusiveMinimum": _rule((int, float), lambda value, wanted: value > wanted),
    "exclusiveMaximum": _rule((int, float), lambda value, wanted: value < wanted),
}
