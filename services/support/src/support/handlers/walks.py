"""What a grant asks the owners of scarce things for, and their answers: invoices of a claim, a place at another fair."""

from shared.contracts.grants import ClaimAnswered, GrantChangeAnswered
from shared.contracts.support import ScarceThingAnswered, ScarceThingAsked
from shared.errors import Refusal
from shared.messaging.unit import Unit

from support.domain.activities import PlannedActivity
from support.domain.amounts import in_words
from support.domain.changes import Change
from support.domain.claims import CostClaim
from support.domain.enterprises import Activity
from support.domain.grants import Clear, Grant
from support.domain.overlap import CostAlreadySupported, holder_words
from support.domain.refusals import NoPlaceLeft, reason
from support.domain.requests import Request
from support.domain.scarce import kind_of, name_of, place_thing
from support.handlers.caps import move_caps
from support.handlers.ledger import facts_of, give_back, keep
from support.handlers.payments import release_held
from support.handlers.supports import leave_activity, overlaps_at


def go_on_with_grant(answer: ScarceThingAnswered, grant: Grant, unit: Unit) -> None:
    """The owner of a scarce thing answered a grant."""
    if kind_of(answer.thing) == "evidence":
        _go_on_with_claim(answer, grant, unit)
    elif kind_of(answer.thing) == "place":
        _go_on_with_move(answer, grant, unit)


def ask(thing: str, grant: Grant, unit: Unit) -> None:
    """Ask the owner of an invoice or of a place."""
    about = {"thing": thing, "request_id": grant.request_id, "tax_code": grant.filed_under}
    unit.publish(ScarceThingAsked(**about, amount=0, part=False))


# -- invoices of a claim -------------------------------------------------------------------------------------------------


def begin_claim(grant: Grant, claim: CostClaim, unit: Unit) -> None:
    """Ask for the invoices the grant does not hold; a claim without any is admitted at once."""
    if not claim.asked:
        _admit(grant, claim, unit)
        return
    unit.put(grant.with_claim(claim))
    if clear := unit.get(Clear, grant.id):
        unit.remove(clear)
    for thing in claim.asked:
        ask(thing, grant, unit)


def _go_on_with_claim(answer: ScarceThingAnswered, grant: Grant, unit: Unit) -> None:
    claim = next(c for c in grant.claims if answer.thing in c.asked)
    holder = holder_words(answer.holder or "", answer.agency)
    no = CostAlreadySupported(field="evidence", evidence_id=name_of(answer.thing), **holder)
    claim = claim.answered(answer.thing, None if answer.answer == "taken" else reason(no))
    if claim.asked:
        unit.put(grant.with_claim(claim))
    elif claim.reasons or grant.ended:
        _decline(grant, claim, unit)
    else:
        _admit(grant, claim, unit)
    if not any(c.state == "checking" for c in unit.need(Grant, grant.id).claims):
        unit.put(Clear(id=grant.id))


def _admit(grant: Grant, claim: CostClaim, unit: Unit) -> None:
    admitted = claim.model_copy(update={"state": "admitted"})
    facts = {"claim_id": claim.claim_id, **in_words(cost=claim.cost)}
    keep(grant, grant.with_claim(admitted).stepped("claim", claim.filed_on, facts=facts), unit)
    unit.publish(ClaimAnswered(**facts_of(grant), claim_id=claim.claim_id, cost=claim.cost, admitted=True))


def _decline(grant: Grant, claim: CostClaim, unit: Unit) -> None:
    """One of its invoices is another's, or its grant ended meanwhile: what it took is given back."""
    give_back(unit.need(Request, grant.id), claim.taken, unit)
    unit.put(grant.with_claim(claim.model_copy(update={"state": "declined", "taken": ()})))
    about = {"claim_id": claim.claim_id, "cost": claim.cost, "reasons": claim.reasons}
    unit.publish(ClaimAnswered(**facts_of(grant), **about, admitted=False))


# -- a place at another fair ---------------------------------------------------------------------------------------------


def begin_move(grant: Grant, change: Change, unit: Unit) -> None:
    """Ask the other fair for a place, unless the enterprise is supported there already."""
    fair_id = str(change.fair_id)
    request = unit.need(Request, grant.id)
    if overlaps := overlaps_at(request.activity_at(fair_id), fair_id, request.tax_code, unit):
        answer_change(grant, change, unit, overlaps[0].text("vi"), overlaps[0].text("en"))
        return
    unit.put(Activity(id=request.activity_at(fair_id), request_id=grant.id))
    unit.put(grant.with_change(change.model_copy(update={"state": "asking"})))
    ask(place_thing(fair_id), grant, unit)


def _go_on_with_move(answer: ScarceThingAnswered, grant: Grant, unit: Unit) -> None:
    """The other fair gives a place: the grant moves there. It is full: the grant stays, and does not stand in line."""
    found = [c for c in grant.changes if c.state == "asking" and place_thing(str(c.fair_id)) == answer.thing]
    if not found:
        return  # answered before: the fair was full, and the place was given back before it could be given
    change, request = found[0], unit.need(Request, grant.id)
    if answer.answer == "taken" and not grant.ended:
        _move(grant, change, request, unit)
        return
    if answer.answer != "refused":
        give_back(request, (answer.thing,), unit)
    leave_activity(unit.need(Activity, request.activity_at(str(change.fair_id))), grant.id, unit)
    no: Refusal = NoPlaceLeft(field="fair_id", activity_id=change.fair_id, request_id=grant.request_id)
    if answer.cancelled:
        no = unit.need(PlannedActivity, str(change.fair_id)).is_cancelled("fair_id")
    answer_change(grant, change, unit, no.text("vi"), no.text("en"))


def _move(grant: Grant, change: Change, request: Request, unit: Unit) -> None:
    fair_id, before = str(change.fair_id), place_thing(grant.activity_id)
    give_back(request, (before,), unit)
    leave_activity(unit.need(Activity, request.activity), grant.id, unit)
    places = {before: place_thing(fair_id)}
    taken = tuple(places.get(thing, thing) for thing in request.taken)
    things = tuple(places.get(thing, thing) for thing in request.things)
    request = move_caps(request, fair_id, unit)
    unit.put(request.but(activity=request.activity_at(fair_id), activity_id=fair_id, taken=taken, things=things))
    # Where the activity it leaves was cancelled, that holds it no longer.
    done = grant.with_change(change.model_copy(update={"state": "carried-out"})).with_hold(grant.activity_id, None)
    facts = {"before": grant.activity_id, "after": fair_id}
    keep(grant, done.stepped("move", unit.today, facts=facts, activity_id=fair_id), unit)
    say_carried_out(grant, change, unit)
    release_held(unit.need(Grant, grant.id), unit)


def answer_change(grant: Grant, change: Change, unit: Unit, vi: str, en: str) -> None:
    """A change is not carried out, for this reason."""
    unit.put(grant.with_change(change.model_copy(update={"state": "declined"})))
    about = {"change_id": change.change_id, "carried_out": False, "vi": vi, "en": en}
    unit.publish(GrantChangeAnswered(**facts_of(grant), **about))


def say_carried_out(grant: Grant, change: Change, unit: Unit) -> None:
    """A change was carried out; the last step of the grant tells it."""
    step = unit.need(Grant, grant.id).history[-1]
    about = {"change_id": change.change_id, "carried_out": True, "vi": step.vi, "en": step.en}
    unit.publish(GrantChangeAnswered(**facts_of(grant), **about))
