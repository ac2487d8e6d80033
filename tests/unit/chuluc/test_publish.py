"""Lines to publish: what is in order becomes a record, and each of the others is answered."""

import json
from typing import Any

import pytest
from chuluc.directory import OperatorError
from chuluc.journal import Entry
from chuluc.publish import checked, unchecked

DAY = {
    "specversion": "1.0",
    "id": "day-2021-01-04",
    "source": "//industry.hanoi.gov.vn/department",
    "type": "vn.gov.hanoi.industry.DayStarted.v1",
    "time": "2021-01-04T00:00:00+07:00",
    "data": {"date": "2021-01-04"},
}


def line(**changes: Any) -> bytes:
    return json.dumps({key: value for key, value in {**DAY, **changes}.items() if value is not None}).encode()


def test_event_in_order_becomes_a_record_of_its_topic_and_key() -> None:
    assert checked([line()]) == ([Entry("city.programme.v1", "2021-01-04", line())], [])


@pytest.mark.parametrize(
    ("bad", "slug", "field"),
    [
        (b"Xin chao", "not-json", None),
        (b"\xff\xfe", "not-utf8", None),
        (b"[1]", "not-a-cloudevent", None),
        (line(id=None), "not-a-cloudevent", "id"),
        (line(specversion="0.3"), "not-a-cloudevent", "specversion"),
        (line(type="vn.gov.hanoi.industry.Nothing.v1"), "unknown-type", "type"),
        (line(type="vn.gov.hanoi.industry.ProductRecognised.v1"), "published-by-service", "type"),
        (line(type="vn.gov.hanoi.industry.RecordRejected.v1"), "published-by-service", "type"),
        (line(source="//industry.hanoi.gov.vn/portal"), "publisher-may-not", "source"),
        (line(data={"date": "tomorrow"}), "invalid-data", "data.date"),
        (line(data={}), "invalid-data", "data.date"),
    ],
)
def test_line_out_of_order_is_answered_and_the_next_goes_on(bad: bytes, slug: str, field: str | None) -> None:
    entries, answers = checked([bad, b"", line()])
    assert [(a.line, a.refusal.slug, a.refusal.field) for a in answers] == [(1, slug, field)]
    assert [entry.value for entry in entries] == [line()]


@pytest.mark.parametrize(
    ("name", "vi", "en"),
    [
        (
            "Nothing",
            "Không có loại sự kiện vn.gov.hanoi.industry.Nothing.v1; xem danh mục sự kiện để biết các loại có thể gửi.",
            "There is no event type vn.gov.hanoi.industry.Nothing.v1; see the event catalogue for the types that can be sent.",
        ),
        (
            "ProductRecognised",
            "Loại sự kiện vn.gov.hanoi.industry.ProductRecognised.v1 có thật nhưng chỉ do dịch vụ scoring phát hành; "
            "không gửi loại này từ bên ngoài được.",
            "Event type vn.gov.hanoi.industry.ProductRecognised.v1 exists and is published only by the service scoring; "
            "it cannot be sent from outside.",
        ),
        (
            "RecordRejected",
            "Loại sự kiện vn.gov.hanoi.industry.RecordRejected.v1 có thật nhưng chỉ do chính các dịch vụ phát hành; "
            "không gửi loại này từ bên ngoài được.",
            "Event type vn.gov.hanoi.industry.RecordRejected.v1 exists and is published only by the services themselves; "
            "it cannot be sent from outside.",
        ),
    ],
)
def test_type_that_cannot_be_published_says_who_publishes_it(name: str, vi: str, en: str) -> None:
    _, (answer,) = checked([line(type=f"vn.gov.hanoi.industry.{name}.v1")])
    assert (answer.refusal.text("vi"), answer.refusal.text("en")) == (vi, en)


def test_raw_lines_are_taken_as_they_are() -> None:
    assert unchecked([b"\xff\r\n", b"x"], "city.support.v1") == [
        Entry("city.support.v1", None, b"\xff"),
        Entry("city.support.v1", None, b"x"),
    ]


def test_raw_topic_that_does_not_exist_is_refused_and_not_made() -> None:
    with pytest.raises(OperatorError, match=r"There is no topic city\.suport\.v1"):
        unchecked([b"x"], "city.suport.v1")
