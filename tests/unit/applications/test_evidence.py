"""Figures of several years and sources side by side: contradictions are flagged, lifted when corrected, and decide nothing."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from applications.domain.application import Application
from applications.domain.evidence import Flag
from applications.main import service
from shared.contracts.applications import ApplicantNotified, ApplicationAccepted, DossierFlagged, DossierFlagLifted
from shared.contracts.base import Data
from shared.contracts.department import DayStarted
from shared.contracts.portal import SupplementFiled
from shared.contracts.registers import AnnualResultReported
from shared.testing.memory import City, run
from unit.applications.facts import MISA, RULES, VINAMILK, figures, filed, opened, papers, registered

BILLION = 10**9
COMPARED = RULES.model_copy(update={"figures_tolerance_percent": 5})
LATER = opened(round_id="2022", year=2022, opens=date(2022, 6, 1), closes=date(2022, 8, 31))
BASE: tuple[Data, ...] = (COMPARED, opened(), LATER, registered())
FIRST = filed(figures=figures((2019, 180 * BILLION, 0), (2020, 200 * BILLION, 1_000_000)))
RECEIVED = date(2022, 7, 1)


def second(*rows: tuple[int, int, int], **changes: Any) -> Data:
    declared = figures(*(rows or ((2020, 200 * BILLION, 1_000_000), (2021, 240 * BILLION, 1_000_000))))
    return filed(**{"application_id": "A2", "round_id": "2022", "received": RECEIVED, "figures": declared} | changes)


def result(year: int, value: int, exports: int = 10**9, tax_code: str = MISA) -> AnnualResultReported:
    return AnnualResultReported(tax_code=tax_code, year=year, production_value=value, exports_usd=exports)


def flags(city: City) -> list[tuple[str, str, int, str]]:
    found = city["applications"].all(Flag)
    return [(f.application_id, f.contradiction.slug, f.contradiction.year, f.contradiction.figure) for f in found]


EARLIER = "differs-from-earlier-filing"
ABOVE = "above-annual-result"


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param((FIRST, second()), [], id="the same"),
        pytest.param(
            (FIRST, second((2020, 190 * BILLION, 10**6), (2021, 240 * BILLION, 0))), [], id="exactly the tolerance below"
        ),
        pytest.param(
            (FIRST, second((2020, 210 * BILLION, 10**6), (2021, 240 * BILLION, 0))), [], id="exactly the tolerance above"
        ),
        pytest.param(
            (FIRST, second((2020, 190 * BILLION - 1, 10**6), (2021, 240 * BILLION, 0))),
            [("A2", EARLIER, 2020, "revenue")],
            id="a đồng further below",
        ),
        pytest.param(
            (FIRST, second((2020, 210 * BILLION + 1, 10**6), (2021, 240 * BILLION, 0))),
            [("A2", EARLIER, 2020, "revenue")],
            id="a đồng further above",
        ),
        pytest.param(
            (FIRST, second((2020, 200 * BILLION, 0), (2021, 240 * BILLION, 0))),
            [("A2", EARLIER, 2020, "exports_usd")],
            id="exports",
        ),
        pytest.param(
            (FIRST, second((2020, 100 * BILLION, 0), (2021, 240 * BILLION, 0), product_id="sme")), [], id="another product"
        ),
        pytest.param((FIRST, result(2020, 200 * BILLION)), [], id="all of the enterprise's production"),
        pytest.param((FIRST, result(2020, 190 * BILLION)), [("A1", ABOVE, 2020, "revenue")], id="more than the enterprise makes"),
        pytest.param((FIRST, result(2020, 10**15, 900_000)), [("A1", ABOVE, 2020, "exports_usd")], id="more than it exports"),
        pytest.param((FIRST, result(2018, 1)), [], id="a year nothing is declared of"),
        pytest.param((FIRST, registered(VINAMILK), result(2020, 1, 0, VINAMILK)), [], id="another enterprise"),
        pytest.param((FIRST, result(2020, 1, 0, f"{MISA}-001")), [], id="the result of a branch alone"),
        pytest.param(
            (filed(figures=figures((2019, 10**11, 0), (2020, 10**11, 0), (2020, 2 * 10**11, 0))), result(2020, 1)),
            [],
            id="a year declared twice is asked for, not compared",
        ),
    ],
)
def test_figures_are_compared(events: tuple[Data, ...], expected: list[tuple[str, str, int, str]]) -> None:
    city = run(service, *BASE, *events)
    assert flags(city) == expected
    assert len(city.of_type(DossierFlagged)) == len(expected)


def test_rules_without_a_tolerance_compare_nothing() -> None:
    city = run(service, RULES, opened(), LATER, registered(), FIRST, second((2020, 1, 0), (2021, 10**11, 0)), result(2020, 1))
    assert (flags(city), city.of_type(DossierFlagged)) == ([], [])


def test_flag_decides_nothing_and_tells_the_department() -> None:
    city = run(service, *BASE, FIRST, second((2020, 100 * BILLION, 10**6), (2021, 240 * BILLION, 10**6)))
    assert [a.application_id for a in city.of_type(ApplicationAccepted)] == ["A1", "A2"]
    assert [(n.to, n.addressee, n.slug, n.about) for n in city.of_type(ApplicantNotified)] == [
        ("department", "department", "dossier-flagged", "A2")
    ]


def test_flag_names_both_figures_the_source_and_the_growth_in_both_languages() -> None:
    city = run(service, *BASE, FIRST, second((2020, 120 * BILLION, 10**6), (2021, 240 * BILLION, 10**6)))
    said = city.of_type(DossierFlagged)[0].contradiction
    assert (said.declared, said.evidence, said.source, said.tolerance_percent) == (120 * BILLION, 200 * BILLION, "A1", 5)
    assert said.vi.replace("\u00a0", " ") == (
        "Doanh thu năm 2020 khai 120.000.000.000 đồng, hồ sơ A1 của đợt 2021 khai 200.000.000.000 đồng; "
        "tăng trưởng năm 2021 khai là 100 %, theo hồ sơ trước là 20 %."
    )
    assert said.en == (
        "Revenue of 2020 is declared as VND 120,000,000,000, dossier A1 of round 2021 has VND 200,000,000,000; "
        "growth in 2021 is declared as 100.0 %, from the earlier dossier it is 20.0 %."
    )


def test_flag_of_a_result_names_it() -> None:
    said = run(service, *BASE, FIRST, result(2020, 150 * BILLION)).of_type(DossierFlagged)[0].contradiction
    assert (said.source, said.evidence) == ("annual-result/2020", 150 * BILLION)
    assert "cao hơn kết quả cả doanh nghiệp báo cáo là 150.000.000.000" in said.vi
    assert "above the VND 150,000,000,000 the whole enterprise reported" in said.en


def test_corrected_result_lifts_the_flag() -> None:
    city = run(service, *BASE, FIRST, result(2020, 150 * BILLION), result(2020, 250 * BILLION))
    assert (flags(city), [f.application_id for f in city.of_type(DossierFlagLifted)]) == ([], ["A1"])


def test_supplement_that_corrects_the_figures_lifts_the_flag() -> None:
    poor = second((2020, 120 * BILLION, 10**6), (2021, 240 * BILLION, 10**6), documents=papers(("form", "description"), RECEIVED))
    answer = SupplementFiled(
        application_id="A2",
        tax_code=MISA,
        received=RECEIVED,
        documents=papers(("business-registration",), RECEIVED),
        figures=figures((2020, 200 * BILLION, 10**6)),
    )
    asks = LATER.model_copy(update={"supplement_business_days": 5})
    city = run(service, COMPARED, opened(), asks, registered(), FIRST, poor, answer)
    assert (flags(city), len(city.of_type(DossierFlagLifted))) == ([], 1)
    assert {a.application_id: a.state for a in city["applications"].all(Application)} == {"A1": "accepted", "A2": "accepted"}


def test_same_result_again_raises_nothing_new() -> None:
    city = run(service, *BASE, FIRST, result(2020, 150 * BILLION), result(2020, 150 * BILLION))
    assert (len(city.of_type(DossierFlagged)), city.of_type(DossierFlagLifted)) == (1, [])


def test_earlier_of_two_rounds_of_one_year_is_compared_with() -> None:
    spring = opened(round_id="2021-b", opens=date(2021, 9, 1), closes=date(2021, 10, 31))
    declared = figures((2019, 180 * BILLION, 0), (2020, 300 * BILLION, 1_000_000))
    again = filed("A2", round_id="2021-b", received=date(2021, 9, 10), figures=declared)
    for order in ((FIRST, again), (again, FIRST)):
        city = run(service, *BASE, spring, DayStarted(date=date(2021, 9, 10)), *order)
        assert flags(city) == [("A2", EARLIER, 2020, "revenue")]


def test_last_earlier_round_is_the_one_compared_with() -> None:
    third = opened(round_id="2023", year=2023, opens=date(2023, 6, 1), closes=date(2023, 8, 31))
    middle = second((2020, 100 * BILLION, 10**6), (2021, 240 * BILLION, 10**6))
    rows = figures((2020, 100 * BILLION, 10**6), (2021, 240 * BILLION, 10**6), (2022, 240 * BILLION, 10**6))
    last = filed("A3", round_id="2023", received=date(2023, 7, 1), figures=rows)
    assert flags(run(service, *BASE, third, FIRST, middle, last)) == [("A2", EARLIER, 2020, "revenue")]


def test_correction_in_a_later_dossier_of_the_same_round_is_no_contradiction() -> None:
    """It is seen in the versions of the product; a flag is for what was said in another year."""
    city = run(
        service,
        COMPARED,
        opened(second_dossier="replaces"),
        registered(),
        FIRST,
        filed("A2", figures=figures((2019, 10**11, 0), (2020, 10**11, 0))),
    )
    assert flags(city) == []


def test_result_with_a_wrong_tax_code_is_refused() -> None:
    assert [r.slug for r in run(service, result(2020, 1, 0, "0101243151")).refusals] == ["tax-code-check-digit"]


def test_made_figures_mark_the_flag() -> None:
    made = result(2020, 1).model_copy(update={"made": True})
    assert [f.made for f in run(service, *BASE, FIRST, made).of_type(DossierFlagged)] == [True, True][:1]


def test_flags_are_the_same_in_whatever_order_rounds_filings_and_results_come() -> None:
    contrary = second((2020, 120 * BILLION, 10**6), (2021, 240 * BILLION, 10**6))
    ends = [
        run(service, *order)["applications"].all(Flag)
        for order in permutations((opened(), LATER, registered(), FIRST, contrary, result(2021, 200 * BILLION)))
        if order.index(FIRST) < order.index(contrary)
        for order in [(COMPARED, *order)]
    ]
    assert all(end == ends[0] for end in ends)
    assert [(f.application_id, f.contradiction.slug) for f in ends[0]] == [("A2", EARLIER), ("A2", ABOVE)]
