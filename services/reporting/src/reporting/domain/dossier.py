"""A dossier and how far it came."""

from typing import ClassVar, Literal

from shared.contracts.applications import Reason
from shared.messaging.document import Document

DossierStage = Literal["received", "accepted", "rejected", "withdrawn", "replaced", "not-recognised", "recognised"]


class Dossier(Document, collection="dossiers", by_day=True, found_by=("id", "year", "tax_code")):
    """A dossier and how far it came; id is the application's. It lies at its own key, whoever its enterprise becomes."""

    # In the order of a dossier's life: news that comes late never takes a dossier back.
    STATES: ClassVar[tuple[DossierStage, ...]] = (
        "received",
        "accepted",
        "rejected",
        "withdrawn",
        "replaced",
        "not-recognised",
        "recognised",
    )

    round_id: str
    year: int
    tax_code: str
    product_name: str
    state: DossierStage
    reasons: tuple[Reason, ...] = ()
    made: bool = False

    def joined(self, news: "Dossier") -> "Dossier":
        """This dossier after the news of it: the later state of the two, and made where either is."""
        later = max((self, news), key=lambda d: self.STATES.index(d.state))
        return later.but(made=self.made or news.made)
