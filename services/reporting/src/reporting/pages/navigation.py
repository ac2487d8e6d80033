"""The one navigation of every page: what there is, in what order, and where a page lies in it.

A subject adds its line to `NAVIGATION`; a page whose address lies below an entry's is shown as part of it.
"""

from collections.abc import Iterable
from typing import NamedTuple

from shared.words import Words

from reporting.pages.language import Language

YEAR = "{year}"


class Entry(NamedTuple):
    """A place of the navigation.

    `path` has {year} where the page is of one year: `/pages/{year}/cnht` or `/pages/products?year={year}`; without the year
    it is the page of all years, or leads to the newest (see `pages.year.newest`). `also` are addresses, with {year} too, whose
    pages are part of it although they do not lie below its own.
    """

    path: str
    label: Words
    also: tuple[str, ...] = ()

    def address(self, year: int | None) -> str:
        """Where it leads from a page of a year, or of none."""
        if year is None:
            return self.path.replace(f"/{YEAR}", "").replace(f"?year={YEAR}", "")
        return self.path.replace(YEAR, str(year))

    def holds(self, path: str, year: int | None) -> int:
        """How much of the address of a page is this entry's; 0 where the page is not part of it."""
        also = (start.replace(YEAR, str(year)) for start in self.also)
        starts = (self.address(year).partition("?")[0], *also)
        return max((len(start) for start in starts if path == start or path.startswith(f"{start}/")), default=0)


NAVIGATION: tuple[Entry, ...] = (
    Entry("/pages/{year}", Words("Năm kế hoạch", "Plan year")),
    Entry("/pages/products?year={year}", Words("Sản phẩm được công nhận", "Recognised products"), ("/pages/certificates",)),
    Entry("/pages/{year}/charts", Words("Theo ngành, quận huyện", "By industry and district")),
    Entry("/pages/{year}/cnht", Words("Công nghiệp hỗ trợ", "Supporting industries")),
    Entry(
        "/pages/{year}/support",
        Words("Hỗ trợ", "Support"),
        also=("/pages/requests", "/pages/{year}/lines", "/pages/{year}/coverage", "/pages/{year}/activities"),
    ),
    Entry("/pages/enterprises", Words("Doanh nghiệp", "Enterprises")),
    Entry("/pages/files", Words("Tệp dữ liệu", "Files")),
    Entry("/pages/operations", Words("Vận hành", "Operations")),
)


class Link(NamedTuple):
    """A link of the layout, its address without language; `current` is `page` on that page, `true` on one below it."""

    text: str
    path: str
    current: str | None = None


def navigation(language: Language, path: str, year: int | None) -> tuple[Link, ...]:
    """The navigation as a page of this address shows it."""
    own = section(path, year)
    return tuple(
        Link(entry.label.in_language(language.code), entry.address(year), _current(entry, path, year) if entry is own else None)
        for entry in NAVIGATION
    )


def trail(language: Language, path: str, year: int | None, above: Iterable[tuple[str, str]]) -> tuple[Link, ...]:
    """The pages above a page, from its place in the navigation down; none for a place of the navigation itself."""
    own = section(path, year)
    if own is None or _current(own, path, year) == "page":
        return ()
    name = own.label.in_language(language.code)
    first = Link(name if year is None else f"{name} {year}", own.address(year))
    return (first, *(Link(text, address) for text, address in above))


def section(path: str, year: int | None) -> Entry | None:
    """The place of the navigation a page belongs to: the nearest above its address."""
    nearest = max(NAVIGATION, key=lambda entry: entry.holds(path, year))
    return nearest if nearest.holds(path, year) else None


def _current(entry: Entry, path: str, year: int | None) -> str:
    return "page" if path == entry.address(year).partition("?")[0] else "true"
