"""Events of the Council's secretariat (Hội đồng đánh giá, xét chọn) and the city's decision it records."""

from datetime import date as Date
from typing import Annotated

from pydantic import Field

from shared.contracts.base import Data, Identifier, Text, Topic, contract
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


class DecisionLine(Data):
    """One line of the decision: the certificate number is made from the year and the line."""

    line: int = Field(strict=True, ge=1, le=9999)
    application_id: Identifier


@contract(COUNCIL, key="round_id")
class RecognitionDecided(Data):
    """The city decided which products of a round are recognised (quyết định công nhận)."""

    round_id: Identifier
    decision: Text = Field(description="number of the decision, for example 5012/QĐ-UBND")
    decided_on: Date
    lines: tuple[DecisionLine, ...]
