"""Dossiers (hồ sơ đăng ký): what was filed, what was decided, and who has filed what."""

from datetime import date
from typing import Literal, Self

from shared.contracts.applications import ApplicationAccepted, ApplicationReceived, ApplicationRejected, Reason
from shared.contracts.department import Industry
from shared.contracts.portal import ApplicationFiled, Path, YearFigures
from shared.errors import Refusal
from shared.messaging.document import Document

from applications.domain.enterprise import Enterprise
from applications.domain.round import Round


class ApplicationIdReused(Refusal):
    slug = "application-id-reused"
    vi = "Mã hồ sơ {application_id} của doanh nghiệp {tax_code} đã dùng cho nội dung khác; bản trước được giữ, hãy nộp mã mới."
    en = "Application id {application_id} of {tax_code} was used for other content; the first one stands, file under a new id."


class ProductAlreadyFiled(Refusal):
    slug = "product-already-filed"
    vi = "Sản phẩm {product_id} của {tax_code} đã có hồ sơ {first} trong đợt {round_id}; mỗi đợt chỉ nhận một hồ sơ một sản phẩm."
    en = (
        "Product {product_id} of {tax_code} already has dossier {first} in round {round_id}; a round takes one dossier a product."
    )


class Application(Document, collection="applications"):
    """A dossier and what was decided on it. Its id holds the enterprise, as only that enterprise's ids are seen here."""

    application_id: str
    tax_code: str
    enterprise_name: str
    round_id: str
    product_id: str
    product_name: str
    industry: Industry
    path: Path
    received: date
    figures: tuple[YearFigures, ...]
    documents: tuple[str, ...]
    commitments: tuple[str, ...]
    made: bool
    state: Literal["accepted", "rejected"]
    rules_id: str
    reasons: tuple[Reason, ...]

    @classmethod
    def decided(cls, filed: ApplicationFiled, enterprise: Enterprise, round_: Round, reasons: tuple[Reason, ...]) -> Self:
        """The dossier after its check: accepted where there is no reason against it."""
        return cls(
            id=application_key(enterprise.id, filed.application_id),
            tax_code=enterprise.id,
            enterprise_name=enterprise.name,
            state="rejected" if reasons else "accepted",
            rules_id=round_.rules_id,
            reasons=reasons,
            **{name: getattr(filed, name) for name in ApplicationFiled.model_fields if name != "tax_code"},
        )

    def is_of(self, filed: ApplicationFiled) -> bool:
        """Whether the dossier was filed with exactly this content (a branch files for its enterprise)."""
        return all(getattr(self, name) == getattr(filed, name) for name in ApplicationFiled.model_fields if name != "tax_code")

    def receipt(self) -> ApplicationReceived:
        """The event that says the dossier is here."""
        return ApplicationReceived(
            application_id=self.application_id,
            round_id=self.round_id,
            tax_code=self.tax_code,
            product_name=self.product_name,
            received=self.received,
        )

    def outcome(self) -> ApplicationAccepted | ApplicationRejected:
        """The event that says what was decided."""
        if self.state == "rejected":
            return ApplicationRejected(
                application_id=self.application_id,
                round_id=self.round_id,
                tax_code=self.tax_code,
                product_name=self.product_name,
                reasons=self.reasons,
                rules_id=self.rules_id,
                made=self.made,
            )
        return ApplicationAccepted(
            application_id=self.application_id,
            round_id=self.round_id,
            tax_code=self.tax_code,
            enterprise_name=self.enterprise_name,
            product_id=self.product_id,
            product_name=self.product_name,
            industry=self.industry,
            received=self.received,
            figures=self.figures,
            rules_id=self.rules_id,
            made=self.made,
        )


class ProductFiled(Document, collection="products_filed"):
    """That a product has a dossier in a round: the id is enterprise/round/product."""

    application_id: str


def application_key(tax_code: str, application_id: str) -> str:
    """Id of an Application."""
    return f"{tax_code}/{application_id}"


def product_key(tax_code: str, round_id: str, product_id: str) -> str:
    """Id of a ProductFiled."""
    return f"{tax_code}/{round_id}/{product_id}"
