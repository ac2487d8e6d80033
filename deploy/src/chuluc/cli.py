"""The command `chuluc`: run the whole system on one machine, publish into it, and look after it."""

import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer

from chuluc.directory import Directory, OperatorError, Profile
from chuluc.up import up as run_up

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
Data = Annotated[Path, typer.Option("--data", help="directory of the run", envvar="CHULUC_DATA")]
HERE = Path(".chuluc")


@app.callback()
def chuluc() -> None:
    """Run the key industrial products programme on one machine, publish into it, and look after it."""


@app.command()
def up(
    *,
    data: Data = HERE,
    scenario: Annotated[str | None, typer.Option(help="a scenario by name (2021, rounds, support) or a file of events")] = None,
    exit: Annotated[bool, typer.Option("--exit", help="leave when the scenario is played")] = False,
    kafka: Annotated[str | None, typer.Option(help="host:port of a Kafka to use in place of the embedded one")] = None,
    mongo: Annotated[str | None, typer.Option(help="mongodb://… to use in place of the embedded one")] = None,
    profile: Annotated[str, typer.Option(help="embedded or production: the services' defaults")] = "embedded",
) -> None:
    """Start the engines and the four services, play a scenario, and serve until Ctrl-C."""
    if profile not in ("embedded", "production"):
        raise typer.BadParameter("must be embedded or production", param_hint="--profile")
    chosen: Profile = "production" if profile == "production" else "embedded"
    finish(run_up(Directory(data), scenario=scenario, leave=exit, kafka=kafka, mongo=mongo, profile=chosen))


def finish(work: Coroutine[Any, Any, int]) -> None:
    """Run a command to its exit code; what an operator has to know is said without a traceback."""
    try:
        code = asyncio.run(work)
    except OperatorError as error:
        typer.echo(str(error), err=True)
        code = 1
    raise typer.Exit(code)


def main() -> None:
    """The command line."""
    if sys.argv[1:2] != ["up"]:
        from chuluc.operate import app as others  # noqa: PLC0415 - a second of imports that `up` must not wait for

        app.add_typer(others)
    app()


if __name__ == "__main__":
    main()
