"""No test is timed, and the tests are shared out among the workers so that no core waits for the last long file."""

from collections.abc import Sequence
from typing import Any

import hypothesis
import pytest
from xdist.scheduler import LoadScopeScheduling

# By itself Hypothesis fails an example of more than 200 ms, which a machine at work on other things takes for any of them.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

LONGEST_FIRST = ("tests/scenarios/", "tests/faults/")
ON_ONE_UP = ("tests/scenarios/test_commands.py", "tests/scenarios/test_up.py")


class ByFile(LoadScopeScheduling):
    """A file a worker, in the order of collection: by itself xdist begins with the files of most tests, which keeps those
    of few long ones, the tests of faults, for the end. The files that use the same `up` go to the same worker, otherwise
    each of two workers plays the year for itself.
    """

    def __init__(self, config: pytest.Config, log: Any = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return ON_ONE_UP[0] if file in ON_ONE_UP else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What starts engines comes first; the many short tests fill what is left between two cores at the end."""
    items.sort(key=lambda item: rank(item.nodeid, LONGEST_FIRST))


def rank(nodeid: str, rooms: Sequence[str]) -> int:
    return next((place for place, room in enumerate(rooms) if nodeid.startswith(room)), len(rooms))
