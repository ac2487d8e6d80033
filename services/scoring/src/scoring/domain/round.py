"""Where a round stands: the sets it pins, the dossiers in it and those it let go, when scoring closed, what was decided."""

from collections.abc import Iterable
from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field
from shared.contracts.department import Industry, RoundOpened
from shared.messaging.document import Document

OPEN = "open"


class Replacement(BaseModel):
    """A dossier that took the place of an earlier one of the same product."""

    model_config = ConfigDict(frozen=True)

    earlier: str
    later: str


class Reopened(BaseModel):
    """A dossier that is scored again after closing; until it is ranked anew it stands with the `scores` it had then."""

    model_config = ConfigDict(frozen=True)

    application_id: str
    scores: int


class OpenRounds(Document, collection="open_rounds"):
    """The rounds of a partition in which scores are taken; one for each partition."""

    rounds: tuple[str, ...] = ()


class Round(Document, collection="rounds"):
    """Where a round stands; `applications` are its dossiers in the order they came, ids as the portal gave them.

    `replaced` also names dossiers that have not come yet: they are let go when they do.
    """

    year: int
    criteria_id: str
    criteria_by_industry: dict[Industry, str] = Field(default_factory=dict)
    validity_months: int
    comment_window: bool = False
    appeal_business_days: int = 0
    expiry_notice_business_days: int = 0
    applications: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    replaced: tuple[Replacement, ...] = ()
    closed_on: date | None = None
    reopened: tuple[Reopened, ...] = ()
    decision: str | None = None

    @classmethod
    def of(cls, opened: RoundOpened) -> Self:
        """The round as it opened; it pins its criteria sets for good."""
        return cls(
            id=opened.round_id,
            year=opened.year,
            criteria_id=opened.criteria_id,
            criteria_by_industry=opened.criteria_by_industry,
            validity_months=opened.validity_months,
            comment_window=opened.comment_window,
            appeal_business_days=opened.appeal_business_days,
            expiry_notice_business_days=opened.expiry_notice_business_days,
        )

    @property
    def pins(self) -> tuple[str, ...]:
        """The ids of its criteria sets, each once."""
        return tuple(dict.fromkeys((self.criteria_id, *self.criteria_by_industry.values())))

    @property
    def status(self) -> Literal["scoring", "ranked", "decided"]:
        """Scores are taken, or ranked after closing, or decided on by the city."""
        if self.decision is not None:
            return "decided"
        return "scoring" if self.closed_on is None else "ranked"

    def with_dossier(self, application_id: str) -> Self:
        """The round with one more dossier."""
        return self.but(applications=(*self.applications, application_id))

    def without_dossier(self, application_id: str) -> Self:
        """The round after it let go of a dossier."""
        left = tuple(id for id in self.applications if id != application_id)
        return self.closed_again(application_id).but(applications=left, withdrawn=(*self.withdrawn, application_id))

    def reopening(self, application_id: str) -> Reopened | None:
        """How a dossier was reopened, None where it is not being scored again."""
        return next((reopened for reopened in self.reopened if reopened.application_id == application_id), None)

    def closed_again(self, application_id: str) -> Self:
        """The round when a reopened dossier takes no more scores."""
        return self.but(reopened=tuple(r for r in self.reopened if r.application_id != application_id))

    def with_replacement(self, earlier: str, later: str) -> Self:
        """The round in which a later dossier stands for an earlier one."""
        return self.but(replaced=(*self.replaced, Replacement(earlier=earlier, later=later)))

    def left_in(self, listed: Iterable[str]) -> list[str]:
        """The dossiers of a list that the round did not let go of, each once, by id; of one that has not come it is not known."""
        gone = {*self.withdrawn, *(r.earlier for r in self.replaced)} - set(self.applications)
        return sorted(set(listed) - gone)

    def replacement_of(self, application_id: str) -> str | None:
        """The dossier that took the place of this one, None where none did."""
        return next((r.later for r in self.replaced if r.earlier == application_id), None)
