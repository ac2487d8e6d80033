"""What the log of the support service carries when an enterprise goes on under another tax code."""

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.contracts.base import Data, Date, contract
from shared.contracts.enterprise_log import Why
from shared.contracts.registers import TaxCode
from shared.contracts.support import SUPPORT_LOG


@contract(SUPPORT_LOG, key="tax_code", subject="formerly", behind_all=True)
class SupportHandedOver(Data):
    """One document of an enterprise goes from its former code to the code it goes on under; they come one after the other.

    One by one, because all the documents of a large enterprise together can be more than a broker takes as one record.
    """

    formerly: TaxCode
    tax_code: TaxCode = Field(description="the code it goes on under")
    merged_on: Date
    why: Why
    collection: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")] = Field(description="what kind of document it is")
    document: str = Field(description="the document as it was under the former code, JSON in a string")
