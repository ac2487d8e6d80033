"""Whom support reached: money grants and classes cover an enterprise, in kind does not; who was missed is told when asked."""

import hashlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.contracts.activities import Attendance, ClassHeld, CoverageAsked, ParticipationRecorded
from shared.contracts.support_activities import BeneficiaryCounted, EnterpriseUncovered, LearnersCounted
from shared.testing.memory import City
from support.domain.coverage import Coverage, CoverageAlreadyAsked, CoverageDayPast, Missed
from support.domain.enterprises import Holder
from support.domain.participation import (
    HeldClass,
    JoinedTooLate,
    NoClass,
    OutsideItsDays,
    Participation,
    ParticipationKnown,
)
from support.domain.requests import Request
from support.handlers.coverage import follow_recognitions, uncount_grant
from support.main import service
from unit.support.cases import (
    MONDAY,
    A,
    B,
    C,
    allocated,
    day,
    enterprise,
    fair,
    later,
    play,
    recognised,
    refused,
    renewal,
    request,
    told,
)
from unit.support.test_activities import cancelled

MONEY = (allocated(10**9),)
CLASS = fair("basketry", places=None, kind="craft-class", country="Việt Nam")
MEETING = fair("meeting", places=None, kind="connection-meeting", country="Việt Nam")
TUESDAY = date(2021, 12, 7)


def learner(name):
    """The hash of a made learner."""
    return hashlib.sha256(name.encode()).hexdigest()


def held(*learners, activity_id="basketry", held_on=date(2021, 12, 16), tax_code=None, made=False):
    attended = tuple(Attendance(learner=learner(name), tax_code=tax_code) for name in learners)
    return ClassHeld(activity_id=activity_id, held_on=held_on, learners=attended, made=made)


def joined(tax_code=A, activity_id="meeting", status="joined", on=date(2021, 12, 16)):
    criteria = {"criterion_vi": "Có sản phẩm chủ lực", "criterion_en": "Holder of a recognition"}
    return ParticipationRecorded(activity_id=activity_id, tax_code=tax_code, status=status, on=on, **criteria)


def asked(*days, coverage_id="2021", year=2021):
    return CoverageAsked(coverage_id=coverage_id, year=year, days=days or (TUESDAY,), clause="100 % doanh nghiệp")


def missed(city):
    """Who was told to be missed, in order of tax code."""
    return sorted((event.tax_code, event.year, event.asked_on) for event in city.of_type(EnterpriseUncovered))


def covered(city, year=2021):
    """Of the enterprises that hold a recognition in the year: whom support reached."""
    return {c.tax_code: c.covered for c in city["support"].all(Coverage) if c.year == year and c.recognised}


# -- in kind ---------------------------------------------------------------------------------------------------------------


def test_participation_is_recorded_with_its_criterion_joined_then_attended():
    city = play(MEETING, joined(f"{A}-001"), joined(A, status="attended", on=date(2021, 12, 20)))
    assert [p.model_dump(mode="json") for p in city["support"].all(Participation)] == [
        {
            "id": f"{A}/meeting",
            "tax_code": A,
            "activity_id": "meeting",
            "kind": "connection-meeting",
            "joined_on": "2021-12-16",
            "attended_on": "2021-12-20",
            "criterion_vi": "Có sản phẩm chủ lực",
            "criterion_en": "Holder of a recognition",
            "made": False,
        }
    ]


@pytest.mark.parametrize(
    ("bad", "refusal"),
    [
        (joined(status="attended", on=date(2021, 12, 15)), ("outside-its-days", "on")),
        (joined(status="attended", on=date(2021, 12, 24)), ("outside-its-days", "on")),
        (joined(B, on=date(2021, 12, 24)), ("joined-too-late", "on")),
        (joined(), ("participation-known", "status")),
        (joined(activity_id="gone"), ("activity-cancelled", "activity_id")),
    ],
)
def test_participation_is_refused_and_changes_nothing(bad, refusal):
    city = play(MEETING, fair("gone"), cancelled("gone"), joined(on=date(2021, 11, 1)), bad)
    assert refused(city) == {refusal}
    assert [(p.id, p.joined_on, p.attended_on) for p in city["support"].all(Participation)] == [
        (f"{A}/meeting", date(2021, 11, 1), None)
    ]


# -- classes -----------------------------------------------------------------------------------------------------------------


def test_learner_counts_once_a_class_whatever_the_lists_say():
    again = fair("weaving", places=None, kind="training-course")
    lists = held("an", "bình", "an", made=True), held("bình", "chi"), held("chi"), held("an", activity_id="weaving")
    city = play(CLASS, again, *lists)
    counted = [(c.activity_id, c.kind, c.year, c.added, c.learners, c.made) for c in city.of_type(LearnersCounted)]
    assert sorted(counted) == [
        ("basketry", "craft-class", 2021, 1, 3, False),
        ("basketry", "craft-class", 2021, 2, 2, True),
        ("weaving", "training-course", 2021, 1, 1, False),
    ]


@settings(max_examples=40, deadline=None)
@given(lists=st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=5), min_size=1, max_size=6))
def test_learners_are_the_same_in_whatever_lists_they_come(lists):
    city = play(CLASS, *(held(*names) for names in lists))
    (learners,) = [c.learners for c in city["support"].all(HeldClass)]
    everybody = {name for names in lists for name in names}
    assert sorted(learners) == sorted(map(learner, everybody))
    assert sum(c.added for c in city.of_type(LearnersCounted)) == len(everybody)


@pytest.mark.parametrize(
    ("bad", "refusal"),
    [
        (held("an", activity_id="hannover"), ("not-a-class", "activity_id")),
        (held("an", held_on=date(2021, 12, 24)), ("outside-its-days", "held_on")),
        (held("an", activity_id="gone"), ("activity-cancelled", "activity_id")),
    ],
)
def test_class_is_refused_and_counts_nobody(bad, refusal):
    city = play(CLASS, fair("gone", kind="craft-class"), cancelled("gone"), bad)
    assert (refused(city), city.of_type(LearnersCounted)) == ({refusal}, [])


# -- who was reached ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([recognised(A)], {A: False}),
        ([recognised(A), request("r1", A)], {A: True}),
        ([recognised(A), request("r1", A, year=2022)], {A: False}),
        ([recognised(A), request("r1", A, scheme_id="renewal", activity_id="x")], {A: False}),  # waits for money
        ([recognised(A), held("an", tax_code=f"{A}-001")], {A: True}),
        ([recognised(A), held("an")], {A: False}),
        ([recognised(A), joined(A)], {A: False}),
        ([recognised(A, valid_from=date(2018, 1, 1), valid_to=date(2020, 12, 31))], {}),
        ([recognised(A, valid_from=date(2018, 1, 1), valid_to=date(2021, 1, 1))], {A: False}),
        ([request("r1", A)], {}),
        ([request("r1", A), recognised(A), recognised(B)], {A: True, B: False}),
    ],
)
def test_covered_is_who_holds_a_recognition_and_got_money_or_a_class(events, expected):
    money = *MONEY, allocated(10**9, line_id="2022/fair-abroad", year=2022)
    assert covered(play(CLASS, MEETING, *money, *events)) == expected


def test_who_was_missed_is_told_on_each_day_asked_for_once():
    two = asked(TUESDAY, date(2021, 12, 9))
    city = play(CLASS, MEETING, *MONEY, *map(recognised, (A, B, C)), request("r1", A), joined(C), two, day(TUESDAY))
    assert missed(city) == [(B, 2021, TUESDAY), (C, 2021, TUESDAY)]
    assert {e.tax_code: (e.enterprise_name, e.in_kind) for e in city.of_type(EnterpriseUncovered)} == {
        B: ("Công ty 2", 0),
        C: ("Công ty 3", 1),
    }
    city.publish(*later(held("an", tax_code=B), day(date(2021, 12, 8)), *map(day, (date(2021, 12, 10), date(2021, 12, 13)))))
    assert missed(city) == [(B, 2021, TUESDAY), (C, 2021, TUESDAY), (C, 2021, date(2021, 12, 9))]


def test_days_that_a_gap_skips_are_told_when_time_goes_on():
    city = play(recognised(A), asked(TUESDAY, date(2021, 12, 8)), day(date(2021, 12, 20)))
    assert missed(city) == [(A, 2021, TUESDAY), (A, 2021, date(2021, 12, 8))]


@pytest.mark.parametrize(
    ("bad", "refusal"),
    [
        (asked(MONDAY, coverage_id="late"), ("coverage-day-past", "days.0")),
        (asked(TUESDAY, MONDAY, coverage_id="late"), ("coverage-day-past", "days.1")),
        (asked(date(2021, 12, 9)), ("coverage-already-asked", "coverage_id")),
    ],
)
def test_days_are_refused(bad, refusal):
    city = play(day(MONDAY), recognised(A), asked(), bad, day(date(2021, 12, 20)))
    assert (refused(city), missed(city)) == ({refusal}, [(A, 2021, TUESDAY)])


NEWS = [
    *map(recognised, (A, B, C)),
    request("r1", A),
    held("an", tax_code=B),
    joined(C),
    allocated(10**9),
    asked(),
    CLASS,
    MEETING,
]


@settings(max_examples=40, deadline=None)
@given(news=st.permutations(NEWS))
def test_order_of_arrival_does_not_change_who_was_missed(news):
    city = play(*news, day(TUESDAY))
    assert (covered(city), missed(city)) == ({A: True, B: True, C: False}, [(C, 2021, TUESDAY)])
    assert refused(city) == set()


# -- figures of the plan -------------------------------------------------------------------------------------------------------


def test_enterprise_counts_once_a_year_in_a_figure_of_the_plan():
    rural = renewal(requires="supporting-industry", counts_as="rural-equipment")
    lines = allocated(10**9, "renewal"), allocated(10**9, "renewal", line_id="2022/renewal", year=2022)
    asks = [
        request(f"r{n}", code, scheme_id="renewal", activity_id=f"lathe-{n}", year=year, made=n == 3)
        for n, (code, year) in enumerate([(A, 2021), (A, 2021), (B, 2021), (A, 2022)], 1)
    ]
    city = City.of(service).publish(*later(rural, *map(enterprise, (A, B)), *lines, *asks))
    assert sorted(told(city)) == [f"r{n} granted 45" for n in (1, 2, 3, 4)]
    counted = [(c.tax_code, c.year, c.counts_as, c.request_id, c.counted, c.made) for c in city.of_type(BeneficiaryCounted)]
    assert sorted(counted) == [
        (A, 2021, "rural-equipment", "r1", True, False),
        (A, 2022, "rural-equipment", "r4", True, False),
        (B, 2021, "rural-equipment", "r3", True, True),
    ]


class Kept:
    """The documents of one partition, for a function that changes some."""

    def __init__(self, *documents):
        self.documents = {(d.collection, d.id): d for d in documents}
        self.published = []

    def get(self, kind, id):
        return self.documents.get((kind.collection, id))

    def put(self, document):
        self.documents[(document.collection, document.id)] = document

    def publish(self, data):
        self.published.append(data)


def granted(request_id):
    rural = renewal(requires="supporting-industry", counts_as="rural-equipment")
    asks = request(request_id, A, scheme_id="renewal", activity_id=request_id)
    city = City.of(service).publish(*later(rural, enterprise(A), allocated(10**9, "renewal"), asks))
    (found,) = city["support"].all(Request)
    return found


def test_grant_taken_back_reaches_nobody_and_counts_in_no_figure():
    first, second = granted("r1"), granted("r2")
    reached = Coverage.of(2021, A).but(recognised=True)
    for one in (first, second):
        reached = reached.with_grant(one.id, "rural-equipment")
    unit = Kept(reached)
    uncount_grant(first, unit)
    assert (unit.get(Coverage, f"2021/{A}").covered, unit.published) == (True, [])
    uncount_grant(second, unit)
    uncount_grant(second, unit)
    assert (unit.get(Coverage, f"2021/{A}").covered, unit.get(Missed, "2021").tax_codes) == (False, (A,))
    assert [(c.request_id, c.counted) for c in unit.published] == [("r2", False)]


def test_recognition_that_ends_early_is_none_in_the_years_after():
    before = Holder(id=A).recognised(recognised(A))
    after = Holder(id=A).recognised(recognised(A, valid_to=date(2022, 3, 1)))
    unit = Kept()
    follow_recognitions(Holder(id=A), before, unit)
    follow_recognitions(before, after, unit)
    assert {y: unit.get(Coverage, f"{y}/{A}").recognised for y in (2021, 2022, 2023, 2024)} == {
        2021: True,
        2022: True,
        2023: False,
        2024: False,
    }
    assert [unit.get(Missed, str(y)).tax_codes for y in (2022, 2023)] == [(A,), ()]


# -- what people read ----------------------------------------------------------------------------------------------------------

ENDS = date(2021, 12, 23)
TEXTS = [
    (
        CoverageDayPast(coverage_id="2021", day=MONDAY, today=TUESDAY),
        "Yêu cầu rà soát 2021 nêu ngày 06/12/2021, nhưng hôm nay đã là 07/12/2021; hãy gửi lại với các ngày sau hôm nay.",
        "Coverage 2021 is asked for on 2021-12-06, but today is 2021-12-07 already; send it again with days after today.",
    ),
    (
        CoverageAlreadyAsked(coverage_id="2021", year=2021),
        "Yêu cầu rà soát 2021 đã được gửi cho năm 2021; hãy dùng mã khác cho các ngày thêm.",
        "Coverage 2021 was already asked for, for 2021; use another id for further days.",
    ),
    (
        OutsideItsDays(activity_id="basketry", on=date(2021, 12, 24), starts=date(2021, 12, 16), ends=ENDS),
        "Ngày 24/12/2021 nằm ngoài thời gian của hoạt động basketry (16/12/2021 đến 23/12/2021); hãy kiểm tra ngày.",
        "2021-12-24 is outside the days of activity basketry (2021-12-16 to 2021-12-23); check the day.",
    ),
    (
        JoinedTooLate(activity_id="meeting", on=date(2021, 12, 24), ends=ENDS),
        "Hoạt động meeting kết thúc ngày 23/12/2021, nên không ghi nhận tham gia từ ngày 24/12/2021; hãy kiểm tra ngày.",
        "Activity meeting ended on 2021-12-23, so joining it on 2021-12-24 is not recorded; check the day.",
    ),
    (
        ParticipationKnown(
            tax_code=A, activity_id="meeting", status_vi="được chọn tham gia", status_en="chosen to join", on=MONDAY
        ),
        "Doanh nghiệp 0100000001 đã được ghi nhận được chọn tham gia hoạt động meeting ngày 06/12/2021; không cần gửi lại.",
        "Enterprise 0100000001 was recorded as chosen to join activity meeting on 2021-12-06; there is no need to send it again.",
    ),
    (
        NoClass(activity_id="hannover", kind_vi="hội chợ ở nước ngoài", kind_en="a fair abroad"),
        "Hoạt động hannover là hội chợ ở nước ngoài, không phải lớp truyền nghề hay khóa đào tạo, nên không có học viên; "
        "hãy kiểm tra mã.",
        "Activity hannover is a fair abroad, neither a craft class nor a training course, so it has no learners; check its id.",
    ),
]


@pytest.mark.parametrize(("no", "vi", "en"), TEXTS, ids=[no.slug for no, _, _ in TEXTS])
def test_refusal_is_said_in_both_languages(no, vi, en):
    assert (no.text("vi"), no.text("en")) == (vi, en)
