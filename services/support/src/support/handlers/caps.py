"""What requests take of the caps of their scheme: those of an enterprise in its partition, those that all share at their key."""

from shared.contracts.support import ScarceThingAsked, ScarceThingGivenBack
from shared.messaging.unit import Unit

from support.domain.caps import SharedCap, SharedCapUse, UnitCap, UnitUse, unit_under
from support.domain.requests import Request
from support.domain.scarce import Claim
from support.handlers.answers import answer


def had(cap: UnitCap, unit: Unit) -> int:
    """What the unit of a cap of the enterprise already has, đồng."""
    return _use(cap.unit, unit).had


def count_in_caps(request: Request, amount: int, unit: Unit) -> Request:
    """The request takes no more than `amount` đồng of each cap from now on; what it took beyond that is free again.

    To be called whenever less is left of a grant: when it is declined or cancelled (0), or settled lower. Gives the request
    to keep; with the same or a larger amount nothing changes.
    """
    caps = []
    for cap in request.caps:
        over = cap.amount - amount
        if over > 0 and cap.shared:
            facts = {"thing": cap.unit, "request_id": request.request_id, "tax_code": request.filed_under}
            unit.publish(ScarceThingGivenBack(**facts, amount=over))
        elif over > 0:
            _keep(_use(cap.unit, unit).with_share(request.id, amount), unit)
        caps.append(cap.taking(min(cap.amount, amount)))
    return request.but(caps=tuple(caps))


def take_of_caps(request: Request, unit: Unit) -> Request:
    """A request that may be granted takes what it wants of the caps of its enterprise; those all share it asks for later."""
    caps = tuple(cap if cap.shared else cap.taking(request.wanted) for cap in request.caps)
    for cap in caps:
        if not cap.shared:
            _keep(_use(cap.unit, unit).with_share(request.id, cap.amount), unit)
    return request.but(caps=caps)


def move_caps(request: Request, activity_id: str, unit: Unit) -> Request:
    """A request goes to another activity: what it takes of the caps of the one it leaves is free, and counts for the other."""
    caps = tuple(cap.moved(activity_id) for cap in request.caps)
    for before, after in zip(request.caps, caps, strict=True):
        if after.unit != before.unit:
            _keep(_use(before.unit, unit).with_share(request.id, 0), unit)
            _keep(_use(after.unit, unit).with_share(request.id, after.amount), unit)
    return request.but(caps=caps)


def ask_cap(asked: ScarceThingAsked, unit: Unit) -> None:
    """A request takes what is left of a cap that all share, and no more than it wants; it is refused where nothing is left."""
    cap, claim = unit.get(SharedCap, asked.thing) or SharedCap(id=asked.thing), Claim.of(asked)
    amount = min(asked.amount, cap.left(asked.limit or 0))
    if amount == 0:
        answer(asked.thing, claim, "refused", unit)
        return
    unit.put(cap.but(used=cap.used + amount))
    unit.put(SharedCapUse(id=SharedCapUse.id_of(asked.thing, asked.tax_code, asked.request_id), amount=amount))
    answer(asked.thing, claim, "taken", unit, amount=amount)


def give_back_cap(back: ScarceThingGivenBack, unit: Unit) -> None:
    """A request takes less of a cap that all share, or nothing any more."""
    use = unit.get(SharedCapUse, SharedCapUse.id_of(back.thing, back.tax_code, back.request_id))
    has = use.amount if use else 0
    amount = has if back.amount is None else back.amount
    if amount > has:
        raise ValueError(f"{back.request_id} gives back {amount} of {back.thing} and has {has}")
    if use:
        cap, left = unit.need(SharedCap, back.thing), has - amount
        unit.put(cap.but(used=cap.used - amount))
        if left:
            unit.put(use.but(amount=left))
        else:
            unit.remove(use)


def receive_use(former: UnitUse, home: str, unit: Unit) -> None:
    """What the requests of a former code take of a unit counts here."""
    unit.put(_use(unit_under(home, former.id), unit).joined(former))


def _use(id: str, unit: Unit) -> UnitUse:
    return unit.get(UnitUse, id) or UnitUse(id=id)


def _keep(use: UnitUse, unit: Unit) -> None:
    if use.shares:
        unit.put(use)
    else:
        unit.remove(use)
