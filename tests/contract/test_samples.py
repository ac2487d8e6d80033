"""The golden samples: each decodes, says nothing its contract does not know, and is read as others read CloudEvents.

A sample is never changed to follow a contract: what it holds was published once, and decodes for ever.
"""

import json

import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_kafka, to_binary, to_structured
from cloudevents.core.formats.json import JSONFormat
from contract.json_schema import check
from shared.contracts.base import REGISTER
from shared.contracts.catalogue_schemas import SAMPLES, all_contracts, schema_of
from shared.messaging.codec import Received, decode, envelope_of, in_one, read_log, validate

all_contracts()
FILES = sorted(SAMPLES.glob("*.json"))
HEAD = (
    "specversion",
    "id",
    "source",
    "type",
    "subject",
    "datacontenttype",
    "partitionkey",
    "sequence",
    "correlationid",
    "causationid",
)


def received(value, headers=(), key=None):
    return Received("city.applications.v1", 0, 0, key, value, tuple(headers), 0)


def holds(data, sample):
    """Whether data says all that a sample says, at any depth; fields added since have their defaults."""
    if isinstance(sample, dict):
        return all(name in data and holds(data[name], value) for name, value in sample.items())
    if isinstance(sample, list):
        return len(data) == len(sample) and all(map(holds, data, sample))
    return data == sample


def of_kind(value):
    """A name for a sample in the list of tests."""
    return value.stem


@pytest.mark.parametrize("path", FILES, ids=of_kind)
class TestSample:
    def test_decodes_and_is_what_it_becomes_again(self, path):
        sample = json.loads(path.read_text("utf-8"))
        raw = decode(received(path.read_bytes()))
        event = validate(path.read_bytes(), REGISTER.by_type[raw["type"]], raw["id"])
        assert event.model_dump(mode="json", exclude_unset=True) == sample, (
            "a field the contract does not know, or another form of it"
        )
        assert holds(json.loads(event.to_json())["data"], sample["data"])

    def test_is_read_from_a_log_as_it_was_published(self, path):
        sample = json.loads(path.read_text("utf-8"))
        record = read_log(7, path.read_bytes(), "", 0.0)
        assert (record.identity, record.type) == (f"{sample['source']}|{sample['id']}", sample["type"])
        assert record.event.model_dump(mode="json", exclude_unset=True) == sample

    def test_is_valid_against_its_schema(self, path):
        sample = json.loads(path.read_text("utf-8"))
        assert check(sample, schema_of(REGISTER.by_type[sample["type"]])) == []

    def test_names_its_publisher_its_subject_and_its_key(self, path):
        sample = json.loads(path.read_text("utf-8"))
        contract = REGISTER.by_type[sample["type"]]
        data = contract.model.model_validate(sample["data"])
        assert (sample["subject"], sample["partitionkey"]) == (contract.subject_of(data), contract.key_of(data))
        service = sample["source"].rsplit("/", 1)[1]
        assert sample["source"].startswith(contract.topic.source.replace("{service}", service))

    def test_says_that_it_was_made_wherever_its_contract_can_say_so(self, path):
        sample = json.loads(path.read_text("utf-8"))
        can_say = "made" in REGISTER.by_type[sample["type"]].model.model_fields
        assert sample["data"].get("made", not can_say)

    def test_is_read_as_the_reference_reads_it_in_both_modes(self, path):
        reference = from_kafka(KafkaMessage({}, None, path.read_bytes()), JSONFormat())
        for write in (to_structured, to_binary):
            message = write(reference, JSONFormat())
            theirs = from_kafka(message, JSONFormat())
            record = received(message.value, message.headers.items(), message.key.encode())
            raw = decode(record)
            ours = validate(in_one(raw, record), REGISTER.by_type[raw["type"]], raw["id"])
            head = {name: getattr(ours, name) for name in HEAD if getattr(ours, name) is not None}
            assert head == {name: value for name, value in theirs.get_attributes().items() if name != "time"}
            assert ours.time == theirs.get_attributes()["time"]
            assert ours.data.model_dump(mode="json", exclude_unset=True) == theirs.get_data()

    def test_lacking_any_one_required_field_is_against_schema_and_contract(self, path):
        sample = json.loads(path.read_text("utf-8"))
        contract = REGISTER.by_type[sample["type"]]
        schema = schema_of(contract)
        for name in schema["$defs"][contract.model.__name__].get("required", []):
            broken = {**sample, "data": {field: value for field, value in sample["data"].items() if field != name}}
            assert check(broken, schema) == [f".data.{name}: missing"]
            with pytest.raises(ValueError, match=name):
                envelope_of(contract).model_validate_json(json.dumps(broken))

    def test_with_any_field_retyped_is_against_schema_and_contract(self, path):
        sample = json.loads(path.read_text("utf-8"))
        contract = REGISTER.by_type[sample["type"]]
        for name in sample["data"]:
            broken = {**sample, "data": {**sample["data"], name: {"not": "this"}}}
            assert check(broken, schema_of(contract)) != []
            with pytest.raises(ValueError, match=name):
                envelope_of(contract).model_validate_json(json.dumps(broken))


def test_checker_of_schemas_sees_each_kind_of_mistake():
    schema = {
        "type": "object",
        "required": ["a"],
        "properties": {
            "a": {"type": "string", "minLength": 2, "maxLength": 3, "pattern": "^x+$"},
            "b": {"type": "integer", "minimum": 1, "maximum": 9},
            "c": {"type": "array", "items": {"$ref": "#/$defs/C"}, "minItems": 1, "maxItems": 2},
            "d": {"anyOf": [{"type": "null"}, {"enum": ["p", "q"]}]},
            "e": {"format": "date-time"},
            "f": {"const": "1.0"},
            "g": {"exclusiveMinimum": 0, "exclusiveMaximum": 2},
        },
        "$defs": {"C": {"type": "boolean"}},
    }
    right = {"a": "xx", "b": 1, "c": [True], "d": None, "e": "2021-05-12T02:41:00Z", "f": "1.0", "g": 1}
    assert check(right, schema) == []
    wrong = [
        *({"a": value} for value in ("x", "xxxx", "xy", "xx\n", 1)),
        *({"b": value} for value in (0, 10, True, 1.5, "1")),
        *({"c": value} for value in ([], [True] * 3, [1], {})),
        *({"d": value} for value in ("r", 1)),
        *({"e": value} for value in ("2021-05-12T02:41:00", "soon", 1)),
        {"f": "0.3"},
        *({"g": value} for value in (0, 2)),
    ]
    assert [case for case in wrong if len(check({**right, **case}, schema)) != 1] == []
    assert check({}, schema) == [".a: missing"]
    with pytest.raises(KeyError, match="unheard-of"):
        check({}, {"unheard-of": 1})
