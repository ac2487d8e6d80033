"""How events flow through each service, as each instance says of itself; imported when it is first asked for, with httpx."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

SECONDS = 2.0  # a service that takes longer to answer is shown as one that does not
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance of a service; `said` is its /status, None where it did not answer, `why` the reason, or what fails in it."""

    service: str
    address: str
    said: Json | None
    why: str = ""

    @property
    def state(self) -> str:
        """ready, not-ready or silent."""
        if self.said is None:
            return "silent"
        return "ready" if self.said["ready"] else "not-ready"

    @property
    def figures(self) -> dict[str, int]:
        """How many events: unread in the topics, unhandled in its log, unsent, waiting for others, dead letters, refused."""
        if self.said is None:
            return {}
        said = self.said
        return {
            "unread": said["intake"]["lag"],
            "lag": said["lag"],
            "unsent": said["outbox"],
            "waiting": said["held"] - said["dead"],
            "dead": said["dead"],
            "refused": said["refused"],
            "handled": said["handled"],
        }


@dataclass(frozen=True, slots=True)
class Flow:
    """Every instance, in the order they were named."""

    instances: Sequence[Instance] = field(default_factory=tuple)

    @property
    def troubled(self) -> list[Instance]:
        """Those an operator has to look at: silent, not ready, failing, or with a dead letter."""
        return [i for i in self.instances if i.state != "ready" or i.why or i.figures["dead"]]


async def flow_of(services: Mapping[str, Sequence[str]]) -> Flow:
    """What every instance says now; they are asked side by side."""
    async with httpx.AsyncClient(timeout=SECONDS) as client:
        asked = [_ask(client, service, address) for service, addresses in services.items() for address in addresses]
        return Flow(await asyncio.gather(*asked))


async def _ask(client: httpx.AsyncClient, service: str, address: str) -> Instance:
    try:
        answer = await client.get(f"{address.rstrip('/')}/status")
        answer.raise_for_status()
        said = answer.json()
        return Instance(service, address, said, said.get("failing") or "")
    except (httpx.HTTPError, ValueError) as problem:
        return Instance(service, address, None, f"{type(problem).__name__}: {problem}".rstrip(": "))
