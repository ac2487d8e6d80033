"""A long list page by page: which part a request asks for, and where the parts before and after it are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from shared.http import whole_number
from starlette.requests import Request

from reporting.pages.rendering import address

T = TypeVar("T")
ROWS = 50  # of one page of a list


@dataclass(frozen=True, slots=True)
class Paging:
    """The part of a list on a page: its first and last row counted from 1, and the addresses before and after it."""

    total: int
    first: int
    last: int
    before: str | None
    next: str | None

    @property
    def shown(self) -> int:
        """How many rows the page has."""
        return self.last - self.first + 1


def page_of(request: Request, found: Sequence[T], path: str) -> tuple[Sequence[T], Paging]:
    """The rows `?page=` asks for, 1 to the last page; `path` is the address of the list with what else it is asked for."""
    pages = max(-(-len(found) // ROWS), 1)
    page = whole_number(request.query_params.get("page", "1"), "page", 1, pages)
    start = (page - 1) * ROWS
    rows = found[start : start + ROWS]
    before = address(path, "vi", page=page - 1 if page > 2 else None) if page > 1 else None
    return rows, Paging(
        len(found), start + 1, start + len(rows), before, address(path, "vi", page=page + 1) if page < pages else None
    )
