"""Criteria sets: groups, bands over declared figures, minima, sets of industries, and what changed between two versions."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring.domain.changes import changes
from scoring.domain.contradictions import contradictions
from scoring.domain.criteria import CriteriaSet, least_points
from scoring.domain.figures import holds, measured, points_of
from scoring.domain.round import Round
from scoring.main import service
from shared.contracts.department import Band, Computation, CriteriaGroup, Criterion
from shared.contracts.portal import YearFigures
from shared.contracts.scoring import AssessmentOpened, ProductScored, RoundRanked
from shared.testing.memory import run
from unit.scoring.facts import APPOINTED, BASE, EXPORT, GROWTH, ISSUED, OPENED, accepted, closed, score, scores


def band(lower: str | None, upper: str | None, points: str) -> Band:
    bounds = {"lower": lower and Decimal(lower), "upper": upper and Decimal(upper)}
    return Band(**bounds, points=Decimal(points))


BANDS = (band(None, "0", "0"), band("0", "12.5", "20"), band("12.5", None, "40"))
RISE = Computation(figure="revenue", growth_over_years=1, bands=BANDS)


def computed(*bands: Band, **changes: Any) -> Criterion:
    """Exports as a criterion that is computed in these bands."""
    return EXPORT.model_copy(update={"computed": RISE.model_copy(update={"bands": bands}), **changes})


def of(*criteria: Criterion, **changes: Any) -> dict[str, Any]:
    return {"criteria": criteria, **changes}


BOTH = {"minimum": Decimal(1), "minimum_percent": 10}
GROUPS = (
    CriteriaGroup(code="business", name_vi="Kinh doanh", name_en="Business", maximum=Decimal(60)),
    CriteriaGroup(code="abroad", name_vi="Nước ngoài", name_en="Abroad", maximum=Decimal(40)),
)
GROUPED = (GROWTH.model_copy(update={"group": "business"}), EXPORT.model_copy(update={"group": "abroad"}))


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        (of(GROWTH, EXPORT, tie_break=("export", "export")), "tie-break export stands 2 times"),
        (of(*GROUPED, groups=(*GROUPS, GROUPS[0])), "group business stands 2 times"),
        (of(GROWTH, GROUPED[1], groups=GROUPS), "criterion growth is in no group"),
        (of(GROUPED[0], EXPORT), "criterion growth is in group business, which the set has not"),
        (
            of(GROUPED[0].model_copy(update={"maximum": Decimal(59)}), GROUPED[1], groups=GROUPS),
            "the maxima of group business add up to 59, not to 60",
        ),
        (of(GROWTH, EXPORT, maximum=Decimal(101)), "the maxima add up to 100, not to 101"),
        (of(GROWTH, EXPORT.model_copy(update={"maximum": Decimal(0)})), "the maximum of export is 0"),
        (of(GROWTH, EXPORT.model_copy(update=BOTH)), "export has its minimum both in points and in per cent"),
        (of(GROWTH, computed(*BANDS, owner="council")), "an agency must answer for it, not the whole council"),
        (
            of(GROWTH, computed(band(None, None, "40.001"))),
            "band [-∞, +∞) of export gives 40.001 points, above the maximum of 40",
        ),
        (of(GROWTH, computed(*BANDS, band("5", "5", "1"))), "band [5, 5) of export is empty"),
        (of(GROWTH, computed(*BANDS[1:])), "export has no band below 0"),
        (of(GROWTH, computed(*BANDS[:2])), "export has no band from 12.5 up"),
        (of(GROWTH, computed(BANDS[0], BANDS[2])), "export has a gap from 0 to 12.5"),
        (of(GROWTH, computed(*BANDS, band("3", "4", "1"))), "bands [0, 12.5) and [3, 4) of export overlap"),
        (of(GROWTH, computed(*BANDS, BANDS[0])), "bands [-∞, 0) and [-∞, 0) of export overlap"),
        (of(GROWTH, computed(band(None, None, "1"), band("3", None, "1"))), "bands [-∞, +∞) and [3, +∞) of export overlap"),
        (
            of(GROWTH, computed(band(None, None, "10"), minimum=Decimal("10.001"))),
            "no band of export reaches its minimum",
        ),
        (of(GROWTH, computed(band(None, None, "10"), minimum_percent=26)), "no band of export reaches its minimum"),
        (
            of(GROWTH, computed(band(None, None, "10")), pass_mark=Decimal("70.001")),
            "the pass mark 70.001 is above the most that can be reached, 70",
        ),
    ],
)
def test_contradiction_of_a_set_is_named_in_both_languages(changed: dict[str, Any], problem: str) -> None:
    found = contradictions(ISSUED.model_copy(update=changed))
    assert any(problem in en for _, en in found)
    assert [en for vi, en in found if not vi or vi == en] == []


@pytest.mark.parametrize(
    "changed",
    [
        of(*GROUPED, groups=GROUPS, maximum=Decimal(100)),
        of(GROWTH, computed(*reversed(BANDS))),
        of(GROWTH, computed(band(None, None, "40"), minimum=Decimal(40)), pass_mark=Decimal(100)),
        of(GROWTH.model_copy(update={"minimum": None, "minimum_percent": 100}), EXPORT),
    ],
)
def test_set_without_a_contradiction_is_issued(changed: dict[str, Any]) -> None:
    city = run(service, ISSUED.model_copy(update=changed))
    assert (city.refusals, [s.id for s in city["scoring"].all(CriteriaSet)]) == ([], ["set-2021"])


def test_refusal_names_every_contradiction_at_once() -> None:
    bad = ISSUED.model_copy(update=of(GROWTH, computed(*BANDS[1:2]), tie_break=("quality",), pass_mark=Decimal(101)))
    (refusal,) = {(r.slug, r.en) for r in run(service, bad).refusals}
    assert refusal[0] == "criteria-inconsistent"
    assert [part in refusal[1] for part in ("no band below 0", "no band from 12.5", "tie-break quality", "pass mark 101")] == [
        True
    ] * 4


@given(bounds=st.lists(st.decimals(-1000, 1000, places=3), min_size=1, max_size=5, unique=True), value=st.fractions(-2000, 2000))
def test_bands_of_a_consistent_set_hold_every_value_once(bounds: list[Decimal], value: Fraction) -> None:
    ordered = sorted(bounds)
    bands = [
        Band(lower=lower, upper=upper, points=Decimal(1)) for lower, upper in zip([None, *ordered], [*ordered, None], strict=True)
    ]
    assert contradictions(ISSUED.model_copy(update=of(GROWTH, computed(*bands), pass_mark=Decimal(1)))) == []
    assert sum(holds(band, value) for band in bands) == 1


def figures(*rows: tuple[int, int, int]) -> tuple[YearFigures, ...]:
    return tuple(YearFigures(year=year, revenue=revenue, exports_usd=exports) for year, revenue, exports in rows)


TWO = figures((2019, 800, 7), (2020, 900, 5))


@pytest.mark.parametrize(
    ("computation", "declared", "value"),
    [
        ({}, TWO, Fraction(25, 2)),  # 12.5 per cent, exactly on the bound of a band
        ({}, figures((2019, 3, 0), (2020, 4, 0)), Fraction(100, 3)),
        ({}, figures((2019, 4, 0), (2020, 3, 0)), Fraction(-25)),
        ({}, figures((2019, 0, 0), (2020, 3, 0)), None),  # growth from nothing is no number
        ({}, figures((2020, 3, 0)), None),
        ({}, figures((2019, 3, 0)), None),
        ({}, (), None),
        ({"growth_over_years": None}, TWO, Fraction(900)),
        ({"growth_over_years": None, "figure": "exports_usd"}, TWO, Fraction(5)),
        ({"growth_over_years": None, "years_before": 2}, TWO, Fraction(800)),
        ({"growth_over_years": None, "years_before": 3}, TWO, None),
        ({"growth_over_years": 2}, figures((2018, 2, 0), (2020, 3, 0)), Fraction(50)),
    ],
)
def test_figure_of_a_dossier_is_exact_or_none(
    computation: dict[str, Any], declared: tuple[YearFigures, ...], value: Fraction | None
) -> None:
    assert measured(RISE.model_copy(update=computation), declared, 2021) == value


@pytest.mark.parametrize(
    ("value", "points"),
    [(Fraction(-1, 1000), "0"), (Fraction(0), "20"), (Fraction(12499, 1000), "20"), (Fraction(25, 2), "40"), (10**9, "40")],
)
def test_lower_bound_of_a_band_belongs_to_it(value: Fraction, points: str) -> None:
    assert points_of(RISE, Fraction(value)) == Decimal(points)


COMPUTED = (ISSUED.model_copy(update=of(GROWTH, computed(*BANDS))), OPENED, APPOINTED)
GROWTH_SCORES = (score("A1", "an", "growth", "50"), score("A1", "chi", "growth", "50"))


def test_computed_criterion_needs_no_score_and_counts_in_the_total() -> None:
    city = run(service, *COMPUTED, accepted(figures=TWO), *GROWTH_SCORES, closed("A1"))
    (scored,) = city.of_type(ProductScored)
    assert (city.refusals, scored.score) == ([], Decimal("90.00"))
    assert [(c.criterion, c.mean, c.scores, c.computed) for c in scored.criteria][1] == ("export", Decimal("40.000"), 0, True)


def test_computed_criterion_takes_no_scores() -> None:
    city = run(service, *COMPUTED, accepted(figures=TWO), score("A1", "binh", "export", "1"))
    assert [(r.slug, "A1" in r.vi, "A1" in r.en) for r in city.refusals] == [("criterion-computed", True, True)]


def test_computed_criterion_without_its_figures_is_missing_and_never_zero() -> None:
    city = run(service, *COMPUTED, accepted(), *GROWTH_SCORES, closed("A1"))
    (refusal,) = city.refusals
    assert (refusal.slug, "criterion export has no declared figures to compute it (trade)" in refusal.en) == (
        "scores-missing",
        True,
    )
    assert "tiêu chí export không có số kê khai để tính (trade)" in refusal.vi


@pytest.mark.parametrize(
    ("changed", "least"),
    [
        ({"minimum": None}, None),
        ({"minimum": Decimal("20.5")}, Fraction(41, 2)),
        ({"minimum": None, "minimum_percent": 60}, Fraction(36)),
        ({"maximum": Decimal("33.333"), "minimum": None, "minimum_percent": 1}, Fraction(33333, 100000)),
    ],
)
def test_minimum_is_points_or_an_exact_share_of_the_maximum(changed: dict[str, Any], least: Fraction | None) -> None:
    assert least_points(GROWTH.model_copy(update=changed)) == least


def test_minimum_in_per_cent_fails_a_product_and_says_its_points() -> None:
    issued = ISSUED.model_copy(update=of(GROWTH.model_copy(update={"minimum": None, "minimum_percent": 60}), EXPORT))
    city = run(service, issued, *BASE[1:], accepted(), *scores("A1", ("35.999", "36"), "40"), closed("A1"))
    assert [(r.slug, r.en) for r in city.of_type(ProductScored)[0].reasons] == [
        ("below-criterion-minimum", "Criterion Growth has 35.999 points, below its minimum of 36.")
    ]


CRAFT = ISSUED.model_copy(update={"criteria_id": "craft", "criteria": (GROWTH,), "tie_break": (), "pass_mark": Decimal(30)})
CRAFT_ONLY = CRAFT.model_copy(update={"industries": ("handicraft",)})


def test_dossier_is_scored_by_the_set_of_its_industry_and_others_by_the_default() -> None:
    opened = OPENED.model_copy(update={"criteria_by_industry": {"handicraft": "craft"}})
    events = (ISSUED, CRAFT_ONLY, opened, APPOINTED, accepted("A1"), accepted("A2", industry="handicraft"))
    city = run(
        service,
        *events,
        *scores("A1", ("50", "50"), "30"),
        *scores("A2", ("45", "45"), "30")[:2],
        closed("A1", "A2"),
    )
    assert city.refusals == []
    assert {e.application_id: e.criteria_id for e in city.of_type(AssessmentOpened)} == {"A1": "set-2021", "A2": "craft"}
    assert {(p.application_id, p.score, p.maximum, p.passed) for p in city.of_type(ProductScored)} == {
        ("A1", Decimal("80.00"), Decimal(100), True),
        ("A2", Decimal("45.00"), Decimal(60), True),
    }
    # 45 of 60 is less than 80 of 100.
    (ranked,) = city.of_type(RoundRanked)
    assert [(p.application_id, [(c.by, c.value, c.next) for c in p.compared]) for p in ranked.ranking] == [
        ("A1", [("score", "0.8", "0.75")]),
        ("A2", []),
    ]


@pytest.mark.parametrize(
    ("changed", "pins"),
    [
        ({"criteria_by_industry": {"building-materials": "craft"}}, "building-materials: craft"),
        ({"criteria_id": "craft", "criteria_by_industry": {}}, "building-materials: craft, chemicals"),
    ],
)
def test_round_that_pins_a_set_for_another_industry_is_refused(changed: dict[str, Any], pins: str) -> None:
    city = run(service, ISSUED, CRAFT_ONLY, OPENED.model_copy(update=changed))
    assert [(r.slug, pins in r.vi, pins in r.en) for r in city.refusals] == [("criteria-of-another-industry", True, True)]
    assert city["scoring"].all(Round) == []


def test_what_needs_the_sets_of_a_round_waits_for_all_of_them() -> None:
    opened = OPENED.model_copy(update={"criteria_by_industry": {"handicraft": "craft"}})
    waiting = run(service, ISSUED, opened, APPOINTED, accepted())
    assert waiting["scoring"].held == {"2021": "waits for criteria_sets/craft", "A1": "waits for criteria_sets/craft"}
    city = run(service, APPOINTED, opened, accepted(), CRAFT_ONLY, ISSUED)
    assert (city["scoring"].held, [e.application_id for e in city.of_type(AssessmentOpened)]) == ({}, ["A1"])


def test_changes_between_two_versions_are_told_field_by_field_in_both_languages() -> None:
    quality = EXPORT.model_copy(update={"code": "quality", "name_vi": "Chất lượng", "name_en": "Quality"})
    later = ISSUED.model_copy(
        update={
            "criteria_id": "set-2022",
            "criteria": (GROWTH.model_copy(update={"maximum": Decimal("62.5"), "minimum": None}), quality),
            "tie_break": (),
            "blind": True,
        }
    )
    told = changes(CriteriaSet.of(ISSUED), CriteriaSet.of(later))
    assert [(c.what, c.code, c.field, c.before, c.after) for c in told] == [
        ("set", None, "maximum", "100", "102.5"),
        ("set", None, "tie_break", "export", None),
        ("set", None, "blind", "no", "yes"),
        ("criterion", "growth", "maximum", "60", "62.5"),
        ("criterion", "growth", "minimum", "20", None),
        ("criterion", "export", None, "export", None),
        ("criterion", "quality", None, None, "quality"),
    ]
    assert [(c.vi, c.en) for c in told[2:6]] == [
        ("chấm ẩn danh: không → có.", "blind scoring: no → yes."),
        ("Tiêu chí Tăng trưởng: điểm tối đa: 60 → 62,5.", "Criterion Growth: maximum: 60 → 62.5."),
        ("Tiêu chí Tăng trưởng: điểm tối thiểu: 20 → không có.", "Criterion Growth: minimum: 20 → none."),
        ("Tiêu chí Xuất khẩu được bỏ.", "Criterion Exports was taken out."),
    ]


def test_changes_of_bands_and_groups_are_told() -> None:
    before = CriteriaSet.of(ISSUED.model_copy(update=of(*GROUPED, groups=GROUPS)))
    banded = (GROUPED[0], computed(*BANDS, group="abroad"))
    renamed = (GROUPS[0].model_copy(update={"name_en": "Trade"}), GROUPS[1])
    after = CriteriaSet.of(ISSUED.model_copy(update=of(*banded, groups=renamed)))
    assert [(c.what, c.code, c.field, c.after) for c in changes(before, after)] == [
        ("group", "business", "name_en", "Trade"),
        ("criterion", "export", "computed", "revenue/1y %, -1y: [-∞, 0): 0; [0, 12.5): 20; [12.5, +∞): 40"),
    ]


def test_set_has_no_changes_to_itself() -> None:
    assert changes(CriteriaSet.of(ISSUED), CriteriaSet.of(ISSUED)) == ()
