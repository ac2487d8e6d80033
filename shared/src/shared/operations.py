"""The HTTP interface every service has: health, metrics, documents, and what operators look at and decide."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from shared import asyncapi
from shared.audit import audit, state_hash
from shared.contracts.base import SOURCE_PREFIX, make_event
from shared.contracts.runtime import HeldRecordDecided
from shared.http import Problem, not_found, page, page_asked
from shared.messaging.kafka import Outbound
from shared.messaging.partition import Held
from shared.mongo import infrastructure
from shared.process import Process

DECISIONS: Mapping[str, Literal["redrive", "discard"]] = {"redrive": "redrive", "discard": "discard"}
LONGEST_TEXT = 2_000
Place = tuple[int, int]


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

    async def held(request: Request) -> Response:
        _check_token(request, process)
        limit, after = page_asked(request)
        heads = [(o.number, queue) for o in process.core.owned.values() for queue in o.partition.held.values()]
        items = {(number, queue[0].record.ordinal): _held(number, queue[0], len(queue) - 1) for number, queue in heads}
        from_place = (-1, -1) if after is None else _place(after)
        return page([items[place] for place in sorted(items) if place > from_place][: limit + 1], limit)

    async def rejections(request: Request) -> Response:
        _check_token(request, process)
        limit, after = page_asked(request)
        asked = {"rejected_id": request.query_params.get("id"), "slug": request.query_params.get("slug")}
        where: dict[str, Any] = {field: value for field, value in asked.items() if value is not None}
        if after is not None:
            where["_id"] = {"$gt": "{:03d}/{:012d}".format(*_place(after))}
        with infrastructure():
            rows = await process.database["rejections"].find(where).sort("_id", 1).limit(limit + 1).to_list(None)
        number, ordinal = map(int, rows[:limit][-1]["_id"].split("/")) if rows else (0, 0)
        return page([_without_storage(row) for row in rows], limit, next=f"{number}/{ordinal}")

    async def decide(request: Request) -> Response:
        _check_token(request, process)
        number, offset = request.path_params["partition"], request.path_params["offset"]
        decided = await _decision(request, f"{number}/{offset}")
        _check_head(process, number, offset)
        # It goes through the log like everything else, so that a replay decides the same.
        source = SOURCE_PREFIX + process.service.name
        event = make_event(decided, id=str(uuid4()), time=datetime.now(UTC), source=source)
        await process.publisher.send([Outbound(process.service.log, number, decided.held_id.encode(), event.to_json())])
        return JSONResponse({"accepted": decided.held_id, "decision": decided.decision}, 202)

    async def audited(request: Request) -> Response:
        _check_token(request, process)
        return JSONResponse({"guarantees": await audit(process)})

    async def hashed(request: Request) -> Response:
        _check_token(request, process)
        return JSONResponse(await state_hash(process))

    async def api_document(_: Request) -> Response:
        return JSONResponse(asyncapi.document(process.service, version))

    async def api_page(_: Request) -> Response:
        headers = {"content-security-policy": asyncapi.CONTENT_SECURITY_POLICY, "x-content-type-options": "nosniff"}
        return HTMLResponse(asyncapi.page(asyncapi.document(process.service, version)), headers=headers)

    async def api_style(_: Request) -> Response:
        return Response(asyncapi.STYLE, media_type="text/css")

    return [
        Route("/livez", livez),
        Route("/readyz", readyz),
        Route("/metrics", metrics),
        Route("/status", status),
        Route("/held", held),
        Route("/held/{partition:int}/{offset:int}/{decision:str}", decide, methods=["POST"]),
        Route("/rejections", rejections),
        Route("/audit", audited),
        Route("/state-hash", hashed),
        Route("/asyncapi.json", api_document),
        Route("/asyncapi", api_page),
        Route("/asyncapi.css", api_style),
    ]


def _check_token(request: Request, process: Process) -> None:
    """401 for whoever does not show the operator's token: what decides, and what reads the whole log or state, asks it."""
    sent = request.headers.get("authorization", "")
    wanted = f"Bearer {process.settings.operator_token.get_secret_value()}"
    if not secrets.compare_digest(sent.encode(), wanted.encode()):
        vi = "Cần mã truy cập của người vận hành; hãy gửi nó trong tiêu đề Authorization: Bearer …"
        raise Problem(401, "token-needed", vi, "The operator's token is needed; send it as Authorization: Bearer …")


async def _decision(request: Request, held_id: str) -> HeldRecordDecided:
    asked = request.path_params["decision"]
    if asked not in DECISIONS:
        vi = f"Không có quyết định {asked[:40]}; hãy dùng redrive (xử lý lại) hoặc discard (bỏ qua)."
        raise Problem(400, "decision-not-known", vi, f"There is no decision {asked[:40]}; use redrive or discard.")
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        vi = "Nội dung gửi lên phải là một đối tượng JSON có reason và decided_by."
        raise Problem(400, "body-not-valid", vi, "The body must be a JSON object with reason and decided_by.")
    reason = _text(body, "reason", "lý do của quyết định", "why it is decided so")
    by = _text(body, "decided_by", "tên người quyết định", "who decides")
    return HeldRecordDecided(held_id=held_id, decision=DECISIONS[asked], reason=reason, decided_by=by)


def _text(body: Mapping[str, Any], field: str, what_vi: str, what_en: str) -> str:
    value = body.get(field)
    if isinstance(value, str) and len(value.strip()) > 0 and len(value) <= LONGEST_TEXT:
        return value.strip()
    vi = f"Cần {field}: {what_vi}, một chuỗi không rỗng, dài nhất {LONGEST_TEXT} ký tự."
    en = f"{field} is needed: {what_en}, a text that is not empty, of at most {LONGEST_TEXT} characters."
    raise Problem(400, f"{field.replace('_', '-')}-needed", vi, en)


def _check_head(process: Process, number: int, ordinal: int) -> None:
    """404 where nothing is held by this record, 409 where another instance knows whether something is."""
    id = f"{number}/{ordinal}"
    owned = process.core.owned.get(number)
    if owned is None and number < process.settings.kafka.partitions:
        vi = f"Phân vùng {number} do một tiến trình khác của dịch vụ phụ trách; hãy gửi quyết định về {id} đến tiến trình đó."
        en = f"Partition {number} is owned by another instance of the service; send the decision on {id} to that one."
        raise Problem(409, "owned-elsewhere", vi, en)
    heads = [] if owned is None else [queue[0].record.ordinal for queue in owned.partition.held.values()]
    if ordinal not in heads:
        vi = f"Không có bản ghi nào đang giữ hàng chờ tại {id}; xem /held."
        raise not_found(vi, f"No record holds a queue at {id}; see /held.")


def _place(after: str) -> Place:
    """Partition and ordinal, as /held and /rejections write the `next` of a page."""
    number, slash, ordinal = after.partition("/")
    if slash and all(part.isascii() and part.isdigit() and len(part) < 13 for part in (number, ordinal)):
        return int(number), int(ordinal)
    vi = f"after={after[:40]} không hợp lệ; hãy dùng giá trị next của trang trước."
    raise Problem(400, "after-not-valid", vi, f"after={after[:40]} is not valid; use the next of the page before.")


def _without_storage(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("_id", "p")}


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
