"""What a service keeps: documents, each in one partition of its log, read and written by id only."""

from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import Data


class Document(BaseModel):
    """One aggregate or read model. Frozen: a change is a new value, so a dropped change leaves nothing behind.

    Subclasses name their collection: ``class Round(Document, collection="rounds")``; one that every partition keeps a
    copy of, because its events are broadcast, says ``copied=True``, and readers then see one of them. One that says that the
    key it is named after goes on to another one says ``departs=True``: what waits at that key is then handled again, and can go
    on with it (`Forward`). A document that is also
    published as the latest state of its key overrides `published_state`; the runtime then publishes every change of
    it to that event's (compacted) topic, and can make the topic again from the documents alone.
    """

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    collection: ClassVar[str] = ""
    copied: ClassVar[bool] = False
    departs: ClassVar[bool] = False
    id: str

    def __init_subclass__(cls, *, collection: str = "", copied: bool = False, departs: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.collection = collection or cls.collection
        cls.copied = copied or cls.copied
        cls.departs = departs or cls.departs

    def but(self, **changes: Any) -> Self:
        """The same document with some fields changed."""
        return self.model_copy(update=changes)

    def published_state(self) -> Data | None:
        """The state event of a compacted topic, or None where the document is private."""
        return None
