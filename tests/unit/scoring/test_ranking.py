"""Closing: totals and their rounding, pass mark and minimum, ties, the Top 10, and what a closing is refused for."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring.domain.ranking import Ranking
from scoring.main import service
from shared.contracts.base import Data
from shared.contracts.council import ScoreFiled
from shared.contracts.scoring import Comparison, CriterionScore, ProductScored, RankedProduct, RoundRanked
from shared.testing.memory import City, run
from unit.scoring.facts import APPOINTED, BASE, EXPORT, GROWTH, ISSUED, OPENED, accepted, closed, score, scores


def ranked(*events: Data, base: tuple[Data, ...] = BASE) -> City:
    city = run(service, *base, *events)
    assert city.refusals == []
    return city


def one(growth: tuple[str, str], export: str, **changes: Any) -> ProductScored:
    """The score of a single dossier under a criteria set with these changes."""
    base = (ISSUED.model_copy(update=changes), *BASE[1:])
    return ranked(accepted(), *scores("A1", growth, export), closed("A1"), base=base).of_type(ProductScored)[0]


def criterion_score(criterion: str, mean: str, median: str, spread: str, deviation: str, *, scores: int) -> CriterionScore:
    figures = {"mean": mean, "median": median, "spread": spread, "deviation": deviation}
    return CriterionScore(criterion=criterion, scores=scores, **{name: Decimal(value) for name, value in figures.items()})


def test_product_is_scored_with_the_means_of_its_criteria() -> None:
    assert one(("50", "51.001"), "30") == ProductScored(
        application_id="A1",
        round_id="2021",
        tax_code="0101243150",
        product_name="Sản phẩm A1",
        score=Decimal("80.50"),
        criteria=(
            criterion_score("growth", "50.501", "50.501", "1.001", "0.501", scores=2),
            criterion_score("export", "30.000", "30.000", "0.000", "0.000", scores=1),
        ),
        passed=True,
        reasons=(),
        criteria_id="set-2021",
        maximum=Decimal(100),
        median=Decimal("80.50"),
        spread=Decimal("1.00"),
        deviation=Decimal("0.501"),
    )


@pytest.mark.parametrize(
    ("growth", "export", "total"),
    [
        (("50", "50"), "30", "80.00"),
        (("50.009", "50.000"), "30", "80.00"),  # 80.0045 goes down
        (("50.01", "50.00"), "30", "80.01"),  # 80.005 goes up, also where the digit before is even
        (("50.03", "50.00"), "30", "80.02"),  # 80.015 goes up
        (("50.001", "50.000"), "30.004", "80.00"),  # 80.0045: the parts are not rounded before the sum
        (("50.001", "50.002"), "30.004", "80.01"),  # 80.0055
        (("0", "0"), "0", "0.00"),
    ],
)
def test_total_is_rounded_half_up_to_a_hundredth_at_the_end(growth: tuple[str, str], export: str, total: str) -> None:
    assert str(one(growth, export).score) == total


def test_mean_of_three_is_exact_until_the_end() -> None:
    filed = (score("A1", m, "growth", p) for m, p in (("an", "33.333"), ("binh", "33.333"), ("chi", "33.334")))
    city = ranked(accepted(), *filed, score("A1", "binh", "export", "0.005"), closed("A1"))
    assert [p.score for p in city.of_type(ProductScored)] == [Decimal("33.34")]  # 33.3333… + 0.005 = 33.3383…


@pytest.mark.parametrize(
    ("growth", "export", "reasons"),
    [
        (("35", "35"), "30", []),
        (("34.99", "35"), "30", []),  # 64.995 is published as 65.00, and that decides
        (("34.988", "35"), "30", ["below-pass-mark"]),  # 64.994 is published as 64.99
        (("20", "20"), "40", ["below-pass-mark"]),
        (("19.999", "20"), "40", ["below-pass-mark", "below-criterion-minimum"]),
    ],
)
def test_published_score_and_minimum_decide_who_passes(growth: tuple[str, str], export: str, reasons: list[str]) -> None:
    scored = one(growth, export)
    assert ([r.slug for r in scored.reasons], scored.passed) == (reasons, not reasons)


def test_minimum_of_a_criterion_fails_a_product_above_the_pass_mark() -> None:
    scored = one(("19.999", "20"), "40", pass_mark=Decimal(50))
    assert (scored.passed, scored.score) == (False, Decimal("60.00"))
    assert [(r.slug, r.vi, r.en) for r in scored.reasons] == [
        (
            "below-criterion-minimum",
            "Điểm tiêu chí Tăng trưởng là 19,999, thấp hơn mức tối thiểu 20.",
            "Criterion Growth has 19.999 points, below its minimum of 20.",
        )
    ]


def test_pass_mark_reason_states_both_numbers() -> None:
    (reason,) = one(("20", "20"), "40").reasons
    assert (reason.vi, reason.en) == (
        "Tổng điểm 60 thấp hơn điểm đạt 65.",
        "The total of 60.00 points is below the pass mark of 65.",
    )


@pytest.mark.parametrize(
    ("second", "facts", "order", "decided_by"),
    [
        pytest.param((("50", "50"), "29"), {}, ["A5", "A6"], "score", id="score"),
        pytest.param((("49", "49"), "31"), {}, ["A6", "A5"], "export", id="the higher mean of the tie-break criterion"),
        pytest.param((("50", "50"), "30"), {"received": date(2021, 7, 31)}, ["A6", "A5"], "received", id="received first"),
        pytest.param((("50", "50"), "30"), {}, ["A5", "A6"], "application", id="number of the dossier"),
    ],
)
def test_ties_are_broken_step_by_step(
    second: tuple[tuple[str, str], str], facts: dict[str, Any], order: list[str], decided_by: str
) -> None:
    events = (accepted("A6", **facts), accepted("A5"), *scores("A5", ("50", "50"), "30"), *scores("A6", *second))
    (result,) = ranked(*events, closed("A5", "A6")).of_type(RoundRanked)
    assert [(p.rank, p.application_id, p.decided_by) for p in result.ranking] == [
        (1, order[0], decided_by),
        (2, order[1], "last"),
    ]


def test_tie_break_criteria_are_compared_in_the_order_of_the_set() -> None:
    quality = EXPORT.model_copy(update={"code": "quality"})
    changed = {"criteria": (GROWTH, EXPORT, quality), "tie_break": ("quality", "export")}
    base = (ISSUED.model_copy(update=changed), *BASE[1:])
    events: list[Data] = []
    for id, export, better in (("A1", "20", "10"), ("A2", "10", "20"), ("A3", "10", "20")):
        events += [accepted(id), *scores(id, ("40", "40"), export), score(id, "binh", "quality", better)]
    (result,) = ranked(*events, closed("A1", "A2", "A3"), base=base).of_type(RoundRanked)
    assert [(p.application_id, p.decided_by) for p in result.ranking] == [
        ("A2", "application"),
        ("A3", "quality"),
        ("A1", "last"),
    ]


def test_top10_are_the_ten_highest_that_pass() -> None:
    ids = [f"A{n:02d}" for n in range(1, 14)]
    events: list[Data] = [accepted("A01"), *scores("A01", ("19", "19"), "40")]  # the highest total, below growth's minimum
    for n, id in enumerate(ids[1:]):
        events += [accepted(id), *scores(id, (f"{38 - n}", f"{38 - n}"), "20")]
    base = (ISSUED.model_copy(update={"pass_mark": Decimal(40)}), *BASE[1:])
    (result,) = ranked(*events, closed(*ids), base=base).of_type(RoundRanked)
    assert ([p.application_id for p in result.ranking], result.top10) == (ids, tuple(ids[1:11]))


def test_round_without_dossiers_can_close() -> None:
    empty = RoundRanked(round_id="2021", criteria_id="set-2021", ranking=(), top10=())
    assert ranked(closed()).of_type(RoundRanked) == [empty]


def test_scores_are_published_best_first_before_the_ranking() -> None:
    events = (accepted("A1"), accepted("A2"), *scores("A1", ("40", "40"), "30"), *scores("A2", ("50", "50"), "30"))
    city = ranked(*events, closed("A1", "A2"))
    assert [e.type.rsplit(".", 2)[1] for e in city.published[-3:]] == ["ProductScored", "ProductScored", "RoundRanked"]
    assert [p.application_id for p in city.of_type(ProductScored)] == ["A2", "A1"]
    assert city.of_type(RoundRanked)[0].ranking == (
        RankedProduct(
            rank=1,
            application_id="A2",
            score=Decimal("80.00"),
            passed=True,
            decided_by="score",
            compared=(Comparison(by="score", value="80.00", next="70.00"),),
        ),
        RankedProduct(rank=2, application_id="A1", score=Decimal("70.00"), passed=True, decided_by="last"),
    )


def test_closing_waits_for_the_last_listed_dossier() -> None:
    before = (*BASE, accepted("A1"), *scores("A1", ("50", "50"), "30"), closed("A1", "A2"), *scores("A2", ("40", "40"), "30"))
    waiting = run(service, *before)
    assert set(waiting["scoring"].held.values()) == {"waits for assessments/2021/A2"}
    assert waiting.of_type(RoundRanked) == []


@pytest.mark.parametrize(
    ("filed", "en"),
    [
        (scores("A1", ("50", "50"), "30")[1:], "dossier A1, criterion growth has 1/2 scores"),
        (scores("A1", ("50", "50"), "30")[:2], "dossier A1, criterion export has 0/1 scores"),
        (
            (),
            "growth has 0/2 scores (of an, binh, chi); dossier A1, criterion export has 0/1 scores (of binh)",
        ),
    ],
)
def test_closing_with_scores_missing_is_refused_and_names_them(filed: tuple[ScoreFiled, ...], en: str) -> None:
    city = run(service, *BASE, accepted(), *filed, closed("A1"))
    assert [(r.slug, r.field, en in r.en, "hồ sơ A1, tiêu chí" in r.vi) for r in city.refusals] == [
        ("scores-missing", "applications", True, True)
    ]
    assert city.of_type(ProductScored) == []


def test_closing_after_the_missing_scores_came_is_taken() -> None:
    first, *rest = scores("A1", ("50", "50"), "30")
    city = run(service, *BASE, accepted(), *rest, closed("A1"), first, closed("A1"))
    assert ([r.slug for r in city.refusals], len(city.of_type(RoundRanked))) == (["scores-missing"], 1)


def test_closing_that_leaves_out_an_accepted_dossier_is_refused() -> None:
    both = (accepted("A1"), accepted("A2"), *scores("A1", ("50", "50"), "30"), *scores("A2", ("50", "50"), "30"))
    city = run(service, *BASE, *both, closed("A1"))
    assert [(r.slug, ": A2;" in r.vi, ": A2;" in r.en) for r in city.refusals] == [("dossiers-left-out", True, True)]
    assert city.of_type(RoundRanked) == []


def test_second_closing_is_refused_unless_it_is_the_same() -> None:
    events = (*BASE, accepted(), *scores("A1", ("50", "50"), "30"), closed("A1"), closed("A1"))
    city = run(service, *events, closed("A1", closed_on=date(2021, 11, 2)))
    assert [(r.slug, r.rejected_id) for r in city.refusals] == [("scoring-already-closed", "test-9")]
    assert "đóng chấm điểm ngày 01/11/2021 với" in city.refusals[0].vi
    assert len(city.of_type(RoundRanked)) == 1


def test_made_scores_or_council_mark_the_places() -> None:
    filed = scores("A1", ("50", "50"), "30")
    made = (filed[0].model_copy(update={"made": True}), *filed[1:])
    made_council = (ISSUED, OPENED, APPOINTED.model_copy(update={"made": True}))
    for base, events, expected in ((BASE, filed, False), (BASE, made, True), (made_council, filed, True)):
        kept = ranked(accepted(), *events, closed("A1"), base=base)["scoring"].find(Ranking, "2021")
        assert kept is not None
        assert [place.made for place in kept.places] == [expected]


def test_closing_that_lists_a_dossier_twice_ranks_it_once() -> None:
    (result,) = ranked(accepted(), *scores("A1", ("50", "50"), "30"), closed("A1", "A1")).of_type(RoundRanked)
    assert [p.application_id for p in result.ranking] == ["A1"]


# Few different points, so that ties are common.
POINTS = st.sampled_from(["20", "20.001", "33.333", "33.334", "40"])
DOSSIERS = ("A1", "A2", "A3")
GIVEN = tuple((id, member, "growth") for id in DOSSIERS for member in ("an", "binh", "chi")) + tuple(
    (id, "binh", "export") for id in DOSSIERS
)


@settings(max_examples=60, deadline=None)
@given(points=st.lists(POINTS, min_size=len(GIVEN), max_size=len(GIVEN)), data=st.data())
def test_order_of_arrival_never_changes_scores_or_ranking(points: list[str], data: st.DataObject) -> None:
    filed = [score(*place, given_points) for place, given_points in zip(GIVEN, points, strict=True)]
    dossiers = [accepted(id) for id in DOSSIERS]
    straight = ranked(*dossiers, *filed, closed(*DOSSIERS))
    shuffled = ranked(
        *data.draw(st.permutations(dossiers)), *data.draw(st.permutations(filed)), closed(*data.draw(st.permutations(DOSSIERS)))
    )
    assert shuffled.of_type(ProductScored) == straight.of_type(ProductScored)
    assert shuffled.of_type(RoundRanked) == straight.of_type(RoundRanked)


@settings(max_examples=60, deadline=None)
@given(points=st.lists(POINTS, min_size=len(GIVEN), max_size=len(GIVEN)))
def test_ranking_is_a_total_order_with_a_stated_reason_for_each_place(points: list[str]) -> None:
    filed = [score(*place, given_points) for place, given_points in zip(GIVEN, points, strict=True)]
    (result,) = ranked(*(accepted(id) for id in DOSSIERS), *filed, closed(*DOSSIERS)).of_type(RoundRanked)
    assert [p.rank for p in result.ranking] == [1, 2, 3]
    for place, follower in zip(result.ranking, result.ranking[1:], strict=False):
        assert (place.decided_by == "score") is (place.score > follower.score)


def test_criteria_set_of_a_later_version_does_not_touch_an_open_round() -> None:
    later = ISSUED.model_copy(update={"criteria_id": "set-2022", "pass_mark": Decimal(100)})
    (result,) = ranked(later, accepted(), *scores("A1", ("50", "50"), "30"), closed("A1")).of_type(RoundRanked)
    assert (OPENED.criteria_id, result.criteria_id, result.ranking[0].passed) == ("set-2021", "set-2021", True)
