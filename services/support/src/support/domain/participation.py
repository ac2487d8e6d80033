"""Support without money: who joined an activity and by which criterion, and the learners of a class, each counted once."""

from datetime import date
from typing import Literal

from shared.contracts.activities import Attendance, ParticipationRecorded
from shared.errors import Refusal
from shared.messaging.document import Document

from support.domain.activities import CLASSES, KIND_WORDS, PlannedActivity
from support.domain.enterprises import enterprise_of

STATUS_WORDS = {"joined": ("được chọn tham gia", "chosen to join"), "attended": ("có mặt tại", "present at")}


class OutsideItsDays(Refusal):
    slug = "outside-its-days"
    vi = (
        "Ngày {on:%d/%m/%Y} nằm ngoài thời gian của hoạt động {activity_id} ({starts:%d/%m/%Y} đến {ends:%d/%m/%Y}); "
        "hãy kiểm tra ngày."
    )
    en = "{on} is outside the days of activity {activity_id} ({starts} to {ends}); check the day."


class JoinedTooLate(Refusal):
    slug = "joined-too-late"
    vi = (
        "Hoạt động {activity_id} kết thúc ngày {ends:%d/%m/%Y}, nên không ghi nhận tham gia từ ngày {on:%d/%m/%Y}; "
        "hãy kiểm tra ngày."
    )
    en = "Activity {activity_id} ended on {ends}, so joining it on {on} is not recorded; check the day."


class ParticipationKnown(Refusal):
    slug = "participation-known"
    vi = "Doanh nghiệp {tax_code} đã được ghi nhận {status_vi} hoạt động {activity_id} ngày {on:%d/%m/%Y}; không cần gửi lại."
    en = "Enterprise {tax_code} was recorded as {status_en} activity {activity_id} on {on}; there is no need to send it again."


class NoClass(Refusal):
    slug = "not-a-class"
    vi = (
        "Hoạt động {activity_id} là {kind_vi}, không phải lớp truyền nghề hay khóa đào tạo, nên không có học viên; "
        "hãy kiểm tra mã."
    )
    en = "Activity {activity_id} is {kind_en}, neither a craft class nor a training course, so it has no learners; check its id."


class Participation(Document, collection="participations", found_by=("id", "tax_code", "activity_id")):
    """An enterprise that joined an activity, attended it, or both. The id is `<enterprise>/<activity>`."""

    tax_code: str
    activity_id: str
    kind: str
    joined_on: date | None = None
    attended_on: date | None = None
    criterion_vi: str
    criterion_en: str
    made: bool

    @classmethod
    def of(
        cls, news: ParticipationRecorded, activity: PlannedActivity, tax_code: str, known: "Participation | None"
    ) -> "Participation":
        """What the record adds to what is known; raises where the activity was cancelled, or the day does not fit it."""
        if activity.cancelled:
            raise activity.is_cancelled()
        day = {"activity_id": activity.id, "on": news.on, "ends": activity.ends}
        if news.status == "attended" and not activity.starts <= news.on <= activity.ends:
            raise OutsideItsDays(field="on", starts=activity.starts, **day)
        if news.on > activity.ends:
            raise JoinedTooLate(field="on", **day)
        field: Literal["joined_on", "attended_on"] = "joined_on" if news.status == "joined" else "attended_on"
        if known and (before := getattr(known, field)):
            vi, en = STATUS_WORDS[news.status]
            facts = {"tax_code": tax_code, "activity_id": activity.id, "status_vi": vi, "status_en": en}
            raise ParticipationKnown(field="status", on=before, **facts)
        said = news.model_dump(include={"criterion_vi", "criterion_en", "made"})
        participation = known or cls(
            id=cls.id_of(tax_code, activity.id), tax_code=tax_code, activity_id=activity.id, kind=activity.kind, **said
        )
        return participation.but(**{field: news.on})

    def under(self, tax_code: str, known: "Participation | None") -> "Participation":
        """The same of an enterprise that goes on under another code, together with what is known there."""
        days = {f: getattr(known, f, None) or getattr(self, f) for f in ("joined_on", "attended_on")}
        return (known or self).but(id=self.id_of(tax_code, self.activity_id), tax_code=tax_code, **days)

    @staticmethod
    def id_of(tax_code: str, activity_id: str) -> str:
        return f"{enterprise_of(tax_code)}/{activity_id}"


class HeldClass(Document, collection="held_classes"):
    """A class and its distinct learners, by their hashes. The id is the activity."""

    kind: str
    year: int
    learners: tuple[str, ...] = ()

    @classmethod
    def of(cls, activity: PlannedActivity, held_on: date) -> "HeldClass":
        """A class on a day of it; raises NoClass, ActivityIsCancelled, OutsideItsDays."""
        if activity.kind not in CLASSES:
            vi, en = KIND_WORDS[activity.kind]
            raise NoClass(field="activity_id", activity_id=activity.id, kind_vi=vi, kind_en=en)
        if activity.cancelled:
            raise activity.is_cancelled()
        if not activity.starts <= held_on <= activity.ends:
            days = {"starts": activity.starts, "ends": activity.ends}
            raise OutsideItsDays(field="held_on", activity_id=activity.id, on=held_on, **days)
        return cls(id=activity.id, kind=activity.kind, year=activity.ends.year)

    def new_among(self, learners: tuple[Attendance, ...]) -> tuple[Attendance, ...]:
        """Those not counted yet, each once."""
        known = set(self.learners)
        fresh: dict[str, Attendance] = {}
        for attendance in learners:
            if attendance.learner not in known:
                fresh.setdefault(attendance.learner, attendance)
        return tuple(fresh.values())
