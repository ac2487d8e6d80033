"""How the owner of a scarce thing answers a request."""

from datetime import date
from typing import Literal

from shared.contracts.support import ScarceThingAnswered
from shared.messaging.unit import Unit

from support.domain.scarce import Asker


def answer(
    thing: str,
    asker: Asker,
    said: Literal["taken", "queued", "refused"],
    unit: Unit,
    *,
    amount: int = 0,
    holder: str | None = None,
    agency: str | None = None,
    cancelled: bool = False,
    allocates_on: date | None = None,
) -> None:
    """Tell the request in the partition of its enterprise; `amount` is đồng of a line or a cap.

    `allocates_on` is the day still to come on which the thing is allocated.
    """
    unit.publish(
        ScarceThingAnswered(
            thing=thing,
            request_id=asker.request_id,
            tax_code=asker.tax_code,
            answer=said,
            amount=amount,
            holder=holder,
            agency=agency,
            cancelled=cancelled,
            allocates_on=allocates_on,
        )
    )
