"""Activities of the plan: announced, changed, cancelled; their places on request, or allocated at the start of a day."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.contracts.activities import ActivityCancelled, ActivityChanged
from shared.contracts.base import make_event
from shared.contracts.support import GrantHeld, SupportDeclined, SupportQueued
from shared.testing.memory import City
from support.domain.activities import (
    ActivityAlreadyAnnounced,
    ActivityEndsBeforeItStarts,
    ActivityIsCancelled,
    AllocatedTooLate,
    AnotherKindOfActivity,
    FewerPlacesThanTaken,
    NothingChanged,
    PlannedActivity,
    announced_kinds,
)
from support.main import service
from unit.support.cases import (
    LINE,
    MILLION,
    MONDAY,
    A,
    B,
    C,
    allocated,
    day,
    enterprise,
    fair,
    later,
    logged,
    places,
    play,
    project,
    recognised,
    refused,
    request,
    scheme,
    supply,
    told,
)

MONEY = allocated(10**9), allocated(10**9, "renewal")
SATURDAY = date(2021, 12, 11)
ASKED = request("r1", A, activity_id="osaka"), request("r2", B, activity_id="osaka"), request("r3", C, activity_id="osaka")


def changed(activity_id="osaka", **changes):
    return ActivityChanged.model_validate({"activity_id": activity_id, "reason": "Ban tổ chức đổi lịch"} | changes)


def cancelled(activity_id="osaka"):
    return ActivityCancelled(activity_id=activity_id, cancelled_on=MONDAY, reason="Ban tổ chức hủy hội chợ")


@pytest.mark.parametrize(
    ("activity", "kinds"),
    [
        ("fair", {"fair-abroad", "fair-at-home", "city-fair", "online-fair", "vr-fair"}),
        ("fair-abroad", {"fair-abroad"}),
        ("vr-fair", {"vr-fair"}),
        ("trade-mission", {"trade-mission"}),
        ("craft-class", {"craft-class"}),
        ("publicity", {"publicity"}),
        ("investment-project", {"investment-project"}),
        ("project", set()),
    ],
)
def test_scheme_pays_for_announced_kinds_or_for_what_the_enterprise_names(activity, kinds):
    assert announced_kinds(activity) == kinds


# -- announced, changed ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bad", "refusal"),
    [
        (fair("osaka", places=40), ("activity-already-announced", "activity_id")),
        (fair("tokyo", ends=date(2021, 12, 15)), ("activity-ends-before-it-starts", "ends")),
        (fair("tokyo", allocates_on=date(2021, 12, 24)), ("allocated-too-late", "allocates_on")),
        (changed(), ("activity-change-empty", "activity_id")),
        (changed(starts=date(2021, 12, 24)), ("activity-ends-before-it-starts", "ends")),
        (changed(places=1), ("fewer-places-than-taken", "places")),
    ],
)
def test_announcement_or_change_is_refused_and_changes_nothing(bad, refusal):
    city = play(*MONEY, fair("osaka", places=5), *ASKED[:2], bad)
    assert refused(city) == {refusal}
    (osaka,) = [a for a in city["support"].all(PlannedActivity) if a.id != "hannover"]
    assert (osaka.announced, osaka.revision) == (fair("osaka", places=5), 0)


def test_change_reaches_every_copy_and_later_changes_build_on_it():
    days = {"starts": date(2022, 3, 1), "ends": date(2022, 3, 4)}
    city = play(fair("osaka", places=5), changed(**days), *later(changed(places=7)))
    copies = [kept[("planned_activities", "osaka")] for kept in city["support"].documents]
    assert [(c.starts, c.ends, c.places, c.revision) for c in copies] == [(days["starts"], days["ends"], 7, 2)] * len(copies)


def test_places_can_go_down_to_what_is_taken_and_more_serve_the_line():
    city = play(*MONEY, fair("osaka", places=2), *ASKED, changed(places=2))
    assert (refused(city), places(city, "osaka")) == (set(), (["r1", "r2"], ["r3"]))
    city.publish(*later(changed(places=3)))
    assert places(city, "osaka") == (["r1", "r2", "r3"], [])
    assert told(city)[-1] == "r3 granted 90"


def test_activity_without_a_number_of_places_takes_everybody():
    city = play(*MONEY, fair("osaka", places=None), *ASKED)
    assert places(city, "osaka") == (["r1", "r2", "r3"], [])


def test_line_moves_with_the_new_last_day():
    later_end = changed(ends=date(2022, 1, 5))
    city = play(*MONEY, fair("osaka", places=1), *ASKED[:2], later_end, day(date(2021, 12, 24)))
    assert told(city) == ["r1 granted 90", "r2 waits for place"]
    city.publish(*later(day(date(2022, 1, 6))))
    assert told(city)[2:] == ["r2 declined no-place-left"]


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [
        (request("r1", activity_id="mission"), "r1 declined activity-of-another-kind"),
        (request("r1", activity_id="hannover"), "r1 granted 90"),
        (project("r1", activity_id="mission"), "r1 granted 45"),
    ],
)
def test_scheme_supports_its_own_kinds_of_activity(asked, outcome):
    assert told(play(*MONEY, fair("mission", kind="trade-mission"), recognised(), asked)) == [outcome]


# -- cancelled ------------------------------------------------------------------------------------------------------------


def test_cancelled_activity_refuses_its_line_and_holds_what_was_granted():
    city = play(*MONEY, fair("osaka", places=1), *ASKED[:2], cancelled())
    assert told(city) == ["r1 granted 90", "r2 waits for place", "r2 declined activity-cancelled"]
    assert places(city, "osaka") == ([], [])
    assert logged(city, GrantHeld) == [GrantHeld(request_id="r1", tax_code=A, overlap_id="osaka", why="Ban tổ chức hủy hội chợ")]


def test_request_with_a_place_that_waits_for_money_is_declined_and_leaves_the_line_of_the_budget():
    city = play(allocated(10), fair("osaka"), ASKED[0], request("r4", B), cancelled())
    assert told(city) == ["r1 waits for budget", "r4 waits for budget", "r1 declined activity-cancelled"]
    assert supply(city, f"line:{LINE}") == (10, 0, ["r4"])


def test_request_that_waits_for_a_recognition_is_declined_when_it_comes():
    priority = scheme("fair-holders", requires="recognition")
    asked = request("r1", A, activity_id="osaka", scheme_id="fair-holders")
    city = play(*MONEY, priority, fair("osaka"), asked, cancelled(), recognised())
    assert told(city) == ["r1 waits for recognition", "r1 declined activity-cancelled"]


def test_what_comes_after_the_cancellation_is_refused_or_declined():
    city = play(*MONEY, fair("osaka"), cancelled(), ASKED[0], *later(changed(places=30)))
    city.publish(make_event(cancelled(), id="again", time=datetime(2021, 12, 7, tzinfo=UTC)))
    assert told(city) == ["r1 declined activity-cancelled"]
    assert refused(city) == {("activity-cancelled", "activity_id")}
    assert [r.vi for r in city.of_type(SupportDeclined)[0].reasons] == ["Hoạt động osaka đã bị hủy; hãy chọn một hoạt động khác."]


def test_activity_of_a_declined_request_can_be_asked_for_elsewhere():
    city = play(*MONEY, fair("osaka", places=1), *ASKED[:2], cancelled(), request("r4", B))
    assert told(city)[-1] == "r4 granted 90"


# -- allocated at the start of a day ------------------------------------------------------------------------------------------


def test_everybody_stands_in_line_until_the_day_of_allocation():
    city = play(*MONEY, fair("osaka", places=2, allocates_on=SATURDAY), *ASKED[::-1], day(date(2021, 12, 10)))
    assert told(city) == ["r3 waits for place", "r2 waits for place", "r1 waits for place"]
    queued = city.of_type(SupportQueued)[0]
    assert (queued.vi, queued.en) == (
        "Chỗ của hoạt động osaka được phân bổ ngày 11/12/2021 theo mức ưu tiên, thời điểm và mã đề nghị; "
        "ai chưa có chỗ đứng trong hàng và nhận chỗ khi đến lượt.",
        "The places of activity osaka are allocated on 2021-12-11 by priority, time of request and id; "
        "who finds none stands in line and gets a place when its turn comes.",
    )
    city.publish(*later(day(date(2021, 12, 13))))
    assert places(city, "osaka") == (["r3", "r2"], ["r1"])


def test_after_the_allocation_the_order_of_the_line_stands_and_newcomers_stand_behind():
    first = request("r3", C, activity_id="osaka", requested_on=date(2021, 12, 1))
    city = play(*MONEY, fair("osaka", places=1, allocates_on=SATURDAY), *ASKED[:2], day(SATURDAY), first, recognised(C))
    assert places(city, "osaka") == (["r1"], ["r2", "r3"])
    city.publish(*later(changed(places=2), day(date(2021, 12, 14))))
    assert places(city, "osaka") == (["r1", "r2"], ["r3"])


def test_who_comes_after_the_day_of_allocation_with_places_left_gets_one():
    city = play(*MONEY, fair("osaka", places=1, allocates_on=SATURDAY), day(SATURDAY), *ASKED[:2])
    assert places(city, "osaka") == (["r1"], ["r2"])


@pytest.mark.parametrize("early", [True, False])
def test_holders_of_a_recognition_in_force_are_first_whenever_it_is_heard_of(early):
    holder = recognised(C)
    asked = (holder, *ASKED) if early else (*ASKED, holder)
    city = play(*MONEY, fair("osaka", places=1, allocates_on=SATURDAY), *asked, day(SATURDAY))
    assert places(city, "osaka") == (["r3"], ["r1", "r2"])


def test_recognition_taken_back_before_the_day_of_allocation_puts_nobody_first():
    shorter = recognised(C, valid_to=date(2021, 12, 5))
    city = play(*MONEY, fair("osaka", places=1, allocates_on=SATURDAY), recognised(C), *ASKED, shorter, day(SATURDAY))
    assert places(city, "osaka") == (["r1"], ["r2", "r3"])


def test_recognition_not_in_force_on_the_day_of_the_request_puts_nobody_first():
    expired = recognised(C, valid_to=date(2021, 12, 5))
    city = play(*MONEY, fair("osaka", places=1, allocates_on=SATURDAY), *ASKED, expired, day(SATURDAY))
    assert places(city, "osaka") == (["r1"], ["r2", "r3"])


CODES = [f"01{n:08d}" for n in range(1, 8)]
entries = st.lists(
    st.tuples(
        st.sampled_from(CODES),
        st.booleans(),  # recognised
        st.integers(1, 3),  # day of the request
        st.integers(0, 2),  # second of its event
    ),
    min_size=1,
    max_size=7,
    unique_by=lambda entry: entry[0],
)


@settings(max_examples=60, deadline=None)
@given(entries=entries, seats=st.integers(1, 5), data=st.data())
def test_allocation_is_the_same_whatever_order_requests_arrive_in(entries, seats, data):
    """The order is computed here from the facts alone; requests and recognitions come in any order before the tick."""
    news, expected = [], []
    for code, is_holder, of_day, second in entries:
        asked = request(f"r{code[-1]}", code, activity_id="osaka", requested_on=date(2021, 12, of_day))
        at = datetime(2021, 12, 3, 5, 0, second, tzinfo=UTC)
        news.append(make_event(asked, id=asked.request_id, time=at))
        if is_holder:
            news.append(make_event(recognised(code, valid_from=date(2021, 11, 1)), id=f"holder-{code}", time=at))
        expected.append((not is_holder, of_day, second, asked.request_id))
    order = [id for *_, id in sorted(expected)]
    set_up = [scheme(), fair("osaka", places=seats, allocates_on=SATURDAY), *map(enterprise, CODES), allocated(10**9)]
    arrived = data.draw(st.permutations(news))
    start = [make_event(d, id=f"s{n}", time=datetime(2021, 12, 3, tzinfo=UTC)) for n, d in enumerate(set_up)]
    city = City.of(service).publish(*start, *arrived, *later(day(SATURDAY)))
    assert places(city, "osaka") == (order[:seats], order[seats:])
    assert sorted(line for line in told(city) if "granted" in line) == sorted(f"{id} granted 90" for id in order[:seats])


# -- what people read ----------------------------------------------------------------------------------------------------------

STARTS, ENDS = date(2021, 12, 16), date(2021, 12, 15)
TEXTS = [
    (
        ActivityAlreadyAnnounced(activity_id="osaka", name="Hội chợ Osaka", starts=STARTS),
        "Hoạt động osaka đã được công bố (Hội chợ Osaka, từ 16/12/2021); hãy gửi thay đổi bằng ActivityChanged.",
        "Activity osaka was already announced (Hội chợ Osaka, from 2021-12-16); send a change as ActivityChanged.",
    ),
    (
        ActivityEndsBeforeItStarts(activity_id="osaka", starts=STARTS, ends=ENDS),
        "Hoạt động osaka kết thúc ngày 15/12/2021, trước ngày bắt đầu 16/12/2021; hãy kiểm tra hai ngày này.",
        "Activity osaka ends on 2021-12-15, before it starts on 2021-12-16; check both days.",
    ),
    (
        AllocatedTooLate(activity_id="osaka", allocates_on=STARTS, ends=ENDS),
        "Chỗ của hoạt động osaka được phân bổ ngày 16/12/2021, sau ngày kết thúc 15/12/2021; hãy chọn ngày phân bổ sớm hơn.",
        "The places of activity osaka are allocated on 2021-12-16, after its last day 2021-12-15; choose an earlier day.",
    ),
    (
        NothingChanged(activity_id="osaka"),
        "Thay đổi của hoạt động osaka không nêu ngày hay số chỗ mới; hãy nêu ít nhất một điều thay đổi.",
        "The change of activity osaka names neither days nor places; name at least one thing that changes.",
    ),
    (
        FewerPlacesThanTaken(activity_id="osaka", taken=7, places=5),
        "Hoạt động osaka đã có 7 chỗ được nhận, nên không giảm xuống 5 chỗ được; hãy giữ ít nhất 7 chỗ, hoặc hủy hoạt động.",
        "Activity osaka has 7 places taken, so it cannot go down to 5; keep at least 7, or cancel the activity.",
    ),
    (
        ActivityIsCancelled(activity_id="osaka"),
        "Hoạt động osaka đã bị hủy; hãy chọn một hoạt động khác.",
        "Activity osaka was cancelled; choose another activity.",
    ),
    (
        AnotherKindOfActivity(
            activity_id="osaka", kind_vi="lớp truyền nghề", kind_en="a craft class", scheme_vi="Hội chợ", scheme_en="Fairs"
        ),
        "Hoạt động osaka là lớp truyền nghề, chính sách Hội chợ không hỗ trợ loại này; hãy chọn chính sách phù hợp.",
        "Activity osaka is a craft class, which the scheme Fairs does not support; choose a scheme that does.",
    ),
]


@pytest.mark.parametrize(("no", "vi", "en"), TEXTS, ids=[no.slug for no, _, _ in TEXTS])
def test_refusal_is_said_in_both_languages(no, vi, en):
    assert (no.text("vi"), no.text("en")) == (vi, en)


def test_money_is_asked_for_by_who_has_a_place_only():
    city = play(allocated(90 * MILLION), fair("osaka", places=1), *ASKED[:2])
    assert supply(city, f"line:{LINE}") == (90 * MILLION, 90 * MILLION, [])
