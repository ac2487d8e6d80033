"""A year of support as support itself decides it: both services in one city, so that words, money and order are the real ones."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from reporting.main import service as reporting
from shared.contracts.activities import (
    ActivityAnnounced,
    ActivityCancelled,
    ActivityChanged,
    Attendance,
    ClassHeld,
    CoverageAsked,
    OverlapResolved,
    ParticipationRecorded,
)
from shared.contracts.agencies import ExternalSupportReported
from shared.contracts.applications import EnterpriseMerged, EnterpriseRecorded
from shared.contracts.base import Data, Event, make_event
from shared.contracts.department import DayStarted, SchemeIssued
from shared.contracts.finance import BudgetChanged
from shared.contracts.grants import ClaimFiled, GrantAct
from shared.contracts.portal import SupportRequested
from shared.contracts.registers import AnnualResultReported
from shared.contracts.scoring import ProductRecognised
from shared.testing.memory import City
from support.main import service as support
from unit.reporting import story
from unit.support import cases, grant_cases
from unit.support.cases import MILLION, invoice

NAMES = (
    "Công ty Cổ phần Bóng đèn Điện Quang",
    "Công ty Cổ phần Ánh Dương",
    "Công ty TNHH Cơ khí Đông Anh",
    "Công ty Cổ phần Dệt may Hà Đông",
    "Công ty TNHH Gốm sứ Bát Tràng",
    "Công ty Cổ phần Ắc quy Tia Sáng",
    "Công ty Cổ phần Bánh kẹo Tràng An",
    "Công ty TNHH Phần mềm Ô Chợ Dừa",
)


def code(n: int) -> str:
    return f"{100000000 + n:010d}"


def name(n: int) -> str:
    return NAMES[n - 1] if n <= len(NAMES) else f"Công ty Cổ phần {('Thép', 'Nhựa', 'Sơn', 'Gỗ')[n % 4]} số {n}"


def act(n: int, *events: Data) -> Iterator[Data]:
    """Reports of grants, made for the request r1 of the first enterprise, as those of another."""
    for event in events:
        assert isinstance(event, GrantAct)
        own = {"evidence": (invoice(f"kk-{n}", 80 * MILLION),)} if isinstance(event, ClaimFiled) else {}
        yield event.model_copy(update={"grant_id": f"{code(n)}/HT-{n:03d}", **own})


def asked(n: int, scheme: str = cases.RENEWAL, **changes: Any) -> SupportRequested:
    """A request of an enterprise, of 90 triệu on an invoice of its own."""
    activity = "hannover" if scheme == cases.FAIR else f"du-an-{n}"
    facts: dict[str, Any] = {"activity_id": activity, "scheme_id": scheme, "made": True}
    request = cases.request(f"HT-{n:03d}", code(n), invoice(f"hd-{n}", 90 * MILLION))
    return request.model_copy(update={**facts, **changes})


def schemes() -> tuple[SchemeIssued, ...]:
    fair = {"name_vi": "Tham gia hội chợ, triển lãm ở nước ngoài", "name_en": "Fairs abroad"}
    renewal = {"name_vi": "Đổi mới công nghệ, thiết bị", "name_en": "Technology renewal"}
    return cases.scheme(**fair), cases.renewal(advance_percent=70, **renewal)


def activities() -> tuple[ActivityAnnounced, ...]:
    craft = {
        "kind": "craft-class",
        "name_vi": "Lớp truyền nghề mây tre đan",
        "name_en": "Class of rattan and bamboo",
        "country": "Việt Nam",
        "criteria_vi": "Lao động nông thôn của doanh nghiệp",
        "criteria_en": "Rural workers of enterprises",
    }
    meeting = {**craft, "kind": "connection-meeting", "name_vi": "Kết nối cung cầu 2021", "name_en": "Supplier connection 2021"}
    return (
        cases.fair(made=True),
        cases.fair("may-tre-dan", None, **craft, made=True),
        cases.fair("ket-noi", None, **meeting),
        cases.fair("osaka", 5, name_vi="Hội chợ Osaka", name_en="Osaka fair", country="Nhật Bản"),
    )


def joined(n: int, activity: str = "ket-noi", status: str = "attended", on: date = date(2021, 12, 17)) -> ParticipationRecorded:
    words = {"criterion_vi": "Có sản phẩm phù hợp nhu cầu", "criterion_en": "Its product fits a demand"}
    facts = {"activity_id": activity, "tax_code": code(n), "status": status, "on": on, "made": True}
    return ParticipationRecorded.model_validate({**facts, **words})


def held(activity: str = "may-tre-dan", *employers: int) -> ClassHeld:
    learners = tuple(Attendance(learner=f"{n:064x}", tax_code=code(who)) for n, who in enumerate(employers, 1))
    return ClassHeld(activity_id=activity, held_on=date(2021, 12, 20), learners=learners, made=True)


def overlapping(n: int) -> ExternalSupportReported:
    """Another agency supported the project of an enterprise too."""
    facts = {"report_id": f"bc-{n}", "agency": "so-khcn", "tax_code": code(n), "year": 2021, "amount": 30 * MILLION}
    what = {"activity_kind": "project", "activity_id": f"du-an-{n}", "supported_on": date(2021, 11, 1)}
    return ExternalSupportReported.model_validate({**facts, **what})


def resolved(n: int, overlap_id: str, outcome: str = "no-overlap") -> OverlapResolved:
    facts = {"overlap_id": overlap_id, "tax_code": code(n), "outcome": outcome, "by": "chi", "reason": "Hai phần việc khác nhau."}
    return OverlapResolved.model_validate({**facts, "resolved_on": date(2021, 12, 7)})


def merged(formerly: int, into: int) -> EnterpriseMerged:
    return EnterpriseMerged(tax_code=code(into), formerly=code(formerly), merged_on=date(2021, 12, 30), why="merged")


def set_up(enterprises: int) -> Iterator[Data]:
    yield story.PLAN_60
    yield story.round_opened()
    yield from schemes()
    yield from activities()
    for n in range(1, enterprises + 1):
        facts = {"tax_code": code(n), "name": name(n), "district": "Đống Đa", "in_the_city": True, "made": True}
        yield EnterpriseRecorded.model_validate({**facts, "supporting_industry": True})
    yield cases.allocated(3_000 * MILLION, made=True)
    yield cases.allocated(2_000 * MILLION, cases.RENEWAL, made=True)


def certificate(n: int) -> ProductRecognised:
    facts = {"enterprise_name": name(n), "product_name": story.product_name(n), "made": True}
    return cases.recognised(code(n)).model_copy(update={**facts, "certificate": f"2021-{n:03d}", "application_id": f"HS-{n:03d}"})


def life(n: int) -> tuple[Data, ...]:
    """How far the grant of an enterprise goes: each of ten ways by its number."""
    ways = grant_cases.TO_STATE
    far = ("granted", "agreed", "advanced", "claimed", "accepted", "settled", "checked", "failed", "withdrawn", "agreed")
    events = ways[far[n % 10]]
    late = (grant_cases.repaid(f"n{n}"),) if far[n % 10] == "failed" else ()
    return tuple(act(n, *events, *late))


def told(enterprises: int = 32) -> list[Event[Any]]:
    """What the city and its services say in the year, second by second."""
    start = datetime(2021, 12, 6, 2, tzinfo=UTC)
    said = enumerate(events_of(enterprises))
    return [make_event(event, id=f"test-{n}", time=start + timedelta(seconds=n)) for n, event in said]


@cache
def year_2021(enterprises: int = 32) -> City:
    """A year: requests in every state, an overlap, an activity cancelled, a class, a merger, and who was not reached."""
    return City.of(support, reporting).publish(*told(enterprises))


def events_of(enterprises: int) -> Iterator[Data]:
    yield DayStarted(date=cases.MONDAY)
    yield from set_up(enterprises)
    holders = enterprises * 3 // 4
    for n in range(1, holders + 1):
        yield story.received(n, n, story.product_name(n)).model_copy(update={"tax_code": code(n)})
        yield certificate(n)
        yield AnnualResultReported(tax_code=code(n), year=2020, production_value=n * 10**9, exports_usd=0, made=True)
        yield AnnualResultReported(tax_code=code(n), year=2021, production_value=n * 12 * 10**8, exports_usd=1000, made=True)
    for n in range(1, enterprises * 2 // 3):
        yield asked(n)
    for n in range(1, enterprises * 2 // 3):
        yield from life(n)
    for n in range(enterprises * 2 // 3, enterprises + 1):
        yield asked(n, cases.FAIR) if n % 2 else joined(n)
    yield overlapping(10)
    yield held("may-tre-dan", 22, 22, 30)
    yield ActivityChanged(activity_id="ket-noi", ends=date(2021, 12, 24), reason="Thêm một ngày.")
    yield ActivityCancelled(activity_id="osaka", cancelled_on=date(2021, 12, 3), reason="Dịch bệnh.")
    yield BudgetChanged(line_id=f"2021/{cases.RENEWAL}", by=-100 * MILLION, made=True, legal_text="Điều chỉnh dự toán")
    yield CoverageAsked(coverage_id="2021", year=2021, days=(date(2021, 12, 30),), clause="100 % được hỗ trợ")
    yield DayStarted(date=date(2021, 12, 30))
    yield merged(2, 3)


def said_by_support(city: City) -> list[Event[Any]]:
    """What reporting hears of support, as it was published."""
    return [event for event in city.published if event.source.endswith("/support")]


def heard_2021() -> list[Event[Any]]:
    """All that reporting hears in the year."""
    return [*told(), *said_by_support(year_2021())]
