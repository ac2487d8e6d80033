"""Tax codes, the place of an enterprise, and what the register and the department say of it."""

from datetime import date

import pytest
from applications.domain.enterprise import Enterprise, TaxCodeCheckDigit, check_tax_code, enterprise_key, names_the_city
from applications.main import service
from shared.contracts.applications import EnterpriseRecorded
from shared.contracts.registers import SupportingIndustryConfirmed
from shared.testing.memory import run
from unit.applications.facts import MISA, VINAMILK, filed, opened, registered

CONFIRMED = SupportingIndustryConfirmed(tax_code=MISA, confirmed_on=date(2021, 2, 1), sector="electronics")


@pytest.mark.parametrize("code", [MISA, VINAMILK, f"{MISA}-001", "001089012345", "000000000000"])
def test_tax_code_with_its_check_digit_is_taken(code: str) -> None:
    check_tax_code(code)


@pytest.mark.parametrize("digit", [d for d in "0123456789" if d != MISA[9]])
def test_tax_code_with_any_other_check_digit_is_refused(digit: str) -> None:
    with pytest.raises(TaxCodeCheckDigit):
        check_tax_code(MISA[:9] + digit)


@pytest.mark.parametrize("digit", "0123456789")
def test_tax_code_whose_sum_leaves_no_digit_is_refused(digit: str) -> None:
    # A sum divisible by 11 would need the check digit 10: no such code was ever given out.
    with pytest.raises(TaxCodeCheckDigit):
        check_tax_code("000000000" + digit)


@pytest.mark.parametrize(("code", "key"), [(MISA, MISA), (f"{MISA}-001", MISA), ("001089012345", "001089012345")])
def test_enterprise_key_of_each_form(code: str, key: str) -> None:
    assert enterprise_key(code) == key


@pytest.mark.parametrize(
    ("place", "in_city"),
    [
        ("Hà Nội", True),
        ("hà nội", True),
        ("Ha\u0300 No\u0323\u0302i", True),
        ("Thành phố Hà Nội", True),
        ("TP. Hà Nội", True),
        ("TP Hà Nội", True),
        ("HANOI", True),
        ("Hà Nam", False),
        ("Hà Nội Mới", False),
        ("Bắc Ninh", False),
        (None, False),
    ],
)
def test_city_is_known_however_it_is_written(place: str | None, in_city: bool) -> None:
    assert names_the_city(place) is in_city


def recorded(**changes: object) -> EnterpriseRecorded:
    facts = {"tax_code": MISA, "name": "Công ty cổ phần MISA", "in_the_city": True, "district": "Cầu Giấy"}
    return EnterpriseRecorded(**{"supporting_industry": False} | facts | changes)


def test_enterprise_is_recorded_under_its_key() -> None:
    assert run(service, registered()).of_type(EnterpriseRecorded) == [recorded()]


def test_enterprise_with_a_wrong_check_digit_is_refused_with_both_texts() -> None:
    city = run(service, registered("0101243151"))
    assert [(r.slug, r.field, "0101243151" in r.vi, "0101243151" in r.en) for r in city.refusals] == [
        ("tax-code-check-digit", "tax_code", True, True)
    ]
    assert city.of_type(EnterpriseRecorded) == []


@pytest.mark.parametrize("event", [CONFIRMED.model_copy(update={"tax_code": "0101243151"}), filed(tax_code="0101243151")])
def test_other_events_with_a_wrong_check_digit_are_refused(event: SupportingIndustryConfirmed) -> None:
    assert [r.slug for r in run(service, event).refusals] == ["tax-code-check-digit"]


def test_household_business_is_recorded_under_its_personal_number() -> None:
    city = run(service, registered("001089012345"))
    assert [e.tax_code for e in city.of_type(EnterpriseRecorded)] == ["001089012345"]


@pytest.mark.parametrize(
    ("changes", "in_city"),
    [
        ({"head_office": "Hà Nội"}, True),
        ({"head_office": "Hưng Yên", "factory": "Hà Nội"}, True),
        ({"head_office": "Hưng Yên", "factory": "Hưng Yên"}, False),
        ({"head_office": "Hưng Yên"}, False),
    ],
)
def test_head_office_or_factory_puts_an_enterprise_in_the_city(changes: dict[str, str], in_city: bool) -> None:
    assert [e.in_the_city for e in run(service, registered(**changes)).of_type(EnterpriseRecorded)] == [in_city]


@pytest.mark.parametrize(
    ("branch", "in_city"),
    [
        ({"head_office": "Hưng Yên", "factory": "Hà Nội"}, True),
        ({"head_office": "Hà Nội", "factory": None}, False),
    ],
)
def test_branch_is_recorded_with_its_enterprise_and_counts_by_its_factory(branch: dict[str, str], in_city: bool) -> None:
    city = run(
        service,
        registered(head_office="Hưng Yên", district=None),
        registered(f"{MISA}-001", name="Chi nhánh MISA", district="Đông Anh", **branch),
    )
    assert city.of_type(EnterpriseRecorded)[0] == recorded(in_the_city=False, district=None)
    later = city.of_type(EnterpriseRecorded)[1:]
    assert later == ([recorded(in_the_city=True, district="Đông Anh")] if in_city else [])
    (enterprise,) = city["applications"].all(Enterprise)
    assert [site.tax_code for site in enterprise.sites] == [MISA, f"{MISA}-001"]


def test_branch_before_its_head_office_ends_the_same() -> None:
    head, branch = registered(), registered(f"{MISA}-001", name="Chi nhánh MISA", factory="Hà Nội", district="Đông Anh")
    assert (
        run(service, branch, head).of_type(EnterpriseRecorded)[-1] == run(service, head, branch).of_type(EnterpriseRecorded)[-1]
    )


def test_registration_that_changes_nothing_publishes_nothing() -> None:
    assert run(service, registered(), registered()).of_type(EnterpriseRecorded) == [recorded()]


def test_later_registration_of_a_code_replaces_the_earlier() -> None:
    city = run(service, registered(), registered(head_office="Hưng Yên", district=None))
    assert city.of_type(EnterpriseRecorded) == [recorded(), recorded(in_the_city=False, district=None)]


def test_supporting_industry_is_confirmed_after_the_registration() -> None:
    assert run(service, registered(), CONFIRMED).of_type(EnterpriseRecorded) == [recorded(), recorded(supporting_industry=True)]


def test_supporting_industry_confirmed_before_the_registration_counts_when_it_comes() -> None:
    city = run(service, CONFIRMED, registered())
    assert city.of_type(EnterpriseRecorded) == [recorded(supporting_industry=True)]
    assert city["applications"].held == {}


def test_made_data_marks_the_enterprise() -> None:
    city = run(service, registered(made=True), CONFIRMED)
    assert [e.made for e in city.of_type(EnterpriseRecorded)] == [True, True]


def test_round_and_rules_reach_every_partition() -> None:
    kept = run(service, opened())["applications"].documents
    assert [("rounds", "2021") in documents for documents in kept] == [True, True, True]
