"""The city's decision: checked as a whole, numbered, sent to each enterprise; certificates, their time and their history."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from scoring.domain.decision import Decision, DecisionLinesRefused
from scoring.domain.ranking import Ranking
from scoring.domain.recognition import Recognition, last_day
from scoring.main import service
from shared.contracts.base import Data
from shared.contracts.scoring import ProductNotRecognised, ProductRecognised, RoundRanked
from shared.testing.memory import City, run
from unit.scoring.facts import APPOINTED, BASE, ISSUED, OPENED, accepted, closed, decided, score, scores

# An enterprise that lies in the same partition as that of A1, so that mixing the two up would show.
SAME_PARTITION = "001089012301"
# A1 and A2 pass, A3 does not (40 points), in this order.
DOSSIERS: tuple[Data, ...] = (accepted("A1"), accepted("A2", tax_code="0300588569"), accepted("A3"))
SCORES: tuple[Data, ...] = (
    *scores("A1", ("50", "50"), "30"),
    *scores("A2", ("40", "40"), "30"),
    *scores("A3", ("20", "20"), "20"),
)
RANKED: tuple[Data, ...] = (*BASE, *DOSSIERS, *SCORES, closed("A1", "A2", "A3"))


def recognised(**changes: Any) -> ProductRecognised:
    facts: dict[str, Any] = {
        "certificate": "2021-002",
        "application_id": "A1",
        "round_id": "2021",
        "year": 2021,
        "tax_code": "0101243150",
        "enterprise_name": "Công ty cổ phần MISA",
        "product_id": "product-A1",
        "product_name": "Sản phẩm A1",
        "industry": "information-technology",
        "decision": "5012/QĐ-UBND",
        "decided_on": date(2021, 11, 26),
        "valid_from": date(2021, 11, 26),
        "valid_to": date(2023, 11, 25),
        "logo_right": True,
        "first_time": True,
        "top10_rank": 1,
        "score": Decimal("80.00"),
    }
    return ProductRecognised(**facts | changes)


def recognitions(city: City) -> dict[str, ProductRecognised]:
    """By dossier: enterprises answer in no order among themselves."""
    return {r.application_id: r for r in city.of_type(ProductRecognised)}


def refused(city: City) -> dict[str, list[str]]:
    return {n.application_id: [reason.slug for reason in n.reasons] for n in city.of_type(ProductNotRecognised)}


def test_decision_recognises_its_lines_and_says_why_not_to_the_others() -> None:
    city = run(service, *RANKED, decided((2, "A1"), (1, "A2")))
    other = {"tax_code": "0300588569", "product_id": "product-A2", "product_name": "Sản phẩm A2", "score": Decimal("70.00")}
    assert recognitions(city) == {
        "A1": recognised(),
        "A2": recognised(application_id="A2", certificate="2021-001", top10_rank=2, **other),
    }
    assert refused(city) == {"A3": ["below-pass-mark"]}
    assert city.refusals == []


def test_product_that_passed_but_is_left_out_is_told_why() -> None:
    city = run(service, *RANKED, decided((1, "A2"), left_out=("A1",)))
    left_out = next(n for n in city.of_type(ProductNotRecognised) if n.application_id == "A1")
    assert (left_out.decision, left_out.score, [r.slug for r in left_out.reasons]) == (
        "5012/QĐ-UBND",
        Decimal("80.00"),
        ["left-out-by-the-decision"],
    )
    assert ["Đang bị thanh tra." in text for text in (left_out.reasons[0].vi, left_out.reasons[0].en)] == [True, True]
    assert [(r.application_id, r.top10_rank) for r in city.of_type(ProductRecognised)] == [("A2", 1)]


@pytest.mark.parametrize(
    ("lines", "left_out", "bad"),
    [
        (((1, "A1"), (2, "A3")), ("A2",), ["line 2 (dossier A3): did not pass"]),
        (((1, "A1"), (2, "A9")), ("A2",), ["line 2 (dossier A9): is not in the ranking"]),
        (
            ((1, "A1"), (1, "A2")),
            (),
            ["line 1 (dossier A1): its line number stands twice", "line 1 (dossier A2): its line number stands twice"],
        ),
        (
            ((1, "A1"), (2, "A1")),
            ("A2",),
            ["line 1 (dossier A1): its dossier stands twice", "line 2 (dossier A1): its dossier stands twice"],
        ),
        (
            ((1, "A9"), (2, "A1"), (3, "A3")),
            ("A2",),
            ["line 1 (dossier A9): is not in the ranking", "line 3 (dossier A3): did not pass"],
        ),
        (((1, "A1"),), (), ["dossier A2: passed and is left out without a reason"]),
        (((1, "A1"), (2, "A2")), ("A2",), ["left-out dossier A2: is both recognised and left out"]),
        (((1, "A1"), (2, "A2")), ("A3",), ["left-out dossier A3: did not pass"]),
        (((1, "A1"), (2, "A2")), ("A9",), ["left-out dossier A9: is not in the ranking"]),
        (((1, "A1"),), ("A2", "A2"), ["left-out dossier A2: stands twice"]),
        (
            ((1, "A3"),),
            ("A9", "A1"),
            [
                "line 1 (dossier A3): did not pass",
                "left-out dossier A9: is not in the ranking",
                "dossier A2: passed and is left out without a reason",
            ],
        ),
    ],
)
def test_decision_with_a_bad_line_is_refused_as_a_whole_naming_every_bad_line(
    lines: tuple[tuple[int, str], ...], left_out: tuple[str, ...], bad: list[str]
) -> None:
    city = run(service, *RANKED, decided(*lines, left_out=left_out))
    assert [(r.slug, r.field, f"bad lines: {'; '.join(bad)};" in r.en) for r in city.refusals] == [
        ("decision-lines-refused", "lines", True)
    ]
    assert (city.of_type(ProductRecognised), city.of_type(ProductNotRecognised)) == ([], [])


def test_refused_decision_names_the_lines_in_vietnamese() -> None:
    (notice,) = run(service, *RANKED, decided((1, "A9"), (2, "A3"), left_out=("A1",))).refusals
    assert "hồ sơ A2: đạt điểm nhưng không được công nhận mà không nêu lý do;" in notice.vi
    assert "dòng 1 (hồ sơ A9): không có trong bảng xếp hạng; dòng 2 (hồ sơ A3): không đạt điểm; " in notice.vi


def test_corrected_decision_after_a_refused_one_is_taken() -> None:
    city = run(service, *RANKED, decided((1, "A3"), (2, "A1"), (3, "A2")), decided((1, "A1"), (2, "A2")))
    assert ([r.slug for r in city.refusals], list(recognitions(city))) == (["decision-lines-refused"], ["A1", "A2"])


def test_second_decision_is_refused() -> None:
    first = decided((1, "A1"), left_out=("A2",))
    city = run(service, *RANKED, first, decided((1, "A1"), (2, "A2"), decision="5013/QĐ-UBND"))
    assert [(r.slug, "5012/QĐ-UBND" in r.vi, "5013/QĐ-UBND" in r.en) for r in city.refusals] == [
        ("round-already-decided", True, True)
    ]
    assert list(recognitions(city)) == ["A1"]


def test_score_after_the_decision_is_refused() -> None:
    city = run(service, *RANKED, decided((1, "A1"), (2, "A2")), score("A1", "an", "growth", "0"))
    assert [r.slug for r in city.refusals] == ["scoring-closed"]


def test_decision_before_the_ranking_waits_for_it() -> None:
    city = run(service, *BASE, *DOSSIERS, *SCORES, decided((1, "A1")))
    assert list(city["scoring"].held.values()) == ["waits for rankings/2021"]
    assert city.of_type(ProductRecognised) == []


def test_decision_before_the_ranking_is_applied_when_scoring_closes() -> None:
    city = run(service, *BASE, *DOSSIERS, *SCORES, decided((1, "A1"), left_out=("A2",)), closed("A1", "A2", "A3"))
    assert (list(recognitions(city)), len(city.of_type(RoundRanked)), city["scoring"].held) == (["A1"], 1, {})


def test_empty_decision_recognises_nobody() -> None:
    city = run(service, *RANKED, decided(left_out=("A1", "A2")))
    assert refused(city) == {
        "A1": ["left-out-by-the-decision"],
        "A2": ["left-out-by-the-decision"],
        "A3": ["below-pass-mark"],
    }


def test_only_ten_of_eleven_recognised_products_are_honoured() -> None:
    ids = [f"A{n:02d}" for n in range(1, 12)]
    events: list[Data] = []
    for n, id in enumerate(ids):
        events += [accepted(id), *scores(id, (f"{60 - n}", f"{60 - n}"), "30")]
    lines = [(line, id) for line, id in enumerate(reversed(ids), start=1)]
    city = run(service, *BASE, *events, closed(*ids), decided(*lines))
    ranks = {id: r.top10_rank for id, r in recognitions(city).items()}
    assert ranks == {id: n for n, id in enumerate(ids[:10], start=1)} | {"A11": None}
    assert recognitions(city)["A01"].certificate == "2021-011"


@pytest.mark.parametrize(
    ("product", "tax_code", "first_time"),
    [
        ("product-A1", "0101243150", False),
        ("another", "0101243150", True),
        ("product-A1", SAME_PARTITION, True),
    ],
)
def test_product_is_recognised_again_by_its_identity_in_its_enterprise(product: str, tax_code: str, first_time: bool) -> None:
    next_year: tuple[Data, ...] = (
        OPENED.model_copy(update={"round_id": "2022", "year": 2022}),
        APPOINTED.model_copy(update={"round_id": "2022"}),
        accepted("B1", round_id="2022", product_id=product, tax_code=tax_code),
        *(s.model_copy(update={"round_id": "2022"}) for s in scores("B1", ("50", "50"), "30")),
        closed("B1", round_id="2022"),
        decided((1, "B1"), round_id="2022"),
    )
    city = run(service, *RANKED, decided((1, "A1"), (2, "A2")), *next_year)
    assert (recognitions(city)["A1"].first_time, recognitions(city)["B1"].first_time) == (True, first_time)


def test_made_figures_mark_the_recognition() -> None:
    events = (accepted("A1", made=True), *scores("A1", ("50", "50"), "30"))
    city = run(service, *BASE, *events, closed("A1"), decided((1, "A1")))
    assert [r.made for r in city.of_type(ProductRecognised)] == [True]


def test_round_pins_how_long_a_recognition_lasts() -> None:
    base = (ISSUED, OPENED.model_copy(update={"validity_months": 36}), APPOINTED)
    city = run(service, *base, accepted(), *scores("A1", ("50", "50"), "30"), closed("A1"), decided((7, "A1")))
    assert [(r.certificate, r.valid_to) for r in city.of_type(ProductRecognised)] == [("2021-007", date(2024, 11, 25))]


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2021, 11, 26), 24, date(2023, 11, 25)),
        (date(2021, 11, 26), 1, date(2021, 12, 25)),
        (date(2021, 12, 1), 1, date(2021, 12, 31)),
        (date(2021, 1, 1), 12, date(2021, 12, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2021, 1, 31), 1, date(2021, 2, 28)),
        (date(2021, 3, 1), 12, date(2022, 2, 28)),
    ],
)
def test_period_of_months_ends_on_the_eve_of_its_day(start: date, months: int, end: date) -> None:
    assert last_day(start, months) == end


@pytest.mark.parametrize(
    ("day", "in_force"),
    [(date(2021, 11, 25), False), (date(2021, 11, 26), True), (date(2023, 11, 25), True), (date(2023, 11, 26), False)],
)
def test_certificate_is_in_force_from_its_first_to_its_last_day(day: date, in_force: bool) -> None:
    found = run(service, *RANKED, decided((2, "A1"), (1, "A2")))["scoring"].find(Recognition, "2021-002")
    assert found is not None
    assert found.standing(day).in_force is in_force


def test_two_rounds_of_one_year_never_share_a_certificate_number() -> None:
    second: tuple[Data, ...] = (
        OPENED.model_copy(update={"round_id": "2021-bis"}),
        APPOINTED.model_copy(update={"round_id": "2021-bis"}),
        accepted("B1", round_id="2021-bis"),
        *(s.model_copy(update={"round_id": "2021-bis"}) for s in scores("B1", ("50", "50"), "30")),
        closed("B1", round_id="2021-bis"),
        decided((1, "B1"), round_id="2021-bis"),
    )
    city = run(service, *RANKED, decided((1, "A1"), (2, "A2")), *second)
    assert {id: r.certificate for id, r in recognitions(city).items()} == {
        "A1": "2021-001",
        "A2": "2021-002",
        "B1": "2021-bis-001",
    }


@pytest.mark.parametrize(
    ("lines", "left_out", "bad"),
    [
        (((1, "A1"), (2, "A2"), (3, "A4")), (), "line 3 (dossier A4): was withdrawn from the ranking"),
        (((1, "A1"), (2, "A2")), ("A4",), "left-out dossier A4: was withdrawn from the ranking"),
    ],
)
def test_decision_that_names_a_withdrawn_dossier_is_refused(
    lines: tuple[tuple[int, str], ...], left_out: tuple[str, ...], bad: str
) -> None:
    ranking = run(service, *RANKED)["scoring"].find(Ranking, "2021")
    assert ranking is not None
    with pytest.raises(DecisionLinesRefused, match="Decision 5012") as refused:
        Decision.of(decided(*lines, left_out=left_out), ranking, frozenset({"A4"}))
    assert f"bad lines: {bad};" in refused.value.text("en")
    assert "đã rút khỏi bảng xếp hạng;" in refused.value.text("vi")
