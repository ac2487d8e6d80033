"""What the log of the applications service carries when an enterprise goes on under another tax code."""

from typing import Literal

from pydantic import Field

from shared.contracts.base import Data, Date, Identifier, Text, Topic, contract
from shared.contracts.districts import Nominated
from shared.contracts.registers import SupportingIndustryConfirmed, SupportingIndustryRemoved, TaxCode

APPLICATIONS_LOG = Topic("applications.log.v1", "applications")

Why = Literal["duplicate", "merged", "code-changed"]


class FormerName(Data):
    """A name an enterprise had."""

    name: Text
    until: Date = Field(description="day from which it has another")


class Site(Data):
    """What the register says of one code: the head office's, or that of a branch with its own suffix."""

    tax_code: TaxCode
    name: Text
    head_office: Text
    factory: Text | None
    district: Text | None
    since: Date = Field(description="day of the entry, which dates the district too")
    made: bool
    former_names: tuple[FormerName, ...] = ()


class FormerCode(Data):
    """A code an enterprise had, or one it took over."""

    tax_code: TaxCode
    into: TaxCode = Field(description="the code it went on under then; that one may be a former code by now")
    merged_on: Date
    why: Why


class DossierPlace(Data):
    """Where a dossier lies: at the key its enterprise had when it was filed."""

    application_id: Identifier
    round_id: Identifier
    product_id: Identifier
    tax_code: TaxCode


class Facts(Data):
    """All that was said of an enterprise, before anything is concluded from it."""

    sites: tuple[Site, ...]
    former_codes: tuple[FormerCode, ...]
    confirmations: tuple[SupportingIndustryConfirmed, ...]
    removals: tuple[SupportingIndustryRemoved, ...]
    nominations: tuple[Nominated, ...]
    dossiers: tuple[DossierPlace, ...]


@contract(APPLICATIONS_LOG, key="formerly")
class EnterpriseMergeDecided(Data):
    """A code becomes an alias of another: sent from where all mergers are decided to the former code."""

    formerly: TaxCode
    tax_code: TaxCode = Field(description="the code it goes on under")
    merged_on: Date
    why: Why


@contract(APPLICATIONS_LOG, key="tax_code", subject="formerly", behind_all=True)
class EnterpriseHandedOver(Data):
    """All that was recorded under a former code: sent from it to the code it goes on under."""

    formerly: TaxCode
    tax_code: TaxCode = Field(description="the code it goes on under")
    merged_on: Date
    why: Why
    facts: Facts
