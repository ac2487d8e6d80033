"""Who asks: what the programme knows of an enterprise, and what it holds."""

from datetime import date

from pydantic import BaseModel, ConfigDict
from shared.contracts.scoring import ProductRecognised
from shared.messaging.document import Document


def enterprise_of(tax_code: str) -> str:
    """The key of an enterprise: a branch's code without its suffix (domain, section 3)."""
    return tax_code.partition("-")[0]


class Enterprise(Document, collection="enterprises"):
    """An enterprise of the register; the id is its tax code without a branch suffix."""

    name: str
    supporting_industry: bool


class Recognition(BaseModel):
    """One certificate and the days it is in force, both ends included."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    certificate: str
    valid_from: date
    valid_to: date


class Holder(Document, collection="holders"):
    """The recognitions of an enterprise, and its requests that wait for one, first come first."""

    name: str | None = None
    recognitions: tuple[Recognition, ...] = ()
    waiting: tuple[str, ...] = ()

    def recognised(self, news: ProductRecognised) -> "Holder":
        """Add a recognition; news of a certificate already known replaces it."""
        others = tuple(r for r in self.recognitions if r.certificate != news.certificate)
        recognition = Recognition(certificate=news.certificate, valid_from=news.valid_from, valid_to=news.valid_to)
        return self.but(name=news.enterprise_name, recognitions=(*others, recognition))

    @property
    def years(self) -> frozenset[int]:
        """The years in which a recognition is in force on some day."""
        return frozenset(year for r in self.recognitions for year in range(r.valid_from.year, r.valid_to.year + 1))

    def in_force(self, day: date) -> bool:
        """Whether a recognition is in force on the day."""
        return any(r.valid_from <= day <= r.valid_to for r in self.recognitions)


class Activity(Document, collection="activities"):
    """One activity of one enterprise, and the request it belongs to: it is supported once, whichever scheme pays."""

    request_id: str

    @staticmethod
    def id_of(tax_code: str, kind: str, activity_id: str) -> str:
        """`<enterprise>/<kind>/<activity>`; kind is fair or project."""
        return f"{tax_code}/{kind}/{activity_id}"
