"""Requests with their arithmetic, over HTTP; grants with their payments, recoveries and debts."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from shared.contracts.applications import Reason
from shared.contracts.support import AmountStep
from shared.http import Problem, not_found, one_of, page, page_asked, whole_number
from shared.messaging.reader import Reader
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from support import repository
from support.domain.amounts import dong, in_brackets
from support.domain.grants import Grant, standing
from support.domain.life import STATES as STATE_WORDS
from support.domain.recoveries import Account
from support.domain.requests import Request
from support.domain.scarce import Asker
from support.domain.waiting import waiting_words

STATES = ("asking", "queued", "granted", "declined", "cancelled")
RECOVERIES = ("open", "repaid")
TAX_CODE = re.compile(r"\d{10}(-\d{3})?|\d{12}")
YEARS = (2006, 2100)  # as the contract of a plan has it


def grant_routes(reader: Reader) -> list[BaseRoute]:
    """Requests, what became of those granted, and what enterprises have to pay back."""

    async def grants(request: HttpRequest) -> Response:
        limit, after = page_asked(request)
        query = request.query_params
        year = None if "year" not in query else whole_number(query["year"], "year", *YEARS)
        found = await repository.grants(
            reader,
            year=year,
            state=one_of(request, "state", STATES),
            tax_code=query.get("tax_code"),
            limit=limit + 1,
            after=after,
        )
        queues = await repository.queues_of(reader, found)
        return page([shown_request(r, in_line(r, queues)) for r in found], limit)

    async def grant(request: HttpRequest) -> Response:
        id = request.path_params["id"]
        found = await _named(reader, id)
        if found is None:
            raise not_found(f"Không có đề nghị hỗ trợ {id}; xem /grants.", f"There is no request {id}; see /grants.")
        granted = await repository.grant_of(reader, found.id)
        turn = in_line(found, await repository.queues_of(reader, [found]))
        said = explanation(found, granted, turn)
        return JSONResponse({**shown_request(found, turn), "grant": shown_grant(granted), "explanation": said})

    async def payments(request: HttpRequest) -> Response:
        id = request.path_params["id"]
        limit, after = page_asked(request)
        found = await _named(reader, id)
        granted = None if found is None else await repository.grant_of(reader, found.id)
        if granted is None:
            raise not_found(f"Không có khoản hỗ trợ {id}; xem /grants.", f"There is no grant {id}; see /grants.")
        orders = sorted((o for o in granted.orders if after is None or o.order_id > after), key=lambda o: o.order_id)
        return page([{"id": o.order_id, **o.model_dump(mode="json")} for o in orders], limit)

    async def recoveries(request: HttpRequest) -> Response:
        limit, after = page_asked(request)
        state = one_of(request, "state", RECOVERIES) or "open"
        found = await repository.recoveries(reader, state=state, limit=limit + 1, after=after)
        return page([shown_recovery(grant) for grant in found], limit)

    async def debts(request: HttpRequest) -> Response:
        tax_code = request.path_params["tax_code"]
        if not TAX_CODE.fullmatch(tax_code):
            vi = f"{tax_code[:40]} không phải mã số thuế; hãy dùng 10 hoặc 12 chữ số."
            raise Problem(400, "tax-code-not-valid", vi, f"{tax_code[:40]} is no tax code; use 10 or 12 digits.")
        return JSONResponse(shown_account(await repository.account(reader, tax_code)))

    return [
        Route("/grants", grants),
        Route("/grants/{id:path}/payments", payments),
        Route("/grants/{id:path}", grant),
        Route("/recoveries", recoveries),
        Route("/debts/{tax_code}", debts),
    ]


async def _named(reader: Reader, name: str) -> Request | None:
    """The request of this id or number; a number that several enterprises used is no name."""
    found = await repository.requests_named(reader, name)
    if len(found) > 1:
        vi = f"Nhiều doanh nghiệp có đề nghị số {name[:40]}; hãy nêu cả mã số thuế, ví dụ /grants/{found[0].id}."
        en = f"Several enterprises have a request {name[:40]}; name the tax code too, for example /grants/{found[0].id}."
        raise Problem(409, "request-id-shared", vi, en)
    return found[0] if found else None


class Turn(NamedTuple):
    """The place of a request in a line, from 1, among how many; by rank, as known now, where a day of allocation is to come."""

    position: int
    of: int


def in_line(request: Request, queues: Mapping[str, tuple[Asker, ...]]) -> Turn | None:
    """Where a request stands in line for a place or for money; None where it does not."""
    queue = queues.get(request.next_thing or "", ()) if request.waits_for in ("place", "budget") else ()
    found = [n for n, asker in enumerate(queue, 1) if asker.who == (request.filed_under, request.request_id)]
    return Turn(found[0], len(queue)) if found else None


def shown_request(request: Request, turn: Turn | None = None) -> dict[str, Any]:
    """A request: `wanted` is the amount by the rules, `granted` what was granted, đồng; `in_line` its turn, where it waits."""
    vi, en = waiting_words(request)
    hidden = {"version", "answered", "activity", "things", "taken", "certificate"}
    hidden |= {"caps", "lacks_papers", "listed_as", "needs_recognition", "asked_at", "priority", "allocates_on"}
    return {
        **request.model_dump(mode="json", exclude=hidden),
        "scheme_version": request.version.version,
        "legal_text": request.version.legal_text,
        "line_id": request.line_id,
        "eligible": request.eligible and request.eligible.model_dump(mode="json"),
        "waits": {"vi": vi, "en": en} if request.waits_for else None,
        "in_line": turn and turn._asdict(),
    }


def explanation(request: Request, grant: Grant | None, turn: Turn | None = None) -> dict[str, list[str]]:
    """How the request came to stand where it stands, and what became of its grant, sentence by sentence."""
    version, waits = request.version, waiting_words(request)
    vi = [f"Áp dụng chính sách {version.name_vi}, phiên bản {version.version} ({version.legal_text})."]
    en = [f"Decided by scheme {version.name_en}, version {version.version} ({version.legal_text})."]
    if request.eligible:
        vi.append(request.eligible.vi)
        en.append(request.eligible.en)
    said: tuple[AmountStep | Reason, ...] = (*request.steps, *request.reasons)
    vi += [_quoted(sentence.vi, sentence) for sentence in said]
    en += [_quoted(sentence.en, sentence) for sentence in said]
    if request.state in ("granted", "cancelled"):
        vi.append(f"Được hỗ trợ {dong(request.granted, 'vi')}.")
        en.append(f"Granted {dong(request.granted, 'en')}.")
    elif request.state == "declined":
        vi.append("Không được hỗ trợ.")
        en.append("Declined.")
    elif request.waits_for:
        vi += [waits[0], *([f"Nay đứng thứ {turn.position} trong {turn.of} đề nghị đang chờ."] if turn else [])]
        en += [waits[1], *([f"It is number {turn.position} of {turn.of} in line now."] if turn else [])]
    else:
        vi.append("Đang kiểm tra hóa đơn, chỗ và ngân sách.")
        en.append("Its invoices, place and budget are being checked.")
    if grant is not None:
        vi += [step.vi for step in grant.history] + [standing(grant)[0]]
        en += [step.en for step in grant.history] + [standing(grant)[1]]
    return {"vi": vi, "en": en}


def _quoted(text: str, sentence: AmountStep | Reason) -> str:
    """A step of the arithmetic names the clause it rests on."""
    clause = sentence.clause if isinstance(sentence, AmountStep) else None
    return f"{text.removesuffix('.')}{in_brackets(clause)}." if clause else text


def shown_grant(grant: Grant | None) -> dict[str, Any] | None:
    """What became of a granted request: its money in đồng, its papers, its history; None where nothing was granted."""
    if grant is None:
        return None
    parts = {"state", "certificate", "agreement", "claims", "acceptance", "changes", "holds", "repayments", "history"}
    vi, en = STATE_WORDS[grant.state]
    return {
        **grant.model_dump(mode="json", include=parts),
        "state_text": {"vi": vi, "en": en},
        "money": {**grant.money.model_dump(), "payable": grant.payable, "pending": grant.pending, "balance": grant.balance},
    }


def shown_recovery(grant: Grant) -> dict[str, Any]:
    """What has to be paid back of a grant, đồng, and the parts that were."""
    names = {"id", "request_id", "tax_code", "due_back", "repayments"}
    shown = {"state": grant.recovery, "repaid": grant.repaid, "balance": grant.balance}
    return {**grant.model_dump(mode="json", include=names), **shown}


def shown_account(account: Account) -> dict[str, Any]:
    """What an enterprise owes, đồng, by grant, and whether that blocks new support."""
    no = account.debt()
    texts = None if no is None else {"vi": no.text("vi"), "en": no.text("en")}
    debts = [debt.model_dump() for debt in account.debts]
    return {"tax_code": account.id, "balance": account.balance, "debts": debts, "blocks": texts}
