"""Overlaps found after the grant: they hold its payments until the department has decided what becomes of it."""

from shared.contracts.base import Event
from shared.contracts.support import GrantHeld, GrantReleased
from shared.messaging.unit import Unit

from support.domain.amounts import in_words
from support.domain.grants import Grant, OverlapResolvedAgainst
from support.domain.requests import Request
from support.handlers.homes import at_enterprise
from support.handlers.ledger import cancel_grant, keep
from support.handlers.payments import release_held


@at_enterprise(GrantHeld)
def hold_grant(event: Event[GrantHeld], unit: Unit) -> None:
    """No payment is ordered until the grant is released; what finance was told to pay is not called back."""
    held = event.data
    unit.put(unit.need(Grant, Request.id_of(held.tax_code, held.request_id)).with_hold(held.overlap_id, held.why))


@at_enterprise(GrantReleased)
def release_grant(event: Event[GrantReleased], unit: Unit) -> None:
    """The overlap is resolved: the grant goes on, at a lower amount, ends with what was paid, or pays all of it back."""
    said = event.data
    grant = unit.need(Grant, Request.id_of(said.tax_code, said.request_id)).with_hold(said.overlap_id, None)
    unit.put(grant)
    entitled = {"cancelled": grant.kept, "reduced": said.amount or 0, "recovered": 0, "no-overlap": grant.entitled}[said.outcome]
    entitled = min(entitled, grant.entitled)
    if said.outcome in ("cancelled", "recovered") and grant.can_be_cancelled:
        facts = {"overlap_id": said.overlap_id, "grant_id": grant.id, **in_words(kept=entitled)}
        cancel_grant(grant, entitled, OverlapResolvedAgainst(field="overlap_id", **facts), unit)
    elif entitled < grant.entitled:
        facts = {"overlap_id": said.overlap_id, **in_words(entitled=entitled)}
        keep(grant, grant.stepped("resolve", unit.today, facts=facts).falling_to(entitled), unit)
    else:
        release_held(grant, unit)
