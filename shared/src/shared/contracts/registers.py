"""Events of the registers: enterprises, their yearly results, and supporting industries (CNHT)."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.contracts.base import Data, Date, Dong, Identifier, Text, Topic, contract

ENTERPRISES = Topic("city.enterprises.v1", "registers", answered_by="applications")

# Its form only; the check digit is a rule of the applications service, answered with a slug of its own.
TaxCode = Annotated[
    str,
    StringConstraints(pattern=r"^(\d{10}|\d{10}-\d{3}|\d{12})$"),
    Field(description="mã số thuế: 10 digits, 10 digits and a branch suffix, or the 12-digit personal number"),
]

# A document by its content; the file itself stays with who has it.
Sha256 = Annotated[
    str, StringConstraints(pattern=r"^[0-9a-f]{64}$"), Field(description="SHA-256 of the file, 64 hexadecimal digits")
]


@contract(ENTERPRISES, key="tax_code")
class EnterpriseRegistered(Data):
    """An enterprise is known to the registers."""

    tax_code: TaxCode
    name: Text
    head_office: Text = Field(description="province or city of the head office, for example Hà Nội")
    factory: Text | None = Field(default=None, description="province or city of the factory, where there is one")
    district: Text | None = Field(
        default=None, description="district in Hà Nội, where one is, as the division into districts was on that day"
    )
    since: Date | None = Field(default=None, description="day of the entry; the day of the event where it is not given")
    made: bool = Field(default=False, description="true where the data was made for a scenario and is not real")


@contract(ENTERPRISES, key="former")
class TaxCodeChanged(Data):
    """The tax authority gave an enterprise another code; the former one stays known as an alias."""

    former: TaxCode = Field(description="the code until then, without a branch suffix")
    tax_code: TaxCode = Field(description="the code now, without a branch suffix")
    changed_on: Date


@contract(ENTERPRISES, key="absorbed")
class EnterprisesMerged(Data):
    """Two entries of the register are one enterprise from now on: it was entered twice, or one took over the other."""

    absorbed: TaxCode = Field(description="the code that ends, without a branch suffix")
    kept: TaxCode = Field(description="the code that goes on, without a branch suffix")
    merged_on: Date
    why: Literal["duplicate", "merged"] = Field(
        description="duplicate: entered twice; merged: one took over the other (sáp nhập)"
    )


class Capability(Data):
    """What a supplier makes, and how much of it a year."""

    product: Text
    capacity: Decimal = Field(
        ge=0, max_digits=18, decimal_places=3, description="most a year, in the unit, a decimal in a string"
    )
    unit: Text = Field(description="for example chiếc, tấn, bộ")


class StandardHeld(Data):
    """A certificate of a management standard."""

    standard: Identifier = Field(description="code of the standard, for example ISO-9001 or IATF-16949")
    certificate: Text = Field(description="number of the certificate")
    issuer: Text
    valid_until: Date = Field(description="last day in force")


@contract(ENTERPRISES, key="tax_code")
class SupportingIndustryConfirmed(Data):
    """The department confirmed an enterprise as one of the supporting industries (CNHT)."""

    tax_code: TaxCode
    confirmed_on: Date
    sector: Text
    more_sectors: tuple[Text, ...] = Field(default=(), description="sectors beside the first")
    capabilities: tuple[Capability, ...] = Field(default=(), description="what it makes")
    standards: tuple[StandardHeld, ...] = Field(default=(), description="management standards it holds")
    made: bool = Field(default=False, description="true where the data was made for a scenario and is not real")


@contract(ENTERPRISES, key="tax_code")
class SupportingIndustryNominated(Data):
    """The department itself named an enterprise for the list of the supporting industries, without a district."""

    tax_code: TaxCode
    year: int = Field(ge=2006, le=2100, description="the year it is nominated for")
    nominated_on: Date
    reason: Text = Field(description="why the department thinks it capable")
    made: bool = Field(default=False, description="true where the data was made for a scenario and is not real")


@contract(ENTERPRISES, key="tax_code")
class SupportingIndustryRemoved(Data):
    """The department struck an enterprise off the list of the supporting industries."""

    tax_code: TaxCode
    removed_on: Date
    reason: Text


@contract(ENTERPRISES, key="tax_code")
class RuralEstablishmentConfirmed(Data):
    """An enterprise was confirmed as a rural industrial establishment (cơ sở công nghiệp nông thôn)."""

    tax_code: TaxCode
    confirmed_on: Date = Field(description="first day it counts as one")
    made: bool = Field(default=False, description="true where the data was made for a scenario and is not real")


@contract(ENTERPRISES, key="tax_code")
class AnnualResultReported(Data):
    """An enterprise's results of a year."""

    tax_code: TaxCode
    year: int = Field(ge=2000, le=2100)
    production_value: Dong = Field(description="value of production, đồng")
    exports_usd: int = Field(strict=True, ge=0, le=10**12, description="exports, USD")
    made: bool = Field(default=False, description="true where the figures were made for a scenario and are not real")
