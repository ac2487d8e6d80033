"""The AsyncAPI document says what the contracts say, and its page needs nothing but its own style sheet."""

import json
import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from contract.json_schema import mistakes
from shared.asyncapi import CONTENT_SECURITY_POLICY, STYLE, document, form, page
from shared.contracts import catalogue
from shared.contracts.portal import ApplicationFiled
from shared.contracts.support import ScarceThingAsked
from shared.messaging.service import Service, handles


def small(name, model):
    """A service that takes in one event."""
    return Service.of(name, handlers=SimpleNamespace(take=handles(model)(lambda event, unit: None)), documents=())


SMALL = small("applications", ApplicationFiled)
SERVICES = (SMALL, *catalogue.services())
IDS = ["small", *(service.name for service in catalogue.services())]


@pytest.fixture(scope="module")
def described():
    """The document of a service, made once: nobody changes it."""
    made = {id(service): document(service, "1") for service in SERVICES}
    return lambda service: made[id(service)]


def resolve(whole, reference):
    """What a reference of the document names."""
    node = whole
    for step in reference.removeprefix("#/").split("/"):
        node = node[step]
    return node


def references(node):
    """Every reference in the document."""
    if isinstance(node, dict):
        yield from ([node["$ref"]] if "$ref" in node else [])
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


@pytest.mark.parametrize("service", SERVICES, ids=IDS)
class TestDocument:
    def test_every_reference_leads_somewhere(self, service):
        whole = document(service, "1.2.3")
        assert all(resolve(whole, reference) for reference in references(whole))
        assert (whole["asyncapi"], whole["info"]["version"]) == ("3.0.0", "1.2.3")

    def test_receives_what_the_service_handles_and_sends_what_it_publishes(self, service, described):
        said = {
            action: {
                ref["$ref"].rsplit("/", 1)[1]
                for o in described(service)["operations"].values()
                if o["action"] == action
                for ref in o["messages"]
            }
            for action in ("receive", "send")
        }
        assert said["receive"] == {route.contract.model.__name__ for route in service.routes.values()}
        assert {"RecordRejected", "RecordDeadLettered"} <= said["send"]

    def test_example_of_every_message_is_valid_against_its_payload(self, service, described):
        messages = described(service)["components"]["messages"]
        assert {name: mistakes(m["examples"][0]["payload"], m["payload"], {}) for name, m in messages.items()} == {
            n: [] for n in messages
        }

    def test_no_channel_keeps_a_placeholder(self, service, described):
        assert [name for name in described(service)["channels"] if "{" in name] == []

    def test_can_be_served_as_json(self, service, described):
        whole = described(service)
        assert json.loads(json.dumps(whole)) == whole


def test_channel_says_key_retention_partitions_publisher_audience_and_who_answers():
    whole = document(SMALL, "1")
    assert whole["channels"]["city.programme.v1"] == {
        "address": "city.programme.v1",
        "description": "Published by //industry.hanoi.gov.vn/department. Records are kept: for ever.",
        "messages": {
            "CalendarIssued": {"$ref": "#/components/messages/CalendarIssued"},
            "DayStarted": {"$ref": "#/components/messages/DayStarted"},
        },
        "bindings": {
            "kafka": {
                "topic": "city.programme.v1",
                "topicConfiguration": {"cleanup.policy": ["delete"], "retention.ms": -1},
                "bindingVersion": "0.5.0",
                "partitions": 1,
            }
        },
        "x-publisher": "//industry.hanoi.gov.vn/department",
        "x-audience": "public",
        "x-answered-by": "applications",
    }
    assert whole["operations"]["send.applications.rejected.v1"] == {
        "action": "send",
        "channel": {"$ref": "#/channels/applications.rejected.v1"},
        "messages": [{"$ref": "#/channels/applications.rejected.v1/messages/RecordRejected"}],
    }
    filed = whole["components"]["messages"]["ApplicationFiled"]
    assert filed["bindings"]["kafka"]["key"]["description"] == "tax_code of the data; records of one key stay in order"


def test_event_to_another_key_of_the_own_log_is_received_and_sent():
    operations = document(small("support", ScarceThingAsked), "1")["operations"]
    asked = {"$ref": "#/channels/support.log.v1/messages/ScarceThingAsked"}
    assert asked in operations["receive.support.log.v1"]["messages"]
    assert asked in operations["send.support.log.v1"]["messages"]


class Reading(HTMLParser):
    """Tags left open, what the page would load, and its anchors."""

    def __init__(self, html):
        super().__init__()
        self.open, self.loads, self.links, self.ids, self.active = [], [], set(), [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag not in ("meta", "link"):
            self.open.append(tag)
        if tag != "a":
            self.loads += [value for name, value in attrs if name in ("src", "href", "srcset", "action", "data")]
        elif facts["href"].startswith("#"):
            self.links.add(facts["href"][1:])
        self.ids += [facts["id"]] if "id" in facts else []
        self.active += [tag] if tag in ("script", "form", "button", "input", "iframe", "style") else []
        self.active += [name for name in facts if name.startswith("on") or name == "style"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("service", SERVICES, ids=IDS)
class TestPage:
    def test_is_whole_loads_its_own_style_sheet_and_nothing_else(self, service, described):
        read = Reading(page(described(service)))
        assert (read.open, read.loads) == ([], ["/asyncapi.css"])

    def test_has_nothing_that_runs_or_sends(self, service, described):
        assert Reading(page(described(service))).active == []

    def test_every_link_on_it_leads_to_one_place(self, service, described):
        read = Reading(page(described(service)))
        assert read.links <= set(read.ids)
        assert len(read.ids) == len(set(read.ids))


def test_page_escapes_what_the_document_says():
    whole = document(SMALL, "<1>")
    whole["components"]["messages"]["ApplicationFiled"]["summary"] = "<script>alert(1)</script>"
    html = page(whole)
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<small>&lt;1&gt;</small>" in html


def test_page_shows_fields_of_nested_objects_with_their_forms():
    form_of_exports = "<td>integer, at least 0, at most 1000000000000</td><td>exports of the product, USD</td>"
    assert f"<tr><td><code>figures[].exports_usd</code></td>{form_of_exports}</tr>" in page(document(SMALL, "1"))


def test_style_sheet_and_policy_let_nothing_in_from_elsewhere():
    assert re.findall(r"url\(|@import|https?:", STYLE) == []
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'; style-src 'self';")
    assert "unsafe" not in CONTENT_SECURITY_POLICY


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ({"type": "string"}, "string"),
        ({"type": "string", "format": "date"}, "date"),
        ({"type": "integer", "minimum": 1, "maximum": 9999}, "integer, at least 1, at most 9999"),
        ({"type": "integer", "minimum": 0, "exclusiveMinimum": 0}, "integer, more than 0"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "string or null"),
        ({"anyOf": [{"type": "number", "maximum": 10.0}, {"type": "string"}]}, "number, at most 10.0 or string"),
        ({"enum": ["a", "b"]}, "one of a, b"),
        ({"type": "array", "items": {"type": "object"}}, "list of object"),
    ],
)
def test_form_says_what_a_field_may_hold(field, words):
    assert form(field) == words
