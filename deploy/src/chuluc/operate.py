"""The commands that look after a running `up`: publish into it, wait for it, check it and its rankings, decide what it holds."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from chuluc import commands
from chuluc import trace as tracing
from chuluc.cli import HERE, Data, finish
from chuluc.directory import Directory
from chuluc.rounds import commands as ranking

app = typer.Typer()
dead_letters = typer.Typer(no_args_is_help=True, help="Records that hold their subject: dead letters, and what waits.")
app.add_typer(dead_letters, name="deadletters")
rounds = typer.Typer(no_args_is_help=True, help="Rankings of closed rounds, rebuilt from the log of scoring.")
app.add_typer(rounds, name="rounds")

Item = Annotated[str, typer.Argument(help="SERVICE:PARTITION/OFFSET, as `deadletters list` shows it")]
Reason = Annotated[str, typer.Option(help="why; kept in the service's log")]
Year = Annotated[int, typer.Argument(help="the year of the round", min=2006, max=2100)]
Json = Annotated[bool, typer.Option("--json", help="for programs")]
By = Annotated[str | None, typer.Option(help="who decides; you where left out")]


@app.command()
def publish(
    file: Annotated[str, typer.Argument(help="a file with one CloudEvent a line, or - for standard input")],
    data: Data = HERE,
    raw: Annotated[str | None, typer.Option(metavar="TOPIC", help="send the lines to this topic as they are, unchecked")] = None,
) -> None:
    """Check events by their contracts, write them to the journal, and send them."""
    content = sys.stdin.buffer.read() if file == "-" else _read(Path(file))
    finish(commands.publish(Directory(data), content.split(b"\n"), raw))


@app.command()
def tick(day: Annotated[datetime, typer.Argument(metavar="DATE", formats=["%Y-%m-%d"])], data: Data = HERE) -> None:
    """Begin a day: publish DayStarted."""
    finish(commands.tick(Directory(data), day.date()))


@app.command()
def wait(
    data: Data = HERE,
    seconds: Annotated[float, typer.Option(help="give up when nothing has moved for so long")] = 120.0,
) -> None:
    """Wait until everything published is worked off, or say what is stuck."""
    finish(commands.wait(Directory(data), seconds))


@app.command()
def status(
    data: Data = HERE,
    json: Json = False,
    seconds: Annotated[float, typer.Option(help="how long processor time is measured")] = 1.0,
) -> None:
    """Where each service stands, and what the whole costs."""
    finish(commands.status(Directory(data), json, seconds))


@app.command()
def audit(data: Data = HERE) -> None:
    """Check the guarantees; ends with 1 where one is broken."""
    finish(commands.audit(Directory(data)))


@app.command()
def trace(
    id: Annotated[str, typer.Argument(metavar="ID", help="of an event, a request, a grant, a certificate or a dossier")],
    data: Data = HERE,
    json: Json = False,
) -> None:
    """Tell the story of an id over all services: what brought it about, and what it brought about, as a tree."""
    finish(tracing.trace(Directory(data), id, as_json=json))


@app.command()
def replay(service: str, data: Data = HERE) -> None:
    """Read a service's log into an empty database and compare the state with that of the running one."""
    finish(commands.replay(Directory(data), service))


@app.command()
def rebuild(
    service: str,
    data: Data = HERE,
    accept: Annotated[bool, typer.Option("--accept", help="change over even where documents differ")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="keep the old documents until the next rebuild")] = False,
) -> None:
    """Build a service's documents anew beside the old ones, prove them equal, and change over; it serves meanwhile."""
    finish(commands.rebuild(Directory(data), service, [*(["--accept"] * accept), *(["--keep"] * keep)]))


@app.command()
def stop(service: str, data: Data = HERE) -> None:
    """Stop one service; the others go on."""
    finish(commands.order(Directory(data), "stop", service))


@app.command()
def start(service: str, data: Data = HERE) -> None:
    """Start a service that was stopped."""
    finish(commands.order(Directory(data), "start", service))


@dead_letters.command("list")
def list_dead_letters(
    data: Data = HERE,
    everything: Annotated[bool, typer.Option("--all", help="also what waits for something that has not come")] = False,
) -> None:
    """List what could not be handled and holds its subject."""
    finish(commands.list_held(Directory(data), everything=everything))


@dead_letters.command("show")
def show_dead_letter(item: Item, data: Data = HERE) -> None:
    """Show one of them with its event."""
    finish(commands.show_held(Directory(data), item))


@dead_letters.command()
def redrive(item: Item, reason: Reason, data: Data = HERE, by: By = None) -> None:
    """Handle it again, and what stands behind it."""
    finish(commands.decide(Directory(data), item, "redrive", reason=reason, by=by))


@dead_letters.command()
def discard(item: Item, reason: Reason, data: Data = HERE, by: By = None) -> None:
    """Give it up, and handle what stands behind it."""
    finish(commands.decide(Directory(data), item, "discard", reason=reason, by=by))


@rounds.command()
def verify(year: Year, data: Data = HERE, json: Json = False) -> None:
    """Rebuild a round's ranking and compare it with the published one; ends with 1 where a field differs."""
    finish(ranking.verify(Directory(data), year, as_json=json))


@rounds.command("what-if")
def what_if(
    year: Year,
    score: Annotated[list[str], typer.Option(metavar="APPLICATION:MEMBER:CRITERION=POINTS", help="another score; repeatable")],
    data: Data = HERE,
    json: Json = False,
) -> None:
    """Show what other scores would have done to a closed round. Publishes nothing, changes nothing."""
    finish(ranking.what_if(Directory(data), year, score, as_json=json))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as problem:
        raise typer.BadParameter(f"{file} cannot be read: {problem.strerror}", param_hint="FILE") from None
