"""Events of the applications service: dossiers and the register of enterprises."""

from typing import Literal

from pydantic import Field

from shared.contracts.base import Data, Date, Identifier, Sentence, Text, Topic, contract
from shared.contracts.department import Industry
from shared.contracts.notices import Notice
from shared.contracts.portal import YearFigures
from shared.contracts.registers import TaxCode

APPLICATIONS_NOTICE = Topic("applications.notice.v1", "applications")
APPLICATION = Topic("applications.application.v1", "applications", audience="public")
ENTERPRISE = Topic("applications.enterprise.v1", "applications", audience="public")


class Reason(Data):
    """One reason of a rejection or a refused line, for programs (slug) and people (vi, en)."""

    slug: Identifier
    vi: Sentence
    en: Sentence
    field: str | None = Field(default=None, description="path of the field in the event it concerns")


@contract(APPLICATION, key="tax_code", subject="application_id")
class ApplicationReceived(Data):
    """A dossier was received and is being checked."""

    application_id: Identifier
    round_id: Identifier
    tax_code: TaxCode
    product_name: Text
    received: Date


@contract(APPLICATION, key="tax_code", subject="application_id")
class SupplementAsked(Data):
    """A dossier lacks something that can be handed in: it is asked for once, with a deadline."""

    application_id: Identifier
    round_id: Identifier
    tax_code: TaxCode
    product_name: Text
    asked_on: Date
    due: Date = Field(description="last day the answer is received")
    reasons: tuple[Reason, ...] = Field(description="what is missing, in words")
    documents: tuple[Identifier, ...] = Field(description="kinds of document asked for")
    years: tuple[int, ...] = Field(description="years whose figures are asked for")
    commitments: tuple[Identifier, ...] = Field(description="commitments asked for")
    rules_id: Identifier
    made: bool = Field(default=False, description="true where the dossier was made for a scenario and is not real")


@contract(APPLICATION, key="tax_code", subject="application_id")
class ApplicationAccepted(Data):
    """A dossier is eligible and goes to the Council; carries what scoring needs."""

    application_id: Identifier
    round_id: Identifier
    tax_code: TaxCode
    enterprise_name: Text
    product_id: Identifier
    product_name: Text
    industry: Industry
    received: Date
    figures: tuple[YearFigures, ...]
    rules_id: Identifier = Field(description="version of the eligibility rules it was checked by")
    replaces: Identifier | None = Field(
        default=None, description="the dossier of the same product and round it takes the place of"
    )
    made: bool = Field(default=False, description="true where the figures were made for a scenario and are not real")


@contract(APPLICATION, key="tax_code", subject="application_id")
class ApplicationRejected(Data):
    """A dossier is not eligible, with every reason at once."""

    application_id: Identifier
    round_id: Identifier
    tax_code: TaxCode
    product_name: Text
    reasons: tuple[Reason, ...]
    rules_id: Identifier
    made: bool = Field(default=False, description="true where the figures were made for a scenario and are not real")


@contract(APPLICATION, key="tax_code", subject="application_id")
class ApplicationWithdrawn(Data):
    """An enterprise took back a dossier that was not accepted yet."""

    application_id: Identifier
    round_id: Identifier
    tax_code: TaxCode
    withdrawn_on: Date
    reason: Text


@contract(APPLICATION, key="tax_code", subject="application_id")
class WithdrawalAsked(Data):
    """An enterprise wants to take back an accepted dossier; its round in the scoring service decides, and nobody else."""

    application_id: Identifier
    round_id: Identifier
    tax_code: TaxCode
    asked_on: Date
    reason: Text


class Contradiction(Data):
    """Figures of a dossier that other evidence contradicts. It is shown to the department and decides nothing."""

    slug: Literal["differs-from-earlier-filing", "above-annual-result"]
    year: int = Field(description="the year the figures are of")
    figure: Literal["revenue", "exports_usd"]
    declared: int = Field(description="as the dossier declares it; đồng or USD")
    evidence: int = Field(description="as the source has it; đồng or USD")
    source: Identifier = Field(description="the earlier dossier, or annual-result/ and the year")
    tolerance_percent: int = Field(description="how far apart they may be, per cent")
    vi: Sentence
    en: Sentence


@contract(APPLICATIONS_NOTICE, key="tax_code", subject="application_id")
class DossierFlagged(Data):
    """What a dossier declares and other evidence contradict each other: for the department to look into."""

    application_id: Identifier
    round_id: Identifier
    tax_code: TaxCode
    contradiction: Contradiction
    made: bool = Field(default=False, description="true where figures behind it were made for a scenario")


@contract(APPLICATIONS_NOTICE, key="tax_code", subject="application_id")
class DossierFlagLifted(Data):
    """A flag of a dossier fell away, because figures behind it were corrected."""

    application_id: Identifier
    round_id: Identifier
    tax_code: TaxCode
    contradiction: Contradiction
    made: bool = Field(default=False, description="true where figures behind it were made for a scenario")


@contract(ENTERPRISE, key="tax_code", subject="formerly")
class EnterpriseMerged(Data):
    """An enterprise goes on under another tax code; what was recorded under the former one belongs to the code now."""

    tax_code: TaxCode = Field(description="the key now")
    formerly: TaxCode = Field(description="the key until then; stays known as an alias")
    merged_on: Date
    why: Literal["duplicate", "merged", "code-changed"]


@contract(ENTERPRISE, key="tax_code")
class EnterpriseRecorded(Data):
    """An enterprise as the programme knows it now."""

    tax_code: TaxCode = Field(description="the key: 10 digits without a branch suffix, or 12 digits")
    name: Text
    in_the_city: bool = Field(description="head office or factory in Hà Nội")
    district: Text | None = None
    supporting_industry: bool = Field(description="confirmed as one of the supporting industries (CNHT)")
    made: bool = Field(default=False, description="true where the data was made for a scenario and is not real")


@contract(APPLICATIONS_NOTICE, key="addressee", subject="about")
class ApplicantNotified(Notice):
    """A notice from the desk that checks dossiers and keeps the registers."""
