"""Events of the scoring service on the life of a recognition, from its granting to its last day."""

from datetime import date as Date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from shared.contracts.base import Data, Identifier, Text, contract
from shared.contracts.department import Industry
from shared.contracts.registers import TaxCode
from shared.contracts.scoring import RECOGNITION, SCORING_LOG


@contract(RECOGNITION, key="tax_code", subject="certificate")
class RecognitionRenewed(Data):
    """A recognition lasts longer: the period that was running goes on to a new last day."""

    certificate: Identifier
    tax_code: TaxCode
    product_id: Identifier
    decision: Text
    decided_on: Date
    rules_id: Identifier = Field(description="version of the rules on validity it is renewed by")
    valid_to: Date = Field(description="last day in force, both periods together")


@contract(RECOGNITION, key="tax_code", subject="certificate")
class RecognitionSuspended(Data):
    """A recognition has no effect for a time: its holder has neither the right to the logo nor to support for holders."""

    certificate: Identifier
    tax_code: TaxCode
    product_id: Identifier
    decision: Text
    suspended_from: Date
    suspended_until: Date | None = Field(description="last day of it, none where it lasts until it is lifted")
    reason: Text


@contract(RECOGNITION, key="tax_code", subject="certificate")
class RecognitionReinstated(Data):
    """A suspension is over: by a decision, or because its time has come."""

    certificate: Identifier
    tax_code: TaxCode
    product_id: Identifier
    decision: Text | None = Field(description="the decision that lifted it, none where its time had come")
    reinstated_on: Date = Field(description="first day in force again")


@contract(RECOGNITION, key="tax_code", subject="certificate")
class RecognitionRevoked(Data):
    """A recognition was taken away for good."""

    certificate: Identifier
    tax_code: TaxCode
    product_id: Identifier
    decision: Text
    revoked_on: Date = Field(description="first day without it")
    reason: Text


@contract(RECOGNITION, key="tax_code", subject="certificate")
class RecognitionExpired(Data):
    """The last day of a recognition has passed; one that is renewed late all the same is published as renewed."""

    certificate: Identifier
    tax_code: TaxCode
    product_id: Identifier
    valid_to: Date = Field(description="its last day")


@contract(RECOGNITION, key="tax_code", subject="certificate")
class HonoursChanged(Data):
    """An amending decision gave a product another place in the Top 10, or took it out."""

    certificate: Identifier
    tax_code: TaxCode
    product_id: Identifier
    decision: Text
    decided_on: Date
    top10_rank: int | None = Field(description="1 to 10, none where it is no longer in the Top 10")
    before: int | None = Field(description="its place until then")


@contract(RECOGNITION, key="tax_code", subject="certificate")
class FirstTimeCorrected(Data):
    """An earlier recognition of the same product became known, by a merger or late: first time or again, as it is now."""

    certificate: Identifier
    tax_code: TaxCode
    product_id: Identifier
    first_time: bool


@contract(RECOGNITION, key="tax_code", subject="certificate")
class RecognitionTransferred(Data):
    """A recognition is held under another tax code from now on: its enterprise was merged, or changed its code."""

    certificate: Identifier
    tax_code: TaxCode = Field(description="the holder now")
    formerly: TaxCode = Field(description="the holder until then")
    product_id: Identifier
    merged_on: Date


class RecognitionFact(Data):
    """One dated fact of a recognition's life after it was granted."""

    kind: Literal["renewed", "reviewed", "suspended", "lifted", "revoked", "honoured"]
    on: Date = Field(description="the day it takes effect; of a renewal the day it was decided, of a review the day of it")
    until: Date | None = Field(default=None, description="renewed: the new last day; suspended: the last day of it, where set")
    decision: Text | None = Field(default=None, description="number of the decision, none for a review")
    reason: Text | None = None
    rules_id: Identifier | None = Field(default=None, description="renewed: the rules on validity")
    passed: bool | None = Field(default=None, description="reviewed: the outcome")
    top10_rank: int | None = Field(default=None, description="honoured: the place, none where it has none any more")


@contract(SCORING_LOG, key="tax_code", subject="certificate")
class RecognitionFactSent(Data):
    """A fact on its way to the key a recognition lies at: from its round, or from a key it has left."""

    tax_code: TaxCode
    certificate: Identifier
    fact: RecognitionFact
    months: int | None = Field(default=None, description="renewed: how much longer it lasts, months")
    notice_business_days: int | None = Field(default=None, description="renewed: how long before its last day to tell the holder")
    amending: bool = Field(default=False, description="said by an amending decision, which has been checked against the ranking")


class RecognitionRecord(Data):
    """A recognition as it is handed on, with its history."""

    certificate: Identifier
    application_id: Identifier
    round_id: Identifier
    year: int
    enterprise_name: Text
    product_id: Identifier
    product_name: Text
    industry: Industry
    decision: Text
    decided_on: Date
    valid_from: Date
    granted_to: Date
    valid_to: Date
    logo_right: bool
    first_time: bool
    top10_rank: int | None
    score: Decimal
    notice_business_days: int
    announced: tuple[Identifier, ...] = Field(description="what its holder was told when it fell due, so that it is told once")
    facts: tuple[RecognitionFact, ...]
    made: bool


@contract(SCORING_LOG, key="tax_code", subject="formerly")
class RecognitionsHandedOn(Data):
    """What an enterprise held goes to the tax code it goes on under."""

    tax_code: TaxCode
    formerly: TaxCode
    merged_on: Date
    through: tuple[TaxCode, ...] = Field(description="every tax code it has come by")
    recognitions: tuple[RecognitionRecord, ...]
