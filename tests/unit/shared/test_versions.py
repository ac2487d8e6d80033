"""Documents kept by day: what the end of each day left stays as it was, whatever happens to the document afterwards."""

from datetime import date
from typing import Any

import pytest
from harness.machine import Line, Machine, allocation, records, tick
from hypothesis import given
from hypothesis import strategies as st
from shared.contracts.base import Event
from shared.messaging.document import Document
from shared.messaging.versions import succeed

START, MON, TUE, WED = "0001-01-01", "2021-03-01", "2021-03-02", "2021-03-03"
DAYS = {day: tick(date.fromisoformat(day)) for day in (MON, TUE, WED)}


def close(id: str) -> Event[Any]:
    return allocation(id, says="close")


@pytest.mark.parametrize(
    ("events", "history"),
    [
        pytest.param([allocation("1")], [(START, "", 1)], id="before-the-first-day"),
        pytest.param([allocation("1"), DAYS[MON], allocation("2")], [(START, MON, 1), (MON, "", 2)], id="changed-later"),
        pytest.param(
            [DAYS[MON], allocation("1"), allocation("2"), DAYS[TUE], allocation("3"), allocation("4")],
            [(MON, TUE, 2), (TUE, "", 4)],
            id="what-a-day-leaves-counts",
        ),
        pytest.param([DAYS[MON], allocation("1"), DAYS[WED], allocation("2")], [(MON, WED, 1), (WED, "", 2)], id="passed-over"),
        pytest.param([DAYS[MON], allocation("1"), DAYS[TUE], close("2")], [(MON, TUE, 1)], id="removed"),
        pytest.param([DAYS[MON], allocation("1"), close("2")], [], id="made-and-removed-on-one-day"),
        pytest.param(
            [DAYS[MON], allocation("1"), DAYS[TUE], close("2"), allocation("3")],
            [(MON, TUE, 1), (TUE, "", 1)],
            id="removed-and-made-again-on-one-day",
        ),
        pytest.param(
            [DAYS[MON], allocation("1"), DAYS[TUE], close("2"), DAYS[WED], allocation("3")],
            [(MON, TUE, 1), (WED, "", 1)],
            id="away-for-a-day",
        ),
        pytest.param(
            [DAYS[TUE], allocation("1"), DAYS[MON], allocation("2")], [(TUE, "", 2)], id="tick-of-an-older-day-moves-nothing"
        ),
    ],
)
def test_what_each_day_left_is_kept(events: list[Event[Any]], history: list[tuple[str, str, int]]) -> None:
    """As one batch and as many: a batch that crosses a day keeps both."""
    assert Machine().play(records(events)).history.get("a", []) == history
    assert Machine().play_each(*events).history.get("a", []) == history


IDS, LINES, SAYS = st.integers(0, 40).map(str), st.sampled_from("ab"), st.sampled_from(["plain", "plain", "close"])
CHANGES = st.lists(
    st.one_of(
        st.builds(allocation, IDS, LINES, st.just(1), SAYS),
        st.integers(1, 9).map(lambda n: tick(date(2021, 3, n))),
    ),
    max_size=25,
)


@given(CHANGES)
def test_versions_that_stood_on_a_day_are_what_was_there_at_its_end(events: list[Event[Any]]) -> None:
    machine, seen = Machine(), {}
    for event in events:
        machine.play_each(event)
        if machine.partition.day:
            seen[machine.partition.day] = {d.id: d for d in machine.documents.values() if d}
    for day, there in seen.items():
        versions = [v.document for v in machine.versions if v.stood_on(day)]
        stood = [*versions, *(d for d in machine.documents.values() if d and d.kept_since <= day)]
        assert {d.id: d for d in stood} == there
        assert len(stood) == len(there)


def test_unchanged_document_keeps_its_day() -> None:
    line = Line(id="a", total=1).kept_from(date(2021, 3, 1))
    versions: list[Any] = []
    kept = succeed(line, Line(id="a", total=1), date(2021, 3, 2), versions)
    assert kept is not None
    assert (kept.kept_since, versions) == (date(2021, 3, 1), [])


def test_day_is_no_part_of_what_a_document_says() -> None:
    line = Line(id="a")
    assert line.kept_from(date(2021, 3, 1)) == line
    assert line.kept_from(date(2021, 3, 1)).model_dump() == {"id": "a", "total": 0, "count": 0}


def test_kind_that_is_not_kept_by_day_has_no_versions() -> None:
    class Plain(Document, collection="plain"):
        value: int = 0

    versions: list[Any] = []
    kept = succeed(Plain(id="a"), Plain(id="a", value=1), date(2021, 3, 2), versions)
    assert kept is not None
    assert (kept.kept_since, versions) == (date.min, [])
