"""``<service> rebuild``: what an operator sees of it: a progress bar, the proof as a table, and what became of it."""

import os
import sys
import time
from collections import Counter

from pymongo.errors import PyMongoError
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from shared.errors import Infrastructure
from shared.messaging.service import Service
from shared.rebuild.proof import Finding, Sum
from shared.rebuild.rebuild import Rebuild, RebuildFailed, Workers
from shared.rebuild.worker import Progress
from shared.settings import ServiceSettings

LINE_SECONDS = 5.0


def rebuild(service: Service, settings: ServiceSettings, *, accept: bool, keep: bool) -> int:
    """Build, prove, change over; 1 where nothing was changed.

    `accept`: change over though documents differ, as a new version may mean them to. `keep`: leave the old ones until the
    next rebuild.
    """
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    workers = Workers.started(service, settings, os.cpu_count() or 1)
    try:
        return _rebuild(console, service, Rebuild(service, settings, workers), workers, accept=accept, keep=keep)
    except (RebuildFailed, Infrastructure, PyMongoError) as error:
        console.print(f"{service.name}: not rebuilt, nothing was changed: {error}", markup=False)
        return 1
    finally:
        workers.end()


def _rebuild(console: Console, service: Service, rebuild: Rebuild, workers: Workers, *, accept: bool, keep: bool) -> int:
    targets = rebuild.begin()
    _build(console, rebuild, workers, targets)
    findings = rebuild.prove()
    console.print(_table(findings))
    differing = [f for f in findings if f.differ]
    for finding in differing:
        console.print(f"{finding.collection}: {finding.differ} differ: {', '.join(finding.ids)} …", markup=False)
    if differing and not accept:
        rebuild.abandon()
        console.print(f"{service.name}: NOT the same; nothing was changed (--accept changes over all the same)")
        return 1
    rebuild.change_over(republish=bool(differing))
    if not keep:
        rebuild.clear()
    said = "the same" if not differing else "accepted as it differs; its compacted topics are sent again"
    console.print(f"{service.name}: {said}; generation {rebuild.new} is in use")
    return 0


def _build(console: Console, rebuild: Rebuild, workers: Workers, targets: dict[int, int]) -> None:
    total, began = sum(targets.values()), time.monotonic()
    columns = (
        TextColumn("events"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}/s"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[written]} documents written"),
    )
    done, said_at = Counter[Progress](), began
    with Bar(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("events", total=total, rate=0, written=0)

        def said(what: Progress, count: int) -> None:
            nonlocal said_at
            done[what] += count
            now = time.monotonic()
            played, rate = done["played"], _rate(done["played"], now - began)
            bar.update(task, completed=played, rate=rate, written=done["written"])
            if not console.is_terminal and now - said_at >= LINE_SECONDS:
                said_at = now
                left = (total - played) * (now - began) / played if played else 0
                console.print(f"{played} of {total} events, {rate}/s, {left:.0f} s left; {done['written']} documents written")

        workers.said = said
        rebuild.build(targets)
    workers.said = lambda what, count: None
    seconds = time.monotonic() - began
    peak = max(rebuild.peak_bytes()) / 1e6
    console.print(f"{total} events in {seconds:.1f} s: {_rate(total, seconds)}/s; at most {peak:.0f} MB a process")


def _rate(events: int, seconds: float) -> int:
    return round(events / seconds) if seconds > 0 else 0


def _table(findings: list[Finding]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True, show_edge=False)
    for head in ("collection", "documents", "hash", "built", "hash", ""):
        table.add_column(head, no_wrap=True, justify="right" if head in ("documents", "built") else "left")
    for f in findings:
        verdict = "[red]DIFFERS[/red]" if f.differ else "same"
        table.add_row(f.collection, *_shown(f.old), *_shown(f.new), verdict)
    return table


def _shown(sum: Sum) -> tuple[str, str]:
    return str(sum.rows), f"{sum.hash:032x}"[:12]
