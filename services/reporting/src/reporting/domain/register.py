"""A certificate in the register: what the decision said, the facts that came after, and how it stands by all of them.

The facts come from several keys of the publisher, in any order. So nothing is changed by a fact itself: the certificate is
made again from the decision and all its facts, which gives the same in whatever order they came.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date as Date
from datetime import timedelta
from decimal import Decimal
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field
from shared.contracts.reporting import Ground, RecognisedProductState, RecognitionState
from shared.messaging.document import Document

from reporting.domain.enterprise import enterprise_key
from reporting.domain.rows import Measure
from shared import vietnamese

DAY = timedelta(days=1)
FactKind = Literal[
    "renewed", "suspended", "reinstated", "revoked", "expired", "honours-changed", "first-time-corrected", "transferred"
]


class Fact(BaseModel):
    """What an event said of a certificate after it was granted.

    `on` is the day it takes effect, none where it has none; of a renewal and of honours the day of the decision, of an
    expiry the last day. `until` is the new last day of a renewal, the last day of a suspension where one is set.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: FactKind
    event_id: str
    tax_code: str
    on: Date | None = None
    until: Date | None = None
    decision: str | None = None
    reason: str | None = None
    top10_rank: int | None = None
    first_time: bool | None = None
    formerly: str | None = None


class Granted(BaseModel):
    """What the decision said, where facts can change it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tax_code: str
    enterprise_name: str
    valid_to: Date
    first_time: bool
    top10_rank: int | None


class RecognisedProduct(
    Document, collection="recognised-products", by_day=True, found_by=("id", "year", "product_id", "tax_code")
):
    """A certificate as it stands now; id is the certificate number. It lies at its own key, whoever its holder becomes.

    `holder_names` are the names of the enterprises it came to, by tax code. `state` is as of the last day that has begun.
    `district` is that of the enterprise it counts for, as of `year`. `search_text` is what a search compares: kept, because
    taking the diacritics off ten thousand names takes longer than a page may.
    """

    year: int
    tax_code: str
    enterprise_name: str
    application_id: str | None = None
    product_id: str
    product_name: str
    industry: str
    district: str | None = None
    decision: str
    decided_on: Date
    valid_from: Date
    valid_to: Date
    state: RecognitionState = "in-force"
    revoked_on: Date | None = None
    first_time: bool
    top10_rank: int | None
    score: Decimal
    logo_right: bool | None = None
    made: bool
    event_id: str
    granted: Granted
    facts: tuple[Fact, ...] = ()
    holder_names: dict[str, str] = Field(default_factory=dict)
    search_text: str = ""

    def published_state(self) -> RecognisedProductState:
        shown = set(RecognisedProductState.model_fields) - {"certificate"}
        return RecognisedProductState(certificate=self.id, **self.model_dump(include=shown))

    def with_fact(self, fact: Fact) -> Self:
        """The certificate with one more fact; `as_of` says what follows from it."""
        return self.but(facts=(*self.facts, fact))

    def named(self, tax_code: str, name: str) -> Self:
        """The certificate when the name of one of its holders is known; `as_of` says what follows from it."""
        return self.but(holder_names={**self.holder_names, tax_code: name})

    def as_of(self, day: Date | None) -> Self:
        """The certificate as it stands on a day by all its facts; where no day is known, on the latest day of a fact."""
        holder = self._holder()
        known = self.but(
            tax_code=holder,
            enterprise_name=self.holder_names.get(holder, self.granted.enterprise_name),
            valid_to=max([self.granted.valid_to, *(f.until for f in self._all("renewed") if f.until)]),
            revoked_on=min((f.on for f in self._all("revoked") if f.on), default=None),
            first_time=self._first_time(),
            top10_rank=self._top10_rank(holder),
        )
        days = [fact.on for fact in self.facts if fact.on]
        said = (known.product_name, known.enterprise_name, self.granted.enterprise_name, self.id)
        return known.but(
            state=known._state(day or max(days, default=self.valid_from)),
            search_text=" ".join(dict.fromkeys(map(vietnamese.search_form, said))),
        )

    def is_about(self, words: Iterable[str]) -> bool:
        """Whether each of the words, in the form a search compares, is in product, enterprise (then or now) or number."""
        return all(word in self.search_text for word in words)

    def turns_on(self) -> tuple[Date, ...]:
        """The days on which it may come to stand otherwise."""
        days = {self.valid_to + DAY}
        if self.revoked_on is not None:
            days.add(self.revoked_on)
        for first, last in self._suspensions():
            days |= {first} if last == Date.max else {first, last + DAY}
        return tuple(sorted(days))

    def grounds(self) -> tuple[Ground, ...]:
        """What its enterprise counts for: the year of the decision, and each year in which it is in force at any day.

        A year rests on the decision, or on the first renewal that reaches into it.
        """
        decided = self._ground(Measure.ENTERPRISES_RECOGNISED, self.year, self.event_id)
        in_force = [self._ground(Measure.ENTERPRISES_IN_FORCE, year, self._reason_for(year)) for year in self.years_in_force()]
        return (decided, *in_force)

    def years_in_force(self) -> tuple[int, ...]:
        """The years with at least one day in force: to the last day or the eve of its revocation, without suspensions."""
        last = min(self.valid_to, self.revoked_on - DAY) if self.revoked_on else self.valid_to
        years = range(self.valid_from.year, last.year + 1)
        spans = ((year, max(self.valid_from, Date(year, 1, 1)), min(last, Date(year, 12, 31))) for year in years)
        return tuple(year for year, first, end in spans if self._in_force_within(first, end))

    def _in_force_within(self, first: Date, last: Date) -> bool:
        """Whether a day of the span is in no suspension; a span that ends before it begins has none."""
        for start, end in self._suspensions():
            if start <= first <= end:
                if end >= last:
                    return False
                first = end + DAY
        return first <= last

    def _state(self, day: Date) -> RecognitionState:
        """A revocation goes before the end of the period, that before a suspension, as where it is decided."""
        expired = max((f.on for f in self._all("expired") if f.on), default=Date.min)
        if self.revoked_on is not None and self.revoked_on <= day:
            return "revoked"
        if day > self.valid_to or expired >= self.valid_to:
            return "expired"
        return "suspended" if any(first <= day <= last for first, last in self._suspensions()) else "in-force"

    def _suspensions(self) -> tuple[tuple[Date, Date], ...]:
        """First and last day of each suspension: to its last day, or to the eve of the first lifting after it began."""
        lifted = [f.on - DAY for f in self._all("reinstated") if f.on]
        found = []
        for fact in self._all("suspended"):
            first = fact.on or self.valid_from
            ends = [fact.until or Date.max, *(eve for eve in lifted if eve >= first)]
            found.append((first, min(ends)))
        return tuple(sorted(found))

    def _holder(self) -> str:
        """Where all its moves lead: the code it came to once more often than it left.

        Where a move is not known yet there are several such codes; it is then with the one it came to last.
        """
        moves = self._all("transferred")
        if not moves:
            return self.granted.tax_code
        here = Counter([enterprise_key(self.granted.tax_code), *(move.tax_code for move in moves)])
        here.subtract(Counter(move.formerly for move in moves if move.formerly))
        came = {move.tax_code: move.on or Date.min for move in sorted(moves, key=lambda move: move.on or Date.min)}
        return max((code for code, times in here.items() if times > 0), key=lambda code: (came.get(code, Date.min), code))

    def _first_time(self) -> bool:
        """As corrected last; what was said at another key counts too, since an earlier recognition stays known."""
        said = {fact.tax_code: bool(fact.first_time) for fact in self._all("first-time-corrected")}
        return all(said.values()) if said else self.granted.first_time

    def _top10_rank(self, holder: str) -> int | None:
        """By the latest decision; of two of one day by the one on the present holder."""
        changes = sorted(self._all("honours-changed"), key=lambda fact: (fact.on or Date.min, fact.tax_code == holder))
        return changes[-1].top10_rank if changes else self.granted.top10_rank

    def _reason_for(self, year: int) -> str:
        if year <= self.granted.valid_to.year:
            return self.event_id
        reaching = [(f.until, f.event_id) for f in self._all("renewed") if f.until and f.until.year >= year]
        return min(reaching)[1]

    def _ground(self, measure: Measure, year: int, event_id: str) -> Ground:
        return Ground(measure=measure.value, year=year, about=self.id, event_id=event_id, made=self.made)

    def _all(self, kind: FactKind) -> list[Fact]:
        return [fact for fact in self.facts if fact.kind == kind]
