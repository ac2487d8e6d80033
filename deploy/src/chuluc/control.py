"""How another command asks a running `up` to stop or start a service: one line of JSON over a local connection."""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from chuluc.directory import OperatorError, Run


class Order(BaseModel):
    """What `up` is asked to do. `database` starts the service on another database than its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    token: str
    do: Literal["stop", "start"]
    service: str
    database: str | None = None


Obey = Callable[[Order], Awaitable[None]]


async def listen(token: str, obey: Obey) -> tuple[asyncio.Server, int]:
    """Take orders on a free port of 127.0.0.1; gives the server and the port."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        problem = await _obeyed(await reader.readline(), token, obey)
        writer.write(json.dumps({"problem": problem}).encode() + b"\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    return server, int(server.sockets[0].getsockname()[1])


async def _obeyed(line: bytes, token: str, obey: Obey) -> str | None:
    try:
        order = Order.model_validate_json(line)
        if not secrets.compare_digest(order.token, token):
            return "The token is not the operator's."
        await obey(order)
    except ValidationError as error:
        return f"The order is not understood: {error}"
    except OperatorError as error:
        return str(error)
    return None


async def ask(run: Run, order: Order) -> None:
    """Give an order to the running `up` and wait until it is carried out."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", run.control)
    except OSError:
        raise OperatorError(f"The running `up` (process {run.pid}) takes no orders; see its terminal.") from None
    writer.write(order.model_dump_json().encode() + b"\n")
    problem = json.loads(await reader.readline() or b'{"problem": "The connection was closed."}')["problem"]
    writer.close()
    if problem:
        raise OperatorError(problem)
