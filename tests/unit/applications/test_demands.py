"""The supplier-connection exchange: demands posted and closed, suppliers matched with the reason for each."""

from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from applications.api import routes
from applications.domain.deadlines import DueDays
from applications.domain.demand import Demand, DemandsDue
from applications.domain.supporting_industry import Supplier
from applications.main import service
from hypothesis import given
from hypothesis import strategies as st
from shared.contracts.base import Data
from shared.contracts.demand import DemandClosed, DemandEnded, DemandPosted, SuppliersMatched
from shared.contracts.department import DayStarted
from shared.contracts.registers import Capability, StandardHeld, SupportingIndustryConfirmed
from shared.http import application
from shared.testing.memory import City, MemoryReader, run
from starlette.testclient import TestClient
from unit.applications.facts import HABECO, MISA, VINAMILK

THIRD = "0109700017"
ISO = StandardHeld(standard="ISO-9001", certificate="QMS 12", issuer="QUACERT", valid_until=date(2022, 12, 30))


def posted(**changes: Any) -> DemandPosted:
    facts: dict[str, Any] = {
        "demand_id": "N1",
        "buyer": "Toyota Motor",
        "sector": "Cơ khí",
        "product": "bu lông",
        "standards": ("ISO-9001",),
        "capacity": Decimal(100_000),
        "unit": "chiếc",
        "posted_on": date(2022, 7, 4),
        "until": date(2022, 9, 30),
    }
    return DemandPosted(**facts | changes)


CLOSED = DemandClosed(demand_id="N1", closed_on=date(2022, 8, 15), reason="Đã ký hợp đồng")


def makes(capacity: int, product: str = "Bu lông M8", unit: str = "chiếc") -> Capability:
    return Capability(product=product, capacity=Decimal(capacity), unit=unit)


def supplier(id: str = MISA, **changes: Any) -> Supplier:
    facts: dict[str, Any] = {
        "id": id,
        "name": None,
        "sectors": ("Cơ khí",),
        "capabilities": (makes(120_000),),
        "standards": (ISO,),
        "expired": (),
        "international": False,
        "confirmed_on": date(2022, 2, 1),
        "made": False,
    }
    return Supplier(**facts | changes)


def confirmed(tax_code: str = MISA, **changes: Any) -> SupportingIndustryConfirmed:
    facts: dict[str, Any] = {
        "tax_code": tax_code,
        "confirmed_on": date(2022, 2, 1),
        "sector": "Cơ khí",
        "capabilities": (makes(120_000),),
        "standards": (ISO,),
    }
    return SupportingIndustryConfirmed(**facts | changes)


# -- one supplier ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "offered", "missed"),
    [
        pytest.param({}, {}, [], id="everything"),
        pytest.param({"capacity": Decimal(120_000)}, {}, [], id="exactly the capacity"),
        pytest.param({"capacity": Decimal("120000.001")}, {}, ["capacity"], id="a little less"),
        pytest.param({"unit": "tấn"}, {}, ["capacity"], id="another unit"),
        pytest.param({"unit": "CHIEC"}, {}, [], id="the same unit, written otherwise"),
        pytest.param({"sector": "co khi"}, {}, [], id="the same sector, written otherwise"),
        pytest.param({"standards": ()}, {"standards": ()}, [], id="no standard asked"),
        pytest.param({}, {"standards": ()}, ["standard"], id="standard not held"),
        pytest.param({"standards": ("ISO-9001", "IATF-16949")}, {}, ["standard"], id="one of two standards"),
        pytest.param({"standards": ("A", "A")}, {}, ["standard"], id="one standard asked twice"),
        pytest.param({}, {"standards": (), "expired": (ISO,)}, ["standard"], id="standard over"),
        pytest.param({}, {"standards": (), "capabilities": ()}, ["standard", "capacity"], id="neither"),
    ],
)
def test_each_thing_asked_has_its_reason(asked: dict[str, Any], offered: dict[str, Any], missed: list[str]) -> None:
    demand = Demand.of(posted(**asked))
    (match,) = demand.matches([supplier(**offered)])
    assert [reason.asked for reason in match.reasons if not reason.met] == missed
    wanted = ["sector", *("standard" for _ in set(demand.posted.standards)), "capacity"]
    assert [reason.asked for reason in match.reasons] == wanted


@pytest.mark.parametrize(
    ("asked", "offered"),
    [({"sector": "Điện tử"}, {}), ({"buyer_tax_code": MISA}, {}), ({"buyer_tax_code": f"{MISA}-001"}, {})],
    ids=["another sector", "the buyer itself", "a branch of it"],
)
def test_who_is_no_supplier_of_the_demand_is_not_named(asked: dict[str, Any], offered: dict[str, Any]) -> None:
    assert Demand.of(posted(**asked)).matches([supplier(**offered)]) == ()


def test_capability_for_the_product_is_weighed_before_a_larger_one() -> None:
    offered = supplier(capabilities=(makes(900_000, "Đai ốc"), makes(50_000), makes(80_000, "BU LONG M12"), makes(9, unit="tấn")))
    (match,) = Demand.of(posted()).matches([offered])
    assert match.capability == makes(80_000, "BU LONG M12")


def test_reasons_are_said_in_both_languages() -> None:
    (match,) = Demand.of(posted(capacity=Decimal(150_000))).matches([supplier()])
    assert [(r.vi, r.en) for r in match.reasons] == [
        ("Thuộc ngành Cơ khí", "In the sector Cơ khí"),
        ("Có ISO-9001 đến 30/12/2022", "Holds ISO-9001 until 2022-12-30"),
        (
            "Bu lông M8: 120.000 chiếc một năm, cần 150.000",
            "Bu lông M8: 120,000 chiếc a year, 150,000 are needed",
        ),
    ]
    (match,) = Demand.of(posted(unit="tấn")).matches([supplier(standards=())])
    assert [(r.vi, r.en) for r in match.reasons[1:]] == [
        ("Không có ISO-9001 còn hiệu lực", "Holds no ISO-9001 in force"),
        ("Không khai năng lực theo tấn; cần 100.000 tấn một năm", "States no capacity in tấn; 100,000 tấn a year are needed"),
    ]


# -- their order ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param({"capabilities": (makes(100_000),)}, {"capabilities": (makes(10**6),), "standards": ()}, id="misses less"),
        pytest.param({}, {"capabilities": (makes(10**6, "Đai ốc"),)}, id="for the very product"),
        pytest.param({"capabilities": (makes(120_001),)}, {"international": True}, id="more capacity"),
        pytest.param({"international": True}, {}, id="international standard"),
    ],
)
def test_better_match_comes_first_whatever_the_codes(better: dict[str, Any], worse: dict[str, Any]) -> None:
    for first, second in permutations((MISA, VINAMILK)):
        matches = Demand.of(posted()).matches([supplier(second, **worse), supplier(first, **better)])
        assert [match.tax_code for match in matches] == [first, second]


def test_level_suppliers_come_by_tax_code() -> None:
    matches = Demand.of(posted()).matches([supplier(VINAMILK), supplier(MISA)])
    assert [match.tax_code for match in matches] == [MISA, VINAMILK]


OFFERS = st.fixed_dictionaries(
    {
        "standards": st.sampled_from(((), (ISO,))),
        "international": st.booleans(),
        "capabilities": st.lists(
            st.builds(makes, st.integers(99_999, 100_001), st.sampled_from(("Bu lông", "Ốc")), st.sampled_from(("chiếc", "tấn"))),
            max_size=3,
        ).map(tuple),
    }
)


@given(st.lists(OFFERS, min_size=1, max_size=4), st.randoms())
def test_order_of_the_matches_does_not_hang_on_that_of_the_suppliers(offers: list[dict[str, Any]], random: Any) -> None:
    suppliers = [supplier(code, **offer) for code, offer in zip((MISA, VINAMILK, HABECO, THIRD), offers, strict=False)]
    shuffled = random.sample(suppliers, len(suppliers))
    matches = Demand.of(posted()).matches(suppliers)
    assert matches == Demand.of(posted()).matches(shuffled)
    missed = [sum(not reason.met for reason in match.reasons) for match in matches]
    assert missed == sorted(missed)


# -- through the service --------------------------------------------------------------------------------------------------


def told(city: City) -> list[str]:
    """The suppliers named to the buyer, over all parts of the register."""
    return sorted(match.tax_code for said in city.of_type(SuppliersMatched) for match in said.matches)


def test_buyer_is_told_of_suppliers_in_every_partition_once() -> None:
    codes = (MISA, VINAMILK, HABECO, THIRD)
    city = run(service, *(confirmed(code) for code in codes), confirmed("0100100008", sector="Điện tử"), posted(), posted())
    assert told(city) == sorted(codes)
    assert city.refusals == []


def test_buyer_is_told_nothing_where_there_is_no_supplier_of_the_sector() -> None:
    assert run(service, confirmed(sector="Điện tử"), posted()).of_type(SuppliersMatched) == []


def test_standard_that_is_over_on_the_day_is_a_near_miss() -> None:
    city = run(service, confirmed(), DayStarted(date=date(2023, 1, 2)), posted(until=date(2023, 3, 31)))
    (said,) = city.of_type(SuppliersMatched)
    assert [(reason.asked, reason.met) for reason in said.matches[0].reasons] == [
        ("sector", True),
        ("standard", False),
        ("capacity", True),
    ]


@pytest.mark.parametrize(
    ("events", "slugs"),
    [
        ((posted(), posted(product="đai ốc")), ["demand-already-posted"]),
        ((posted(until=date(2022, 7, 3)),), ["demand-ends-before-it-begins"]),
        ((posted(), CLOSED, CLOSED), []),
        ((posted(), CLOSED, CLOSED.model_copy(update={"closed_on": date(2022, 8, 16)})), ["demand-already-closed"]),
        ((CLOSED, posted()), ["demand-not-known"]),
    ],
)
def test_demand_is_posted_and_closed_once(events: tuple[Data, ...], slugs: list[str]) -> None:
    city = run(service, *events)
    assert ([r.slug for r in city.refusals], city["applications"].held) == (slugs, {})


def day(on: date) -> DayStarted:
    return DayStarted(date=on)


LATE_CLOSED = CLOSED.model_copy(update={"closed_on": date(2022, 10, 1)})


@pytest.mark.parametrize(
    ("events", "closed_on", "told_of_end"),
    [
        pytest.param((posted(), day(date(2022, 9, 30))), None, 0, id="stands on its last day"),
        pytest.param((posted(), day(date(2022, 10, 1))), date(2022, 9, 30), 1, id="over the day after"),
        pytest.param((posted(), day(date(2023, 3, 1)), day(date(2023, 3, 2))), date(2022, 9, 30), 1, id="after a gap, once"),
        pytest.param((posted(), CLOSED, day(date(2022, 10, 1))), CLOSED.closed_on, 0, id="closed before"),
        pytest.param((posted(), day(date(2022, 10, 1)), CLOSED), CLOSED.closed_on, 1, id="closed in time, said late"),
        pytest.param((day(date(2022, 10, 1)), posted()), date(2022, 9, 30), 1, id="over when it came"),
    ],
)
def test_demand_ends_after_its_last_day(events: tuple[Data, ...], closed_on: date | None, told_of_end: int) -> None:
    city = run(service, *events)
    (demand,) = city["applications"].all(Demand)
    assert (demand.closed, demand.closed_on) == (closed_on is not None, closed_on)
    assert [said.until for said in city.of_type(DemandEnded)] == [date(2022, 9, 30)] * told_of_end
    assert city.refusals == []


@pytest.mark.parametrize("ticks", [(), (day(date(2022, 10, 1)),)])
def test_demand_cannot_be_closed_after_its_last_day(ticks: tuple[Data, ...]) -> None:
    (no,) = run(service, posted(), *ticks, LATE_CLOSED).refusals
    assert (no.slug, "30/09/2022" in no.vi) == ("demand-already-closed", True)


def test_demand_that_is_over_is_matched_with_nobody() -> None:
    city = run(service, confirmed(), day(date(2022, 10, 1)), posted())
    assert told(city) == []
    client = TestClient(application(routes(MemoryReader(city["applications"]))))
    assert client.get("/demands/N1/matches").json()["items"] == client.get("/demands?closed=false").json()["items"] == []


def test_last_day_of_a_demand_leaves_no_index_behind() -> None:
    city = run(service, day(date(2022, 7, 4)), posted(), posted(demand_id="N2"), day(date(2022, 10, 1)))
    assert city["applications"].all(DemandsDue) == []
    assert [due.days for due in city["applications"].all(DueDays)] == [()]


def test_dates_of_a_refused_demand_are_named() -> None:
    (no,) = run(service, posted(until=date(2022, 7, 3))).refusals
    assert ("03/07/2022" in no.vi, "04/07/2022" in no.vi, "2022-07-03" in no.en, no.field) == (True, True, True, "until")


@pytest.fixture(name="http", scope="module")
def _http() -> TestClient:
    late = confirmed(HABECO, capabilities=(makes(500_000),))
    other = posted(demand_id="N2")
    city = run(service, confirmed(), confirmed(VINAMILK, standards=()), posted(), other, CLOSED, late)
    return TestClient(application(routes(MemoryReader(city["applications"]))))


def test_matches_are_by_the_register_as_it_is_now(http: TestClient) -> None:
    body = http.get("/demands/N2/matches").json()
    assert [(m["tax_code"], m["meets_all"]) for m in body["items"]] == [(HABECO, True), (MISA, True), (VINAMILK, False)]
    assert (body["total"], body["next"]) == (3, None)


def test_matches_come_in_pages(http: TestClient) -> None:
    first = http.get("/demands/N2/matches?limit=2").json()
    second = http.get("/demands/N2/matches", params={"limit": 2, "after": first["next"]}).json()
    assert [m["tax_code"] for m in first["items"] + second["items"]] == [HABECO, MISA, VINAMILK]


@pytest.mark.parametrize(("query", "ids"), [("", ["N1", "N2"]), ("?closed=true", ["N1"]), ("?closed=false", ["N2"])])
def test_demands_are_listed(http: TestClient, query: str, ids: list[str]) -> None:
    assert [d["id"] for d in http.get(f"/demands{query}").json()["items"]] == ids


def test_demand_is_shown_with_its_end(http: TestClient) -> None:
    body = http.get("/demands/N1").json()
    assert (body["posted"]["buyer"], body["closed_on"], body["reason"]) == ("Toyota Motor", "2022-08-15", "Đã ký hợp đồng")


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("/demands/N9", 404, "not-found"),
        ("/demands/N9/matches", 404, "not-found"),
        ("/demands?closed=yes", 400, "closed-not-valid"),
        ("/demands/N1/matches?after=x", 400, "after-not-valid"),
    ],
)
def test_wrong_question_is_answered(http: TestClient, path: str, status: int, slug: str) -> None:
    response = http.get(path)
    assert (response.status_code, response.json()["slug"]) == (status, slug)
