"""What can go wrong, and what each kind means for the record at hand.

    ChuLucError
    ├── Refusal             a rule said no: the publisher is answered, the record is done
    └── Infrastructure      database or broker away: wait, never refuse
        ├── Fenced          another instance owns the partition now: let go at once
        └── Superseded      the documents were built anew meanwhile: load again, play again

Everything else a handler raises is a fault of ours: the record becomes a dead letter and holds its subject.
"""

from typing import ClassVar

LOST_OWNERSHIP = 75
"""Exit code of a process whose partitions another instance owns: whoever supervises starts it again at once."""


class ChuLucError(Exception):
    """Base of every error this product raises on purpose."""


class Refusal(ChuLucError):
    """A rule said no. Subclasses state the slug and both texts; the facts of the case fill them in.

    `field` is the path of the offending field in the event's data, where there is one.
    """

    slug: ClassVar[str]
    vi: ClassVar[str]
    en: ClassVar[str]

    def __init__(self, *, field: str | None = None, **facts: object) -> None:
        self.field = field
        self.facts = facts
        super().__init__(self.text("en"))

    def text(self, language: str) -> str:
        """The sentence a person reads: what happened, to which id, what to do next."""
        return (self.vi if language == "vi" else self.en).format(**self.facts)


class Infrastructure(ChuLucError):
    """Database or broker cannot be used now; the work is done again when it can."""


class Fenced(Infrastructure):
    """The positions document of a partition has moved under us: somebody else owns it."""


class Superseded(Infrastructure):
    """The partition is ours still, and its documents are those of another generation now."""
