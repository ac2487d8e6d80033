"""What a key hands over when it departs is sent once all that the key said before has arrived."""

import asyncio
from collections.abc import Iterable

from shared.contracts.base import REGISTER
from shared.contracts.support import LineMoved
from shared.contracts.support_handover import SupportHandedOver
from shared.messaging.kafka import Outbound
from shared.messaging.partition import Outgoing, Partition
from shared.messaging.relay import Relay
from shared.messaging.store import Owned, Row
from shared.messaging.topics import load_contracts

LOG = LineMoved.contract.topic.name


class Arrivals:
    """A publisher that notes which records were on their way together."""

    def __init__(self) -> None:
        self.together: list[list[bytes | None]] = []

    async def partitions(self, _topic: str) -> int:
        return 4

    async def send(self, records: Iterable[Outbound]) -> None:
        self.together.append([r.value for r in records])


def sent(*rows: list[tuple[str, str]]) -> list[list[bytes | None]]:
    """What was on its way together, of rows of (type, value)."""

    async def story() -> list[list[bytes | None]]:
        publisher = Arrivals()
        relay = Relay(publisher)  # type: ignore[arg-type]
        owned = Owned(Partition(0), 1, "epoch", 0, 0)
        for row in rows:
            relay.add(owned, Row(0, [Outgoing(n, LOG, value, type, value.encode()) for n, (type, value) in enumerate(row)]))
        running = asyncio.create_task(relay.run())
        assert await relay.drain(5)
        running.cancel()
        return publisher.together

    return asyncio.run(story())


def test_what_is_handed_over_is_behind_all_that_was_said_before() -> None:
    """Or the new key could speak to a line before what the former one said to it is there."""
    moved, handed = LineMoved.contract.type, SupportHandedOver.contract.type
    first, last = [(moved, "a"), (moved, "b")], [(moved, "c"), (handed, "d"), (handed, "e"), (moved, "f")]
    assert sent(first, last) == [[b"a", b"b", b"c"], [b"d", b"e", b"f"]]
    assert sent([(handed, "a"), (moved, "b"), (handed, "c")]) == [[b"a", b"b"], [b"c"]]
    assert sent(first) == [[b"a", b"b"]]


def test_handovers_are_the_events_that_come_behind_all() -> None:
    load_contracts()
    models = {terms.model.__name__: terms.behind_all for terms in REGISTER.by_type.values()}
    assert {name for name, behind_all in models.items() if behind_all} == {n for n in models if n.endswith("HandedOver")} != set()
