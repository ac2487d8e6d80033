"""Enterprises that go on under another tax code: where a former code leads, and all that is kept of an enterprise."""

from collections.abc import Iterable

from shared.messaging.document import Document

Place = tuple[str, str]  # collection and id of a document


class FormerCode(Document, collection="former_codes", departs=True, found_by=("id",)):
    """The id is a code an enterprise had: all that comes under it goes on to the code it goes on under."""

    tax_code: str


class Belongings(Document, collection="belongings"):
    """Which documents are kept of an enterprise, by collection and id; some may be gone by now. The id is its tax code."""

    places: tuple[Place, ...] = ()

    def having(self, places: Iterable[Place]) -> "Belongings":
        """With those not known yet."""
        known = set(self.places)
        new = tuple(place for place in places if place not in known)
        return self.but(places=(*self.places, *new)) if new else self

    def of(self, collection: str) -> list[str]:
        """The ids of one collection."""
        return [id for name, id in self.places if name == collection]


class HeldCertificate(Document, collection="held_certificates"):
    """There once a certificate is known at the key of its holder: news that it was transferred to there waits for it."""
