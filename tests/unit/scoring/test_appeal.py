"""Appeals: in time, one assessment reopened, the old result kept; only an amending decision changes what was decided."""

from datetime import date
from typing import Any

import pytest
from scoring.domain.appeal import Appeal
from scoring.domain.decision import Decision
from scoring.domain.ranking import Ranking
from scoring.domain.recognition import Recognition
from scoring.main import service
from shared.contracts.base import Data
from shared.contracts.department import CalendarIssued
from shared.contracts.recognitions import HonoursChanged, RecognitionRevoked
from shared.contracts.scoring import AssessmentReopened, CouncilNotified, ProductNotRecognised, ProductRecognised, RoundRanked
from shared.testing.memory import City, run
from unit.scoring.facts import (
    APPOINTED,
    ISSUED,
    OPENED,
    OTHER_TAX,
    TAX,
    accepted,
    admitted,
    amended,
    appeal,
    closed,
    decided,
    dismissed,
    rescored,
    revocation,
    score,
    scores,
)

# The window: ten business days after Friday 26/11/2021, until 10/12.
ROUND = OPENED.model_copy(update={"appeal_business_days": 10})
HOLIDAY = CalendarIssued(calendar_id="2021", holidays=(date(2021, 12, 3),), legal_text="made")
RANKED: tuple[Data, ...] = (
    *(ISSUED, ROUND, APPOINTED, accepted("A1"), accepted("A2", tax_code=OTHER_TAX), accepted("A3")),
    *(*scores("A1", ("50", "50"), "30"), *scores("A2", ("40", "40"), "30"), *scores("A3", ("20", "20"), "20")),
    closed("A1", "A2", "A3"),
)
DECIDED: tuple[Data, ...] = (*RANKED, decided((1, "A1"), (2, "A2")))
# A3 goes from 40 to 75 points, between A1 and A2.
RESCORED: tuple[Data, ...] = (
    *(*DECIDED, appeal(), admitted()),
    *(*scores("A3", ("45", "45"), "30"), rescored("A3", closed_on=date(2021, 12, 20))),
)


def slugs(city: City) -> list[str]:
    return [refusal.slug for refusal in city.refusals]


def notices(city: City, slug: str) -> list[tuple[str, str, date | None]]:
    return [(n.addressee, n.about, n.due) for n in city.of_type(CouncilNotified) if n.slug == slug]


@pytest.mark.parametrize(
    ("received", "before", "expected"),
    [
        (date(2021, 11, 25), (), ["appeal-before-decision"]),
        (date(2021, 11, 26), (), []),
        (date(2021, 12, 10), (), []),
        (date(2021, 12, 12), (), []),
        (date(2021, 12, 13), (), ["appeal-late"]),
        (date(2021, 12, 13), (HOLIDAY,), []),
    ],
)
def test_appeal_is_taken_so_many_business_days_after_the_decision(
    received: date, before: tuple[Data, ...], expected: list[str]
) -> None:
    city = run(service, *before, *DECIDED, appeal(received=received))
    assert slugs(city) == expected
    assert [a.state for a in city["scoring"].all(Appeal)] == ([] if expected else ["filed"])


def test_round_without_a_time_to_appeal_takes_none() -> None:
    without = tuple(OPENED if event is ROUND else event for event in DECIDED)
    assert slugs(run(service, *without, appeal(received=date(2021, 11, 26)))) == ["appeal-late"]


def test_product_not_recognised_is_told_until_when_it_may_appeal() -> None:
    assert notices(run(service, *DECIDED), "product-not-recognised") == [(TAX, "A3", date(2021, 12, 10))]


def test_appeal_that_comes_before_the_decision_arrived_waits_for_it() -> None:
    city = run(service, *RANKED, appeal(), decided((1, "A1"), (2, "A2")))
    assert ([a.appeal_id for a in city["scoring"].all(Appeal)], city.refusals) == (["K1"], [])


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((appeal(), appeal(by="Ông Nam")), "appeal-id-taken"),
        ((appeal(application_id="A9"),), "appeal-dossier-unknown"),
        ((appeal(), admitted(), dismissed()), "appeal-already-answered"),
        ((appeal(), dismissed(), admitted()), "appeal-already-answered"),
        ((rescored("A3"),), "assessment-not-reopened"),
        ((appeal(), dismissed(), rescored("A3")), "assessment-not-reopened"),
        ((appeal(), dismissed(), score("A3", "an", "growth", "60")), "scoring-closed"),
        ((appeal(), admitted(), score("A1", "an", "growth", "60")), "scoring-closed"),
    ],
)
def test_what_cannot_be_is_refused(events: tuple[Data, ...], expected: str) -> None:
    city = run(service, *DECIDED, *events)
    assert (slugs(city), len(city.of_type(RoundRanked))) == ([expected], 1)


def test_answers_of_the_council_reach_the_enterprise() -> None:
    city = run(service, *DECIDED, appeal(), appeal("K2", "A2"), admitted(), dismissed("K2"))
    assert notices(city, "appeal-to-answer") == [("2021", "K1", None), ("2021", "K2", None)]
    assert notices(city, "appeal-admitted") == [(TAX, "K1", None)]
    assert notices(city, "appeal-dismissed") == [(OTHER_TAX, "K2", None)]
    told = next(n for n in city.of_type(CouncilNotified) if n.slug == "appeal-dismissed")
    assert ("Đã trả lời." in told.vi, "Đã trả lời." in told.en) == (True, True)
    assert [(r.application_id, r.because) for r in city.of_type(AssessmentReopened)] == [("A3", "K1")]


def test_new_ranking_changes_no_recognition_and_no_honour() -> None:
    city = run(service, *RESCORED)
    assert [(r.version, r.top10) for r in city.of_type(RoundRanked)] == [(1, ("A1", "A2")), (2, ("A1", "A3", "A2"))]
    assert [ranking.id for ranking in city["scoring"].all(Ranking)] == ["2021", "2021|1"]
    assert {r.id: r.top10_rank for r in city["scoring"].all(Recognition)} == {"2021-001": 1, "2021-002": 2}
    assert [len(city.of_type(kind)) for kind in (ProductRecognised, ProductNotRecognised, HonoursChanged)] == [2, 1, 0]


def test_amending_decision_recognises_and_moves_the_honours() -> None:
    city = run(service, *RESCORED, amended((3, "A3"), honours=("A1", "A3", "A2")))
    new = city.of_type(ProductRecognised)[-1]
    assert (new.certificate, new.tax_code, new.decision, new.valid_from, new.top10_rank) == (
        *("2021-003", TAX, "184/QĐ-UBND"),
        *(date(2022, 1, 14), 2),
    )
    assert [(h.certificate, h.tax_code, h.before, h.top10_rank) for h in city.of_type(HonoursChanged)] == [
        ("2021-002", OTHER_TAX, 2, 3)
    ]
    assert (len(city.of_type(ProductNotRecognised)), city.of_type(RecognitionRevoked), city.refusals) == (1, [], [])
    assert notices(city, "honours-changed") == [(OTHER_TAX, "2021-002", None)]
    found = city["scoring"].find(Recognition, "2021-002")
    assert found is not None
    assert [found.standing(day).top10_rank for day in (date(2022, 1, 13), date(2022, 1, 14))] == [2, 3]


def test_amending_decision_takes_a_recognition_away_with_its_honour() -> None:
    city = run(service, *DECIDED, amended(revoke=("A1",), honours=("A2",)))
    assert [(r.certificate, r.revoked_on, r.reason) for r in city.of_type(RecognitionRevoked)] == [
        ("2021-001", date(2022, 1, 14), "Chấm lại không đạt.")
    ]
    assert sorted((h.certificate, h.before, h.top10_rank) for h in city.of_type(HonoursChanged)) == [
        ("2021-001", 1, None),
        ("2021-002", 2, 1),
    ]
    found = city["scoring"].find(Recognition, "2021-001")
    assert found is not None
    assert [found.standing(day).status for day in (date(2022, 1, 13), date(2022, 1, 14))] == ["in-force", "revoked"]
    decision = city["scoring"].find(Decision, "2021")
    assert decision is not None
    assert (decision.amended_by, decision.honours, [c.certificate for c in decision.recognised]) == (
        ("184/QĐ-UBND",),
        ("A2",),
        ["2021-002"],
    )


@pytest.mark.parametrize(
    ("amendment", "bad"),
    [
        (amended((3, "A9"), honours=("A1", "A2")), "line 3 (dossier A9): is not in the ranking"),
        (amended((2, "A3"), honours=("A1", "A3", "A2")), "line 2 (dossier A3): its line number stands twice"),
        (amended((3, "A1"), honours=("A1", "A2")), "dossier A1: is recognised already"),
        (amended(revoke=("A3",), honours=("A1", "A2")), "revoked dossier A3: is not recognised in the round"),
        (amended(revoke=("A2", "A2"), honours=("A1",)), "revoked dossier A2: is revoked twice"),
        (amended((3, "A3"), honours=("A1", "A2", "A3")), "the Top 10 has to be A1, A3, A2, in this order"),
        (amended(revoke=("A1", "A2"), honours=("A3",)), "the Top 10 has to be –, in this order"),
    ],
)
def test_amendment_with_a_bad_line_is_refused_as_a_whole(amendment: Any, bad: str) -> None:
    city = run(service, *RESCORED, amendment)
    assert [(r.slug, bad in r.en) for r in city.refusals] == [("decision-lines-refused", True)]
    assert (len(city.of_type(ProductRecognised)), city.of_type(HonoursChanged)) == (2, [])


def test_amendment_by_the_ranking_before_the_appeal_is_refused() -> None:
    city = run(service, *DECIDED, amended((3, "A3"), honours=("A1", "A3", "A2")))
    assert ["line 3 (dossier A3): did not pass" in r.en for r in city.refusals] == [True]


@pytest.mark.parametrize(
    ("amendments", "expected"),
    [
        ((amended(honours=("A1", "A2")), amended(honours=("A1", "A2"))), "round-already-decided"),
        ((amended(honours=("A1", "A2"), decision="5012/QĐ-UBND"),), "round-already-decided"),
        ((amended(honours=("A1", "A2"), decided_on=date(2021, 11, 25)),), "amended-before-decision"),
    ],
)
def test_amending_decision_comes_after_the_decision_under_a_number_of_its_own(
    amendments: tuple[Data, ...], expected: str
) -> None:
    assert slugs(run(service, *DECIDED, *amendments)) == [expected]


def test_amending_decision_waits_for_the_decision() -> None:
    city = run(service, *RANKED, amended(revoke=("A1",), honours=("A2",)), decided((1, "A1"), (2, "A2")))
    assert ([r.certificate for r in city.of_type(RecognitionRevoked)], city["scoring"].held) == (["2021-001"], {})


def test_amending_decision_opens_a_new_time_to_appeal() -> None:
    late = appeal(application_id="A1", received=date(2022, 1, 28))
    revoking = amended(revoke=("A1",), honours=("A2",))
    assert (slugs(run(service, *DECIDED, late)), slugs(run(service, *DECIDED, revoking, late))) == (["appeal-late"], [])


def test_product_revoked_by_an_amendment_can_be_recognised_again_by_another() -> None:
    back = amended((3, "A1"), honours=("A1", "A2"), decision="201/QĐ-UBND", decided_on=date(2022, 2, 1))
    city = run(service, *DECIDED, amended(revoke=("A1",), honours=("A2",)), back)
    assert [(r.certificate, r.first_time) for r in city.of_type(ProductRecognised)][-1] == ("2021-003", False)
    assert city.refusals == []


def test_amendment_of_what_is_revoked_already_is_no_news() -> None:
    city = run(service, *DECIDED, revocation(date(2022, 1, 1)), amended(revoke=("A1",), honours=("A2",)))
    assert [(r.decision, r.revoked_on) for r in city.of_type(RecognitionRevoked)] == [("611/QĐ-UBND", date(2022, 1, 1))]


def test_recognised_product_that_no_longer_passes_has_no_honour() -> None:
    lower = (appeal("K1", "A1"), admitted(), *scores("A1", ("20", "20"), "20"), rescored("A1"))
    city = run(service, *DECIDED, *lower, amended(honours=("A1", "A2")), amended(honours=("A2",)))
    assert [("has to be A2," in r.en) for r in city.refusals] == [True]
    assert sorted((h.certificate, h.top10_rank) for h in city.of_type(HonoursChanged)) == [("2021-001", None), ("2021-002", 1)]
    assert city.of_type(RecognitionRevoked) == []


@pytest.mark.parametrize("revoked_on", [date(2022, 1, 1), date(2022, 1, 14), date(2022, 3, 1)])
def test_amendment_and_revocation_of_one_certificate_end_alike_in_either_order(revoked_on: date) -> None:
    both = (amended(revoke=("A1",), honours=("A2",)), revocation(revoked_on))
    ends = []
    for order in (both, both[::-1]):
        found = run(service, *DECIDED, *order)["scoring"].find(Recognition, "2021-001")
        assert found is not None
        days = [date(2021, 12, 31), date(2022, 1, 1), date(2022, 1, 13), date(2022, 1, 14), date(2022, 3, 1)]
        ends.append([(found.standing(day).status, found.standing(day).top10_rank) for day in days])
    assert ends[0] == ends[1]
