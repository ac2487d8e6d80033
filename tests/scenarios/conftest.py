"""One `chuluc up` for all tests here, in the order of their files: the last of them end it."""

from collections.abc import Iterator

import pytest

from .running import Up, until


@pytest.fixture(scope="session")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """A running `up` that has played the scenario."""
    running = Up.started(tmp_path_factory.mktemp("up") / "data", "--scenario", "2021")
    try:
        until(lambda: "serving" in running.said or running.process.poll() is not None, 240)
        assert running.process.poll() is None, running.said
        yield running
    finally:
        running.process.kill()
        running.process.wait()
