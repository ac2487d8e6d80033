"""`chuluc up`: start everything, play, show the year, serve until told to end."""

import asyncio
import signal

from rich.console import Console

from chuluc.children import Child
from chuluc.directory import SERVICES, Directory, Profile
from chuluc.engines import Engines
from chuluc.processes import Processes

console = Console()


async def up(
    directory: Directory, *, scenario: str | None, leave: bool, kafka: str | None, mongo: str | None, profile: Profile
) -> int:
    """Run until Ctrl-C, SIGTERM, or the end of the scenario where `leave` is asked for."""
    directory.hold()
    loop, this = asyncio.get_running_loop(), asyncio.current_task()
    assert this is not None
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, this.cancel, number.name)
    engines, services = Engines(directory, kafka, mongo), dict[str, Child]()
    try:
        console.print(f"starting in {directory.path} …", highlight=False)
        await engines.start()
        processes = Processes(directory, engines, profile)
        services |= {service: processes.service(service) for service in SERVICES}
        for child in services.values():
            await child.start()
        # All that follows takes a second to import; the database and the services take as long to start.
        from chuluc.serve import serve  # noqa: PLC0415

        return await serve(directory, engines, processes, services, scenario, leave=leave)
    except asyncio.CancelledError as why:
        console.print(f"stopped by {why}", highlight=False)
        return 0
    finally:
        await asyncio.gather(*(child.stop() for child in services.values()))
        await engines.stop()
        directory.release()
