"""Whatever cannot be read is answered, in both languages, and the records around it are handled as if it were not there."""

import base64
import json
from types import SimpleNamespace

import pytest
from shared.contracts.applications import ApplicationReceived
from shared.contracts.base import SOURCE_PREFIX
from shared.contracts.catalogue_schemas import SAMPLES, all_contracts
from shared.contracts.portal import ApplicationFiled
from shared.contracts.runtime import RecordRejected
from shared.messaging.refusals import InvalidData, NotCloudEvent, NotJson, NotUtf8, PublisherMayNot, UnknownType, WrongTopic
from shared.messaging.service import Service, handles
from shared.testing.memory import City

all_contracts()
TOPIC = "city.applications.v1"
PORTAL = SOURCE_PREFIX + "portal"
FILED = ApplicationFiled.contract.type
SAMPLE = json.loads((SAMPLES / "ApplicationFiled.v1.json").read_text("utf-8"))


@handles(ApplicationFiled)
def receive(event, unit):
    """A dossier was filed: we say that it was received."""
    facts = event.data.model_dump(include=set(ApplicationReceived.model_fields))
    unit.publish(ApplicationReceived(**facts))


def service(name="applications"):
    return Service.of(name, handlers=SimpleNamespace(receive=receive), documents=())


def filed(id, **data):
    """A dossier as the portal sends it, with some of its data changed."""
    return {**SAMPLE, "id": id, "data": {**SAMPLE["data"], "application_id": id, **data}}


def but(event, **attributes):
    """The event with attributes changed; None leaves one out."""
    return {name: value for name, value in {**event, **attributes}.items() if value is not None}


def structured(event):
    return json.dumps(event, ensure_ascii=False).encode(), ()


def binary(event):
    """The event in binary mode: attributes in headers, data in the value."""
    headers = [(f"ce_{name}", str(value).encode()) for name, value in event.items() if name not in ("data", "datacontenttype")]
    return json.dumps(event.get("data")).encode(), (*headers, ("content-type", b"application/json"))


def missing(attribute):
    return NotCloudEvent(field=attribute, attribute=attribute, wanted_vi="một chuỗi không rỗng", wanted_en="a text, not empty")


def invalid(path, problem, problem_vi, given=""):
    """A field that is not valid; `given` is what it says, as JSON, where it says something."""
    not_vi, not_en = (f", không phải {given}", f", not {given}") if given else ("", "")
    return InvalidData(field=path, path=path, id="bad", problem=problem + not_en, problem_vi=problem_vi + not_vi)


BAD = filed("bad")
FIGURES = SAMPLE["data"]["figures"]

# What is wrong with an event, whichever mode it comes in.
CASES = {
    "without id": (but(BAD, id=None), missing("id")),
    "without source": (but(BAD, source=None), missing("source")),
    "without type": (but(BAD, type=None), missing("type")),
    "without time": (but(BAD, time=None), missing("time")),
    "empty id": (but(BAD, id=""), missing("id")),
    "without specversion": (
        but(BAD, specversion=None),
        NotCloudEvent(field="specversion", attribute="specversion", wanted_vi="1.0", wanted_en="1.0"),
    ),
    "specversion 0.3": (
        but(BAD, specversion="0.3"),
        NotCloudEvent(field="specversion", attribute="specversion", wanted_vi="1.0", wanted_en="1.0"),
    ),
    "unknown type": (
        but(BAD, type="vn.gov.hanoi.industry.Unheard.v1"),
        UnknownType(type="vn.gov.hanoi.industry.Unheard.v1", topic=TOPIC),
    ),
    "a later major": (but(BAD, type=FILED[:-1] + "2"), UnknownType(type=FILED[:-1] + "2", topic=TOPIC)),
    "type of another topic": (
        but(BAD, type="vn.gov.hanoi.industry.ScoreFiled.v1"),
        WrongTopic(type="vn.gov.hanoi.industry.ScoreFiled.v1", right="city.council.v1", topic=TOPIC),
    ),
    "another publisher": (
        but(BAD, source=SOURCE_PREFIX + "council"),
        PublisherMayNot(source=SOURCE_PREFIX + "council", topic=TOPIC, owner=PORTAL),
    ),
    "publisher whose name only begins so": (
        but(BAD, source=PORTAL + "2"),
        PublisherMayNot(source=PORTAL + "2", topic=TOPIC, owner=PORTAL),
    ),
    "missing field": (
        {**BAD, "data": {n: v for n, v in BAD["data"].items() if n != "round_id"}},
        invalid("data.round_id", "Field required", "bắt buộc phải có"),
    ),
    "missing nested field": (
        filed("bad", figures=[{"year": 2020, "revenue": 1}]),
        invalid("data.figures.0.exports_usd", "Field required", "bắt buộc phải có"),
    ),
    "wrong type": (
        filed("bad", product_name=7),
        invalid("data.product_name", "Input should be a valid string", "phải là chuỗi", "7"),
    ),
    "money as text": (
        filed("bad", figures=[{**FIGURES[0], "revenue": "100"}]),
        invalid("data.figures.0.revenue", "Input should be a valid integer", "phải là số nguyên", '"100"'),
    ),
    "money with a fraction": (
        filed("bad", figures=[{**FIGURES[0], "revenue": 1.5}]),
        invalid("data.figures.0.revenue", "Input should be a valid integer", "phải là số nguyên", "1.5"),
    ),
    "figure below its range": (
        filed("bad", figures=[FIGURES[0], {**FIGURES[1], "revenue": -1}]),
        invalid("data.figures.1.revenue", "Input should be greater than or equal to 0", "phải lớn hơn hoặc bằng 0", "-1"),
    ),
    "figure above its range": (
        filed("bad", figures=[{**FIGURES[0], "revenue": 10**15 + 1}]),
        invalid(
            "data.figures.0.revenue",
            "Input should be less than or equal to 1000000000000000",
            "phải nhỏ hơn hoặc bằng 1000000000000000",
            "1000000000000001",
        ),
    ),
    "time without an offset": (
        but(BAD, time="2021-05-12T02:41:00"),
        invalid("time", "Input should have timezone info", "phải có múi giờ", '"2021-05-12T02:41:00"'),
    ),
    "data that is a list": (
        {**BAD, "data": []},
        invalid("data", "Input should be an object", "giá trị không đúng kiểu"),
    ),
}


def refused(value, headers, expected, seen):
    """Send good, bad, good; the one answer must be the expected one, and both good records must have their effect."""
    city = City.of(service())
    for value_of, headers_of in (structured(filed("before")), (value, headers), structured(filed("after"))):
        city.send(TOPIC, value_of, headers_of)
    assert [done.application_id for done in city.of_type(ApplicationReceived)] == ["before", "after"]
    assert city.refusals == [
        RecordRejected(
            rejected_source=seen.get("source") or TOPIC,
            rejected_id=seen.get("id") or f"{TOPIC}/0/1",
            rejected_type=seen.get("type") or None,
            slug=expected.slug,
            vi=expected.text("vi"),
            en=expected.text("en"),
            field=expected.field,
            topic=TOPIC,
            partition=0,
            offset=1,
        )
    ]
    assert city["applications"].held == {}
    log = [json.loads(entry) for partition in city["applications"].log for entry, _ in partition]
    raw = [entry["data"]["raw"] for entry in log if entry["type"].endswith("RecordRefusedAtIntake.v1")]
    assert raw == [base64.b64encode(value).decode()]


@pytest.mark.parametrize("mode", [structured, binary], ids=["structured", "binary"])
@pytest.mark.parametrize("case", CASES)
def test_event_is_answered_and_nothing_else_is_lost(case, mode):
    event, expected = CASES[case]
    refused(*mode(event), expected, event)


BYTES = {
    "empty": (b"", (), NotJson(problem="EOF while parsing a value at line 1 column 0")),
    "not JSON": (b"xin chao", (), NotJson(problem="expected value at line 1 column 1")),
    "half an event": (structured(BAD)[0][:40], (), NotJson(problem="EOF while parsing a string at line 1 column 40")),
    "not UTF-8": (b'{"id":"\xff"}', (), NotUtf8(position=7)),
    "UTF-16": (json.dumps(BAD).encode("utf-16"), (), NotUtf8(position=0)),
    "a list": (b"[1]", (), NotCloudEvent(attribute="event", wanted_vi="một đối tượng JSON", wanted_en="a JSON object")),
    "a number": (b"7", (), NotCloudEvent(attribute="event", wanted_vi="một đối tượng JSON", wanted_en="a JSON object")),
    "binary, data not JSON": (b"xin chao", binary(BAD)[1], NotJson(problem="expected value at line 1 column 1")),
    "binary, data not UTF-8": (b'"\xff"', binary(BAD)[1], NotUtf8(position=1)),
    "binary, header not UTF-8": (b"{}", (("ce_id", b"\xff"),), NotUtf8(position=0)),
}


@pytest.mark.parametrize("case", BYTES)
def test_bytes_that_are_no_event_are_answered_and_nothing_else_is_lost(case):
    value, headers, expected = BYTES[case]
    refused(value, headers, expected, {})


def test_answer_comes_from_the_answering_service_alone():
    city = City.of(service("applications"), service("scoring"))
    city.send(TOPIC, b"{")
    city.send(TOPIC, structured(but(BAD, source=SOURCE_PREFIX + "council"))[0])
    answered = [event.source for event in city.published if event.type == RecordRejected.contract.type]
    assert answered == [SOURCE_PREFIX + "applications"] * 2


def test_field_a_newer_publisher_added_is_ignored():
    city = City.of(service())
    city.send(TOPIC, structured(filed("newer", added_later={"x": 1}))[0])
    assert ([done.application_id for done in city.of_type(ApplicationReceived)], city.refusals) == (["newer"], [])


@pytest.mark.parametrize(
    ("changes", "problem_vi", "problem"),
    [
        (
            {"tax_code": "12"},
            "phải là mã số thuế: 10 chữ số, 10 chữ số kèm gạch nối và 3 chữ số của chi nhánh, hoặc 12 chữ số",
            "must be a tax code: 10 digits, 10 digits with a hyphen and the 3 digits of a branch, or 12 digits",
        ),
        ({"product_id": "a b"}, "phải viết liền, không có dấu cách và dấu |", "must have neither spaces nor |"),
    ],
)
def test_form_of_a_field_is_said_in_words(changes, problem_vi, problem):
    city = City.of(service())
    city.send(TOPIC, structured(filed("bad", **changes))[0])
    (answer,) = city.refusals
    assert (problem_vi in answer.vi, problem in answer.en) == (True, True)


def test_words_to_choose_from_are_joined_in_vietnamese():
    city = City.of(service())
    city.send(TOPIC, structured(filed("bad", path="none"))[0])
    (answer,) = city.refusals
    assert (" or " in answer.vi, " hoặc " in answer.vi) == (False, True)


@pytest.mark.parametrize(
    ("problem", "vi"),
    [
        (
            "expected value at line 3 column 14",
            "Bản ghi không phải JSON (lỗi ở dòng 3, cột 14); hãy gửi một CloudEvent dạng JSON.",
        ),
        ("something else", "Bản ghi không phải JSON; hãy gửi một CloudEvent dạng JSON."),
    ],
)
def test_what_is_no_json_says_where_in_vietnamese(problem, vi):
    assert NotJson(problem=problem).text("vi") == vi
