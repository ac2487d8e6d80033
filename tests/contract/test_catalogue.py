"""What is generated from the contracts is what lies on disk."""

import json

import pytest
from shared.contracts import catalogue
from shared.contracts.base import REGISTER
from shared.contracts.catalogue_schemas import SAMPLES, SCHEMAS, all_contracts, file_name
from shared.contracts.catalogue_tables import filled, setting_rows, table
from shared.contracts.catalogue_topics import events_in, events_out, topics_of
from shared.messaging.topics import SERVICES, every_topic

GENERATED = catalogue.generated()
NAMES = {file_name(contract) for contract in all_contracts()}


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: str(path.relative_to(catalogue.ROOT)))
def test_generated_file_is_what_the_contracts_say(path):
    assert path.read_text("utf-8") == GENERATED[path], "out of date: run `make catalogue`"


def test_generated_files_do_not_depend_on_what_was_imported_first(monkeypatch):
    monkeypatch.setattr(REGISTER, "topics", dict(reversed(REGISTER.topics.items())))
    monkeypatch.setattr(REGISTER, "by_type", dict(reversed(REGISTER.by_type.items())))
    assert catalogue.generated() == GENERATED


@pytest.mark.parametrize("folder", [SCHEMAS, SAMPLES], ids=["schemas", "samples"])
def test_folder_holds_one_file_for_each_event(folder):
    assert {path.name for path in folder.glob("*.json")} == NAMES, "run `make catalogue`; a sample is written by hand"


def test_every_event_says_what_it_is_in_one_line():
    assert [c.type for c in all_contracts() if not (c.model.__doc__ or "").strip().splitlines()[0].endswith(".")] == []


def test_key_and_subject_of_every_event_are_fields_of_its_data():
    wrong = [c.type for c in all_contracts() if not {c.key, c.subject} <= c.model.model_fields.keys()]
    assert wrong == []


def test_every_city_topic_is_answered_by_a_service_that_exists():
    city = {topic.name: topic.answered_by for topic in every_topic().values() if topic.name.startswith("city.")}
    assert {name: service for name, service in city.items() if service not in SERVICES} == {}


def test_every_service_can_be_imported():
    assert [service.name for service in catalogue.services()] == list(SERVICES)


@pytest.mark.parametrize("service", catalogue.services(), ids=lambda service: service.name)
def test_service_publishes_only_on_topics_of_its_own(service):
    assert {topic.name for _, topic in events_out(service)} <= {topic.name for topic in topics_of(service)}


@pytest.mark.parametrize("service", catalogue.services(), ids=lambda service: service.name)
def test_service_answers_for_topics_it_takes_in(service):
    answered = {t.name for t in every_topic().values() if t.answered_by == service.name}
    assert answered <= {contract.topic.name for contract in events_in(service)}


@pytest.mark.parametrize("service", catalogue.services(), ids=lambda service: service.name)
def test_readme_of_service_has_its_three_tables(service):
    readme = (catalogue.ROOT / "services" / service.name / "README.md").read_text("utf-8")
    assert [name for name in ("events-in", "events-out", "settings") if f"<!-- generated:{name} -->" not in readme] == []


def test_filling_replaces_only_what_is_between_the_marks():
    readme = "a\n<!-- generated:settings -->\n{}<!-- /generated -->\nb\n<!-- generated:other -->\nkept\n<!-- /generated -->\n"
    after = filled(readme.format("old\n\nold\n"), {"settings": "new\n"})
    assert after == readme.format("new\n")
    assert filled(after, {"settings": "new\n"}) == after


def test_table_keeps_text_with_a_bar_or_a_line_break_in_its_cell():
    assert table(("a",), [("x|y\nz",)]) == "| a |\n| --- |\n| x\\|y z |\n"


def test_settings_are_named_as_in_the_environment_and_secrets_have_no_default():
    rows = {name: default for name, default, _ in setting_rows(catalogue.ServiceSettings)}
    assert rows["`KAFKA__BOOTSTRAP_SERVERS`"] == rows["`MONGO__URI`"] == rows["`OPERATOR_TOKEN`"] == "must be set"
    assert rows["`KAFKA__PARTITIONS`"] == "`12`"


def test_access_rights_give_each_topic_to_one_principal_to_write():
    writers: dict[str, list[str]] = {}
    for words in map(str.split, GENERATED[catalogue.ROOT / "deploy" / "kafka" / "acls"].splitlines()):
        if "Write" in words and "--topic" in words and "User:topics" not in words:
            writers.setdefault(words[words.index("--topic") + 1], []).append(words[words.index("--allow-principal") + 1])
    publishers = {topic.name: [f"User:{topic.publisher}"] for topic in every_topic().values()}
    assert writers == publishers


def test_access_rights_let_nobody_but_services_read_what_is_internal():
    readers: dict[str, set[str]] = {}
    for words in map(str.split, GENERATED[catalogue.ROOT / "deploy" / "kafka" / "acls"].splitlines()):
        if "Read" in words and "--topic" in words:
            readers.setdefault(words[words.index("--topic") + 1], set()).add(words[words.index("--allow-principal") + 1])
    internal = {topic.name for topic in every_topic().values() if topic.audience == "internal"}
    allowed = {f"User:{service}" for service in SERVICES} | {"User:topics"}
    assert {name: who - allowed for name, who in readers.items() if name in internal and who - allowed} == {}


def test_schema_describes_every_attribute_and_names_its_type():
    schema = json.loads((SCHEMAS / "ScoreFiled.v1.json").read_text("utf-8"))
    assert [name for name, part in schema["properties"].items() if name != "data" and "description" not in part] == []
    assert schema["properties"]["type"]["const"] == "vn.gov.hanoi.industry.ScoreFiled.v1"
    assert schema["properties"]["source"]["pattern"] == r"^//industry\.hanoi\.gov\.vn/council(/.*)?$"
