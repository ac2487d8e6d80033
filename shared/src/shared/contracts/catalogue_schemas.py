"""JSON Schemas of the events, made from the contracts: the envelope and its data, as a publisher may send it."""

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from shared.contracts.base import REGISTER, Contract, Event, Topic
from shared.messaging.topics import load_contracts

CONTRACTS = Path(__file__).parent
SCHEMAS = CONTRACTS / "schemas"
SAMPLES = CONTRACTS / "samples"
REQUIRED = ["specversion", "id", "source", "type", "time", "data"]

ATTRIBUTES = {
    "specversion": "version of CloudEvents",
    "id": "unique with the source; a record sent again keeps its id",
    "source": "who publishes",
    "type": "which event this is",
    "subject": "what the event is about: {subject} of the data",
    "time": "when it happened, RFC 3339 with an offset",
    "datacontenttype": "form of the data",
    "partitionkey": "what orders it: {key} of the data; the receiving service reads it from the data, not from here",
    "sequence": "running number at the publisher, for information only",
    "correlationid": "id of the event that began the chain",
    "causationid": "id of the event this one answers",
    "traceparent": "W3C trace context",
}


class Untitled(GenerateJsonSchema):
    """No title for each field: it would only say the name again."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Never."""
        return False


def all_contracts() -> list[Contract]:
    """Every contract of the product by type, whichever modules were imported before."""
    load_contracts()
    return [REGISTER.by_type[kind] for kind in sorted(REGISTER.by_type)]


def file_name(contract: Contract) -> str:
    """The name of an event's schema and of its sample, for example ``ScoreFiled.v1.json``."""
    return f"{contract.model.__name__}.v{contract.major}.json"


def first_line(model: type) -> str:
    """What an event or a field's model is, in one line."""
    return (model.__doc__ or "").strip().splitlines()[0]


def sources(topic: Topic) -> str:
    """Pattern of the CloudEvents sources that may publish on a topic."""
    return "^" + topic.source.replace(".", r"\.").replace("{service}", "[a-z]+") + "(/.*)?$"


def schema_of(contract: Contract) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one event: envelope and data. Unknown fields are ignored, so they are allowed."""
    made = Event[contract.model].model_json_schema(schema_generator=Untitled)  # type: ignore[name-defined]
    properties = made["properties"]
    properties["specversion"] = {"const": "1.0", "type": "string"}
    properties["type"] = {"const": contract.type, "type": "string"}
    properties["source"] = {"type": "string", "maxLength": 200, "pattern": sources(contract.topic)}
    del properties["forwardedto"]  # a mark of the logs; no publisher may send it
    for name, text in ATTRIBUTES.items():
        properties[name]["description"] = text.format(subject=contract.subject, key=contract.key)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:chuluc:{contract.type}",
        "title": contract.model.__name__,
        "description": first_line(contract.model),
        "type": "object",
        "required": REQUIRED,
        "properties": properties,
        "$defs": made["$defs"],
    }


def inlined(schema: dict[str, Any]) -> dict[str, Any]:
    """The same schema without `$defs`: each reference replaced by what it names (contracts never refer to themselves)."""
    definitions = schema.get("$defs", {})

    def expand(node: Any) -> Any:
        if isinstance(node, list):
            return [expand(entry) for entry in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            beside = {name: value for name, value in node.items() if name != "$ref"}
            return {**expand(definitions[node["$ref"].removeprefix("#/$defs/")]), **expand(beside)}
        return {name: expand(value) for name, value in node.items() if name != "$defs"}

    return dict(expand(schema))


def sample_of(contract: Contract) -> dict[str, Any]:
    """The golden sample of an event: a whole CloudEvent, as it may lie on its topic."""
    return dict(json.loads((SAMPLES / file_name(contract)).read_text("utf-8")))


def pretty(value: Any) -> str:
    """JSON as it is committed: readable, one form only."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
