"""One call makes a service: settings, logs, engines, HTTP, graceful stop."""

import asyncio
import gc
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import uvicorn
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from shared import http, logs, operations
from shared.errors import LOST_OWNERSHIP
from shared.messaging.reader import Reader
from shared.messaging.service import Service
from shared.messaging.topics import load_contracts
from shared.process import Process
from shared.settings import ServiceSettings

Routes = Callable[[Reader], list[BaseRoute]]


def version_of(service: str) -> str:
    """The version of the service's package; of the runtime where a service is no package of its own."""
    try:
        return version(f"chuluc-{service}")
    except PackageNotFoundError:
        return version("chuluc-shared")


def application(process: Process, routes: Routes) -> Starlette:
    """The HTTP application, whose lifespan is that of the service."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await process.start()
        yield
        await process.stop()

    common = operations.routes(process, version_of(process.service.name))
    made = http.application([*common, *routes(process.reader)], lifespan)
    made.state.settings = process.settings
    return made


class _Server(uvicorn.Server):
    """uvicorn that leaves the signals to us: its own way ends a clean stop with the signal's exit code."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    def leave(self) -> None:
        """Stop serving; the lifespan then stops the service."""
        self.should_exit = True


async def serve(service: Service, settings: ServiceSettings, routes: Routes) -> int:
    """Run until SIGTERM or until the partitions are lost; the exit code."""
    process = Process(service, settings)
    config = uvicorn.Config(
        application(process, routes),
        host=settings.http.host,
        port=settings.http.port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=5,
    )
    server = _Server(config)
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, server.leave)

    async def watch() -> None:
        await process.core.lost.wait()
        server.leave()

    watching = asyncio.create_task(watch())
    await server.serve()
    watching.cancel()
    return LOST_OWNERSHIP if process.core.lost.is_set() else 0


def command(service: Service, settings_class: type[ServiceSettings], routes: Routes) -> None:
    """The command line of a service: ``<service> run``, ``check``, and ``rebuild`` where it keeps its log."""
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    options = {"rebuild": ["--accept", "--keep"]} if service.keeps_log else {}
    if asked not in ("run", "check", *options) or not set(sys.argv[2:]) <= set(options.get(asked, [])):
        sys.exit(f"usage: {service.name} run | check" + (" | rebuild [--accept] [--keep]" if options else ""))
    load_contracts()
    # What is loaded by now stays; a collection that walks all of it is a pause of its own. There was none so far: see each cli.
    gc.freeze()
    gc.enable()
    try:
        settings: Any = settings_class()
    except ValidationError as error:
        lines = [f"  {'__'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors(include_url=False)]
        sys.exit("\n".join([f"{service.name}: the settings are not usable:", *lines]))
    if asked == "check":
        sys.stdout.write(settings.model_dump_json(indent=2) + "\n")
        return
    logs.configure(service.name, settings.instance)
    if asked == "rebuild":
        from shared.rebuild.command import rebuild  # noqa: PLC0415 - what a service that runs does not need

        sys.exit(rebuild(service, settings, accept="--accept" in sys.argv, keep="--keep" in sys.argv))
    # The driver's threads wait for the interpreter at every step of a transaction: 5 ms each while a batch is played.
    sys.setswitchinterval(0.0005)
    # A collection that walks the documents in memory is a pause too.
    gc.set_threshold(20_000, 20, 50)
    sys.exit(asyncio.run(serve(service, settings, routes)))
