"""What the programme gives: plans with their targets, rounds, schemes, and the day it is."""

from datetime import date as Date

from shared.contracts.department import Target
from shared.messaging.document import Document


class Round(Document, collection="rounds", copied=True, by_day=True):
    """Which year and plan a round belongs to; id is the round's."""

    year: int
    plan_id: str


class Plan(Document, collection="plans", by_day=True):
    """A yearly plan with its targets; id is number@date."""

    number: str
    date: Date
    year: int
    title_vi: str
    title_en: str
    targets: tuple[Target, ...]
    source: str
    event_id: str


class Scheme(Document, collection="schemes", by_day=True):
    """The name of a support scheme for people, from its newest version; id is the scheme's."""

    name_vi: str
    name_en: str
    effective_from: Date


TODAY = "today"


class BusinessDay(Document, collection="business-days", copied=True):
    """The day it is in Hà Nội, as the partition last heard, and the first it ever heard of; the one id is `today`."""

    date: Date
    first: Date

    @classmethod
    def begun(cls, date: Date, known: "BusinessDay | None") -> "BusinessDay":
        """The day that has begun now, after those known before."""
        return cls(id=TODAY, date=date, first=known.first if known else date)
