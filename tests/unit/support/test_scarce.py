"""Scarce things: evidence, places, money. First in the log of the thing is first served; nothing is given twice."""

from datetime import date

import pytest
from shared.contracts.support import (
    ScarceThingGivenBack,
    SupportDeclined,
    SupportQueued,
)
from unit.support.cases import (
    MILLION,
    SELLER,
    A,
    B,
    C,
    allocated,
    day,
    fair,
    invoice,
    later,
    places,
    play,
    refused,
    request,
    scheme,
    send_in,
    told,
)
from unit.support.test_overlap import by_invoice, cost_reported

MONEY = allocated(10**9), allocated(10**9, "renewal")
SHARED, OWN = invoice("i-shared", 90 * MILLION), invoice("i-own", 90 * MILLION)


# -- evidence ------------------------------------------------------------------------------------------------------------------


def test_invoice_of_another_request_is_declined_naming_the_holder():
    city = play(*MONEY, request("r1", A, SHARED), request("r2", B, SHARED, OWN))
    assert told(city) == ["r1 granted 90", "r2 declined cost-already-supported"]
    assert [r.model_dump() for r in city.of_type(SupportDeclined)[0].reasons] == [
        {
            "slug": "cost-already-supported",
            "vi": f"Hóa đơn {SELLER}/i-shared đã được dùng cho đề nghị r1; hãy gửi đề nghị mới không có hóa đơn này.",
            "en": f"Invoice {SELLER}/i-shared was already used by request r1; send a new request without this invoice.",
            "field": "evidence",
        }
    ]


def test_declined_request_names_every_invoice_in_use_and_gives_its_own_back():
    second = invoice("i-second", 90 * MILLION)
    city = play(*MONEY, request("r1", A, SHARED, second), request("r2", B, SHARED, OWN, second), request("r3", C, OWN))
    assert told(city) == ["r1 granted 150", "r2 declined cost-already-supported cost-already-supported", "r3 granted 90"]


def test_declined_request_leaves_its_activity_free():
    city = play(*MONEY, request("r1", A, SHARED), request("r2", B, SHARED), request("r3", B, OWN))
    assert told(city) == ["r1 granted 90", "r2 declined cost-already-supported", "r3 granted 90"]


def test_invoice_of_the_same_number_and_another_seller_is_another_cost():
    other = SHARED.model_copy(update={"seller_tax_code": "0301111111"})
    assert told(play(*MONEY, request("r1", A, SHARED), request("r2", B, other))) == ["r1 granted 90", "r2 granted 90"]


def test_longest_ids_can_be_asked_for():
    long = "x" * 120
    evidence = invoice(long, 90 * MILLION).model_copy(update={"seller_tax_code": "0301111111-001"})
    asked = request("r1", A, evidence, activity_id=long, scheme_id=long)
    assert told(play(fair(long), scheme(long), asked)) == ["r1 waits for budget"]


def test_evidence_given_back_by_one_who_does_not_hold_it_stays_with_its_holder():
    city = play(*MONEY, request("r1", A, SHARED))
    send_in(city, ScarceThingGivenBack(thing=f"evidence:{SHARED.id}", request_id="r1", tax_code=B))
    city.publish(*later(request("r2", B, SHARED)))
    assert told(city) == ["r1 granted 90", "r2 declined cost-already-supported"]


# -- places --------------------------------------------------------------------------------------------------------------------


def test_places_go_to_the_first_and_the_next_stands_in_line():
    city = play(*MONEY, fair("osaka", places=1), request("r1", A, activity_id="osaka"), request("r2", B, activity_id="osaka"))
    assert told(city) == ["r1 granted 90", "r2 waits for place"]
    queued = city.of_type(SupportQueued)[0]
    assert (queued.vi, queued.en) == (
        "Hoạt động osaka đã hết chỗ; đề nghị đứng trong hàng và nhận chỗ khi đến lượt.",
        "Activity osaka is full; the request stands in line and gets a place when its turn comes.",
    )


def test_place_given_back_goes_to_the_head_of_the_queue():
    asked = [request(f"r{n}", code, activity_id="osaka") for n, code in enumerate((A, B, C), 1)]
    city = play(*MONEY, fair("osaka", places=1), *asked)
    send_in(city, ScarceThingGivenBack(thing="place:osaka", request_id="r1", tax_code=A))
    assert told(city) == ["r1 granted 90", "r2 waits for place", "r3 waits for place", "r2 granted 90"]
    assert places(city, "osaka") == (["r2"], ["r3"])


def test_queue_of_a_fair_is_sent_home_when_the_fair_is_over_and_gives_its_evidence_back():
    small = fair("osaka", places=1, ends=date(2021, 12, 18))
    asked = request("r1", A, activity_id="osaka"), request("r2", B, SHARED, activity_id="osaka")
    city = play(*MONEY, small, *asked, day(date(2021, 12, 18)))
    assert told(city) == ["r1 granted 90", "r2 waits for place"]
    city.publish(*later(day(date(2021, 12, 19)), request("r3", C, SHARED), day(date(2021, 12, 20))))
    assert told(city)[2:] == ["r2 declined no-place-left", "r3 granted 90"]
    assert places(city, "osaka") == (["r1"], [])


@pytest.mark.parametrize("again", ["1C21TAA/7", "1c21taa/7", "1C21taa/7"])
def test_invoice_is_one_cost_however_its_letters_are_written(again):
    city = play(
        allocated(10**9), request("r1", A, invoice("1C21TAA/7", 90 * MILLION)), request("r2", B, invoice(again, 90 * MILLION))
    )
    assert told(city) == ["r1 granted 90", "r2 declined cost-already-supported"]
    twice = play(allocated(10**9), request("r1", A, invoice("1C21TAA/7", MILLION), invoice(again, MILLION)))
    assert (told(twice), refused(twice)) == ([], {("invoice-twice", "evidence.1")})
    elsewhere = play(
        allocated(10**9), cost_reported(by_invoice("1C21TAA/7"), tax_code=C), request("r1", A, invoice(again, MILLION))
    )
    assert told(elsewhere) == ["r1 declined cost-already-supported"]
