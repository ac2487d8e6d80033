"""`chuluc up`: the engines and the four services as one process tree, kept running, ended in order."""

import asyncio
import os
import time
from dataclasses import dataclass, field
from typing import Self

from shared.errors import LOST_OWNERSHIP
from shared.messaging.topics import provision

from chuluc import engines
from chuluc.children import Child
from chuluc.control import Order, listen
from chuluc.directory import SERVICES, Directory, OperatorError, Run, kafka_settings
from chuluc.engines import Engines
from chuluc.measure import age_seconds
from chuluc.processes import Processes
from chuluc.sender import Sender, broker_lock
from chuluc.services import Services

READY_SECONDS = 60.0
LOOK_SECONDS = 0.2


@dataclass
class Supervisor:
    """Everything `up` runs: the engines, which are on their way already, and the services over them."""

    directory: Directory
    engines: Engines
    processes: Processes
    children: dict[str, Child]
    _due: dict[str, float] = field(default_factory=dict)
    _changing: asyncio.Lock = field(default_factory=asyncio.Lock)
    _ready_seconds: float = 0.0
    _control: tuple[asyncio.Server, int] | None = None
    _watching: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        try:
            await self._start()
        except BaseException:
            await self.stop()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    # -- start ------------------------------------------------------------------------------------------------------

    async def _start(self) -> None:
        began = time.monotonic() - (age_seconds() or 0.0)
        self.children = {**self.engines.children, **self.children}
        self._control = await listen(self.directory.token(), self.obey)
        async with broker_lock(self.directory, alone=True):
            await self._open_broker()
        if "mongo" in self.children:
            await engines.answers(self.children["mongo"], self.engines.ports["mongo"])
        await self._until_ready(SERVICES)
        self._ready_seconds = round(time.monotonic() - began, 2)
        self._write_run()
        self._watching = asyncio.create_task(self._watch(), name="watch")

    async def _open_broker(self) -> None:
        """Topics for a broker that may be new, and, where it is ours and in memory, the journal once more."""
        settings = kafka_settings(self.engines.kafka, self.processes.profile)
        self.processes.opened.unlink(missing_ok=True)
        if "kafka" in self.children:
            if not self.children["kafka"].alive:
                await self.children["kafka"].start()
            await engines.answers(self.children["kafka"], self.engines.ports["kafka"])
        await provision(settings)
        if "kafka" in self.children:
            sender = Sender(self.directory, settings)
            await sender.republish()
            await sender.stop()
        self.processes.opened.touch()

    async def _until_ready(self, services: tuple[str, ...]) -> None:
        """Wait until the services say they are ready; one that ends is started again, unless it cannot start at all."""
        clock = asyncio.get_running_loop().time
        deadline = clock() + READY_SECONDS
        async with Services(self.run()) as asked:
            for service in services:
                while not await asked.ready(service):
                    child = self.children[service]
                    if clock() > deadline or (not child.alive and child.code != LOST_OWNERSHIP):
                        state = "alive" if child.alive else f"ended with code {child.code}"
                        words = f"{service} does not get ready ({state}); its log {child.log} ends:\n{child.last_words()}"
                        raise OperatorError(words)
                    if not child.alive:
                        await child.start()
                    await asyncio.sleep(0.1)

    def run(self) -> Run:
        """What runs now, as run.json says it."""
        return Run(
            pid=os.getpid(),
            profile=self.processes.profile,
            kafka=self.engines.kafka,
            mongo=self.engines.mongo,
            http={service: f"http://127.0.0.1:{self.processes.ports[service]}" for service in SERVICES},
            pids={name: child.pid for name, child in self.children.items() if child.alive and child.pid},
            logs=str(self.directory.logs),
            control=self._control[1] if self._control else 0,
            ready_seconds=self._ready_seconds,
            own_engines="kafka" in self.children,
        )

    def _write_run(self) -> None:
        self.directory.write_run(self.run())

    # -- keep running -----------------------------------------------------------------------------------------------

    async def broken(self) -> None:
        """Returns never, or raises what cannot be mended by starting something again."""
        assert self._watching is not None
        await asyncio.shield(self._watching)  # who stops waiting here must not stop the watch

    async def _watch(self) -> None:
        """Start again what fell. A new broker is another log, so the services start again with it."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            async with self._changing:
                if _fell(self.children.get("kafka")):
                    await self._broker_fell()
                for name, child in self.children.items():
                    if _fell(child) and self._is_due(name, child):
                        await child.start()
                        self._write_run()

    def _is_due(self, name: str, child: Child) -> bool:
        """Whether the pause before another start is over; it begins when the fall is seen."""
        now = time.monotonic()
        if name not in self._due:
            self._due[name] = now + (0.0 if child.code == LOST_OWNERSHIP else child.pause())
        if now < self._due[name]:
            return False
        del self._due[name]
        return True

    async def _broker_fell(self) -> None:
        running = [self.children[service] for service in SERVICES if self.children[service].wanted]
        await asyncio.gather(*(child.stop() for child in running))
        async with broker_lock(self.directory, alone=True):
            await self._open_broker()
        await asyncio.gather(*(child.start() for child in running))
        self._write_run()

    async def obey(self, order: Order) -> None:
        """Stop or start one service, as another command asks."""
        if order.service not in SERVICES:
            raise OperatorError(f"There is no service {order.service}; the services are {', '.join(SERVICES)}.")
        async with self._changing:
            child = self.children[order.service]
            if order.do == "stop":
                await child.stop()
            elif not child.alive:
                self.children[order.service] = child = self.processes.service(order.service, order.database)
                await child.start()
                await self._until_ready((order.service,))
            self._write_run()

    # -- end --------------------------------------------------------------------------------------------------------

    async def stop(self) -> None:
        """End the services first, so that they finish their batch, then the engines."""
        if self._watching:
            self._watching.cancel()
        if self._control:
            self._control[0].close()
        await asyncio.gather(*(self.children[s].stop() for s in SERVICES if s in self.children))
        await self.engines.stop()


def _fell(child: Child | None) -> bool:
    return child is not None and child.wanted and not child.alive
