"""Recognitions go where their enterprise goes: first time or again, decisions and look-ups stay right in any order."""

from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring.domain.holder import Holder
from scoring.domain.recognition import ProductHistory, Recognition
from scoring.main import service
from shared.contracts.base import Data
from shared.contracts.recognitions import FirstTimeCorrected, RecognitionExpired, RecognitionRevoked, RecognitionTransferred
from shared.contracts.scoring import ProductNotRecognised, ProductRecognised, RecognitionLineDecided
from shared.testing.memory import City, Running, in_order, run
from unit.scoring.facts import (
    APPOINTED,
    ISSUED,
    OPENED,
    OTHER_TAX,
    TAX,
    accepted,
    began,
    closed,
    decided,
    lifting,
    merged,
    revocation,
    scores,
    suspension,
)

THIRD_TAX = "0100107518"


def round_of(year: int, tax_code: str, product: str = "amis") -> tuple[Data, ...]:
    """A round with one dossier of the enterprise, recognised as year-001 on 26/11."""
    id = str(year)
    named = {"round_id": id}
    return (
        OPENED.model_copy(update={"round_id": id, "year": year}),
        APPOINTED.model_copy(update=named),
        accepted(f"A{id}", round_id=id, tax_code=tax_code, product_id=product),
        *(s.model_copy(update=named) for s in scores(f"A{id}", ("50", "50"), "30")),
        closed(f"A{id}", round_id=id),
        decided((1, f"A{id}"), round_id=id, decided_on=date(year, 11, 26)),
    )


def recognitions(city: City) -> dict[str, tuple[str, bool]]:
    """Holder, and first time or again, by certificate."""
    return {r.id: (r.tax_code, r.first_time) for r in city["scoring"].all(Recognition)}


FORMER = round_of(2021, TAX)
MERGED = (merged(OTHER_TAX),)
LATER = round_of(2022, OTHER_TAX)


@pytest.mark.parametrize("order", list(permutations((FORMER, MERGED, LATER))))
def test_product_of_a_merged_enterprise_is_recognised_again_whatever_came_first(order: tuple[tuple[Data, ...], ...]) -> None:
    city = run(service, ISSUED, *(event for part in order for event in part))
    assert recognitions(city) == {"2021-001": (OTHER_TAX, True), "2022-001": (OTHER_TAX, False)}
    assert [h.id for h in city["scoring"].all(ProductHistory)] == [f"{OTHER_TAX}/amis"]
    assert (city.refusals, city["scoring"].held) == ([], {})
    said = {r.certificate: r.first_time for r in city.of_type(ProductRecognised)}
    said |= {c.certificate: c.first_time for c in city.of_type(FirstTimeCorrected)}
    assert said == {"2021-001": True, "2022-001": False}


def test_round_decided_late_corrects_first_time_without_a_merger() -> None:
    city = run(service, ISSUED, *round_of(2022, TAX), *round_of(2021, TAX))
    assert recognitions(city) == {"2021-001": (TAX, True), "2022-001": (TAX, False)}
    assert [(c.certificate, c.first_time) for c in city.of_type(FirstTimeCorrected)] == [("2022-001", False)]


def test_other_product_of_a_merged_enterprise_stays_first_time() -> None:
    city = run(service, ISSUED, *FORMER, *MERGED, *round_of(2022, OTHER_TAX, product="other"))
    assert recognitions(city)["2022-001"] == (OTHER_TAX, True)


def test_transfer_is_published_at_the_new_key() -> None:
    city = run(service, ISSUED, *FORMER, *MERGED)
    assert [(t.certificate, t.tax_code, t.formerly) for t in city.of_type(RecognitionTransferred)] == [
        ("2021-001", OTHER_TAX, TAX)
    ]
    former = city["scoring"].find(Holder, TAX)
    assert former is not None
    assert (former.certificates, former.moved_to) == ((), OTHER_TAX)


def test_line_for_an_enterprise_that_has_moved_is_answered_at_its_new_key() -> None:
    low = (
        *(OPENED, APPOINTED, accepted(), *scores("A1", ("20", "20"), "20"), closed("A1")),
        decided(),
    )
    city = run(service, ISSUED, *MERGED, *low)
    assert [(n.application_id, n.tax_code) for n in city.of_type(ProductNotRecognised)] == [("A1", OTHER_TAX)]


FACTS = (suspension(date(2022, 6, 1)), lifting(date(2022, 7, 1)), revocation(date(2022, 8, 1)))


@pytest.mark.parametrize("order", list(permutations((FORMER, MERGED, FACTS))))
def test_decisions_under_the_former_code_follow_the_recognition(order: tuple[tuple[Data, ...], ...]) -> None:
    city = run(service, ISSUED, *(event for part in order for event in part))
    found = city["scoring"].find(Recognition, "2021-001")
    assert found is not None
    assert (found.tax_code, [fact.kind for fact in found.facts]) == (OTHER_TAX, ["suspended", "lifted", "revoked"])
    assert [(r.certificate, r.revoked_on) for r in city.of_type(RecognitionRevoked)] == [("2021-001", date(2022, 8, 1))]
    assert (city.refusals, city["scoring"].held) == ([], {})


@pytest.mark.parametrize("order", list(permutations((FORMER, MERGED, (revocation(date(2022, 8, 1), tax_code=OTHER_TAX),)))))
def test_decisions_under_the_new_code_wait_for_the_recognition(order: tuple[tuple[Data, ...], ...]) -> None:
    city = run(service, ISSUED, *(event for part in order for event in part))
    assert [(r.certificate, r.tax_code) for r in city.of_type(RecognitionRevoked)] == [("2021-001", OTHER_TAX)]
    assert (city.refusals, city["scoring"].held) == ([], {})


ONWARD = (merged(THIRD_TAX, OTHER_TAX, date(2022, 9, 1)),)
REVOKED = (revocation(date(2022, 8, 1)),)


@pytest.mark.parametrize("order", list(permutations((FORMER, MERGED, ONWARD, REVOKED))))
def test_merged_twice_everything_arrives_at_the_last_code(order: tuple[tuple[Data, ...], ...]) -> None:
    city = run(service, ISSUED, *(event for part in order for event in part))
    assert recognitions(city) == {"2021-001": (THIRD_TAX, True)}
    assert [r.tax_code for r in city.of_type(RecognitionRevoked)] in ([TAX], [OTHER_TAX], [THIRD_TAX])
    assert (city.refusals, city["scoring"].held) == ([], {})


def test_recognition_sent_on_says_when_the_last_merger_on_its_way_was() -> None:
    city = run(service, ISSUED, *FORMER, *ONWARD, *MERGED)
    assert [(t.tax_code, t.formerly, t.merged_on) for t in city.of_type(RecognitionTransferred)] == [
        (THIRD_TAX, TAX, date(2022, 9, 1))
    ]


BACK = (merged(TAX, OTHER_TAX, date(2023, 3, 1)),)


@pytest.mark.parametrize("order", list(permutations((FORMER, MERGED, BACK, FACTS))))
def test_enterprise_that_comes_back_to_its_code_has_its_recognitions_back(order: tuple[tuple[Data, ...], ...]) -> None:
    city = run(service, ISSUED, *(event for part in order for event in part))
    assert recognitions(city) == {"2021-001": (TAX, True)}
    found = city["scoring"].find(Recognition, "2021-001")
    assert found is not None
    assert [fact.kind for fact in found.facts] == ["suspended", "lifted", "revoked"]
    assert (city.refusals, city["scoring"].held) == ([], {})


def test_recognition_that_moved_expires_once() -> None:
    city = run(
        service, ISSUED, *FORMER, began(date(2023, 11, 26)), merged(OTHER_TAX, day=date(2023, 11, 27)), began(date(2023, 11, 28))
    )
    assert [(e.certificate, e.tax_code) for e in city.of_type(RecognitionExpired)] == [("2021-001", TAX)]
    city = run(service, ISSUED, *FORMER, *MERGED, began(date(2023, 11, 26)), began(date(2023, 11, 27)))
    assert [(e.certificate, e.tax_code) for e in city.of_type(RecognitionExpired)] == [("2021-001", OTHER_TAX)]


@pytest.mark.parametrize(
    ("again", "expected"),
    [(merged(OTHER_TAX, day=date(2022, 4, 1)), []), (merged(TAX), []), (merged(THIRD_TAX), ["enterprise-merged-elsewhere"])],
)
def test_enterprise_goes_to_one_other(again: Data, expected: list[str]) -> None:
    city = run(service, ISSUED, *FORMER, *MERGED, again)
    assert ([r.slug for r in city.refusals], recognitions(city)) == (expected, {"2021-001": (OTHER_TAX, True)})


# -- any order between keys ----------------------------------------------------------------------------------------------


def line(year: int, tax_code: str) -> RecognitionLineDecided:
    """What a round sends to an enterprise."""
    facts: dict[str, Any] = {"application_id": f"A{year}", "round_id": str(year), "year": year, "tax_code": tax_code}
    facts |= {"enterprise_name": "MISA", "product_id": "amis", "product_name": "AMIS", "industry": "information-technology"}
    facts |= {"decision": "5012/QĐ-UBND", "decided_on": date(year, 11, 26), "certificate": f"{year}-001", "rank": 1}
    return RecognitionLineDecided(**facts, validity_months=24, score=Decimal(80), top10_rank=1, reasons=())


STREAMS: tuple[tuple[Data, ...], ...] = (
    (line(2021, TAX),),
    (line(2022, OTHER_TAX),),
    (line(2023, THIRD_TAX),),
    (merged(OTHER_TAX), began(date(2021, 1, 20))),
    (merged(THIRD_TAX, OTHER_TAX, date(2023, 2, 1)),),
    FACTS,
    (suspension(date(2023, 1, 1), date(2023, 1, 31), certificate="2022-001", tax_code=OTHER_TAX),),
)


def ended(events: list[Data]) -> list[Recognition]:
    """The recognitions after events, the lines put into the service's own log as its rounds would."""
    city = City.of(service)
    running: Running = city["scoring"]
    for event in in_order(events):
        if isinstance(event.data, RecognitionLineDecided):
            running.append(event.data.tax_code, event.to_json())
            while city._step(running):
                pass
        else:
            city.publish(event)
    city.publish(*in_order([began(date(2026, 1, 1))]))
    assert (city.refusals, running.held) == ([], {})
    return [r.but(announced=()) for r in running.all(Recognition)]


EXPECTED = ended([event for stream in STREAMS for event in stream])


@settings(max_examples=150, deadline=None)
@given(picks=st.permutations([n for n, stream in enumerate(STREAMS) for _ in stream]))
def test_order_of_arrival_between_keys_never_changes_the_end(picks: list[int]) -> None:
    assert [(r.id, r.tax_code, r.first_time) for r in EXPECTED] == [
        ("2021-001", THIRD_TAX, True),
        ("2022-001", THIRD_TAX, False),
        ("2023-001", THIRD_TAX, False),
    ]
    waiting = [list(stream) for stream in STREAMS]
    assert ended([waiting[n].pop(0) for n in picks]) == EXPECTED
