"""Where two rules of a round meet: what one of them leaves behind must not be lost on the other."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from scoring.api import routes
from scoring.domain.appeal import Appeal
from scoring.domain.ranking import Ranking
from scoring.domain.recognition import Recognition
from scoring.domain.round import Round
from scoring.main import service
from shared.contracts.base import Data, make_event
from shared.contracts.department import DayStarted
from shared.contracts.recognitions import FirstTimeCorrected
from shared.contracts.scoring import AssessmentOpened, ProductRecognised
from shared.messaging.batch import Batch
from shared.testing.memory import City, MemoryReader, run
from starlette.applications import Starlette
from starlette.testclient import TestClient
from unit.scoring.facts import (
    APPOINTED,
    ISSUED,
    OPENED,
    OTHER_TAX,
    PUBLISHED,
    TAX,
    accepted,
    amended,
    answered,
    appeal,
    closed,
    decided,
    merged,
    objection,
    score,
    scores,
    withdrawal,
)

WINDOW = OPENED.model_copy(update={"comment_window": True, "appeal_business_days": 10})
RANKED: tuple[Data, ...] = (
    *(ISSUED, WINDOW, APPOINTED, accepted("A1"), accepted("A2", tax_code=OTHER_TAX)),
    *(*scores("A1", ("50", "50"), "30"), *scores("A2", ("40", "40"), "30")),
    *(closed("A1", "A2"), PUBLISHED),
)


def slugs(city: City) -> list[str]:
    return [refusal.slug for refusal in city.refusals]


def test_refused_points_are_not_told_to_anybody() -> None:
    city = run(service, ISSUED, OPENED, APPOINTED, accepted(), score("A1", "an", "growth", "77.125"))
    assert [(r.slug, "77" in r.vi + r.en, "60" in r.en) for r in city.refusals] == [("points-above-maximum", False, True)]


def test_upheld_objection_to_a_dossier_that_has_left_reopens_nothing_whichever_came_first() -> None:
    both = (withdrawal("A1", asked_on=date(2021, 11, 12)), answered(outcome="upheld"))
    for order in (both, both[::-1]):
        city = run(service, *RANKED, objection(), *order, decided((1, "A2"), decided_on=date(2021, 11, 26)))
        round_ = city["scoring"].find(Round, "2021")
        assert round_ is not None
        assert (round_.reopened, round_.status, city.refusals) == ((), "decided", [])


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (date(2021, 12, 10), []),
        (date(2021, 12, 13), ["appeal-late"]),
        (date(2022, 1, 13), ["appeal-late"]),
        (date(2022, 1, 14), []),
        (date(2022, 1, 28), []),
        (date(2022, 1, 31), ["appeal-late"]),
        (date(2022, 3, 1), []),
    ],
)
def test_appeal_counts_from_the_decision_it_follows_however_late_it_is_recorded(received: date, expected: list[str]) -> None:
    amendments = (
        amended(honours=("A1", "A2"), decided_on=date(2022, 1, 14)),
        amended(honours=("A1", "A2"), decided_on=date(2022, 3, 1), decision="2/QĐ-UBND"),
    )
    events = (*RANKED, decided((1, "A1"), (2, "A2")), *amendments, appeal(application_id="A1", received=received))
    city = run(service, *events)
    assert (slugs(city), len(city["scoring"].all(Appeal))) == (expected, 1 - len(expected))


def of_year(year: int, tax_code: str) -> tuple[Data, ...]:
    """A round that recognises the same product of an enterprise."""
    opened, council = (e.model_copy(update={"round_id": str(year)}) for e in (OPENED, APPOINTED))
    filed = accepted(round_id=str(year), tax_code=tax_code, product_id="amis")
    given = (s.model_copy(update={"round_id": str(year)}) for s in scores("A1", ("50", "50"), "30"))
    last = (closed("A1", round_id=str(year)), decided((1, "A1"), round_id=str(year), decided_on=date(year, 11, 26)))
    return (opened.model_copy(update={"year": year}), council, filed, *given, *last)


def test_recognition_that_comes_to_an_older_one_of_its_product_is_told_to_be_again() -> None:
    city = run(service, ISSUED, *of_year(2020, OTHER_TAX), *of_year(2021, TAX), merged(OTHER_TAX))
    said = {r.certificate: r.first_time for r in city.of_type(ProductRecognised)}
    said |= {c.certificate: c.first_time for c in city.of_type(FirstTimeCorrected)}
    assert said == {r.id: r.first_time for r in city["scoring"].all(Recognition)} == {"2020-001": True, "2021-001": False}


CRAFT = ISSUED.model_copy(update={"criteria_id": "craft", "industries": ("handicraft",)})
WRONG = OPENED.model_copy(update={"criteria_by_industry": {"mechanical": "craft"}})


@pytest.mark.parametrize("programme", [(ISSUED, CRAFT, WRONG), (WRONG, ISSUED, CRAFT), (CRAFT, WRONG, ISSUED)])
def test_round_with_the_set_of_another_industry_scores_nothing_whichever_came_first(programme: tuple[Data, ...]) -> None:
    city = run(service, *programme, APPOINTED, accepted())
    assert (city.of_type(AssessmentOpened), slugs(city)[:1]) == ([], ["criteria-of-another-industry"])


def test_earlier_version_of_a_ranking_is_not_the_ranking_of_another_round() -> None:
    """Three versions of the ranking of 2021, and a second round of the year under the id 2021/2."""
    second = tuple(
        e.model_copy(update={"round_id": "2021/2"})
        for e in (OPENED, APPOINTED, accepted("B1"), *scores("B1", ("50", "50"), "30"), closed("B1"))
    )
    city = run(service, *RANKED, *second, withdrawal("A1"), withdrawal("A2", tax_code=OTHER_TAX))
    found = city["scoring"].find(Ranking, "2021/2")
    assert found is not None
    assert [place.application_id for place in found.places] == ["B1"]


def asked(city: City, path: str) -> Any:
    client = TestClient(Starlette(routes=routes(MemoryReader(city["scoring"]))))
    return client.get(path)


def test_dossiers_of_a_round_whose_criteria_have_not_come_are_none() -> None:
    city = run(service, OPENED)
    assert asked(city, "/rounds/2021/dossiers").json()["items"] == []


def test_day_on_which_much_falls_due_is_played_a_few_times_only(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [f"A{n:02d}" for n in range(30)]
    filed = tuple(e for id in ids for e in (accepted(id), *scores(id, ("50", "50"), "30")))
    lines = decided(*enumerate(ids, 1))
    city = run(service, ISSUED, OPENED, APPOINTED, *filed, closed(*ids), lines)
    for partition in city["scoring"].partitions:
        partition.documents.clear()
    played: list[int] = []
    play = Batch.play
    monkeypatch.setattr(Batch, "play", lambda batch, records: (played.append(1), play(batch, records))[1])
    city.publish(make_event(DayStarted(date=date(2023, 11, 26)), id="day", time=datetime(2023, 11, 26, tzinfo=UTC)))
    assert (len([r for r in city["scoring"].all(Recognition) if r.announced]), len(played) < 15) == (30, True)
