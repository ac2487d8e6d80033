"""What a service is to the runtime: a name, a handler for each event it takes in, and the documents it keeps."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import ModuleType
from typing import Any

from shared.contracts.base import REGISTER, Contract, Data, Event, Topic
from shared.contracts.department import CalendarIssued, DayStarted
from shared.messaging.document import Document
from shared.messaging.unit import Unit
from shared.messaging.versions import earlier

Handler = Callable[[Event[Any], Unit], None]
# The first is a Reader; named here, it would bring the database to where handlers are.
Closes = Callable[[Any, date], Awaitable[list[Data]]]
KeyRule = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Route:
    """How one event type travels inside a service: its contract, its handler, and the key of the log it goes to.

    `key` is None for a broadcast: the event goes to every partition. `patience` is how many business days the event
    waits for something it needs before it is refused.
    """

    contract: Contract
    handler: Handler
    key: KeyRule | None
    patience: int

    @property
    def broadcast(self) -> bool:
        return self.key is None

    def key_of(self, data: Data) -> str | None:
        return None if self.key is None else self.key(data)


def handles(
    *models: type[Data], key: str | KeyRule | None = None, broadcast: bool = False, patience: int = 30
) -> Callable[[Handler], Handler]:
    """Mark a function as the handler of an event type, or of several that it does the same with.

    `key` names the field of the data (or computes from the data) the consistency boundary; by default the key of the
    contract. `broadcast` sends the event to every partition, each of which keeps its own copy.
    """

    def rule(name: str) -> KeyRule:
        return lambda data: str(getattr(data, name))

    def rule_of(terms: Contract) -> KeyRule | None:
        if broadcast:
            return None
        return key if callable(key) else rule(key or terms.key)

    def mark(function: Handler) -> Handler:
        terms = [model.contract for model in models]
        function.__dict__["routes"] = tuple(Route(each, function, rule_of(each), patience) for each in terms)
        return function

    return mark


def nothing_more(event: Event[Any], unit: Unit) -> None:
    """What the runtime does with the event is all that happens."""


@dataclass(frozen=True)
class Service:
    """A service as the runtime sees it. `log`, `rejected` and `dead_letter` are its own topics.

    `keeps_log` is whether its log is kept in its database too, for ever, whatever the broker does: its documents can then
    be built anew beside the old ones (`<service> rebuild`). `closes` is what it has to say to its own log of a day
    that is over in every partition, where that is news (closing.py).
    """

    name: str
    routes: dict[str, Route]
    documents: dict[str, type[Document]]
    keeps_log: bool = False
    closes: Closes | None = None

    @classmethod
    def of(
        cls,
        name: str,
        *,
        handlers: ModuleType,
        documents: tuple[type[Document], ...],
        keeps_log: bool = False,
        closes: Closes | None = None,
    ) -> "Service":
        """Collect the marked functions of a module; two handlers of one type are a mistake."""
        # Every partition of every service counts days, whether or not a handler cares.
        routes: dict[str, Route] = {}
        for route in (route for value in vars(handlers).values() for route in getattr(value, "__dict__", {}).get("routes", ())):
            if route.contract.type in routes:
                raise ValueError(f"{name} handles {route.contract.type} twice")
            routes[route.contract.type] = route
        for model in (DayStarted, CalendarIssued):
            routes.setdefault(model.contract.type, Route(model.contract, nothing_more, None, 0))
        return cls(name, routes, {d.collection: d for d in documents}, keeps_log, closes)

    # Once: the store asks for both with every batch.
    @cached_property
    def collections(self) -> list[str]:
        """Where its state is kept: its documents, and what those kept by day were before."""
        return sorted((*self.documents, *(earlier(kind) for kind in self.documents.values() if kind.by_day)))

    @cached_property
    def found_by(self) -> dict[str, tuple[str, ...]]:
        """What its collections are indexed by, each index as its fields with a space between them."""
        kinds = self.documents.values()
        return {name: kind.found_by for kind in kinds for name in (kind.collection, earlier(kind)) if name in self.collections}

    @property
    def log(self) -> str:
        return f"{self.name}.log.v1"

    @property
    def rejected(self) -> str:
        return f"{self.name}.rejected.v1"

    @property
    def dead_letter(self) -> str:
        return f"{self.name}.dead-letter"

    @property
    def inputs(self) -> list[Topic]:
        """Topics the intake reads: those of every handled event, and those this service answers for."""
        names = (
            {r.contract.topic.name for r in self.routes.values()}
            | {t.name for t in REGISTER.topics.values() if t.answered_by == self.name}
            | {"city.programme.v1"}
        )
        return [REGISTER.topics[n] for n in sorted(names - {self.log})]
