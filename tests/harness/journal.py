"""What a fault test published to the ledger, and what must have come of it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from .cluster import Sent

SOURCE = "//industry.hanoi.gov.vn/"
TYPE = "vn.gov.hanoi.industry."
START = datetime(2021, 1, 4, tzinfo=UTC)
CITY, PARTNER, PROGRAMME = "city.ledger.v1", "partner.posting.v1", "city.programme.v1"


def cloud_event(kind: str, source: str, id: str, data: dict[str, Any], *, time: datetime = START) -> bytes:
    """A structured CloudEvent as one of the city's publishers writes it."""
    attributes = {"specversion": "1.0", "type": f"{TYPE}{kind}.v1", "source": SOURCE + source, "id": id, "time": time.isoformat()}
    return json.dumps({**attributes, "data": data}, ensure_ascii=False).encode()


def day_started(day: date) -> Sent:
    """The tick of a day."""
    return Sent(PROGRAMME, None, cloud_event("DayStarted", "department", f"day-{day}", {"date": day.isoformat()}))


@dataclass(frozen=True)
class Posting:
    """One posting to an account. The id of its event is that of the posting."""

    id: str
    account: str
    amount: int = 1
    kind: str = "Posted"
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def topic(self) -> str:
        return CITY if self.kind == "Posted" else PARTNER

    @property
    def source(self) -> str:
        return "portal" if self.kind == "Posted" else "partner"

    @property
    def identity(self) -> str:
        return f"{SOURCE}{self.source}|{self.id}"

    def sent(self) -> Sent:
        """The record as it is published, with its account as the key."""
        data = {"account": self.account, "posting": self.id, "amount": self.amount, **self.extra}
        return Sent(self.topic, self.account.encode(), cloud_event(self.kind, self.source, self.id, data))


@dataclass
class Journal:
    """Every posting published, in order; the same one again changes nothing."""

    postings: dict[str, Posting] = field(default_factory=dict)

    def note(self, postings: Iterable[Posting]) -> list[Sent]:
        """Write postings down; the records to publish."""
        sent = []
        for posting in postings:
            self.postings.setdefault(posting.id, posting)
            sent.append(posting.sent())
        return sent

    def effective(self, without: Iterable[str] = ()) -> dict[str, list[str]]:
        """By account, the ids of the postings that took effect, in order; `without` are those refused or held."""
        left_out = set(without)
        found: dict[str, list[str]] = defaultdict(list)
        for posting in self.postings.values():
            if posting.id not in left_out:
                found[posting.account].append(posting.id)
        return dict(found)

    def balances(self, without: Iterable[str] = ()) -> dict[str, tuple[int, int]]:
        """By account, balance and number of postings, those passed on by other accounts included."""
        sums: dict[str, list[int]] = defaultdict(list)
        left_out = set(without)
        for posting in self.postings.values():
            if posting.id not in left_out:
                sums[posting.account].append(posting.amount)
                if other := posting.extra.get("transfer_to"):
                    sums[other].append(-posting.amount)
        return {account: (sum(amounts), len(amounts)) for account, amounts in sums.items()}


def postings(count: int, *, accounts: int = 20, start: int = 0) -> list[Posting]:
    """So many postings of 1..9 over so many accounts, in turn; the same numbers give the same postings."""
    return [Posting(f"p{n:05d}", f"account-{n % accounts:02d}", n % 9 + 1) for n in range(start, start + count)]


def with_transfers(plain: list[Posting]) -> list[Posting]:
    """The same, with every fifth paying its 1 on to a pot that lies where it may."""
    passed_on = []
    for n, posting in enumerate(plain):
        passed_on.append(posting)
        if n % 5 == 4:
            passed_on.append(Posting(f"{posting.id}-out", posting.account, -1, extra={"transfer_to": f"pot-{n % 3}"}))
    return passed_on


def waves(plain: list[Posting], size: int) -> Iterator[list[Posting]]:
    """The postings in portions."""
    for start in range(0, len(plain), size):
        yield plain[start : start + size]


def days(first: date, count: int) -> list[date]:
    """So many days from the first."""
    return [first + timedelta(days=n) for n in range(count)]
