"""Events of the Council's secretariat (Hội đồng đánh giá, xét chọn) and the city's decision it records."""

from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.base import Data, Date, Identifier, Text, Topic, contract
from shared.contracts.department import Points
from shared.contracts.registers import TaxCode

COUNCIL = Topic("city.council.v1", "council", answered_by="scoring")


class Member(Data):
    """A member of the Council; `agency` decides which criteria the member scores."""

    member_id: Identifier
    name: Text
    agency: Identifier
    chair: bool = False
    interests: tuple[TaxCode, ...] = Field(default=(), description="enterprises the member has an interest in")


@contract(COUNCIL, key="round_id")
class CouncilAppointed(Data):
    """The Council of a round was appointed (2023/QĐ-UBND and its predecessors), or appointed anew by a later decision."""

    round_id: Identifier
    decision: Text
    members: Annotated[tuple[Member, ...], Field(min_length=1)]
    effective_from: Date | None = Field(default=None, description="date of effect; a later version needs a later one")
    scoring_due: Date | None = Field(default=None, description="last day for scores, where one is set; late scores still count")
    remind_before: tuple[Annotated[int, Field(strict=True, ge=1, le=60)], ...] = Field(
        default=(), description="business days before the due day on which those with scores missing are reminded"
    )
    made: bool = Field(default=False, description="true where the names were made for a scenario and are not real")


@contract(COUNCIL, key="round_id", subject="application_id")
class ScoreFiled(Data):
    """A member scored one criterion of one dossier (phiếu chấm điểm); a later one of the same member replaces it."""

    round_id: Identifier
    application_id: Identifier
    member_id: Identifier
    criterion: Identifier
    points: Points
    reason: Text | None = Field(default=None, description="why an earlier score is changed, where the member says so")
    made: bool = Field(default=False, description="true where the score was made for a scenario and is not real")


@contract(COUNCIL, key="round_id", subject="member_id")
class ConflictDeclared(Data):
    """A member has a conflict of interest with an enterprise: the member scores none of its dossiers in the round."""

    round_id: Identifier
    member_id: Identifier
    tax_code: TaxCode = Field(description="the enterprise")
    reason: Text
    declared_on: Date


@contract(COUNCIL, key="round_id", subject="criterion")
class CriterionWaived(Data):
    """The chair waives a criterion of one dossier or of all: scoring can close without it."""

    round_id: Identifier
    application_id: Identifier | None = Field(default=None, description="the dossier; none: every dossier of the round")
    criterion: Identifier
    reason: Text
    waived_by: Identifier = Field(description="the member who chairs the Council")


@contract(COUNCIL, key="round_id")
class ScoringClosed(Data):
    """Scoring of a round is closed over exactly these dossiers, less those withdrawn; it waits until all of them are there."""

    round_id: Identifier
    closed_on: Date
    applications: tuple[Identifier, ...]


@contract(COUNCIL, key="round_id")
class ResultPublished(Data):
    """The ranking of a round is open to comment (2023: 07/11 to 24/11); the decision comes after the last day for it."""

    round_id: Identifier
    published_on: Date
    comments_until: Date = Field(description="last day on which an objection counts as received in time")


@contract(COUNCIL, key="round_id", subject="objection_id")
class ObjectionFiled(Data):
    """Somebody objects to the published result; it has to be answered before the city decides."""

    objection_id: Identifier = Field(description="unique in its round")
    round_id: Identifier
    application_id: Identifier | None = Field(default=None, description="the dossier it is about, none where it is about all")
    by: Text = Field(description="who objects, by name")
    text: Text
    received: Date = Field(description="day it was received, not sent")
    made: bool = Field(default=False, description="true where the objection was made for a scenario and is not real")


@contract(COUNCIL, key="round_id", subject="objection_id")
class ObjectionAnswered(Data):
    """An objection was answered; one that is upheld has the assessment of its dossier scored again."""

    objection_id: Identifier
    round_id: Identifier
    answer: Text
    answered_on: Date
    outcome: Literal["upheld", "rejected"]


@contract(COUNCIL, key="round_id")
class RescoringClosed(Data):
    """A reopened assessment has been scored again; it is ranked anew with what every other dossier has."""

    round_id: Identifier
    application_id: Identifier
    closed_on: Date


class DecisionLine(Data):
    """One line of the decision: the certificate number is made from the round and the line."""

    line: int = Field(strict=True, ge=1, le=9999)
    application_id: Identifier


class LeftOut(Data):
    """A product that passed and is not recognised all the same, with the reason."""

    application_id: Identifier
    reason: Text


@contract(COUNCIL, key="round_id")
class RecognitionDecided(Data):
    """The city decided which products of a round are recognised (quyết định công nhận)."""

    round_id: Identifier
    decision: Text = Field(description="number of the decision, for example 5012/QĐ-UBND")
    decided_on: Date
    lines: tuple[DecisionLine, ...]
    left_out: tuple[LeftOut, ...] = Field(default=(), description="products that passed and are not recognised")


@contract(COUNCIL, key="round_id", subject="appeal_id")
class AppealFiled(Data):
    """Somebody appeals against the decision on one dossier."""

    appeal_id: Identifier = Field(description="unique in its round")
    round_id: Identifier
    application_id: Identifier
    by: Text = Field(description="who appeals, by name")
    grounds: Text
    received: Date = Field(description="day it was received, not sent")
    made: bool = Field(default=False, description="true where the appeal was made for a scenario and is not real")


@contract(COUNCIL, key="round_id", subject="appeal_id")
class AppealAdmitted(Data):
    """The Council takes an appeal up: the one assessment is scored again, by the same criteria and the same Council."""

    appeal_id: Identifier
    round_id: Identifier
    admitted_on: Date


@contract(COUNCIL, key="round_id", subject="appeal_id")
class AppealDismissed(Data):
    """The Council does not take an appeal up; the result stands."""

    appeal_id: Identifier
    round_id: Identifier
    dismissed_on: Date
    reason: Text


class RevokedLine(Data):
    """A product that loses its recognition by an amending decision, with the reason."""

    application_id: Identifier
    reason: Text


@contract(COUNCIL, key="round_id")
class DecisionAmended(Data):
    """The city amends its decision on a round after an appeal; what it does not name stays as it was."""

    round_id: Identifier
    decision: Text = Field(description="number of the amending decision")
    decided_on: Date
    recognise: tuple[DecisionLine, ...] = Field(default=(), description="products recognised now, under new line numbers")
    revoke: tuple[RevokedLine, ...] = Field(default=(), description="products that lose the recognition of this round")
    honours: tuple[Identifier, ...] = Field(description="the Top 10 anew: dossiers, best first")


@contract(COUNCIL, key="tax_code", subject="certificate")
class RenewalDecided(Data):
    """The city renews a recognition, under a version of the rules on validity."""

    certificate: Identifier
    tax_code: TaxCode
    decision: Text
    decided_on: Date
    rules_id: Identifier = Field(description="version of the rules on validity it is renewed by, see ValidityRulesIssued")


@contract(COUNCIL, key="tax_code", subject="certificate")
class MaintenanceReviewed(Data):
    """A recognised product was reviewed (đánh giá duy trì công nhận); a failed review is a ground for a decision, not one."""

    certificate: Identifier
    tax_code: TaxCode
    reviewed_on: Date
    passed: bool
    reason: Text | None = Field(default=None, description="what was found; needed where it failed")


@contract(COUNCIL, key="tax_code", subject="certificate")
class SuspensionDecided(Data):
    """A recognition is suspended, for a time or until it is lifted."""

    certificate: Identifier
    tax_code: TaxCode
    decision: Text
    decided_on: Date
    suspended_from: Date = Field(description="first day without the rights of a recognition")
    suspended_until: Date | None = Field(default=None, description="last such day; none: until it is lifted")
    reason: Text


@contract(COUNCIL, key="tax_code", subject="certificate")
class SuspensionLifted(Data):
    """A suspension ends before its time, or at last."""

    certificate: Identifier
    tax_code: TaxCode
    decision: Text
    decided_on: Date
    lifted_on: Date = Field(description="first day in force again")


@contract(COUNCIL, key="tax_code", subject="certificate")
class RevocationDecided(Data):
    """A recognition is taken away for good."""

    certificate: Identifier
    tax_code: TaxCode
    decision: Text
    decided_on: Date
    revoked_on: Date = Field(description="first day without the recognition")
    reason: Text
