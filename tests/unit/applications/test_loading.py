"""A whole register is loaded at once: a batch is not played again for each document memory has forgotten."""

from datetime import date

import pytest
from applications.domain.enterprise import WEIGHTS
from applications.main import service
from shared.contracts.base import Data, make_event
from shared.contracts.department import DayStarted
from shared.messaging.batch import Batch
from shared.testing.memory import in_order, run
from unit.applications.test_demands import posted
from unit.applications.test_suppliers import confirmed, listed


def codes(number: int) -> list[str]:
    """So many tax codes with right check digits."""
    found = []
    for serial in range(10**8, 10**8 + 4 * number):
        check = 10 - sum(w * int(digit) for w, digit in zip(WEIGHTS, f"{serial:09d}", strict=True)) % 11
        found += [f"{serial:09d}{check}"] if check < 10 else []
    return found[:number]


SUPPLIERS = tuple(confirmed(code) for code in codes(60))


@pytest.mark.parametrize(
    "event",
    [
        posted(),
        listed("ISO-9001", list_id="2"),
        DayStarted(date=date(2022, 12, 28)),
        DayStarted(date=date(2023, 1, 2)),
    ],
    ids=["a demand", "a list of standards", "certificates about to end", "certificates over"],
)
def test_register_that_memory_forgot_is_loaded_in_bulk(event: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [listed(), DayStarted(date=date(2022, 2, 1)), *SUPPLIERS]
    city = run(service, *before)
    for partition in city["applications"].partitions:
        partition.documents.clear()
    plays: list[int] = []
    play = Batch.play
    monkeypatch.setattr(Batch, "play", lambda batch, records: (plays.append(batch.number), play(batch, records))[1])
    (last,) = [make_event(event, id="last", time=in_order(before)[-1].time)]
    city.publish(last)
    assert city["applications"].outcomes[last.identity] == "handled"
    # A handful of single documents one by one, and each kind of the register once.
    assert max(plays.count(number) for number in set(plays)) <= 12
