"""The figures of a year of support, whoever says them: by request, by scheme, by budget line, and what is counted of it.

`reckoned_figures` has them from the rows alone; the table asks the services for the same. Money is whole đồng.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from chuluc.scenario.support import days
from chuluc.scenario.support.case import OF_LINES
from chuluc.scenario.support.cast import tax_code_of
from chuluc.scenario.support.reckoning import Book, equipped, joined, reckoned, uncovered
from chuluc.scenario.support.rows import Year

Row = Mapping[str, Any]
OF_SCHEMES = ("requests", "granted", "declined", "queued", "granted_dong", "paid_dong", "due_back")
BUDGET_YEAR = 2022


@dataclass(frozen=True)
class Figures:
    """`requests` by id, `schemes` and `in_kind` by scheme, `lines` by id; `counts` are single figures of the plan."""

    requests: Mapping[str, Row]
    schemes: Mapping[str, Row]
    lines: Mapping[str, Row]
    in_kind: Mapping[str, Row]
    counts: Mapping[str, Row]


def by_scheme(requests: Mapping[str, Row]) -> dict[str, Row]:
    """The sums of each scheme; granted are also those cancelled later."""
    found: dict[str, dict[str, int]] = {}
    for request in requests.values():
        sums = found.setdefault(request["scheme"], dict.fromkeys(OF_SCHEMES, 0))
        state = "granted" if request["outcome"] == "cancelled" else request["outcome"]
        for name, more in {
            "requests": 1,
            state: 1,
            "granted_dong": request["granted"],
            "paid_dong": request["paid"],
            "due_back": request["due_back"],
        }.items():
            sums[name] = sums.get(name, 0) + more
    return dict(sorted(found.items()))


def differences(said: Figures, apart: Figures) -> list[str]:
    """Where the services and the reckoning say different things, each with both figures; empty where they agree."""
    return [
        f"{of.name} {id}: {name} is {ours} by the services, {theirs} reckoned apart"
        for of in fields(Figures)
        for id, name, ours, theirs in _unlike(getattr(said, of.name), getattr(apart, of.name))
    ]


def _unlike(said: Mapping[str, Row], apart: Mapping[str, Row]) -> Iterator[tuple[str, str, Any, Any]]:
    for id in sorted({*said, *apart}):
        ours, theirs = said.get(id, {}), apart.get(id, {})
        for name in dict.fromkeys((*ours, *theirs)):
            if ours.get(name) != theirs.get(name):
                yield id, name, ours.get(name), theirs.get(name)


def reckoned_figures(year: Year) -> Figures:
    """The figures by the rows and the plain rules."""
    book = reckoned(year, days.LAST)
    requests = _requests(book)
    return Figures(
        requests=requests,
        schemes=by_scheme(requests),
        lines={id: _line(book, id) for id in sorted(book.lines)},
        in_kind={scheme: {"joined": count} for scheme, count in joined(book).items()},
        counts={
            "rural-equipment": {"count": equipped(book, BUDGET_YEAR)},
            "learners": {"count": sum(offer.learners for offer in year.offers)},
            "uncovered": {"enterprises": sorted(map(tax_code_of, uncovered(book, BUDGET_YEAR)))},
        },
    )


def _requests(book: Book) -> dict[str, Row]:
    return {
        id: {
            "scheme": case.row.scheme,
            "outcome": case.outcome,
            "why": sorted(case.why),
            "granted": case.granted,
            "entitled": case.entitled,
            "paid": case.paid,
            "due_back": case.due,
            "balance": case.balance,
        }
        for id, case in sorted(book.cases.items())
    }


def _line(book: Book, id: str) -> Row:
    line, cases = book.line(id), [case for case in book.cases.values() if case.row.line == id]
    sums = {
        "allocated": line.allocated,
        "reserved": sum(case.reserved for case in cases),
        "committed": sum(case.committed for case in cases),
        "paying": sum(case.paying for case in cases),
        "paid": sum(case.out for case in cases),
        "available": book.available(id),
        "released": line.released,
        "carried": line.carried,
    }
    return {name: sums[name] for name in OF_LINES}
