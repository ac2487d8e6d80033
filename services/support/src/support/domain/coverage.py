"""Whom support has reached: of the enterprises holding a recognition at any day of a year, those with a money grant or a class.

Support in kind is counted beside it and covers nobody (domain, section 2: supported share).
"""

from datetime import date

from pydantic import BaseModel, ConfigDict
from shared.contracts.activities import CoverageAsked
from shared.errors import Refusal
from shared.messaging.document import Document


class CoverageDayPast(Refusal):
    slug = "coverage-day-past"
    vi = (
        "Yêu cầu rà soát {coverage_id} nêu ngày {day:%d/%m/%Y}, nhưng hôm nay đã là {today:%d/%m/%Y}; "
        "hãy gửi lại với các ngày sau hôm nay."
    )
    en = "Coverage {coverage_id} is asked for on {day}, but today is {today} already; send it again with days after today."


class CoverageAlreadyAsked(Refusal):
    slug = "coverage-already-asked"
    vi = "Yêu cầu rà soát {coverage_id} đã được gửi cho năm {year}; hãy dùng mã khác cho các ngày thêm."
    en = "Coverage {coverage_id} was already asked for, for {year}; use another id for further days."


class Coverage(Document, collection="coverage", found_by=("year",)):
    """What reached an enterprise in a year. The id is `<year>/<enterprise>`.

    `recognised`: it holds a recognition at some day of the year. `grants` are money grants by the id of their request,
    `classes` and `in_kind` activities; `counted` are its grants in a figure of the plan, as `<figure>|<id of the request>`.
    """

    year: int
    tax_code: str
    name: str | None = None
    recognised: bool = False
    covered: bool = False
    grants: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    in_kind: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()

    @classmethod
    def of(cls, year: int, tax_code: str) -> "Coverage":
        return cls(id=cls.id_of(year, tax_code), year=year, tax_code=tax_code)

    @staticmethod
    def id_of(year: int, tax_code: str) -> str:
        return f"{year}/{tax_code}"

    @property
    def missed(self) -> bool:
        """Whether someone should call."""
        return self.recognised and not self.covered

    def settled(self) -> "Coverage":
        """With `covered` as its grants and classes say."""
        return self.but(covered=bool(self.grants or self.classes))

    def counts(self, figure: str) -> bool:
        return any(entry.startswith(f"{figure}|") for entry in self.counted)

    def with_grant(self, request_id: str, figure: str | None) -> "Coverage":
        """A money grant of the year; a figure of the plan is the scheme's, where it counts in one."""
        counted = self.counted if figure is None else (*self.counted, f"{figure}|{request_id}")
        return self.but(grants=(*self.grants, request_id), counted=counted).settled()

    def without_grant(self, request_id: str) -> "Coverage":
        grants = tuple(id for id in self.grants if id != request_id)
        counted = tuple(entry for entry in self.counted if entry.partition("|")[2] != request_id)
        return self.but(grants=grants, counted=counted).settled()

    def joined(self, former: "Coverage") -> "Coverage":
        """With what reached a former code of the enterprise in the year."""
        return self.but(
            name=self.name or former.name,
            recognised=self.recognised or former.recognised,
            grants=(*self.grants, *former.grants),
            classes=tuple(dict.fromkeys((*self.classes, *former.classes))),
            in_kind=tuple(dict.fromkeys((*self.in_kind, *former.in_kind))),
            counted=(*self.counted, *former.counted),
        ).settled()

    def with_class(self, activity_id: str) -> "Coverage":
        return self.but(classes=tuple(dict.fromkeys((*self.classes, activity_id)))).settled()

    def with_in_kind(self, activity_id: str) -> "Coverage":
        return self.but(in_kind=tuple(dict.fromkeys((*self.in_kind, activity_id))))


class Missed(Document, collection="missed"):
    """The enterprises of this partition that hold a recognition in a year and were not reached. The id is the year."""

    tax_codes: tuple[str, ...] = ()

    def following(self, coverage: Coverage) -> "Missed":
        """With the enterprise in or out, as its coverage says; in order of tax code."""
        others = {code for code in self.tax_codes if code != coverage.tax_code}
        return self.but(tax_codes=tuple(sorted(others | {coverage.tax_code} if coverage.missed else others)))


class AskedDay(BaseModel):
    """A day on which the enterprises missed in a year are told."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: date
    year: int
    coverage_id: str


class CoveragePlan(Document, collection="coverage_plan", copied=True):
    """What the plan asks: the days still to come, in order, and the ids that were used."""

    days: tuple[AskedDay, ...] = ()
    asked: tuple[str, ...] = ()

    def with_days(self, news: CoverageAsked, today: date) -> "CoveragePlan":
        """Add days; raises CoverageAlreadyAsked, CoverageDayPast."""
        if news.coverage_id in self.asked:
            raise CoverageAlreadyAsked(field="coverage_id", coverage_id=news.coverage_id, year=news.year)
        for place, day in enumerate(news.days):
            if day <= today:
                raise CoverageDayPast(field=f"days.{place}", coverage_id=news.coverage_id, day=day, today=today)
        new = {AskedDay(day=day, year=news.year, coverage_id=news.coverage_id) for day in news.days}
        days = sorted((*self.days, *new), key=lambda entry: (entry.day, entry.year, entry.coverage_id))
        return self.but(days=tuple(days), asked=(*self.asked, news.coverage_id))

    def due(self, today: date) -> tuple[AskedDay, ...]:
        return tuple(entry for entry in self.days if entry.day <= today)

    def after(self, today: date) -> "CoveragePlan":
        """Without the days that have come."""
        return self.but(days=tuple(entry for entry in self.days if entry.day > today))
