"""Inside a major version only additions; and the checker that says so sees each kind of break."""

import copy

import pytest
from shared.contracts import catalogue
from shared.contracts.base import REGISTER
from shared.contracts.catalogue_compatibility import breaks, extended, shape

BASELINE = catalogue.baseline()
CURRENT = catalogue.current_shapes()

OLD = {
    "type": "object",
    "description": "words",
    "required": ["id", "lines"],
    "properties": {
        "id": {"type": "string", "maxLength": 120},
        "note": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None},
        "state": {"enum": ["granted", "declined"], "type": "string"},
        "lines": {"type": "array", "items": {"$ref": "#/$defs/Line"}, "minItems": 1},
    },
    "$defs": {"Line": {"type": "object", "required": ["amount"], "properties": {"amount": {"type": "integer", "minimum": 0}}}},
}


def changed(change):
    """The old schema after a change."""
    new = copy.deepcopy(OLD)
    change(new)
    return new


def put(path, value):
    """A change that sets (or, with None, removes) what lies at a path."""

    def change(schema):
        *way, last = path.split("/")
        for step in way:
            schema = schema[step]
        if value is None:
            del schema[last]
        else:
            schema[last] = value

    return change


BROKEN = {
    "a field removed": (put("properties/note", None), "event.note was removed"),
    "a nested field removed": (put("$defs/Line/properties/amount", None), "event.lines[].amount was removed"),
    "a field retyped": (put("properties/id/type", "integer"), "event.id: type was 'string' and is 'integer'"),
    "a nested field retyped": (
        put("$defs/Line/properties/amount/type", "string"),
        "event.lines[].amount: type was 'integer' and is 'string'",
    ),
    "an old field required": (put("required", ["id", "lines", "note"]), "event.note is required now, and was not"),
    "a required field optional": (put("required", ["id"]), "event.lines may be missing now, and subscribers rely on it"),
    "a new field required": (
        lambda s: (put("properties/more", {"type": "string"})(s), put("required", ["id", "lines", "more"])(s)),
        "event.more is required now, and was not",
    ),
    "a shorter text": (put("properties/id/maxLength", 50), "event.id: maxLength was 120 and is 50"),
    "a limit that was not": (put("properties/id/pattern", "^x"), "event.id: pattern was None and is '^x'"),
    "a limit lifted": (put("properties/lines/minItems", None), "event.lines: minItems was 1 and is None"),
    "a value less": (
        put("properties/state/enum", ["granted"]),
        "event.state: enum was ['granted', 'declined'] and is ['granted']",
    ),
    "a value more": (
        put("properties/state/enum", ["granted", "declined", "queued"]),
        "event.state: enum was ['granted', 'declined'] and is ",
    ),
    "null no more": (put("properties/note", {"type": "string", "default": None}), "event.note: anyOf was "),
    "one choice retyped": (
        put("properties/note/anyOf", [{"type": "integer"}, {"type": "null"}]),
        "event.note: type was 'string'",
    ),
    "another default": (put("properties/note/default", "x"), "event.note: default was None and is 'x'"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_checker_names_what_broke(case):
    change, message = BROKEN[case]
    assert [p for p in breaks(shape(OLD), shape(changed(change))) if p.startswith(message)] != []


HARMLESS = {
    "nothing": lambda s: None,
    "other words": put("description", "better words"),
    "a new field that need not be there": put("properties/more", {"type": "string"}),
    "a new nested field that need not be there": put("$defs/Line/properties/more", {"type": "string"}),
    "another order of fields": lambda s: s.update(properties=dict(reversed(s["properties"].items())), required=["lines", "id"]),
}


@pytest.mark.parametrize("case", HARMLESS)
def test_checker_lets_additions_pass(case):
    assert breaks(shape(OLD), shape(changed(HARMLESS[case]))) == []


def test_baseline_takes_in_additions_and_new_types_and_keeps_what_would_break():
    grown, broken = shape(changed(HARMLESS["a new field that need not be there"])), shape(changed(BROKEN["a field removed"][0]))
    old = shape(OLD)
    assert extended({"a": old, "b": old, "gone": old}, {"a": grown, "b": broken, "new": old}) == (
        {"a": grown, "b": old, "gone": old, "new": old},
        ["gone is gone; it stays until its major version is withdrawn", "b: event.note was removed"],
    )


@pytest.mark.parametrize("kind", CURRENT)
def test_event_keeps_the_promises_of_its_major_version(kind):
    assert kind in BASELINE, "a new event: run `make catalogue`"
    assert breaks(BASELINE[kind], CURRENT[kind]) == [], "declare a new major version (a new type and topic) instead"


def test_no_event_was_withdrawn():
    assert sorted(BASELINE.keys() - CURRENT.keys()) == []


def test_every_whole_number_a_city_publisher_sends_has_an_upper_bound():
    """An integer beyond 64 bits cannot be stored: it has to be refused at the door."""
    unbounded = [
        f"{contract.model.__name__}.{path}"
        for contract in REGISTER.by_type.values()
        if contract.topic.name.startswith("city.")
        for path, schema in whole_numbers(contract.model.model_json_schema())
        if not {"maximum", "exclusiveMaximum"} & schema.keys()
    ]
    assert unbounded == []


def whole_numbers(schema, path=""):
    """Every integer of a JSON Schema, with where it stands."""
    for name, part in schema.items() if isinstance(schema, dict) else enumerate(schema):
        if isinstance(part, dict | list):
            yield from whole_numbers(part, f"{path}.{name}")
    if isinstance(schema, dict) and schema.get("type") == "integer":
        yield path, schema
