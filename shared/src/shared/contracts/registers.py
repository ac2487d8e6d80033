"""Events of the registers: enterprises, their yearly results, and supporting industries (CNHT)."""

from datetime import date as Date
from typing import Annotated

from pydantic import Field, StringConstraints

from shared.contracts.base import Data, Dong, Text, Topic, contract

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
    district: Text | None = Field(default=None, description="district in Hà Nội, where one is")
    made: bool = Field(default=False, description="true where the data was made for a scenario and is not real")


@contract(ENTERPRISES, key="tax_code")
class SupportingIndustryConfirmed(Data):
    """The department confirmed an enterprise as one of the supporting industries (CNHT)."""

    tax_code: TaxCode
    confirmed_on: Date
    sector: Text
    made: bool = Field(default=False, description="true where the data was made for a scenario and is not real")


@contract(ENTERPRISES, key="tax_code")
class AnnualResultReported(Data):
    """An enterprise's results of a year."""

    tax_code: TaxCode
    year: int = Field(ge=2000, le=2100)
    production_value: Dong = Field(description="value of production, đồng")
    exports_usd: int = Field(strict=True, ge=0, le=10**12, description="exports, USD")
    made: bool = Field(default=False, description="true where the figures were made for a scenario and are not real")
