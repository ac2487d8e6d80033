"""What the plan offers: fairs, missions, classes, meetings, each with days, places and criteria. Every partition has a copy."""

from datetime import date
from typing import get_args

from shared.contracts.activities import ActivityAnnounced, ActivityCancelled, ActivityChanged, ActivityKind
from shared.contracts.support_activities import ActivityRevised
from shared.errors import Refusal
from shared.messaging.document import Document

KINDS: frozenset[str] = frozenset(get_args(ActivityKind))
FAIRS = frozenset({"fair-abroad", "fair-at-home", "city-fair", "online-fair", "vr-fair"})
CLASSES = frozenset({"craft-class", "training-course"})
KIND_WORDS = {
    "fair-abroad": ("hội chợ ở nước ngoài", "a fair abroad"),
    "fair-at-home": ("hội chợ trong nước", "a fair at home"),
    "city-fair": ("hội chợ của thành phố", "the city's own fair"),
    "online-fair": ("hội chợ trực tuyến", "an online fair"),
    "vr-fair": ("hội chợ thực tế ảo", "a fair in virtual reality"),
    "trade-mission": ("đoàn xúc tiến thương mại", "a trade mission"),
    "investment-project": ("dự án đầu tư", "an investment project"),
    "craft-class": ("lớp truyền nghề", "a craft class"),
    "training-course": ("khóa đào tạo", "a training course"),
    "connection-meeting": ("hội nghị kết nối", "a connection meeting"),
    "publicity": ("hoạt động quảng bá", "publicity"),
}


class ActivityAlreadyAnnounced(Refusal):
    slug = "activity-already-announced"
    vi = "Hoạt động {activity_id} đã được công bố ({name}, từ {starts:%d/%m/%Y}); hãy gửi thay đổi bằng ActivityChanged."
    en = "Activity {activity_id} was already announced ({name}, from {starts}); send a change as ActivityChanged."


class ActivityEndsBeforeItStarts(Refusal):
    slug = "activity-ends-before-it-starts"
    vi = "Hoạt động {activity_id} kết thúc ngày {ends:%d/%m/%Y}, trước ngày bắt đầu {starts:%d/%m/%Y}; hãy kiểm tra hai ngày này."
    en = "Activity {activity_id} ends on {ends}, before it starts on {starts}; check both days."


class AllocatedTooLate(Refusal):
    slug = "allocated-too-late"
    vi = (
        "Chỗ của hoạt động {activity_id} được phân bổ ngày {allocates_on:%d/%m/%Y}, sau ngày kết thúc {ends:%d/%m/%Y}; "
        "hãy chọn ngày phân bổ sớm hơn."
    )
    en = "The places of activity {activity_id} are allocated on {allocates_on}, after its last day {ends}; choose an earlier day."


class NothingChanged(Refusal):
    slug = "activity-change-empty"
    vi = "Thay đổi của hoạt động {activity_id} không nêu ngày hay số chỗ mới; hãy nêu ít nhất một điều thay đổi."
    en = "The change of activity {activity_id} names neither days nor places; name at least one thing that changes."


class FewerPlacesThanTaken(Refusal):
    slug = "fewer-places-than-taken"
    vi = (
        "Hoạt động {activity_id} đã có {taken} chỗ được nhận, nên không giảm xuống {places} chỗ được; "
        "hãy giữ ít nhất {taken} chỗ, hoặc hủy hoạt động."
    )
    en = (
        "Activity {activity_id} has {taken} places taken, so it cannot go down to {places}; "
        "keep at least {taken}, or cancel the activity."
    )


class ActivityIsCancelled(Refusal):
    """Refuses what comes to a cancelled activity, and is the reason that declines the requests for it."""

    slug = "activity-cancelled"
    vi = "Hoạt động {activity_id} đã bị hủy; hãy chọn một hoạt động khác."
    en = "Activity {activity_id} was cancelled; choose another activity."


class AnotherKindOfActivity(Refusal):
    slug = "activity-of-another-kind"
    vi = "Hoạt động {activity_id} là {kind_vi}, chính sách {scheme_vi} không hỗ trợ loại này; hãy chọn chính sách phù hợp."
    en = "Activity {activity_id} is {kind_en}, which the scheme {scheme_en} does not support; choose a scheme that does."


def announced_kinds(activity: str) -> frozenset[str]:
    """The kinds of announced activity that a scheme paying for `activity` supports; empty: the enterprise names its own."""
    return FAIRS if activity == "fair" else frozenset({activity}) & KINDS


def paid_for_as(kind: str) -> str:
    """What an activity is known as, whichever scheme pays for it: a scheme may pay for any fair, or for one kind of them."""
    return "fair" if kind in FAIRS else kind


class PlannedActivity(Document, collection="planned_activities", copied=True):
    """An activity of the plan as it stands now: as announced, with the changes accepted since."""

    announced: ActivityAnnounced
    revision: int = 0
    cancelled: ActivityCancelled | None = None

    @classmethod
    def of(cls, announced: ActivityAnnounced) -> "PlannedActivity":
        """Check the days; raises ActivityEndsBeforeItStarts, AllocatedTooLate."""
        activity = cls(id=announced.activity_id, announced=announced)
        activity._check_days()
        return activity

    @property
    def kind(self) -> ActivityKind:
        return self.announced.kind

    @property
    def starts(self) -> date:
        return self.announced.starts

    @property
    def ends(self) -> date:
        return self.announced.ends

    @property
    def places(self) -> int | None:
        return self.announced.places

    def open(self, today: date) -> bool:
        """Whether its places are given to who asks; before its day of allocation everybody stands in line."""
        return self.announced.allocates_on is None or self.announced.allocates_on <= today

    def announced_again(self) -> ActivityAlreadyAnnounced:
        """A second announcement would change places that may be taken already."""
        facts = {"name": self.announced.name_vi, "starts": self.starts}
        return ActivityAlreadyAnnounced(field="activity_id", activity_id=self.id, **facts)

    def is_cancelled(self, field: str = "activity_id") -> ActivityIsCancelled:
        return ActivityIsCancelled(field=field, activity_id=self.id)

    def changed(self, change: ActivityChanged, taken: int) -> "PlannedActivity":
        """With other days or places; raises where nothing changes, days do not fit, or fewer places are left than taken."""
        if self.cancelled:
            raise self.is_cancelled()
        new = {name: value for name in ("starts", "ends", "places") if (value := getattr(change, name)) is not None}
        if not new:
            raise NothingChanged(field="activity_id", activity_id=self.id)
        if change.places is not None and change.places < taken:
            raise FewerPlacesThanTaken(field="places", activity_id=self.id, taken=taken, places=change.places)
        activity = self.but(announced=self.announced.model_copy(update=new), revision=self.revision + 1)
        activity._check_days()
        return activity

    def revision_told(self) -> ActivityRevised:
        """What the other copies are told of a change."""
        days = {"starts": self.starts, "ends": self.ends}
        return ActivityRevised(activity_id=self.id, revision=self.revision, places=self.places, **days)

    def revised(self, news: ActivityRevised) -> "PlannedActivity":
        """The copy as it is where the places are given; news older than what it knows changes nothing."""
        if news.revision <= self.revision:
            return self
        update = {"starts": news.starts, "ends": news.ends, "places": news.places}
        return self.but(announced=self.announced.model_copy(update=update), revision=news.revision)

    def _check_days(self) -> None:
        said = self.announced
        if said.ends < said.starts:
            raise ActivityEndsBeforeItStarts(field="ends", activity_id=self.id, starts=said.starts, ends=said.ends)
        if said.allocates_on and said.allocates_on > said.ends:
            day = said.allocates_on
            raise AllocatedTooLate(field="allocates_on", activity_id=self.id, allocates_on=day, ends=said.ends)
