"""What is left of a grant is what counts in its caps, and in its budget line."""

from datetime import date

import pytest
from shared.testing.memory import City, run
from support.domain.caps import SharedCap, UnitUse
from support.domain.lines import Line
from support.main import service
from unit.support.cases import MILLION, A, allocated, enterprise, fair, request, scheme, told
from unit.support.grant_cases import accepted, agreed, asked, change, claimed, decided, made, repaid, withdrawn

CAPS = tuple({"unit": unit, "amount": 100 * MILLION} for unit in ("enterprise-year", "fair-edition", "scheme-year"))
SET_UP = (
    scheme(caps=CAPS, cap=None, advance_percent=50),
    fair(),
    fair("osaka", ends=date(2022, 1, 20)),
    enterprise(A),
    allocated(10**9),
    request("r1"),
)
SIGN = agreed(cost=90 * MILLION)


def caps(city: City) -> dict[str, int]:
    """What is used of each cap, triệu đồng; nothing is left out but what nobody uses."""
    units = {u.id.split("|", 2)[2]: u.had // MILLION for u in city["support"].all(UnitUse)}
    return units | {c.id.split("/")[0]: c.used // MILLION for c in city["support"].all(SharedCap)}


def all_three(amount: int, fair_id: str = "hannover") -> dict[str, int]:
    units = {"enterprise-year|2021": amount, f"fair-edition|{fair_id}": amount} if amount else {}
    return units | {"cap:scheme-year": amount}


@pytest.mark.parametrize(
    ("events", "left"),
    [
        ((), 90),
        ((agreed(cost=60 * MILLION),), 60),
        ((change("reduce", cost=40 * MILLION), decided()), 40),
        ((SIGN, claimed("k1"), accepted(70 * MILLION)), 70),
        ((withdrawn(),), 0),
        ((SIGN, withdrawn()), 0),
        ((SIGN, asked(), made(), withdrawn()), 10),
        ((SIGN, asked(), made(), withdrawn(), repaid("n1", 4 * MILLION)), 6),
        ((SIGN, asked(), made(), withdrawn(), repaid("n1", 10 * MILLION)), 0),
    ],
)
def test_what_is_left_of_a_grant_counts_in_its_caps_and_on_its_line(events, left):
    city = run(service, *SET_UP, *events)
    line = city["support"].find(Line, "line:2021/fair-abroad")
    assert (caps(city), line.used, city.refusals, city["support"].held) == (all_three(left), left * MILLION, [], {})


def test_next_request_gets_what_a_reduced_grant_leaves():
    city = run(service, *SET_UP, change("reduce", cost=40 * MILLION), decided(), request("r2", activity_id="osaka"))
    assert told(city) == ["r1 granted 90", "r2 granted 60"]


def test_grant_that_moves_takes_its_caps_to_the_other_fair():
    city = run(service, *SET_UP, change("move", fair_id="osaka"), decided())
    assert caps(city) == all_three(90, "osaka")
    ended = run(service, *SET_UP, change("move", fair_id="osaka"), decided(), withdrawn())
    assert (caps(ended), ended["support"].held) == (all_three(0), {})
