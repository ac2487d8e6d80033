"""How long the service works on each page with eight years loaded: scenario rounds, in the embedded database.

``python -m tests.benchmarks pages [/address …]``. The scenario is played in memory and its documents are written as they are
stored, so that what is measured is reading. A ratio is to a year of which nothing is known: that is what any page costs.
"""

import asyncio
import os
import statistics
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import httpx
import pymongo
from applications.main import service as applications
from chuluc.scenario.rounds.story import scenario
from chuluc.scenario.steps import Settle
from pymongo import monitoring
from reporting.api import routes
from reporting.main import service
from rich.console import Console
from rich.table import Table
from scoring.main import service as scoring
from shared.messaging.generations import Following
from shared.messaging.reader import DatabaseReader
from shared.messaging.routing import partition_of
from shared.messaging.rows import document_place, stored, version_row
from shared.messaging.versions import earlier
from shared.mongo import Database
from shared.settings import MongoSettings
from shared.testing.memory import PARTITIONS, City, Running
from support.main import service as support

from shared import http
from tests.harness.engines import Secantus, Store
from tests.harness.rust_store import rust_server

AIM, ASKED = 300.0, 9
NOTHING = "/pages/2007"
ADDRESSES = (
    NOTHING,
    "/pages/2021",
    "/pages/2025",
    "/pages/2021?on=2021-12-15",
    "/pages/2025/indicators/enterprises-recognised",
    "/pages/2021/indicators/supported-share",
    "/pages/2021/indicators/support-money",
    "/pages/2021/support",
    "/pages/2021/lines",
    "/pages/2021/coverage",
    "/pages/2021/activities",
    "/pages/2021/tasks",
    "/pages/products",
    "/pages/products?year=2021",
    "/pages/products/SP-2021-001",
    "/pages/certificates/2021-001",
    "/pages/2021/charts",
    "/pages/2021/cnht",
    "/pages/enterprises",
    "/pages/enterprises?q=cong+ty",
    "/pages/enterprises/9900000104",
    "/pages/files",
    "/years/2021",
    "/plans/2025",
    "/files/indicator-values.csv",
    "/files/indicators.csv",
    "/files/recognised-products.csv",
)
Rows = dict[str, list[dict[str, Any]]]
console = Console(width=120)


class Listener(monitoring.CommandListener):
    """Counts finds and the documents they gave."""

    questions = documents = 0

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        """See CommandListener."""
        self.questions += event.command_name == "find"

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        """See CommandListener."""
        cursor = event.reply.get("cursor", {})
        self.documents += len(cursor.get("firstBatch", cursor.get("nextBatch", ())))

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        """See CommandListener."""


def played() -> Running:
    """Reporting after all eight years."""
    city = City.of(applications, scoring, support, service)
    for step in scenario().steps:
        if not isinstance(step, Settle):
            city.send(step.topic, step.value)
    return city["reporting"]


def rows_of(running: Running) -> Rows:
    """Its documents and what they were before, as they are stored."""
    rows: Rows = defaultdict(list)
    for number, kept in enumerate(running.documents):
        for (collection, id), document in kept.items():
            if document is not None:
                rows[collection].append({"_id": document_place(number, id), **stored(number, document)})
    for version in running.versions:
        number = partition_of(version.document.id, PARTITIONS)
        place, row = version_row(number, version)
        rows[earlier(type(version.document))].append({"_id": place, **row})
    return rows


async def load(store: Store, rows: Rows, listener: Listener) -> Database:
    """The documents in a database, with the indexes they are found by."""
    database = Database(MongoSettings(uri=store.uri), "pages", event_listeners=[listener])  # type: ignore[arg-type]
    await database.make({name: service.found_by[name] for name in rows})
    with pymongo.MongoClient[dict[str, Any]](store.uri) as client:
        for collection, of in rows.items():
            found = {row["_id"]: row for row in of}
            client["pages"][collection].insert_many(list(found.values()))
        client["pages"]["positions"].insert_many([{"_id": number, "generation": 0} for number in range(PARTITIONS)])
    return database


async def measure(store: Store, rows: Rows, addresses: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """Of each page: milliseconds (median and most), questions and documents; asked by turns, so that noise touches all."""
    listener = Listener()
    database = await load(store, rows, listener)
    transport = httpx.ASGITransport(app=http.application(routes(DatabaseReader(database, Following(database, rebuilt=True)))))
    took: dict[str, list[float]] = defaultdict(list)
    found: dict[str, dict[str, float]] = {}
    async with httpx.AsyncClient(transport=transport, base_url="http://reporting", timeout=60) as client:
        for turn in range(ASKED + 1):
            for address in addresses:
                listener.questions = listener.documents = 0
                began = time.perf_counter()
                answer = await client.get(address)
                spent = time.perf_counter() - began
                if answer.status_code != 200:
                    raise RuntimeError(f"{address} is answered {answer.status_code}: {answer.text[:300]}")
                if turn:  # the first one compiles templates and validators
                    took[address].append(spent * 1000)
                found[address] = {"questions": listener.questions, "documents": listener.documents}
    database.close()
    return {a: {**found[a], "p50": statistics.median(took[a]), "max": max(took[a]), "min": min(took[a])} for a in addresses}


def main(addresses: tuple[str, ...]) -> None:
    """Measure on each server there is, and show the table."""
    console.print("playing eight years …")
    rows = rows_of(played())
    with tempfile.TemporaryDirectory() as made:
        rust = rust_server()
        stores = [Secantus(Path(made) / "py"), *([Secantus(Path(made) / "rs", rust=rust)] if rust else [])]
        for store in stores:
            with store:
                asked = tuple(dict.fromkeys((NOTHING, *(addresses or ADDRESSES))))
                show(store.name, asyncio.run(measure(store, rows, asked)))


def show(name: str, found: dict[str, dict[str, float]]) -> None:
    """The table, and whether the aim is met."""
    table = Table(title=f"pages on {name}, load {os.getloadavg()[0]:.1f}")
    for column in ("page", "questions", "documents", "best ms", "p50 ms", "max ms", "p50 to none"):
        table.add_column(column, justify="left" if column == "page" else "right", no_wrap=True)
    for address, of in found.items():
        ratio = of["p50"] / found[NOTHING]["p50"]
        times = (f"{of['min']:.0f}", f"{of['p50']:.0f}", f"{of['max']:.0f}", f"{ratio:.1f}")
        table.add_row(address, f"{of['questions']:.0f}", f"{of['documents']:.0f}", *times)
    console.print(table)
    slow = [address for address, of in found.items() if of["p50"] >= AIM]
    console.print(f"  every page under {AIM:.0f} ms: {'MISSED by ' + ', '.join(slow) if slow else 'met'}")
