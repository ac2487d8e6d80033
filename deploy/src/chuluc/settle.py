"""Waiting until everything that was published is worked off, or saying what is stuck."""

import asyncio
import os
from pathlib import Path

from chuluc.directory import OperatorError, Run
from chuluc.services import HeldItem, Services, Status

POLL_SECONDS = 0.1
REST_SECONDS = 0.1
"""How long nothing may change. The services ask the broker for the ends each time, so two looks that agree are enough."""


class Stuck(OperatorError):
    """The services do not come to rest."""


async def settle(services: Services, *, seconds: float = 120.0, days_told: bool = False) -> None:
    """Return when every service has nothing unread, unhandled or unpublished, and stays so without any change.

    `days_told`: and none has still to tell its log what follows from a day that is over, which it does some seconds later.

    Seeing it once is not enough: what one service has just published may not have reached the next one's count yet.
    Raises Stuck when nothing has moved for `seconds`.
    """
    clock = asyncio.get_running_loop().time
    before: list[Status | None] | None = None
    moved = clock()
    while True:
        statuses = await services.statuses()
        now = list(statuses.values())
        rest = all(status is not None and _unfinished(status, days_told=days_told) is None for status in now)
        if now != before:
            moved = clock()
        elif rest and clock() - moved >= REST_SECONDS:
            return
        elif clock() - moved > seconds:
            raise Stuck(await _explain(services, statuses, days_told=days_told))
        before = now
        await asyncio.sleep(POLL_SECONDS)


async def held(services: Services) -> list[tuple[str, HeldItem]]:
    """Everything the services hold, with the service that holds it."""
    answers = await asyncio.gather(*map(services.held, services.names))
    return [(name, item) for name, items in zip(services.names, answers, strict=True) for item in items]


def describe(service: str, item: HeldItem) -> str:
    """One held record in a line."""
    kind = "dead letter" if item.dead else "waiting"
    behind = f", {item.behind} behind it" if item.behind else ""
    return f"{service}:{item.id} {kind} {item.subject} since {item.since}: {item.why}{behind}"


def _unfinished(status: Status, *, days_told: bool) -> str | None:
    return status.unfinished or ("a day that is over is not told to its log" if days_told and status.untold else None)


async def _explain(services: Services, statuses: dict[str, Status | None], *, days_told: bool) -> str:
    problems = {name: _problem(services.run, name, status, days_told=days_told) for name, status in statuses.items()}
    lines = [f"  {name}: {problem}" for name, problem in problems.items() if problem]
    if all(status is not None for status in statuses.values()):
        lines += [f"  {describe(name, item)}" for name, item in await held(services)]
    return "Nothing moves any more, and not all is worked off:\n" + "\n".join(lines)


def _problem(run: Run, service: str, status: Status | None, *, days_told: bool) -> str | None:
    """What keeps a service from rest and what to do: start it where it was stopped, otherwise read its log."""
    log = Path(run.logs) / f"{service}.log"
    if status is not None:
        unfinished = _unfinished(status, days_told=days_told)
        return unfinished and f"{unfinished}; see {log}"
    return f"does not answer; see {log}" if _runs(run.pids.get(service)) else f"is stopped; start it: chuluc start {service}"


def _runs(pid: int | None) -> bool:
    if pid is None:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
