"""Tasks of the plans at their own key: what the department asks for and changes, and what the agencies report."""

from shared.contracts.base import Event
from shared.contracts.tasks import TaskAdjusted, TaskCancelled, TaskCompleted, TaskIssued, TaskProgressReported
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from reporting import projections
from reporting.domain.tasks import Task, TaskKnown, TaskUnknown


@handles(TaskIssued)
def keep_task(event: Event[TaskIssued], unit: Unit) -> None:
    """A task was issued: it is followed from now on."""
    known = unit.get(Task, event.data.task_id)
    if known is not None:
        raise TaskKnown(field="data.task_id", task_id=known.id, name=known.name_vi)
    unit.put(projections.task(event).check_days())


@handles(TaskAdjusted)
def adjust_task(event: Event[TaskAdjusted], unit: Unit) -> None:
    """A task has other days or another target: what it was is kept."""
    unit.put(_known(event.data.task_id, unit).adjusted(event.data, event.identity))


@handles(TaskCancelled)
def cancel_task(event: Event[TaskCancelled], unit: Unit) -> None:
    """A task is not carried out."""
    unit.put(_known(event.data.task_id, unit).cancelled(event.data, event.identity))


# Agencies report on another topic than tasks are issued on, so a report can come first: it waits for its task, and is
# answered where that never comes.
@handles(TaskProgressReported)
def note_progress(event: Event[TaskProgressReported], unit: Unit) -> None:
    """An agency reported what was done in a period."""
    task = unit.need(Task, event.data.task_id)
    unit.put(task.reported(event.data, event.identity, projections.day_of(event)))


@handles(TaskCompleted)
def complete_task(event: Event[TaskCompleted], unit: Unit) -> None:
    """An agency reported that a task is done."""
    unit.put(unit.need(Task, event.data.task_id).completed(event.data, event.identity))


def _known(task_id: str, unit: Unit) -> Task:
    """The task that the department changes; it issues and changes them in order, so one that is not there was never issued."""
    known = unit.get(Task, task_id)
    if known is None:
        raise TaskUnknown(field="data.task_id", task_id=task_id)
    return known
