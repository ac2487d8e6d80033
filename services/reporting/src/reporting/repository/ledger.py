"""The support ledger of a year: requests with their money, and totals that close; budget lines and the moves on them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shared.messaging.reader import Reader

from reporting.domain.activities import Activity
from reporting.domain.enterprise import enterprise_key
from reporting.domain.programme import Scheme
from reporting.domain.support import BudgetLine, Grant, LineMovement
from reporting.repository.registers import names_of_enterprises
from shared import vietnamese


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over requests, đồng: what was granted, is being paid, was paid, is to be recovered, was, and still is."""

    requests: int
    granted: int
    paying: int
    paid: int
    to_recover: int
    recovered: int
    balance: int
    made: bool

    @classmethod
    def of(cls, grants: Sequence[Grant]) -> "Totals":
        """The sums over some requests."""
        return cls(
            requests=len(grants),
            granted=sum(g.amount for g in grants),
            paying=sum(g.money.paying for g in grants),
            paid=sum(g.money.paid for g in grants),
            to_recover=sum(g.to_recover for g in grants),
            recovered=sum(g.recovered for g in grants),
            balance=sum(g.balance for g in grants),
            made=any(g.made for g in grants),
        )


@dataclass(frozen=True, slots=True)
class Ledger:
    """The requests of a year that were asked for, of how many in all, and the schemes and stages there are to choose from."""

    grants: tuple[Grant, ...]
    totals: Totals
    of_all: int
    schemes: dict[str, Scheme]
    scheme_ids: tuple[str, ...]
    stages: tuple[str, ...]


async def ledger(reader: Reader, year: int, *, stage: str | None = None, scheme: str | None = None, query: str = "") -> Ledger:
    """The requests of a budget year at a stage (or any) and of a scheme (or any), whose enterprise the query names.

    In Vietnamese order of the enterprise, then by request. The query ignores diacritics; it finds tax code and request too.
    """
    every = await named(reader, await reader.list(Grant, {"year": year}))
    found = [
        grant
        for grant in every
        if stage in (None, grant.stage)
        and scheme in (None, grant.scheme_id)
        and vietnamese.found(query, grant.enterprise_name or "", grant.tax_code, grant.id)
    ]
    return Ledger(
        grants=tuple(sorted(found, key=lambda g: (vietnamese.natural_key(g.enterprise_name or g.tax_code), g.id))),
        totals=Totals.of(found),
        of_all=len(every),
        schemes=await schemes(reader),
        scheme_ids=tuple(sorted({grant.scheme_id for grant in every})),
        stages=tuple(sorted({grant.stage for grant in every})),
    )


def by_scheme(grants: Sequence[Grant]) -> tuple[tuple[str, Totals], ...]:
    """The sums over the requests of each scheme, in the order of their ids."""
    ids = sorted({grant.scheme_id for grant in grants})
    return tuple((id, Totals.of([grant for grant in grants if grant.scheme_id == id])) for id in ids)


async def named(reader: Reader, grants: Iterable[Grant]) -> list[Grant]:
    """Requests with the names of their enterprises, where support did not say them."""
    found = list(grants)
    names = await names_of_enterprises(reader, (grant.tax_code for grant in found if not grant.enterprise_name))
    return [g if g.enterprise_name else g.but(enterprise_name=names.get(enterprise_key(g.tax_code))) for g in found]


async def schemes(reader: Reader) -> dict[str, Scheme]:
    """The support schemes by id; there are few."""
    return {scheme.id: scheme for scheme in await reader.list(Scheme)}


@dataclass(frozen=True, slots=True)
class RequestFile:
    """All that is known of one request: its scheme, its activity where it was announced, and the line that pays it."""

    grant: Grant
    scheme: Scheme | None
    activity: Activity | None
    line: BudgetLine | None


async def request_file(reader: Reader, id: str) -> RequestFile | None:
    """Everything about a request; None where there is none."""
    grant = await reader.get(Grant, id)
    if grant is None:
        return None
    (grant,) = await named(reader, [grant])
    return RequestFile(
        grant,
        await reader.get(Scheme, grant.scheme_id),
        await reader.get(Activity, grant.activity_id),
        await reader.get(BudgetLine, grant.line_id) if grant.line_id else None,
    )


async def lines(reader: Reader, year: int) -> list[BudgetLine]:
    """The budget lines of a year by id."""
    return await reader.list(BudgetLine, {"year": year})


def sum_of(lines: Sequence[BudgetLine]) -> BudgetLine:
    """The lines as one, each figure their sum."""
    names = ("allocated", "reserved", "committed", "paying", "paid", "available", "released", "carried")
    figures = {name: sum(getattr(line, name) for line in lines) for name in names}
    return BudgetLine(id="total", made=any(line.made for line in lines), **figures)


async def movements(reader: Reader, line: str, *, limit: int, after: int = 0) -> list[LineMovement]:
    """The moves on a line in their order, from the one after the number `after` on."""
    start = movement_id(line, after) if after else None
    return await reader.list(LineMovement, {"line_id": line}, limit=limit, after=start)


def movement_id(line: str, number: int) -> str:
    """The id of a move: numbers have 9 digits, so that ids are in their order."""
    return f"{line}/{number:09d}"
