"""The places of activities, in the partition of each activity's key: asked for, given back, allocated at the day's tick."""

from datetime import date

from shared.contracts.support import ScarceThingAsked, ScarceThingGivenBack
from shared.messaging.unit import Unit

from support.domain.activities import PlannedActivity
from support.domain.places import Crowds, Places, Seat
from support.domain.scarce import name_of, place_thing
from support.handlers.answers import answer

# The index document of a partition.
CROWDS = "activities"


def ask_for_place(asked: ScarceThingAsked, unit: Unit) -> None:
    """A request asks for a place: it takes one, stands in line, or has another priority in the line."""
    activity, places, seat = unit.need(PlannedActivity, name_of(asked.thing)), places_of(asked.thing, unit), Seat.of(asked)
    if activity.cancelled:
        answer_refused(places, seat, unit, cancelled=True)
    elif places.knows(seat):
        unit.put(places.ranked_anew(seat))
    elif not activity.open(unit.today):
        _stand_in_line(places, seat, unit, allocates_on=activity.announced.allocates_on)
    elif places.queue or not places.has_room(activity.places):
        _stand_in_line(places.in_order(), seat, unit)
    else:
        serve(places.in_order().joined(seat), activity, unit)


def take_place_back(back: ScarceThingGivenBack, unit: Unit) -> None:
    """A request gives back its place, or leaves the line: the next in line is served."""
    activity = unit.need(PlannedActivity, name_of(back.thing))
    serve(places_of(back.thing, unit).without(back.tax_code, back.request_id), activity, unit)


def serve(places: Places, activity: PlannedActivity, unit: Unit) -> None:
    """Give the free places to the line, where its order stands."""
    lucky: tuple[Seat, ...] = ()
    if places.allocated:
        places, lucky = places.served(activity.places)
    unit.put(places)
    for seat in lucky:
        answer(places.id, seat, "taken", unit)


def places_of(thing: str, unit: Unit) -> Places:
    """The places of an activity; nobody has asked for one where there is no document yet."""
    return unit.get(Places, thing) or Places(id=thing)


def answer_refused(places: Places, seat: Seat, unit: Unit, *, cancelled: bool) -> None:
    """Tell a request that it cannot have a place: the activity was cancelled, or is over."""
    answer(places.id, seat, "refused", unit, cancelled=cancelled)


def work_off_crowds(unit: Unit) -> None:
    """A day began: places whose day of allocation has come are given, the lines of activities that are over sent home."""
    crowds = unit.get(Crowds, CROWDS) or Crowds(id=CROWDS)
    still = []
    for activity in unit.need_all(PlannedActivity, crowds.activities):
        places = places_of(place_thing(activity.id), unit)
        if activity.open(unit.today) and not places.allocated:
            serve(places.in_order(), activity, unit)
            places = places_of(places.id, unit)
        if activity.ends < unit.today:
            for seat in places.queue:
                answer_refused(places, seat, unit, cancelled=False)
            places = places.but(queue=())
            unit.put(places)
        if places.queue:
            still.append(activity.id)
    if tuple(still) != crowds.activities:
        unit.put(crowds.but(activities=tuple(still)))


def _stand_in_line(places: Places, seat: Seat, unit: Unit, *, allocates_on: date | None = None) -> None:
    unit.put(places.joined(seat))
    answer(places.id, seat, "queued", unit, allocates_on=allocates_on)
    crowds, activity_id = unit.get(Crowds, CROWDS) or Crowds(id=CROWDS), name_of(places.id)
    if activity_id not in crowds.activities:
        unit.put(crowds.but(activities=(*crowds.activities, activity_id)))
