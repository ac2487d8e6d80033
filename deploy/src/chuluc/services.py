"""What the operator asks the services over HTTP: their status, what they hold, their guarantees, their hash."""

import asyncio
from datetime import date
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ConfigDict, Field

from chuluc.directory import OperatorError, Run

PAGE = 500


class PartitionStatus(BaseModel):
    """One partition of a service's log: where its owner stands."""

    model_config = ConfigDict(extra="ignore")
    partition: int
    next: int
    end: int | None = None
    published: int
    counter: int
    held: int = 0
    dead: int = 0


class IntakeStatus(BaseModel):
    """The reading of the world into the log."""

    model_config = ConfigDict(extra="ignore")
    owner: Any = None
    lag: int = 0


class Status(BaseModel):
    """What GET /status says. Lags and outbox are counts of records."""

    model_config = ConfigDict(extra="ignore")
    service: str
    instance: str = ""
    version: str = ""
    ready: bool
    day: date | None = None
    partitions: tuple[PartitionStatus, ...] = ()
    intake: IntakeStatus = Field(default_factory=IntakeStatus)
    lag: int
    outbox: int
    held: int
    dead: int
    refused: int = 0
    handled: int = 0
    duplicates: int = 0
    untold: bool = False

    @property
    def waiting(self) -> int:
        """How many subjects wait for something; the others that are held stand behind a dead letter."""
        return self.held - self.dead

    @property
    def unfinished(self) -> str | None:
        """What keeps it from being worked off, in words; None where nothing does."""
        if not self.ready:
            return "not ready"
        if any(partition.end is None for partition in self.partitions):
            return "does not know the end of its log"
        counts = {"unread": self.intake.lag, "unhandled": self.lag, "unpublished": self.outbox}
        return ", ".join(f"{count} {what}" for what, count in counts.items() if count) or None


class HeldItem(BaseModel):
    """A record that holds its subject: it waits for something (or failed: dead), others behind it."""

    model_config = ConfigDict(extra="ignore")
    id: str
    subject: str
    why: str
    since: str
    behind: int = 0
    dead: bool = False
    event: Any = None


class Services:
    """The HTTP interfaces of the running services."""

    def __init__(self, run: Run, token: str = "") -> None:
        self.run = run
        self.names = tuple(run.http)
        self._addresses = run.http
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._client = httpx.AsyncClient(timeout=30, headers=headers)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._client.aclose()

    async def ready(self, service: str) -> bool:
        """Whether the service says it can do its work."""
        try:
            return (await self._client.get(f"{self._addresses[service]}/readyz", timeout=5)).status_code == 200
        except httpx.HTTPError:
            return False

    async def status(self, service: str) -> Status | None:
        """Its status; None where it does not answer."""
        try:
            answer = await self._client.get(f"{self._addresses[service]}/status")
        except httpx.HTTPError:
            return None
        return Status.model_validate_json(answer.content) if answer.status_code == 200 else None

    async def statuses(self) -> dict[str, Status | None]:
        """The status of each, asked at the same time."""
        return dict(zip(self.names, await asyncio.gather(*map(self.status, self.names)), strict=True))

    async def held(self, service: str) -> list[HeldItem]:
        """What it holds: waiting records and dead letters, all pages of them."""
        page = await self.get(service, "/held")
        items = list(page["items"])
        while page.get("next"):
            page = await self.get(service, f"/held?after={page['next']}")
            items += page["items"]
        return [HeldItem.model_validate(item) for item in items]

    async def decide(self, service: str, held_id: str, decision: str, *, reason: str, decided_by: str) -> None:
        """Redrive or discard a held record, in the name of a person."""
        said = {"reason": reason, "decided_by": decided_by}
        await self._asked(service, "POST", f"/held/{held_id}/{decision}", said)

    async def get(self, service: str, path: str) -> Any:
        """The JSON of a path of a service."""
        return await self._asked(service, "GET", path)

    async def pages(self, service: str, path: str) -> list[Any]:
        """Every item of a paged list."""
        items: list[Any] = []
        asked = f"{path}{'&' if '?' in path else '?'}limit={PAGE}"
        after = ""
        while True:
            page = await self.get(service, f"{asked}{after}")
            items += page["items"]
            if page["next"] is None:
                return items
            after = f"&after={quote(page['next'], safe='')}"

    async def _asked(self, service: str, method: str, path: str, body: dict[str, str] | None = None) -> Any:
        if service not in self._addresses:
            raise OperatorError(f"There is no service {service}; the services are {', '.join(self.names)}.")
        try:
            answer = await self._client.request(method, self._addresses[service] + path, json=body)
        except httpx.HTTPError as problem:
            raise OperatorError(f"{service} does not answer at {self._addresses[service]} ({problem!r}); see its log.") from None
        if answer.is_error:
            raise OperatorError(f"{service} answered {answer.status_code} to {method} {path}: {_said(answer)}")
        return answer.json() if answer.content else None


def _said(answer: httpx.Response) -> str:
    """The sentence of a problem; the beginning of anything else."""
    if answer.headers.get("content-type") == "application/problem+json":
        return str(answer.json()["en"])
    return answer.text[:500]
