"""The HTTP interface every service has: health, metrics, documents, and what operators look at and decide."""

import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from shared import asyncapi
from shared.audit import audit, state_hash
from shared.contracts.base import SOURCE_PREFIX, make_event
from shared.contracts.runtime import HeldRecordDecided
from shared.errors import Infrastructure
from shared.messaging.kafka import Outbound
from shared.messaging.partition import Held
from shared.mongo import infrastructure
from shared.process import Process

STRICT = {"content-security-policy": "default-src 'none'; style-src 'self'"}
Endpoint = Callable[[Request], Awaitable[Response]]


def routes(process: Process, version: str) -> list[BaseRoute]:
    """Everything but the service's own routes. None of them can publish an event of the city."""

    async def livez(_: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def readyz(_: Request) -> Response:
        missing = await process.missing()
        return JSONResponse({"ready": not missing, "missing": missing}, 503 if missing else 200)

    async def metrics(_: Request) -> Response:
        return Response(process.metrics.text(await process.gauges()), media_type="text/plain; version=0.0.4")

    async def status(_: Request) -> Response:
        return JSONResponse({**await process.status(), "version": version})

    async def held(_: Request) -> Response:
        heads = [(o.number, q) for o in process.core.owned.values() for q in o.partition.held.values()]
        return JSONResponse({"items": [_held(number, queue[0], len(queue) - 1) for number, queue in heads]})

    async def rejections(request: Request) -> Response:
        where = {"_id": {"$gt": request.query_params["after"]}} if "after" in request.query_params else {}
        if "id" in request.query_params:
            where["rejected_id"] = request.query_params["id"]  # type: ignore[assignment]
        with infrastructure():
            rows = await process.database["rejections"].find(where).sort("_id", 1).limit(100).to_list(None)
        return JSONResponse({"items": rows, "after": rows[-1]["_id"] if len(rows) == 100 else None})

    async def decide(request: Request) -> Response:
        sent = request.headers.get("authorization", "")
        wanted = f"Bearer {process.settings.operator_token.get_secret_value()}"
        if not secrets.compare_digest(sent.encode(), wanted.encode()):
            return _problem(
                401, "Cần mã thông báo của người vận hành.", "The operator's token is needed: Authorization: Bearer …"
            )
        try:
            body = await request.json()
            number, offset = request.path_params["partition"], request.path_params["offset"]
            decided = HeldRecordDecided(
                held_id=f"{number}/{offset}",
                decision=request.path_params["decision"],
                reason=body["reason"],
                decided_by=body["decided_by"],
            )
        except (ValueError, KeyError, TypeError) as error:
            return _problem(400, f"Yêu cầu không hợp lệ: {error}", f"The request is not valid: {error}")
        # It goes through the log like everything else, so that a replay decides the same.
        source = SOURCE_PREFIX + process.service.name
        event = make_event(decided, id=str(uuid4()), time=datetime.now(UTC), source=source)
        await process.publisher.send([Outbound(process.service.log, number, decided.held_id.encode(), event.to_json())])
        return JSONResponse({"accepted": decided.held_id, "decision": decided.decision}, 202)

    async def audited(_: Request) -> Response:
        return JSONResponse({"guarantees": await audit(process)})

    async def hashed(_: Request) -> Response:
        return JSONResponse(await state_hash(process))

    async def api_document(_: Request) -> Response:
        return JSONResponse(asyncapi.document(process.service, version))

    async def api_page(_: Request) -> Response:
        return HTMLResponse(asyncapi.page(asyncapi.document(process.service, version)), headers=STRICT)

    async def api_style(_: Request) -> Response:
        return Response(asyncapi.STYLE, media_type="text/css")

    decision_path = "/held/{partition:int}/{offset:int}/{decision:str}"
    return [
        Route("/livez", livez),
        *(
            Route(path, patient(endpoint))
            for path, endpoint in (
                ("/readyz", readyz), ("/metrics", metrics), ("/status", status), ("/held", held), ("/rejections", rejections),
                ("/audit", audited), ("/state-hash", hashed), ("/asyncapi.json", api_document), ("/asyncapi", api_page),
                ("/asyncapi.css", api_style),
            )
        ),
        Route(decision_path, patient(decide), methods=["POST"]),
    ]  # fmt: skip


def patient(endpoint: Endpoint) -> Endpoint:
    """An engine that is away is said so, with 503, and not a fault of the question."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except (TimeoutError, Infrastructure) as error:
            return _problem(
                503, f"Hạ tầng tạm thời không sẵn sàng, hãy thử lại: {error}", f"An engine is away, try again: {error}"
            )

    return answer


def _problem(status: int, vi: str, en: str) -> Response:
    return JSONResponse({"status": status, "vi": vi, "en": en}, status, media_type="application/problem+json")


def _held(number: int, head: Held, behind: int) -> dict[str, Any]:
    return {
        "id": f"{number}/{head.record.ordinal}",
        "subject": head.subject,
        "type": head.record.type,
        "why": head.why,
        "since": head.since.isoformat(),
        "behind": behind,
        "dead": head.dead,
        "event": head.record.value.decode(errors="replace"),
    }
