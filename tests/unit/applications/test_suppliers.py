"""The register of supporting industries: confirmed, struck off, merged, and the standards in force on a day."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from applications.api import routes
from applications.domain.supporting_industry import LastDay, LastDays, Supplier, SupplierKeys
from applications.main import service
from shared.contracts.applications import ApplicantNotified, EnterpriseRecorded
from shared.contracts.base import Data
from shared.contracts.department import CalendarIssued, DayStarted
from shared.contracts.registers import (
    Capability,
    EnterprisesMerged,
    StandardHeld,
    SupportingIndustryConfirmed,
    SupportingIndustryRemoved,
)
from shared.contracts.supporting_industry import Standard, StandardsListed, SupplierDelisted, SupplierListed
from shared.http import application
from shared.testing.memory import City, MemoryReader, run
from starlette.testclient import TestClient
from unit.applications.facts import MISA, VINAMILK, registered

# Friday 30 December 2022 is the last day of the certificate of ISO 9001, a year later that of IATF 16949.
FRIDAY = date(2022, 12, 30)
ISO = StandardHeld(standard="ISO-9001", certificate="QMS 12", issuer="QUACERT", valid_until=FRIDAY)
IATF = StandardHeld(standard="IATF-16949", certificate="T 7", issuer="TÜV", valid_until=date(2023, 12, 29))
BOLTS = Capability(product="Bu lông", capacity=Decimal("120000"), unit="chiếc")


def confirmed(tax_code: str = MISA, **changes: Any) -> SupportingIndustryConfirmed:
    facts: dict[str, Any] = {
        "tax_code": tax_code,
        "confirmed_on": date(2022, 2, 1),
        "sector": "Cơ khí",
        "capabilities": (BOLTS,),
        "standards": (ISO,),
    }
    return SupportingIndustryConfirmed(**facts | changes)


def removed(tax_code: str = MISA, on: date = date(2022, 5, 1)) -> SupportingIndustryRemoved:
    return SupportingIndustryRemoved(tax_code=tax_code, removed_on=on, reason="Ngừng sản xuất")


def merged(on: date = date(2022, 4, 1)) -> EnterprisesMerged:
    return EnterprisesMerged(absorbed=MISA, kept=VINAMILK, merged_on=on, why="merged")


def listed(*international: str, notice: int = 5, list_id: str = "1", effective_from: date = date(2021, 1, 1)) -> StandardsListed:
    names = ("ISO-9001", "IATF-16949", "5S")
    standards = [Standard(standard=s, name_vi=s, name_en=s, international=s in international) for s in names]
    return StandardsListed(
        list_id=list_id,
        effective_from=effective_from,
        standards=tuple(standards),
        notice_business_days=notice,
        legal_text="35/KH-UBND",
    )


def day(on: date) -> DayStarted:
    return DayStarted(date=on)


def entry(city: City) -> Supplier | None:
    found = city["applications"].all(Supplier)
    return found[0] if found else None


def test_confirmed_enterprise_is_listed_with_all_that_is_known_of_it() -> None:
    city = run(service, listed("ISO-9001"), registered(), confirmed(more_sectors=("Điện tử",)))
    assert city.of_type(SupplierListed) == [
        SupplierListed(
            tax_code=MISA,
            name="Công ty cổ phần MISA",
            sectors=("Cơ khí", "Điện tử"),
            capabilities=(BOLTS,),
            standards=(ISO,),
            international=True,
            confirmed_on=date(2022, 2, 1),
        )
    ]


def test_entry_is_published_again_where_it_changed_and_only_there() -> None:
    again = confirmed(confirmed_on=date(2022, 3, 1), standards=(ISO, IATF))
    city = run(service, confirmed(), registered(), registered(factory="Hà Nội"), confirmed(), again, registered(name="Mới"))
    assert [(s.name, len(s.standards)) for s in city.of_type(SupplierListed)] == [
        (None, 1),
        ("Công ty cổ phần MISA", 1),
        ("Công ty cổ phần MISA", 2),
        ("Mới", 2),
    ]


def test_confirmation_as_it_was_before_has_neither_capability_nor_standard() -> None:
    city = run(service, SupportingIndustryConfirmed(tax_code=MISA, confirmed_on=date(2021, 2, 1), sector="electronics"))
    (said,) = city.of_type(SupplierListed)
    assert (said.sectors, said.capabilities, said.standards, said.international) == (("electronics",), (), (), False)


# -- struck off ----------------------------------------------------------------------------------------------------------


def test_supplier_struck_off_leaves_the_register() -> None:
    city = run(service, registered(), confirmed(), removed())
    assert city.of_type(SupplierDelisted) == [
        SupplierDelisted(tax_code=MISA, left_on=date(2022, 5, 1), why="removed", reason="Ngừng sản xuất")
    ]
    assert (entry(city), city["applications"].all(SupplierKeys)[0].keys) == (None, ())
    assert [e.supporting_industry for e in city.of_type(EnterpriseRecorded)] == [False, True, False]


@pytest.mark.parametrize(
    ("events", "slugs", "is_listed"),
    [
        pytest.param((removed(),), [], False, id="who was not listed"),
        pytest.param((confirmed(), removed(), removed()), [], False, id="twice"),
        pytest.param((confirmed(), removed(), confirmed(confirmed_on=date(2022, 5, 2))), [], True, id="confirmed again"),
        pytest.param((confirmed(), removed(), confirmed()), ["struck-off-since"], False, id="confirmed for a day before"),
        pytest.param(
            (removed(), confirmed(confirmed_on=date(2022, 5, 1))), ["struck-off-since"], False, id="confirmed for the same day"
        ),
        pytest.param((confirmed(), removed(on=date(2022, 1, 31))), [], True, id="struck off before it was confirmed"),
    ],
)
def test_removal_strikes_off_what_was_confirmed_by_its_day(events: tuple[Data, ...], slugs: list[str], is_listed: bool) -> None:
    city = run(service, *events)
    assert ([r.slug for r in city.refusals], entry(city) is not None) == (slugs, is_listed)


def test_refusal_of_a_late_confirmation_names_both_days() -> None:
    (no,) = run(service, confirmed(), removed(), confirmed()).refusals
    assert ("01/02/2022" in no.vi, "01/05/2022" in no.vi, "2022-05-01" in no.en, no.field) == (True, True, True, "confirmed_on")


@pytest.mark.parametrize(
    ("events", "code"),
    [
        pytest.param((confirmed(), merged()), VINAMILK, id="goes on under the other code"),
        pytest.param((confirmed(), merged(), removed(VINAMILK)), None, id="struck off under the code it goes on under"),
        pytest.param((removed(VINAMILK), confirmed(), merged()), None, id="said before the merger was known here"),
        pytest.param((confirmed(), merged(), removed(VINAMILK, date(2022, 3, 31))), VINAMILK, id="the other, before the merger"),
        pytest.param((confirmed(), merged(), removed()), None, id="struck off under the former code"),
    ],
)
def test_merged_supplier_is_listed_once(events: tuple[Data, ...], code: str | None) -> None:
    found = entry(run(service, *events))
    assert (found.id if found else None) == code


def test_move_of_an_entry_is_told_under_both_codes() -> None:
    own = confirmed(VINAMILK, sector="Điện tử", standards=(IATF,), capabilities=())
    city = run(service, confirmed(), own, merged())
    assert city.of_type(SupplierDelisted) == [
        SupplierDelisted(tax_code=MISA, left_on=date(2022, 4, 1), why="merged", listed_under=VINAMILK)
    ]
    last = city.of_type(SupplierListed)[-1]
    assert (last.tax_code, last.sectors, last.standards) == (VINAMILK, ("Cơ khí", "Điện tử"), (ISO, IATF))


# -- standards ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("standards", "international"),
    [((ISO,), True), ((IATF,), False), ((IATF, ISO), True), ((), False)],
)
def test_supplier_is_of_international_standard_by_the_list_of_the_department(
    standards: tuple[StandardHeld, ...], international: bool
) -> None:
    for events in ((listed("ISO-9001"), confirmed(standards=standards)), (confirmed(standards=standards), listed("ISO-9001"))):
        found = entry(run(service, *events))
        assert found is not None and found.international is international


def test_later_list_counts_every_supplier_anew() -> None:
    other = confirmed(VINAMILK, standards=(IATF,))
    city = run(service, listed("ISO-9001"), confirmed(), other, listed("IATF-16949", list_id="2"))
    assert {s.tax_code: s.international for s in city.of_type(SupplierListed)[:2]} == {MISA: True, VINAMILK: False}
    assert {s.tax_code: s.international for s in city.of_type(SupplierListed)[2:]} == {MISA: False, VINAMILK: True}


@pytest.mark.parametrize("later_first", [False, True])
@pytest.mark.parametrize(
    ("on", "international"), [(date(2022, 5, 31), True), (date(2022, 6, 1), False), (date(2022, 9, 1), False)]
)
def test_list_is_in_force_from_its_day_of_effect(on: date, international: bool, later_first: bool) -> None:
    lists = [listed("ISO-9001"), listed(list_id="2", effective_from=date(2022, 6, 1))]
    city = run(service, day(date(2022, 2, 1)), *sorted(lists, key=lambda x: x.list_id, reverse=later_first), confirmed(), day(on))
    assert [s.international for s in city.of_type(SupplierListed)] == [True, False][: 2 - international]


def test_list_comes_into_force_before_what_ends_that_day_is_announced() -> None:
    longer = listed(list_id="2", notice=20, effective_from=date(2022, 12, 12))
    city = run(service, listed(), longer, day(date(2022, 12, 1)), confirmed(), day(date(2022, 12, 12)))
    assert len(city.of_type(ApplicantNotified)) == 1


@pytest.mark.parametrize(("again", "slugs"), [(listed(), []), (listed("5S"), ["standards-already-listed"])])
def test_list_never_changes(again: StandardsListed, slugs: list[str]) -> None:
    assert [r.slug for r in run(service, listed(), again).refusals] == slugs


@pytest.mark.parametrize(("until", "in_force"), [(FRIDAY, 1), (FRIDAY + timedelta(days=1), 0), (FRIDAY + timedelta(days=400), 0)])
def test_standard_is_in_force_to_its_last_day_and_a_gap_of_days_changes_nothing(until: date, in_force: int) -> None:
    city = run(service, listed("ISO-9001"), day(date(2022, 2, 1)), confirmed(), day(until))
    found = entry(city)
    assert found is not None
    assert (len(found.standards), len(found.expired), found.international) == (in_force, 1 - in_force, bool(in_force))
    assert len(city.of_type(SupplierListed)) == 2 - in_force


def test_day_that_is_over_leaves_no_index_behind() -> None:
    city = run(service, day(date(2022, 2, 1)), confirmed(), day(date(2023, 1, 1)), day(date(2023, 1, 2)))
    assert city["applications"].all(LastDay) == []
    assert {d.to_come + d.to_announce for d in city["applications"].all(LastDays)} == {()}


def test_standard_already_over_when_confirmed_does_not_count() -> None:
    found = entry(run(service, day(FRIDAY + timedelta(days=1)), confirmed(confirmed_on=date(2022, 12, 31))))
    assert found is not None
    assert (found.standards, found.expired) == ((), (ISO,))


def test_certificate_renewed_in_time_goes_on() -> None:
    renewed = ISO.model_copy(update={"certificate": "QMS 13", "valid_until": date(2025, 12, 30)})
    city = run(service, day(date(2022, 2, 1)), confirmed(), confirmed(standards=(renewed,)), day(date(2023, 1, 3)))
    found = entry(city)
    assert found is not None
    assert (found.standards, found.expired) == ((renewed,), ())


@pytest.mark.parametrize(
    ("on", "told"),
    [
        pytest.param(date(2022, 12, 22), 0, id="six business days before"),
        pytest.param(date(2022, 12, 23), 1, id="five"),
        pytest.param(FRIDAY, 1, id="its last day, after a gap"),
        pytest.param(FRIDAY + timedelta(days=1), 0, id="too late to announce"),
    ],
)
def test_end_of_a_certificate_is_announced_some_business_days_before(on: date, told: int) -> None:
    city = run(service, listed(notice=5), day(date(2022, 2, 1)), confirmed(), day(on))
    assert len(city.of_type(ApplicantNotified)) == told


def test_notice_names_the_certificate_and_its_last_day() -> None:
    (said,) = run(service, listed(), day(date(2022, 12, 1)), confirmed(), day(date(2022, 12, 28))).of_type(ApplicantNotified)
    assert (said.to, said.addressee, said.slug, said.about, said.due) == (
        "enterprise",
        MISA,
        "standard-expires",
        "ISO-9001",
        FRIDAY,
    )
    assert ("QMS 12" in said.vi, "30/12/2022" in said.vi, "QMS 12" in said.en, "2022-12-30" in said.en) == (True,) * 4


def test_certificate_is_announced_once() -> None:
    days = [day(date(2022, 12, n)) for n in (23, 26, 27)]
    city = run(service, listed(), day(date(2022, 12, 1)), confirmed(), *days, confirmed(), day(FRIDAY))
    assert len(city.of_type(ApplicantNotified)) == 1


def test_certificate_confirmed_after_the_day_of_the_notice_is_announced_the_next_day() -> None:
    late = confirmed(VINAMILK)
    city = run(service, listed(), day(date(2022, 12, 1)), confirmed(), day(date(2022, 12, 27)), late, day(date(2022, 12, 28)))
    assert [n.addressee for n in city.of_type(ApplicantNotified)] == [MISA, VINAMILK]


@pytest.mark.parametrize("event", [removed(), confirmed(standards=())])
def test_who_does_not_hold_the_certificate_any_more_is_not_told(event: Data) -> None:
    city = run(service, listed(), day(date(2022, 12, 1)), confirmed(), event, day(date(2022, 12, 28)))
    assert city.of_type(ApplicantNotified) == []


def test_holidays_move_the_notice() -> None:
    holidays = CalendarIssued(calendar_id="2022", holidays=(date(2022, 12, 29),), legal_text="-")
    city = run(service, holidays, listed(), day(date(2022, 12, 1)), confirmed(), day(date(2022, 12, 22)))
    assert len(city.of_type(ApplicantNotified)) == 1


def test_later_list_with_a_longer_notice_counts_from_the_next_day() -> None:
    days = [day(date(2022, 12, n)) for n in (12, 13)]
    city = run(service, listed(), day(date(2022, 12, 1)), confirmed(), days[0], listed(notice=20, list_id="2"), days[1])
    assert len(city.of_type(ApplicantNotified)) == 1


# -- HTTP -----------------------------------------------------------------------------------------------------------------


@pytest.fixture(name="http", scope="module")
def _http() -> TestClient:
    city = run(service, registered(), confirmed(), confirmed(VINAMILK, sector="Điện tử", standards=(ISO, IATF)))
    return TestClient(application(routes(MemoryReader(city["applications"]))))


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", [MISA, VINAMILK]),
        ("?sector=cơ khí", [MISA]),
        ("?sector=Dien tu", [VINAMILK]),
        ("?standard=IATF-16949", [VINAMILK]),
        ("?standard=ISO-9001&sector=Cơ khí", [MISA]),
        ("?standard=ISO-14001", []),
    ],
)
def test_suppliers_are_found_by_sector_and_standard(http: TestClient, query: str, codes: list[str]) -> None:
    assert [s["id"] for s in http.get(f"/suppliers{query}").json()["items"]] == codes


@pytest.mark.parametrize("code", [MISA, f"{MISA}-001"])
def test_supplier_is_found_by_any_of_its_codes(http: TestClient, code: str) -> None:
    assert http.get(f"/suppliers/{code}").json()["capabilities"] == [
        {"product": "Bu lông", "capacity": "120000", "unit": "chiếc"}
    ]


def test_merged_supplier_is_found_by_its_former_code() -> None:
    city = run(service, registered(), confirmed(), merged())
    client = TestClient(application(routes(MemoryReader(city["applications"]))))
    assert client.get(f"/suppliers/{MISA}").json()["id"] == VINAMILK


def test_who_is_not_on_the_list_is_not_found(http: TestClient) -> None:
    response = http.get("/suppliers/0100100008")
    assert (response.status_code, response.json()["slug"]) == (404, "not-found")
