"""Nominations: what districts, or the department, say of capable enterprises, before these file or are confirmed."""

from datetime import date
from typing import Self

from shared.contracts.districts import Nominated, Programme
from shared.messaging.document import Document

DEPARTMENT = "Sở Công Thương"


class Nomination(Document, collection="nominations"):
    """A nomination of an enterprise for the programme of a year; the id is enterprise/year/programme/district.

    The district is a name with its day, as the division into districts changes; one of a former division stays what it was.
    None: the department itself, whose name ends the id.
    """

    tax_code: str
    district: str | None
    programme: Programme
    year: int
    nominated_on: date
    reason: str
    made: bool

    @classmethod
    def of(cls, key: str, said: Nominated) -> Self:
        """The nomination under the key its enterprise has now."""
        id = f"{key}/{said.year}/{said.programme}/{said.district or DEPARTMENT}"
        return cls(id=id, **said.model_dump() | {"tax_code": key})
