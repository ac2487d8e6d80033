"""The tables of the documents, made from the contracts and from the services; a hand-kept table would soon be wrong."""

import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from shared.contracts.base import Contract, Topic
from shared.contracts.catalogue_schemas import all_contracts, file_name, first_line, sample_of
from shared.contracts.catalogue_topics import events_in, events_out
from shared.messaging.service import Service
from shared.messaging.topics import configuration
from shared.settings import ServiceSettings

INTRODUCTION = """\
# The event catalogue

Made from the contracts in this folder by `make catalogue`; `make test` fails when it is out of date. Do not edit.

**What is promised.** Each topic has one kind of publisher. Records of one key stay in order. Inside a major version
only fields are added that need not be there; readers ignore fields they do not know. A golden sample of every event
lies in [samples](samples), and what is there decodes for ever; its JSON Schema lies in [schemas](schemas). Times are
UTC, money is whole đồng, points are decimals in strings, text is Unicode NFC. Data with `made: true` was made for a scenario.

**How to publish.** One [CloudEvent 1.0](https://cloudevents.io) in JSON a record, structured (below) or binary (headers `ce_…`).
The receiving service takes the key from the data, so any partitioner will do.

```sh
jq -c . samples/ApplicationFiled.v1.json | kcat -P -b BROKER -t city.applications.v1 -H content-type=application/cloudevents+json
kcat -C -b BROKER -t applications.rejected.v1 -o beginning -e | jq 'select(.data.rejected_id == "…").data'
```

A record that is refused is answered on `<service>.rejected.v1` by the service named here: `rejected_source` and
`rejected_id` are yours, `slug` is for programs, `vi` and `en` are for people, `field` is the path of what to correct.
"""


def cell(text: str) -> str:
    """Text that cannot end its cell."""
    return " ".join(text.split()).replace("|", r"\|")


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(cell, line))} |" for line in lines) + "\n"


def kept(topic: Topic) -> str:
    """How long records stay, in words, from what the topic is made with."""
    made = configuration(topic)
    return "the latest of each key" if made["cleanup.policy"] == "compact" else _retention(made["retention.ms"])


def _retention(milliseconds: str) -> str:
    return "for ever" if milliseconds == "-1" else f"{int(milliseconds) // 86_400_000} days"


def contracts_readme() -> str:
    """`shared/src/shared/contracts/README.md`: all topics, then the events of each."""
    by_topic: dict[str, list[Contract]] = {}
    for contract in all_contracts():
        by_topic.setdefault(contract.topic.name, []).append(contract)
    topics = {name: by_topic[name][0].topic for name in sorted(by_topic)}
    overview = table(
        ("topic", "who may publish (`source`)", "audience", "answered by", "records are kept", "partitions"),
        (
            (
                f"[{name}](#{_anchor(name)})",
                f"`{topic.source}`",
                topic.audience,
                topic.answered_by or "-",
                kept(topic),
                str(topic.partitions or "as deployed"),
            )
            for name, topic in topics.items()
        ),
    )
    sections = [_section(name, by_topic[name]) for name in topics]
    return "\n".join([INTRODUCTION, "## Topics\n", overview, *sections]).rstrip() + "\n"


def _anchor(name: str) -> str:
    return re.sub(r"[^\w-]", "", name)


def _section(name: str, contracts: list[Contract]) -> str:
    rows = (
        (
            f"**{contract.model.__name__}**",
            first_line(contract.model),
            f"`{contract.key}`",
            f"`{contract.subject}`",
            f"[schema](schemas/{file_name(contract)}) [sample](samples/{file_name(contract)})",
        )
        for contract in contracts
    )
    return f"## {name}\n\n" + table(("event", "what it says", "key", "subject", "form"), rows)


# -- the tables of a service's README ---------------------------------------------------------------------------------


def filled(readme: str, tables: dict[str, str]) -> str:
    """The README with the text between ``<!-- generated:name -->`` and ``<!-- /generated -->`` made again."""
    for name, text in tables.items():
        mark = re.compile(rf"(<!-- generated:{name} -->\n).*?(<!-- /generated -->)", re.DOTALL)
        readme = mark.sub(lambda found, text=text: f"{found[1]}{text}{found[2]}", readme)  # type: ignore[misc]
    return readme


def service_tables(service: Service, settings: type[ServiceSettings]) -> dict[str, str]:
    """The tables a service's README can ask for: events-in, events-out, settings."""
    to = "../../shared/src/shared/contracts"

    def form(contract: Contract) -> str:
        return f"[schema]({to}/schemas/{file_name(contract)}) [sample]({to}/samples/{file_name(contract)})"

    taken = ((c.topic.name.replace("{service}", service.name), c) for c in events_in(service))
    ins = ((name, c.model.__name__, first_line(c.model), _ordered_by(service, c), form(c)) for name, c in taken)
    outs = ((t.name, c.model.__name__, first_line(c.model), f"`{c.key}`", form(c)) for c, t in events_out(service))
    return {
        "events-in": table(("topic", "event", "what it says", "in order by", "form"), ins),
        "events-out": table(("topic", "event", "what it says", "key", "form"), outs),
        "settings": table(("variable", "default", "meaning"), setting_rows(settings)),
    }


def _ordered_by(service: Service, contract: Contract) -> str:
    """The field whose value is the key in the service's log, found on the sample: a key rule is a function."""
    route = service.routes[contract.type]
    if route.key is None:
        return "comes to every partition"
    data = contract.model.model_validate(sample_of(contract)["data"])
    key = route.key_of(data)
    equal = [name for name in (contract.key, *type(data).model_fields) if str(getattr(data, name)) == key]
    return f"`{equal[0]}`" if equal else "computed from the data"


def setting_rows(settings: type[BaseModel], prefix: str = "") -> list[tuple[str, str, str]]:
    """Environment variable, default and meaning of every setting; a secret has no default."""
    rows: list[tuple[str, str, str]] = []
    for name, field in settings.model_fields.items():
        variable = f"{prefix}{name}".upper()
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            rows += setting_rows(field.annotation, f"{variable}__")
        else:
            rows.append((f"`{variable}`", _default(field), field.description or ""))
    return rows


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "must be set"
    if field.default_factory is not None:
        return "the host's name" if field.default_factory.__name__ == "gethostname" else "-"
    value: Any = field.default
    return "-" if value is None else f"`{value}`"
