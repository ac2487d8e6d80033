"""What a scenario is made of: events, raw bytes, and places where everything before has to be worked off."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from shared.contracts.base import Contract, Event

from chuluc.scenario.support.rows import Year


@dataclass(frozen=True, slots=True)
class Publish:
    """Publish one event, as its publisher would."""

    event: Event[Any]

    @property
    def topic(self) -> str:
        terms: Contract = self.event.data.contract
        return terms.topic.name

    @property
    def key(self) -> str | None:
        terms: Contract = self.event.data.contract
        return terms.key_of(self.event.data)

    @property
    def value(self) -> bytes:
        return self.event.to_json()


@dataclass(frozen=True, slots=True)
class PublishRaw:
    """Publish bytes as they are, checked by nobody: what a broken publisher would send."""

    topic: str
    value: bytes
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Settle:
    """Wait until every service has worked off all that was published; `why` says what the next step depends on."""

    why: str


Step = Publish | PublishRaw | Settle


@dataclass(frozen=True)
class Expected:
    """What the year's table has to show in the end: counts of products and enterprises, shares in per cent, đồng."""

    year: int
    filed: tuple[int, int]
    recognised: tuple[int, int]
    top10: tuple[str, ...]
    supported_share: Decimal
    output_share: Decimal
    exports_share: Decimal
    granted: Mapping[str, int]


@dataclass(frozen=True)
class ExpectedRound:
    """What one line of the table of rounds has to show: counts of (products, enterprises), and single counts.

    `total` sums the recognitions of all rounds so far. `filed_made` says which of the counts filed were never published.
    """

    year: int
    filed: tuple[int, int]
    recognised: tuple[int, int]
    total: int
    first_time: int
    top10_enterprises: int
    filed_made: Literal["none", "products", "both"] = "none"


@dataclass(frozen=True)
class Scenario:
    """A story to play: its steps in the order of time, what must come out, and what in it is made.

    `expected` is held against the table of one year, `rounds` against the table of all rounds, `support` against what is
    reckoned apart from its rows.
    """

    name: str
    title: str
    steps: tuple[Step, ...]
    expected: Expected | None = None
    rounds: tuple[ExpectedRound, ...] = ()
    support: Year | None = None
    made_vi: str = ""
    made_en: str = ""

    @property
    def years(self) -> tuple[int, ...]:
        """The years it is held against, in order."""
        own = () if self.expected is None else (self.expected.year,)
        return own + tuple(r.year for r in self.rounds)
