"""The rules of 1520/HD-SCT: each reason on its own, exactly at its threshold, and all of them at once."""

from datetime import date
from typing import Any

import pytest
from applications.domain.eligibility import reasons_against
from applications.domain.round import EligibilityRules, Round
from applications.domain.version import Version
from unit.applications.facts import RULES, figures, filed, known, opened, papers

ROUND, RULE_VERSION = Round.of(opened()), EligibilityRules.of(RULES)
BILLION = 1_000_000_000


def slugs(head_office: str = "Hà Nội", **changes: Any) -> list[str]:
    enterprise = known(head_office=head_office)
    return [reason.slug for reason in reasons_against(Version.of(filed(**changes)), enterprise, ROUND, RULE_VERSION)]


HIGH_TECH = {"path": "high-tech", "commitments": RULES.high_tech_commitments}
HANDICRAFT = {"path": "handicraft", "industry": "handicraft"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="other: exactly 100 tỷ in both years"),
        pytest.param(
            {"figures": figures((2019, 100 * BILLION - 1, 0), (2020, 100 * BILLION, 0))}, ["revenue-below"], id="a đồng below"
        ),
        pytest.param(
            {"figures": figures((2019, 100 * BILLION, 0), (2020, 100 * BILLION - 1, 0))},
            ["revenue-below"],
            id="in the later year",
        ),
        pytest.param(
            {"figures": figures((2018, 1, 0), (2019, 100 * BILLION, 0), (2020, 100 * BILLION, 0))},
            [],
            id="older years do not count",
        ),
        pytest.param(
            HIGH_TECH | {"figures": figures((2019, 10 * BILLION, 0), (2020, 10 * BILLION, 0))}, [], id="high-tech: exactly 10 tỷ"
        ),
        pytest.param(
            HIGH_TECH | {"figures": figures((2019, 10 * BILLION, 0), (2020, 10 * BILLION - 1, 0))},
            ["revenue-below"],
            id="high-tech: a đồng below",
        ),
        pytest.param(HIGH_TECH | {"commitments": ("environment",)}, ["commitments-missing"], id="high-tech: commitments"),
        pytest.param({"commitments": ()}, [], id="other: no commitments asked"),
        pytest.param(
            HANDICRAFT | {"figures": figures((2019, 0, 1_000_000), (2020, 0, 1_000_000))}, [], id="handicraft: by exports only"
        ),
        pytest.param(
            HANDICRAFT | {"figures": figures((2019, 10**12, 999_999), (2020, 10**12, 1_000_000))},
            ["exports-below"],
            id="handicraft: a dollar below",
        ),
        pytest.param({"industry": "handicraft"}, ["path-not-for-handicraft"], id="the general path is not for handicraft"),
        pytest.param(
            {"path": "handicraft", "figures": figures((2019, 0, 1_000_000), (2020, 0, 1_000_000))},
            ["not-a-handicraft"],
            id="the path of handicraft is for nothing else",
        ),
        pytest.param({"path": "start-up", "figures": ()}, [], id="start-up: no figures needed"),
        pytest.param({"path": "start-up", "figures": figures((2020, 5, 0))}, [], id="start-up: small figures"),
        pytest.param({"path": "start-up", "documents": ()}, ["documents-missing"], id="start-up: documents all the same"),
        pytest.param({"figures": figures((2020, 100 * BILLION, 0))}, ["figures-missing"], id="the year before last is missing"),
        pytest.param({"figures": ()}, ["figures-missing"], id="no figures"),
        pytest.param(
            {"figures": figures((2019, 100 * BILLION, 0), (2020, 100 * BILLION, 0), (2020, 200 * BILLION, 0))},
            ["figures-twice"],
            id="a year twice",
        ),
        pytest.param({"documents": papers(("form", "description"))}, ["documents-missing"], id="a document missing"),
        pytest.param({"received": date(2021, 6, 1)}, [], id="on the first day"),
        pytest.param({"received": date(2021, 5, 31)}, ["received-early"], id="a day early"),
        pytest.param({"received": date(2021, 8, 31)}, [], id="on the last day"),
        pytest.param({"received": date(2021, 9, 1)}, ["received-late"], id="a day late"),
        pytest.param({"head_office": "Hưng Yên"}, ["not-in-the-city"], id="not in the city"),
    ],
)
def test_dossier_is_checked_by_each_rule(changes: dict[str, Any], expected: list[str]) -> None:
    assert slugs(**changes) == expected


def test_dossier_with_every_fault_gets_every_reason_at_once() -> None:
    found = slugs(
        head_office="Hưng Yên",
        path="high-tech",
        received=date(2021, 9, 1),
        documents=(),
        figures=figures((2020, 1, 0), (2020, 1, 0)),
    )
    assert found == [
        "not-in-the-city",
        "received-late",
        "figures-twice",
        "figures-missing",
        "revenue-below",
        "documents-missing",
        "commitments-missing",
    ]


def test_reasons_name_the_figures_in_both_languages() -> None:
    enterprise = known()
    poor = filed(figures=figures((2019, 95 * BILLION, 0), (2020, 90 * BILLION, 0)), documents=papers(("form",)))
    revenue, documents = reasons_against(Version.of(poor), enterprise, ROUND, RULE_VERSION)
    assert revenue.vi.replace("\u00a0", " ") == (
        "Doanh thu năm 2019: 95.000.000.000 đồng; năm 2020: 90.000.000.000 đồng, thấp hơn mức 100.000.000.000 đồng một năm."
    )
    assert revenue.en == "Revenue of 2019: VND 95,000,000,000; 2020: VND 90,000,000,000 is below VND 100,000,000,000 a year."
    assert documents.en == "The dossier lacks documents: business registration, description; hand in all of them."
    assert documents.vi == "Hồ sơ thiếu giấy tờ: giấy chứng nhận đăng ký doanh nghiệp, description; hãy nộp đủ."


def test_reasons_name_industries_and_commitments_in_words() -> None:
    enterprise = known()
    wrong_path, _ = reasons_against(Version.of(filed(path="handicraft")), enterprise, ROUND, RULE_VERSION)
    assert (wrong_path.vi, wrong_path.en) == (
        "Sản phẩm ngành công nghệ thông tin không thuộc diện thủ công mỹ nghệ; hãy chọn diện công nghệ cao hoặc diện khác.",
        "A product of the industry information technology cannot take the path of handicraft; choose high-tech or other.",
    )
    (lacking,) = reasons_against(Version.of(filed(path="high-tech")), enterprise, ROUND, RULE_VERSION)
    assert lacking.vi == (
        "Thiếu cam kết về: bảo vệ môi trường, chất lượng sản phẩm, sở hữu trí tuệ; sản phẩm công nghệ cao phải có đủ cam kết."
    )
