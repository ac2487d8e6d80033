"""Activities of the plan: what was announced, what became of it, and which enterprises joined, by which criteria."""

from datetime import date as Date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict
from shared.contracts.activities import ActivityKind
from shared.contracts.reporting import Ground
from shared.messaging.document import Document

from reporting.domain.rows import Contribution, Measure, shortened

CLASSES: tuple[ActivityKind, ...] = ("craft-class", "training-course")


class ActivityChange(BaseModel):
    """A change of an activity, as the department said it; what was left out stayed as it was."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    event_id: str
    on: Date
    starts: Date | None
    ends: Date | None
    places: int | None
    reason: str


class Activity(Document, collection="activities", copied=True, by_day=True, found_by=("id", "year")):
    """An activity of the plan; id is its own. `year` is that of the last day announced, whatever it was moved to."""

    kind: ActivityKind
    name_vi: str
    name_en: str
    country: str
    year: int
    plan_id: str | None
    starts: Date
    ends: Date
    places: int | None
    allocates_on: Date | None
    criteria_vi: str
    criteria_en: str
    changes: tuple[ActivityChange, ...] = ()
    cancelled_on: Date | None = None
    cancelled_why: str | None = None
    made: bool
    event_id: str

    @property
    def is_class(self) -> bool:
        """Whether its learners are counted."""
        return self.kind in CLASSES

    def changed(self, change: ActivityChange) -> Self:
        """The activity after a change; one that would end before it starts moves nothing."""
        starts, ends = change.starts or self.starts, change.ends or self.ends
        days = {"starts": starts, "ends": ends} if starts <= ends else {}
        return self.but(**days, places=change.places or self.places, changes=(*self.changes, change))


class ClassCount(Document, collection="class-counts", by_day=True, found_by=("year",)):
    """The distinct learners of a class, as support counted them; id is the activity's."""

    year: int
    learners: int
    made: bool


class Attendance(BaseModel):
    """That an enterprise joined an activity, was there on a day, or had workers on a list of a class."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    how: Literal["joined", "attended", "class"]
    on: Date
    criterion_vi: str | None = None
    criterion_en: str | None = None
    learners: int = 0
    made: bool
    event_id: str

    def within(self, activity: Activity) -> bool:
        """Whether its day fits the activity as it is now; support refuses what does not, so it counts for nobody."""
        if self.how == "class" and not activity.is_class:
            return False
        return self.on <= activity.ends and (self.how == "joined" or activity.starts <= self.on)


class Participation(Document, collection="participations", by_day=True, found_by=("year", "tax_code")):
    """What an enterprise had of an activity without money; id is activity/enterprise. In the order of days."""

    activity_id: str
    tax_code: str
    year: int
    attendances: tuple[Attendance, ...] = ()

    def with_attendance(self, news: Attendance) -> Self:
        """The participation with one more fact; each event is known once."""
        return self.but(attendances=tuple(sorted((*self.attendances, news), key=lambda a: (a.on, a.how, a.event_id))))

    def counted(self, activity: Activity) -> Self | None:
        """With what fits the activity; None where nothing does."""
        left = tuple(attendance for attendance in self.attendances if attendance.within(activity))
        return self.but(attendances=left) if left else None

    @property
    def in_kind(self) -> bool:
        """Whether it joined or was there."""
        return any(attendance.how != "class" for attendance in self.attendances)

    @property
    def in_class(self) -> bool:
        """Whether workers of it learned in a class: this covers it as money does (domain, section 2)."""
        return any(attendance.how == "class" for attendance in self.attendances)

    @property
    def made(self) -> bool:
        """Whether any of it was made for a scenario."""
        return any(attendance.made for attendance in self.attendances)

    def row(self) -> Contribution:
        """The row of an enterprise that joined or was there: its event is the first that says so, its note the criterion."""
        first = next(attendance for attendance in self.attendances if attendance.how != "class")
        about = shortened(f"{self.activity_id}/{self.tax_code}")
        facts = {"measure": Measure.PARTICIPATIONS.value, "year": self.year, "about": about, "note": first.criterion_vi}
        return Contribution.of(Ground(**facts, event_id=first.event_id, made=self.made), about)


class Uncovered(Document, collection="uncovered", by_day=True, found_by=("year",)):
    """That support said of an enterprise that nothing had reached it in a year; id is year/enterprise."""

    year: int
    tax_code: str
    days: tuple[Date, ...]
    event_id: str
