"""Playing a scenario: publish its steps in order, wait where it says so, and go on where an earlier run stopped."""

from collections.abc import Callable

from chuluc.directory import Directory
from chuluc.journal import Entry
from chuluc.scenario.steps import Scenario, Settle
from chuluc.sender import Sender
from chuluc.services import Services
from chuluc.settle import settle

BATCH = 100
Progress = Callable[[int, str], None]


async def play(scenario: Scenario, *, directory: Directory, sender: Sender, services: Services, progress: Progress) -> None:
    """Play what has not been played yet. `progress` is told how many steps are done and what is waited for.

    A step that was published and not noted is published again after a crash; the services drop what they know.
    """
    done = directory.steps_played(scenario.name)
    progress(done, "")
    while done < len(scenario.steps):
        step = scenario.steps[done]
        if isinstance(step, Settle):
            progress(done, step.why)
            await settle(services)
            done += 1
        else:
            batch = _run_of_records(scenario, done)
            await sender.publish(batch)
            done += len(batch)
        directory.note_played(scenario.name, done)
        progress(done, "")


def _run_of_records(scenario: Scenario, start: int) -> list[Entry]:
    """The records from a step on, up to the next wait."""
    records: list[Entry] = []
    for step in scenario.steps[start : start + BATCH]:
        if isinstance(step, Settle):
            break
        records.append(Entry(step.topic, step.key, step.value))
    return records
