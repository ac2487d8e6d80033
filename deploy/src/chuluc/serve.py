"""What `chuluc up` does once its engines are on their way: services, scenario, table, and keeping all of it running."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from chuluc import table
from chuluc.children import Child
from chuluc.directory import Directory
from chuluc.engines import Engines
from chuluc.player import play
from chuluc.processes import Processes
from chuluc.scenario.library import find
from chuluc.scenario.steps import ExpectedRound, Scenario
from chuluc.sender import Sender
from chuluc.services import Services
from chuluc.supervisor import Supervisor
from chuluc.support_table import show_support

console = Console()


async def serve(
    directory: Directory, engines: Engines, processes: Processes, services: dict[str, Child], scenario: str | None, *, leave: bool
) -> int:
    """Make the topics the services wait for, play the scenario, and serve; the exit code."""
    story = find(scenario) if scenario else None
    async with Supervisor(directory, engines, processes, services) as supervisor:
        run = supervisor.run()
        console.print(f"ready after {run.ready_seconds} s · Kafka {run.kafka} · MongoDB {run.mongo}", highlight=False)
        console.print("  ".join(f"{name} {address}" for name, address in run.http.items()), highlight=False, soft_wrap=True)
        code = await _or_broken(supervisor, _tell(directory, supervisor, story)) if story else 0
        if leave:
            return code
        console.print("serving; Ctrl-C ends it", highlight=False)
        await supervisor.broken()
    return code


async def _or_broken(supervisor: Supervisor, work: Coroutine[Any, Any, int]) -> int:
    """The result of the work, unless what it works on breaks for good first."""
    telling, breaking = asyncio.create_task(work), asyncio.create_task(supervisor.broken())
    try:
        await asyncio.wait((telling, breaking), return_when=asyncio.FIRST_COMPLETED)
        if breaking.done():
            await breaking
        return await telling
    finally:
        for task in (telling, breaking):
            task.cancel()
        await asyncio.gather(telling, breaking, return_exceptions=True)


async def _tell(directory: Directory, supervisor: Supervisor, story: Scenario) -> int:
    """Play the scenario and show what came out; 1 where that is not what was published."""
    run = supervisor.run()
    sender = Sender(directory, run.kafka_settings())
    title, why = TextColumn("{task.description}"), TextColumn("{task.fields[why]}")
    columns = (title, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), why)
    async with Services(run, directory.token()) as services:
        try:
            with Progress(*columns, console=console) as progress:
                bar = progress.add_task(story.title, total=len(story.steps), why="")

                def tell(done: int, why: str) -> None:
                    progress.update(bar, completed=done, why=why)

                await play(story, directory=directory, sender=sender, services=services, progress=tell)
        finally:
            await sender.stop()
        wrong = [*await _show_year(services, story), *await _show_rounds(services, story)]
        wrong += await show_support(console, services, run, story)
    for line in wrong:
        console.print(f"[red]{line}[/red]", highlight=False)
    if story.years:
        console.print(f"page: {run.http['reporting']}/pages/{story.years[-1]}", highlight=False, soft_wrap=True)
    return 1 if wrong else 0


async def _show_year(services: Services, story: Scenario) -> list[str]:
    """The table of the year a scenario is about, and where it is not what was published."""
    if story.expected is None:
        return []
    year = await services.get("reporting", f"/years/{story.expected.year}")
    table.show(console, year, story)
    return table.breaches(year, story.expected)


async def _show_rounds(services: Services, story: Scenario) -> list[str]:
    """The table of the rounds a scenario is about, and where it is not what was published."""
    if not story.rounds:
        return []
    found: list[ExpectedRound] = []
    for wanted in story.rounds:
        year = await services.get("reporting", f"/years/{wanted.year}")
        products = await services.pages("reporting", f"/recognised-products?year={wanted.year}")
        found.append(table.round_of(year, products, found[-1].total if found else 0))
    table.show_rounds(console, found, story)
    return table.round_breaches(found, story)
