"""Events of the reporting service: the latest state per key, on compacted topics, and what its keys tell each other."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from shared.contracts.base import Data, Date, Dong, Identifier, Text, Topic, contract
from shared.contracts.department import Industry
from shared.contracts.registers import TaxCode

RECOGNISED_PRODUCT = Topic("reporting.recognised-product.v1", "reporting", audience="public", compacted=True)
GRANT_REGISTER = Topic("reporting.grant.v1", "reporting", audience="public", compacted=True)
INDICATOR = Topic("reporting.indicator.v1", "reporting", audience="public", compacted=True)
INDICATOR_VALUE = Topic("reporting.indicator-value.v1", "reporting", audience="public", compacted=True)
REPORTING_LOG = Topic("reporting.log.v1", "reporting")

RecognitionState = Literal["in-force", "suspended", "revoked", "expired"]
GrantStage = Literal[
    "queued",
    "declined",
    "granted",
    "agreed",
    "advanced",
    "claimed",
    "accepted",
    "settled",
    "checked",
    "failed",
    "cancelled",
    "withdrawn",
]


@contract(RECOGNISED_PRODUCT, key="certificate")
class RecognisedProductState(Data):
    """A certificate as it stands now."""

    certificate: Identifier
    year: int
    tax_code: TaxCode = Field(description="the holder now")
    enterprise_name: Text = Field(description="the holder's; where a later holder's is not known yet, that of the decision")
    product_id: Identifier
    product_name: Text
    industry: Industry
    decision: Text
    valid_from: Date
    valid_to: Date = Field(description="last day in force, with every renewal")
    state: RecognitionState = Field(description="as of the last day that has begun")
    revoked_on: Date | None = Field(default=None, description="first day without it, none where it was not revoked")
    first_time: bool = Field(description="as corrected")
    top10_rank: int | None = Field(description="1 to 10, as amended; none where it is not in the Top 10")
    made: bool


@contract(GRANT_REGISTER, key="request_id")
class GrantState(Data):
    """A request for support as it stands now."""

    request_id: Identifier
    tax_code: TaxCode
    enterprise_name: Text | None
    scheme_id: Identifier
    scheme_version: Identifier
    activity_id: Identifier
    year: int
    state: Literal["granted", "declined", "queued"]
    line_id: Identifier | None
    amount: Dong
    made: bool
    stage: GrantStage | None = Field(default=None, description="how far it came; none from a publisher that did not say")
    entitled: Dong = Field(default=0, description="what it may come to now; `amount` is what was granted")
    paying: Dong = Field(default=0, description="ordered, and not answered by finance yet")
    paid: Dong = Field(default=0, description="paid out in all")
    to_recover: Dong = Field(default=0, description="to be paid back in all")
    recovered: Dong = Field(default=0, description="paid back in all")
    balance: Dong = Field(default=0, description="still to be paid back")


@contract(INDICATOR, key="row_id")
class IndicatorContribution(Data):
    """What one event adds to an indicator of a year; the total of an indicator is the sum over its rows."""

    row_id: Identifier
    indicator: Identifier
    year: int
    value: Decimal = Field(description="in the unit of the indicator")
    about: Identifier = Field(description="the enterprise, certificate, request or figure it comes from")
    event_id: Text = Field(description="source|id of the event behind it")
    made: bool


@contract(INDICATOR_VALUE, key="value_id")
class IndicatorValue(Data):
    """The value of an indicator in a year; taken away where there is nothing to compute it from any more."""

    value_id: Identifier = Field(description="code/year")
    indicator: Identifier
    year: int
    value: Decimal = Field(description="in the unit, rounded to 0.01, half away from zero; 12.5 percent is 12.50")
    exact: Text = Field(description="the value unrounded: a whole number or a fraction, as 200/3")
    unit: Text
    as_of: Date = Field(description="the day at whose end it came to stand so; it stands until the next record of its key")
    made: bool = Field(description="whether any row behind it was made for a scenario")


class EarlierFigure(Data):
    """What a figure was before a later report replaced it."""

    event_id: Text
    value: Decimal
    made: bool


class Ground(Data):
    """What one event gives a contribution row to rest on: that something is there, or a figure."""

    measure: Identifier
    year: int
    about: Identifier = Field(description="the certificate, dossier, request, class, enterprise, cluster or city figure behind")
    event_id: Text = Field(description="source|id of the event")
    value: Decimal = Field(default=Decimal(1), description="1 where something is there, otherwise in the unit of the measure")
    made: bool
    note: Text | None = None
    days: int | None = Field(default=None, description="of a figure of a part of a year: how many days it is of")
    earlier: tuple[EarlierFigure, ...] = ()


class LostGround(Data):
    """A ground that a row no longer rests on."""

    measure: Identifier
    year: int
    about: Identifier


@contract(REPORTING_LOG, key="tax_code")
class EnterpriseCounted(Data):
    """What an enterprise counts for from now on, and what it no longer counts for."""

    tax_code: TaxCode
    present: tuple[Ground, ...] = ()
    absent: tuple[LostGround, ...] = ()
    through: tuple[TaxCode, ...] = Field(default=(), description="every tax code it has come by")


@contract(REPORTING_LOG, key="application_id")
class DossierRecognised(Data):
    """The product of a dossier was recognised: sent from the certificate to the dossier."""

    application_id: Identifier
    round_id: Identifier
    year: int
    tax_code: TaxCode
    product_name: Text
    made: bool


@contract(REPORTING_LOG, key="tax_code", subject="certificate")
class HolderAsked(Data):
    """A certificate has come to an enterprise and wants its name, now and whenever it changes."""

    tax_code: TaxCode
    certificate: Identifier


@contract(REPORTING_LOG, key="certificate")
class CertificateLocated(Data):
    """The district of the enterprise a recognition counts for, as of the year of the recognition; none where it is not known."""

    certificate: Identifier
    tax_code: TaxCode
    district: Text | None = Field(description="by its name as it was recorded last by the end of the year")


@contract(REPORTING_LOG, key="certificate")
class HolderNamed(Data):
    """The name of the enterprise a certificate has come to."""

    certificate: Identifier
    tax_code: TaxCode
    enterprise_name: Text


@contract(REPORTING_LOG, key="tax_code", subject="formerly")
class CodeTakenOver(Data):
    """An enterprise went on under another code: sent from the former code to the one it has now, and on from there."""

    tax_code: TaxCode
    formerly: TaxCode
    into: TaxCode = Field(description="the code it went on under then; that one may be a former code by now")
    merged_on: Date
    through: tuple[TaxCode, ...] = Field(default=(), description="every tax code it has come by")


@contract(REPORTING_LOG, key="tax_code", subject="activity_id")
class ClassJoined(Data):
    """A list of a class names workers of an enterprise: sent from the class to the enterprise, without the learners."""

    activity_id: Identifier
    tax_code: TaxCode
    held_on: Date
    learners: int = Field(ge=1, description="its workers on this list")
    event_id: Text = Field(description="source|id of the list")
    made: bool


class ValuedIndicator(Data):
    """What one indicator came to."""

    indicator: Identifier
    exact: Text | None = Field(description="a whole number or a fraction, as 200/3; none where there is no value any more")
    unit: Text
    made: bool


@contract(REPORTING_LOG, key="year")
class IndicatorsValued(Data):
    """The values of the indicators of a year as they stood at the end of a day: those that were told otherwise before."""

    year: int
    as_of: Date = Field(description="the day, which is over in every partition")
    values: tuple[ValuedIndicator, ...]
