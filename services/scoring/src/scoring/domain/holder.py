"""Whose a recognition is: what lies at the key of an enterprise, and where it has gone on when the enterprise was merged."""

from datetime import date
from typing import Self

from shared.contracts.applications import EnterpriseMerged
from shared.contracts.recognitions import RecognitionsHandedOn
from shared.errors import Refusal
from shared.messaging.document import Document


class EnterpriseMergedElsewhere(Refusal):
    slug = "enterprise-merged-elsewhere"
    vi = "Doanh nghiệp {formerly} đã nhập vào {first}; việc nhập vào {tax_code} không được ghi nhận, hãy kiểm tra mã số thuế."
    en = "Enterprise {formerly} already goes on as {first}; its merger into {tax_code} is not recorded, check the tax codes."


class Holder(Document, collection="holders"):
    """What lies at the key of an enterprise, and where it has gone on; the id is its tax code without a branch suffix."""

    certificates: tuple[str, ...] = ()
    moved_to: str | None = None
    moved_on: date | None = None

    def moving(self, merged: EnterpriseMerged) -> Self | None:
        """The enterprise when it goes on elsewhere; None where it has gone there before; raises EnterpriseMergedElsewhere."""
        if merged.tax_code in (self.id, self.moved_to):
            return None
        if self.moved_to is not None:
            raise EnterpriseMergedElsewhere(formerly=self.id, first=self.moved_to, tax_code=merged.tax_code)
        return self.but(certificates=(), moved_to=merged.tax_code, moved_on=merged.merged_on)

    def receiving(self, handed: RecognitionsHandedOn) -> Self:
        """The enterprise when something is handed on to it: open again where that comes back from where it went.

        What comes back brings the latest day of all the mergers on its way, so a circle ends where the latest one led.
        """
        back = self.moved_to in handed.through and self.moved_on is not None and handed.merged_on >= self.moved_on
        return self.but(moved_to=None, moved_on=None) if back else self


class EnterpriseCodes(Document, collection="enterprise_codes", copied=True):
    """Every code of the enterprise that has, or had, the code of the id. A copy lies in every partition, for any round."""

    codes: tuple[str, ...]


class Home(Document, collection="homes"):
    """A certificate as the key of an enterprise knows it: it lies here, or has gone on. The id is enterprise/certificate."""

    moved_to: str | None = None


def home_key(tax_code: str, certificate: str) -> str:
    """Id of a Home."""
    return f"{tax_code}/{certificate}"


def enterprise_of(tax_code: str) -> str:
    """The key of an enterprise: a branch's code without its suffix (domain, section 3)."""
    return tax_code.partition("-")[0]
