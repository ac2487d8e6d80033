"""Scenario support: a made year of support with every scheme, from its rows; a prologue in 2018, when legal caps rose.

The recognitions it rests on come of a small made round, through the real path. What has to come out is reckoned apart.
"""

import hashlib
from collections.abc import Iterator
from decimal import Decimal

from shared.contracts.activities import (
    ActivityAnnounced,
    Attendance,
    ClassHeld,
    CoverageAsked,
    Exclusion,
    OverlapRulesIssued,
    ParticipationRecorded,
)
from shared.contracts.base import Data
from shared.contracts.department import PlanIssued, Target
from shared.contracts.registers import EnterpriseRegistered, RuralEstablishmentConfirmed, SupportingIndustryConfirmed

from chuluc.scenario import rules2021
from chuluc.scenario.round import Round, decide, score
from chuluc.scenario.rounds.rules import calendar
from chuluc.scenario.schemes import EVERY_SCHEME, cap
from chuluc.scenario.steps import Scenario
from chuluc.scenario.story import Story
from chuluc.scenario.support import days
from chuluc.scenario.support.cast import (
    EVERYBODY,
    RURAL,
    SUPPORTING_INDUSTRIES,
    enterprise_name,
    round_2019,
    tax_code_of,
)
from chuluc.scenario.support.facts import PLAN, facts_of
from chuluc.scenario.support.rows import Offer
from chuluc.scenario.support.year import YEAR

PLAN_ISSUED = PlanIssued(
    plan_id=PLAN,
    number="Kế hoạch mẫu",
    date=days.PLANNED,
    year=2022,
    title_vi="Kế hoạch hỗ trợ giả định của năm 2022",
    title_en="Assumed support plan of 2022",
    targets=(Target(indicator="supported-share", lower=Decimal(100), upper=None, clause="100 % doanh nghiệp thụ hưởng hỗ trợ"),),
    source="Giả định: kế hoạch của kịch bản hỗ trợ, không phải văn bản thật",
)
OVERLAP_RULES = OverlapRulesIssued(
    rules_id="trung-lap-mau",
    effective_from=days.REGISTERED,
    exclusions=(
        Exclusion(
            rule_id="khuyen-cong",
            programmes=("cnht-technology-renewal", "khuyen-cong-quoc-gia"),
            window="months",
            months=24,
            clause_vi="Không hưởng hai chương trình trong 24 tháng (giả định)",
            clause_en="Not both programmes within 24 months (assumed)",
        ),
    ),
    legal_text="Quy định không trùng lắp giả định của kịch bản hỗ trợ",
)


def scenario() -> Scenario:
    """From May 2018, over the recognitions of 2019, through the whole year 2022."""
    story = Story("support", months=False)
    _in_force(story)
    for day, entries in YEAR.days().items():
        if day == days.FIRST_CLAIMED:
            _recognise(story, round_2019())
        story.day(day)
        if day == days.PLANNED:
            _plan(story)
        story.tell(*(fact for entry in entries for fact in facts_of(entry)))
        if day == days.CLAIMED:
            story.tell(*_participations(), *_classes())
        if day == days.SPRING:
            story.tell(*_june_versions())
        if day not in days.TOGETHER:
            story.settle(f"việc sau ngày {day:%d/%m/%Y} dựa trên kết quả của ngày này")
    story.day(days.LAST)
    story.settle("bảng đối chiếu cần mọi số liệu của năm")
    return Scenario(
        name="support",
        title="Một năm hỗ trợ giả định với mọi chính sách",
        steps=tuple(story.steps),
        support=YEAR,
        made_vi="Toàn bộ là số liệu giả định: doanh nghiệp, đề nghị, hoạt động, đợt xét chọn, tiền của các dòng ngân sách, "
        "báo cáo của cơ quan khác. Tỷ lệ, mức tối đa và văn bản của chính sách là thật, trừ nơi ghi giả định.",
        made_en="All of it is made: enterprises, requests, activities, the round, the money of the lines, the reports of other "
        "agencies. Rates, caps and texts of the schemes are real, except where they say that they are assumed.",
    )


def _in_force(story: Story) -> None:
    """Who there is, and every scheme, each version by its day of effect."""
    story.day(days.REGISTERED)
    story.tell(*(calendar(year) for year in (2018, 2019, 2022, 2023)), rules2021.CALENDAR, OVERLAP_RULES, *EVERY_SCHEME)
    for who in EVERYBODY:
        facts = {"tax_code": tax_code_of(who), "name": enterprise_name(who)}
        story.tell(EnterpriseRegistered(**facts, head_office="Hà Nội", factory="Hà Nội", district="Hoài Đức", made=True))
    for who in SUPPORTING_INDUSTRIES:
        story.tell(
            SupportingIndustryConfirmed(tax_code=tax_code_of(who), confirmed_on=days.REGISTERED, sector="mechanical", made=True)
        )
    story.tell(*(RuralEstablishmentConfirmed(tax_code=tax_code_of(v), confirmed_on=days.REGISTERED, made=True) for v in RURAL))


def _recognise(story: Story, round_: Round) -> None:
    """A round through the real path, from its dossiers to the decision."""
    story.day(round_.opened.opens)
    story.tell(rules2021.ISSUED_RULES, rules2021.ISSUED_CRITERIA, round_.opened)
    for day, filed in round_.filed().items():
        story.day(day)
        story.tell(*filed)
    story.settle("mọi hồ sơ phải được kiểm tra xong")
    score(story, round_)
    decide(story, round_)


def _plan(story: Story) -> None:
    """The plan of the year and what it offers; who is not reached is asked for at the end of the year."""
    asked = CoverageAsked(coverage_id="2022", year=2022, days=(days.YEAR_END,), clause="100 % doanh nghiệp thụ hưởng hỗ trợ")
    story.tell(PLAN_ISSUED, *map(_announced, YEAR.offers), asked)


def _announced(offer: Offer) -> ActivityAnnounced:
    return ActivityAnnounced.model_validate(
        {
            "activity_id": offer.id,
            "kind": offer.kind,
            "name_vi": f"{offer.name} (giả định)",
            "name_en": f"{offer.id} (assumed)",
            "country": "theo kế hoạch giả định",
            "region": offer.region or None,
            "starts": offer.starts,
            "ends": offer.ends,
            "places": offer.places,
            "allocates_on": offer.allocates_on,
            "criteria_vi": "Doanh nghiệp có sản phẩm được công nhận trước; sau đó theo thứ tự đăng ký",
            "criteria_en": "Holders of a recognition first; then first come, first served",
            "plan_id": PLAN,
            "made": True,
        }
    )


def _june_versions() -> Iterator[Data]:
    """Two made versions from June on: software asks for a quotation, experts share a cap a year."""
    told = {"effective_from": days.SUMMER, "version": "MAU-2022"}
    text = "Phiên bản giả định của kịch bản hỗ trợ"
    for scheme in EVERY_SCHEME:
        if scheme.scheme_id == "software":
            yield scheme.model_copy(update={**told, "papers": ("quotation",), "legal_text": text})
        elif scheme.scheme_id == "foreign-experts":
            shared = {"caps": (cap("scheme-year", 200, "200 triệu đồng/năm (giả định)"),), "legal_text": text}
            yield type(scheme).model_validate(scheme.model_dump() | told | shared)


def _participations() -> Iterator[ParticipationRecorded]:
    """Who joined what costs its guests nothing."""
    for offer in YEAR.offers:
        for who in offer.joined:
            yield ParticipationRecorded(
                activity_id=offer.id,
                tax_code=tax_code_of(who),
                status="joined",
                on=days.CLAIMED,
                criterion_vi="Theo kế hoạch (giả định)",
                criterion_en="By the plan (assumed)",
                made=True,
            )


def _classes() -> Iterator[ClassHeld]:
    """The classes, each with its learners; one of the last class is told a second time, and counts once."""
    for offer in YEAR.offers:
        if offer.learners:
            codes = [hashlib.sha256(f"{offer.id}-{n}".encode()).hexdigest() for n in range(offer.learners)]
            workers = [*map(tax_code_of, offer.workers), *[None] * (offer.learners - len(offer.workers))]
            learners = tuple(Attendance(learner=code, tax_code=work) for code, work in zip(codes, workers, strict=True))
            held = ClassHeld(activity_id=offer.id, held_on=days.CLAIMED, learners=learners, made=True)
            yield held
    yield held.model_copy(update={"learners": learners[-1:]})
