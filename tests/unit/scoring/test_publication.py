"""The result published for comment: objections in time, answered, and what an upheld one changes before the decision."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring.domain.publication import Objection, Publication, check_ready
from scoring.domain.ranking import Ranking
from scoring.domain.rescoring import AssessmentNotReopened, check_reopened
from scoring.domain.round import Reopened, Round
from scoring.main import service
from shared.contracts.base import Data
from shared.contracts.scoring import AssessmentReopened, CouncilNotified, ProductRecognised, ProductScored, RoundRanked
from shared.testing.memory import City, run
from unit.scoring.facts import (
    APPOINTED,
    ISSUED,
    OPENED,
    OTHER_TAX,
    PUBLISHED,
    TAX,
    accepted,
    answered,
    began,
    closed,
    decided,
    objection,
    rescored,
    score,
    scores,
)

WINDOW = OPENED.model_copy(update={"comment_window": True})
# A1 (80) and A2 (70) pass, A3 (40) does not.
SCORED: tuple[Data, ...] = (
    *(accepted("A1"), accepted("A2", tax_code=OTHER_TAX), accepted("A3")),
    *(*scores("A1", ("50", "50"), "30"), *scores("A2", ("40", "40"), "30"), *scores("A3", ("20", "20"), "20")),
)
RANKED: tuple[Data, ...] = (ISSUED, WINDOW, APPOINTED, *SCORED, closed("A1", "A2", "A3"))
WITHOUT_WINDOW: tuple[Data, ...] = (ISSUED, OPENED, APPOINTED, *SCORED, closed("A1", "A2", "A3"))
DECISION = decided((1, "A1"), (2, "A2"))


def notices(city: City, slug: str) -> list[tuple[str, str, date | None]]:
    """Notices of a kind: to whom, about what, by when."""
    return [(n.addressee, n.about, n.due) for n in city.of_type(CouncilNotified) if n.slug == slug]


def slugs(city: City) -> list[str]:
    return [refusal.slug for refusal in city.refusals]


def test_publication_tells_every_enterprise_of_the_ranking_once_until_when_it_may_comment() -> None:
    city = run(service, *RANKED, PUBLISHED)
    due = PUBLISHED.comments_until
    assert notices(city, "result-published") == [(TAX, "2021", due), (OTHER_TAX, "2021", due)]
    assert (city["scoring"].find(Publication, "2021"), city.refusals) == (
        Publication(id="2021", published_on=PUBLISHED.published_on, comments_until=due),
        [],
    )


def test_publication_waits_for_the_ranking() -> None:
    waiting = run(service, ISSUED, WINDOW, APPOINTED, *SCORED, PUBLISHED)
    assert list(waiting["scoring"].held.values()) == ["waits for rankings/2021"]
    after = run(service, ISSUED, WINDOW, APPOINTED, *SCORED, PUBLISHED, closed("A1", "A2", "A3"))
    assert (len(notices(after, "result-published")), after["scoring"].held) == (2, {})


@pytest.mark.parametrize(
    ("published_on", "comments_until", "expected"),
    [
        (date(2021, 10, 31), date(2021, 11, 22), ["comment-period-not-valid"]),
        (date(2021, 11, 5), date(2021, 11, 4), ["comment-period-not-valid"]),
        (date(2021, 11, 1), date(2021, 11, 1), []),
    ],
)
def test_comments_are_taken_after_closing_and_end_after_they_begin(
    published_on: date, comments_until: date, expected: list[str]
) -> None:
    period = {"published_on": published_on, "comments_until": comments_until}
    assert slugs(run(service, *RANKED, PUBLISHED.model_copy(update=period))) == expected


def test_result_is_published_once() -> None:
    later = PUBLISHED.model_copy(update={"comments_until": date(2021, 11, 30)})
    city = run(service, *RANKED, PUBLISHED, later)
    assert slugs(city) == ["result-already-published"]
    assert city["scoring"].find(Publication, "2021").comments_until == PUBLISHED.comments_until


def test_result_is_not_published_after_the_decision() -> None:
    assert slugs(run(service, *WITHOUT_WINDOW, DECISION, PUBLISHED)) == ["result-published-after-decision"]


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (date(2021, 11, 4), ["objection-before-publication"]),
        (date(2021, 11, 5), []),
        (date(2021, 11, 22), []),
        (date(2021, 11, 23), ["objection-late"]),
    ],
)
def test_objection_is_taken_from_the_first_to_the_last_day_for_comment(received: date, expected: list[str]) -> None:
    city = run(service, *RANKED, PUBLISHED, objection(received=received))
    assert slugs(city) == expected
    assert [o.objection_id for o in city["scoring"].all(Objection)] == ([] if expected else ["G1"])


def test_objection_asks_the_council_for_an_answer() -> None:
    assert notices(run(service, *RANKED, PUBLISHED, objection()), "objection-to-answer") == [("2021", "G1", None)]


def test_objection_before_the_publication_arrived_waits_for_it() -> None:
    city = run(service, *RANKED, objection(), PUBLISHED)
    assert ([o.objection_id for o in city["scoring"].all(Objection)], city["scoring"].held) == (["G1"], {})


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((PUBLISHED, objection(), objection(by="Bà Lan")), "objection-id-taken"),
        ((PUBLISHED, objection(application_id="A9")), "objection-dossier-unknown"),
        ((PUBLISHED, DECISION, objection()), "objection-after-decision"),
        ((PUBLISHED, objection(), answered(), answered(answer="Khác.")), "objection-already-answered"),
        ((PUBLISHED, objection(application_id=None), answered(outcome="upheld")), "objection-upheld-without-dossier"),
        ((DECISION,), "result-not-published"),
        ((PUBLISHED, decided((1, "A1"), (2, "A2"), decided_on=PUBLISHED.comments_until)), "comment-window-open"),
        ((PUBLISHED, objection(), objection("G2"), answered(), DECISION), "objections-unanswered"),
        ((PUBLISHED, objection(), answered(outcome="upheld"), DECISION), "assessments-reopened"),
        ((PUBLISHED, rescored()), "assessment-not-reopened"),
        ((PUBLISHED, objection(), answered(), rescored()), "assessment-not-reopened"),
    ],
)
def test_what_cannot_be_is_refused(events: tuple[Data, ...], expected: str) -> None:
    city = run(service, *RANKED, *events)
    assert slugs(city) == [expected]
    assert len(city.of_type(ProductRecognised)) == (2 if expected == "objection-after-decision" else 0)


def test_refused_decision_names_every_objection_without_an_answer() -> None:
    events = (PUBLISHED, objection(), objection("G2"), objection("G3"), answered("G2"), DECISION)
    (refusal,) = run(service, *RANKED, *events).refusals
    assert ("G1, G3;" in refusal.vi, "G1, G3;" in refusal.en) == (True, True)


def test_round_that_need_not_publish_may_be_decided_directly() -> None:
    assert len(run(service, *WITHOUT_WINDOW, DECISION).of_type(ProductRecognised)) == 2


def test_publication_of_a_round_that_need_not_publish_binds_all_the_same() -> None:
    early = decided((1, "A1"), (2, "A2"), decided_on=date(2021, 11, 10))
    assert slugs(run(service, *WITHOUT_WINDOW, PUBLISHED, early)) == ["comment-window-open"]


def test_decision_after_the_window_with_every_objection_answered_is_taken() -> None:
    city = run(service, *RANKED, PUBLISHED, objection(), answered(), DECISION)
    assert (len(city.of_type(ProductRecognised)), city.refusals) == (2, [])
    assert city["scoring"].find(Objection, "2021/G1").answer == "Đã xem xét."


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((date(2021, 11, 22),), []),
        ((date(2021, 11, 22), date(2021, 11, 23)), [("2021", "G2", None)]),
        ((date(2021, 11, 29),), [("2021", "G2", None)]),
        ((date(2021, 11, 23), date(2021, 11, 24)), [("2021", "G2", None)]),
    ],
)
def test_council_is_reminded_once_of_what_has_no_answer_when_comments_end(
    days: tuple[date, ...], expected: list[tuple[str, str, date | None]]
) -> None:
    city = run(service, *RANKED, PUBLISHED, objection(), objection("G2"), answered(), *map(began, days))
    assert notices(city, "objection-unanswered") == expected


# -- an upheld objection -------------------------------------------------------------------------------------------------

UPHELD: tuple[Data, ...] = (*RANKED, PUBLISHED, objection(application_id="A2"), answered(outcome="upheld"))


def test_upheld_objection_reopens_its_dossier_and_no_other() -> None:
    city = run(service, *UPHELD, score("A2", "binh", "export", "40"), score("A1", "binh", "export", "40"))
    assert [(r.application_id, r.because) for r in city.of_type(AssessmentReopened)] == [("A2", "G1")]
    assert notices(city, "assessment-reopened") == [("2021", "A2", None)]
    assert [(r.slug, "A1" in r.en) for r in city.refusals] == [("scoring-closed", True)]


def test_scoring_again_makes_a_new_version_of_the_ranking_and_keeps_the_old() -> None:
    again = (score("A2", "an", "growth", "60"), score("A2", "chi", "growth", "60"), rescored("A2"))
    city = run(service, *UPHELD, *again, DECISION)
    assert [(r.version, r.top10) for r in city.of_type(RoundRanked)] == [(1, ("A1", "A2")), (2, ("A2", "A1"))]
    assert [(s.application_id, s.score) for s in city.of_type(ProductScored)][3:] == [("A2", Decimal("90.00"))]
    kept = {ranking.id: (ranking.version, ranking.top10) for ranking in city["scoring"].all(Ranking)}
    assert kept == {"2021": (2, ("A2", "A1")), "2021|1": (1, ("A1", "A2"))}
    assert {r.application_id: r.top10_rank for r in city.of_type(ProductRecognised)} == {"A2": 1, "A1": 2}
    assert notices(city, "rescoring-closed") == [(OTHER_TAX, "A2", None)]


def test_members_who_do_not_score_again_keep_their_score() -> None:
    city = run(service, *UPHELD, score("A2", "binh", "export", "40"), rescored("A2"))
    assert city.of_type(ProductScored)[-1].score == Decimal("80.00")


def test_dossier_takes_no_score_once_it_is_closed_again() -> None:
    city = run(service, *UPHELD, rescored("A2"), score("A2", "binh", "export", "40"))
    assert slugs(city) == ["scoring-closed"]


def test_dossier_still_being_scored_again_stands_with_its_earlier_scores() -> None:
    both = (objection("G2", application_id="A1"), answered("G2", outcome="upheld"))
    half = (score("A1", "binh", "export", "0"), rescored("A2"))
    city = run(service, *UPHELD, *both, *half)
    assert {p.application_id: p.score for p in city["scoring"].find(Ranking, "2021").places}["A1"] == Decimal("80.00")
    city = run(service, *UPHELD, *both, *half, rescored("A1"))
    assert {p.application_id: p.score for p in city["scoring"].find(Ranking, "2021").places}["A1"] == Decimal("50.00")


def test_second_objection_to_a_dossier_that_is_open_changes_nothing_more() -> None:
    again = (objection("G2", application_id="A2"), answered("G2", outcome="upheld"))
    city = run(service, *UPHELD, *again, DECISION, rescored("A2"), decided((1, "A1"), (2, "A2")))
    assert [(r.slug, "scores dossiers again: A2;" in r.en) for r in city.refusals] == [("assessments-reopened", True)]
    assert len(city.of_type(ProductRecognised)) == 2


def test_reopened_dossier_that_has_left_the_ranking_stops_no_decision_and_cannot_be_closed() -> None:
    city = run(service, *RANKED)["scoring"]
    round_, ranking = city.find(Round, "2021"), city.find(Ranking, "2021")
    assert round_ is not None and ranking is not None
    publication = Publication(id="2021", published_on=PUBLISHED.published_on, comments_until=PUBLISHED.comments_until)
    left = round_.but(reopened=(Reopened(application_id="A9", scores=3),))
    check_ready("5012/QĐ-UBND", DECISION.decided_on, left, publication, ranking)
    with pytest.raises(AssessmentNotReopened):
        check_reopened(rescored("A9"), left, ranking)


@settings(max_examples=40, deadline=None)
@given(order=st.permutations(range(3)), cut=st.integers(0, len(SCORED)))
def test_dossiers_that_arrive_late_change_nothing_in_the_end(order: list[int], cut: int) -> None:
    """Dossiers come from their enterprises; whatever stands before them, what the Council and the city sent follows in order."""
    dossiers = [SCORED[n] for n in order]
    sent = (*SCORED[3:], closed("A1", "A2", "A3"), PUBLISHED, objection(), answered(), DECISION)
    events = [*sent[:cut], dossiers[0], *sent[cut : cut + 2], *dossiers[1:], *sent[cut + 2 :]]
    city = run(service, ISSUED, WINDOW, APPOINTED, *events)
    assert (city.refusals, city["scoring"].held) == ([], {})
    assert sorted((r.application_id, r.certificate) for r in city.of_type(ProductRecognised)) == [
        ("A1", "2021-001"),
        ("A2", "2021-002"),
    ]
