"""What `chuluc rounds` does: the ranking of a round rebuilt from the log of scoring, and what another score would do."""

import json as jsonlib
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TypeVar

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from shared.contracts.scoring import ASSESSMENT, SCORING_LOG, ProductScored, RoundRanked
from shared.errors import Refusal
from shared.messaging.codec import Received

from chuluc import settle
from chuluc.directory import Directory, OperatorError
from chuluc.rounds.rebuilt import Log, Result, check_closed, read, rebuild, rounds_of
from chuluc.rounds.verify import Difference, differences
from chuluc.rounds.what_if import Change, Moved, Standing, standings
from chuluc.rounds.what_if import what_if as moved_by
from chuluc.services import Services
from chuluc.topics import events, read_all
from shared import vietnamese

console = Console()
errors = Console(stderr=True, soft_wrap=True)
T = TypeVar("T")


async def verify(directory: Directory, year: int, *, as_json: bool) -> int:
    """Compare the published ranking of a year's round with the one its log gives; 1 where they differ."""
    log, published = await _records(directory)
    return _or_said(lambda: say_verified(log, year, published, as_json=as_json))


async def what_if(directory: Directory, year: int, scores: Sequence[str], *, as_json: bool) -> int:
    """Show what changed scores would have done; nothing is published and nothing is kept."""
    changes = _or_said(lambda: [Change.read(said) for said in scores])
    log, _ = await _records(directory)
    return _or_said(lambda: say_moved(log, year, changes, as_json=as_json))


def say_verified(log: Log, year: int, published: Sequence[Received], *, as_json: bool) -> int:
    """Print the ranking and every difference; the exit code."""
    rounds, results, found = compared(log, year, published)
    if as_json:
        said = {"year": year, "rounds": rounds, "events": len(results), "differences": [asdict(d) for d in found]}
        print(jsonlib.dumps(said, ensure_ascii=False, indent=2, default=str))
    else:
        console.print(_ranking(year, results, found))
        for difference in found:
            errors.print(str(difference), markup=False, highlight=False)
        verdict = f"[red]NOT the same: {len(found)} differences[/red]; see the operator's guide" if found else "the same"
        console.print(f"{len(results)} events rebuilt from the log: {verdict}", highlight=False)
    return 1 if found else 0


def say_moved(log: Log, year: int, changes: Sequence[Change], *, as_json: bool) -> int:
    """Print every product that would stand elsewhere; the exit code."""
    found = moved_by(log, year, changes)
    if as_json:
        said = {"year": year, "scores": list(map(str, changes)), "moved": [asdict(m) for m in found]}
        print(jsonlib.dumps(said, ensure_ascii=False, indent=2, default=str))
    elif found:
        console.print(_changes(found))
        console.print("nothing was published and nothing was changed", highlight=False)
    else:
        console.print("no product would stand elsewhere", highlight=False)
    return 0


def compared(log: Log, year: int, published: Sequence[Received]) -> tuple[list[str], list[Result], list[Difference]]:
    """The rounds of a year, their results as the log gives them, and where what was published differs."""
    rounds = rounds_of(log, year)
    results = rebuild(log).of(rounds)
    said = [e for model in (ProductScored, RoundRanked) for e in events(published, model) if e.data.round_id in rounds]
    check_closed(rounds, [*results, *said])
    return rounds, results, differences(said, results)


async def _records(directory: Directory) -> tuple[Log, list[Received]]:
    """The log of scoring and what it has published, once everything is worked off."""
    run = directory.read_run()
    async with Services(run, directory.token()) as services:
        await settle.settle(services)
    topics = await read_all(run, (SCORING_LOG.name, ASSESSMENT.name))
    return read(topics[SCORING_LOG.name]), topics[ASSESSMENT.name]


def _or_said(work: Callable[[], T]) -> T:
    """The result of the work; what is refused is said in both languages."""
    try:
        return work()
    except Refusal as refusal:
        raise OperatorError(f"{refusal.text('vi')}\n{refusal.text('en')}") from None


def _table(title: str, *columns: str) -> Table:
    """Narrow enough for a terminal of 80 columns."""
    result = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True, show_edge=False)
    for column in columns:
        result.add_column(column, no_wrap=column not in ("Sản phẩm",))
    return result


def _ranking(year: int, results: Sequence[Result], found: Sequence[Difference]) -> Table:
    """The ranking as the log gives it, with a mark where what was published is another one."""
    names = {e.data.application_id: e.data.product_name for e in results if isinstance(e.data, ProductScored)}
    result = _table(f"Bảng xếp hạng năm {year}", "Hạng", "Hồ sơ", "Sản phẩm", "Điểm", "Đạt", "Top 10", "")
    for round_id in dict.fromkeys(e.data.round_id for e in results):
        for id, stands in standings(e for e in results if e.data.round_id == round_id).items():
            wrong = any(d.subject == f"{round_id}/{id}" or f"[{id}]" in d.field for d in found)
            result.add_row(*_cells(id, names[id], stands), "[red]≠[/red]" if wrong else "=")
    return result


def _cells(id: str, name: str, stands: Standing) -> tuple[str, ...]:
    return (str(stands.rank), id, name, _points(stands), _passed(stands), _honour(stands))


def _changes(found: Sequence[Moved]) -> Table:
    result = _table("Thay đổi: trước → sau", "Hồ sơ", "Sản phẩm", "Điểm", "Hạng", "Đạt", "Top 10")
    parts: tuple[Callable[[Standing], str], ...] = (_points, lambda s: str(s.rank), _passed, _honour)
    for moved in found:
        result.add_row(moved.application_id, moved.product_name, *(_step(part, moved) for part in parts))
    return result


def _step(part: Callable[[Standing], str], moved: Moved) -> str:
    before, after = part(moved.before), part(moved.after)
    return before if before == after else f"{before} → {after}"


def _points(stands: Standing) -> str:
    return vietnamese.number(stands.score, 2)


def _passed(stands: Standing) -> str:
    return "có" if stands.passed else "không"


def _honour(stands: Standing) -> str:
    return "–" if stands.top10 is None else str(stands.top10)
