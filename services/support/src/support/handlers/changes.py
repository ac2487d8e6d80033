"""Changes of a grant: the enterprise asks for one, the department decides, and it is carried out."""

from shared.contracts.base import Event
from shared.contracts.grants import GrantChangeDecided, GrantChangeRequested
from shared.messaging.unit import Unit

from support.domain.activities import PlannedActivity, announced_kinds
from support.domain.amounts import in_words
from support.domain.changes import (
    Change,
    ChangeIdTaken,
    ChangeNotToOtherFair,
    change_of,
    check_later,
    check_smaller,
)
from support.domain.grants import Grant
from support.domain.life import check, check_day
from support.domain.requests import Request
from support.domain.scarce import place_thing
from support.handlers.homes import at_enterprise
from support.handlers.keys import by_grant
from support.handlers.ledger import keep, the_grant
from support.handlers.walks import answer_change, begin_move, say_carried_out


@at_enterprise(GrantChangeRequested, key=by_grant)
def request_change(event: Event[GrantChangeRequested], unit: Unit) -> None:
    """A change was asked for: it is noted for the department to decide, where it could be carried out now."""
    asked = event.data
    grant = the_grant(asked.grant_id, unit)
    if any(c.change_id == asked.change_id for c in grant.changes):
        raise ChangeIdTaken(field="change_id", grant_id=grant.id, change_id=asked.change_id)
    change = Change.of(grant.id, asked)
    check_day(grant.id, "requested_on", asked.requested_on, first=grant.requested_on)
    _check_possible(grant, change, unit)
    unit.put(grant.with_change(change))


@at_enterprise(GrantChangeDecided, key=by_grant)
def decide_change(event: Event[GrantChangeDecided], unit: Unit) -> None:
    """The department decided: an approved change is carried out, where it still can be."""
    decided = event.data
    grant = the_grant(decided.grant_id, unit)
    change = change_of(grant.changes, grant.id, decided.change_id)
    if not decided.approved:
        answer_change(grant, change, unit, decided.reason, decided.reason)
        return
    _check_possible(grant, change, unit)
    if change.kind == "move":
        begin_move(grant, change, unit)
        return
    done = grant.with_change(change.model_copy(update={"state": "carried-out"}))
    if change.finish_by is not None:
        agreement = grant.signed.model_copy(update={"finish_by": change.finish_by})
        after = done.stepped("delay", decided.decided_on, facts={"finish_by": change.finish_by}, agreement=agreement)
    else:
        after = _reduced(done, int(change.cost or 0), decided)
    keep(grant, after, unit)
    say_carried_out(grant, change, unit)


def _reduced(grant: Grant, cost: int, decided: GrantChangeDecided) -> Grant:
    """The grant at a smaller eligible cost, which is that of its agreement too, where one is signed."""
    entitled = grant.worth(cost)
    agreement = grant.agreement and grant.agreement.model_copy(update={"cost": cost})
    facts = in_words(cost=cost, entitled=entitled)
    return grant.stepped("reduce", decided.decided_on, facts=facts, agreement=agreement).falling_to(entitled)


def _check_possible(grant: Grant, change: Change, unit: Unit) -> None:
    """Raise what stands against a change as the grant is now."""
    check(grant.id, grant.state, change.kind)
    if change.finish_by is not None:
        check_later(grant.id, change.finish_by, grant.signed.finish_by)
    elif change.cost is not None:
        check_smaller(grant.id, change.cost, grant.share_of(change.cost), grant.entitled)
    else:
        fair_id = str(change.fair_id)
        request = unit.need(Request, grant.id)
        kinds = announced_kinds(request.version.activity)
        planned = unit.need(PlannedActivity, fair_id) if kinds else None
        fits = planned is not None and planned.kind in kinds and fair_id != grant.activity_id
        if not fits or place_thing(grant.activity_id) not in request.taken:
            facts = {"grant_id": grant.id, "activity_id": grant.activity_id, "fair_id": fair_id}
            raise ChangeNotToOtherFair(field="fair_id", **facts)
        if planned and planned.cancelled:
            raise planned.is_cancelled("fair_id")
