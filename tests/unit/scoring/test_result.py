"""The result: mean, median and spread beside each other, exact roots, and each step of the tie-break chain."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring.domain.ranking import exact
from scoring.domain.totals import CriterionTotal, root
from scoring.main import service
from shared.contracts.scoring import ProductScored, RankedProduct, RoundRanked
from shared.testing.memory import run
from unit.scoring.facts import APPOINTED, BASE, EXPORT, GROWTH, ISSUED, OPENED, accepted, closed, score, scores, waiver


@pytest.mark.parametrize(
    ("points", "mean", "median", "spread", "deviation"),
    [
        (("7",), "7.000", "7.000", "0.000", "0.000"),
        (("1", "2"), "1.500", "1.500", "1.000", "0.500"),
        (("1", "2", "9"), "4.000", "2.000", "8.000", "3.559"),  # root of 38/3
        (("9", "1", "2", "2"), "3.500", "2.000", "8.000", "3.202"),  # root of 41/4
        (("0", "0.001"), "0.001", "0.001", "0.001", "0.001"),  # 0.0005 goes up
        (("10", "10", "11"), "10.333", "10.000", "1.000", "0.471"),
    ],
)
def test_mean_median_and_spread_of_a_criterion(
    points: tuple[str, ...], mean: str, median: str, spread: str, deviation: str
) -> None:
    shown = CriterionTotal(GROWTH, tuple(map(Fraction, points))).published()
    assert tuple(str(v) for v in (shown.mean, shown.median, shown.spread, shown.deviation)) == (mean, median, spread, deviation)


POINTS = st.lists(st.decimals(0, 60, places=3), min_size=1, max_size=9)


@given(points=POINTS, data=st.data())
def test_figures_of_a_criterion_do_not_depend_on_the_order_of_scores(points: list[Decimal], data: st.DataObject) -> None:
    straight = CriterionTotal(GROWTH, tuple(map(Fraction, points)))
    shuffled = CriterionTotal(GROWTH, tuple(map(Fraction, data.draw(st.permutations(points)))))
    assert straight.published() == shuffled.published()
    assert min(straight.points) <= straight.median <= max(straight.points)
    # At most half lie on either side of the median.
    below, above = (
        sum(side) for side in zip(*((p < straight.median, p > straight.median) for p in straight.points), strict=True)
    )
    assert max(below, above) * 2 <= len(points)


@given(square=st.fractions(0, 1000, max_denominator=10**7))
def test_root_is_that_of_decimals_with_digits_to_spare(square: Fraction) -> None:
    with localcontext() as context:
        context.prec = 60
        expected = (Decimal(square.numerator) / Decimal(square.denominator)).sqrt()
    assert root(square) == expected.quantize(Decimal("0.001"), ROUND_HALF_UP)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(30), "30"),
        (Fraction(101, 2), "50.5"),
        (Fraction(91, 3), "91/3"),
        (Fraction(1, 8000), "0.000125"),
        (Fraction(1, 10**7), "0.0000001"),
        (Fraction(0), "0"),
        (Fraction(7, 6), "7/6"),
    ],
)
def test_value_compared_is_shown_exactly(value: Fraction, text: str) -> None:
    assert exact(value) == text


def test_product_has_its_median_spread_and_deviation_beside_its_score() -> None:
    filed = (score("A1", "an", "growth", "10"), score("A1", "binh", "growth", "50"), score("A1", "chi", "growth", "51"))
    second = (score("A1", "binh", "export", "30"),)
    (scored,) = run(service, *BASE, accepted(), *filed, *second, closed("A1")).of_type(ProductScored)
    # means 37 + 30, medians 50 + 30, 41 + 0, root of 1094/3
    assert [str(v) for v in (scored.score, scored.median, scored.spread, scored.deviation)] == [
        "67.00",
        "80.00",
        "41.00",
        "19.096",
    ]


def test_scaled_product_has_its_spread_scaled_too() -> None:
    filed = (score("A1", "an", "growth", "30"), score("A1", "chi", "growth", "36"), waiver("export"))
    (scored,) = run(service, *BASE, accepted(), *filed, closed("A1")).of_type(ProductScored)
    assert [str(v) for v in (scored.score, scored.median, scored.spread, scored.deviation)] == [
        "55.00",
        "55.00",
        "10.00",
        "5.000",
    ]


def steps(place: RankedProduct) -> list[tuple[str, str, str]]:
    return [(c.by, c.value, c.next) for c in place.compared]


def test_every_step_of_a_tie_is_recorded_up_to_the_one_that_decided() -> None:
    events = (accepted("A5"), accepted("A6"), accepted("A7"))
    filed = (*scores("A5", ("50", "51"), "29.5"), *scores("A6", ("50", "50"), "30"), *scores("A7", ("50", "50"), "30"))
    (result,) = run(service, *BASE, *events, *filed, closed("A5", "A6", "A7")).of_type(RoundRanked)
    received = ("received", "2021-08-01", "2021-08-01")
    assert [(p.application_id, p.decided_by, steps(p)) for p in result.ranking] == [
        ("A6", "application", [("score", "80.00", "80.00"), ("export", "30", "30"), received, ("application", "A6", "A7")]),
        ("A7", "export", [("score", "80.00", "80.00"), ("export", "30", "29.5")]),
        ("A5", "last", []),
    ]


def test_equal_published_scores_are_a_tie_though_the_exact_ones_differ() -> None:
    """80.0033… and 80 are both published as 80.00, and the published score decides."""
    filed = [score("A1", member, "growth", points) for member, points in (("an", "50"), ("binh", "50"), ("chi", "50.01"))]
    events = (accepted("A1"), accepted("A2"), *filed, score("A1", "binh", "export", "30"))
    city = run(service, *BASE, *events, *scores("A2", ("49.5", "49.5"), "30.5"), closed("A1", "A2"))
    (result,) = city.of_type(RoundRanked)
    assert [(p.application_id, str(p.score), p.decided_by) for p in result.ranking] == [
        ("A2", "80.00", "export"),
        ("A1", "80.00", "last"),
    ]


def test_dossier_without_the_tie_break_criterion_comes_after() -> None:
    issued = ISSUED.model_copy(update={"waived": "zero"})
    filed = (*scores("A1", ("50", "50"), "30")[:2], *scores("A2", ("30", "30"), "20"), waiver("export", "A1"))
    (result,) = run(service, issued, *BASE[1:], accepted("A1"), accepted("A2"), *filed, closed("A1", "A2")).of_type(RoundRanked)
    assert [(p.application_id, steps(p)) for p in result.ranking] == [
        ("A2", [("score", "50.00", "50.00"), ("export", "20", "none")]),
        ("A1", []),
    ]


def test_tie_break_across_sets_compares_shares_of_the_maximum() -> None:
    """Exports count 40 points in one set and 20 in the other: 30 of 40 is less than 16 of 20."""
    small = (GROWTH.model_copy(update={"maximum": Decimal(80)}), EXPORT.model_copy(update={"maximum": Decimal(20)}))
    craft = ISSUED.model_copy(update={"criteria_id": "craft", "criteria": small})
    opened = OPENED.model_copy(update={"criteria_by_industry": {"handicraft": "craft"}})
    events = (accepted("A1"), accepted("A2", industry="handicraft"))
    filed = (*scores("A1", ("50", "50"), "30"), *scores("A2", ("64", "64"), "16"))
    (result,) = run(service, ISSUED, craft, opened, APPOINTED, *events, *filed, closed("A1", "A2")).of_type(RoundRanked)
    assert [(p.application_id, steps(p)) for p in result.ranking] == [
        ("A2", [("score", "80.00", "80.00"), ("export", "0.8", "0.75")]),
        ("A1", []),
    ]


def test_scores_of_sets_with_other_maxima_are_compared_as_exact_shares() -> None:
    """60.01 of 90 is a hair more than two thirds; 66.67 of 100 is a hair more again."""
    other = (GROWTH.model_copy(update={"maximum": Decimal(50)}), EXPORT)
    craft = ISSUED.model_copy(update={"criteria_id": "craft", "criteria": other})
    opened = OPENED.model_copy(update={"criteria_by_industry": {"handicraft": "craft"}})
    events = (accepted("A1"), accepted("A2", industry="handicraft"))
    filed = (*scores("A1", ("40", "40"), "26.67"), *scores("A2", ("40", "40"), "20.01"))
    (result,) = run(service, ISSUED, craft, opened, APPOINTED, *events, *filed, closed("A1", "A2")).of_type(RoundRanked)
    assert [(p.application_id, str(p.score), p.decided_by) for p in result.ranking] == [
        ("A2", "60.01", "score"),
        ("A1", "66.67", "last"),
    ]
    assert steps(result.ranking[0]) == [("score", "6001/9000", "0.6667")]
