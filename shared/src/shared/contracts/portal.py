"""Events of the one-stop portal (cổng một cửa), through which enterprises file dossiers and ask for support."""

from datetime import date as Date
from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.base import Data, Dong, Identifier, Text, Topic, contract
from shared.contracts.department import Industry
from shared.contracts.registers import TaxCode

APPLICATIONS = Topic("city.applications.v1", "portal", answered_by="applications")
SUPPORT = Topic("city.support.v1", "portal", answered_by="support")

Path = Literal["high-tech", "other", "handicraft", "start-up"]


class YearFigures(Data):
    """What an enterprise declares of a product for one year."""

    year: int = Field(ge=2000, le=2100)
    revenue: Dong = Field(description="revenue of the product, đồng")
    exports_usd: int = Field(strict=True, ge=0, le=10**12, description="exports of the product, USD")


@contract(APPLICATIONS, key="tax_code", subject="application_id")
class ApplicationFiled(Data):
    """An enterprise filed a dossier (hồ sơ đăng ký) for one product in a round."""

    application_id: Identifier
    round_id: Identifier
    tax_code: TaxCode
    product_id: Identifier = Field(description="the product's identity over the years")
    product_name: Text
    industry: Industry
    path: Path = Field(description="which path of the eligibility rules it claims")
    received: Date = Field(description="day the papers were received, which counts")
    figures: tuple[YearFigures, ...] = Field(description="by year; a start-up may have none yet")
    documents: tuple[Identifier, ...] = Field(description="kinds of document in the dossier")
    commitments: tuple[Identifier, ...] = Field(default=(), description="commitments made, for a high-tech product")
    made: bool = Field(default=False, description="true where the figures were made for a scenario and are not real")


class Evidence(Data):
    """A cost by its invoice: the same invoice of the same seller is one cost, whoever pays it."""

    seller_tax_code: TaxCode
    invoice: Identifier
    amount: Dong = Field(gt=0, description="eligible cost on the invoice, đồng")

    @property
    def id(self) -> str:
        return f"{self.seller_tax_code}/{self.invoice}"


@contract(SUPPORT, key="tax_code", subject="request_id")
class SupportRequested(Data):
    """An enterprise asks for support under a scheme."""

    request_id: Identifier
    tax_code: TaxCode
    scheme_id: Identifier
    year: int = Field(ge=2006, le=2100, description="budget year")
    activity_id: Identifier = Field(description="the fair edition, or the enterprise's own number of its investment project")
    requested_on: Date
    asked: Dong = Field(gt=0, description="amount asked for, đồng")
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1, max_length=20)]
    made: bool = Field(default=False, description="true where the request was made for a scenario and is not real")
