"""What all contenders do: a dossier is filed, the tally of its enterprise changes, one answer goes out.

The event is of the size and form of those on `city.applications.v1` (about 700 bytes), over 200 enterprises.
"""

from datetime import UTC, date, datetime, timedelta

from pydantic import Field
from shared.contracts.base import Data, Dong, Event, Identifier, Text, Topic, contract, make_event
from shared.contracts.department import Industry
from shared.contracts.portal import YearFigures
from shared.contracts.registers import TaxCode
from shared.messaging.document import Document

FILED = Topic("city.bench.v1", "portal", answered_by="bench")
COUNTED = Topic("bench.tally.v1", "bench")
KEYS = 200
PAPERS = ("application-form", "enterprise-licence", "financial-statements", "quality-certificate", "tax-clearance")
LAST = 5


@contract(FILED, key="tax_code", subject="application_id")
class DossierFiled(Data):
    """An enterprise filed a dossier."""

    application_id: Identifier
    round_id: Identifier
    tax_code: TaxCode
    product_id: Identifier
    product_name: Text
    industry: Industry
    received: date
    figures: tuple[YearFigures, ...]
    documents: tuple[Identifier, ...]


@contract(COUNTED, key="tax_code", subject="application_id")
class DossierCounted(Data):
    """The dossier is in the tally of its enterprise."""

    application_id: Identifier
    tax_code: TaxCode
    product_name: Text
    received: date
    filed: int = Field(ge=1, description="dossiers of the enterprise so far")
    revenue: Dong = Field(description="sum of the last year's revenue over them, đồng")


class Tally(Document, collection="tallies"):
    """One enterprise: how many dossiers, their revenue, the last five."""

    filed: int = 0
    revenue: int = 0
    last: tuple[str, ...] = ()

    def after(self, filed: DossierFiled) -> "Tally":
        """The tally with one dossier more."""
        revenue = self.revenue + filed.figures[-1].revenue
        return self.but(filed=self.filed + 1, revenue=revenue, last=(*self.last, filed.application_id)[-LAST:])

    def answer(self, filed: DossierFiled) -> DossierCounted:
        """What is published for the dossier just counted."""
        return DossierCounted(
            application_id=filed.application_id,
            tax_code=filed.tax_code,
            product_name=filed.product_name,
            received=filed.received,
            filed=self.filed,
            revenue=self.revenue,
        )


CODES = [f"0100{number:06d}" for number in range(KEYS)]


def filed_event(run: str, number: int) -> Event[DossierFiled]:
    """The event of this number; the same number gives the same event."""
    data = DossierFiled(
        application_id=f"HS-2021-{run}-{number:06d}",
        round_id="2021",
        tax_code=CODES[number % KEYS],
        product_id=f"SP-{number % 997:04d}",
        product_name="Máy biến áp phân phối 3 pha ngâm dầu 560 kVA tổn hao thấp",
        industry="mechanical",
        received=date(2021, 5, 1) + timedelta(days=number % 90),
        figures=tuple(YearFigures(year=year, revenue=42_000_000_000 + number, exports_usd=1_250_000) for year in (2019, 2020)),
        documents=PAPERS,
    )
    return make_event(data, id=f"{run}-{number}", time=datetime(2021, 5, 1, tzinfo=UTC) + timedelta(seconds=number))
