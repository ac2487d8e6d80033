"""How the owner of a scarce thing answers a request."""

from typing import Literal

from shared.contracts.support import ScarceThingAnswered, ScarceThingAsked
from shared.messaging.unit import Unit

from support.domain.scarce import Claim


def claim_of(asked: ScarceThingAsked) -> Claim:
    """What a request wants of a thing, as it stands in the queue."""
    return Claim(request_id=asked.request_id, tax_code=asked.tax_code, amount=asked.amount, part=asked.part)


def answer(
    thing: str,
    claim: Claim,
    said: Literal["taken", "queued", "refused"],
    unit: Unit,
    *,
    amount: int = 0,
    holder: str | None = None,
    agency: str | None = None,
) -> None:
    """Tell the request in the partition of its enterprise; `amount` is đồng of a line or a cap."""
    who = {"request_id": claim.request_id, "tax_code": claim.tax_code, "holder": holder, "agency": agency}
    unit.publish(ScarceThingAnswered(thing=thing, answer=said, amount=amount, **who))
