"""What each command does. Every function gives the exit code: 0, or 1 where something is not as it should be."""

import asyncio
import getpass
import json as jsonlib
import os
import sys
from collections.abc import Sequence
from datetime import date
from typing import Literal

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from chuluc import audit as auditing
from chuluc import replay as replaying
from chuluc import settle
from chuluc.control import Order, ask
from chuluc.directory import Directory, OperatorError, Run
from chuluc.journal import Entry
from chuluc.measure import cpu_percent, resident_mb
from chuluc.publish import checked, unchecked
from chuluc.scenario.story import day_started
from chuluc.sender import Sender
from chuluc.services import HeldItem, Services, Status

__all__ = ["audit", "decide", "list_held", "order", "publish", "rebuild", "replay", "show_held", "status", "tick", "wait"]

REBUILT = ("reporting",)
console = Console()
errors = Console(stderr=True, soft_wrap=True)


async def publish(directory: Directory, lines: Sequence[bytes], raw: str | None) -> int:
    """Publish the lines that are in order; the others are answered and left out."""
    run = directory.read_run()
    entries, answers = checked(lines) if raw is None else (unchecked([line for line in lines if line], raw), [])
    await _send(directory, run, entries)
    for answer in answers:
        errors.print(str(answer), markup=False, highlight=False)
    console.print(f"{len(entries)} published, {len(answers)} refused", highlight=False)
    return 1 if answers else 0


async def tick(directory: Directory, day: date) -> int:
    """Publish the start of a day; a day that has begun cannot begin again, nor an earlier one."""
    run = directory.read_run()
    async with Services(run, directory.token()) as services:
        days = [s.day for s in (await services.statuses()).values() if s and s.day]
    if days and day <= min(days):
        raise OperatorError(f"It is {min(days)} already; the next day to begin is a later one.")
    event = day_started(day)
    await _send(directory, run, [Entry(event.data.contract.topic.name, day.isoformat(), event.to_json())])
    console.print(f"{day} has begun", highlight=False)
    return 0


async def _send(directory: Directory, run: Run, entries: Sequence[Entry]) -> None:
    if not entries:
        return
    sender = Sender(directory, run.kafka_settings())
    try:
        await sender.publish(entries)
    finally:
        await sender.stop()


async def wait(directory: Directory, seconds: float) -> int:
    """Wait for rest; what is held then is said, for it is not worked off."""
    async with Services(directory.read_run(), directory.token()) as services:
        await settle.settle(services, seconds=seconds, days_told=True)
        stuck = await settle.held(services)
    for name, item in stuck:
        errors.print(settle.describe(name, item), markup=False, highlight=False)
    console.print(_held_in_words(len(stuck)) if stuck else "all worked off", highlight=False)
    return 1 if stuck else 0


def _held_in_words(count: int) -> str:
    return "1 subject is held" if count == 1 else f"{count} subjects are held"


async def status(directory: Directory, as_json: bool, seconds: float) -> int:
    """Each service, and the memory and processor time of the process tree."""
    run = directory.read_run()
    async with Services(run, directory.token()) as services:
        found = await services.statuses()
    pids = {"up": run.pid, **run.pids}
    costs = {
        "ready_seconds": run.ready_seconds,
        "resident_mb": resident_mb(pids.values()),
        "resident_mb_by_process": {name: resident_mb([pid]) for name, pid in pids.items()},
        "cpu_percent": await cpu_percent(pids.values(), seconds),
    }
    if as_json:
        said = {name: None if s is None else s.model_dump(mode="json") for name, s in found.items()}
        print(jsonlib.dumps({"services": said, **costs}, ensure_ascii=False, indent=2))
    else:
        console.print(_status_table(found))
        console.print(
            f"ready {costs['ready_seconds']} s after the start · {costs['resident_mb']} MB · {costs['cpu_percent']} % of a core",
            highlight=False,
        )
    return 0 if all(s is not None and s.ready for s in found.values()) else 1


def _status_table(found: dict[str, Status | None]) -> Table:
    """Narrow enough for a terminal of 80 columns."""
    result = Table(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True, show_edge=False)
    for head in ("service", "ready", "day"):
        result.add_column(head, no_wrap=True)
    heads = ("unread", "lag", "outbox", "waiting", "dead", "refused")
    for head in heads:
        result.add_column(head, justify="right", no_wrap=True)
    for name, s in found.items():
        if s is None:
            result.add_row(name, "[red]no[/red]", "no answer", *[""] * len(heads))
        else:
            counts = (s.intake.lag, s.lag, s.outbox, s.waiting, s.dead, s.refused)
            result.add_row(name, "yes" if s.ready else "[red]no[/red]", str(s.day or ""), *map(str, counts))
    return result


async def audit(directory: Directory) -> int:
    """Check the guarantees once everything is worked off."""
    run = directory.read_run()
    async with Services(run, directory.token()) as services:
        await settle.settle(services)
        findings = await auditing.audit(directory, run, services)
    result = Table("where", "guarantee", "", "counted", box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True, show_edge=False)
    for f in findings:
        result.add_row(f.where, str(f.guarantee), "[green]kept[/green]" if f.ok else "[red]BROKEN[/red]", f.detail)
    console.print(result)
    return 0 if all(f.ok for f in findings) else 1


async def replay(directory: Directory, service: str) -> int:
    """Compare the state of the log read into an empty database with the state there is."""
    before, after = await replaying.replay(directory, service)
    for when, said in (("running", before), ("replayed", after)):
        console.print(f"{when:>9}: {said['documents']} documents {said['hash'][:16]}", highlight=False)
        console.print(f"{'':>9}  {said['events']} events {said['events_hash'][:16]}", highlight=False)
    console.print("the same" if before == after else "[red]NOT the same[/red]; see the operator's guide")
    return 0 if before == after else 1


async def rebuild(directory: Directory, service: str, options: Sequence[str]) -> int:
    """Have the service's own command build its documents anew, on what runs."""
    run = directory.read_run()
    if service not in REBUILT:
        raise OperatorError(f"{service} does not keep its log for this; `rebuild` works for {', '.join(REBUILT)}.")
    env = {
        "PROFILE": run.profile,
        "KAFKA__BOOTSTRAP_SERVERS": run.kafka,
        "MONGO__URI": run.mongo,
        "OPERATOR_TOKEN": directory.token(),
    }
    command = [sys.executable, "-m", f"{service}.cli", "rebuild", *options]
    building = await asyncio.create_subprocess_exec(*command, env={**os.environ, **env})
    return await building.wait()


async def order(directory: Directory, do: Literal["stop", "start"], service: str) -> int:
    """Stop or start a service under the running `up`."""
    await ask(directory.read_run(), Order(token=directory.token(), do=do, service=service))
    console.print(f"{service}: {'stopped' if do == 'stop' else 'started'}", highlight=False)
    return 0


async def list_held(directory: Directory, *, everything: bool) -> int:
    """List dead letters, and what waits where everything is asked for."""
    async with Services(directory.read_run(), directory.token()) as services:
        found = [(name, item) for name, item in await settle.held(services) if everything or item.dead]
    for name, item in found:
        console.print(settle.describe(name, item), markup=False, highlight=False, soft_wrap=True)
    console.print(_held_in_words(len(found)) if found else "nothing is held", highlight=False)
    return 0


async def show_held(directory: Directory, place: str) -> int:
    """One held record with its event."""
    service, held_id = _place(place)
    async with Services(directory.read_run(), directory.token()) as services:
        item = await _find(services, service, held_id)
    print(jsonlib.dumps({"service": service, **item.model_dump()}, ensure_ascii=False, indent=2))
    return 0


async def decide(
    directory: Directory, place: str, decision: Literal["redrive", "discard"], *, reason: str, by: str | None
) -> int:
    """Redrive or discard a held record."""
    service, held_id = _place(place)
    async with Services(directory.read_run(), directory.token()) as services:
        await _find(services, service, held_id)
        await services.decide(service, held_id, decision, reason=reason, decided_by=by or getpass.getuser())
    console.print(f"{place}: {decision} written to the log of {service}", highlight=False)
    return 0


def _place(place: str) -> tuple[str, str]:
    service, colon, held_id = place.partition(":")
    if not colon or "/" not in held_id:
        raise OperatorError(f"{place} is no held record; give SERVICE:PARTITION/OFFSET (see `chuluc deadletters list --all`).")
    return service, held_id


async def _find(services: Services, service: str, held_id: str) -> HeldItem:
    for item in await services.held(service):
        if item.id == held_id:
            return item
    raise OperatorError(f"{service} holds nothing at {held_id}; see `chuluc deadletters list --all`.")
