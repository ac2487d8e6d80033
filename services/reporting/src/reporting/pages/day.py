"""The day a question is about: `?on=YYYY-MM-DD`, read in one place for every page, file and answer.

What the page links to and what an answer says of its day follow from it without being handed on: a link that forgot the day
would show figures of two days side by side.
"""

from contextvars import ContextVar
from datetime import date as Date
from typing import NamedTuple

from shared.http import Problem
from shared.messaging.reader import Reader
from starlette.requests import Request

from reporting.domain.programme import TODAY, BusinessDay
from reporting.repository.asking import OnceReader
from reporting.repository.past import PastReader
from shared import vietnamese


class Asked(NamedTuple):
    """The past day asked for, if any; the newest day that has begun, and the first, None where none has."""

    on: Date | None = None
    today: Date | None = None
    first: Date | None = None

    @property
    def shown(self) -> Date | None:
        """The day the figures are of."""
        return self.on or self.today


_ASKED: ContextVar[Asked] = ContextVar("day")


def asked() -> Asked:
    """What the request that is being answered asks for."""
    return _ASKED.get(Asked())


async def reader_for(request: Request, reader: Reader) -> Reader:
    """The reader of the day asked for, which asks each question once for this request; 400 for no day or a day to come, 404
    for a day at whose end nothing was known."""
    reader = OnceReader(reader)
    begun = await reader.get(BusinessDay, TODAY)
    present = Asked(None, begun.date, begun.first) if begun else Asked()
    _ASKED.set(present)
    on = day_asked(request, "on")
    if on is None:
        return reader
    if begun is None or on < begun.first:
        raise _nothing_known(on, begun)
    if on > begun.date:
        raise _to_come(on, begun.date)
    _ASKED.set(present._replace(on=on))
    return PastReader(reader, begun, on)


def of_the_moment(reader: Reader) -> Reader:
    """The reader of what is no question about a day; nothing is read to know that."""
    _ASKED.set(Asked())
    return reader


def day_asked(request: Request, name: str) -> Date | None:
    """The day a parameter asks for, None where it is not asked (or an empty field was sent); 400 where it is none."""
    text = request.query_params.get(name)
    if not text:
        return None
    try:
        day = Date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        vi = f"{name}={text[:40]} không phải là một ngày; hãy viết như 2021-12-31 (năm-tháng-ngày)."
        en = f"{name}={text[:40]} is not a day; write it like 2021-12-31 (year-month-day)."
        raise Problem(400, f"{name}-not-valid", vi, en)
    return day


def since_asked(request: Request) -> Date | None:
    """The day after whose end changes are asked for, before the day shown; 400 for one that is not before it."""
    since, shown = day_asked(request, "since"), asked().shown
    if since is not None and shown is not None and since >= shown:
        vi = f"since={since} không sớm hơn ngày của số liệu ({shown}); hãy chọn một ngày trước đó."
        raise Problem(
            400, "since-not-valid", vi, f"since={since} is not before the day of the figures ({shown}); choose an earlier one."
        )
    return since


def _to_come(on: Date, today: Date) -> Problem:
    known = vietnamese.date(today)
    vi = f"Ngày {vietnamese.date(on)} chưa đến; số liệu hiện có đến ngày {known}, hãy chọn ngày đó hoặc ngày sớm hơn."
    en = f"{on} has not come; there are figures up to {today}, choose that day or an earlier one."
    return Problem(400, "day-to-come", vi, en)


def _nothing_known(on: Date, begun: BusinessDay | None) -> Problem:
    vi, en = f"Đến hết ngày {vietnamese.date(on)} chưa có gì được ghi nhận", f"At the end of {on} nothing was known yet"
    if begun is None:
        return Problem(404, "nothing-known-yet", f"{vi}: chưa có ngày nào bắt đầu.", f"{en}: no day has begun.")
    vi = f"{vi}; số liệu có từ ngày {vietnamese.date(begun.first)}, hãy chọn ngày đó hoặc ngày sau."
    return Problem(404, "nothing-known-yet", vi, f"{en}; there are figures from {begun.first}, choose that day or a later one.")
