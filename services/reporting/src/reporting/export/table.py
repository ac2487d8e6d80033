"""A table of the reporting service that can be had as a file: its columns, what they mean, and where its rows come from."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar

from shared.messaging.reader import Reader
from shared.words import Words

T = TypeVar("T")
Value = str | int | Decimal | bool | Date | None
Kind = Literal["string", "integer", "number", "boolean", "date"]  # as Table Schema has them
Unit = Literal["VND", "USD", "percent", "points", "hectares"]
# One row in the order of the columns.
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column: its name for machines, what it means for people, and what it is of a thing of the table."""

    name: str
    kind: Kind
    title: Words
    of: Callable[[T], Value]
    unit: Unit | None = None


@dataclass(frozen=True)
class Table(Generic[T]):
    """A table: `key` are the columns that tell its rows apart for good, `things` what it has a row of.

    `things` gives those of a year, or of all years where none is asked for, in the order people read them.
    """

    name: str
    title: Words
    about: Words
    key: tuple[str, ...]
    columns: tuple[Column[T], ...]
    things: Callable[[Reader, int | None], Awaitable[Sequence[T]]]

    async def rows(self, reader: Reader, year: int | None) -> list[Row]:
        """The rows of a year, or of all years."""
        return [tuple(column.of(thing) for column in self.columns) for thing in await self.things(reader, year)]


@dataclass(frozen=True, slots=True)
class Filled:
    """A table with its rows, as it is written into a file: of which year, and as of which day."""

    table: Table[Any]
    year: int | None
    as_of: Date | None
    rows: Sequence[Row]

    @property
    def name(self) -> str:
        """The file's name without its ending: it says of which year it is, and which day it shows."""
        parts = (self.table.name, self.year, self.as_of and f"as-of-{self.as_of.isoformat()}")
        return "-".join(str(part) for part in parts if part)
