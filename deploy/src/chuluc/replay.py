"""Replaying a service: an empty database reads the log and has to end with the same state, ids and outcomes."""

import asyncio
from typing import Any

from pydantic import SecretStr
from shared.mongo import Database
from shared.settings import MongoSettings

from chuluc.control import Order, ask
from chuluc.directory import Directory, Run
from chuluc.services import Services
from chuluc.settle import settle


async def replay(directory: Directory, service: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Stop the service, run it on an empty database, and give what /state-hash said before and says then.

    The service runs on its own database again afterwards, whatever happened; the other database is dropped.
    """
    run, token, scratch = directory.read_run(), directory.token(), f"{service}_replay"
    async with Services(run, token) as services:
        await settle(services, days_told=True)  # else the log goes on after its hash was taken
        before = await services.get(service, "/state-hash")
        await ask(run, Order(token=token, do="stop", service=service))
        try:
            await _drop(run, scratch)
            await ask(run, Order(token=token, do="start", service=service, database=scratch))
            await asyncio.sleep(1)  # an intake that has just begun does not know yet how much there is to read
            await settle(services, seconds=300, days_told=True)
            after = await services.get(service, "/state-hash")
        finally:
            await ask(run, Order(token=token, do="stop", service=service))
            await _drop(run, scratch)
            await ask(run, Order(token=token, do="start", service=service))
    return before, after


async def _drop(run: Run, database: str) -> None:
    found = Database(MongoSettings(uri=SecretStr(run.mongo)), database)
    try:
        await found.drop()
    finally:
        found.close()
