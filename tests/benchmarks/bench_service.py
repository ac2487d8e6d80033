"""Contender c: our runtime, intake and core together as one service process: ``python -m tests.benchmarks.bench_service run``."""

from typing import ClassVar

from shared.bootstrap import command
from shared.messaging.reader import Reader
from shared.messaging.service import Service
from shared.settings import ServiceSettings
from starlette.routing import BaseRoute

from tests.benchmarks import bench_handlers
from tests.benchmarks.commands import count_when_asked
from tests.benchmarks.contracts import Tally

service = Service.of("bench", handlers=bench_handlers, documents=(Tally,))


class Settings(ServiceSettings):
    """Nothing beside what every service has."""

    service: ClassVar[str] = "bench"


def routes(reader: Reader) -> list[BaseRoute]:
    """The service answers by events only."""
    return []


if __name__ == "__main__":
    count_when_asked()
    command(service, Settings, routes)
