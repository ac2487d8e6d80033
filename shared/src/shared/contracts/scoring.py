"""Events of the scoring service: assessments, the ranking of a round, and recognitions."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from shared.contracts.applications import Reason
from shared.contracts.base import Data, Date, Identifier, Text, Topic, contract
from shared.contracts.department import Industry
from shared.contracts.notices import Notice
from shared.contracts.registers import TaxCode

ASSESSMENT = Topic("scoring.assessment.v1", "scoring", audience="public")
RECOGNITION = Topic("scoring.recognition.v1", "scoring", audience="public")
SCORING_NOTICE = Topic("scoring.notice.v1", "scoring")
SCORING_LOG = Topic("scoring.log.v1", "scoring")


@contract(ASSESSMENT, key="round_id", subject="application_id")
class AssessmentOpened(Data):
    """The Council can score a dossier now."""

    application_id: Identifier
    round_id: Identifier
    product_name: Text | None = Field(default=None, description="none where the Council scores without seeing whose it is")
    criteria_id: Identifier


@contract(ASSESSMENT, key="round_id", subject="application_id")
class ScoreRecorded(Data):
    """A score was recorded; its value is not published before scoring closes."""

    application_id: Identifier
    round_id: Identifier
    member_id: Identifier
    criterion: Identifier
    replaced: bool = Field(description="whether an earlier score of the member was replaced")


@contract(ASSESSMENT, key="round_id", subject="application_id")
class MemberRecused(Data):
    """A member may not score a dossier, because of a conflict with its enterprise; scores given before are void."""

    application_id: Identifier
    round_id: Identifier
    member_id: Identifier
    why: Literal["declared", "agency", "interest"] = Field(
        description="declared by the member, or the member's agency or a listed interest is the enterprise"
    )
    void: int = Field(description="how many criteria the member had scored")


@contract(ASSESSMENT, key="round_id", subject="application_id")
class DossierWithdrawn(Data):
    """A round let go of a dossier, because its enterprise asked for it or another dossier took its place."""

    application_id: Identifier
    round_id: Identifier
    tax_code: TaxCode
    withdrawn_on: Date
    replaced_by: Identifier | None = Field(default=None, description="the dossier that took its place, where one did")


@contract(ASSESSMENT, key="round_id", subject="application_id")
class WithdrawalDeclined(Data):
    """A round keeps a dossier that its enterprise wanted back, with the reason."""

    application_id: Identifier
    round_id: Identifier
    tax_code: TaxCode
    reason: Reason


class CriterionScore(Data):
    """The mean, median and spread of a criterion, and how many scores they are of."""

    criterion: Identifier
    mean: Decimal = Field(description="points, rounded to 0.001 for display; the sum uses exact fractions")
    scores: int = Field(description="how many members' scores; 0 where it is computed")
    median: Decimal | None = Field(default=None, description="points, rounded to 0.001; none in events of earlier versions")
    spread: Decimal | None = Field(default=None, description="highest less lowest score, points")
    deviation: Decimal | None = Field(default=None, description="standard deviation of these scores, points to 0.001")
    computed: bool = Field(default=False, description="computed from the declared figures, not given by members")


class WaivedCriterion(Data):
    """A criterion that was not scored, why, and what that means for the total."""

    criterion: Identifier
    why: Literal["waived-by-chair", "no-owner-left"]
    reason: Text | None = Field(default=None, description="the chair's words")
    counts: Literal["scaled", "zero"] = Field(description="the rest is scaled to the full maximum, or it counts zero")


@contract(ASSESSMENT, key="round_id", subject="application_id")
class ProductScored(Data):
    """The score of a product after closing: the sum of the criteria's means, rounded half up to 0.01."""

    application_id: Identifier
    round_id: Identifier
    tax_code: TaxCode
    product_name: Text
    score: Decimal = Field(description="points, two decimals")
    criteria: tuple[CriterionScore, ...]
    passed: bool
    reasons: tuple[Reason, ...] = Field(description="why it did not pass, empty where it did")
    criteria_id: Identifier | None = Field(default=None, description="the set it was scored by")
    maximum: Decimal | None = Field(default=None, description="most points of that set")
    median: Decimal | None = Field(default=None, description="the total with medians in place of means, two decimals")
    spread: Decimal | None = Field(default=None, description="total of the highest scores less total of the lowest, two decimals")
    deviation: Decimal | None = Field(default=None, description="root of the sum of the criteria's variances, points to 0.001")
    waived: tuple[WaivedCriterion, ...] = ()


class Comparison(Data):
    """One step of the order between a place and the next: what was compared and both values, exactly."""

    by: Identifier = Field(description="score, a criterion, received, application")
    value: Text = Field(description="of this place: points, a share of the maximum, a date; n/d where no decimal is exact")
    next: Text = Field(description="of the next place")


class RankedProduct(Data):
    """One place of the ranking."""

    rank: int
    application_id: Identifier
    score: Decimal
    passed: bool
    decided_by: Identifier = Field(description="what set it before the next: score, a criterion, received, application")
    compared: tuple[Comparison, ...] = Field(default=(), description="each step against the next place, to the one that decided")


@contract(ASSESSMENT, key="round_id")
class RoundRanked(Data):
    """The ranking of a round, with what decided each tie, and its Top 10; a later version takes the place of the one before."""

    round_id: Identifier
    version: int = Field(default=1, description="1 at closing, one more each time the ranking is made again")
    criteria_id: Identifier
    ranking: tuple[RankedProduct, ...]
    top10: tuple[Identifier, ...] = Field(description="application ids, best first, of those that pass")


@contract(ASSESSMENT, key="round_id", subject="application_id")
class AssessmentReopened(Data):
    """One assessment is scored again after closing; until it is ranked anew the round stands as it was."""

    application_id: Identifier
    round_id: Identifier
    because: Identifier = Field(description="the objection or appeal that was taken up")


@contract(SCORING_LOG, key="tax_code", subject="application_id")
class RecognitionLineDecided(Data):
    """What the decision of a round means for one product: sent from the round to the enterprise."""

    application_id: Identifier
    round_id: Identifier
    year: int
    tax_code: TaxCode
    enterprise_name: Text
    product_id: Identifier
    product_name: Text
    industry: Industry
    decision: Text
    decided_on: Date
    certificate: Identifier | None = Field(description="certificate number, None where it is not recognised")
    validity_months: int
    expiry_notice_business_days: int = 0
    appeals_until: Date | None = Field(default=None, description="last day an appeal may come, none where the round knows none")
    score: Decimal
    rank: int
    top10_rank: int | None = Field(default=None, description="1 to 10 for a Top 10 product")
    reasons: tuple[Reason, ...] = Field(description="why it is not recognised, empty where it is")
    made: bool = Field(default=False, description="true where figures behind it were made for a scenario")


@contract(SCORING_LOG, key="formerly")
class EnterpriseCodesJoined(Data):
    """Two tax codes are of one enterprise: a conflict that names either counts for both, in every round."""

    formerly: TaxCode
    tax_code: TaxCode = Field(description="the code it goes on under")


@contract(RECOGNITION, key="tax_code", subject="certificate")
class ProductRecognised(Data):
    """A product was recognised as a key industrial product of the city."""

    certificate: Identifier = Field(description="round-line, for example 2021-007")
    application_id: Identifier
    round_id: Identifier
    year: int
    tax_code: TaxCode
    enterprise_name: Text
    product_id: Identifier
    product_name: Text
    industry: Industry
    decision: Text
    decided_on: Date
    valid_from: Date
    valid_to: Date = Field(description="last day in force")
    logo_right: bool = Field(description="may use the programme's logo while in force")
    first_time: bool = Field(description="the product was never recognised before")
    top10_rank: int | None = Field(description="1 to 10 for a Top 10 product")
    score: Decimal
    made: bool = Field(default=False, description="true where figures behind it were made for a scenario")


@contract(RECOGNITION, key="tax_code", subject="application_id")
class ProductNotRecognised(Data):
    """A product of the round was not recognised, with the reasons."""

    application_id: Identifier
    round_id: Identifier
    year: int
    tax_code: TaxCode
    product_id: Identifier
    product_name: Text
    decision: Text
    score: Decimal
    reasons: tuple[Reason, ...]


@contract(SCORING_NOTICE, key="addressee", subject="about")
class CouncilNotified(Notice):
    """A notice from the Council's secretariat: to members, agencies, enterprises and the department."""
