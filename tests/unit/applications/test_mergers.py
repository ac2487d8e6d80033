"""Changed and merged tax codes: what was said under the former code, before or after, belongs to the one that goes on."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from applications.api import routes
from applications.domain.application import Application
from applications.domain.enterprise import Enterprise
from applications.domain.nomination import Nomination
from applications.domain.supporting_industry import Supplier
from applications.main import service
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.contracts.applications import ApplicationAccepted, EnterpriseMerged, EnterpriseRecorded
from shared.contracts.base import Data, derived_id, make_event
from shared.contracts.enterprise_log import FormerCode, FormerName
from shared.contracts.registers import EnterprisesMerged, SupportingIndustryConfirmed, SupportingIndustryRemoved, TaxCodeChanged
from shared.http import application
from shared.testing.memory import City, MemoryReader, run
from starlette.testclient import TestClient
from unit.applications.facts import HABECO, MISA, RULES, VINAMILK, filed, nominated, opened, registered

THIRD = "0109700017"
CODES = (MISA, VINAMILK, HABECO, THIRD)
ON = date(2022, 3, 1)


def changed(former: str = MISA, tax_code: str = VINAMILK, on: date = ON) -> TaxCodeChanged:
    return TaxCodeChanged(former=former, tax_code=tax_code, changed_on=on)


def absorbed(code: str = MISA, kept: str = VINAMILK, on: date = ON, why: str = "merged") -> EnterprisesMerged:
    return EnterprisesMerged(absorbed=code, kept=kept, merged_on=on, why=why)


def confirmed(tax_code: str, on: date = date(2021, 2, 1)) -> SupportingIndustryConfirmed:
    return SupportingIndustryConfirmed(tax_code=tax_code, confirmed_on=on, sector="electronics")


def removed(tax_code: str, on: date = date(2021, 6, 1)) -> SupportingIndustryRemoved:
    return SupportingIndustryRemoved(tax_code=tax_code, removed_on=on, reason="Ngừng sản xuất")


def named(city: City, code: str) -> Enterprise:
    return next(e for e in city["applications"].all(Enterprise) if e.id == code)


def test_enterprise_goes_on_under_its_new_code_with_all_it_had() -> None:
    city = run(service, registered(since=date(2015, 1, 5)), confirmed(MISA), changed())
    enterprise = named(city, VINAMILK)
    assert (enterprise.name, enterprise.in_the_city, enterprise.supporting_industry) == ("Công ty cổ phần MISA", True, True)
    assert [site.tax_code for site in enterprise.sites] == [MISA]
    assert enterprise.former_codes == (FormerCode(tax_code=MISA, into=VINAMILK, merged_on=ON, why="code-changed"),)
    assert named(city, MISA).merged_into == VINAMILK
    assert city.of_type(EnterpriseMerged) == [
        EnterpriseMerged(tax_code=VINAMILK, formerly=MISA, merged_on=ON, why="code-changed")
    ]
    assert city.of_type(EnterpriseRecorded)[-1].tax_code == VINAMILK


@pytest.mark.parametrize("order", [*permutations((registered(), registered(VINAMILK, name="MISA mới"), changed()))])
def test_merger_before_or_after_the_registrations_ends_the_same(order: tuple[Data, ...]) -> None:
    city = run(service, *order)
    enterprise = named(city, VINAMILK)
    assert (enterprise.name, [site.tax_code for site in enterprise.sites]) == ("MISA mới", [VINAMILK, MISA])
    assert enterprise.former_names == (FormerName(name="Công ty cổ phần MISA", until=ON),)
    assert len(city.of_type(EnterpriseMerged)) == 1


def test_names_of_an_enterprise_are_kept_with_their_last_day() -> None:
    city = run(
        service,
        registered(name="Xí nghiệp A", since=date(2010, 1, 1)),
        registered(name="Công ty A", since=date(2015, 6, 1)),
        registered(name="Tập đoàn A"),  # an entry without a day counts from the day of its event
    )
    assert named(city, MISA).name == "Tập đoàn A"
    assert (
        named(city, MISA).former_names
        == (
            FormerName(name="Công ty A", until=date(2021, 1, 1)),
            FormerName(name="Xí nghiệp A", until=date(2015, 6, 1)),
        )[::-1]
    )


def test_entry_that_says_nothing_new_keeps_the_day_of_the_first() -> None:
    city = run(service, registered(since=date(2015, 1, 5)), registered(), registered(since=date(2016, 1, 5)))
    assert [site.since for site in named(city, MISA).sites] == [date(2016, 1, 5)]
    city = run(service, registered(since=date(2015, 1, 5)), registered())
    assert [site.since for site in named(city, MISA).sites] == [date(2015, 1, 5)]


@pytest.mark.parametrize(
    ("why", "own", "former", "in_city"),
    [
        pytest.param("duplicate", "Hưng Yên", {"head_office": "Hà Nội"}, False, id="the entry that is kept counts"),
        pytest.param("duplicate", "Hưng Yên", {"head_office": "Hà Nội", "factory": "Hà Nội"}, False, id="for the factory too"),
        pytest.param("merged", "Hưng Yên", {"head_office": "Hà Nội"}, False, id="an office taken over is no head office"),
        pytest.param("merged", "Hưng Yên", {"head_office": "Bắc Ninh", "factory": "Hà Nội"}, True, id="a factory taken over is"),
        pytest.param("merged", "Hà Nội", {"head_office": "Bắc Ninh"}, True, id="its own head office"),
        pytest.param("merged", None, {"head_office": "Hà Nội"}, True, id="not registered yet: as the former one"),
    ],
)
def test_sites_of_a_former_code_put_the_enterprise_in_the_city(why: str, own: str, former: dict[str, str], in_city: bool) -> None:
    kept = [registered(VINAMILK, head_office=own)] if own else []
    assert named(run(service, registered(**former), *kept, absorbed(why=why)), VINAMILK).in_the_city is in_city


def test_name_of_an_enterprise_taken_over_is_no_former_name() -> None:
    city = run(service, registered(), registered(VINAMILK, name="Vinamilk"), absorbed())
    assert (named(city, VINAMILK).name, named(city, VINAMILK).former_names) == ("Vinamilk", ())


def test_later_entry_under_a_former_code_changes_the_enterprise_that_goes_on() -> None:
    city = run(service, registered(), changed(), registered(name="MISA JSC", factory="Hà Nội"), confirmed(f"{MISA}-001"))
    assert (named(city, VINAMILK).name, named(city, VINAMILK).supporting_industry) == ("MISA JSC", True)
    assert [e.tax_code for e in city.of_type(EnterpriseRecorded)] == [MISA, VINAMILK, VINAMILK, VINAMILK]


@pytest.mark.parametrize(
    ("events", "slug"),
    [
        ((changed(MISA, MISA),), "merged-into-itself"),
        ((changed(f"{MISA}-001"),), "code-of-branch"),
        ((absorbed(kept=f"{VINAMILK}-001"),), "code-of-branch"),
        ((changed("0101243151"),), "tax-code-check-digit"),
        ((changed(), absorbed(kept=HABECO)), "already-merged"),
        ((changed(), changed(on=date(2022, 3, 2))), "already-merged"),
        ((changed(), changed(VINAMILK, MISA)), "merged-in-circle"),
        ((changed(), changed(VINAMILK, HABECO), absorbed(HABECO, MISA)), "merged-in-circle"),
    ],
)
def test_merger_that_cannot_be_is_refused(events: tuple[Data, ...], slug: str) -> None:
    city = run(service, registered(), registered(VINAMILK), *events)
    assert [(r.slug, r.rejected_id) for r in city.refusals] == [(slug, f"test-{len(events) + 1}")]
    assert len(city.of_type(EnterpriseMerged)) == len(events) - 1


def test_same_merger_sent_again_changes_nothing() -> None:
    city = run(service, registered(), changed(), changed())
    assert (city.refusals, len(city.of_type(EnterpriseMerged))) == ([], 1)


@pytest.mark.parametrize("order", [*permutations((changed(), absorbed(VINAMILK, HABECO), registered()))])
def test_merger_into_a_former_code_reaches_the_one_that_goes_on(order: tuple[Data, ...]) -> None:
    city = run(service, *order)
    assert [site.tax_code for site in named(city, HABECO).sites] == [MISA]
    assert [former.tax_code for former in named(city, HABECO).former_codes] == [MISA, VINAMILK]
    assert {named(city, code).merged_into for code in (MISA, VINAMILK)} == {VINAMILK, HABECO}


# -- dossiers ------------------------------------------------------------------------------------------------------------

BASE = (RULES, opened())


def dossiers(city: City) -> list[str]:
    return [a.id for a in city["applications"].all(Application)]


def test_dossier_filed_under_a_former_code_is_checked_for_the_enterprise_that_goes_on() -> None:
    city = run(service, *BASE, registered(), changed(), filed())
    assert (dossiers(city), [a.tax_code for a in city.of_type(ApplicationAccepted)]) == ([f"{VINAMILK}/A1"], [VINAMILK])


def test_dossier_filed_before_stays_where_it_is() -> None:
    city = run(service, *BASE, registered(), filed(), changed(), filed(tax_code=VINAMILK), filed())
    assert (dossiers(city), len(city.of_type(ApplicationAccepted)), city.refusals) == ([f"{MISA}/A1"], 1, [])


def test_dossier_that_waits_at_a_code_never_registered_goes_on_with_it() -> None:
    city = run(service, *BASE, filed(), registered(VINAMILK), changed())
    assert dossiers(city) == [f"{VINAMILK}/A1"]
    assert city["applications"].held == {}


def test_product_filed_under_the_former_code_is_refused_under_the_new_one() -> None:
    city = run(service, *BASE, registered(), filed(), changed(), filed("A2", tax_code=VINAMILK))
    (no,) = city.refusals
    assert (no.slug, MISA in no.vi, MISA in no.en) == ("product-filed-under-former-code", True, True)


def test_product_filed_again_under_the_former_code_is_decided_where_its_dossier_lies() -> None:
    city = run(service, *BASE, registered(), filed(), changed(), filed("A2"))
    assert ([r.slug for r in city.refusals], dossiers(city)) == (["product-already-filed"], [f"{MISA}/A1"])


def test_same_dossier_id_of_two_enterprises_stays_two_dossiers() -> None:
    own = filed(tax_code=VINAMILK, product_id="sữa")
    city = run(service, *BASE, registered(), registered(VINAMILK), filed(), own, absorbed(), own, filed())
    assert (dossiers(city), city.refusals) == ([f"{MISA}/A1", f"{VINAMILK}/A1"], [])


def test_refusal_of_an_event_under_a_former_code_names_that_event() -> None:
    city = run(service, *BASE, registered(), changed(), filed(), filed(product_name="khác"))
    assert [(r.slug, r.rejected_id) for r in city.refusals] == [("application-id-reused", "test-5")]


# -- HTTP ----------------------------------------------------------------------------------------------------------------


def test_former_code_is_answered_with_the_enterprise_that_goes_on() -> None:
    city = run(service, registered(), changed(), absorbed(VINAMILK, HABECO), registered(HABECO, name="Habeco"))
    http = TestClient(application(routes(MemoryReader(city["applications"]))))
    body = http.get(f"/enterprises/{MISA}").json()
    assert (body["id"], body["name"], body["asked_by_former_code"]) == (
        HABECO,
        "Habeco",
        {"tax_code": MISA, "into": VINAMILK, "merged_on": "2022-03-01", "why": "code-changed"},
    )
    assert http.get(f"/enterprises/{HABECO}").json()["asked_by_former_code"] is None
    assert [e["id"] for e in http.get("/enterprises").json()["items"]] == [HABECO]


# -- any order -----------------------------------------------------------------------------------------------------------


def said_of(code: str) -> list[Data]:
    """What is said under one code, in the order in which its publisher says it."""
    return [
        registered(code, name=f"Tên cũ {code}", since=date(2015, 1, 1)),
        registered(code, name=f"Tên {code}", since=date(2018, 1, 1), factory="Hà Nội" if code == HABECO else None),
        *([confirmed(code)] if code in (MISA, THIRD) else []),
        *([removed(code)] if code == MISA else []),
        *([nominated(code)] if code in (MISA, HABECO) else []),
    ]


@st.composite
def two_orders(draw: st.DrawFn) -> list[list[Data]]:
    """A forest of mergers over four codes, some never registered, and what is said of them, in two orders of arrival."""
    queues = [said_of(code) for code in CODES if draw(st.booleans())]
    for place, code in enumerate(CODES[:-1]):
        into, on = draw(st.sampled_from((None, *CODES[place + 1 :]))), ON + timedelta(days=draw(st.integers(0, 2)))
        if into is not None:
            queues.append([draw(st.sampled_from((changed(code, into, on), absorbed(code, into, on))))])
    queues.append([RULES, opened()])
    queues += [[filed(f"A{n}", tax_code=code, product_id=f"p{n}")] for n, code in enumerate(CODES)]
    turns = [n for n, queue in enumerate(queues) for _ in queue]
    return [
        [queues[n][taken[:place].count(n)] for place, n in enumerate(taken)]
        for taken in (draw(st.permutations(turns)), draw(st.permutations(turns)))
    ]


def played(events: list[Data]) -> City:
    """The story, each event with an id and a time that do not hang on its place."""
    when = datetime(2021, 8, 31, tzinfo=UTC)
    return run(service, *(make_event(e, id=derived_id(repr(e)), time=when) for e in events))


@settings(max_examples=150, deadline=None)
@given(two_orders())
def test_order_of_arrival_changes_nothing_in_the_end(orders: list[list[Data]]) -> None:
    first, second = (played(events) for events in orders)
    for city in (first, second):
        accepted = Counter(a.application_id for a in city.of_type(ApplicationAccepted))
        assert set(accepted.values()) <= {1}
        merged = Counter(m.formerly for m in city.of_type(EnterpriseMerged))
        assert merged == Counter(e.id for e in city["applications"].all(Enterprise) if e.merged_into)
    pictures = [
        {e.id: e.merged_into or e for e in city["applications"].all(Enterprise)}
        | {"accepted": sorted(a.application_id for a in city.of_type(ApplicationAccepted))}
        | {"listed": city["applications"].all(Supplier)}
        | {"nominated": city["applications"].all(Nomination)}
        | {"waits": sorted(city["applications"].held)}
        for city in (first, second)
    ]
    assert pictures[0] == pictures[1]
    assert first.refusals == second.refusals == []
