"""Scores: who may give them, what is kept of them, and what is published before closing."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from scoring.domain.assessment import Assessment
from scoring.domain.council import Council
from scoring.domain.criteria import CriteriaSet, RoundCriteria
from scoring.domain.missing import Missing, missing
from scoring.domain.totals import CriterionTotal
from scoring.main import service
from shared.contracts.base import Data
from shared.contracts.council import ScoreFiled
from shared.contracts.scoring import AssessmentOpened, ScoreRecorded
from shared.testing.memory import City, run
from unit.scoring.facts import APPOINTED, BASE, GROWTH, ISSUED, OPENED, accepted, closed, score, scores


def assessment(city: City, application_id: str = "A1") -> Assessment:
    found = city["scoring"].find(Assessment, f"2021/{application_id}")
    assert found is not None
    return found


def test_accepted_dossier_opens_its_assessment_by_the_criteria_of_the_round() -> None:
    assert run(service, *BASE, accepted()).of_type(AssessmentOpened) == [
        AssessmentOpened(application_id="A1", round_id="2021", product_name="Sản phẩm A1", criteria_id="set-2021")
    ]


def test_dossier_before_its_round_waits_for_it() -> None:
    waiting = run(service, accepted())
    assert list(waiting["scoring"].held.values()) == ["waits for rounds/2021"]
    assert [e.application_id for e in run(service, accepted(), OPENED, ISSUED).of_type(AssessmentOpened)] == ["A1"]


def test_score_is_recorded_and_published_without_its_value() -> None:
    city = run(service, *BASE, accepted(), score("A1", "an", "growth", "55.5"))
    recorded = ScoreRecorded(application_id="A1", round_id="2021", member_id="an", criterion="growth", replaced=False)
    assert city.of_type(ScoreRecorded) == [recorded]
    assert [e.id for e in city.published if b"55.5" in e.to_json()] == []


def test_later_score_of_a_member_replaces_and_the_history_is_kept() -> None:
    city = run(service, *BASE, accepted(), score("A1", "an", "growth", "10"), score("A1", "an", "growth", "50"))
    assert [e.replaced for e in city.of_type(ScoreRecorded)] == [False, True]
    assert assessment(city).counted("growth") == {"an": Decimal(50)}
    kept = [(s.points, s.event_id, s.filed_at.second) for s in assessment(city).scores]
    assert kept == [
        (Decimal(10), "//industry.hanoi.gov.vn/council|test-4", 4),
        (Decimal(50), "//industry.hanoi.gov.vn/council|test-5", 5),
    ]


@pytest.mark.parametrize(
    ("filed", "slug", "field"),
    [
        (score("A1", "an", "quality", "1"), "criterion-unknown", "criterion"),
        (score("A1", "dung", "growth", "1"), "member-not-of-the-council", "member_id"),
        (score("A1", "an", "export", "1"), "criterion-of-another-agency", "criterion"),
        (score("A1", "an", "growth", "60.001"), "points-above-maximum", "points"),
        (score("A1", "binh", "export", "40.001"), "points-above-maximum", "points"),
    ],
)
def test_score_that_may_not_be_given_is_refused(filed: ScoreFiled, slug: str, field: str) -> None:
    city = run(service, *BASE, accepted(), filed)
    assert [(r.slug, r.field, "A1" in r.vi, "A1" in r.en) for r in city.refusals] == [(slug, field, True, True)]
    assert assessment(city).scores == ()


@pytest.mark.parametrize(
    "filed", [score("A1", "an", "growth", "60"), score("A1", "binh", "export", "40"), score("A1", "binh", "growth", "0")]
)
def test_score_at_the_bound_is_recorded(filed: ScoreFiled) -> None:
    city = run(service, *BASE, accepted(), filed)
    assert (city.refusals, len(assessment(city).scores)) == ([], 1)


def test_score_after_closing_is_refused() -> None:
    city = run(service, *BASE, accepted(), *scores("A1", ("50", "50"), "30"), closed("A1"), score("A1", "an", "growth", "60"))
    assert [(r.slug, "01" in r.vi, "2021-11-01" in r.en) for r in city.refusals] == [("scoring-closed", True, True)]
    assert assessment(city).counted("growth") == {"an": Decimal(50), "chi": Decimal(50)}


@pytest.mark.parametrize(
    ("present", "awaited"),
    [
        ((), "rounds/2021"),
        ((ISSUED, APPOINTED, accepted()), "rounds/2021"),
        (BASE, "assessments/2021/A1"),
        ((ISSUED, OPENED, accepted()), "councils/2021"),
    ],
)
def test_score_waits_for_what_it_needs(present: tuple[Data, ...], awaited: str) -> None:
    city = run(service, *present, score("A1", "an", "growth", "1"))
    assert city["scoring"].held["A1"] == f"waits for {awaited}"


def test_score_before_its_dossier_is_recorded_when_the_dossier_comes() -> None:
    city = run(service, *BASE, score("A1", "an", "growth", "1"), accepted())
    assert [e.application_id for e in city.of_type(ScoreRecorded)] == ["A1"]
    assert city["scoring"].held == {}


def test_dossier_id_of_another_enterprise_is_refused() -> None:
    city = run(service, *BASE, accepted(), accepted(tax_code="0300588569"))
    assert [(r.slug, "0101243150" in r.vi, "0300588569" in r.en) for r in city.refusals] == [("application-id-taken", True, True)]
    assert assessment(city).tax_code == "0101243150"


def test_dossier_after_closing_is_refused() -> None:
    city = run(service, *BASE, accepted(), *scores("A1", ("50", "50"), "30"), closed("A1"), accepted("A2"))
    assert [(r.slug, "A2" in r.vi, "A2" in r.en) for r in city.refusals] == [("dossier-after-closing", True, True)]


@pytest.mark.parametrize(
    ("points", "mean"),
    [(("0",), Fraction(0)), (("1", "2"), Fraction(3, 2)), (("10", "10", "11"), Fraction(31, 3))],
)
def test_mean_is_exact(points: tuple[str, ...], mean: Fraction) -> None:
    filed = [score("A1", member, "growth", p) for member, p in zip(("an", "binh", "chi"), points, strict=False)]
    assert CriterionTotal(GROWTH, assessment(run(service, *BASE, accepted(), *filed)).points("growth")).mean == mean


def test_criterion_without_scores_has_no_points_rather_than_zero() -> None:
    assert assessment(run(service, *BASE, accepted())).points("growth") == ()


def lack(criterion: str, **facts: Any) -> Missing:
    return Missing(application_id="A1", criterion=criterion, **facts)


@pytest.mark.parametrize(
    ("filed", "expected"),
    [
        (
            (),
            (
                lack("growth", owner="council", needed=2, present=0, may_score=3, from_members=("an", "binh", "chi")),
                lack("export", owner="trade", needed=1, present=0, may_score=1, from_members=("binh",)),
            ),
        ),
        (
            (score("A1", "an", "growth", "1"), score("A1", "an", "growth", "2"), score("A1", "binh", "export", "0")),
            (lack("growth", owner="council", needed=2, present=1, may_score=3, from_members=("binh", "chi")),),
        ),
        (scores("A1", ("1", "1"), "1"), ()),
    ],
)
def test_missing_scores_are_named_with_the_members(filed: tuple[ScoreFiled, ...], expected: tuple[Missing, ...]) -> None:
    city = run(service, *BASE, accepted(), *filed)
    assert missing([assessment(city)], Council.of(APPOINTED), RoundCriteria(CriteriaSet.of(ISSUED), {})) == expected
