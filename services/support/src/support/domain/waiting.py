"""Requests that wait: for what, in words; and which of them wait for a recognition or for a day of allocation."""

from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel, ConfigDict
from shared.messaging.document import Document

from support.domain.amounts import dong
from support.domain.requests import Request


def waiting_words(request: Request) -> tuple[str, str]:
    """What it waits for, in Vietnamese and in English; empty where it does not wait."""
    if request.waits_for == "recognition":
        wait, day = request.version.wait_business_days, request.requested_on
        return (
            f"Doanh nghiệp {request.tax_code} chưa có công nhận còn hiệu lực ngày {day:%d/%m/%Y}; "
            f"đề nghị chờ tối đa {wait} ngày làm việc kể từ ngày đó.",
            f"Enterprise {request.tax_code} has no recognition in force on {day} yet; "
            f"the request waits at most {wait} business days from that day.",
        )
    if request.waits_for == "place":
        return _words_for_place(request)
    if request.waits_for == "budget" and request.allocates_on:
        return (
            f"Kinh phí của dòng ngân sách {request.line_id} được phân bổ ngày {request.allocates_on:%d/%m/%Y} theo mức ưu tiên, "
            "thời điểm và mã đề nghị; đề nghị đứng trong hàng đến ngày đó.",
            f"The money of budget line {request.line_id} is allocated on {request.allocates_on} by priority, time of request "
            "and id; the request stands in line until then.",
        )
    if request.waits_for == "budget":
        return (
            f"Ngân sách năm {request.year} của chính sách {request.version.name_vi} chưa chi được {dong(request.wanted, 'vi')}; "
            "đề nghị đứng trong hàng theo thứ tự đến.",
            f"The budget of {request.year} of the scheme {request.version.name_en} cannot pay {dong(request.wanted, 'en')} yet; "
            "the request stands in line in order of arrival.",
        )
    return "", ""


def _words_for_place(request: Request) -> tuple[str, str]:
    if request.allocates_on:
        return (
            f"Chỗ của hoạt động {request.activity_id} được phân bổ ngày {request.allocates_on:%d/%m/%Y} theo mức ưu tiên, "
            "thời điểm và mã đề nghị; ai chưa có chỗ đứng trong hàng và nhận chỗ khi đến lượt.",
            f"The places of activity {request.activity_id} are allocated on {request.allocates_on} by priority, time of request "
            "and id; who finds none stands in line and gets a place when its turn comes.",
        )
    return (
        f"Hoạt động {request.activity_id} đã hết chỗ; đề nghị đứng trong hàng và nhận chỗ khi đến lượt.",
        f"Activity {request.activity_id} is full; the request stands in line and gets a place when its turn comes.",
    )


class DueRequest(BaseModel):
    """A request that waits for a recognition, by its document id: since when, and how many business days."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    since: date
    wait: int


class DueRequests(Document, collection="due_requests"):
    """The requests of this partition that wait for a recognition, in the order they came."""

    requests: tuple[DueRequest, ...] = ()

    def without(self, ids: Iterable[str]) -> "DueRequests":
        gone = set(ids)
        return self.but(requests=tuple(r for r in self.requests if r.id not in gone))


class RequestsInLine(Document, collection="requests_in_line"):
    """The requests of an enterprise that wait for a day of allocation: a recognition that comes before it puts them first."""

    requests: tuple[str, ...] = ()
