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


@handles(SupportGranted, SupportDeclined, SupportQueued, key=of_enterprise)
def keep_decision(event: Event[Any], unit: Unit) -> None:
    """A request was granted, declined, or waits: the register says how much, why, or for what."""
    enterprise = unit.get(Enterprise, enterprise_key(event.data.tax_code))
    news = projections.grant(event, enterprise.name if enterprise else None)
    known = unit.get(Grant, news.id)
    if known is None and (aside := unit.get(GrantNews, news.id)):
        unit.remove(aside)
        news = news.with_facts(*aside.facts)
    _keep(known, known.joined(news) if known else news, unit)


@handles(
    GrantMoved,
    SupportSettled,
    SupportCancelled,
    ClaimAnswered,
    GrantChangeAnswered,
    RecoveryOrdered,
    RecoveryCompleted,
    PaymentOrdered,
    PaymentAwaits,
    PaymentDropped,
    key=of_grant,
)
def keep_fact(event: Event[Any], unit: Unit) -> None:
    """What became of a grant is a line of its story; how it stands follows from all of them."""
    _keep_fact(event.data.request_id, event, unit)


@handles(OverlapFound, key=of_grant)
def note_overlap(event: Event[OverlapFound], unit: Unit) -> None:
    """What a grant is for was supported elsewhere too: it is on hold until the department has decided."""
    unit.put(Overlap(id=event.data.overlap_id, request_id=event.data.request_id))
    _keep_fact(event.data.request_id, event, unit)


@handles(OverlapResolved, key=of_enterprise)
def note_resolution(event: Event[OverlapResolved], unit: Unit) -> None:
    """The department decided on an overlap; one that says what is left without need, or does not, is refused by support."""
    said = event.data
    overlap = unit.need(Overlap, said.overlap_id)
    if (said.outcome == "reduced") == (said.amount is not None):
        _keep_fact(overlap.request_id, event, unit)


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


def _keep(before: Grant | None, after: Grant, unit: Unit) -> None:
    """Keep a request, and have its enterprise counted as supported while money of it is left."""
    unit.put(after)
    grounds, grounds_before = projections.support_given(after), projections.support_given(before) if before else ()
    present = tuple(ground for ground in grounds if ground not in grounds_before)
    absent = lost(grounds_before, grounds)
    if present or absent:
        count(EnterpriseCounted(tax_code=enterprise_key(after.tax_code), present=present, absent=absent), unit)
