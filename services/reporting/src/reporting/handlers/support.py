"""Requests for support at the key of the enterprise they were filed by: what support decided, and what became of it.

A decision names the code its request was filed under, and goes on doing so; so does the `grant_id` of what follows.
"""

from typing import Any

from shared.contracts.activities import OverlapResolved
from shared.contracts.base import Event
from shared.contracts.grants import (
    ClaimAnswered,
    GrantChangeAnswered,
    GrantMoved,
    PaymentAwaits,
    PaymentDropped,
    PaymentOrdered,
    RecoveryCompleted,
    RecoveryOrdered,
    SupportCancelled,
    SupportSettled,
)
from shared.contracts.reporting import EnterpriseCounted
from shared.contracts.support import SupportDeclined, SupportGranted, SupportQueued
from shared.contracts.support_activities import OverlapFound
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from reporting import projections
from reporting.domain import ledger
from reporting.domain.enterprise import Enterprise, enterprise_key
from reporting.domain.ledger import GrantNews, Overlap
from reporting.domain.rows import lost
from reporting.domain.support import Grant
from reporting.handlers.counting import count
from reporting.handlers.enterprises import of_enterprise


def of_grant(data: Any) -> str:
    """Key rule: a grant lies where its request was filed, whatever code its enterprise has by now; `grant_id` names it."""
    return enterprise_key((data.grant_id or data.tax_code).partition("/")[0])


@handles(SupportGranted, key=of_enterprise)
def register_grant(event: Event[SupportGranted], unit: Unit) -> None:
    """Support was granted: the enterprise counts as supported in that year, while any of it is left."""
    _decide(event, unit)


@handles(SupportDeclined, key=of_enterprise)
def register_declined(event: Event[SupportDeclined], unit: Unit) -> None:
    """Support was declined: the register says why."""
    _decide(event, unit)


@handles(SupportQueued, key=of_enterprise)
def register_queued(event: Event[SupportQueued], unit: Unit) -> None:
    """A request waits: the register says for what."""
    _decide(event, unit)


@handles(GrantMoved, key=of_grant)
def note_step(event: Event[GrantMoved], unit: Unit) -> None:
    """A grant went a step in its life; its money is what the step says."""
    _note(event, unit)


@handles(SupportSettled, key=of_grant)
def note_settlement(event: Event[SupportSettled], unit: Unit) -> None:
    """A grant was settled."""
    _note(event, unit)


@handles(SupportCancelled, key=of_grant)
def note_end(event: Event[SupportCancelled], unit: Unit) -> None:
    """A grant ended before its time."""
    _note(event, unit)


@handles(ClaimAnswered, key=of_grant)
def note_claim(event: Event[ClaimAnswered], unit: Unit) -> None:
    """A claim was admitted or declined."""
    _note(event, unit)


@handles(GrantChangeAnswered, key=of_grant)
def note_change(event: Event[GrantChangeAnswered], unit: Unit) -> None:
    """A change of a grant was carried out, or was not."""
    _note(event, unit)


@handles(RecoveryOrdered, key=of_grant)
def note_recovery(event: Event[RecoveryOrdered], unit: Unit) -> None:
    """Money of a grant is to be paid back."""
    _note(event, unit)


@handles(RecoveryCompleted, key=of_grant)
def note_recovered(event: Event[RecoveryCompleted], unit: Unit) -> None:
    """All that was to be paid back has come."""
    _note(event, unit)


@handles(PaymentOrdered, key=of_grant)
def note_order(event: Event[PaymentOrdered], unit: Unit) -> None:
    """Finance is to pay."""
    _note(event, unit)


@handles(PaymentAwaits, key=of_grant)
def note_awaited(event: Event[PaymentAwaits], unit: Unit) -> None:
    """A payment is not ordered yet, and why."""
    _note(event, unit)


@handles(PaymentDropped, key=of_grant)
def note_dropped(event: Event[PaymentDropped], unit: Unit) -> None:
    """A payment that was asked for will not be ordered."""
    _note(event, unit)


@handles(OverlapFound, key=of_grant)
def note_overlap(event: Event[OverlapFound], unit: Unit) -> None:
    """What a grant is for was supported elsewhere too: it is on hold until the department has decided."""
    unit.put(Overlap(id=event.data.overlap_id, request_id=event.data.request_id))
    _note(event, unit)


@handles(OverlapResolved, key=of_enterprise)
def note_resolution(event: Event[OverlapResolved], unit: Unit) -> None:
    """The department decided on an overlap; one that says what is left without need, or does not, is refused by support."""
    said = event.data
    overlap = unit.need(Overlap, said.overlap_id)
    if (said.outcome == "reduced") == (said.amount is not None):
        _keep_fact(overlap.request_id, event, unit)


def _note(event: Event[Any], unit: Unit) -> None:
    _keep_fact(event.data.request_id, event, unit)


def _keep_fact(request_id: str, event: Event[Any], unit: Unit) -> None:
    """Keep what was said of a request.

    What comes before its first decision, on another topic, is kept aside, not made to wait: both have the request as their
    subject, so the decision would stand in the queue behind the event that waits for it.
    """
    news = ledger.fact(event)
    known = unit.get(Grant, request_id)
    if known is not None:
        _keep(known, known.with_facts(news), unit)
        return
    aside = unit.get(GrantNews, request_id) or GrantNews(id=request_id)
    unit.put(aside.but(facts=ledger.in_order((*aside.facts, news))))


def _decide(event: Event[Any], unit: Unit) -> None:
    enterprise = unit.get(Enterprise, enterprise_key(event.data.tax_code))
    news = projections.grant(event, enterprise.name if enterprise else None)
    known = unit.get(Grant, news.id)
    if known is None and (aside := unit.get(GrantNews, news.id)):
        unit.remove(aside)
        news = news.with_facts(*aside.facts)
    _keep(known, known.joined(news) if known else news, unit)


def _keep(before: Grant | None, after: Grant, unit: Unit) -> None:
    """Keep a request, and have its enterprise counted as supported while money of it is left."""
    unit.put(after)
    grounds, grounds_before = projections.support_given(after), projections.support_given(before) if before else ()
    present = tuple(ground for ground in grounds if ground not in grounds_before)
    absent = lost(grounds_before, grounds)
    if present or absent:
        count(EnterpriseCounted(tax_code=enterprise_key(after.tax_code), present=present, absent=absent), unit)
