"""A request for support and its life: asking (for one scarce thing after the other) or queued, then granted or declined."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict
from shared.contracts.applications import Reason
from shared.contracts.department import SchemeIssued
from shared.contracts.portal import SupportRequested
from shared.contracts.support import AmountStep, ScarceThingAnswered, ScarceThingAsked
from shared.errors import Refusal
from shared.messaging.document import Document

from support.domain.activities import KIND_WORDS, ActivityIsCancelled, AnotherKindOfActivity, PlannedActivity, announced_kinds
from support.domain.amounts import amount_steps, budget_step, dong, in_words
from support.domain.enterprises import Activity, Enterprise, Holder, enterprise_of
from support.domain.overlap import CostAlreadySupported, holder_words
from support.domain.scarce import evidence_thing, kind_of, line_thing, name_of, place_thing

LARGEST_COST = 10**15  # đồng; no contract carries more


class RequestIdTaken(Refusal):
    slug = "request-id-taken"
    vi = "Mã đề nghị hỗ trợ {request_id} đã được dùng cho một đề nghị trước; hãy gửi đề nghị này với mã mới."
    en = "Request id {request_id} was already used by an earlier request; send this one under a new id."


class InvoiceTwice(Refusal):
    slug = "invoice-twice"
    vi = "Đề nghị hỗ trợ {request_id} nêu hóa đơn {evidence_id} hai lần; hãy nêu mỗi hóa đơn một lần rồi gửi lại với id mới."
    en = "Request {request_id} names invoice {evidence_id} twice; name each invoice once and send it again under a new id."


class CostTooLarge(Refusal):
    slug = "cost-too-large"
    vi = "Tổng chi phí của đề nghị {request_id} là {cost_vi}, vượt mức {largest_vi}; hãy kiểm tra số tiền trên hóa đơn."
    en = "The costs of request {request_id} add up to {cost_en}, more than {largest_en}; check the amounts of its invoices."


# The reasons of a decision to decline. They are refusals in form, so that slug and texts are said the same way.


class NotSupportingIndustry(Refusal):
    slug = "not-supporting-industry"
    vi = (
        "Doanh nghiệp {tax_code} không có trong danh sách công nghiệp hỗ trợ mà chính sách {scheme_vi} đòi hỏi; "
        "hãy liên hệ Sở Công Thương để được xác nhận rồi gửi đề nghị mới."
    )
    en = (
        "Enterprise {tax_code} is not on the list of supporting industries that the scheme {scheme_en} requires; "
        "have the department confirm it, then send a new request."
    )


class NoRecognition(Refusal):
    slug = "no-recognition"
    vi = (
        "Doanh nghiệp {tax_code} không có công nhận sản phẩm chủ lực còn hiệu lực ngày {day:%d/%m/%Y}, và thời hạn chờ "
        "{wait} ngày làm việc kể từ ngày đó đã hết; hãy gửi đề nghị mới khi đã được công nhận."
    )
    en = (
        "Enterprise {tax_code} has no recognition in force on {day}, and the wait of {wait} business days from that day is over; "
        "send a new request once it is recognised."
    )


class NothingToPay(Refusal):
    slug = "nothing-to-pay"
    vi = (
        "Mức hỗ trợ của đề nghị {request_id} là 0 đồng sau khi tính theo chính sách {scheme_vi}; "
        "hãy kiểm tra chi phí hợp lệ rồi gửi đề nghị mới."
    )
    en = (
        "Request {request_id} comes to VND 0 by the rules of the scheme {scheme_en}; "
        "check its eligible costs, then send a new request."
    )


class NoPlaceLeft(Refusal):
    slug = "no-place-left"
    vi = "Hoạt động {activity_id} đã kết thúc mà không còn chỗ cho đề nghị hỗ trợ {request_id}; hãy chọn một hoạt động khác."
    en = "Activity {activity_id} ended without a place left for request {request_id}; choose another activity."


def reason(no: Refusal) -> Reason:
    """A refusal as one reason of a decision."""
    return Reason(slug=no.slug, vi=no.text("vi"), en=no.text("en"), field=no.field)


class Request(Document, collection="requests"):
    """A request for support. It pins the scheme version in force on its day, and the amount by that version.

    The id is `<enterprise>/<request_id>`, because enterprises do not know each other's numbers. `things` are asked in their
    fixed order, `answered` counts the answers; `wanted` and `granted` are đồng. `asked_at` is the time of the event that made
    it, `allocates_on` the day its activity allocates the places, where it does.
    """

    request_id: str
    state: Literal["asking", "queued", "granted", "declined"] = "asking"
    waits_for: Literal["recognition", "place", "budget"] | None = None
    tax_code: str
    enterprise_name: str | None
    scheme_id: str
    activity_id: str
    activity: str
    year: int
    requested_on: date
    asked_at: datetime
    allocates_on: date | None = None
    made: bool
    version: SchemeIssued
    wanted: int
    steps: tuple[AmountStep, ...]
    things: tuple[str, ...]
    answered: int = 0
    taken: tuple[str, ...] = ()
    granted: int = 0
    reasons: tuple[Reason, ...] = ()

    @classmethod
    def of(
        cls,
        asked: SupportRequested,
        version: SchemeIssued,
        name: str | None,
        at: datetime,
        activity: PlannedActivity | None,
    ) -> "Request":
        """Check the evidence, compute the amount, list what has to be asked: evidence, then a place, then money."""
        cost = _cost_of(asked)
        steps = amount_steps(version, asked.asked, cost)
        places = (place_thing(asked.activity_id),) if activity else ()
        # Invoices in one order for everybody: two requests that share several cannot each keep one from the other.
        evidence = tuple(sorted(evidence_thing(id) for e in asked.evidence for id in e.ids))
        tax_code = enterprise_of(asked.tax_code)
        return cls(
            id=cls.id_of(tax_code, asked.request_id),
            request_id=asked.request_id,
            tax_code=tax_code,
            enterprise_name=name,
            scheme_id=asked.scheme_id,
            activity_id=asked.activity_id,
            activity=Activity.id_of(tax_code, version.activity, asked.activity_id),
            year=asked.year,
            requested_on=asked.requested_on,
            asked_at=at,
            allocates_on=activity.announced.allocates_on if activity else None,
            made=asked.made,
            version=version,
            wanted=min(step.amount for step in steps),
            steps=steps,
            things=(*evidence, *places, line_thing(f"{asked.year}/{asked.scheme_id}")),
        )

    @staticmethod
    def id_of(tax_code: str, request_id: str) -> str:
        return f"{enterprise_of(tax_code)}/{request_id}"

    @property
    def line_id(self) -> str:
        return name_of(self.things[-1])

    @property
    def under_way(self) -> bool:
        """Whether it is neither granted nor declined yet."""
        return self.state in ("asking", "queued")

    @property
    def next_thing(self) -> str | None:
        return self.things[self.answered] if self.answered < len(self.things) else None

    @property
    def wants_place(self) -> bool:
        """Whether it has asked for a place and not been given one yet."""
        return self.under_way and self.waits_for != "recognition" and self.next_thing == place_thing(self.activity_id)

    def lacks_recognition(self, holder: Holder | None) -> bool:
        """Whether its scheme requires a recognition in force on the day of the request, and there is none (yet)."""
        return self.version.requires == "recognition" and not (holder and holder.in_force(self.requested_on))

    def reasons_against(
        self, enterprise: Enterprise | None, planned: PlannedActivity | None, overlaps: list[Refusal]
    ) -> list[Refusal]:
        """Every reason against it that time does not mend; `planned` is its activity where that is announced."""
        against: list[Refusal] = []
        scheme = {"scheme_vi": self.version.name_vi, "scheme_en": self.version.name_en}
        if self.version.requires == "supporting-industry" and not (enterprise and enterprise.supporting_industry):
            against.append(NotSupportingIndustry(field="tax_code", tax_code=self.tax_code, **scheme))
        if planned and planned.kind not in announced_kinds(self.version.activity):
            vi, en = KIND_WORDS[planned.kind]
            facts = {"activity_id": self.activity_id, "kind_vi": vi, "kind_en": en}
            against.append(AnotherKindOfActivity(field="activity_id", **facts, **scheme))
        if planned and planned.cancelled:
            against.append(planned.is_cancelled())
        against += overlaps
        if self.wanted == 0:
            against.append(NothingToPay(field="evidence", request_id=self.request_id, **scheme))
        return against

    def no_recognition(self) -> NoRecognition:
        wait = self.version.wait_business_days
        return NoRecognition(field="tax_code", tax_code=self.tax_code, day=self.requested_on, wait=wait)

    def ask(self, thing: str, holder: Holder | None) -> ScarceThingAsked:
        """The question to the owner of a scarce thing; a holder of a recognition in force on the day of the request is first."""
        money = kind_of(thing) == "line"
        return ScarceThingAsked(
            thing=thing,
            request_id=self.request_id,
            tax_code=self.tax_code,
            amount=self.wanted if money else 0,
            part=money and self.version.part_grants,
            priority=0 if holder and holder.in_force(self.requested_on) else 1,
            requested_on=self.requested_on,
            asked_at=self.asked_at,
        )

    def got(self, thing: str, amount: int) -> "Request":
        """It was given a thing; of money, how much."""
        granted = amount if kind_of(thing) == "line" else 0
        return self.but(state="asking", waits_for=None, answered=self.answered + 1, taken=(*self.taken, thing), granted=granted)

    def was_refused(self, answer: ScarceThingAnswered) -> "Request":
        """It cannot have a thing: an invoice that another request or an agency has, or a place of what is over or cancelled."""
        no: Refusal
        name = name_of(answer.thing)
        if kind_of(answer.thing) == "evidence":
            holder = holder_words(answer.holder or "", answer.agency)
            no = CostAlreadySupported(field="evidence", evidence_id=name, **holder)
        elif answer.cancelled:
            no = ActivityIsCancelled(field="activity_id", activity_id=name)
        else:
            no = NoPlaceLeft(field="activity_id", activity_id=name, request_id=self.request_id)
        return self.but(state="asking", waits_for=None, answered=self.answered + 1, reasons=(*self.reasons, reason(no)))

    @property
    def lost(self) -> bool:
        """Whether it is to be declined: the rest of the evidence is still asked, so that every reason is known."""
        return bool(self.reasons) and (self.next_thing is None or kind_of(self.next_thing) != "evidence")

    def decided(self) -> "Request":
        """Everything it needs is there: granted, with the last step of the arithmetic."""
        step = budget_step(self.line_id, self.wanted, self.granted)
        return self.but(state="granted", waits_for=None, steps=(*self.steps, step))

    def declined(self, reasons: tuple[Reason, ...]) -> "Request":
        return self.but(state="declined", waits_for=None, taken=(), granted=0, reasons=reasons)

    def waiting_text(self) -> tuple[str, str]:
        """What it waits for, in Vietnamese and in English; empty where it does not wait."""
        if self.waits_for == "recognition":
            wait, day = self.version.wait_business_days, self.requested_on
            return (
                f"Doanh nghiệp {self.tax_code} chưa có công nhận còn hiệu lực ngày {day:%d/%m/%Y}; "
                f"đề nghị chờ tối đa {wait} ngày làm việc kể từ ngày đó.",
                f"Enterprise {self.tax_code} has no recognition in force on {day} yet; "
                f"the request waits at most {wait} business days from that day.",
            )
        if self.waits_for == "place":
            return self._waiting_for_place()
        if self.waits_for == "budget":
            return (
                f"Ngân sách năm {self.year} của chính sách {self.version.name_vi} chưa chi được {dong(self.wanted, 'vi')}; "
                "đề nghị đứng trong hàng theo thứ tự đến.",
                f"The budget of {self.year} of the scheme {self.version.name_en} cannot pay {dong(self.wanted, 'en')} yet; "
                "the request stands in line in order of arrival.",
            )
        return "", ""

    def _waiting_for_place(self) -> tuple[str, str]:
        if self.allocates_on:
            return (
                f"Chỗ của hoạt động {self.activity_id} được phân bổ ngày {self.allocates_on:%d/%m/%Y} theo mức ưu tiên, "
                "thời điểm và mã đề nghị; ai chưa có chỗ đứng trong hàng và nhận chỗ khi đến lượt.",
                f"The places of activity {self.activity_id} are allocated on {self.allocates_on} by priority, time of request "
                "and id; who finds none stands in line and gets a place when its turn comes.",
            )
        return (
            f"Hoạt động {self.activity_id} đã hết chỗ; đề nghị đứng trong hàng và nhận chỗ khi đến lượt.",
            f"Activity {self.activity_id} is full; the request stands in line and gets a place when its turn comes.",
        )


def _cost_of(asked: SupportRequested) -> int:
    """The eligible cost in đồng: the sum over distinct invoices, and distinct documents."""
    seen: set[str] = set()
    for place, evidence in enumerate(asked.evidence):
        for id in evidence.ids:
            if id in seen:
                raise InvoiceTwice(field=f"evidence.{place}", request_id=asked.request_id, evidence_id=id)
            seen.add(id)
    cost = sum(e.amount for e in asked.evidence)
    if cost > LARGEST_COST:
        raise CostTooLarge(field="evidence", request_id=asked.request_id, **in_words(cost=cost, largest=LARGEST_COST))
    return cost


class DueRequest(BaseModel):
    """A request that waits for a recognition, by its document id: since when, and how many business days."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    since: date
    wait: int


class DueRequests(Document, collection="due_requests"):
    """The requests of this partition that wait for a recognition, in the order they came."""

    requests: tuple[DueRequest, ...] = ()

    def without(self, id: str) -> "DueRequests":
        return self.but(requests=tuple(r for r in self.requests if r.id != id))


class RequestsInLine(Document, collection="requests_in_line"):
    """The requests of an enterprise that wait for an allocation of places: a recognition that comes before it puts them first."""

    requests: tuple[str, ...] = ()
