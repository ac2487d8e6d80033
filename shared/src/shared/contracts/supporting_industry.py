"""Supporting industries (CNHT): what the department says of standards, and the register as applications publishes it."""

from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.base import Data, Date, Identifier, Text, Topic, contract
from shared.contracts.department import PROGRAMME
from shared.contracts.registers import Capability, StandardHeld, TaxCode

SUPPLIER = Topic("applications.supplier.v1", "applications", audience="public")


class Standard(Data):
    """A management standard that suppliers hold."""

    standard: Identifier = Field(description="code of the standard, for example ISO-9001 or IATF-16949")
    name_vi: Text
    name_en: Text
    international: bool = Field(description="whether who holds it counts as of international standard")


@contract(PROGRAMME, key="list_id")
class StandardsListed(Data):
    """Which standards count as international, and how early their end is announced; the last to take effect is in force."""

    list_id: Identifier
    effective_from: Date = Field(description="first day it is in force; of two of one day the one issued later counts")
    standards: Annotated[tuple[Standard, ...], Field(min_length=1)]
    notice_business_days: int = Field(
        strict=True, ge=0, le=250, description="how many business days before its last day the end of a certificate is announced"
    )
    legal_text: Text


@contract(SUPPLIER, key="tax_code")
class SupplierListed(Data):
    """An entry of the register of supporting industries as it is now: when it is new, and whenever it changes."""

    tax_code: TaxCode = Field(description="the enterprise's key")
    name: Text | None = Field(description="none before the registers have named the enterprise")
    sectors: tuple[Text, ...]
    capabilities: tuple[Capability, ...]
    standards: tuple[StandardHeld, ...] = Field(description="those in force")
    international: bool = Field(description="holds a standard in force that counts as international")
    confirmed_on: Date = Field(description="day of the latest confirmation")
    made: bool = Field(default=False, description="true where the data was made for a scenario and is not real")


@contract(SUPPLIER, key="tax_code")
class SupplierDelisted(Data):
    """An entry left the register: struck off, or listed under another tax code from now on."""

    tax_code: TaxCode
    left_on: Date
    why: Literal["removed", "merged"]
    reason: Text | None = Field(default=None, description="why it was struck off")
    listed_under: TaxCode | None = Field(default=None, description="the code its enterprise goes on under")
