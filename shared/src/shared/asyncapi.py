"""The AsyncAPI 3.0 document of a service and its page, both made from the contracts.

The page is plain HTML with one style sheet of our own: nothing is fetched from elsewhere, nothing runs in the browser,
and nothing on it can publish.
"""

import json
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from shared.contracts.base import Contract, Topic
from shared.contracts.catalogue_schemas import file_name, first_line, inlined, sample_of, schema_of
from shared.contracts.catalogue_tables import kept
from shared.contracts.catalogue_topics import events_in, events_out, of_service
from shared.messaging.service import Service
from shared.messaging.topics import configuration

CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
STYLE = (Path(__file__).parent / "asyncapi.css").read_text("utf-8")
Json = dict[str, Any]


def document(service: Service, version: str) -> Json:
    """The AsyncAPI 3.0 document: channels are topics, operations what the service receives and sends."""
    received = [(contract, of_service(contract.topic, service.name)) for contract in events_in(service)]
    sent = events_out(service)
    every = sorted(received + sent, key=lambda pair: (pair[1].name, pair[0].type))
    return {
        "asyncapi": "3.0.0",
        "id": f"urn:chuluc:{service.name}",
        "info": {
            "title": f"Chủ Lực: {service.name}",
            "version": version,
            "description": "Events the service takes in and publishes. Inside a major version only optional fields are added. "
            f"What it refuses is answered on {service.rejected}, in Vietnamese and English.",
        },
        "defaultContentType": "application/cloudevents+json",
        "channels": _channels(every),
        "operations": {**_operations("receive", received), **_operations("send", sent)},
        "components": {"messages": {contract.model.__name__: _message(contract) for contract, _ in every}},
    }


def _channels(pairs: list[tuple[Contract, Topic]]) -> Json:
    channels: Json = {}
    for contract, topic in pairs:
        channel = channels.setdefault(topic.name, _channel(topic))
        name = contract.model.__name__
        channel["messages"][name] = {"$ref": f"#/components/messages/{name}"}
    return channels


def _channel(topic: Topic) -> Json:
    made = configuration(topic)
    binding: Json = {
        "topic": topic.name,
        "topicConfiguration": {"cleanup.policy": [made["cleanup.policy"]], "retention.ms": int(made["retention.ms"])},
        "bindingVersion": "0.5.0",
    }
    if topic.partitions:
        binding["partitions"] = topic.partitions
    return {
        "address": topic.name,
        "description": f"Published by {topic.source}. Records are kept: {kept(topic)}.",
        "messages": {},
        "bindings": {"kafka": binding},
        "x-publisher": topic.source,
        "x-audience": topic.audience,
        "x-answered-by": topic.answered_by,
    }


def _operations(action: str, pairs: list[tuple[Contract, Topic]]) -> Json:
    operations: Json = {}
    for contract, topic in pairs:
        start = {"action": action, "channel": {"$ref": f"#/channels/{topic.name}"}, "messages": []}
        operation = operations.setdefault(f"{action}.{topic.name}", start)
        operation["messages"].append({"$ref": f"#/channels/{topic.name}/messages/{contract.model.__name__}"})
    return operations


def _message(contract: Contract) -> Json:
    # References inside a payload would be read from the root of the document, so they are resolved.
    payload = {name: part for name, part in inlined(schema_of(contract)).items() if not name.startswith("$")}
    key = {"type": "string", "description": f"{contract.key} of the data; records of one key stay in order"}
    return {
        "name": contract.type,
        "title": contract.model.__name__,
        "summary": first_line(contract.model),
        "contentType": "application/cloudevents+json",
        "payload": payload,
        "bindings": {"kafka": {"key": key, "bindingVersion": "0.5.0"}},
        "examples": [{"name": file_name(contract), "payload": sample_of(contract)}],
        "x-key": contract.key,
        "x-subject": contract.subject,
    }


# -- the page ---------------------------------------------------------------------------------------------------------

PAGE = Template("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<link rel="stylesheet" href="/asyncapi.css">
</head>
<body>
<header>
<h1>$title <small>$version</small></h1>
<p>$description</p>
<p><a href="/asyncapi.json">AsyncAPI 3.0 (JSON)</a></p>
</header>
<nav aria-label="events">
$contents
</nav>
<main>
$sections
</main>
</body>
</html>
""")
HEADINGS = {"receive": ("Sự kiện nhận vào", "Events it takes in"), "send": ("Sự kiện phát ra", "Events it publishes")}


def page(document: Json) -> str:
    """The document as readable HTML."""
    info = document["info"]
    return PAGE.substitute(
        title=escape(info["title"]),
        version=escape(info["version"]),
        description=escape(info["description"]),
        contents="\n".join(_contents(document, action) for action in HEADINGS),
        sections="\n".join(_part(document, action) for action in HEADINGS),
    )


def _heading(action: str) -> str:
    vi, en = HEADINGS[action]
    return f'<h2 id="{action}"><span lang="vi">{vi}</span> · {en}</h2>'


def _names(operation: Json) -> list[str]:
    return [reference["$ref"].rsplit("/", 1)[1] for reference in operation["messages"]]


def _of(document: Json, action: str) -> list[Json]:
    return [operation for operation in document["operations"].values() if operation["action"] == action]


def _topic(operation: Json) -> str:
    return str(operation["channel"]["$ref"].removeprefix("#/channels/"))


def _contents(document: Json, action: str) -> str:
    links = [
        f'<li><a href="#{action}-{name}">{name}</a></li>' for operation in _of(document, action) for name in _names(operation)
    ]
    return f'<p lang="vi">{HEADINGS[action][0]}</p>\n<ul>{"".join(links)}</ul>'


def _part(document: Json, action: str) -> str:
    blocks = [_heading(action)]
    for operation in _of(document, action):
        channel = document["channels"][_topic(operation)]
        facts = f"{channel['description']} Audience: {channel['x-audience']}."
        if channel["x-answered-by"]:
            facts += f" What is refused is answered by {channel['x-answered-by']}."
        blocks.append(f"<section>\n<h3>{escape(channel['address'])}</h3>\n<p>{escape(facts)}</p>")
        blocks += [_event(document["components"]["messages"][name], f"{action}-{name}") for name in _names(operation)]
        blocks.append("</section>")
    return "\n".join(blocks)


def _event(message: Json, anchor: str) -> str:
    sample = json.dumps(message["examples"][0]["payload"], ensure_ascii=False, indent=2)
    rows = "\n".join(_rows(message["payload"]["properties"]["data"], ""))
    return (
        f'<article id="{anchor}">\n<h4>{escape(message["title"])}</h4>\n<p>{escape(message["summary"])}</p>\n'
        f"<p><code>{escape(message['name'])}</code> · key <code>{escape(message['x-key'])}</code> · "
        f"subject <code>{escape(message['x-subject'])}</code></p>\n"
        "<table>\n<thead><tr><th>field</th><th>form</th><th>meaning</th></tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table>\n"
        f"<details><summary>sample</summary><pre>{escape(sample)}</pre></details>\n</article>"
    )


def _rows(schema: Json, prefix: str) -> list[str]:
    """One row a field, those of nested objects below it."""
    rows = []
    for name, field in schema.get("properties", {}).items():
        need = "" if name in schema.get("required", ()) else ", may be missing"
        meaning = escape(field.get("description", ""))
        rows.append(
            f"<tr><td><code>{escape(prefix + name)}</code></td><td>{escape(form(field) + need)}</td><td>{meaning}</td></tr>"
        )
        inner = field.get("items", field)
        rows += _rows(inner, f"{prefix}{name}{'[]' if 'items' in field else ''}.")
    return rows


def form(field: Json) -> str:
    """The form of a field in a few words, for example ``integer, 1 to 9999``."""
    if "anyOf" in field:
        return " or ".join(dict.fromkeys(form(choice) for choice in field["anyOf"]))
    if "enum" in field:
        return "one of " + ", ".join(map(str, field["enum"]))
    if "items" in field:
        return f"list of {form(field['items'])}"
    words = str(field.get("format") or field.get("type", "any"))
    least, most = field.get("minimum", field.get("exclusiveMinimum")), field.get("maximum")
    bounds = [f"more than {least:g}" if "exclusiveMinimum" in field else f"at least {least}"] if least is not None else []
    return ", ".join([words, *bounds, *([f"at most {most}"] if most is not None else [])])
