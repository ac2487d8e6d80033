"""Dossiers (hồ sơ đăng ký): what was filed, what was decided, and which dossiers a product has in a round."""

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict
from shared.contracts.applications import (
    ApplicationAccepted,
    ApplicationReceived,
    ApplicationRejected,
    ApplicationWithdrawn,
    Reason,
    SupplementAsked,
    WithdrawalAsked,
)
from shared.contracts.portal import ApplicationFiled, SupplementFiled, WithdrawalFiled
from shared.messaging.document import Document

from applications.domain.check import Asked, Check
from applications.domain.enterprise import Enterprise
from applications.domain.refusals import NothingToWithdraw, SupplementLate, SupplementNotAsked, state_in
from applications.domain.round import Round
from applications.domain.version import Version

State = Literal["supplement-asked", "accepted", "rejected", "withdrawal-asked", "withdrawn", "replaced"]
NOT_FILED = "supplement-not-filed"


class Withdrawal(BaseModel):
    """An enterprise's wish to take a dossier back."""

    model_config = ConfigDict(frozen=True)

    asked_on: date
    reason: str


class Application(Document, collection="applications", found_by=("id", "application_id", "tax_code product_id", "round_id id")):
    """A dossier, its versions (oldest first) and its state. The id holds the enterprise, as only its ids are seen here.

    `place` counts the dossiers of the product in the round from 1; `declined` is why the round kept the dossier when it
    was wanted back.
    """

    application_id: str
    tax_code: str
    enterprise_name: str
    round_id: str
    year: int
    product_id: str
    place: int
    received: date
    rules_id: str
    state: State
    reasons: tuple[Reason, ...]
    asked: Asked | None
    withdrawal: Withdrawal | None = None
    declined: Reason | None = None
    replaced_by: str | None = None
    versions: tuple[Version, ...]

    @classmethod
    def of(cls, filed: ApplicationFiled, enterprise: Enterprise, round_: Round, place: int, found: Check) -> Self:
        """The dossier after the check of what was filed."""
        return cls(
            id=application_key(enterprise.id, filed.application_id),
            application_id=filed.application_id,
            tax_code=enterprise.id,
            enterprise_name=enterprise.name,
            round_id=round_.id,
            year=round_.year,
            product_id=filed.product_id,
            place=place,
            received=filed.received,
            rules_id=round_.rules_id,
            state=found.state,
            reasons=found.reasons,
            asked=found.asked,
            versions=(Version.of(filed),),
        )

    @property
    def current(self) -> Version:
        """What the dossier says now."""
        return self.versions[-1]

    @property
    def live(self) -> bool:
        """Whether it may still be, or is, before the Council."""
        return self.state in ("supplement-asked", "accepted", "withdrawal-asked")

    def is_of(self, filed: ApplicationFiled) -> bool:
        """Whether the dossier was filed with exactly this content (a branch files for its enterprise)."""
        same_place = (self.round_id, self.product_id) == (filed.round_id, filed.product_id)
        return same_place and self.versions[0] == Version.of(filed)

    # -- what it lacked -----------------------------------------------------------------------------------------------

    @property
    def silent(self) -> bool:
        """Whether it was rejected because nobody answered in time."""
        return self.state == "rejected" and self.reasons[0].slug == NOT_FILED

    def waits_on(self, day: date) -> bool:
        """Whether it waits for an answer on a day, also where the tick after the last day was handled first."""
        return self.asked is not None and day <= self.asked.due and (self.state == "supplement-asked" or self.silent)

    def was_answered_by(self, answer: SupplementFiled) -> bool:
        """Whether exactly this answer was taken before."""
        return self.versions[1:] == (self.versions[0].supplemented(answer),)

    def check_answer(self, answer: SupplementFiled) -> None:
        """Raise SupplementNotAsked, SupplementLate: papers count by the day they were received, an answer once."""
        if self.asked is None or not (self.state == "supplement-asked" or self.silent):
            raise SupplementNotAsked(application_id=self.application_id, **state_in(self.state))
        if answer.received > self.asked.due:
            raise SupplementLate(
                field="received", application_id=self.application_id, due=self.asked.due, received=answer.received
            )

    def answered(self, version: Version, found: Check) -> Self:
        """The dossier after the check of its answer."""
        return self.but(versions=(*self.versions, version), state=found.state, reasons=found.reasons)

    def without_answer(self) -> Self:
        """The dossier after its deadline: rejected, for the silence and for all it lacked."""
        assert self.asked is not None
        silence = Reason(
            slug=NOT_FILED,
            vi=f"Hồ sơ {self.application_id} không được bổ sung trong hạn {self.asked.due:%d/%m/%Y}.",
            en=f"What dossier {self.application_id} was asked for did not come by {self.asked.due}.",
        )
        return self.but(state="rejected", reasons=(silence, *self.asked.reasons))

    # -- taken back, replaced -----------------------------------------------------------------------------------------

    def taken_back(self, filed: WithdrawalFiled) -> Self:
        """The dossier after its enterprise asked for it back; raises NothingToWithdraw. A repeat changes nothing.

        Before acceptance it is withdrawn; after it only its round may let go of it, and is asked to.
        """
        withdrawal = Withdrawal(asked_on=filed.filed_on, reason=filed.reason)
        if self.withdrawal == withdrawal:
            return self
        if self.state == "accepted":
            return self.but(state="withdrawal-asked", withdrawal=withdrawal, declined=None)
        if self.waits_on(filed.filed_on):
            return self.but(state="withdrawn", reasons=(), withdrawal=withdrawal)
        state = "overdue" if self.state == "supplement-asked" else self.state
        raise NothingToWithdraw(application_id=self.application_id, **state_in(state))

    def let_go(self, replaced_by: str | None) -> Self:
        """The dossier after its round let go of it."""
        return self.but(state="replaced" if replaced_by else "withdrawn", replaced_by=replaced_by)

    def kept(self, reason: Reason) -> Self:
        """The dossier after its round declined to let go of it: accepted as before, with the reason."""
        return self.but(state="accepted", declined=reason)

    # -- the events that tell of it -----------------------------------------------------------------------------------

    def receipt(self) -> ApplicationReceived:
        """The event that says the dossier is here."""
        return ApplicationReceived(
            application_id=self.application_id,
            round_id=self.round_id,
            tax_code=self.tax_code,
            product_name=self.current.product_name,
            received=self.received,
        )

    def acceptance(self, replaces: str | None) -> ApplicationAccepted:
        """The event that sends the dossier to the Council."""
        return ApplicationAccepted(
            application_id=self.application_id,
            round_id=self.round_id,
            tax_code=self.tax_code,
            enterprise_name=self.enterprise_name,
            product_id=self.product_id,
            product_name=self.current.product_name,
            industry=self.current.industry,
            received=self.received,
            figures=self.current.figures,
            rules_id=self.rules_id,
            replaces=replaces,
            made=self.current.made,
        )

    def rejection(self) -> ApplicationRejected:
        """The event that says why the dossier is not eligible."""
        return ApplicationRejected(
            application_id=self.application_id,
            round_id=self.round_id,
            tax_code=self.tax_code,
            product_name=self.current.product_name,
            reasons=self.reasons,
            rules_id=self.rules_id,
            made=self.current.made,
        )

    def request(self) -> SupplementAsked:
        """The event that asks for what is missing."""
        assert self.asked is not None
        return SupplementAsked(
            application_id=self.application_id,
            round_id=self.round_id,
            tax_code=self.tax_code,
            product_name=self.current.product_name,
            rules_id=self.rules_id,
            made=self.current.made,
            **{name: getattr(self.asked, name) for name in Asked.model_fields},
        )

    def withdrawn(self, on: date, reason: str) -> ApplicationWithdrawn:
        """The event that says the dossier never came before the Council."""
        return ApplicationWithdrawn(
            application_id=self.application_id,
            round_id=self.round_id,
            tax_code=self.tax_code,
            withdrawn_on=on,
            reason=reason,
        )

    def question(self) -> WithdrawalAsked:
        """The event that asks the round to let go of the dossier."""
        assert self.withdrawal is not None
        return WithdrawalAsked(
            application_id=self.application_id,
            round_id=self.round_id,
            tax_code=self.tax_code,
            asked_on=self.withdrawal.asked_on,
            reason=self.withdrawal.reason,
        )


class ProductDossiers(Document, collection="product_dossiers"):
    """The dossiers of a product in a round, as they were filed: the id is enterprise/round|product."""

    applications: tuple[str, ...] = ()


class KnownDossier(Document, collection="known_dossiers"):
    """That a dossier is known under a code: filed under it, or under a former one; the id is enterprise/dossier."""


def application_key(tax_code: str, application_id: str) -> str:
    """Id of an Application."""
    return f"{tax_code}/{application_id}"


def product_key(tax_code: str, round_id: str, product_id: str) -> str:
    """Id of a ProductDossiers; no identifier holds a bar, so two of them never meet."""
    return f"{tax_code}/{round_id}|{product_id}"
