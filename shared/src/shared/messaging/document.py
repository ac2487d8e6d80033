"""What a service keeps: documents, each in one partition of its log, read and written by id only."""

from datetime import date
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import Data


class Document(BaseModel):
    """One aggregate or read model. Frozen: a change is a new value, so a dropped change leaves nothing behind.

    Subclasses name their collection: ``class Round(Document, collection="rounds")``; one that every partition keeps a
    copy of, because its events are broadcast, says ``copied=True``, and readers then see one of them; one that readers can ask
    for as it was at the end of a past day says ``by_day=True``. One that says that the key it is named after goes on to another
    one says ``departs=True``: what waits at that key is then handled again, and can go on with it (`Forward`). A document that
    is also published as the latest state of its key overrides `published_state`; the runtime then publishes every change of
    it to that event's (compacted) topic, and can make the topic again from the documents alone.

    What readers ask by is said where the kind is declared, and indexed: ``found_by=("id", "year", "line_id year")`` for one
    that is got by id or listed page by page, listed by year, and listed by line and year. Handlers need none: they know ids.
    """

    # No field: when a document came to be as it is is no part of what it says, and two that say the same are equal.
    __slots__ = ("_since",)
    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    collection: ClassVar[str] = ""
    copied: ClassVar[bool] = False
    by_day: ClassVar[bool] = False
    departs: ClassVar[bool] = False
    found_by: ClassVar[tuple[str, ...]] = ()
    id: str

    def __init_subclass__(
        cls,
        *,
        collection: str = "",
        copied: bool = False,
        by_day: bool = False,
        departs: bool = False,
        found_by: tuple[str, ...] = (),
        **kwargs: Any,
    ) -> None:
        super().__init_subclass__(**kwargs)
        cls.collection = collection or cls.collection
        cls.copied = copied or cls.copied
        cls.by_day = by_day or cls.by_day
        cls.departs = departs or cls.departs
        cls.found_by = found_by or cls.found_by

    def but(self, **changes: Any) -> Self:
        """The same document with some fields changed."""
        # As `model_copy` makes it, at a fifth of its price: no document has private attributes or more than its fields.
        copy = object.__new__(type(self))
        object.__setattr__(copy, "__dict__", {**self.__dict__, **changes})
        object.__setattr__(copy, "__pydantic_extra__", None)
        object.__setattr__(copy, "__pydantic_private__", None)
        object.__setattr__(copy, "__pydantic_fields_set__", self.model_fields_set.union(changes))
        return copy

    @property
    def kept_since(self) -> date:
        """The business day on which it came to be as it is; the earliest day there is, where it came before the first."""
        try:
            return SINCE(self)  # type: ignore[no-any-return]
        except AttributeError:  # asked of the slot itself: pydantic looks for a missing attribute in many places
            return date.min

    def kept_from(self, day: date) -> Self:
        """The same document, as it is from a day on."""
        # One that was never kept is what a handler has just made: nobody else has it, and a copy is a third of a change's cost.
        try:
            SINCE(self)
        except AttributeError:
            kept = self
        else:
            kept = self.but()
        object.__setattr__(kept, "_since", day)
        return kept

    def published_state(self) -> Data | None:
        """The state event of a compacted topic, or None where the document is private."""
        return None


SINCE = Document.__dict__["_since"].__get__
"""The slot of `_since`; raises AttributeError where a document was never kept."""
