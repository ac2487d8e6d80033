"""One enterprise with everything the programme did for it, whatever code it had; and the search for it by name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from shared.messaging.document import Document
from shared.messaging.reader import AllOf, OneOf, Reader

from reporting.domain.activities import Activity, Participation
from reporting.domain.dossier import Dossier
from reporting.domain.enterprise import Account, DirectoryEntry, Enterprise, FormerCode, enterprise_key
from reporting.domain.programme import Scheme
from reporting.domain.register import RecognisedProduct
from reporting.domain.rows import FIGURES, Contribution
from reporting.domain.support import Grant
from reporting.domain.supporting_industry import Supplier
from reporting.repository import ledger
from reporting.repository.registers import names_of_enterprises
from shared import vietnamese

T = TypeVar("T", bound=Document)
Dated = TypeVar("Dated", Dossier, RecognisedProduct, Grant)
CODE = re.compile(r"\d{10}(-\d{3})?|\d{12}")


@dataclass(frozen=True, slots=True)
class YearOfMoney:
    """What an enterprise was granted, was paid and paid back of the requests of a budget year, đồng."""

    year: int
    totals: ledger.Totals


@dataclass(frozen=True, slots=True)
class EnterpriseFile:
    """All that is known of an enterprise under the code it has and those it had; `known` is the register's entry of it."""

    tax_code: str
    known: Enterprise | None
    former: tuple[FormerCode, ...]
    names: dict[str, str]
    dossiers: tuple[Dossier, ...]
    products: tuple[RecognisedProduct, ...]
    grants: tuple[Grant, ...]
    took_part: tuple[tuple[Activity, Participation], ...]
    results: tuple[Contribution, ...]
    schemes: dict[str, Scheme]
    supplier: Supplier | None

    @property
    def name(self) -> str | None:
        """Its name: the register's, else the one others gave it last."""
        said = [product.enterprise_name for product in self.products] + [g.enterprise_name for g in self.grants]
        said += [listing.name for listing in reversed(self.supplier.listings)] if self.supplier else []
        return self.known.name if self.known else next((name for name in said if name), None)

    @property
    def empty(self) -> bool:
        """Whether nothing at all is known under this code."""
        parts: tuple[Sequence[object], ...] = (
            self.former,
            self.dossiers,
            self.products,
            self.grants,
            self.took_part,
            self.results,
        )
        return self.known is None and self.supplier is None and not any(parts)

    @property
    def only_registered(self) -> bool:
        """Whether the programme had nothing to do with it yet."""
        return not any((self.dossiers, self.products, self.grants, self.took_part, self.results))

    @property
    def money(self) -> tuple[YearOfMoney, ...]:
        """What it was granted and paid by budget year, newest first."""
        years = sorted({grant.year for grant in self.grants if grant.amount}, reverse=True)
        return tuple(YearOfMoney(year, ledger.Totals.of([g for g in self.grants if g.year == year])) for year in years)

    @property
    def debts(self) -> tuple[Grant, ...]:
        """The requests of which money is still to be paid back."""
        return tuple(grant for grant in self.grants if grant.balance > 0)

    @property
    def result_years(self) -> dict[int, dict[str, Contribution]]:
        """The figures it reported, by year (newest first) and measure; its own code's before a former one's."""
        found: dict[int, dict[str, Contribution]] = {}
        for row in sorted(self.results, key=lambda row: (-row.year, row.measure, row.about != self.tax_code)):
            found.setdefault(row.year, {}).setdefault(row.measure.value, row)
        return found

    @property
    def made(self) -> bool:
        """Whether any of it was made for a scenario."""
        parts: tuple[Sequence[Dossier | RecognisedProduct | Grant | Contribution | Participation], ...] = (
            self.dossiers,
            self.products,
            self.grants,
            self.results,
            tuple(participation for _, participation in self.took_part),
        )
        return bool(self.known and self.known.made) or any(one.made for part in parts for one in part)

    @property
    def received(self) -> int:
        """What it has of the programme's money: paid and not paid back, đồng."""
        return sum(grant.received for grant in self.grants)

    @property
    def balance(self) -> int:
        """What it still has to pay back, đồng."""
        return sum(grant.balance for grant in self.grants)


async def present_code(reader: Reader, tax_code: str) -> str:
    """The code an enterprise has now, from any it had; a branch's is its enterprise's."""
    code, passed = enterprise_key(tax_code), set[str]()
    while code not in passed:
        passed.add(code)
        account = await reader.get(Account, code)
        if account is None or account.moved_to is None:
            break
        code = account.moved_to
    return code


async def enterprise_file(reader: Reader, tax_code: str) -> EnterpriseFile:
    """Everything about an enterprise by the code it has now; each question is for its own codes only."""
    account = await reader.get(Account, tax_code) or Account(id=tax_code)
    codes = (tax_code, *(former.tax_code for former in account.former))
    of_codes = {"tax_code": OneOf(codes)}
    took_part = await reader.list(Participation, of_codes)
    activities = {a.id: a for a in await _by_id(reader, Activity, [p.activity_id for p in took_part])}
    accounts = [account, *await _by_id(reader, Account, codes[1:])]
    figures = tuple(f"{measure.value}/" for measure in FIGURES)
    rows = [row for one in accounts for _, row in one.rows if row.startswith(figures)]
    fits = [(activities[p.activity_id], p.counted(activities[p.activity_id])) for p in took_part if p.activity_id in activities]
    grants = await ledger.named(reader, await reader.list(Grant, of_codes))
    return EnterpriseFile(
        tax_code=tax_code,
        known=await reader.get(Enterprise, tax_code),
        former=account.former,
        names=await names_of_enterprises(reader, codes[1:]),
        dossiers=_newest(await reader.list(Dossier, of_codes)),
        products=_newest(await reader.list(RecognisedProduct, of_codes)),
        grants=_newest(grants),
        took_part=tuple(sorted(((a, p) for a, p in fits if p), key=lambda one: (one[0].starts, one[0].id), reverse=True)),
        results=tuple(await _by_id(reader, Contribution, rows)),
        schemes=await ledger.schemes(reader),
        supplier=await reader.get(Supplier, tax_code),
    )


async def _by_id(reader: Reader, kind: type[T], ids: Sequence[str]) -> list[T]:
    return await reader.list(kind, {"id": OneOf(ids)}) if ids else []


def _newest(found: Sequence[Dated]) -> tuple[Dated, ...]:
    by_id = sorted(found, key=lambda one: one.id)
    return tuple(sorted(by_id, key=lambda one: one.year, reverse=True))


async def search(reader: Reader, query: str, *, limit: int, after: str | None = None) -> list[DirectoryEntry]:
    """Enterprises of which every word asked begins a word of a name (or the code), in Vietnamese order, from `after` on.

    No page reads more entries than it shows, however many enterprises there are: the words are in the entries, and the
    place in the order is their id. `after` is the tax code of the last one shown.
    """
    code = query.strip()
    words = (enterprise_key(code),) if CODE.fullmatch(code) else vietnamese.search_words(query)
    if query.strip() and not words:
        return []
    start = await reader.get(Enterprise, after) if after else None
    where = {"words": AllOf(words)} if words else None
    return await reader.list(DirectoryEntry, where, limit=limit, after=DirectoryEntry.place(start) if start else None)
