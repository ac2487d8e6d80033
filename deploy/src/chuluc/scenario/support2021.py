"""Made requests for support in 2021: every recognised enterprise asks, and each rule of the money is met once.

Fairs abroad: eighteen enterprises, one of which asks a second time for the same fair. Technology renewal: twelve others
and one of the eighteen; one asks for more than the rate pays; the last finds the line run out and waits for money.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shared.contracts.portal import Evidence, SupportRequested

from chuluc.scenario.cast import Enterprise
from chuluc.scenario.made import drawn, tax_code
from chuluc.scenario.rules2021 import FAIR_ABROAD, FAIR_CAP, FAIR_LINE, FAIRS, RENEWAL, RENEWAL_LINE, YEAR

FAIRGOERS = 18
FAIR_DAY, AGAIN_DAY, RENEWAL_DAY, LAST_DAY = date(2021, 12, 6), date(2021, 12, 7), date(2021, 12, 8), date(2021, 12, 9)
LEFT_OVER = 100_000_000
"""What the renewal line has left when the last request comes: less than it asks, đồng."""


@dataclass(frozen=True)
class Requests:
    """The requests by what they show, the allocation of each line, and what each line grants in all, đồng."""

    fairs: tuple[SupportRequested, ...]
    again: SupportRequested
    renewals: tuple[SupportRequested, ...]
    last: SupportRequested
    allocated: Mapping[str, int]
    granted: Mapping[str, int]


def requests(recognised: list[Enterprise]) -> Requests:
    """All requests of the thirty recognised enterprises."""
    fairs = tuple(_fair(e, n, FAIR_DAY, f"YC-F-{n + 1:02d}") for n, e in enumerate(recognised[:FAIRGOERS]))
    renewals = tuple(_renewal(e, n, RENEWAL_DAY) for n, e in enumerate(recognised[FAIRGOERS:]))
    last = _renewal(recognised[0], len(renewals), LAST_DAY)
    fair_money = sum(min(r.asked, FAIR_CAP) for r in fairs)
    renewal_money = sum(min(r.asked, _cost(r) // 2) for r in renewals)
    return Requests(
        fairs=fairs,
        again=_fair(recognised[0], FAIRGOERS, AGAIN_DAY, "YC-F-again"),
        renewals=renewals,
        last=last,
        allocated={FAIR_LINE: 20 * FAIR_CAP, RENEWAL_LINE: renewal_money + LEFT_OVER},
        granted={FAIR_LINE: fair_money, RENEWAL_LINE: renewal_money},
    )


def _fair(enterprise: Enterprise, number: int, day: date, request_id: str) -> SupportRequested:
    """A stand at a fair abroad; most cost more than the cap of a unit, every fourth less."""
    cost = (132 if number % 4 == 3 else 155 + drawn(40, "fair", number)) * 1_000_000
    # The second request of the first enterprise is for the fair it already goes to.
    return _request(enterprise, request_id, scheme_id=FAIR_ABROAD, activity_id=FAIRS[number % 2], day=day, asked=cost, cost=cost)


def _renewal(enterprise: Enterprise, number: int, day: date) -> SupportRequested:
    """New equipment of 1 to 4 tỷ đồng. The third asks for 70 % of it, the others for the half that the scheme pays."""
    cost = (100 + drawn(300, "renewal", number)) * 10_000_000
    asked = cost * 7 // 10 if number == 2 else cost // 2
    return _request(
        enterprise,
        f"YC-D-{number + 1:02d}",
        scheme_id=RENEWAL,
        activity_id=f"DA-{enterprise.tax_code}-1",
        day=day,
        asked=asked,
        cost=cost,
    )


def _request(
    enterprise: Enterprise, request_id: str, *, scheme_id: str, activity_id: str, day: date, asked: int, cost: int
) -> SupportRequested:
    seller = tax_code(9_000 + drawn(50, "seller", request_id))
    return SupportRequested(
        request_id=request_id,
        tax_code=enterprise.tax_code,
        scheme_id=scheme_id,
        year=YEAR,
        activity_id=activity_id,
        requested_on=day,
        asked=asked,
        evidence=(Evidence(seller_tax_code=seller, invoice=f"HD-{request_id}", amount=cost),),
        made=True,
    )


def _cost(request: SupportRequested) -> int:
    return sum(e.amount for e in request.evidence)
