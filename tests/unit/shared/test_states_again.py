"""Latest states that are published again: behind what was sent, before what comes, and nothing left of what is gone."""

import json
import runpy
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import bson
import pytest
from bson.raw_bson import RawBSONDocument
from reporting.domain.values import ValueOfYear
from reporting.main import service
from shared.contracts.base import make_event
from shared.contracts.department import DayStarted
from shared.messaging.outbox import Outbox
from shared.messaging.rows import document_place, stored
from shared.rebuild.proof import compared

FOLLOW = runpy.run_path(str(Path(__file__).parents[3] / "deploy" / "consumers" / "follow.py"))
CAUSE = make_event(DayStarted(date=date(2021, 1, 1)), id="day", time=datetime(2021, 1, 1, tzinfo=UTC))
NUMBER, SENT = 3, 41


def value(exact: str | None) -> ValueOfYear:
    kept = ValueOfYear(
        id="products/2021", code="products", year=2021, exact=exact, unit="products", made=True, as_of=CAUSE.data.date
    )
    return kept.kept_from(CAUSE.data.date)


def sent(exact: str, counter: int) -> bytes:
    """The state of a value as a batch sends it, as the event of this number."""
    outbox, state = Outbox(service, NUMBER, counter, ""), value(exact).published_state()
    assert state is not None
    outbox.send(CAUSE, state, f"sent-{counter}")
    return outbox.events[0].value


def again(exact: str, generation: int) -> bytes:
    """The state as it is sent again after so many events."""
    document = value(exact)
    state = document.published_state()
    assert state is not None
    return Outbox(service, NUMBER, SENT, "").state_again(document, state, None, generation).value


def test_reader_that_keeps_the_highest_sequence_takes_every_newer_state_and_no_older_one() -> None:
    """The consumer that others are given to copy. Seen to fail with: state-again-numbered-as-the-next-event."""
    states: dict[str, Any] = {}
    newer = [sent("4", SENT - 1), again("5", 1), again("6", 2), again("7", 10), sent("8", SENT)]
    for n, record in enumerate(newer):
        assert FOLLOW["took"](states, "products/2021", record), n
    assert states["products/2021"]["data"]["exact"] == "8"
    assert [FOLLOW["took"](states, "products/2021", record) for record in newer] == [False] * 5
    assert len({json.loads(record)["id"] for record in newer}) == 5


class Lying:
    """A shelf with one document, or none."""

    def __init__(self, document: ValueOfYear | None) -> None:
        self._rows = [{"_id": document_place(NUMBER, document.id), **stored(NUMBER, document)}] if document else []

    def raw(self, collection: str, session: Any = None) -> Iterator[RawBSONDocument]:
        return (RawBSONDocument(bson.encode(row)) for row in self._rows)

    def sorted(self, collection: str, session: Any = None) -> Iterator[dict[str, Any]]:
        return map(dict, self._rows)


@pytest.mark.parametrize("after", [None, value(None)], ids=["no document", "a document without a state"])
def test_state_that_a_rebuild_does_not_have_is_taken_away(after: ValueOfYear | None) -> None:
    """Seen to fail with: state-gone-only-with-its-document."""
    old, new = Lying(value("5")), Lying(after)
    finding = compared(service, ValueOfYear.collection, old, new, None)  # type: ignore[arg-type]
    state = value("5").published_state()
    assert state is not None
    assert finding.gone == [(state.contract.topic.name, "products/2021", state.contract.type)]
    assert compared(service, ValueOfYear.collection, new, old, None).gone == []  # type: ignore[arg-type]
