"""Generations of a service's documents: built anew beside the old ones, and changed to as a whole (decision 0015).

Each partition's `positions` names the generation that batches write and readers read; one transaction changes it for all
partitions at once. The collections of generation 0 have their plain names, those of generation 3 are called `g3.<name>`.
"""

import re
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from shared.messaging.service import Service
from shared.mongo import Database, infrastructure

R = TypeVar("R")
BURIED = "buried"
"""Compacted states that a generation no longer has: their topics, keys and types, for the owner to take them away."""

NAMED = re.compile(r"g([1-9][0-9]*)\.(.+)")


def named(collection: str, generation: int) -> str:
    """The name a collection of documents has in a generation."""
    return f"g{generation}.{collection}" if generation else collection


def parsed(name: str) -> tuple[str, int]:
    """The collection and the generation a name stands for."""
    found = NAMED.fullmatch(name)
    return (found.group(2), int(found.group(1))) if found else (name, 0)


def found_by(service: Service, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What these collections are indexed by, of whichever generation they are."""
    return {name: service.found_by.get(parsed(name)[0], ()) for name in names}


async def current(database: Database) -> int:
    """The generation that is read now; all partitions have the same."""
    with infrastructure():
        found = await database["positions"].find_one({"_id": 0}, {"generation": 1})
    return int(found.get("generation", 0)) if found else 0


class Following:
    """The generation readers read, kept by all readers of a process. A service that never builds anew has but one."""

    def __init__(self, database: Database, *, rebuilt: bool) -> None:
        self._database = database
        self._rebuilt = rebuilt
        self._number = 0

    async def read(self, ask: Callable[[int], Awaitable[R]]) -> R:
        """What is asked of the current generation, as it was when the question was answered."""
        while True:
            number = self._number
            found = await ask(number)
            # Looked up after the answer: collections are dropped only when another generation is the current one.
            if self._rebuilt:
                self._number = await current(self._database)
            if self._number == number:
                return found
