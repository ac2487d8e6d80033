"""Dossiers through the whole service in memory: accepted, rejected, waiting, refused."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from applications.main import service
from shared.contracts.applications import ApplicationAccepted, ApplicationReceived, ApplicationRejected
from shared.contracts.base import Data
from shared.contracts.department import DayStarted
from shared.testing.memory import run
from unit.applications.facts import MISA, RULES, VINAMILK, figures, filed, opened, papers, registered

BASE: tuple[Data, ...] = (RULES, opened(), registered())
AFTER_THE_CLOSE = DayStarted(date=date(2021, 9, 1))
ACCEPTED = ApplicationAccepted(
    application_id="A1",
    round_id="2021",
    tax_code=MISA,
    enterprise_name="Công ty cổ phần MISA",
    product_id="amis",
    product_name="Phần mềm MISA AMIS",
    industry="information-technology",
    received=date(2021, 8, 31),
    figures=figures((2019, 100_000_000_000, 0), (2020, 100_000_000_000, 0)),
    rules_id="1520/HD-SCT",
)


def test_good_dossier_is_received_and_accepted() -> None:
    city = run(service, *BASE, filed())
    assert city.of_type(ApplicationReceived) == [
        ApplicationReceived(
            application_id="A1",
            round_id="2021",
            tax_code=MISA,
            product_name="Phần mềm MISA AMIS",
            received=date(2021, 8, 31),
        )
    ]
    assert city.of_type(ApplicationAccepted) == [ACCEPTED]
    assert city.of_type(ApplicationRejected) == []


def test_dossier_with_two_faults_is_rejected_with_both() -> None:
    city = run(
        service, *BASE, AFTER_THE_CLOSE, filed(received=date(2021, 9, 1), documents=papers(("form", "description")), made=True)
    )
    rejected = city.of_type(ApplicationRejected)
    assert [(r.application_id, r.made, [reason.slug for reason in r.reasons]) for r in rejected] == [
        ("A1", True, ["received-late", "documents-missing"])
    ]
    assert city.of_type(ApplicationAccepted) == []
    assert len(city.of_type(ApplicationReceived)) == 1


@pytest.mark.parametrize("order", [*permutations((RULES, opened(), registered(), filed()))])
def test_dossier_waits_for_whatever_has_not_come(order: tuple[Data, ...]) -> None:
    city = run(service, *order)
    assert city.of_type(ApplicationAccepted) == [ACCEPTED]
    assert city["applications"].held == {}


@pytest.mark.parametrize(
    ("present", "awaited"),
    [
        ((), f"enterprises/{MISA}"),
        ((registered(),), "rounds/2021"),
        ((registered(), opened()), "eligibility_rules/1520/HD-SCT"),
    ],
)
def test_dossier_that_waits_says_for_what(present: tuple[Data, ...], awaited: str) -> None:
    city = run(service, *present, filed())
    assert list(city["applications"].held.values()) == [f"waits for {awaited}"]
    assert city.of_type(ApplicationReceived) == []


def test_dossier_of_a_round_that_never_comes_is_refused() -> None:
    days = [DayStarted(date=date(2021, 1, 1) + timedelta(days=n)) for n in (0, 60)]
    city = run(service, registered(), days[0], filed(), days[1])
    assert [r.slug for r in city.refusals] == ["awaited-never-came"]


def test_branch_files_for_its_enterprise() -> None:
    assert run(service, *BASE, filed(tax_code=f"{MISA}-001")).of_type(ApplicationAccepted) == [ACCEPTED]


def test_same_dossier_sent_again_is_decided_once() -> None:
    city = run(service, *BASE, filed(), filed())
    assert city.of_type(ApplicationAccepted) == [ACCEPTED]
    assert city.refusals == []


def test_same_id_with_other_content_is_refused() -> None:
    city = run(service, *BASE, filed(), filed(product_name="Phần mềm khác"))
    assert [(r.rejected_id, r.slug, r.field) for r in city.refusals] == [("test-4", "application-id-reused", "application_id")]
    assert city.of_type(ApplicationAccepted) == [ACCEPTED]


def test_same_id_of_another_enterprise_is_its_own_dossier() -> None:
    """What another enterprise calls its dossiers cannot be seen here, so it must not depend on the partitions either."""
    city = run(service, *BASE, registered(VINAMILK), filed(), filed(tax_code=VINAMILK))
    assert [a.tax_code for a in city.of_type(ApplicationAccepted)] == [MISA, VINAMILK]


def test_second_product_and_next_round_are_dossiers_of_their_own() -> None:
    later = opened(round_id="2022", year=2022, opens=date(2022, 6, 1), closes=date(2022, 8, 31))
    numbers = figures((2019, 10**11, 0), (2020, 10**11, 0), (2021, 10**11, 0))
    city = run(
        service,
        *BASE,
        later,
        filed(),
        filed("A2", product_id="misa-sme"),
        filed("A3", round_id="2022", received=date(2022, 7, 1), figures=numbers),
    )
    assert [a.application_id for a in city.of_type(ApplicationAccepted)] == ["A1", "A2", "A3"]
    assert city.refusals == []


@pytest.mark.parametrize(
    ("events", "slug"),
    [
        ((RULES, RULES.model_copy(update={"other_revenue": 1})), "rules-already-issued"),
        ((opened(), opened(closes=date(2021, 9, 30))), "round-already-opened"),
        ((opened(closes=date(2021, 5, 31)),), "round-closes-before-it-opens"),
    ],
)
def test_reference_data_that_contradicts_is_refused(events: tuple[Data, ...], slug: str) -> None:
    city = run(service, *events)
    assert {r.slug for r in city.refusals} == {slug}
    assert {r.rejected_id for r in city.refusals} == {f"test-{len(events) - 1}"}


def test_reference_data_sent_again_changes_nothing() -> None:
    city = run(service, *BASE, RULES, opened(), filed())
    assert (city.refusals, city.of_type(ApplicationAccepted)) == ([], [ACCEPTED])


def test_dates_of_a_refusal_are_written_as_legal_texts_write_them() -> None:
    (no,) = run(service, RULES, opened(closes=date(2021, 5, 31))).refusals
    assert "đóng ngày 31/05/2021, trước ngày mở 01/06/2021;" in no.vi
