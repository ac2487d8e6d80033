"""What the plan offers: activities announced, changed and cancelled, and what that means for those who joined."""

from shared.contracts.activities import ActivityAnnounced, ActivityCancelled, ActivityChanged
from shared.contracts.base import Event
from shared.contracts.support import GrantHeld
from shared.contracts.support_activities import ActivityRevised, PlaceWithdrawn
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from support.domain.activities import PlannedActivity
from support.domain.places import Places
from support.domain.refusals import reason
from support.domain.requests import Request
from support.domain.scarce import place_thing
from support.handlers.homes import at_enterprise
from support.handlers.keys import by_place
from support.handlers.places import answer_refused, places_of, serve
from support.handlers.requests import break_off


@handles(ActivityAnnounced, broadcast=True)
def announce_activity(event: Event[ActivityAnnounced], unit: Unit) -> None:
    """An activity was announced: every partition knows it; its places are taken where they are asked for."""
    if known := unit.get(PlannedActivity, event.data.activity_id):
        raise known.announced_again()
    unit.put(PlannedActivity.of(event.data))


@handles(ActivityChanged, key=by_place)
def change_activity(event: Event[ActivityChanged], unit: Unit) -> None:
    """An activity changes: decided where its places are given, then told to every partition; more places serve the line."""
    places = places_of(by_place(event.data), unit)
    activity = unit.need(PlannedActivity, event.data.activity_id).changed(event.data, len(places.taken))
    unit.put(activity)
    unit.publish(activity.revision_told())
    serve(places, activity, unit)


@handles(ActivityRevised, broadcast=True)
def follow_change(event: Event[ActivityRevised], unit: Unit) -> None:
    """A change was accepted: this partition's copy follows."""
    unit.put(unit.need(PlannedActivity, event.data.activity_id).revised(event.data))


@handles(ActivityCancelled, broadcast=True)
def cancel_activity(event: Event[ActivityCancelled], unit: Unit) -> None:
    """An activity was cancelled: who stands in line is refused, who has a place loses it."""
    activity = unit.need(PlannedActivity, event.data.activity_id)
    if activity.cancelled:
        raise activity.is_cancelled()
    unit.put(activity.but(cancelled=event.data))
    # There are places in the partition of the activity only.
    if places := unit.get(Places, place_thing(activity.id)):
        for seat in places.queue:
            answer_refused(places, seat, unit, cancelled=True)
        for seat in places.taken:
            facts = {"request_id": seat.request_id, "tax_code": seat.tax_code, "activity_id": activity.id}
            unit.publish(PlaceWithdrawn(reason=event.data.reason, **facts))
        unit.put(places.but(taken=(), queue=()))


@at_enterprise(PlaceWithdrawn)
def lose_place(event: Event[PlaceWithdrawn], unit: Unit) -> None:
    """The activity of a request was cancelled: it is declined; a grant is held until it moves to another one, or ends."""
    lost = event.data
    request = unit.need(Request, Request.id_of(lost.tax_code, lost.request_id))
    if request.under_way:
        break_off(request, reason(unit.need(PlannedActivity, lost.activity_id).is_cancelled()), unit)
    elif request.state == "granted" and request.activity_id == lost.activity_id:
        facts = {"request_id": request.request_id, "tax_code": request.filed_under}
        unit.publish(GrantHeld(overlap_id=lost.activity_id, why=lost.reason, **facts))
