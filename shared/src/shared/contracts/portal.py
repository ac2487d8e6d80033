"""Events of the one-stop portal (cổng một cửa), through which enterprises file dossiers and ask for support."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.contracts.base import Currency, Data, Date, Dong, Identifier, Text, Topic, contract
from shared.contracts.department import Industry
from shared.contracts.registers import Sha256, TaxCode

APPLICATIONS = Topic("city.applications.v1", "portal", answered_by="applications")
SUPPORT = Topic("city.support.v1", "portal", answered_by="support")

Path = Literal["high-tech", "other", "handicraft", "start-up"]


class YearFigures(Data):
    """What an enterprise declares of a product for one year."""

    year: int = Field(ge=2000, le=2100)
    revenue: Dong = Field(description="revenue of the product, đồng")
    exports_usd: int = Field(strict=True, ge=0, le=10**12, description="exports of the product, USD")


class Paper(Data):
    """One document of a dossier by its record; the file itself stays with the city portal."""

    kind: Identifier = Field(description="kind of document, as the eligibility rules name it")
    name: Text = Field(description="file name or title as the enterprise gave it")
    media_type: Annotated[str, StringConstraints(pattern=r"^[a-z]+/[a-z0-9.+-]+$", max_length=100)] = Field(
        description="for example application/pdf"
    )
    size: int = Field(strict=True, ge=1, le=10**11, description="bytes")
    sha256: Sha256
    received: Date = Field(description="day the paper was received, which counts")
    valid_until: Date | None = Field(default=None, description="last day a certificate is valid; none where it does not expire")


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
    figures: tuple[YearFigures, ...] = Field(description="by year, two or more; a start-up may have none yet")
    documents: tuple[Paper, ...] = Field(description="the papers of the dossier")
    commitments: tuple[Identifier, ...] = Field(default=(), description="commitments made, for a high-tech product")
    made: bool = Field(default=False, description="true where the figures were made for a scenario and are not real")


@contract(APPLICATIONS, key="tax_code", subject="application_id")
class SupplementFiled(Data):
    """An enterprise handed in what its dossier was asked for; the answer is taken once."""

    application_id: Identifier
    tax_code: TaxCode
    received: Date = Field(description="day the answer was received, which counts")
    documents: tuple[Paper, ...] = Field(default=(), description="papers added to those of the dossier")
    figures: tuple[YearFigures, ...] = Field(default=(), description="each year takes the place of what was declared for it")
    commitments: tuple[Identifier, ...] = Field(default=(), description="commitments added to those made")
    made: bool = Field(default=False, description="true where the data was made for a scenario and is not real")


@contract(APPLICATIONS, key="tax_code", subject="application_id")
class WithdrawalFiled(Data):
    """An enterprise wants to take back a dossier."""

    application_id: Identifier
    tax_code: TaxCode
    filed_on: Date = Field(description="day the request was received, which counts")
    reason: Text


class Evidence(Data):
    """A cost by its invoice: the same invoice of the same seller is one cost, whoever pays it."""

    seller_tax_code: TaxCode
    invoice: Identifier
    amount: Dong = Field(gt=0, description="cost on the invoice, đồng")
    currency: Currency = "VND"
    item: Identifier | None = Field(default=None, description="kind of cost, as the scheme lists what it pays for")
    sha256: Sha256 | None = Field(default=None, description="SHA-256 of the document, where the portal has it")

    @property
    def id(self) -> str:
        return f"{self.seller_tax_code}/{self.invoice}"

    @property
    def ids(self) -> tuple[str, ...]:
        """What the cost is known by: seller and invoice, and the hash of its document where there is one."""
        return (self.id,) if self.sha256 is None else (self.id, f"sha256:{self.sha256}")


@contract(SUPPORT, key="tax_code", subject="request_id")
class SupportRequested(Data):
    """An enterprise asks for support under a scheme."""

    request_id: Identifier
    tax_code: TaxCode
    scheme_id: Identifier
    year: int = Field(ge=2006, le=2100, description="budget year")
    activity_id: Identifier = Field(description="the announced activity, or the enterprise's own number of its project")
    requested_on: Date
    asked: Dong = Field(gt=0, description="amount asked for, đồng")
    currency: Currency = "VND"
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1, max_length=20)]
    papers: tuple[Identifier, ...] = Field(default=(), description="kinds of paper that came with it")
    traits: tuple[Identifier, ...] = Field(default=(), description="what the activity is declared to be: technology-line")
    learners: int | None = Field(default=None, strict=True, ge=1, le=100_000, description="how many learners a class has")
    made: bool = Field(default=False, description="true where the request was made for a scenario and is not real")
