"""A request for support and its life: asking (for one scarce thing after the other) or queued, then granted or declined."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from shared.contracts.applications import Reason
from shared.contracts.base import Event
from shared.contracts.department import Beneficiary, SchemeIssued
from shared.contracts.portal import SupportRequested
from shared.contracts.support import AmountStep, Eligibility, ScarceThingAnswered, ScarceThingAsked
from shared.errors import Refusal
from shared.messaging.document import Document

from support.domain.activities import (
    KIND_WORDS,
    ActivityIsCancelled,
    AnotherKindOfActivity,
    PlannedActivity,
    announced_kinds,
    paid_for_as,
)
from support.domain.amounts import amount_of, budget_step, in_brackets, in_words
from support.domain.beneficiaries import RuralEstablishment, beneficiaries_of, eligibility, listed_as, not_listed
from support.domain.caps import UNIT_WORDS, CapUsedUp, UnitCap
from support.domain.enterprises import Activity, Enterprise, Holder, enterprise_of
from support.domain.lines import line_id_of
from support.domain.overlap import CostAlreadySupported, Overlap, holder_words
from support.domain.refusals import (
    CostTooLarge,
    InvoiceTwice,
    NoPlaceLeft,
    NoRecognition,
    NothingToPay,
    PapersMissing,
    reason,
)
from support.domain.scarce import evidence_thing, kind_of, line_thing, name_of, place_thing

LARGEST_COST = 10**15  # đồng; no contract carries more


class Request(Document, collection="requests", found_by=("id", "request_id", "tax_code", "year id")):
    """A request for support. It pins the scheme version in force on its day, and the amount by that version.

    The id is `<enterprise>/<request_id>`, because enterprises do not know each other's numbers, and stays what it is where
    the enterprise goes on under another code; `tax_code` is the code now. `things` are asked in their
    fixed order, `answered` counts the answers; `wanted`, `granted` and `held`, what its grant has of the line now, are đồng.
    `caps` are those that bound it, with what it takes of each. `certificate` is the recognition it rests on, where it needs one.
    `asked_at` is the time of the event that made it. While it waits for a place or money that is allocated on a day,
    `allocates_on` is that day. `priority` is what it last asked with, 0: holder of a recognition in force on its day.
    """

    request_id: str
    state: Literal["asking", "queued", "granted", "declined", "cancelled"] = "asking"
    waits_for: Literal["recognition", "place", "budget"] | None = None
    tax_code: str
    enterprise_name: str | None
    scheme_id: str
    activity_id: str
    activity: str
    year: int
    requested_on: date
    asked_at: datetime
    priority: int = 1
    allocates_on: date | None = None
    made: bool
    version: SchemeIssued
    wanted: int
    steps: tuple[AmountStep, ...]
    caps: tuple[UnitCap, ...] = ()
    lacks_papers: tuple[str, ...] = ()
    listed_as: Beneficiary | None = None
    needs_recognition: bool = False
    things: tuple[str, ...]
    answered: int = 0
    taken: tuple[str, ...] = ()
    granted: int = 0
    held: int = 0
    certificate: str | None = None
    reasons: tuple[Reason, ...] = ()

    @classmethod
    def of(
        cls,
        event: Event[SupportRequested],
        version: SchemeIssued,
        planned: PlannedActivity | None,
        *,
        home: str,
        name: str | None,
        caps: tuple[UnitCap, ...],
        had: Mapping[str, int],
    ) -> "Request":
        """Check the evidence, compute the amount, list what has to be asked: evidence, a place, caps all share, then money.

        `home` is the code of its enterprise now, `planned` its activity where that is announced, `had` what the units of the
        enterprise's own caps already have, đồng.
        """
        asked = event.data
        _check_evidence(asked)
        wanted, steps = amount_of(version, asked, [cap.step(had[cap.unit]) for cap in caps if not cap.shared])
        places = (place_thing(asked.activity_id),) if planned else ()
        # Invoices in one order for everybody: two requests that share several cannot each keep one from the other.
        evidence = tuple(sorted(evidence_thing(id) for e in asked.evidence for id in e.ids))
        shared = tuple(cap.unit for cap in caps if cap.shared)
        line_id = line_id_of(asked.year, asked.scheme_id, version.budget_source)
        return cls(
            id=cls.id_of(asked.tax_code, asked.request_id),
            request_id=asked.request_id,
            tax_code=home,
            enterprise_name=name,
            scheme_id=asked.scheme_id,
            activity_id=asked.activity_id,
            activity=Activity.id_of(home, paid_for_as(version.activity), asked.activity_id),
            year=asked.year,
            requested_on=asked.requested_on,
            asked_at=event.time,
            made=asked.made,
            version=version,
            wanted=wanted,
            steps=steps,
            caps=caps,
            lacks_papers=tuple(paper for paper in version.papers if paper not in asked.papers),
            things=(*evidence, *places, *shared, line_thing(line_id)),
        )

    @staticmethod
    def id_of(tax_code: str, request_id: str) -> str:
        return f"{enterprise_of(tax_code)}/{request_id}"

    @property
    def filed_under(self) -> str:
        """The code it was filed under, by which the owners of scarce things know it."""
        return self.id.partition("/")[0]

    def under(self, tax_code: str) -> "Request":
        """The request of an enterprise that goes on under another code."""
        activity = self.activity_at(self.activity_id, tax_code)
        return self.but(tax_code=tax_code, activity=activity, caps=tuple(cap.under(tax_code) for cap in self.caps))

    @property
    def came(self) -> tuple[date, datetime, str]:
        """Which of two requests was first."""
        return self.requested_on, self.asked_at, self.id

    @property
    def line_id(self) -> str:
        return name_of(self.things[-1])

    @property
    def next_thing(self) -> str | None:
        return self.things[self.answered] if self.answered < len(self.things) else None

    def resting_on(self, enterprise: Enterprise | None, rural: RuralEstablishment | None) -> "Request":
        """The request, knowing whether a recognition is what makes it eligible."""
        listed = listed_as(self.version, self.requested_on, enterprise, rural)
        needs = "recognition" in beneficiaries_of(self.version) and listed is None
        return self.but(listed_as=listed, needs_recognition=needs)

    def with_certificate(self, holder: Holder | None) -> "Request":
        """The request with the certificate it rests on, where a recognition is what makes it eligible."""
        if holder is None or not self.needs_recognition:
            return self
        return self.but(certificate=holder.certificate_on(self.requested_on))

    @property
    def eligible(self) -> Eligibility | None:
        """Why its enterprise may be supported; None where it is none of those the scheme is for, or not yet."""
        kind = self.listed_as or ("recognition" if self.certificate else None)
        return eligibility(self.version, kind, self.requested_on, self.certificate) if kind else None

    @property
    def under_way(self) -> bool:
        """Whether it is neither granted nor declined yet."""
        return self.state in ("asking", "queued")

    @property
    def waits_for_day(self) -> bool:
        """Whether it stands in line for what is allocated on a day."""
        return self.state == "queued" and self.allocates_on is not None

    def activity_at(self, activity_id: str, tax_code: str | None = None) -> str:
        """Its activity, were it for another one of its kind, or of another enterprise: the id of what belongs to one request."""
        return Activity.id_of(tax_code or self.tax_code, paid_for_as(self.version.activity), activity_id)

    def lacks_recognition(self, holder: Holder | None) -> bool:
        """Whether it needs a recognition in force on the day of the request, and there is none (yet)."""
        return self.needs_recognition and not (holder and holder.in_force(self.requested_on))

    def reasons_against(self, planned: PlannedActivity | None, overlaps: list[Refusal]) -> list[Refusal]:
        """Every reason against it that time does not mend; `planned` is its activity where that is announced."""
        against: list[Refusal] = []
        scheme = {"scheme_vi": self.version.name_vi, "scheme_en": self.version.name_en}
        if self.listed_as is None and not self.needs_recognition:
            against.append(not_listed(self.version, self.tax_code))
        if self.lacks_papers:
            papers = ", ".join(self.lacks_papers)
            against.append(PapersMissing(field="papers", request_id=self.request_id, papers=papers, **scheme))
        if planned and planned.kind not in announced_kinds(self.version.activity):
            vi, en = KIND_WORDS[planned.kind]
            facts = {"activity_id": self.activity_id, "kind_vi": vi, "kind_en": en}
            against.append(AnotherKindOfActivity(field="activity_id", **facts, **scheme))
        if planned and planned.cancelled:
            against.append(planned.is_cancelled())
        against += overlaps
        used_by_another = self._only_capped and any(isinstance(no, Overlap) for no in overlaps)
        if self.wanted == 0 and not used_by_another:
            against.append(NothingToPay(field="evidence", request_id=self.request_id, **scheme))
        return against

    @property
    def _only_capped(self) -> bool:
        """Whether nothing but a cap can make it nothing: that of an activity supported already is used by its other request."""
        return all(step.amount for step in self.steps if step.rule in ("asked", "rate"))

    def no_recognition(self) -> NoRecognition:
        wait = self.version.wait_business_days
        facts = {"day": self.requested_on, "wait": wait, "clause": in_brackets(self.version.beneficiaries_clause)}
        return NoRecognition(field="tax_code", tax_code=self.tax_code, **facts)

    def ranked_by(self, holder: Holder | None) -> "Request":
        """With its priority: a holder of a recognition in force on the day of the request is first."""
        return self.but(priority=0 if holder and holder.in_force(self.requested_on) else 1)

    def ask(self, thing: str) -> ScarceThingAsked:
        """The question to the owner of a scarce thing."""
        kind = kind_of(thing)
        return ScarceThingAsked(
            thing=thing,
            request_id=self.request_id,
            tax_code=self.filed_under,
            amount=self.wanted if kind in ("line", "cap") else 0,
            part=kind == "cap" or (kind == "line" and self.version.part_grants),
            limit=self._cap(thing).limit if kind == "cap" else None,
            priority=self.priority,
            requested_on=self.requested_on,
            asked_at=self.asked_at,
        )

    def got(self, thing: str, amount: int) -> "Request":
        """It was given a thing; of money, how much."""
        went_on = self.but(state="asking", waits_for=None, allocates_on=None, answered=self.answered + 1)
        if kind_of(thing) == "cap":
            return went_on._bounded_by(self._cap(thing).taking(amount))
        granted = amount if kind_of(thing) == "line" else 0
        return went_on.but(taken=(*self.taken, thing), granted=granted)

    def _cap(self, thing: str) -> UnitCap:
        return next(cap for cap in self.caps if cap.unit == thing)

    def _bounded_by(self, taken: UnitCap) -> "Request":
        """Of a cap that all share it may take so much, and so it wants no more than that."""
        caps = tuple(taken if cap.unit == taken.unit else cap for cap in self.caps)
        step = taken.step(taken.limit - taken.amount) if taken.amount < self.wanted else taken.step(0)
        return self.but(caps=caps, wanted=min(self.wanted, taken.amount), steps=(*self.steps, step))

    def was_refused(self, answer: ScarceThingAnswered) -> "Request":
        """It cannot have a thing: an invoice that another has, a place of what is over or cancelled, a cap used up."""
        no: Refusal
        kind, name = kind_of(answer.thing), name_of(answer.thing)
        if kind == "evidence":
            no = CostAlreadySupported(field="evidence", evidence_id=name, **holder_words(answer.holder or "", answer.agency))
        elif kind == "cap":
            (unit_vi, unit_en), limit = UNIT_WORDS[self._cap(answer.thing).kind], in_words(limit=self._cap(answer.thing).limit)
            no = CapUsedUp(field="asked", unit_vi=unit_vi, unit_en=unit_en, **limit)
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
        return self.but(state="granted", waits_for=None, steps=(*self.steps, step), held=self.granted)

    def declined(self, reasons: tuple[Reason, ...]) -> "Request":
        return self.but(state="declined", waits_for=None, taken=(), granted=0, reasons=reasons)


def _check_evidence(asked: SupportRequested) -> None:
    """Each invoice and each document once, and costs that a contract can carry."""
    seen: set[str] = set()
    for place, evidence in enumerate(asked.evidence):
        for id in evidence.ids:
            if evidence_thing(id) in seen:
                raise InvoiceTwice(field=f"evidence.{place}", request_id=asked.request_id, evidence_id=id)
            seen.add(evidence_thing(id))
    cost = sum(e.amount for e in asked.evidence)
    if cost > LARGEST_COST:
        raise CostTooLarge(field="evidence", request_id=asked.request_id, **in_words(cost=cost, largest=LARGEST_COST))
