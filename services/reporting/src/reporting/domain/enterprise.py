"""An enterprise: who it is, which rows lie with it, under which code it goes on, and how it is found by its name."""

from datetime import date as Date
from typing import Self

from pydantic import BaseModel, ConfigDict
from shared.contracts.applications import EnterpriseMerged
from shared.contracts.reporting import CodeTakenOver, EnterpriseCounted
from shared.messaging.document import Document

from shared import vietnamese

# Letters of a name that put it in its place among others; ids of the database are not endless.
PLACE = 200


def enterprise_key(tax_code: str) -> str:
    """The enterprise behind a tax code: a branch (10 digits and a suffix) is its enterprise's (domain section 3)."""
    return tax_code.split("-", maxsplit=1)[0]


class DatedDistrict(BaseModel):
    """A district by the name it was recorded under, and the first day it was recorded."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: Date
    name: str | None


class Enterprise(Document, collection="enterprises", by_day=True, found_by=("id",)):
    """An enterprise as the programme knows it now; id is its tax code.

    `districts` are all it was recorded in, in the order of their days: the division into districts changes, as on 1 July
    2025, and what was counted by district in a year stays where it was. `former_names` are those it had, oldest first.
    """

    name: str
    district: str | None
    supporting_industry: bool
    made: bool
    former_names: tuple[str, ...] = ()
    districts: tuple[DatedDistrict, ...] = ()

    def after(self, known: "Enterprise | None", since: Date) -> Self:
        """The enterprise as recorded on a day, with the districts it was recorded in before."""
        dated = [*(known.districts if known else ()), DatedDistrict(since=since, name=self.district)]
        ordered = sorted(dated, key=lambda entry: entry.since)
        return self.but(districts=tuple(e for n, e in enumerate(ordered) if n == 0 or e.name != ordered[n - 1].name))

    def district_in(self, year: int) -> str | None:
        """The district as of a year: recorded last by its end; where it was recorded later only, the first there was."""
        by_then = [entry.name for entry in self.districts if entry.since.year <= year]
        return by_then[-1] if by_then else next((entry.name for entry in self.districts if entry.name), None)

    def renamed(self, before: Self | None) -> Self:
        """The enterprise with the names it had before."""
        if before is None:
            return self
        had = before.former_names if before.name == self.name else (*before.former_names, before.name)
        return self.but(former_names=tuple(name for name in dict.fromkeys(had) if name != self.name))


class DirectoryEntry(Document, collection="directory", by_day=True, found_by=("id", "words")):
    """An enterprise where it is looked for by name; id is its place in Vietnamese order (numbers in theirs), then its tax code.

    `words` are the beginnings of the words of its names and code, without diacritics; `moved_to` where it went on.
    """

    tax_code: str
    name: str
    district: str | None
    words: tuple[str, ...]
    moved_to: str | None
    made: bool

    @staticmethod
    def place(enterprise: Enterprise) -> str:
        """Its id."""
        return f"{vietnamese.sort_text(enterprise.name)[:PLACE]}\x01{enterprise.id}"

    @staticmethod
    def same_of(before: Enterprise, after: Enterprise) -> bool:
        """Whether an enterprise has the entry it had: most records of one say again what is known, and no place is computed."""
        listed = ("id", "name", "former_names", "district", "made")
        return all(getattr(before, name) == getattr(after, name) for name in listed)

    @classmethod
    def of(cls, enterprise: Enterprise, moved_to: str | None) -> Self:
        """The entry of an enterprise."""
        return cls(
            id=cls.place(enterprise),
            tax_code=enterprise.id,
            name=enterprise.name,
            district=enterprise.district,
            words=vietnamese.search_beginnings(" ".join((enterprise.name, *enterprise.former_names, enterprise.id))),
            moved_to=moved_to,
            made=enterprise.made,
        )


class FormerCode(BaseModel):
    """A code an enterprise had, or one it took over: which went on under `into` from a day on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tax_code: str
    into: str
    merged_on: Date


class Account(Document, collection="accounts", by_day=True, found_by=("id",)):
    """What lies with an enterprise; id is its tax code.

    `rows` are the ids of its contribution rows by year, `received` the certificates that came to it from another code,
    `former` every code that leads to it. From the year `moved_in` on it counts as the enterprise `moved_to`; earlier years
    stay here.
    """

    rows: tuple[tuple[int, str], ...] = ()
    received: tuple[str, ...] = ()
    moved_to: str | None = None
    moved_in: int | None = None
    former: tuple[FormerCode, ...] = ()

    def with_former(self, news: CodeTakenOver) -> Self:
        """The enterprise with one more code that leads to it, once; in the order of days."""
        code = FormerCode(tax_code=news.formerly, into=news.into, merged_on=news.merged_on)
        if code in self.former:
            return self
        return self.but(former=tuple(sorted((*self.former, code), key=lambda f: (f.merged_on, f.tax_code))))

    def telling(self, formerly: str, into: str, merged_on: Date, through: tuple[str, ...]) -> CodeTakenOver | None:
        """What the code it goes on under is told; None where there is none, or it has come by it already."""
        if self.moved_to is None or self.moved_to in through:
            return None
        return CodeTakenOver(
            tax_code=self.moved_to, formerly=formerly, into=into, merged_on=merged_on, through=(*through, self.id)
        )

    def moving(self, merged: EnterpriseMerged) -> Self:
        """The enterprise when it goes on under another code."""
        return self.but(moved_to=enterprise_key(merged.tax_code), moved_in=merged.merged_on.year)

    def moves(self, year: int) -> bool:
        """Whether what counts in a year counts under another code."""
        return self.moved_in is not None and year >= self.moved_in

    def onward(self, counted: EnterpriseCounted) -> EnterpriseCounted | None:
        """The part that counts under the code the enterprise goes on under; None where there is none.

        What has been there already stays, so that a circle of codes ends.
        """
        if self.moved_to is None or self.moved_to in counted.through:
            return None
        present = tuple(ground for ground in counted.present if self.moves(ground.year))
        absent = tuple(gone for gone in counted.absent if self.moves(gone.year))
        if not present and not absent:
            return None
        through = (*counted.through, self.id)
        return EnterpriseCounted(tax_code=self.moved_to, present=present, absent=absent, through=through)

    def with_row(self, year: int, row: str) -> Self:
        """The account with one more row, once."""
        return self if (year, row) in self.rows else self.but(rows=tuple(sorted((*self.rows, (year, row)))))

    def without_row(self, year: int, row: str) -> Self:
        """The account without a row."""
        return self.but(rows=tuple(known for known in self.rows if known != (year, row)))


class Succession(Document, collection="successions", by_day=True):
    """An enterprise goes on under another code; id is the one it had. There are as many as mergers."""

    tax_code: str
