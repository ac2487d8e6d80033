"""A version of a scheme is checked before it can be issued, and every fault is named at once."""

from datetime import date
from typing import Any

import pytest
from shared.testing.memory import run
from support.domain.scheme_changes import changes
from support.domain.scheme_faults import SchemeNotValid, faults_of
from support.domain.schemes import Scheme
from support.main import service
from unit.support.cases import MILLION, refused, scheme


def cap(unit: str, amount: int = 1, **more: Any) -> dict[str, Any]:
    return {"unit": unit, "amount": amount} | more


def item(code: str) -> dict[str, str]:
    return {"code": code, "name_vi": f"Khoản {code}", "name_en": f"Item {code}"}


IN_KIND = {"in_kind": True, "rate_percent": None, "cap": None}
SECOND = {"second_approval_from": 0}
MISSION = {"activity": "trade-mission"}
TWICE = {"trait": "technology-line", "factor": "1.5"}


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({}, []),
        (IN_KIND, []),
        ({"rate_percent": None}, ["rate_percent"]),
        ({"cap": 0}, ["cap"]),
        ({"caps": [cap("activity")]}, ["cap"]),
        ({"caps": [cap("activity")], "cap": None}, []),
        (IN_KIND | {"rate_percent": 50}, ["rate_percent"]),
        (
            {
                "in_kind": True,
                "caps": [cap("activity")],
                "eligible_items": [item("a")],
                "part_grants": True,
                "second_approval_from": 0,
            },
            ["rate_percent", "cap", "caps", "eligible_items", "part_grants", "second_approval_from"],
        ),
        ({"requires": None}, ["beneficiaries"]),
        ({"beneficiaries": ["recognition"]}, ["requires"]),
        ({"beneficiaries": ["recognition", "recognition"], "requires": None}, ["beneficiaries"]),
        ({"scheme_id": "a@b"}, ["scheme_id"]),
        ({"caps": [cap("project")]}, ["caps.0.unit"]),
        ({"caps": [cap("fair-edition")], "activity": "project"}, ["caps.0.unit"]),
        ({"caps": [cap("scheme-year"), cap("mission")]}, ["caps.1.unit"]),
        ({"caps": [cap("learner")]}, ["caps.0.unit"]),
        ({"caps": [cap("learner")], "activity": "training-course"}, []),
        ({"caps": [cap("establishment", regions=["asia"])]}, ["caps.0.regions"]),
        ({"caps": [cap("establishment", multipliers=[TWICE, TWICE])]}, ["caps.0.multipliers"]),
        ({"caps": [cap("establishment"), cap("establishment", 2)]}, ["caps"]),
        (MISSION | {"caps": [cap("mission", regions=["asia"]), cap("mission", regions=["europe"])]}, []),
        (
            {"activity": "trade-mission", "caps": [cap("mission", regions=["asia"]), cap("mission", regions=["x", "asia"])]},
            ["caps"],
        ),
        (MISSION | {"caps": [cap("mission"), cap("mission")]}, ["caps"]),
        ({"eligible_items": [item("a"), item("b"), item("a"), item("a")]}, ["eligible_items"]),
        ({"papers": ["contract", "contract"]}, ["papers"]),
        (
            {"scheme_id": "a@b", "rate_percent": None, "requires": None, "caps": [cap("project")], "papers": ["x", "x"]},
            ["scheme_id", "rate_percent", "beneficiaries", "caps.0.unit", "papers"],
        ),
    ],
)
def test_every_fault_is_found_at_once(facts, fields):
    assert [fault.field for fault in faults_of(scheme(**facts))] == fields


def test_version_with_faults_is_refused_with_all_of_them_and_not_kept():
    city = run(service, scheme(rate_percent=None, requires=None))
    assert refused(city) == {("scheme-not-valid", "rate_percent")}
    assert city["support"].find(Scheme, "fair-abroad") is None
    (answer,) = city.refusals
    assert (answer.vi, answer.en) == (
        "Phiên bản TT29-2018 của chính sách fair-abroad có 2 lỗi: (1) chi tiền nhưng không có tỷ lệ hỗ trợ; "
        "(2) không nêu đối tượng được hỗ trợ. Hãy sửa hết rồi ban hành lại với id mới.",
        "Version TT29-2018 of scheme fair-abroad has 2 faults: (1) it pays money and has no rate; "
        "(2) it does not say whom it is for. Mend them and issue it again with a new id.",
    )


EVERYTHING = scheme(
    scheme_id="a@b",
    cap=0,
    requires="recognition",
    beneficiaries=["recognition", "recognition"],
    activity="project",
    caps=[cap("learner", regions=["asia"], multipliers=[TWICE, TWICE]), cap("learner", regions=["asia"])],
    eligible_items=[item("a"), item("a")],
    papers=["x", "x"],
)


UNFIT = (
    "mức tối đa theo learner không dùng được cho hoạt động project",
    "a cap by learner does not fit the activity project",
)
NO_REGIONS = (
    "mức tối đa theo learner không có khu vực; chỉ đoàn xúc tiến có",
    "a cap by learner has no regions; only missions have",
)


def test_faults_are_said_in_both_languages():
    said = [(fault.vi, fault.en) for fault in faults_of(EVERYTHING)]
    assert said == [
        ("mã chính sách có ký tự @, dành cho nguồn của dòng ngân sách", "its id has an @, kept for the source of a line"),
        ("mức tối đa là 0 đồng", "its cap is VND 0"),
        ("nêu đối tượng hai lần (requires và beneficiaries)", "requires and beneficiaries both say whom it is for"),
        *[
            (
                "mức tối đa theo learner không dùng được cho hoạt động project",
                "a cap by learner does not fit the activity project",
            ),
            (
                "mức tối đa theo learner không có khu vực; chỉ đoàn xúc tiến có",
                "a cap by learner has no regions; only missions have",
            ),
            ("hệ số technology-line được nêu hai lần", "the multiplier technology-line is given twice"),
            (
                "mức tối đa theo learner không dùng được cho hoạt động project",
                "a cap by learner does not fit the activity project",
            ),
            (
                "mức tối đa theo learner không có khu vực; chỉ đoàn xúc tiến có",
                "a cap by learner has no regions; only missions have",
            ),
            ("mức tối đa theo learner của khu vực asia được nêu hai lần", "the cap by learner of region asia is given twice"),
        ],
        ("khoản chi a được nêu hai lần", "the cost item a is given twice"),
        ("giấy tờ x được nêu hai lần", "the paper x is given twice"),
        ("đối tượng recognition được nêu hai lần", "the beneficiary recognition is given twice"),
    ]
    no = SchemeNotValid.of(EVERYTHING, faults_of(EVERYTHING))
    assert (no.facts["count"], no.field) == (12, "scheme_id")


# -- what differs between two versions -----------------------------------------------------------------------------------------


def test_changes_say_each_rule_that_is_not_the_same():
    """Khuyến công machinery: 200 triệu an establishment under TTLT 26/2014, 300 and 1.5 times for a line under TT 28/2018."""
    before = scheme(version="a", cap=None, caps=[cap("establishment", 200 * MILLION)], papers=["contract"])
    after = scheme(
        version="b",
        effective_from=date(2018, 11, 1),
        cap=None,
        caps=[cap("establishment", 300 * MILLION, multipliers=[TWICE])],
        papers=["contract", "photo"],
        eligible_items=[item("a")],
        rate_percent=70,
        second_approval_from=MILLION,
        counts_as="rural-equipment",
        requires=None,
        beneficiaries=["supporting-industry", "rural-establishment"],
    )
    assert [(c["field"], c["vi"], c["en"]) for c in changes(before, after)] == [
        ("effective_from", "Có hiệu lực từ: 15/05/2018 → 01/11/2018", "In force from: 2018-05-15 → 2018-11-01"),
        ("rate_percent", "Tỷ lệ hỗ trợ: 100 % → 70 %", "Rate: 100% → 70%"),
        ("eligible_items", "Khoản chi được hỗ trợ: không có → Khoản a", "Costs paid for: none → Item a"),
        (
            "beneficiaries",
            "Đối tượng: doanh nghiệp công nghiệp hỗ trợ → doanh nghiệp công nghiệp hỗ trợ; cơ sở công nghiệp nông thôn",
            "Whom it is for: supporting industries → supporting industries; rural establishments",
        ),
        ("papers", "Giấy tờ phải có: contract → contract; photo", "Papers asked for: contract → contract; photo"),
        ("second_approval_from", "Phê duyệt lần hai từ: không có → 1.000.000 đồng", "Second approval from: none → VND 1,000,000"),
        ("counts_as", "Tính vào chỉ tiêu: không có → rural-equipment", "Counted in: none → rural-equipment"),
        (
            "caps.establishment",
            "Mức tối đa cho một cơ sở: 200.000.000 đồng → 300.000.000 đồng, × 1,5 (technology-line)",
            "Most for one establishment: VND 200,000,000 → VND 300,000,000, × 1.5 (technology-line)",
        ),
    ]
    assert changes(before, before) == []


def test_changes_say_what_came_and_what_went():
    mission = {"activity": "trade-mission", "cap": None}
    before = scheme(**mission, caps=[cap("mission", 28, regions=["asia"])])
    after = scheme(**mission, caps=[cap("mission", 42, regions=["europe", "africa"])])
    assert changes(before, after) == [
        {
            "field": "caps.mission.asia",
            "before": {"vi": "28 đồng", "en": "VND 28"},
            "after": {"vi": "không có", "en": "none"},
            "vi": "Mức tối đa cho một doanh nghiệp trong một đoàn xúc tiến (asia): 28 đồng → không có",
            "en": "Most for one enterprise on one trade mission (asia): VND 28 → none",
        },
        {
            "field": "caps.mission.europe.africa",
            "before": {"vi": "không có", "en": "none"},
            "after": {"vi": "42 đồng", "en": "VND 42"},
            "vi": "Mức tối đa cho một doanh nghiệp trong một đoàn xúc tiến (europe, africa): không có → 42 đồng",
            "en": "Most for one enterprise on one trade mission (europe, africa): none → VND 42",
        },
    ]


def test_cap_of_the_older_form_reads_like_one_of_the_newer():
    older, newer = scheme(cap=5), scheme(cap=None, caps=[cap("activity", 5)])
    assert changes(older, newer) == []
